#include "storage/paging.hpp"
#include "storage/search_match.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>

namespace genesis::storage {

namespace {

/// Of the texts of a page: what is looked at for marks, and of each text at the least. The statement is over by then,
/// and its time-out with it.
constexpr std::size_t snippet_page_bytes_max = std::size_t{128} * 1'024;
constexpr std::size_t snippet_text_bytes_min = 1'024;

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
    std::size_t left = snippet_page_bytes_max;
    for (auto& row : rows.items) {
      const auto& text = row.message.content;
      const auto look = std::max(left, snippet_text_bytes_min);
      const auto marks = snippet_marks(*sought, text, stemmers_, look);
      left -= std::min(left, std::min(text.size(), look));
      auto snippet = snippet_of(row.message.content, marks);
      found.items.push_back({std::move(row.message), row.score, std::move(snippet)});
    }
    return found;
  });
}

}  // namespace genesis::storage
