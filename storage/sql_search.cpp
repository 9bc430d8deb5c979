#include "storage/paging.hpp"
#include "storage/search_match.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

namespace genesis::storage {

namespace {

std::vector<scored_message> rows_of(connection& database, const search_messages& question, const sought_text& sought) {
  const auto start = start_of(question.page);
  const auto limit = rows_for(question.page);
  if (database.backend().kind() == engine::postgresql)
    return database.rows<scored_message>(statement_id::search_messages, to_ranking_tsquery(sought),
      to_tsquery(sought, question.user), question.user, start.key, start.id, limit);
  return database.rows<scored_message>(
    statement_id::search_messages, to_fts5(sought, question.user), start.key, start.id, limit, question.user);
}

}  // namespace

result<page<found_message>> sql_store::answer(const search_messages& question) {
  const auto sought = sought_by(question.query, stemmers_);
  if (!sought)
    return page<found_message>{};
  return attempt([&] {
    auto newest = question;
    newest.page.order = list_order::newest_first;
    auto rows = page_from(rows_of(*database_, newest, *sought), question.page);
    page<found_message> found{{}, rows.has_more};
    for (auto& row : rows.items) {
      const auto marks = match(*sought, row.message.content, stemmers_).marks;
      auto snippet = snippet_of(row.message.content, marks);
      found.items.push_back({std::move(row.message), row.score, std::move(snippet)});
    }
    return found;
  });
}

}  // namespace genesis::storage
