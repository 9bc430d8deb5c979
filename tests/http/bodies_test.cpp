#include "http/bodies.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace genesis::http {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

const timestamp now = *parse_rfc3339("2026-03-01T12:00:00Z");

/// `field: rule` of every fault of a refused body.
template <class T>
std::vector<std::string> faults(const accepted<T>& read) {
  std::vector<std::string> all;
  if constexpr (requires { read->faults; }) {  // a body that its owner refuses
    if (read)
      for (const auto& each : read->faults)
        all.push_back(each.field + ": " + each.rule);
    return all.empty() ? std::vector<std::string>{"accepted"} : all;
  }
  if (read)
    return {"accepted"};
  EXPECT_EQ(read.error().code, problem_code::validation_error) << read.error().detail;
  for (const auto& each : read.error().errors)
    all.push_back(each.field + ": " + each.rule);
  return all;
}

TEST(Bodies, ReadsARegistration) {
  const auto read = read_register(
    R"({"email":"Ana@Example.COM","password":"correct horse","full_name":"Ana","locale":null,"timezone":"Europe/Madrid"})",
    now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->email, "ana@example.com");
  EXPECT_EQ(read->password, "correct horse");
  EXPECT_EQ(read->full_name, "Ana");
  EXPECT_EQ(read->locale, std::nullopt);
  EXPECT_EQ(read->timezone, "Europe/Madrid");
  EXPECT_EQ(read->invite, std::nullopt);
}

TEST(Bodies, NamesEveryFaultOfARegistration) {
  EXPECT_THAT(faults(read_register(R"({"email":"a b@c","password":"short","timezone":"Nowhere","role":"admin"})", now)),
    UnorderedElementsAre("email: format", "password: length", "timezone: format", "role: unknown"));
  EXPECT_THAT(faults(read_register("{}", now)), UnorderedElementsAre("email: required", "password: required"));
}

TEST(Bodies, LeavesOutWhatIsFaultyOfARegistrationAndANewPassword) {
  const auto read =
    read_register(R"({"email":"a b@c","password":"short","full_name":" ","timezone":"Nowhere","locale":"en"})", now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->email, "");
  EXPECT_EQ(read->password, "");
  EXPECT_EQ(read->full_name, std::nullopt);
  EXPECT_EQ(read->timezone, std::nullopt);
  EXPECT_EQ(read->locale, "en");
  const auto change = read_change_password(R"({"new_password":"a new one"})", now);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->new_password, "a new one") << "whose strength is still to be judged";
  EXPECT_THAT(faults(change), ElementsAre("current_password: required"));
  EXPECT_EQ(read_change_password(R"({"new_password":"short"})", now)->new_password, "");
  EXPECT_EQ(read_register("[]", now).error().code, problem_code::malformed_request);
}

TEST(Bodies, ReadsANewApiKey) {
  const auto read =
    read_new_api_key(R"({"name":"Scale","scopes":["chat","read"],"expires_at":"2026-03-01T12:00:00.001Z"})", now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "Scale");
  EXPECT_THAT(read->scopes, ElementsAre(key_scope::chat, key_scope::read));
  EXPECT_EQ(read->expires_at, now + std::chrono::milliseconds{1});
  EXPECT_EQ(read_new_api_key(R"({"name":"a","scopes":["read"],"expires_at":null})", now)->expires_at, std::nullopt);
  EXPECT_TRUE(read_new_api_key(R"({"name":")" + std::string(100, 'n') + R"(","scopes":["read"]})", now));
}

TEST(Bodies, NamesEveryFaultOfANewApiKey) {
  EXPECT_THAT(faults(read_new_api_key("{}", now)), UnorderedElementsAre("name: required", "scopes: required"));
  EXPECT_THAT(faults(read_new_api_key(
                R"({"name":"","scopes":[],"expires_at":"2026-03-01T12:00:00Z","id":"x","key":"gk_x"})", now)),
    UnorderedElementsAre("name: length", "scopes: min_items", "expires_at: range", "id: read_only", "key: unknown"));
  EXPECT_THAT(
    faults(read_new_api_key(
      R"({"name":")" + std::string(101, 'n') + R"(","scopes":["read","admin","read"],"expires_at":"soon"})", now)),
    UnorderedElementsAre("name: length", "scopes[1]: enum", "scopes[2]: unique", "expires_at: format"));
  EXPECT_THAT(faults(read_new_api_key(R"({"name":"a","scopes":["read","write","chat","read"]})", now)),
    UnorderedElementsAre("scopes: max_items"));
}

TEST(Bodies, RefusesAsMalformedWhatIsNoObject) {
  for (const char* text : {"", "x", "[]", "{\"email\":1,\"email\":2}"}) {
    const auto read = read_login(text, now);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, problem_code::malformed_request);
    EXPECT_TRUE(read.error().detail.starts_with("The body is not acceptable JSON")) << read.error().detail;
  }
}

TEST(Bodies, ReadsAnyPasswordOfALogin) {
  for (const std::string password : {"x", "12345678"}) {
    const auto read = read_login(R"({"email":"ana@example.com","password":")" + password + "\"}", now);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->password, password);
  }
}

TEST(Bodies, ReadsNothingWhereThereAreNoMembers) {
  EXPECT_TRUE(read_no_members("", now));
  EXPECT_TRUE(read_no_members(" {} ", now));
  EXPECT_EQ(read_no_members("[]", now).error().code, problem_code::malformed_request);
  EXPECT_EQ(read_no_members(R"({"x":1})", now).error().code, problem_code::validation_error);
}

TEST(Bodies, ReadsTokensAndNewPasswords) {
  EXPECT_EQ(read_refresh(R"({"refresh_token":"abc"})", now)->refresh_token, "abc");
  const auto read = read_change_password(R"({"current_password":"old","new_password":"a new one"})", now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->current_password, "old");
  EXPECT_EQ(read->new_password, "a new one");
  EXPECT_THAT(faults(read_change_password(R"({"current_password":"old","new_password":"short"})", now)),
    ElementsAre("new_password: length"));
}

TEST(Bodies, TellsClearedFieldsOfAProfileFromAbsentOnes) {
  const auto read = read_user_patch(R"({"full_name":null,"date_of_birth":"1990-05-17","sex":"female","height_cm":168.5,
    "goal":null,"allergies":["nuts"],"units":"imperial","weight_kg":70})",
    now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->full_name, patched<std::string>{std::optional<std::string>{}});
  EXPECT_EQ(**read->date_of_birth, *parse_iso_date("1990-05-17"));
  EXPECT_EQ(**read->sex, sex::female);
  EXPECT_EQ(**read->height_cm, 168.5);
  EXPECT_TRUE(read->goal && !*read->goal);
  EXPECT_FALSE(read->activity_level);
  EXPECT_FALSE(read->locale);
  EXPECT_EQ(read->allergies, std::vector<std::string>{"nuts"});
  EXPECT_FALSE(read->medical_conditions);
  EXPECT_EQ(read->units, unit_system::imperial);
  EXPECT_EQ(read->weight_kg, 70);
  EXPECT_EQ(read->body_fat_pct, std::nullopt);
}

TEST(Bodies, RefusesToClearMeasurements) {
  EXPECT_THAT(faults(read_user_patch(R"({"weight_kg":null,"body_fat_pct":null,"units":null})", now)),
    UnorderedElementsAre("weight_kg: type", "body_fat_pct: type", "units: type"));
}

TEST(Bodies, EmptiesListsOfAProfileThatAreNull) {
  const auto read = read_user_patch(R"({"dietary_restrictions":null,"allergies":null,"medical_conditions":[]})", now);
  ASSERT_TRUE(read);
  for (const auto* list : {&read->dietary_restrictions, &read->allergies, &read->medical_conditions})
    EXPECT_EQ(*list, std::vector<std::string>{});
  EXPECT_THAT(faults(read_user_patch(R"({"allergies":[null]})", now)), ElementsAre("allergies[0]: type"));
}

TEST(Bodies, RefusesReadOnlyFieldsOfAProfile) {
  EXPECT_THAT(
    faults(read_user_patch(R"({"id":"x","email":"a@b.c","role":"admin","revision":3,"created_at":"x","age":3})", now)),
    UnorderedElementsAre("id: read_only", "email: read_only", "role: read_only", "revision: read_only",
      "created_at: read_only", "age: unknown"));
}

TEST(Bodies, TakesAnEmptyBodyWhereNothingIsRequired) {
  EXPECT_TRUE(read_user_patch("", now));
  EXPECT_TRUE(read_new_conversation("", now));
  EXPECT_TRUE(read_conversation_patch("", now));
  EXPECT_FALSE(read_new_message("", now));
}

TEST(Bodies, BoundsTheListsOfAProfile) {
  const auto with = [](std::size_t items, std::size_t length) {
    std::string text = "{\"allergies\":[";
    for (std::size_t i = 0; i < items; ++i)
      text += (i == 0 ? "\"" : ",\"") + std::string(length, 'x') + '"';
    return faults(read_user_patch(text + "]}", now));
  };
  EXPECT_THAT(with(50, 100), ElementsAre("accepted"));
  EXPECT_THAT(with(51, 100), ElementsAre("allergies: max_items"));
  EXPECT_THAT(with(1, 101), ElementsAre("allergies[0]: length"));
  EXPECT_THAT(with(1, 0), ElementsAre("allergies[0]: length"));
}

constexpr std::string_view whole_preferences =
  R"({"personality":"longevity","response_length":"long","preferred_agents":["wave","sage"],"training_days":["mon","sun"],)"
  R"("session_minutes":45,"meals_per_day":4,"theme":"dark","notifications":{"meals":true,"rest":false})";

TEST(Bodies, ReadsAReplacementOfThePreferences) {
  const auto read = read_preferences(std::string{whole_preferences} + "}", now);
  ASSERT_TRUE(read);
  preferences expected;
  expected.personality = personality::longevity;
  expected.response_length = response_length::detailed;
  expected.preferred_agents = {agent::wave, agent::sage};
  expected.training_days = {weekday::mon, weekday::sun};
  expected.session_minutes = 45;
  expected.meals_per_day = 4;
  expected.theme = colour_theme::dark;
  expected.notifications = {{"meals", true}, {"rest", false}};
  EXPECT_EQ(read->value, expected);
}

TEST(Bodies, WantsTheWholeOfThePreferences) {
  EXPECT_THAT(faults(read_preferences("{}", now)),
    UnorderedElementsAre("personality: required", "response_length: required", "preferred_agents: required",
      "training_days: required", "session_minutes: required", "meals_per_day: required", "theme: required",
      "notifications: required"));
}

TEST(Bodies, TakesReadOnlyMembersOfPreferencesUnchanged) {
  preferences current;
  current.owner = *user_id::parse("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01");
  current.created_at = now;
  current.updated_at = now;
  current.revision = 3;
  const auto carry = [&](std::string_view revision) {
    const auto read = read_preferences(
      std::string{whole_preferences} +
        R"(,"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01","created_at":"2026-03-01T12:00:00Z","revision":)" +
        std::string{revision} + "}",
      now);
    EXPECT_TRUE(read);
    return changed_read_only(read->carried, current);
  };
  EXPECT_TRUE(carry("3").empty());
  EXPECT_THAT(carry("4"), ElementsAre(field_error{"revision", "read_only", "cannot be changed"}));
}

TEST(Bodies, RefusesImpossiblePreferences) {
  const std::string text =
    R"({"personality":"x","response_length":"brief","preferred_agents":["sage","sage"],"training_days":["monday"],)"
    R"("session_minutes":9,"meals_per_day":8.5,"theme":"dark","notifications":{"meals":"yes"}})";
  EXPECT_THAT(faults(read_preferences(text, now)),
    UnorderedElementsAre("personality: enum", "response_length: enum", "preferred_agents[1]: unique",
      "training_days[0]: enum", "session_minutes: range", "meals_per_day: type", "notifications.meals: type"));
}

TEST(Bodies, ReadsConversations) {
  const auto made = read_new_conversation(R"({"title":"Cutting","agent":"blaze"})", now);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->title, "Cutting");
  EXPECT_EQ(made->agent, agent::blaze);
  const auto changed = read_conversation_patch(R"({"archived":true})", now);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->title, std::nullopt);
  EXPECT_EQ(changed->archived, true);
  EXPECT_THAT(faults(read_conversation_patch(R"({"title":null,"agent":"sage"})", now)),
    UnorderedElementsAre("title: type", "agent: read_only"));
}

TEST(Bodies, KeepsMetadataByteForByte) {
  const auto read = read_new_message(R"({"content":"Hi","metadata" : { "b": 1.50, "a":"\u00e9" } })", now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->content, "Hi");
  EXPECT_EQ(read->metadata_json, R"({ "b": 1.50, "a":"\u00e9" })");
  EXPECT_EQ(read_new_message(R"({"content":"Hi"})", now)->metadata_json, "{}");
  EXPECT_EQ(read_new_message(R"({"content":"Hi","metadata":null})", now)->metadata_json, "{}");
}

TEST(Bodies, BoundsMessagesAndMetadata) {
  const auto message = [](std::size_t length) {
    return faults(read_new_message("{\"content\":\"" + std::string(length, 'x') + "\"}", now));
  };
  EXPECT_THAT(message(32'768), ElementsAre("accepted"));
  EXPECT_THAT(message(32'769), ElementsAre("content: length"));
  EXPECT_THAT(message(0), ElementsAre("content: length"));
  const auto metadata = [](std::size_t bytes) {
    return faults(read_new_message(R"({"content":"x","metadata":{"a":")" + std::string(bytes - 8, 'x') + "\"}}", now));
  };
  EXPECT_THAT(metadata(4'096), ElementsAre("accepted"));
  EXPECT_THAT(metadata(4'097), ElementsAre("metadata: length"));
}

TEST(Bodies, ReadsProgressRecords) {
  const auto read = read_new_progress(
    R"({"metric":"sleep_hours","value":7.5,"recorded_at":"2026-03-01T08:00:00+01:00","note":"ok"})", now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->metric, progress_metric::sleep_hours);
  const auto nothing = read_new_progress(R"({"metric":"sleep_hours","value":-0.0})", now);
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(std::signbit(nothing->value));
  EXPECT_EQ(read->value, 7.5);
  EXPECT_EQ(read->recorded_at, parse_rfc3339("2026-03-01T07:00:00Z"));
  EXPECT_EQ(read->note, "ok");
  EXPECT_EQ(read_new_progress(R"({"metric":"energy","value":3})", now)->recorded_at, std::nullopt);
}

TEST(Bodies, HoldsValuesToTheRangeOfTheirMetric) {
  for (const auto& [metric, name] : enum_names<progress_metric>) {
    const auto check = [&](double value) {
      return faults(
        read_new_progress(R"({"metric":")" + std::string{name} + R"(","value":)" + std::to_string(value) + "}", now));
    };
    const auto bounds = range_of(metric);
    EXPECT_THAT(check(bounds.low), ElementsAre("accepted")) << name;
    EXPECT_THAT(check(bounds.high), ElementsAre("accepted")) << name;
    EXPECT_THAT(check(bounds.low - 0.5), ElementsAre("value: range")) << name;
    EXPECT_THAT(check(bounds.high + 0.5), ElementsAre("value: range")) << name;
    EXPECT_THAT(check(bounds.low + 0.5), ElementsAre(is_rating(metric) ? "value: type" : "accepted")) << name;
  }
}

TEST(Bodies, NamesEveryFaultOfAProgressRecord) {
  EXPECT_THAT(faults(read_new_progress(
                R"({"metric":"energy","value":9,"recorded_at":"2026-03-02T12:00:00.001Z","source":"profile"})", now)),
    UnorderedElementsAre("value: range", "recorded_at: range", "source: read_only"));
  EXPECT_THAT(faults(read_new_progress(R"({"metric":"steps","value":9})", now)), ElementsAre("metric: enum"));
}

TEST(Bodies, ReadsChangesOfAProgressRecord) {
  const auto read = read_progress_patch(R"({"value":70,"note":null})", now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->changes.value, 70);
  EXPECT_TRUE(read->changes.note && !*read->changes.note);
  EXPECT_FALSE(read->changes.recorded_at);
  EXPECT_THAT(faults(read_progress_patch(R"({"metric":"energy","value":501})", now)),
    UnorderedElementsAre("metric: read_only", "value: range"));
}

TEST(Bodies, ReadsAFaultyReplacementAsFarAsItGoes) {
  const auto read = read_preferences(
    R"({"personality":"x","session_minutes":1e300,"revision":1e300,"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01"})", now);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->carried.id);
  EXPECT_FALSE(read->carried.revision);
  EXPECT_EQ(read->value.session_minutes, preferences{}.session_minutes);
  EXPECT_EQ(read_preferences("[]", now).error().code, problem_code::malformed_request);
}

TEST(Bodies, BoundsTheDepthOfMetadataSoThatListsCanBeRead) {
  const auto post = [](std::size_t levels) {
    std::string metadata;
    for (std::size_t i = 0; i < levels; ++i)
      metadata += R"({"a":)";
    return faults(
      read_new_message(R"({"content":"Hi","metadata":)" + metadata + "1" + std::string(levels, '}') + "}", now));
  };
  EXPECT_THAT(post(29), ElementsAre("accepted"));
  EXPECT_THAT(post(30), ElementsAre("metadata: depth"));
}

TEST(Bodies, ReadsQuestionsToTheCoach) {
  const auto read = read_chat(
    R"({"message":"Hi","conversation_id":"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02","agent":"sage","metadata":{"x":1}})",
    now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->message, "Hi");
  EXPECT_EQ(read->conversation, conversation_id::parse("0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02"));
  EXPECT_EQ(read->agent, agent::sage);
  EXPECT_EQ(read->metadata_json, R"({"x":1})");
  EXPECT_THAT(faults(read_chat(R"({"message":"","conversation_id":"7","agent":"hal"})", now)),
    UnorderedElementsAre("message: length", "conversation_id: format", "agent: enum"));
}

TEST(Bodies, ReadsTheKeysOfAPurge) {
  EXPECT_EQ(*read_edge_purge(R"({"keys":["root","jwks"]})", now), (std::vector<std::string>{"root", "jwks"}));
  const auto purge = [](const std::string& keys) { return faults(read_edge_purge("{\"keys\":" + keys + "}", now)); };
  EXPECT_THAT(purge("[]"), ElementsAre("keys: min_items"));
  for (const auto* unknown : {"bogus", "two words", "a\\r\\nX: y", "ä", ""})
    EXPECT_THAT(purge(R"(["root",")" + std::string{unknown} + "\"]"), ElementsAre("keys[1]: enum")) << unknown;
  EXPECT_THAT(purge(R"(["public","openapi","jwks","problems","root"])"), ElementsAre("accepted"));
  EXPECT_THAT(purge(R"(["root","root"])"), ElementsAre("keys[1]: unique"));
  EXPECT_THAT(faults(read_edge_purge("{}", now)), ElementsAre("keys: required"));
}

TEST(Bodies, BoundsQuestionsToTheCoach) {
  const auto ask = [](std::size_t length) {
    return faults(read_chat("{\"message\":\"" + std::string(length, 'x') + "\"}", now));
  };
  EXPECT_THAT(ask(16'000), ElementsAre("accepted"));
  EXPECT_THAT(ask(16'001), ElementsAre("message: length"));
}

}  // namespace
}  // namespace genesis::http
