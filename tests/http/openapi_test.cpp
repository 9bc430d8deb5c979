#include "domain/blank_text.hpp"
#include "http/openapi.hpp"
#include "http/routes/specs.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

namespace genesis::http {
namespace {

namespace json = boost::json;

/// The document of all routes.
class OpenApi : public testing::Test {
protected:
  const std::vector<route_spec> routes_ = route_specs();
  const std::string text_ = openapi_document(routes_, "1.2.3");
  const json::value document_ = json::parse(text_);

  const json::object& operation(const route_spec& route) const {
    std::string verb;
    for (const char c : to_string(route.verb))
      verb += static_cast<char>(c + ('a' - 'A'));
    return document_.at("paths").at(openapi_path(route.path)).at(verb).as_object();
  }

  /// Calls `look(object)` for every object of the document.
  static void each_object(const json::value& value, const std::function<void(const json::object&)>& look) {
    if (const auto* array = value.if_array())
      for (const auto& element : *array)
        each_object(element, look);
    if (const auto* object = value.if_object()) {
      look(*object);
      for (const auto& member : *object)
        each_object(member.value(), look);
    }
  }
};

TEST_F(OpenApi, SaysWhatItIs) {
  EXPECT_EQ(document_.at("openapi").as_string(), "3.1.0");
  EXPECT_EQ(document_.at("info").at("version").as_string(), "1.2.3");
}

TEST_F(OpenApi, IsTheSameEveryTime) {
  EXPECT_EQ(text_, openapi_document(route_specs(), "1.2.3"));
}

TEST_F(OpenApi, HasNoKeyTwice) {
  std::size_t colons = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (in_string && text_[i] == '\\')
      ++i;
    else if (text_[i] == '"')
      in_string = !in_string;
    else if (!in_string && text_[i] == ':')
      ++colons;
  }
  std::size_t members = 0;
  each_object(document_, [&](const json::object& object) { members += object.size(); });
  EXPECT_EQ(members, colons);
}

TEST_F(OpenApi, ResolvesEveryReference) {
  std::size_t count = 0;
  each_object(document_, [&](const json::object& object) {
    const auto* reference = object.if_contains("$ref");
    if (!reference)
      return;
    ++count;
    const std::string target{reference->as_string()};
    ASSERT_TRUE(target.starts_with("#/")) << target;
    json::error_code ec;
    EXPECT_NE(document_.find_pointer(target.substr(1), ec), nullptr) << target;
  });
  EXPECT_GT(count, 100u);
}

TEST_F(OpenApi, HasEveryRouteUnderItsOwnName) {
  std::size_t operations = 0;
  for (const auto& path : document_.at("paths").as_object())
    operations += path.value().as_object().size();
  EXPECT_EQ(operations, routes_.size());
  for (const auto& route : routes_)
    EXPECT_EQ(operation(route).at("operationId").as_string(), route.operation_id);
}

TEST_F(OpenApi, ListsEveryStatusOfARoute) {
  for (const auto& route : routes_) {
    const auto& responses = operation(route).at("responses").as_object();
    for (const auto& each : route.responses)
      EXPECT_TRUE(responses.contains(std::to_string(each.status))) << route.operation_id << ' ' << each.status;
    for (const auto code : problems_of(route))
      EXPECT_TRUE(responses.contains(std::to_string(kind_of(code).status))) << route.operation_id;
  }
}

TEST_F(OpenApi, SaysTheLimitExactlyWhereThereIsOne) {
  for (const auto& route : routes_) {
    const auto& responses = operation(route).at("responses").as_object();
    const auto* refusal = responses.if_contains("429");
    if (refusal == nullptr)
      EXPECT_EQ(rate_limit_of(route), std::nullopt) << route.operation_id;
    else
      for (const auto* name : {"RateLimit", "RateLimit-Policy"})
        EXPECT_EQ(refusal->at("headers").as_object().contains(name), rate_limit_of(route).has_value())
          << route.operation_id << ' ' << name;
  }
}

TEST_F(OpenApi, SaysWhereTheObjectOfAChangeMayBeLeftOut) {
  for (const auto& route : routes_) {
    const auto parameters = json::serialize(operation(route).at("parameters"));
    EXPECT_EQ(parameters.contains("/parameters/Prefer\""), shows_change(route)) << route.operation_id;
    const auto& responses = operation(route).at("responses").as_object();
    if (shows_change(route)) {
      const auto& minimal = responses.at(responses.contains("201") ? "201" : "204");
      EXPECT_TRUE(minimal.at("headers").as_object().contains("Preference-Applied")) << route.operation_id;
      EXPECT_TRUE(minimal.at("headers").as_object().contains("ETag")) << route.operation_id;
    }
  }
}

TEST_F(OpenApi, DeclaresHowTheAnswersOfEveryRouteMayBeKept) {
  const auto header_of = [&](const json::value& response) {
    const auto& reference = response.at("headers").at("Cache-Control").at("$ref").as_string();
    return document_.at_pointer(std::string_view{reference}.substr(1)).at("schema").at("const").as_string();
  };
  for (const auto& route : routes_) {
    const auto& shown = operation(route);
    EXPECT_EQ(shown.at("x-cache-class").as_string(), name_of(route.cache)) << route.operation_id;
    for (const auto& [status, response] : shown.at("responses").as_object()) {
      const bool is_answer =
        std::ranges::any_of(route.responses, [&](const auto& each) { return std::to_string(each.status) == status; }) ||
        status == "304" || status == "204";
      EXPECT_EQ(header_of(response), is_answer ? cache_control(route.cache) : "no-store")
        << route.operation_id << ' ' << status;
      EXPECT_EQ(response.at("headers").as_object().contains("Surrogate-Key"), is_answer && is_public(route.cache))
        << route.operation_id << ' ' << status;
    }
  }
}

TEST_F(OpenApi, SaysThatATextMustShowSomething) {
  const auto& message = document_.at_pointer("/components/schemas/ChatRequest/properties/message").as_object();
  EXPECT_EQ(message.at("pattern").as_string(), visible_text_pattern);
  EXPECT_FALSE(
    document_.at_pointer("/components/schemas/LoginRequest/properties/password").as_object().contains("pattern"));
}

TEST_F(OpenApi, DeclaresTheParametersOfEveryPath) {
  for (const auto& route : routes_) {
    std::set<std::string> declared;
    for (const auto& each : operation(route).at("parameters").as_array())
      if (const auto* in = each.as_object().if_contains("in"); in && in->as_string() == "path")
        declared.insert(std::string{each.at("name").as_string()});
    std::set<std::string> used;
    for (const auto segment : segments_of(route.path))
      if (const auto parameter = parameter_of(segment); !parameter.name.empty())
        used.insert(std::string{parameter.name});
    EXPECT_EQ(declared, used) << route.operation_id;
  }
}

TEST_F(OpenApi, AsksForATokenExactlyWhereTheRouteDoes) {
  for (const auto& route : routes_)
    EXPECT_EQ(operation(route).at("security").as_array().empty(), route.security != security::bearer)
      << route.operation_id;
}

TEST_F(OpenApi, NamesEveryWayInAndItsScope) {
  for (const auto& route : routes_) {
    if (route.security != security::bearer)
      continue;
    json::array expected{json::object{{"bearer", json::array{}}}};
    for (const auto scope : route.scopes)
      expected.push_back(json::object{{"apiKey", json::array{name_of(scope)}}});
    EXPECT_EQ(operation(route).at("security"), expected) << route.operation_id;
  }
  const auto& schemes = document_.at("components").at("securitySchemes");
  EXPECT_EQ(schemes.at("bearer").at("scheme").as_string(), "bearer");
  EXPECT_EQ(schemes.at("apiKey").at("name").as_string(), "X-API-Key");
  EXPECT_EQ(schemes.at("apiKey").at("in").as_string(), "header");
}

TEST_F(OpenApi, DescribesBodiesWithExamples) {
  for (const auto& route : routes_) {
    EXPECT_EQ(operation(route).contains("requestBody"), route.body != nullptr) << route.operation_id;
    if (!route.body)
      continue;
    const auto& body = operation(route).at("requestBody");
    EXPECT_EQ(body.at("required").as_bool(), route.body->has_required_fields());
    EXPECT_EQ(body.at("content").at("application/json").at("example"), json::parse(request_example(route)));
  }
}

TEST_F(OpenApi, SaysWhatTheFieldsMayBe) {
  const auto& user = document_.at("components").at("schemas").at("UserPatch");
  EXPECT_FALSE(user.at("additionalProperties").as_bool());
  const auto& height = user.at("properties").at("height_cm");
  EXPECT_EQ(height.at("minimum").to_number<double>(), 50);
  EXPECT_EQ(height.at("maximum").to_number<double>(), 272);
  EXPECT_EQ(height.at("type"), json::parse(R"(["number","null"])"));
  EXPECT_EQ(user.at("properties").at("sex").at("enum"), json::parse(R"(["male","female","unspecified",null])"));
  EXPECT_EQ(user.at("properties").at("weight_kg").at("type").as_string(), "number");
  const auto& allergies = user.at("properties").at("allergies");
  EXPECT_EQ(document_.at("components").at("schemas").at("NewApiKey").at("properties").at("scopes").at("minItems"), 1);
  EXPECT_EQ(allergies.at("maxItems").as_int64(), 50);
  EXPECT_EQ(allergies.at("items").at("maxLength").as_int64(), 100);
}

TEST_F(OpenApi, MarksWhatAReplacementMayCarryAsReadOnly) {
  const auto& put = document_.at("components").at("schemas").at("PreferencesReplacement");
  EXPECT_TRUE(put.at("properties").at("revision").at("readOnly").as_bool());
  for (const auto& each : put.at("required").as_array())
    EXPECT_NE(each.as_string(), "revision");
}

TEST_F(OpenApi, WritesTemplatesWithoutTypes) {
  EXPECT_EQ(openapi_path("/"), "/");
  EXPECT_EQ(openapi_path("/api/{id:uuid}/x/{name}"), "/api/{id}/x/{name}");
}

}  // namespace
}  // namespace genesis::http
