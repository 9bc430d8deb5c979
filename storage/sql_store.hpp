#pragma once

#include "storage/connection.hpp"
#include "storage/message_index.hpp"
#include "storage/store.hpp"
#include "storage/word_reader.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace genesis::storage {

struct store_options {
  database_url database;
  std::chrono::milliseconds busy_timeout = std::chrono::seconds{1};
  std::chrono::milliseconds statement_timeout = std::chrono::seconds{2};
  std::shared_ptr<const database_files> files = {};  ///< Of SQLite: no others are opened.
  std::int64_t max_bytes = 0;                        ///< Of SQLite's file; 0 for no limit.
  std::string claimed_by = {};                       ///< Of a writer; see `connection_options`.
  bool locates_commits = false;                      ///< Of a writer to PostgreSQL: receipts have a position.
  std::shared_ptr<socket_watch> watch = {};
  std::shared_ptr<slow_log> slow = {};
  statement_observer* observer = nullptr;  ///< Outlives the store.
  /// Wall time, for the order in which people's data changed. Unset, the system's clock.
  std::function<timestamp()> now;
};

/// What a store may do. A reader refuses every change with `unavailable`, and so does a replica's store.
enum class access : std::uint8_t { reader, writer, replica };

/// The store over SQLite or PostgreSQL. The database is there and has the program's schema (`migrate`).
///
/// SQLite has one writer at a time: one store is opened as the writer, all others as readers. On PostgreSQL several may
/// write: a group takes the fence rows in the order of people's ids, so that two groups never wait for each other.
class sql_store : public store {
public:
  static result<std::unique_ptr<sql_store>> open(const store_options& options, access mode);

  result<user_snapshot> answer(const load_user& question) override;
  result<std::optional<user_snapshot>> answer(const load_newer& question) override;
  result<credentials> answer(const find_credentials& question) override;
  result<credentials> answer(const find_credentials_of& question) override;
  result<conversation> answer(const find_conversation& question) override;
  result<page<conversation>> answer(const list_conversations& question) override;
  result<message> answer(const find_message& question) override;
  result<page<message>> answer(const list_messages& question) override;
  result<page<found_message>> answer(const search_messages& question) override;
  result<message_partition> answer(const read_message_partition& question) override;
  result<progress_record> answer(const find_progress& question) override;
  result<page<progress_record>> answer(const list_progress& question) override;
  result<std::vector<progress_record>> answer(const latest_progress& question) override;
  result<workout_plan> answer(const find_item<workout_plan>& question) override;
  result<nutrition_plan> answer(const find_item<nutrition_plan>& question) override;
  result<nutrition_log> answer(const find_item<nutrition_log>& question) override;
  result<page<workout_plan>> answer(const list_plans<workout_plan>& question) override;
  result<page<nutrition_plan>> answer(const list_plans<nutrition_plan>& question) override;
  result<page<nutrition_log>> answer(const list_nutrition_logs& question) override;
  result<plan_standing<workout_plan>> answer(const find_plan_standing<workout_plan>& question) override;
  result<plan_standing<nutrition_plan>> answer(const find_plan_standing<nutrition_plan>& question) override;
  result<coaching_history> answer(const load_coaching_history& question) override;
  result<run> answer(const find_run& question) override;
  result<run_log> answer(const load_run_log& question) override;
  result<std::optional<idempotency_record>> answer(const find_idempotency& question) override;
  result<std::vector<std::string>> answer(const list_idempotency_keys& question) override;
  result<session_id> answer(const find_used_refresh_token& question) override;
  result<invitation> answer(const find_invitation& question) override;
  result<bool> answer(const put_invitation& change) override;
  result<std::vector<user_id>> answer(const recently_active_users& question) override;
  result<page<user>> answer(const list_users& question) override;
  result<first_pages> answer(const load_first_pages& question) override;
  result<std::vector<known_person>> answer(const find_people& question) override;
  result<bool> answer(const check_database& question) override;
  result<server_condition> answer(const inspect_server& question) override;
  result<bool> has_seen(log_position wanted) override;
  [[nodiscard]] std::int64_t timeline() const noexcept override { return database_->backend().timeline(); }
  result<bool> answer(const limit_size& what) override;
  result<std::int64_t> answer(const purge_expired_rows& what) override;

  write_results write(std::span<const write_batch* const> batches) override;
  std::optional<write_results> start_write(
    std::span<const write_batch* const> batches, const std::function<void(write_results)>& on_finished) override;
  write_results finish_write() override;
  void settle() override;
  result<write_receipt> write(const append_run_chunks& chunks) override;

  [[nodiscard]] bool is_lost() const noexcept override { return database_->backend().is_lost(); }

  /// Limits the size of the database from now on; 0 for no limit. A size that is exceeded already stops growth only.
  result<void> set_max_bytes(std::int64_t bytes);

  /// Behind all that has been committed here, and before by others; nothing unless commits are located.
  [[nodiscard]] std::optional<log_position> position() const noexcept { return position_; }

  /// The connection, for maintenance and tests.
  [[nodiscard]] connection& database() noexcept { return *database_; }

  /// For the terms of messages that are written past `write`.
  [[nodiscard]] stemmers& words() noexcept { return stemmers_; }

  /// Commits what is open. `unavailable` when the transaction was rolled back instead, `outcome_unknown` when nobody
  /// knows.
  result<void> commit();

  /// Takes messages that wait into SQLite's full-text index, in a transaction of its own. When that fails they go
  /// on waiting, and the log says so.
  void index_queue();

private:
  sql_store(std::unique_ptr<connection> database, std::function<timestamp()> now)
      : database_(std::move(database)), now_(std::move(now)) {}

  /// What is undone when a batch of a group does not fit: that batch alone, up to its savepoint, or everything. A
  /// savepoint makes SQLite copy each page before it is changed first, and is two round trips on PostgreSQL.
  enum class isolation : std::uint8_t { of_each, of_group };

  /// The batches of a group that did not fit.
  struct misfits {
    std::vector<std::size_t> places;
    bool are_locked = false;  ///< They are not known yet: the ones whose people somebody else has locked.
    error why;
  };
  /// Nothing when a batch did not fit and others have been undone with it, then `failed` says which: the group is to be
  /// written again, each batch for itself, and those that `failed` names not at all.
  std::optional<write_results> write_group(std::span<const write_batch* const> batches, isolation how, misfits& failed);
  /// A group where statements can be sent one behind the other: the answers to all of them are one round trip, and the
  /// commit another one, during which the statements of the next group are on their way.
  struct sent_group {
    write_results receipts;
    std::size_t begun_at = 0;  ///< Statements that were sent before it.
    result<void> sent;
  };
  [[nodiscard]] bool can_write_together() const noexcept;
  sent_group send_group(std::span<const write_batch* const> batches);
  void send_all(std::span<const write_batch* const> batches, write_results& receipts);
  /// Why a group is not committed but undone.
  struct group_fault {
    error why;
    bool is_of_all = false;  ///< Nothing could be written; otherwise somebody's batch did not fit.
  };
  /// Waits until all has been written, and only then knows that it fits.
  std::optional<group_fault> collect_group(sent_group& group);
  /// The results of the group whose commit is under way.
  write_results end_commit();
  write_results write_in_turn(std::span<const write_batch* const> batches);
  /// Of which one batch at least does not fit.
  write_results write_apart(std::span<const write_batch* const> batches, const misfits& failed);
  /// Those who come behind a batch that has waited for its time alone do not wait as long once more.
  void note_wait(const write_results& results) noexcept;
  /// For what is open, on PostgreSQL; no statement time changes nothing about that.
  void be_impatient(std::chrono::milliseconds lock, std::chrono::milliseconds statement);
  /// Keeps others from locking those who are not.
  [[nodiscard]] std::vector<std::size_t> places_of_locked(std::span<const write_batch* const> batches);
  write_results commit_group(std::span<const write_batch* const> batches, write_results receipts);
  /// Makes `is_undone` false when the batch has failed and left changes behind.
  result<write_receipt> write_one(const write_batch& batch, isolation how, bool& is_undone);
  /// Of what fails because there is no room: which limit is in force.
  [[nodiscard]] error with_limit(error why) const;
  [[nodiscard]] write_results with_limits(write_results results) const;
  /// Counts the messages of a batch that wait for the full-text index now.
  void note_queued(const write_batch& batch) noexcept;
  /// Whether what was decided over a database was decided over another one than this; not where either is not known.
  [[nodiscard]] bool is_of_another_timeline(std::int64_t timeline) const noexcept;
  /// Why the batch is not even tried.
  [[nodiscard]] std::optional<error> refusal_of(const write_batch& batch) const;
  [[nodiscard]] std::vector<std::size_t> order_of(std::span<const write_batch* const> batches) const;

  std::unique_ptr<connection> database_;
  std::function<timestamp()> now_;
  stemmers stemmers_;
  queue_fill queue_;
  bool is_index_failing_ = false;
  std::int64_t max_bytes_ = 0;
  bool locates_commits_ = false;
  std::optional<log_position> position_;
  std::optional<write_results> committing_;  ///< What the commit under way answers when it has happened.
  bool is_replica_ = false;
  log_position replayed_;  ///< As far as has been seen: it only rises.
  int groups_apart_ = 0;   ///< To be written with a savepoint for each batch.
};

}  // namespace genesis::storage
