#include "storage/paging.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

namespace genesis::storage {

namespace {

std::vector<conversation> conversations_of(connection& database, const list_conversations& question) {
  const auto start = start_of(question.page);
  const auto limit = rows_for(question.page);
  const bool is_descending = question.page.order == list_order::newest_first;
  if (question.archived == archived_filter::all)
    return database.rows<conversation>(
      is_descending ? statement_id::list_conversations_newest_first : statement_id::list_conversations_oldest_first,
      question.user, start.key, start.id, limit);
  return database.rows<conversation>(is_descending ? statement_id::list_conversations_by_archived_newest_first
                                                   : statement_id::list_conversations_by_archived_oldest_first,
    question.user, question.archived == archived_filter::archived, start.key, start.id, limit);
}

}  // namespace

result<conversation> sql_store::answer(const find_conversation& question) {
  return attempt([&]() -> result<conversation> {
    auto found = database_->row<conversation>(statement_id::select_conversation, question.conversation, question.user);
    if (!found)
      return fail(errc::not_found);
    return std::move(*found);
  });
}

result<page<conversation>> sql_store::answer(const list_conversations& question) {
  return attempt([&] { return page_from(conversations_of(*database_, question), question.page); });
}

result<message> sql_store::answer(const find_message& question) {
  return attempt([&]() -> result<message> {
    auto found = database_->row<message>(statement_id::select_message, question.message, question.user);
    if (!found)
      return fail(errc::not_found);
    return std::move(*found);
  });
}

result<page<message>> sql_store::answer(const list_messages& question) {
  return attempt([&]() -> result<page<message>> {
    const auto id = question.page.order == list_order::newest_first ? statement_id::list_messages_newest_first
                                                                    : statement_id::list_messages_oldest_first;
    auto found = database_->rows<message>(
      id, question.conversation, question.user, start_of(question.page).key, rows_for(question.page));
    if (found.empty() &&
        !database_->row<conversation>(statement_id::select_conversation, question.conversation, question.user))
      return fail(errc::not_found);
    return page_from(std::move(found), question.page);
  });
}

}  // namespace genesis::storage
