#include "storage/paging.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>

namespace genesis::storage {

namespace {

std::vector<progress_record> records_of(connection& database, const list_progress& question, std::int64_t limit) {
  const auto period = period_of(question.from, question.until);
  const auto start = start_within(period, question.page);
  const auto end = far_end(period, question.page);
  const bool is_descending = question.page.order == list_order::newest_first;
  if (question.metric)
    return database.rows<progress_record>(is_descending ? statement_id::list_progress_by_metric_newest_first
                                                        : statement_id::list_progress_by_metric_oldest_first,
      question.user, *question.metric, start.key, start.id, end, limit);
  return database.rows<progress_record>(
    is_descending ? statement_id::list_progress_newest_first : statement_id::list_progress_oldest_first, question.user,
    start.key, start.id, end, limit);
}

}  // namespace

result<page<progress_record>> sql_store::answer(const list_progress& question) {
  return attempt([&] { return page_from(records_of(*database_, question, rows_for(question.page)), question.page); });
}

result<std::vector<progress_record>> sql_store::answer(const latest_progress& question) {
  return attempt([&] {
    list_progress newest;
    newest.user = question.user;
    newest.metric = question.metric;
    return records_of(*database_, newest, question.limit);
  });
}

result<coaching_history> sql_store::answer(const load_coaching_history& question) {
  return attempt([&] {
    coaching_history found;
    found.messages = database_->rows<message>(statement_id::list_messages_newest_first, question.conversation,
      question.user, start_of({}).key, coaching_messages_max);
    std::ranges::reverse(found.messages);
    return found;
  });
}

}  // namespace genesis::storage
