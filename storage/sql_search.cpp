#include "storage/paging.hpp"
#include "storage/search_match.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

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
  return database.rows<scored_message>(statement_id::search_messages, to_fts5(sought, question.user), start.key,
    start.id, limit, question.user, question.user);
}

/// The score of a row that waits for the index, in the answer of the statement.
constexpr std::int64_t not_scored = -1;

bool comes_behind(const scored_message& row, const page_start& start) {
  return row.score < start.key || (row.score == start.key && to_string(row.message.id) < start.id);
}

/// Gives messages that wait for the index the score that it would give them, and drops those that it would not find.
void score_queued(
  std::vector<scored_message>& rows, const sought_text& sought, const page_start& start, stemmers& words) {
  std::erase_if(rows, [&](scored_message& row) {
    if (row.score != not_scored)
      return false;
    const auto found = match(sought, row.message.content, words);
    row.score = found.score;
    return !found.is_match || !comes_behind(row, start);
  });
}

std::vector<scored_message> found_by(
  connection& database, const search_messages& question, const sought_text& sought, stemmers& words) {
  auto rows = rows_of(database, question, sought);
  if (database.backend().kind() == engine::sqlite) {
    score_queued(rows, sought, start_of(question.page), words);
    std::ranges::sort(
      rows, std::greater{}, [](const scored_message& row) { return std::pair{row.score, row.message.id}; });
  }
  return rows;
}

}  // namespace

result<page<found_message>> sql_store::answer(const search_messages& question) {
  const auto sought = sought_by(question.query, stemmers_);
  if (!sought)
    return page<found_message>{};
  return attempt([&] {
    auto newest = question;
    newest.page.order = list_order::newest_first;
    auto rows = page_from(found_by(*database_, newest, *sought, stemmers_), question.page);
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
