#include "http/cursor.hpp"
#include "http/encoders.hpp"
#include "http/json_reader.hpp"
#include "http/problem.hpp"
#include "http/schemas.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cstring>

namespace genesis::http {
namespace {

using testing::ElementsAre;

const timestamp now = *parse_rfc3339("2026-03-01T12:00:00Z");
const auto& encode = json_encoders();

template <class Id>
Id some_id(unsigned char last) {
  auto id = *Id::parse("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c00");
  id.value.bytes[15] = last;
  return id;
}

/// A body must be what its schema promises.
void expect_fits(const schema& what, const std::string& body) {
  json_reader reader;
  const auto object = reader.read_object(body);
  ASSERT_TRUE(object) << to_string(object.error()) << '\n' << body;
  for (const auto& each : validate(what, **object, body, now))
    ADD_FAILURE() << what.name << ": " << each.field << ' ' << each.message << '\n' << body;
}

user some_user() {
  user who;
  who.id = some_id<user_id>(1);
  who.email = "ana@example.com";
  who.created_at = who.updated_at = now;
  return who;
}

message some_answer() {
  message what;
  what.id = some_id<message_id>(4);
  what.conversation = some_id<conversation_id>(2);
  what.seq = 2;
  what.role = message_role::assistant;
  what.agent = agent::sage;
  what.content = "1386 \"kcal\"\n";
  what.run = some_id<run_id>(5);
  what.artifacts_json = R"([{"type":"water_target","data":{"litres":2.5},"sources":[]}])";
  what.metadata_json = R"({ "b" : 1.50 })";
  what.created_at = what.updated_at = now;
  return what;
}

run some_run() {
  run what;
  what.id = some_id<run_id>(5);
  what.conversation = some_id<conversation_id>(2);
  what.user_message = some_id<message_id>(3);
  what.assistant_message = some_id<message_id>(4);
  what.created_at = now;
  return what;
}

TEST(Encoders, AreAllThere) {
  EXPECT_TRUE(encode.user_body && encode.preferences_body && encode.conversation_body && encode.message_body &&
              encode.run_body && encode.chat_body && encode.artifact_array && encode.artifact_array_of);
  EXPECT_TRUE(encode.start_fields && encode.queued_fields && encode.intent_fields && encode.agent_start_fields &&
              encode.tool_start_fields && encode.tool_end_fields && encode.artifact_fields &&
              encode.stored_artifact_fields && encode.usage_fields && encode.error_fields && encode.end_fields &&
              encode.frame);
}

TEST(Encoders, WriteAPersonOfWhomLittleIsKnown) {
  const auto body = encode.user_body(some_user());
  EXPECT_EQ(body,
    R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01","email":"ana@example.com","full_name":null,"role":"user",)"
    R"("date_of_birth":null,"sex":null,"height_cm":null,"weight_kg":null,"body_fat_pct":null,"activity_level":null,)"
    R"("goal":null,"experience_level":null,"dietary_restrictions":[],"allergies":[],"medical_conditions":[],)"
    R"("timezone":null,"locale":null,"units":"metric","created_at":"2026-03-01T12:00:00.000Z",)"
    R"("updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(user_schema, body);
}

TEST(Encoders, WriteAPersonOfWhomAllIsKnown) {
  auto who = some_user();
  who.full_name = "Ana";
  who.date_of_birth = *parse_iso_date("1990-05-17");
  who.sex = sex::female;
  who.height_cm = 168;
  who.weight_kg = latest_measurement{some_id<progress_id>(6), now, 80.5};
  who.body_fat_pct = latest_measurement{some_id<progress_id>(7), now, 24};
  who.activity_level = activity_level::very_active;
  who.goal = goal::gain_muscle;
  who.experience_level = experience_level::advanced;
  who.allergies = {"nuts", "a\"b"};
  who.timezone = "Europe/Madrid";
  who.locale = "es";
  const auto body = encode.user_body(who);
  expect_fits(user_schema, body);
  EXPECT_THAT(body, testing::HasSubstr(R"("height_cm":168,"weight_kg":80.5,"body_fat_pct":24,)"));
  EXPECT_THAT(body, testing::HasSubstr(R"("allergies":["nuts","a\"b"])"));
}

TEST(Encoders, WritePreferencesUnderTheIdOfTheirOwner) {
  preferences prefs;
  prefs.owner = some_id<user_id>(1);
  prefs.preferred_agents = {agent::sage};
  prefs.training_days = {weekday::mon, weekday::fri};
  prefs.notifications = {{"meals", true}};
  prefs.created_at = prefs.updated_at = now;
  const auto body = encode.preferences_body(prefs);
  EXPECT_EQ(body, R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01","personality":"prime","response_length":"normal",)"
                  R"("preferred_agents":["sage"],"training_days":["mon","fri"],"session_minutes":60,"meals_per_day":3,)"
                  R"("theme":"system","notifications":{"meals":true},"created_at":"2026-03-01T12:00:00.000Z",)"
                  R"("updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(preferences_schema, body);
}

TEST(Encoders, WriteAConversation) {
  conversation what;
  what.id = some_id<conversation_id>(2);
  what.title = "Cutting";
  what.is_archived = true;
  what.message_count = 2;
  what.last_message_at = now;
  what.created_at = what.updated_at = now;
  what.revision = 3;
  const auto body = encode.conversation_body(what);
  EXPECT_EQ(body,
    R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c02","title":"Cutting","agent":null,"archived":true,"message_count":2,)"
    R"("last_message_at":"2026-03-01T12:00:00.000Z","created_at":"2026-03-01T12:00:00.000Z",)"
    R"("updated_at":"2026-03-01T12:00:00.000Z","revision":3})");
  expect_fits(conversation_schema, body);
}

TEST(Encoders, WriteAMessageWithItsMetadataAsGiven) {
  const auto body = encode.message_body(some_answer());
  EXPECT_EQ(body,
    R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c04","conversation_id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c02","seq":2,)"
    R"("role":"assistant","agent":"sage","content":"1386 \"kcal\"\n","status":"complete",)"
    R"("run_id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c05",)"
    R"("artifacts":[{"type":"water_target","data":{"litres":2.5},"sources":[]}],"metadata":{ "b" : 1.50 },)"
    R"("created_at":"2026-03-01T12:00:00.000Z","updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(message_schema, body);
}

TEST(Encoders, WriteAProgressRecord) {
  progress_record what;
  what.id = some_id<progress_id>(6);
  what.metric = progress_metric::energy;
  what.value = 4;
  what.recorded_at = what.created_at = what.updated_at = now;
  const auto body = std::get<item_encoder<progress_record>>(encode.items).body(what);
  EXPECT_EQ(body, R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c06","metric":"energy","value":4,)"
                  R"("recorded_at":"2026-03-01T12:00:00.000Z","source":"manual","note":null,)"
                  R"("created_at":"2026-03-01T12:00:00.000Z","updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(progress_schema, body);
}

TEST(Encoders, WriteAWorkoutPlan) {
  workout_plan what;
  what.id = some_id<workout_plan_id>(6);
  what.name = "Legs";
  what.goal = goal::maintain;
  what.is_active = true;
  what.starts_on = parse_iso_date("2026-03-02");
  what.days_json = R"([{"name":"A","weekday":null,"exercises":[]}])";
  what.created_at = what.updated_at = now;
  const auto body = std::get<item_encoder<workout_plan>>(encode.items).body(what);
  EXPECT_EQ(body, R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c06","name":"Legs","goal":"maintain","notes":null,)"
                  R"("is_active":true,"starts_on":"2026-03-02","ends_on":null,)"
                  R"("days":[{"name":"A","weekday":null,"exercises":[]}],)"
                  R"("created_at":"2026-03-01T12:00:00.000Z","updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(workout_plan_schema, body);
}

TEST(Encoders, WriteANutritionPlan) {
  nutrition_plan what;
  what.id = some_id<nutrition_plan_id>(6);
  what.name = "Cut";
  what.energy_kcal = 1'800;
  what.protein_g = 130;
  what.carbs_g = 190;
  what.fat_g = 55.5;
  what.water_litres = 2.5;
  what.created_at = what.updated_at = now;
  const auto body = std::get<item_encoder<nutrition_plan>>(encode.items).body(what);
  EXPECT_EQ(body, R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c06","name":"Cut","notes":null,"is_active":false,)"
                  R"("starts_on":null,"ends_on":null,"energy_kcal":1800,"protein_g":130,"carbs_g":190,"fat_g":55.5,)"
                  R"("fibre_g":null,"water_litres":2.5,"meals":[],)"
                  R"("created_at":"2026-03-01T12:00:00.000Z","updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(nutrition_plan_schema, body);
}

TEST(Encoders, WriteAnEntryOfTheFoodDiary) {
  nutrition_log what;
  what.id = some_id<nutrition_log_id>(6);
  what.log_date = *parse_iso_date("2026-02-28");
  what.meal = meal::dinner;
  what.description = "Soup";
  what.energy_kcal = 300;
  what.fat_g = 10;
  what.created_at = what.updated_at = now;
  const auto body = std::get<item_encoder<nutrition_log>>(encode.items).body(what);
  EXPECT_EQ(body, R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c06","log_date":"2026-02-28","meal":"dinner",)"
                  R"("description":"Soup","energy_kcal":300,"protein_g":null,"carbs_g":null,"fat_g":10,)"
                  R"("fibre_g":null,"note":null,)"
                  R"("created_at":"2026-03-01T12:00:00.000Z","updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(nutrition_log_schema, body);
}

TEST(Encoders, PagePlansByTheirMakingAndTheFoodDiaryByItsDays) {
  workout_plan plan;
  plan.id = some_id<workout_plan_id>(6);
  plan.name = "Legs";
  plan.created_at = plan.updated_at = now;
  const page<workout_plan> plans{{plan}, true};
  expect_fits(workout_plan_list_schema, workout_plans_page(plans));
  EXPECT_THAT(workout_plans_page(plans),
    testing::HasSubstr(to_cursor(list_kind::workout_plans, {now.time_since_epoch().count(), plan.id.value})));
  nutrition_log log;
  log.id = some_id<nutrition_log_id>(6);
  log.log_date = *parse_iso_date("2026-03-01");
  log.description = "Soup";
  const page<nutrition_log> logs{{log}, true};
  expect_fits(nutrition_log_list_schema, nutrition_logs_page(logs));
  EXPECT_THAT(
    nutrition_logs_page(logs), testing::HasSubstr(to_cursor(list_kind::nutrition_logs, {20'513, log.id.value})));
  EXPECT_EQ(nutrition_plans_page({}), R"({"data":[],"has_more":false,"next_cursor":null})");
}

TEST(Encoders, WriteAPersonWithWhatElseWasAskedFor) {
  user_view view;
  view.person = std::make_shared<const std::string>(encode.user_body(some_user()));
  EXPECT_EQ(user_view_body(view), *view.person);
  expect_fits(user_view_schema, user_view_body(view));
  preferences prefs;
  prefs.owner = some_user().id;
  view.preferences = std::make_shared<const std::string>(encode.preferences_body(prefs));
  view.workout_plans.emplace();
  view.progress.emplace();
  const auto body = user_view_body(view);
  const std::string nothing = R"({"data":[],"has_more":false,"next_cursor":null})";
  EXPECT_EQ(body, view.person->substr(0, view.person->size() - 1) + R"(,"preferences":)" + *view.preferences +
                    R"(,"workout_plans":)" + nothing + R"(,"progress":)" + nothing + '}');
  expect_fits(user_view_schema, body);
}

TEST(Encoders, WritePeopleWithTheirPreferences) {
  known_person who{some_user(), {}};
  who.prefs.owner = who.person.id;
  const auto person = encode.user_body(who.person);
  const auto body = people_page({who});
  EXPECT_EQ(body, "{\"data\":[" + person.substr(0, person.size() - 1) + ",\"preferences\":" +
                    encode.preferences_body(who.prefs) + "}],\"has_more\":false,\"next_cursor\":null}");
  expect_fits(user_view_list_schema, body);
}

TEST(Encoders, WriteARunThatWaitsAndOneThatFailed) {
  auto what = some_run();
  const auto waiting = encode.run_body(what);
  EXPECT_THAT(waiting, testing::HasSubstr(R"("agent":null,"status":"queued",)"));
  EXPECT_THAT(
    waiting, testing::EndsWith(R"("started_at":null,"ended_at":null,"last_seq":0,"usage":null,"error":null})"));
  expect_fits(run_schema, waiting);
  what.status = run_status::error;
  what.started_at = what.ended_at = now;
  what.usage = token_usage{12, 58, true};
  what.failure = run_failure{"UNAVAILABLE", "The answer could not be stored.", true};
  const auto failed = encode.run_body(what);
  EXPECT_THAT(
    failed, testing::EndsWith(
              R"("last_seq":0,"usage":{"input_tokens":12,"output_tokens":58,"estimated":true},)"
              R"("error":{"code":"UNAVAILABLE","message":"The answer could not be stored.","retryable":true}})"));
  expect_fits(run_schema, failed);
}

TEST(Encoders, WriteTheAnswersOfAChat) {
  auto ended = some_run();
  ended.status = run_status::success;
  const auto body = encode.chat_body(ended, some_answer());
  expect_fits(chat_answer_schema, body);
  EXPECT_EQ(body, R"({"run":)" + encode.run_body(ended) + R"(,"message":)" + encode.message_body(some_answer()) +
                    R"(,"artifacts":)" + some_answer().artifacts_json + '}');
  expect_fits(chat_accepted_schema, chat_accepted_body(some_run()));
}

TEST(Encoders, WriteTheMembersOfEvents) {
  EXPECT_EQ(encode.start_fields(some_run()),
    R"("run_id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c05","conversation_id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c02",)"
    R"("user_message_id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c03","message_id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c04",)"
    R"("agent":null)");
  EXPECT_EQ(encode.queued_fields(3), R"("position":3)");
  EXPECT_EQ(encode.intent_fields({"macros", 0.75, {agent::sage, agent::blaze}}),
    R"("intent":"macros","confidence":0.75,"agents":["sage","blaze"])");
  EXPECT_EQ(encode.agent_start_fields(agent::stella), R"("agent":"stella","name":"Stella")");
  const coach::uses_tool tool{"one_rep_max", {{"kg", 100.0}, {"formula", std::string{"epley"}}}, false};
  EXPECT_EQ(encode.tool_start_fields(tool), R"("tool":"one_rep_max","arguments":{"kg":100,"formula":"epley"})");
  EXPECT_EQ(encode.tool_end_fields(tool), R"("tool":"one_rep_max","ok":false)");
  EXPECT_EQ(encode.usage_fields({1, 2, false}), R"("input_tokens":1,"output_tokens":2,"estimated":false)");
  EXPECT_EQ(
    encode.error_fields({"OVERLOADED", "Busy.", true}), R"("code":"OVERLOADED","message":"Busy.","retryable":true)");
  EXPECT_EQ(encode.end_fields(run_status::interrupted, some_id<message_id>(4)),
    R"("status":"interrupted","message_id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c04")");
}

TEST(Encoders, FrameEventsForServerSentEvents) {
  const run_event token{7, run_event_type::token, agent::sage, "two\nlines ", {}};
  EXPECT_EQ(encode.frame(token, stream_format::sse),
    "id: 7\nevent: token\ndata: {\"text\":\"two\\nlines \",\"agent\":\"sage\"}\n\n");
  const run_event tool{8, run_event_type::tool_end, agent::nexus, {}, R"("tool":"x","ok":true)"};
  EXPECT_EQ(encode.frame(tool, stream_format::sse), "id: 8\nevent: tool_end\ndata: {\"tool\":\"x\",\"ok\":true}\n\n");
}

TEST(Encoders, FrameEventsAsLines) {
  const run_event token{7, run_event_type::token, agent::sage, "Hi ", {}};
  EXPECT_EQ(
    encode.frame(token, stream_format::ndjson), "{\"seq\":7,\"type\":\"token\",\"text\":\"Hi \",\"agent\":\"sage\"}\n");
}

TEST(Encoders, AreThereForEverythingThatActorsWrite) {
  std::array<std::uintptr_t, sizeof(encoders) / sizeof(std::uintptr_t)> functions{};
  std::memcpy(functions.data(), &encode, sizeof(encoders));
  EXPECT_THAT(functions, testing::Each(testing::Ne(0U)));
}

TEST(Encoders, SayWhereObjectsAreFound) {
  const std::string id = "0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c07";
  EXPECT_EQ(encode.conversation_location(some_id<conversation_id>(7)), "/api/v1/conversations/" + id);
  EXPECT_EQ(encode.message_location(some_id<message_id>(7)), "/api/v1/messages/" + id);
  const auto found_at = [&]<class T>(const T&) {
    return std::get<item_encoder<T>>(encode.items).location(some_id<decltype(T::id)>(7));
  };
  EXPECT_EQ(found_at(progress_record{}), "/api/v1/progress/" + id);
  EXPECT_EQ(found_at(workout_plan{}), "/api/v1/workout-plans/" + id);
  EXPECT_EQ(found_at(nutrition_plan{}), "/api/v1/nutrition-plans/" + id);
  EXPECT_EQ(found_at(nutrition_log{}), "/api/v1/nutrition-logs/" + id);
}

TEST(Encoders, NameTheTypeOfALineOnce) {
  const run_event found{9, run_event_type::artifact, agent::nexus, {}, R"("type":"readiness","data":{},"sources":[])"};
  EXPECT_EQ(encode.frame(found, stream_format::ndjson),
    "{\"seq\":9,\"type\":\"artifact\",\"artifact_type\":\"readiness\",\"data\":{},\"sources\":[]}\n");
  EXPECT_EQ(encode.frame(found, stream_format::sse),
    "id: 9\nevent: artifact\ndata: {\"type\":\"readiness\",\"data\":{},\"sources\":[]}\n\n");
}

TEST(Encoders, GiveEventsOfAConnectionNoNumber) {
  const run_event leaving{0, run_event_type::error, agent::nexus, {}, R"("code":"SHUTTING_DOWN")"};
  EXPECT_EQ(encode.frame(leaving, stream_format::sse), "event: error\ndata: {\"code\":\"SHUTTING_DOWN\"}\n\n");
  EXPECT_EQ(encode.frame(leaving, stream_format::ndjson), "{\"type\":\"error\",\"code\":\"SHUTTING_DOWN\"}\n");
}

TEST(Encoders, BeatWithoutBeingAnEvent) {
  EXPECT_EQ(heartbeat(stream_format::sse), ": hb\n");
  EXPECT_EQ(heartbeat(stream_format::ndjson), "\n");
  EXPECT_EQ(stream_media_type(stream_format::sse), "text/event-stream");
  EXPECT_EQ(stream_media_type(stream_format::ndjson), "application/x-ndjson");
}

TEST(Encoders, PageAListWithACursorOfItsLastItem) {
  page<conversation> items;
  for (unsigned char i = 1; i <= 2; ++i) {
    conversation each;
    each.id = some_id<conversation_id>(i);
    each.created_at = each.updated_at = now + std::chrono::milliseconds{i};
    items.items.push_back(each);
  }
  expect_fits(conversation_list_schema, conversations_page(items));
  EXPECT_THAT(conversations_page(items), testing::EndsWith(R"(],"has_more":false,"next_cursor":null})"));
  items.has_more = true;
  const auto cursor = to_cursor(list_kind::conversations,
    {(now + std::chrono::milliseconds{2}).time_since_epoch().count(), some_id<conversation_id>(2).value});
  EXPECT_EQ(conversations_page(items), "{\"data\":[" + encode.conversation_body(items.items[0]) + ',' +
                                         encode.conversation_body(items.items[1]) +
                                         "],\"has_more\":true,\"next_cursor\":\"" + cursor + "\"}");
}

TEST(Encoders, PageMessagesByNumberAndProgressByTime) {
  const page<message> messages{{some_answer()}, true};
  expect_fits(message_list_schema, messages_page(messages));
  EXPECT_THAT(messages_page(messages), testing::HasSubstr(to_cursor(list_kind::messages, {2, some_answer().id.value})));
  progress_record record;
  record.id = some_id<progress_id>(6);
  record.value = 70;
  record.recorded_at = now;
  const page<progress_record> records{{record}, true};
  expect_fits(progress_list_schema, progress_page(records));
  EXPECT_THAT(progress_page(records),
    testing::HasSubstr(to_cursor(list_kind::progress, {now.time_since_epoch().count(), record.id.value})));
  EXPECT_EQ(progress_page({}), R"({"data":[],"has_more":false,"next_cursor":null})");
}

TEST(Encoders, WriteAnApiKeyAndItsTextOnlyWhereItIsMade) {
  api_key key;
  key.id = some_id<api_key_id>(7);
  key.name = "Scale";
  key.scopes = {key_scope::write, key_scope::read};
  key.hash[0] = 0xAB;
  key.created_at = key.updated_at = now;
  const auto body = encode.api_key_body(key);
  expect_fits(api_key_schema, body);
  EXPECT_EQ(body, R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c07","name":"Scale","prefix":"gk_AZjFonsefDqf",)"
                  R"("scopes":["write","read"],"expires_at":null,"last_used_at":null,)"
                  R"("created_at":"2026-03-01T12:00:00.000Z","updated_at":"2026-03-01T12:00:00.000Z","revision":1})");
  expect_fits(created_api_key_schema, body);
  const auto shown = created_api_key_body(body, "gk_x");
  expect_fits(created_api_key_schema, shown);
  EXPECT_EQ(shown, body.substr(0, body.size() - 1) + R"(,"key":"gk_x"})");
  expect_fits(api_key_list_schema, api_keys_page({{key}, true}));
  EXPECT_EQ(encode.api_key_location(key.id), "/api/v1/api-keys/0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c07");
}

TEST(Encoders, MarkTheSessionThatAsks) {
  session first;
  first.id = some_id<session_id>(8);
  first.created_at = first.last_used_at = now;
  first.user_agent = "curl";
  first.address = "::1";
  first.refresh_hash[0] = 0xAB;
  auto second = first;
  second.id = some_id<session_id>(9);
  const auto body = sessions_page({{first, second}, false}, second.id);
  expect_fits(session_list_schema, body);
  EXPECT_EQ(body, R"({"data":[{"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c08","created_at":"2026-03-01T12:00:00.000Z",)"
                  R"("last_used_at":"2026-03-01T12:00:00.000Z","user_agent":"curl","address":"::1","current":false},)"
                  R"({"id":"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c09","created_at":"2026-03-01T12:00:00.000Z",)"
                  R"("last_used_at":"2026-03-01T12:00:00.000Z","user_agent":"curl","address":"::1","current":true}],)"
                  R"("has_more":false,"next_cursor":null})");
}

TEST(Encoders, WriteTheAnswerOfALogin) {
  const auto body = auth_body(encode.user_body(some_user()), "at", "rt", std::chrono::seconds{900});
  expect_fits(auth_schema, body);
  EXPECT_THAT(
    body, testing::EndsWith(R"(,"access_token":"at","refresh_token":"rt","token_type":"Bearer","expires_in":900})"));
}

TEST(Encoders, WriteHealth) {
  EXPECT_EQ(health_status_body("draining"), R"({"status":"draining"})");
  EXPECT_EQ(health_body("ok", "0.1.0", std::chrono::seconds{5}), R"({"status":"ok","version":"0.1.0","uptime_s":5})");
  expect_fits(health_schema, health_body("ok", "0.1.0", std::chrono::seconds{5}));
}

TEST(Encoders, WriteProblemsThatFitTheirSchema) {
  expect_fits(problem_schema, problem_body({problem_code::validation_error, {}, {{"a", "b", "c"}}, 0}, "r"));
  expect_fits(problem_page_schema, *problem_page("not-found"));
}

}  // namespace
}  // namespace genesis::http
