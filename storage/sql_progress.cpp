#include "storage/paging.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>
#include <limits>

namespace genesis::storage {

namespace {

constexpr auto beginning_of_time = timestamp{timestamp::duration{std::numeric_limits<std::int64_t>::min()}};
constexpr auto end_of_time = timestamp{timestamp::duration{std::numeric_limits<std::int64_t>::max()}};

std::int64_t milliseconds_of(timestamp at) {
  return at.time_since_epoch().count();
}

/// Newest first. The exclusive end of the period is one more place behind which the page may begin.
std::vector<progress_record> newest_records(connection& database, const list_progress& question, std::int64_t limit) {
  auto start = start_of(question.page);
  if (question.until && milliseconds_of(*question.until) <= start.key)
    start = {milliseconds_of(*question.until), {}};
  const auto from = question.from.value_or(beginning_of_time);
  if (question.metric)
    return database.rows<progress_record>(statement_id::list_progress_by_metric_newest_first, question.user,
      *question.metric, start.key, start.id, from, limit);
  return database.rows<progress_record>(
    statement_id::list_progress_newest_first, question.user, start.key, start.id, from, limit);
}

/// Oldest first. The inclusive begin of the period lies behind the empty id, before every other.
std::vector<progress_record> oldest_records(connection& database, const list_progress& question, std::int64_t limit) {
  auto start = start_of(question.page);
  if (question.from && milliseconds_of(*question.from) > start.key)
    start = {milliseconds_of(*question.from), {}};
  const auto until = question.until.value_or(end_of_time);
  if (question.metric)
    return database.rows<progress_record>(statement_id::list_progress_by_metric_oldest_first, question.user,
      *question.metric, start.key, start.id, until, limit);
  return database.rows<progress_record>(
    statement_id::list_progress_oldest_first, question.user, start.key, start.id, until, limit);
}

}  // namespace

result<progress_record> sql_store::answer(const find_progress& question) {
  return attempt([&]() -> result<progress_record> {
    auto found = database_->row<progress_record>(statement_id::select_progress, question.record, question.user);
    if (!found)
      return fail(errc::not_found);
    return std::move(*found);
  });
}

result<page<progress_record>> sql_store::answer(const list_progress& question) {
  return attempt([&] {
    const auto limit = rows_for(question.page);
    return page_from(question.page.order == list_order::newest_first ? newest_records(*database_, question, limit)
                                                                     : oldest_records(*database_, question, limit),
      question.page);
  });
}

result<std::vector<progress_record>> sql_store::answer(const latest_progress& question) {
  return attempt([&] {
    list_progress newest;
    newest.user = question.user;
    newest.metric = question.metric;
    return newest_records(*database_, newest, question.limit);
  });
}

result<coaching_history> sql_store::answer(const load_coaching_history& question) {
  return attempt([&] {
    const transaction snapshot(*database_, statement_id::begin_read);
    list_progress recent;
    recent.user = question.user;
    recent.from = question.since;
    coaching_history found;
    found.records = newest_records(*database_, recent, coaching_records_max);
    found.messages = database_->rows<message>(statement_id::list_messages_newest_first, question.conversation,
      question.user, start_of({}).key, coaching_messages_max);
    std::ranges::reverse(found.records);
    std::ranges::reverse(found.messages);
    return found;
  });
}

}  // namespace genesis::storage
