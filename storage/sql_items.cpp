#include "storage/item_statements.hpp"
#include "storage/paging.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>
#include <tuple>

namespace genesis::storage {

namespace {

template <class T>
result<T> find_in(connection& database, const find_item<T>& question) {
  return attempt([&]() -> result<T> {
    auto found = database.row<T>(item_statements<T>::select, question.item, question.user);
    if (!found)
      return fail(errc::not_found);
    return std::move(*found);
  });
}

template <class Plan>
result<page<Plan>> list_in(connection& database, const list_plans<Plan>& question) {
  using statements = item_statements<Plan>;
  return attempt([&] {
    const auto& query = question.page;
    const auto period = period_of(question.from, question.until);
    const auto start = start_within(period, query);
    const auto id = query.order == list_order::newest_first ? statements::newest_first : statements::oldest_first;
    return page_from(database.rows<Plan>(id, question.user, start.key, start.id, far_end(period, query),
                       question.only_active, rows_for(query)),
      query);
  });
}

template <class Plan>
result<plan_standing<Plan>> standing_in(connection& database, const find_plan_standing<Plan>& question) {
  return attempt([&] {
    return database.row<plan_standing<Plan>>(item_statements<Plan>::standing, question.user, question.user)
      .value_or(plan_standing<Plan>{});
  });
}

}  // namespace

result<progress_record> sql_store::answer(const find_item<progress_record>& question) {
  return find_in(*database_, question);
}
result<workout_plan> sql_store::answer(const find_item<workout_plan>& question) {
  return find_in(*database_, question);
}
result<nutrition_plan> sql_store::answer(const find_item<nutrition_plan>& question) {
  return find_in(*database_, question);
}
result<nutrition_log> sql_store::answer(const find_item<nutrition_log>& question) {
  return find_in(*database_, question);
}

result<page<workout_plan>> sql_store::answer(const list_plans<workout_plan>& question) {
  return list_in(*database_, question);
}
result<page<nutrition_plan>> sql_store::answer(const list_plans<nutrition_plan>& question) {
  return list_in(*database_, question);
}

result<plan_standing<workout_plan>> sql_store::answer(const find_plan_standing<workout_plan>& question) {
  return standing_in(*database_, question);
}
result<plan_standing<nutrition_plan>> sql_store::answer(const find_plan_standing<nutrition_plan>& question) {
  return standing_in(*database_, question);
}

/// A day's place in the order is its number; the table keeps its text.
result<page<nutrition_log>> sql_store::answer(const list_nutrition_logs& question) {
  return attempt([&] {
    const auto& query = question.page;
    key_period period;
    if (question.from)
      period.from = day_number(*question.from);
    if (question.to)
      period.until = day_number(*question.to) + 1;
    const auto start = start_within(period, query);
    const bool is_descending = query.order == list_order::newest_first;
    const auto id =
      is_descending ? statement_id::list_nutrition_logs_newest_first : statement_id::list_nutrition_logs_oldest_first;
    const auto end = day_numbered(is_descending ? period.from : period.until - 1);
    return page_from(
      database_->rows<nutrition_log>(id, question.user, day_numbered(start.key), start.id, end, rows_for(query)),
      query);
  });
}

}  // namespace genesis::storage
