#include "storage/run_rows.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

namespace genesis::storage {

result<run> sql_store::answer(const find_run& question) {
  return attempt([&]() -> result<run> {
    auto found = database_->row<run>(statement_id::select_run, question.run, question.user);
    if (!found)
      return fail(errc::not_found);
    return std::move(*found);
  });
}

result<run_log> sql_store::answer(const load_run_log& question) {
  return attempt([&]() -> result<run_log> {
    const transaction snapshot(*database_, statement_id::begin_read);
    auto found = database_->row<run>(statement_id::select_run, question.run, question.user);
    if (!found)
      return fail(errc::not_found);
    auto answer_row = database_->row<message>(statement_id::select_message, found->assistant_message, question.user);
    if (!answer_row)
      return fail(errc::internal, "a run without its message");
    return run_log{std::move(*found), stored_events(*database_, question.run), std::move(*answer_row)};
  });
}

}  // namespace genesis::storage
