#include "http/bodies.hpp"
#include "http/json_reader.hpp"
#include "http/metrics.hpp"
#include "http/openapi.hpp"
#include "http/routes/specs.hpp"
#include "http/schemas.hpp"
#include "http/status.hpp"

#include <gmock/gmock.h>
#include <prometheus/metric_family.h>

#include <algorithm>
#include <set>

namespace genesis::http {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Not;
using enum problem_code;

const timestamp now = *parse_rfc3339("2026-03-01T12:00:00Z");

/// One test per route; each prints the route it is about.
class EveryRoute : public testing::TestWithParam<route_spec> {
protected:
  const route_spec& route() const { return GetParam(); }
  std::set<problem_code> problems() const {
    const auto all = problems_of(route());
    return {all.begin(), all.end()};
  }
};

INSTANTIATE_TEST_SUITE_P(RouteSpecs, EveryRoute, testing::ValuesIn(route_specs()),
  [](const auto& each) { return std::string{each.param.operation_id}; });

TEST_P(EveryRoute, SaysWhatItIs) {
  EXPECT_TRUE(route().path.starts_with('/'));
  EXPECT_FALSE(route().operation_id.empty());
  EXPECT_FALSE(route().summary.empty());
  EXPECT_FALSE(route().summary.ends_with('.'));
  EXPECT_FALSE(route().tag.empty());
}

TEST_P(EveryRoute, SaysHowItSucceeds) {
  ASSERT_FALSE(route().responses.empty());
  for (const auto& each : route().responses) {
    EXPECT_NE(reason_phrase(each.status), "");
    EXPECT_FALSE(each.description.empty());
    EXPECT_EQ(forbids_content(each.status), each.media_type.empty());
    EXPECT_TRUE(each.body == nullptr || each.media_type == "application/json");
    EXPECT_EQ(each.media_type.empty(), response_example(each).empty());
  }
}

TEST_P(EveryRoute, IsCountedByHowItSucceedsFromTheStartOn) {
  std::set<std::string> declared;
  for (const auto& each : route().responses)
    if (each.status < 400)
      declared.insert(std::to_string(each.status));
  std::set<std::string> counted;
  for (const auto& family : http_collector{{&route(), 1}}.Collect())
    if (family.name == "genesis_requests_total")
      for (const auto& sample : family.metric)
        for (const auto& label : sample.label)
          if (label.name == "status")
            counted.insert(label.value);
  EXPECT_EQ(counted, declared);
}

TEST_P(EveryRoute, SaysWhichProblemsItHas) {
  EXPECT_TRUE(problems().contains(internal));
  EXPECT_TRUE(problems().contains(malformed_request));
  const bool is_guarded = route().security == security::bearer;
  EXPECT_EQ(problems().contains(token_expired), is_guarded);
  if (is_guarded) {
    EXPECT_TRUE(problems().contains(unauthorized));
    EXPECT_TRUE(problems().contains(overloaded));
    EXPECT_TRUE(problems().contains(unavailable));
  }
  EXPECT_EQ(problems().contains(validation_error), route().body != nullptr);
  EXPECT_EQ(problems().contains(precondition_failed),
    route().takes_if_match || route().verb == method::get || route().verb == method::post);
  EXPECT_EQ(problems().contains(idempotency_key_reused), route().takes_idempotency_key);
  if (route().path.find('{') != std::string_view::npos) {
    EXPECT_TRUE(problems().contains(not_found));
  }
}

TEST_P(EveryRoute, IsGuardedUnlessItIsForEverybody) {
  const std::set<std::string_view> open{"/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/auth/refresh",
    "/health/live", "/health/ready", "/api/v1/health", "/openapi.json", "/.well-known/jwks.json", "/problems/{name}",
    "/"};
  const auto expected = open.contains(route().path)  ? security::none
                        : route().path == "/metrics" ? security::network
                                                     : security::bearer;
  EXPECT_EQ(route().security, expected);
}

/// Whatever a key may do, it does not make keys, read or end sessions, change the password, delete the account, look
/// at other people or tell caches what to do.
TEST_P(EveryRoute, LetsApiKeysInByTheScopeOfWhatItDoes) {
  const std::set<std::string_view> for_logins_alone{"logout", "change_password", "delete_user", "list_api_keys",
    "show_api_key", "create_api_key", "delete_api_key", "list_sessions", "show_session", "delete_session", "list_users",
    "show_caches", "warm_caches", "invalidate_caches", "purge_edge"};
  std::vector<key_scope> expected;
  if (route().security == security::bearer && !for_logins_alone.contains(route().operation_id)) {
    const bool is_chat = route().tag == "Chat";
    if (route().verb == method::get)
      expected.push_back(key_scope::read);
    else if (!is_chat)
      expected.push_back(key_scope::write);
    if (is_chat)
      expected.push_back(key_scope::chat);
  }
  EXPECT_EQ(route().scopes, expected);
}

TEST_P(EveryRoute, KeepsPersonalAnswersOutOfSharedCaches) {
  if (route().security != security::none) {
    EXPECT_NE(route().cache, cache_class::public_page);
  }
  EXPECT_EQ(is_public(route().cache), !route().surrogate_key.empty());
  const bool has_secret = std::ranges::any_of(route().responses,
    [](const auto& each) { return each.body == &auth_schema || each.body == &created_api_key_schema; });
  if (has_secret) {
    EXPECT_EQ(route().cache, cache_class::no_store);
  }
  const bool is_stream =
    std::ranges::any_of(route().responses, [](const auto& each) { return each.media_type == "application/x-ndjson"; });
  EXPECT_EQ(route().cache == cache_class::stream, is_stream);
  const bool is_revised = std::ranges::any_of(
    route().responses, [](const auto& each) { return each.body && each.body->find("revision") != nullptr; });
  EXPECT_EQ(route().cache == cache_class::private_entity, is_revised && !has_secret);
}

TEST_P(EveryRoute, TakesNoBodyWithGet) {
  if (route().verb == method::get || route().verb == method::delete_) {
    EXPECT_EQ(route().body, nullptr);
  }
}

TEST_P(EveryRoute, HasAnExampleThatItsSchemaAccepts) {
  const auto expect_fits = [](const schema& what, const std::string& text) {
    json_reader reader;
    const auto object = reader.read_object(text);
    ASSERT_TRUE(object) << to_string(object.error()) << '\n' << text;
    for (const auto& each : validate(what, **object, text, now))
      ADD_FAILURE() << what.name << ": " << each.field << ' ' << each.message;
  };
  if (route().body) {
    EXPECT_EQ(request_example(route()) == "{}", route().body->fields.empty());
    expect_fits(*route().body, request_example(route()));
  }
  for (const auto& each : route().responses)
    if (each.body)
      expect_fits(*each.body, response_example(each));
  EXPECT_EQ(route().path.find('{') != std::string_view::npos, !route().example_id.empty());
}

TEST_P(EveryRoute, DocumentsEveryFieldAndParameter) {
  const auto expect_documented = [](std::string_view owner, std::span<const field> fields) {
    for (const auto& each : fields)
      EXPECT_TRUE(each.doc.ends_with('.')) << owner << '.' << each.name;
  };
  expect_documented(route().operation_id, route().query);
  if (route().body)
    expect_documented(route().body->name, route().body->fields);
  for (const auto& each : route().responses)
    if (each.body)
      expect_documented(each.body->name, each.body->fields);
}

TEST(RouteSpecs, HaveUniqueNames) {
  std::set<std::string_view> names;
  for (const auto& each : route_specs())
    EXPECT_TRUE(names.insert(each.operation_id).second) << each.operation_id;
}

TEST(RouteSpecs, AreAllThatTheApiPromises) {
  std::set<std::string> all;
  for (const auto& each : route_specs())
    all.insert(std::string{to_string(each.verb)} + ' ' + openapi_path(each.path));
  EXPECT_EQ(all,
    (std::set<std::string>{"POST /api/v1/auth/register", "POST /api/v1/auth/login", "POST /api/v1/auth/refresh",
      "POST /api/v1/auth/logout", "POST /api/v1/auth/change-password", "GET /api/v1/users", "GET /api/v1/users/me",
      "PATCH /api/v1/users/me", "DELETE /api/v1/users/me", "GET /api/v1/users/me/preferences",
      "PUT /api/v1/users/me/preferences", "GET /api/v1/api-keys", "POST /api/v1/api-keys", "GET /api/v1/api-keys/{id}",
      "DELETE /api/v1/api-keys/{id}", "GET /api/v1/sessions", "GET /api/v1/sessions/{id}",
      "DELETE /api/v1/sessions/{id}", "GET /api/v1/conversations", "POST /api/v1/conversations",
      "GET /api/v1/conversations/{id}", "PATCH /api/v1/conversations/{id}", "DELETE /api/v1/conversations/{id}",
      "GET /api/v1/conversations/{id}/messages", "POST /api/v1/conversations/{id}/messages",
      "GET /api/v1/messages/search", "GET /api/v1/messages/{id}", "GET /api/v1/progress", "POST /api/v1/progress",
      "GET /api/v1/progress/{id}", "PATCH /api/v1/progress/{id}", "DELETE /api/v1/progress/{id}",
      "GET /api/v1/workout-plans", "POST /api/v1/workout-plans", "GET /api/v1/workout-plans/{id}",
      "PATCH /api/v1/workout-plans/{id}", "DELETE /api/v1/workout-plans/{id}", "GET /api/v1/nutrition-plans",
      "POST /api/v1/nutrition-plans", "GET /api/v1/nutrition-plans/{id}", "PATCH /api/v1/nutrition-plans/{id}",
      "DELETE /api/v1/nutrition-plans/{id}", "GET /api/v1/nutrition-logs", "POST /api/v1/nutrition-logs",
      "GET /api/v1/nutrition-logs/{id}", "PATCH /api/v1/nutrition-logs/{id}", "DELETE /api/v1/nutrition-logs/{id}",
      "POST /api/v1/chat", "POST /api/v1/chat/stream", "GET /api/v1/runs/{id}", "GET /api/v1/runs/{id}/stream",
      "POST /api/v1/runs/{id}/cancel", "GET /api/v1/messages/export", "GET /api/v1/users/me/export",
      "GET /api/v1/admin/cache", "POST /api/v1/admin/cache/warm", "POST /api/v1/admin/cache/invalidate",
      "POST /api/v1/admin/cache/purge", "GET /health/live", "GET /health/ready", "GET /api/v1/health", "GET /metrics",
      "GET /openapi.json", "GET /.well-known/jwks.json", "GET /problems/{name}", "GET /"}));
}

TEST(RouteSpecs, AreIdempotentWherePostsCreate) {
  std::set<std::string_view> keyed;
  for (const auto& each : route_specs())
    if (each.takes_idempotency_key)
      keyed.insert(each.operation_id);
  EXPECT_EQ(
    keyed, (std::set<std::string_view>{"create_api_key", "create_conversation", "post_message", "create_progress",
             "create_workout_plan", "create_nutrition_plan", "create_nutrition_log", "chat", "chat_stream"}));
}

TEST(RouteSpecs, SayTheRangeOfEveryMetric) {
  const auto doc = progress_schema.find("value")->doc;
  for (const auto& [metric, name] : enum_names<progress_metric>) {
    const auto bounds = range_of(metric);
    const auto expected = is_rating(metric) ? std::string{name}
                                            : std::string{name} + ' ' + std::to_string(static_cast<int>(bounds.low)) +
                                                " to " + std::to_string(static_cast<int>(bounds.high));
    EXPECT_THAT(doc, testing::HasSubstr(expected));
  }
}

TEST(RouteSpecs, HaveExamplesThatTheReadersAccept) {
  EXPECT_TRUE(read_register(example_of(register_schema), now));
  EXPECT_TRUE(read_login(example_of(login_schema), now));
  EXPECT_TRUE(read_refresh(example_of(refresh_schema), now));
  EXPECT_TRUE(read_no_members(example_of(no_members_schema), now));
  EXPECT_TRUE(read_change_password(example_of(change_password_schema), now));
  EXPECT_TRUE(read_user_patch(example_of(user_patch_schema), now));
  EXPECT_TRUE(read_preferences(example_of(preferences_put_schema), now));
  EXPECT_TRUE(read_new_api_key(example_of(new_api_key_schema), now));
  EXPECT_TRUE(read_new_conversation(example_of(new_conversation_schema), now));
  EXPECT_TRUE(read_conversation_patch(example_of(conversation_patch_schema), now));
  EXPECT_TRUE(read_new_message(example_of(new_message_schema), now));
  EXPECT_TRUE(read_new_progress(example_of(new_progress_schema), now));
  EXPECT_TRUE(read_progress_patch(example_of(progress_patch_schema), now));
  EXPECT_TRUE(read_new_workout_plan(example_of(new_workout_plan_schema), now));
  EXPECT_TRUE(read_workout_plan_patch(example_of(workout_plan_patch_schema), now));
  EXPECT_TRUE(read_new_nutrition_plan(example_of(new_nutrition_plan_schema), now));
  EXPECT_TRUE(read_nutrition_plan_patch(example_of(nutrition_plan_patch_schema), now));
  EXPECT_TRUE(read_new_nutrition_log(example_of(new_nutrition_log_schema), now));
  EXPECT_TRUE(read_nutrition_log_patch(example_of(nutrition_log_patch_schema), now));
  EXPECT_TRUE(read_chat(example_of(chat_schema), now));
}

TEST_P(EveryRoute, IsLimitedWhenItIsAboutSomebody) {
  const auto limit = rate_limit_of(route());
  const bool is_chat = route().path.starts_with("/api/v1/chat");
  const bool begins_a_session = route().security == security::none && route().path.starts_with("/api/v1/auth/");
  if (begins_a_session)
    EXPECT_EQ(limit, rate_limit::auth);
  else if (route().security != security::bearer)
    EXPECT_EQ(limit, std::nullopt);
  else
    EXPECT_EQ(limit, is_chat                       ? rate_limit::chats
                     : route().verb == method::get ? rate_limit::reads
                                                   : rate_limit::writes);
  EXPECT_EQ(problems().contains(rate_limit_exceeded), limit.has_value());
}

TEST(RouteSpecs, TellParametersFromLiterals) {
  EXPECT_EQ(parameter_of("users").name, "");
  EXPECT_EQ(parameter_of("{name}").name, "name");
  EXPECT_FALSE(parameter_of("{name}").is_uuid);
  EXPECT_EQ(parameter_of("{id:uuid}").name, "id");
  EXPECT_TRUE(parameter_of("{id:uuid}").is_uuid);
  EXPECT_TRUE(segments_of("/").empty());
}

}  // namespace

/// What a failing parameterised test prints.
void PrintTo(const route_spec& route, std::ostream* out) {
  *out << to_string(route.verb) << ' ' << route.path;
}

}  // namespace genesis::http
