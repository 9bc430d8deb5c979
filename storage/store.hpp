#pragma once

#include "domain/error.hpp"
#include "storage/mutations.hpp"
#include "storage/queries.hpp"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace genesis::storage {

/// In the order of the batches.
using write_results = std::vector<result<write_receipt>>;

/// One connection to the database, used by one thread at a time.
///
/// The actors' workers each own one. `sql_store` is the real one (SOCI); tests of actors bring one that keeps maps.
/// Every call blocks until the database has answered, at most the statement time-out. Errors: what a question's comment
/// names, `unavailable` when nothing was done, `outcome_unknown` when a commit may or may not have happened.
class store {
public:
  store() = default;
  store(const store&) = delete;
  store& operator=(const store&) = delete;
  virtual ~store() = default;

  virtual result<user_snapshot> answer(const load_user& question) = 0;
  virtual result<std::optional<user_snapshot>> answer(const load_newer& question) = 0;
  virtual result<credentials> answer(const find_credentials& question) = 0;
  virtual result<credentials> answer(const find_credentials_of& question) = 0;
  virtual result<conversation> answer(const find_conversation& question) = 0;
  virtual result<page<conversation>> answer(const list_conversations& question) = 0;
  virtual result<message> answer(const find_message& question) = 0;
  virtual result<page<message>> answer(const list_messages& question) = 0;
  virtual result<page<found_message>> answer(const search_messages& question) = 0;
  virtual result<message_partition> answer(const read_message_partition& question) = 0;
  virtual result<progress_record> answer(const find_progress& question) = 0;
  virtual result<page<progress_record>> answer(const list_progress& question) = 0;
  virtual result<std::vector<progress_record>> answer(const latest_progress& question) = 0;
  virtual result<workout_plan> answer(const find_item<workout_plan>& question) = 0;
  virtual result<nutrition_plan> answer(const find_item<nutrition_plan>& question) = 0;
  virtual result<nutrition_log> answer(const find_item<nutrition_log>& question) = 0;
  virtual result<page<workout_plan>> answer(const list_plans<workout_plan>& question) = 0;
  virtual result<page<nutrition_plan>> answer(const list_plans<nutrition_plan>& question) = 0;
  virtual result<page<nutrition_log>> answer(const list_nutrition_logs& question) = 0;
  virtual result<plan_standing<workout_plan>> answer(const find_plan_standing<workout_plan>& question) = 0;
  virtual result<plan_standing<nutrition_plan>> answer(const find_plan_standing<nutrition_plan>& question) = 0;
  virtual result<coaching_history> answer(const load_coaching_history& question) = 0;
  virtual result<run> answer(const find_run& question) = 0;
  virtual result<run_log> answer(const load_run_log& question) = 0;
  virtual result<std::optional<idempotency_record>> answer(const find_idempotency& question) = 0;
  virtual result<std::vector<std::string>> answer(const list_idempotency_keys& question) = 0;
  virtual result<session_id> answer(const find_used_refresh_token& question) = 0;
  virtual result<invitation> answer(const find_invitation& question) = 0;
  virtual result<bool> answer(const put_invitation& change) = 0;
  virtual result<std::vector<user_id>> answer(const recently_active_users& question) = 0;
  virtual result<page<user>> answer(const list_users& question) = 0;
  virtual result<first_pages> answer(const load_first_pages& question) = 0;
  virtual result<std::vector<known_person>> answer(const find_people& question) = 0;
  virtual result<bool> answer(const check_database& question) = 0;

  virtual result<server_condition> answer(const inspect_server&) {
    return fail(errc::unavailable, "the database is not replicated");
  }
  /// Whether questions are answered with all that was committed up to there. Only a replica says no.
  virtual result<bool> has_seen(log_position) { return true; }

  /// Which of the histories that its log may have had the database goes on with, as of the opening: another one after
  /// a failover, which may lack the last changes of the one before. 0 where that is not known, and where there is no
  /// such log.
  [[nodiscard]] virtual std::int64_t timeline() const noexcept { return 0; }

  // Housekeeping. A store that has no limit and keeps nothing that expires has nothing to do.
  virtual result<bool> answer(const limit_size&) { return true; }
  virtual result<std::int64_t> answer(const purge_expired_rows&) { return 0; }

  /// Writes all batches in one transaction: one that fails (fenced, email_taken, conflict) does not fail its
  /// neighbours. When the transaction as a whole fails, each batch gets that error.
  virtual write_results write(std::span<const write_batch* const> batches) = 0;

  /// The same up to the commit, which may be under way at the end: nothing then. Nobody asks or writes anything else
  /// before its results are there, from `finish_write`, or here: a write that is started behind it sends what it can
  /// before it waits for that commit, and gives its results to `on_finished` before it waits for its own.
  virtual std::optional<write_results> start_write(
    std::span<const write_batch* const> batches, const std::function<void(write_results)>& /*on_finished*/) {
    return write(batches);
  }
  /// Waits for the commit that is under way.
  virtual write_results finish_write() { return {}; }

  virtual result<write_receipt> write(const append_run_chunks& chunks) = 0;

  /// Does what writes have left for later, once there is enough of it: for when their answers are out. Takes some ten
  /// milliseconds then; what fails is tried again later.
  virtual void settle() {}

  /// The connection is of no use any more: whoever owns the store opens another. What was `unavailable` when it was
  /// lost may be asked again on that one.
  [[nodiscard]] virtual bool is_lost() const noexcept { return false; }
};

}  // namespace genesis::storage
