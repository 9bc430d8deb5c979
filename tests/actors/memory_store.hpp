#pragma once

#include "storage/search_match.hpp"
#include "storage/store.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace genesis::storage {

/// Every row of one person.
struct memory_person {
  user person;
  preferences prefs;
  std::string password_hash;
  std::int64_t version = 0;
  std::int64_t epoch = 1;
  std::int64_t changed = 0;  ///< Place in the order of all changes.
  std::map<session_id, session> sessions;
  std::map<api_key_id, api_key> api_keys;
  std::map<secret_hash, session_id> used_tokens;
  std::map<conversation_id, conversation> conversations;
  std::map<message_id, message> messages;
  std::map<progress_id, progress_record> progress;
  std::map<workout_plan_id, workout_plan> workout_plans;
  std::map<nutrition_plan_id, nutrition_plan> nutrition_plans;
  std::map<nutrition_log_id, nutrition_log> nutrition_logs;
  std::map<run_id, run> runs;
  /// Chunks of events by their first number, as the database keeps them.
  std::map<run_id, std::map<std::int64_t, std::vector<run_event>>> chunks;
  std::map<std::string, idempotency_record> keys;

  /// The events of a run, in order. Where chunks overlap, the one that begins later holds.
  [[nodiscard]] std::vector<run_event> events_of(const run_id& run) const {
    std::vector<run_event> events;
    const auto stored = chunks.find(run);
    if (stored == chunks.end())
      return events;
    for (const auto& [first_seq, chunk] : stored->second) {
      while (!events.empty() && events.back().seq >= first_seq)
        events.pop_back();
      events.insert(events.end(), chunk.begin(), chunk.end());
    }
    return events;
  }
};

/// What several `memory_store`s share, as several connections share one database: the rows, the faults to come, and
/// counts.
///
/// Stores lock `mutex` for the length of a call; a test that runs them in other threads locks it as well before it
/// looks.
struct memory_database {
  std::mutex mutex;
  std::map<user_id, memory_person> people;
  std::map<std::string, user_id> emails;
  std::map<std::string, invitation> invitations;  ///< By e-mail address.
  std::int64_t changes = 0;
  /// Where the log of changes ends: raised by each group of batches or chunks. Receipts tell it when it is told at all.
  log_position log_end;
  bool locates_commits = false;
  std::int64_t timeline = 1;  ///< Another one after a failover; stores that are open keep theirs.

  std::int64_t loads = 0;         ///< Calls with `load_user`.
  std::int64_t reads = 0;         ///< All other questions.
  std::int64_t groups = 0;        ///< Calls with batches.
  std::int64_t batches = 0;       ///< Batches in them.
  std::int64_t chunk_writes = 0;  ///< Calls with `append_run_chunks`.

  /// The time that deadlines of writes are compared with. Unset, no deadline ever passes: virtual time is the test's.
  std::function<std::chrono::steady_clock::time_point()> now;

  /// As a replica that has replayed everything.
  void become(const memory_database& primary) {
    people = primary.people;
    emails = primary.emails;
    invitations = primary.invitations;
    log_end = primary.log_end;
  }

  /// The next call of any kind fails with this code and does nothing; several calls queue up.
  void fail_next(errc code) { faults_.push_back({fault::kind::fail, code}); }
  /// The next group of batches (or chunks) is written, but its writer is told `outcome_unknown`.
  void commit_then_fail() { faults_.push_back({fault::kind::commit_then_fail, errc::outcome_unknown}); }
  /// While set, the disk is full: whatever writes is told `unavailable`, nothing is written.
  void refuse(bool is_full) { refuses_ = is_full; }

  /// Takes the fault that is due for this call, if any. A `commit_then_fail` waits for a call that writes.
  std::optional<errc> take_failure() {
    if (faults_.empty() || faults_.front().what != fault::kind::fail)
      return std::nullopt;
    const auto code = faults_.front().code;
    faults_.pop_front();
    return code;
  }
  bool take_lost_answer() {
    if (faults_.empty() || faults_.front().what != fault::kind::commit_then_fail)
      return false;
    faults_.pop_front();
    return true;
  }
  [[nodiscard]] bool refuses() const { return refuses_; }
  [[nodiscard]] bool is_late(std::chrono::steady_clock::time_point deadline) const { return now && now() > deadline; }

private:
  struct fault {
    enum class kind : std::uint8_t { fail, commit_then_fail };
    kind what;
    errc code;
  };
  std::deque<fault> faults_;
  bool refuses_ = false;
};

/// A store that keeps maps instead of a database, for tests of actors: the same answers as `sql_store` (a conformance
/// test holds both to them), the same fences, and faults on demand.
///
/// Ids are taken to be unique over all people; a row that names another person's conversation is refused, because that
/// conversation is not found.
class memory_store : public store {
public:
  static constexpr std::int64_t partition_rows = 3;

  explicit memory_store(std::shared_ptr<memory_database> database)
      : database_(std::move(database)), timeline_(database_->timeline) {}

  using store::answer;

  [[nodiscard]] std::int64_t timeline() const noexcept override { return timeline_; }

  result<user_snapshot> answer(const load_user& question) override {
    const std::scoped_lock lock(database_->mutex);
    ++database_->loads;
    if (const auto code = database_->take_failure())
      return fail(*code, "injected");
    if (question.raise_fence && database_->refuses())
      return fail(errc::unavailable, "the disk is full");
    auto* person = find(question.user);
    if (person == nullptr)
      return fail(errc::not_found);
    if (person->epoch != question.epoch)
      return fail(errc::fenced);
    if (question.raise_fence)
      ++person->version;
    return snapshot_of(*person, question.limits);
  }

  result<std::optional<user_snapshot>> answer(const load_newer& question) override {
    return read<std::optional<user_snapshot>>([&]() -> result<std::optional<user_snapshot>> {
      const auto* person = find(question.user);
      if (person == nullptr)
        return fail(errc::not_found);
      if (person->epoch != question.epoch)
        return fail(errc::fenced);
      if (person->version == question.version && question.timeline == timeline_)
        return std::nullopt;
      return snapshot_of(*person, question.limits);
    });
  }

  result<credentials> answer(const find_credentials& question) override {
    return read<credentials>([&]() -> result<credentials> {
      const auto found = database_->emails.find(question.email);
      if (found == database_->emails.end())
        return fail(errc::not_found);
      return credentials_of(found->second);
    });
  }

  result<credentials> answer(const find_credentials_of& question) override {
    return read<credentials>([&] { return credentials_of(question.user); });
  }

  result<conversation> answer(const find_conversation& question) override {
    return find_row(question.user, &memory_person::conversations, question.conversation);
  }

  result<page<conversation>> answer(const list_conversations& question) override {
    return read<page<conversation>>([&]() -> result<page<conversation>> {
      const auto is_wanted = [&](const conversation& each) {
        return question.archived == archived_filter::all ||
               each.is_archived == (question.archived == archived_filter::archived);
      };
      const auto* person = find(question.user);
      return page_of(rows_where(person, &memory_person::conversations, is_wanted), by_creation, question.page);
    });
  }

  result<message> answer(const find_message& question) override {
    return find_row(question.user, &memory_person::messages, question.message);
  }

  result<page<message>> answer(const list_messages& question) override {
    return read<page<message>>([&]() -> result<page<message>> {
      const auto* person = find(question.user);
      if (person == nullptr || !person->conversations.contains(question.conversation))
        return fail(errc::not_found);
      const auto is_wanted = [&](const message& each) { return each.conversation == question.conversation; };
      const auto by_seq = [](const message& each) { return list_position{each.seq, {}}; };
      auto query = question.page;
      if (query.after)
        query.after->id = {};
      return page_of(rows_where(person, &memory_person::messages, is_wanted), by_seq, query);
    });
  }

  /// In parts of three messages, so that few make several.
  result<message_partition> answer(const read_message_partition& question) override {
    return read<message_partition>([&]() -> result<message_partition> {
      auto* person = find(question.user);
      std::vector<std::pair<export_place, const message*>> all;
      if (person != nullptr)
        for (const auto& [id, each] : person->messages)
          if (!question.conversation || each.conversation == *question.conversation)
            all.push_back({{by_creation(person->conversations.at(each.conversation)), each.seq}, &each});
      const auto key = [](const export_place& at) {
        return std::tuple{at.conversation.key, at.conversation.id, at.seq};
      };
      std::ranges::sort(all, {}, [&](const auto& each) { return key(each.first); });
      message_partition found;
      export_place last;
      for (const auto& [place, each] : all) {
        if (question.after && key(place) <= key(*question.after))
          continue;
        if (std::ssize(found.messages) == partition_rows) {
          found.next = last;
          break;
        }
        last = place;
        found.messages.push_back(*each);
        if (question.with_runs && each->run && each->role == message_role::assistant)
          found.runs.push_back(person->runs.at(*each->run));
      }
      std::ranges::sort(found.runs, {}, &run::id);
      return found;
    });
  }

  result<page<found_message>> answer(const search_messages& question) override {
    return read<page<found_message>>([&]() -> result<page<found_message>> {
      stemmers words;
      const auto sought = sought_by(question.query, words);
      auto* person = find(question.user);
      std::vector<found_message> all;
      if (sought && person != nullptr)
        for (const auto& [id, each] : person->messages)
          if (auto found = match(*sought, each.content, words); found.is_match)
            all.push_back({each, found.score, snippet_of(each.content, found.marks)});
      const auto by_score = [](const found_message& each) { return list_position{each.score, each.message.id.value}; };
      auto query = question.page;
      query.order = list_order::newest_first;
      return page_of(std::move(all), by_score, query);
    });
  }

  result<progress_record> answer(const find_progress& question) override {
    return find_row(question.user, &memory_person::progress, question.item);
  }

  result<page<progress_record>> answer(const list_progress& question) override {
    return read<page<progress_record>>([&]() -> result<page<progress_record>> {
      const auto is_wanted = [&](const progress_record& each) {
        return (!question.metric || each.metric == *question.metric) &&
               (!question.from || each.recorded_at >= *question.from) &&
               (!question.until || each.recorded_at < *question.until);
      };
      return page_of(rows_where(find(question.user), &memory_person::progress, is_wanted), by_recording, question.page);
    });
  }

  result<std::vector<progress_record>> answer(const latest_progress& question) override {
    return read<std::vector<progress_record>>([&]() -> result<std::vector<progress_record>> {
      const auto is_wanted = [&](const progress_record& each) { return each.metric == question.metric; };
      return page_of(rows_where(find(question.user), &memory_person::progress, is_wanted), by_recording,
        page_query{question.limit, std::nullopt, list_order::newest_first})
        .items;
    });
  }

  result<workout_plan> answer(const find_item<workout_plan>& question) override {
    return find_row(question.user, &memory_person::workout_plans, question.item);
  }
  result<nutrition_plan> answer(const find_item<nutrition_plan>& question) override {
    return find_row(question.user, &memory_person::nutrition_plans, question.item);
  }
  result<nutrition_log> answer(const find_item<nutrition_log>& question) override {
    return find_row(question.user, &memory_person::nutrition_logs, question.item);
  }

  result<page<workout_plan>> answer(const list_plans<workout_plan>& question) override {
    return plans_of(question, &memory_person::workout_plans);
  }
  result<page<nutrition_plan>> answer(const list_plans<nutrition_plan>& question) override {
    return plans_of(question, &memory_person::nutrition_plans);
  }

  result<page<nutrition_log>> answer(const list_nutrition_logs& question) override {
    return read<page<nutrition_log>>([&]() -> result<page<nutrition_log>> {
      const auto is_wanted = [&](const nutrition_log& each) {
        return (!question.from || each.log_date >= *question.from) && (!question.to || each.log_date <= *question.to);
      };
      const auto by_day = [](const nutrition_log& each) {
        return list_position{day_number(each.log_date), each.id.value};
      };
      return page_of(rows_where(find(question.user), &memory_person::nutrition_logs, is_wanted), by_day, question.page);
    });
  }

  result<plan_standing<workout_plan>> answer(const find_plan_standing<workout_plan>& question) override {
    return standing_of(question, &memory_person::workout_plans);
  }
  result<plan_standing<nutrition_plan>> answer(const find_plan_standing<nutrition_plan>& question) override {
    return standing_of(question, &memory_person::nutrition_plans);
  }

  result<coaching_history> answer(const load_coaching_history& question) override {
    return read<coaching_history>([&]() -> result<coaching_history> {
      const auto* person = find(question.user);
      coaching_history found;
      found.messages = page_of(
        rows_where(person, &memory_person::messages,
          [&](const message& each) { return each.conversation == question.conversation; }),
        [](const message& each) { return list_position{each.seq, {}}; },
        page_query{coaching_messages_max, std::nullopt, list_order::newest_first})
                         .items;
      std::ranges::reverse(found.messages);
      return found;
    });
  }

  result<run> answer(const find_run& question) override {
    return find_row(question.user, &memory_person::runs, question.run);
  }

  result<run_log> answer(const load_run_log& question) override {
    return read<run_log>([&]() -> result<run_log> {
      const auto* person = find(question.user);
      if (person == nullptr || !person->runs.contains(question.run))
        return fail(errc::not_found);
      run_log found{person->runs.at(question.run), {}, {}};
      const auto answer_row = person->messages.find(found.run.assistant_message);
      if (answer_row == person->messages.end())
        return fail(errc::internal, "a run without its message");
      found.answer = answer_row->second;
      found.events = person->events_of(question.run);
      return found;
    });
  }

  result<std::optional<idempotency_record>> answer(const find_idempotency& question) override {
    return read<std::optional<idempotency_record>>([&]() -> result<std::optional<idempotency_record>> {
      const auto* person = find(question.user);
      if (person == nullptr)
        return std::nullopt;
      const auto found = person->keys.find(question.key);
      return found == person->keys.end() ? std::nullopt : std::optional{found->second};
    });
  }
  result<std::vector<std::string>> answer(const list_idempotency_keys& question) override {
    return read<std::vector<std::string>>([&]() -> result<std::vector<std::string>> {
      std::vector<std::string> keys;
      if (const auto* person = find(question.user))
        for (const auto& [key, record] : person->keys)
          if (std::ssize(keys) < question.limit)
            keys.push_back(key);
      return keys;
    });
  }

  result<session_id> answer(const find_used_refresh_token& question) override {
    return find_row(question.user, &memory_person::used_tokens, question.hash);
  }

  result<invitation> answer(const find_invitation& question) override {
    return read<invitation>([&]() -> result<invitation> {
      for (const auto& [email, each] : database_->invitations)
        if (each.hash == question.hash)
          return each;
      return fail(errc::not_found);
    });
  }

  result<bool> answer(const put_invitation& change) override {
    return read<bool>([&]() -> result<bool> {
      const auto before = database_->invitations.find(change.value.email);
      const bool is_replaced =
        before != database_->invitations.end() && before->second.expires_at > change.value.created_at;
      database_->invitations.insert_or_assign(change.value.email, change.value);
      return is_replaced;
    });
  }

  result<std::vector<user_id>> answer(const recently_active_users& question) override {
    return read<std::vector<user_id>>([&]() -> result<std::vector<user_id>> {
      std::map<std::int64_t, user_id, std::greater<>> by_change;
      for (const auto& [id, each] : database_->people)
        by_change.emplace(each.changed, id);
      std::vector<user_id> found;
      for (const auto& [change, id] : by_change)
        if (std::ssize(found) < question.limit)
          found.push_back(id);
      return found;
    });
  }

  result<page<user>> answer(const list_users& question) override {
    return read<page<user>>([&]() -> result<page<user>> {
      std::vector<user> all;
      for (const auto& [id, each] : database_->people)
        all.push_back(each.person);
      return page_of(std::move(all), by_creation, question.page);
    });
  }

  result<first_pages> answer(const load_first_pages& question) override {
    return read<first_pages>(
      [&]() -> result<first_pages> { return first_pages_of(find(question.user), question.limits); });
  }

  result<std::vector<known_person>> answer(const find_people& question) override {
    return read<std::vector<known_person>>([&]() -> result<std::vector<known_person>> {
      if (question.users.size() > people_per_question_max)
        return fail(errc::invalid_argument);
      std::vector<known_person> found;
      for (const auto& [id, each] : database_->people)
        if (std::ranges::find(question.users, id) != question.users.end()) {
          found.push_back({each.person, each.prefs});
          found.back().prefs.owner = id;
        }
      return found;
    });
  }

  result<bool> answer(const check_database&) override {
    return read<bool>([]() -> result<bool> { return true; });
  }

  write_results write(std::span<const write_batch* const> batches) override {
    const std::scoped_lock lock(database_->mutex);
    ++database_->groups;
    database_->batches += std::ssize(batches);
    if (const auto code = database_->take_failure())
      return {batches.size(), fail(*code, "injected")};
    if (database_->refuses())
      return {batches.size(), fail(errc::unavailable, "the disk is full")};
    write_results receipts;
    receipts.reserve(batches.size());
    ++database_->log_end.value;
    for (const auto* batch : batches)
      receipts.push_back(write_one(*batch));
    if (database_->take_lost_answer())
      return {batches.size(), fail(errc::outcome_unknown, "injected")};
    return receipts;
  }

  result<write_receipt> write(const append_run_chunks& chunks) override {
    const std::scoped_lock lock(database_->mutex);
    ++database_->chunk_writes;
    if (const auto code = database_->take_failure())
      return fail(*code, "injected");
    if (database_->refuses())
      return fail(errc::unavailable, "the disk is full");
    if (database_->is_late(chunks.deadline))
      return fail(errc::unavailable, "the deadline has passed");
    ++database_->log_end.value;
    for (const auto& chunk : chunks.chunks)
      append(chunk);
    if (database_->take_lost_answer())
      return fail(errc::outcome_unknown, "injected");
    return write_receipt{.version = 0, .position = position(), .timeline = timeline_};
  }

  result<server_condition> answer(const inspect_server&) override {
    return read<server_condition>(
      [&] { return server_condition{.position = database_->log_end, .identity = "memory", .timeline = timeline_}; });
  }

private:
  [[nodiscard]] std::optional<log_position> position() const {
    return database_->locates_commits ? std::optional{database_->log_end} : std::nullopt;
  }

  /// The lists that are wanted of somebody, who need not be there.
  static first_pages first_pages_of(const memory_person* person, const first_page_limits& limits) {
    const auto everything = [](const auto&) { return true; };
    const auto newest = [&](std::int64_t wanted, auto rows, const auto& position_of, const auto& is_listed) {
      auto found = page_of(
        rows_where(person, rows, is_listed), position_of, page_query{wanted, std::nullopt, list_order::newest_first});
      return wanted == 0 ? std::nullopt : std::optional{std::move(found)};
    };
    return {newest(limits.workout_plans, &memory_person::workout_plans, by_creation, everything),
      newest(limits.nutrition_plans, &memory_person::nutrition_plans, by_creation, everything),
      newest(limits.progress, &memory_person::progress, by_recording, everything),
      newest(limits.conversations, &memory_person::conversations, by_creation,
        [](const conversation& each) { return !each.is_archived; })};
  }

  [[nodiscard]] user_snapshot snapshot_of(const memory_person& person, const first_page_limits& limits) const {
    user_snapshot found{person.person, person.prefs, {}, person.version, {}, timeline_};
    for (const auto& [id, each] : person.sessions)
      found.sessions.push_back(each);
    for (const auto& [id, each] : person.api_keys)
      found.api_keys.push_back(each);
    found.lists = first_pages_of(&person, limits);
    return found;
  }

  memory_person* find(const user_id& id) {
    const auto found = database_->people.find(id);
    return found == database_->people.end() ? nullptr : &found->second;
  }

  /// What every question but `load_user` goes through.
  template <class T, class Answer>
  result<T> read(Answer&& answer) {
    const std::scoped_lock lock(database_->mutex);
    ++database_->reads;
    if (const auto code = database_->take_failure())
      return fail(*code, "injected");
    return answer();
  }

  template <class Key, class Row>
  result<Row> find_row(const user_id& owner, std::map<Key, Row> memory_person::* rows, const Key& key) {
    return read<Row>([&]() -> result<Row> {
      const auto* person = find(owner);
      if (person == nullptr)
        return fail(errc::not_found);
      const auto found = (person->*rows).find(key);
      if (found == (person->*rows).end())
        return fail(errc::not_found);
      return found->second;
    });
  }

  template <class Key, class Row, class Wanted>
  static std::vector<Row> rows_where(
    const memory_person* person, std::map<Key, Row> memory_person::* rows, const Wanted& is_wanted) {
    std::vector<Row> found;
    if (person != nullptr)
      for (const auto& [key, row] : person->*rows)
        if (is_wanted(row))
          found.push_back(row);
    return found;
  }

  template <class Plan>
  result<page<Plan>> plans_of(
    const list_plans<Plan>& question, std::map<decltype(Plan::id), Plan> memory_person::* rows) {
    return read<page<Plan>>([&]() -> result<page<Plan>> {
      const auto is_wanted = [&](const Plan& each) {
        return (!question.only_active || each.is_active) && (!question.from || each.created_at >= *question.from) &&
               (!question.until || each.created_at < *question.until);
      };
      return page_of(rows_where(find(question.user), rows, is_wanted), by_creation, question.page);
    });
  }

  template <class Plan>
  result<plan_standing<Plan>> standing_of(
    const find_plan_standing<Plan>& question, std::map<decltype(Plan::id), Plan> memory_person::* rows) {
    return read<plan_standing<Plan>>([&]() -> result<plan_standing<Plan>> {
      plan_standing<Plan> found;
      for (auto& each : rows_where(find(question.user), rows, [](const Plan&) { return true; })) {
        ++found.count;
        if (each.is_active)
          found.active = std::move(each);
      }
      return found;
    });
  }

  static constexpr auto by_creation = [](const auto& each) {
    return list_position{each.created_at.time_since_epoch().count(), each.id.value};
  };
  static constexpr auto by_recording = [](const progress_record& each) {
    return list_position{each.recorded_at.time_since_epoch().count(), each.id.value};
  };

  template <class Row, class PositionOf>
  static page<Row> page_of(std::vector<Row> rows, const PositionOf& position_of, const page_query& query) {
    const bool is_descending = query.order == list_order::newest_first;
    const auto comes_before = [&](const list_position& a, const list_position& b) {
      return is_descending ? std::pair{b.key, b.id} < std::pair{a.key, a.id}
                           : std::pair{a.key, a.id} < std::pair{b.key, b.id};
    };
    std::ranges::sort(rows, [&](const Row& a, const Row& b) { return comes_before(position_of(a), position_of(b)); });
    page<Row> found;
    for (auto& row : rows) {
      if (query.after && !comes_before(*query.after, position_of(row)))
        continue;
      if (std::ssize(found.items) == query.limit) {
        found.has_more = true;
        break;
      }
      found.items.push_back(std::move(row));
    }
    return found;
  }

  result<credentials> credentials_of(const user_id& id) {
    const auto* person = find(id);
    if (person == nullptr)
      return fail(errc::not_found);
    return credentials{id, person->password_hash, person->person.is_active};
  }

  /// All of a batch or nothing: mutations go to a copy of the person that replaces the person at the end.
  result<write_receipt> write_one(const write_batch& batch) {
    if (database_->is_late(batch.deadline))
      return fail(errc::unavailable, "the deadline has passed");
    if (is_of_another_timeline(batch.timeline))
      return fail(errc::fenced);
    const auto creates = std::ranges::any_of(
      batch.mutations, [](const mutation& each) { return std::holds_alternative<create_user>(each); });
    const auto* current = find(batch.user);
    if (creates && current != nullptr)
      return fail(errc::conflict);
    if (!creates && (current == nullptr || current->version != batch.version || current->epoch != batch.epoch))
      return fail(errc::fenced);
    auto next = creates ? memory_person{} : *current;
    next.version = batch.version + batch.steps;
    next.epoch = batch.epoch;
    bool is_removed = false;
    for (const auto& each : batch.mutations) {
      is_removed = is_removed || std::holds_alternative<remove_user>(each);
      const auto code = std::visit([&](const auto& change) { return apply(change, next); }, each);
      if (code != errc::none)
        return fail(code);
    }
    for (const auto& each : batch.mutations)
      if (const auto* used = std::get_if<use_invitation>(&each))
        database_->invitations.erase(used->email);
    replace(batch.user, std::move(next), is_removed);
    return write_receipt{.version = batch.version + batch.steps, .position = position(), .timeline = timeline_};
  }

  void replace(const user_id& id, memory_person next, bool is_removed) {
    if (const auto* current = find(id))
      database_->emails.erase(current->person.email);
    if (is_removed) {
      database_->people.erase(id);
      return;
    }
    next.changed = ++database_->changes;
    database_->emails[next.person.email] = id;
    database_->people[id] = std::move(next);
  }

  [[nodiscard]] bool is_taken(const user& person) const {
    const auto owner = database_->emails.find(person.email);
    return owner != database_->emails.end() && owner->second != person.id;
  }

  errc apply(const create_user& change, memory_person& person) const {
    if (is_taken(change.person))
      return errc::email_taken;
    person.person = change.person;
    person.prefs = change.prefs;
    person.password_hash = change.password_hash;
    return errc::none;
  }
  errc apply(const use_invitation& change, memory_person&) const {
    const auto found = database_->invitations.find(change.email);
    const bool is_there = found != database_->invitations.end() && found->second.hash == change.hash;
    return is_there ? errc::none : errc::forbidden;
  }
  errc apply(const put_user& change, memory_person& person) const {
    if (is_taken(change.person))
      return errc::email_taken;
    person.person = change.person;
    return errc::none;
  }
  static errc apply(const put_preferences& change, memory_person& person) {
    person.prefs = change.prefs;
    return errc::none;
  }
  static errc apply(const put_password& change, memory_person& person) {
    person.password_hash = change.password_hash;
    return errc::none;
  }
  static errc apply(const put_session& change, memory_person& person) {
    person.sessions[change.value.id] = change.value;
    return errc::none;
  }
  static errc apply(const put_api_key& change, memory_person& person) {
    person.api_keys[change.value.id] = change.value;
    return errc::none;
  }
  static errc apply(const remove_api_keys& change, memory_person& person) {
    for (const auto& id : change.keys)
      person.api_keys.erase(id);
    return errc::none;
  }
  static errc apply(const remove_sessions& change, memory_person& person) {
    for (const auto& id : change.sessions) {
      person.sessions.erase(id);
      std::erase_if(person.used_tokens, [&](const auto& each) { return each.second == id; });
    }
    return errc::none;
  }
  static errc apply(const put_used_refresh_token& change, memory_person& person) {
    if (!person.used_tokens.contains(change.hash) && !person.sessions.contains(change.session))
      return errc::conflict;
    person.used_tokens.emplace(change.hash, change.session);
    return errc::none;
  }
  static errc apply(const put_conversation& change, memory_person& person) {
    person.conversations[change.value.id] = change.value;
    return errc::none;
  }
  static errc apply(const remove_conversation& change, memory_person& person) {
    person.conversations.erase(change.conversation);
    std::erase_if(person.messages, [&](const auto& each) { return each.second.conversation == change.conversation; });
    std::erase_if(
      person.chunks, [&](const auto& each) { return person.runs.at(each.first).conversation == change.conversation; });
    std::erase_if(person.runs, [&](const auto& each) { return each.second.conversation == change.conversation; });
    return errc::none;
  }
  static errc apply(const put_message& change, memory_person& person) {
    const auto& value = change.value;
    const auto takes_place = [&](const auto& each) {
      return each.first != value.id && each.second.conversation == value.conversation && each.second.seq == value.seq;
    };
    if (!person.conversations.contains(value.conversation) || std::ranges::any_of(person.messages, takes_place) ||
        (change.is_new && person.messages.contains(value.id)))
      return errc::conflict;
    person.messages[value.id] = value;
    return errc::none;
  }
  template <class T>
  static auto& rows_of(memory_person& person) {
    if constexpr (std::same_as<T, progress_record>)
      return person.progress;
    else if constexpr (std::same_as<T, workout_plan>)
      return person.workout_plans;
    else if constexpr (std::same_as<T, nutrition_plan>)
      return person.nutrition_plans;
    else
      return person.nutrition_logs;
  }
  template <class T>
  static errc apply(const put_item<T>& change, memory_person& person) {
    auto& rows = rows_of<T>(person);
    if constexpr (plan<T>) {
      const auto takes_place = [&](const auto& each) { return each.first != change.value.id && each.second.is_active; };
      if (change.value.is_active && std::ranges::any_of(rows, takes_place))
        return errc::conflict;
    }
    rows[change.value.id] = change.value;
    return errc::none;
  }
  template <class T>
  static errc apply(const remove_item<T>& change, memory_person& person) {
    rows_of<T>(person).erase(change.item);
    return errc::none;
  }
  static errc apply(const put_run& change, memory_person& person) {
    if (!person.conversations.contains(change.value.conversation))
      return errc::conflict;
    person.runs[change.value.id] = change.value;
    return errc::none;
  }
  static errc apply(const put_run_events& change, memory_person& person) {
    if (change.events.empty())
      return errc::none;
    if (!person.runs.contains(change.run))
      return errc::conflict;
    auto& chunks = person.chunks[change.run];
    chunks.erase(chunks.lower_bound(change.events.front().seq), chunks.end());
    chunks.emplace(change.events.front().seq, change.events);
    return errc::none;
  }
  static errc apply(const put_idempotency& change, memory_person& person) {
    person.keys[change.record.key.key] = change.record;
    return errc::none;
  }
  static errc apply(const remove_user&, memory_person&) { return errc::none; }

  [[nodiscard]] bool is_of_another_timeline(std::int64_t timeline) const {
    return timeline != 0 && timeline_ != 0 && timeline != timeline_;
  }

  void append(const run_chunk& chunk) {
    auto* person = find(chunk.user);
    if (person == nullptr || person->epoch != chunk.epoch || is_of_another_timeline(chunk.timeline))
      return;
    const auto found = person->runs.find(chunk.run);
    if (found == person->runs.end() || has_ended(found->second.status))
      return;
    if (chunk.beginning) {
      auto& run = found->second;
      run.status = run_status::running;
      run.agent = chunk.beginning->agent;
      run.started_at = chunk.beginning->started_at;
      run.usage = chunk.beginning->usage;
    }
    if (!chunk.events.empty())
      person->chunks[chunk.run].insert_or_assign(chunk.events.front().seq, chunk.events);
  }

  std::shared_ptr<memory_database> database_;
  std::int64_t timeline_;
};

}  // namespace genesis::storage
