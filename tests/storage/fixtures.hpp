#pragma once

#include "storage/migrations.hpp"
#include "storage/sql_store.hpp"
#include "storage/sqlite.hpp"
#include "tests/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace genesis::storage {

/// Where the databases of one test are.
class database_directory : public temporary_directory {
public:
  [[nodiscard]] std::filesystem::path file(std::string_view name = "genesis.db") const { return path() / name; }
};

inline timestamp at_ms(std::int64_t ms) {
  return timestamp{timestamp::duration{ms}};
}

/// The id with this number in its last bytes: ids sort like their numbers.
template <class Id>
Id id_of(std::uint32_t number) {
  Id id;
  for (std::size_t i = 0; i < 4; ++i)
    id.value.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  id.value.bytes[6] = 0x70;
  id.value.bytes[8] = 0x80;
  return id;
}

inline secret_hash hash_of(std::uint8_t seed) {
  secret_hash hash{};
  for (std::size_t i = 0; i < hash.size(); ++i)
    hash[i] = static_cast<std::uint8_t>(seed + 7 * i);
  return hash;
}

/// Text that a careless store spoils: quotes, SQL, JSON, other scripts, a character beyond 16 bits, line ends.
inline const std::string awkward_text =
  "O'Brien \"said\" :name ?1 $1 -- ; \\ {\"a\":[1]} Zo\u00eb \u65e5\u672c \U0001F3CB\n\t%";

inline user plain_user(std::uint32_t number) {
  user person;
  person.id = id_of<user_id>(number);
  person.email = "person" + std::to_string(number) + "@example.org";
  person.created_at = at_ms(1'000 + number);
  person.updated_at = at_ms(2'000 + number);
  return person;
}

inline user full_user(std::uint32_t number) {
  auto person = plain_user(number);
  person.role = user_role::coach;
  person.is_active = false;
  person.full_name = awkward_text;
  person.date_of_birth = calendar_day{std::chrono::year{1984}, std::chrono::February, std::chrono::day{29}};
  person.sex = sex::female;
  person.height_cm = 171.3;
  person.weight_kg = latest_measurement{id_of<progress_id>(77), at_ms(123'456), 80.0};
  person.body_fat_pct = latest_measurement{id_of<progress_id>(78), at_ms(-5), 0.1 + 0.2};
  person.activity_level = activity_level::very_active;
  person.goal = goal::recomposition;
  person.experience_level = experience_level::advanced;
  person.dietary_restrictions = {"vegan", awkward_text, ""};
  person.allergies = {"N\u00fcsse"};
  person.medical_conditions = {"[\"not json\"]", "a,b"};
  person.timezone = "Europe/Zurich";
  person.locale = "es-MX";
  person.units = unit_system::imperial;
  person.revision = 41;
  return person;
}

inline preferences full_preferences() {
  preferences prefs;
  prefs.personality = personality::longevity;
  prefs.response_length = response_length::detailed;
  prefs.preferred_agents = {agent::wave, agent::nexus};
  prefs.training_days = {weekday::sun, weekday::mon};
  prefs.session_minutes = 240;
  prefs.meals_per_day = 8;
  prefs.theme = colour_theme::dark;
  prefs.notifications = {{"meals", true}, {awkward_text, false}};
  prefs.created_at = at_ms(5);
  prefs.updated_at = at_ms(6);
  prefs.revision = 3;
  return prefs;
}

inline session session_of(std::uint32_t number) {
  return {id_of<session_id>(number), at_ms(10), at_ms(20), at_ms(30), at_ms(40 + number),
    hash_of(static_cast<std::uint8_t>(number)), awkward_text, "2001:db8::1"};
}

inline api_key api_key_of(std::uint32_t number) {
  return {id_of<api_key_id>(number), awkward_text, {key_scope::chat, key_scope::read},
    hash_of(static_cast<std::uint8_t>(number)), number % 2 == 0 ? std::optional{at_ms(40 + number)} : std::nullopt,
    number % 3 == 0 ? std::optional{at_ms(30)} : std::nullopt, at_ms(10), at_ms(20), 1 + number};
}

inline conversation conversation_of(std::uint32_t number, std::int64_t created_ms = 100) {
  conversation value;
  value.id = id_of<conversation_id>(number);
  value.created_at = at_ms(created_ms);
  value.updated_at = at_ms(created_ms + 1);
  return value;
}

inline message message_of(std::uint32_t number, const conversation_id& where, std::int64_t seq) {
  message value;
  value.id = id_of<message_id>(number);
  value.conversation = where;
  value.seq = seq;
  value.content = "message " + std::to_string(number);
  value.created_at = at_ms(1'000 + seq);
  value.updated_at = at_ms(1'000 + seq);
  return value;
}

inline progress_record record_of(std::uint32_t number, std::int64_t recorded_ms,
  progress_metric metric = progress_metric::weight_kg, double value = 80) {
  progress_record record;
  record.id = id_of<progress_id>(number);
  record.metric = metric;
  record.value = value;
  record.recorded_at = at_ms(recorded_ms);
  record.created_at = at_ms(recorded_ms + 1);
  record.updated_at = at_ms(recorded_ms + 2);
  return record;
}

inline calendar_day day_at(int days_since_1970) {
  return calendar_day{std::chrono::sys_days{std::chrono::days{days_since_1970}}};
}

inline workout_plan plain_workout_plan(std::uint32_t number, std::int64_t created_ms = 100) {
  workout_plan what;
  what.id = id_of<workout_plan_id>(number);
  what.name = "plan " + std::to_string(number);
  what.created_at = at_ms(created_ms);
  what.updated_at = at_ms(created_ms + 1);
  return what;
}

inline workout_plan full_workout_plan(std::uint32_t number) {
  auto what = plain_workout_plan(number);
  what.name = awkward_text;
  what.goal = goal::recomposition;
  what.notes = awkward_text;
  what.is_active = true;
  what.starts_on = day_at(-1);
  what.ends_on = day_at(30'000);
  what.days_json =
    R"([{"name":"\u00e9 'Legs'","weekday":"mon","exercises":[{"name":"Squat","sets":3,"load_kg":62.50}]}])";
  what.revision = 41;
  return what;
}

inline nutrition_plan plain_nutrition_plan(std::uint32_t number, std::int64_t created_ms = 100) {
  nutrition_plan what;
  what.id = id_of<nutrition_plan_id>(number);
  what.name = "plan " + std::to_string(number);
  what.energy_kcal = 2'000;
  what.protein_g = 0.1 + 0.2;
  what.carbs_g = 1.0 / 3.0;
  what.fat_g = 70;
  what.created_at = at_ms(created_ms);
  what.updated_at = at_ms(created_ms + 1);
  return what;
}

inline nutrition_plan full_nutrition_plan(std::uint32_t number) {
  auto what = plain_nutrition_plan(number);
  what.name = awkward_text;
  what.notes = awkward_text;
  what.is_active = true;
  what.starts_on = day_at(0);
  what.ends_on = day_at(1);
  what.fibre_g = 30.5;
  what.water_litres = 2.5;
  what.meals_json = R"([{"name":"Breakfast","share_pct":25.0,"energy_kcal":null,"note":null}])";
  what.revision = 2;
  return what;
}

inline nutrition_log log_of(std::uint32_t number, int day) {
  nutrition_log what;
  what.id = id_of<nutrition_log_id>(number);
  what.log_date = day_at(day);
  what.description = "food " + std::to_string(number);
  what.energy_kcal = 250;
  what.created_at = at_ms(5);
  what.updated_at = at_ms(6);
  return what;
}

inline nutrition_log full_log(std::uint32_t number) {
  auto what = log_of(number, 20'000);
  what.meal = meal::breakfast;
  what.description = awkward_text;
  what.energy_kcal = 0.1 + 0.2;
  what.protein_g = 1;
  what.carbs_g = 2;
  what.fat_g = 3;
  what.fibre_g = 4;
  what.note = awkward_text;
  what.revision = 9;
  return what;
}

inline run run_of(std::uint32_t number, const conversation_id& where, const message_id& answer,
  run_status status = run_status::running) {
  run value;
  value.id = id_of<run_id>(number);
  value.conversation = where;
  value.user_message = id_of<message_id>(number + 10'000);
  value.assistant_message = answer;
  value.status = status;
  value.created_at = at_ms(50);
  return value;
}

inline run_event token_of(std::int64_t seq, std::string text) {
  run_event event;
  event.seq = seq;
  event.agent = agent::sage;
  event.text = std::move(text);
  return event;
}

inline run_event event_of(std::int64_t seq, run_event_type type, std::string fields) {
  run_event event;
  event.seq = seq;
  event.type = type;
  event.fields_json = std::move(fields);
  return event;
}

/// Writes one batch alone.
inline result<write_receipt> write_alone(store& target, const write_batch& batch) {
  const write_batch* all[] = {&batch};
  return target.write(all).front();
}

inline write_batch batch_of(const user_id& who, std::int64_t version, std::vector<mutation> mutations) {
  write_batch batch;
  batch.user = who;
  batch.version = version;
  batch.mutations = std::move(mutations);
  return batch;
}

/// A person in the store, at version 1.
inline user_id add_person(store& target, std::uint32_t number) {
  const auto person = plain_user(number);
  const auto written =
    write_alone(target, batch_of(person.id, 0, {create_user{person, {}, "hash" + std::to_string(number)}}));
  EXPECT_TRUE(written) << written.error().detail;
  return person.id;
}

template <class T>
errc code_of(const result<T>& outcome) {
  return outcome ? errc::none : outcome.error().code;
}

/// How often a group of batches was written one by one.
class savepoint_counter : public statement_observer {
public:
  void on_statement(const statement_run& run) noexcept override { count += run.id == statement_id::savepoint_batch; }
  int count = 0;
};

/// No transaction is open, one that a result which was not read to its end keeps open included.
inline bool is_idle(connection& database) {
  auto& backend = database.backend();
  if (backend.kind() == engine::postgresql)
    return !backend.is_in_transaction();
  return ::sqlite3_txn_state(sqlite_handle_of(backend.session()), nullptr) == SQLITE_TXN_NONE;
}

/// Hands every call on, and checks after it that no transaction of the connection stayed open.
class checked_store : public store {
  template <class Question>
  auto ask(const Question& question) {
    auto answered = inner_.answer(question);
    check();
    return answered;
  }
  void check() { EXPECT_TRUE(is_idle(inner_.database())); }

public:
  explicit checked_store(sql_store& inner) : inner_(inner) {}

  [[nodiscard]] std::int64_t timeline() const noexcept override { return inner_.timeline(); }

  result<user_snapshot> answer(const load_user& question) override { return ask(question); }
  result<std::optional<user_snapshot>> answer(const load_newer& question) override { return ask(question); }
  result<server_condition> answer(const inspect_server& question) override { return ask(question); }
  result<credentials> answer(const find_credentials& question) override { return ask(question); }
  result<credentials> answer(const find_credentials_of& question) override { return ask(question); }
  result<conversation> answer(const find_conversation& question) override { return ask(question); }
  result<page<conversation>> answer(const list_conversations& question) override { return ask(question); }
  result<message> answer(const find_message& question) override { return ask(question); }
  result<page<message>> answer(const list_messages& question) override { return ask(question); }
  result<page<found_message>> answer(const search_messages& question) override { return ask(question); }
  result<message_partition> answer(const read_message_partition& question) override { return ask(question); }
  result<progress_record> answer(const find_progress& question) override { return ask(question); }
  result<page<progress_record>> answer(const list_progress& question) override { return ask(question); }
  result<std::vector<progress_record>> answer(const latest_progress& question) override { return ask(question); }
  result<workout_plan> answer(const find_item<workout_plan>& question) override { return ask(question); }
  result<nutrition_plan> answer(const find_item<nutrition_plan>& question) override { return ask(question); }
  result<nutrition_log> answer(const find_item<nutrition_log>& question) override { return ask(question); }
  result<page<workout_plan>> answer(const list_plans<workout_plan>& question) override { return ask(question); }
  result<page<nutrition_plan>> answer(const list_plans<nutrition_plan>& question) override { return ask(question); }
  result<page<nutrition_log>> answer(const list_nutrition_logs& question) override { return ask(question); }
  result<plan_standing<workout_plan>> answer(const find_plan_standing<workout_plan>& question) override {
    return ask(question);
  }
  result<plan_standing<nutrition_plan>> answer(const find_plan_standing<nutrition_plan>& question) override {
    return ask(question);
  }
  result<coaching_history> answer(const load_coaching_history& question) override { return ask(question); }
  result<run> answer(const find_run& question) override { return ask(question); }
  result<run_log> answer(const load_run_log& question) override { return ask(question); }
  result<std::optional<idempotency_record>> answer(const find_idempotency& question) override { return ask(question); }
  result<std::vector<std::string>> answer(const list_idempotency_keys& question) override { return ask(question); }
  result<session_id> answer(const find_used_refresh_token& question) override { return ask(question); }
  result<invitation> answer(const find_invitation& question) override { return ask(question); }
  result<bool> answer(const put_invitation& change) override { return ask(change); }
  result<std::vector<user_id>> answer(const recently_active_users& question) override { return ask(question); }
  result<page<user>> answer(const list_users& question) override { return ask(question); }
  result<first_pages> answer(const load_first_pages& question) override { return ask(question); }
  result<std::vector<known_person>> answer(const find_people& question) override { return ask(question); }
  result<bool> answer(const check_database& question) override { return ask(question); }
  result<bool> answer(const limit_size& what) override { return ask(what); }
  result<std::int64_t> answer(const purge_expired_rows& what) override { return ask(what); }
  write_results write(std::span<const write_batch* const> batches) override {
    auto written = inner_.write(batches);
    check();
    return written;
  }
  void settle() override {
    inner_.settle();
    check();
  }
  result<write_receipt> write(const append_run_chunks& chunks) override {
    auto written = inner_.write(chunks);
    check();
    return written;
  }

private:
  sql_store& inner_;
};

/// A migrated database in a directory of its own, and a writer to it.
class SqlStore : public ::testing::Test {
protected:
  SqlStore() {
    const auto migrated = migrate(directory_.file());
    EXPECT_TRUE(migrated) << migrated.error().detail;
    writer_ = open(access::writer);
  }

  std::unique_ptr<sql_store> open(access mode, statement_observer* observer = nullptr) {
    store_options options;
    options.database = directory_.file();
    options.busy_timeout = std::chrono::milliseconds{20};
    options.observer = observer;
    options.now = [this] { return at_ms(++clock_); };
    auto opened = sql_store::open(options, mode);
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }

  /// A person with one conversation (its number that of the person), at version 2.
  std::pair<user_id, conversation_id> add_person_with_conversation(std::uint32_t number) {
    const auto who = add_person(*writer_, number);
    const auto talk = conversation_of(number);
    EXPECT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_conversation{talk}})));
    return {who, talk.id};
  }

  database_directory directory_;
  std::int64_t clock_ = 0;
  std::unique_ptr<sql_store> writer_;
};

}  // namespace genesis::storage
