#include "http/preference.hpp"
#include "http/routes/specs.hpp"
#include "tests/http/exchanges.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace genesis::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::text_of;

const route_spec& route_named(std::string_view operation) {
  static const auto all = route_specs();
  return *std::ranges::find(all, operation, &route_spec::operation_id);
}

/// What a change is answered with: to somebody with an API key of these scopes, or to somebody logged in.
response answer_to(std::string_view operation, std::optional<std::vector<key_scope>> scopes,
  const std::string& fields = {}, int status = 200) {
  auto request = testing::exchange_of("PATCH", fields);
  request.route = &route_named(operation);
  if (scopes) {
    request.who.by = api_key_id{};
    request.who.scopes = *scopes;
  }
  response answer;
  answer.status = status;
  answer.body = text_of(R"({"id":1})");
  answer.etag = "\"o1.2\"";
  answer.location = status == 201 ? "/api/v1/progress/1" : "";
  apply_preference(request, answer);
  return answer;
}

const std::string minimal = "Prefer: return=minimal\r\n";

TEST(Preference, HidesTheObjectFromAKeyThatMayNotRead) {
  for (const auto* operation : {"change_user", "replace_preferences", "change_conversation", "change_progress",
         "change_workout_plan", "change_nutrition_log"}) {
    const auto answer = answer_to(operation, {{key_scope::write}});
    EXPECT_EQ(answer.status, 204) << operation;
    EXPECT_FALSE(answer.body) << operation;
    EXPECT_EQ(answer.etag, "\"o1.2\"") << operation;
    EXPECT_THAT(answer.fields, IsEmpty()) << "it has not asked";
    EXPECT_EQ(answer_to(operation, {{key_scope::write, key_scope::chat}}).status, 204) << operation;
    EXPECT_EQ(answer_to(operation, {{key_scope::write, key_scope::read}}).status, 200) << operation;
    EXPECT_EQ(answer_to(operation, {}).status, 200) << operation;
  }
}

TEST(Preference, LeavesTheAddressOfWhatWasMade) {
  for (const auto* operation : {"create_conversation", "post_message", "create_progress", "create_nutrition_plan"}) {
    const auto answer = answer_to(operation, {{key_scope::write}}, {}, 201);
    EXPECT_EQ(answer.status, 201) << operation;
    EXPECT_FALSE(answer.body) << operation;
    EXPECT_EQ(answer.location, "/api/v1/progress/1") << operation;
    EXPECT_TRUE(answer_to(operation, {}, {}, 201).body) << operation;
  }
}

TEST(Preference, IsFollowedForEverybodyAndSaidSo) {
  const auto answer = answer_to("change_user", {}, minimal);
  EXPECT_EQ(answer.status, 204);
  EXPECT_THAT(answer.fields, ElementsAre(Pair("Preference-Applied", "return=minimal")));
  const auto made = answer_to("create_progress", {}, minimal, 201);
  EXPECT_EQ(made.status, 201);
  EXPECT_FALSE(made.body);
  EXPECT_TRUE(answer_to("change_user", {}, "Prefer: return=representation\r\n").body);
  EXPECT_EQ(answer_to("change_user", {{key_scope::write}}, "Prefer: return=representation\r\n").status, 204);
}

TEST(Preference, IsOfTheFirstOfItsKind) {
  for (const auto* fields : {"prefer: respond-async, RETURN=minimal;x=1\r\n", "Prefer: return=\"minimal\"\r\n",
         "Prefer: wait=10\r\nPrefer: return = minimal\r\n", "Prefer: return=minimal, return=representation\r\n"})
    EXPECT_EQ(answer_to("change_user", {}, fields).status, 204) << fields;
  for (const auto* fields : {"Prefer: return\r\n", "Prefer: return=representation, return=minimal\r\n",
         "Prefer: minimal\r\n", "Prefer: x=\"return=minimal\"\r\n", "Prefer: returns=minimal\r\n"})
    EXPECT_EQ(answer_to("change_user", {}, fields).status, 200) << fields;
}

TEST(Preference, LeavesEverythingElse) {
  EXPECT_TRUE(answer_to("create_api_key", {}, minimal, 201).body) << "its text is shown this once";
  EXPECT_TRUE(answer_to("cancel_run", {{key_scope::chat}}, minimal).body) << "who may ask may follow the answers";
  EXPECT_TRUE(answer_to("show_user", {}, minimal).body);
  EXPECT_TRUE(answer_to("change_user", {{key_scope::write}}, minimal, 412).body) << "a problem";
  auto lost = testing::exchange_of("PATCH", minimal);  // no route was found
  response answer;
  answer.body = text_of("{}");
  apply_preference(lost, answer);
  EXPECT_TRUE(answer.body);
}

}  // namespace
}  // namespace genesis::http
