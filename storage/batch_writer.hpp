#pragma once

#include "domain/error.hpp"
#include "storage/connection.hpp"
#include "storage/mutations.hpp"
#include "storage/word_reader.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace genesis::storage {

/// How the statements of writes reach the database: each behind the answer to the one before it; all of them together,
/// so that what does not fit is known when all are answered (`connection::collect`); or together and in step with those
/// of other people, so that one statement writes a row of each.
enum class pace : std::uint8_t { one_by_one, together, in_step };

/// Writes one batch inside an open transaction, behind its fence. Throws what the connection throws; whoever calls
/// rolls back after a throw or an error alike.
class batch_writer {
public:
  /// `words` is for the terms under which messages are found.
  batch_writer(
    connection& database, const write_batch& batch, timestamp now, stemmers& words, pace how = pace::one_by_one)
      : database_(database), batch_(batch), now_(now), words_(words), pace_(how) {}

  /// `fenced` when somebody else wrote the person's data or the person is gone; `email_taken`; `forbidden` when an
  /// invitation is not there any more; `conflict` when another mutation does not fit what is stored.
  result<write_receipt> write();

  /// Sends batches of different people: the fences of all, then the first mutation of each, then the second, and so on.
  /// What one does is in order, and nobody's change touches what is another's. `connection::misfit` says whether all
  /// fit.
  static void write_in_step(std::span<batch_writer> writers);
  /// Of a batch that was written.
  [[nodiscard]] write_receipt receipt() const;

  /// What a batch is refused with in which this statement did not change the row that it was to change.
  static error refusal_of(statement_id misfit);

  /// Whether the fence refused the batch, before anything was changed.
  [[nodiscard]] bool was_fenced() const noexcept { return was_fenced_; }

private:
  /// Runs an upsert or an update of one row, in step with others when that is the pace. False as of `run_one`.
  template <class... Arguments>
  bool put_one(statement_id id, const Arguments&... arguments);
  /// Runs a statement that changes one row. False when it is known not to have.
  template <class... Arguments>
  bool run_one(statement_id id, const Arguments&... arguments);
  template <class... Arguments>
  void run(statement_id id, const Arguments&... arguments);

  bool pass_fence();
  bool apply_any(const mutation& change);

  // Each applies one mutation; false when it does not fit what is stored.
  bool apply(const create_user& change);
  bool apply(const use_invitation& change);
  bool apply(const put_user& change);
  bool apply(const put_preferences& change);
  bool apply(const put_password& change);
  bool apply(const put_session& change);
  bool apply(const remove_sessions& change);
  bool apply(const put_api_key& change);
  bool apply(const remove_api_keys& change);
  bool apply(const put_used_refresh_token& change);
  bool apply(const put_conversation& change);
  bool apply(const remove_conversation& change);
  bool apply(const put_message& change);
  template <class T>
  bool apply(const put_item<T>& change);
  template <class T>
  bool apply(const remove_item<T>& change);
  bool apply(const put_run& change);
  bool apply(const put_run_events& change);
  bool apply(const put_idempotency& change);
  bool apply(const remove_user& change);

  connection& database_;
  const write_batch& batch_;
  timestamp now_;
  stemmers& words_;
  pace pace_;
  bool was_fenced_ = false;
  std::optional<statement_id> misfit_;
};

}  // namespace genesis::storage
