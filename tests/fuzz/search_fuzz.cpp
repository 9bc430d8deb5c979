#include "domain/search.hpp"
#include "storage/search_match.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <string>

namespace genesis::fuzz {

namespace {

void check_fault(std::string_view text, const search_fault& fault) {
  require(!fault.reason.empty(), "a fault has a reason");
  require(fault.position >= 1 && fault.position <= std::max(text.size(), search_text_length_max) + 1,
    "a fault is in the text, or at its end");
}

void check_query(const search_query& query) {
  require(query.terms.size() <= search_terms_max, "a query has a bounded number of terms");
  require(!std::ranges::all_of(query.terms, &search_term::is_excluded), "something is wanted");
}

/// Neither query language may be spoken by who searches.
void check_terms(const storage::sought_text& what) {
  const auto is_plain = [](const std::string& text) {
    return text.find_first_of("'\"\\:&|!()*<>{}^+- \t\r\n") == std::string::npos && !text.contains('\0');
  };
  for (const auto* phrases : {&what.wanted, &what.excluded})
    for (const auto& phrase : *phrases)
      for (const auto& word : phrase.words) {
        require(is_plain(word.as_written), "a word has no signs");
        require(std::ranges::all_of(word.terms, is_plain), "a term has no signs");
        require(!word.terms.empty() && word.terms.size() <= 4, "a word has one term at least and four at most");
      }
}

std::string whole(const std::vector<snippet_part>& parts) {
  std::string text;
  for (const auto& each : parts) {
    require(!each.text.empty(), "no stretch is empty");
    text += each.text;
  }
  return text;
}

}  // namespace

/// What is searched for, and a text that it is looked for in.
void fuzz(std::string_view input) {
  const auto end = std::min(input.find('\n'), input.size());
  const auto asked = input.substr(0, end);
  const auto text = input.substr(std::min(end + 1, input.size()));
  const auto query = parse_search_query(asked);
  if (!query)
    return check_fault(asked, query.error());
  check_query(*query);
  storage::stemmers by;
  const auto sought = storage::sought_by(*query, by);
  if (!sought)
    return;
  check_terms(*sought);
  const auto found = storage::match(*sought, text, by);
  require(std::ranges::all_of(
            found.marks, [&](const auto& each) { return each.begin < each.end && each.end <= text.size(); }),
    "marks lie in the text");
  const auto shown = whole(storage::snippet_of(text, found.marks));
  require(shown.size() <= storage::snippet_bytes_max + 6, "a snippet is short");
  const auto owner = user_id{};
  (void)storage::to_fts5(*sought, owner);
  (void)storage::to_tsquery(*sought, owner);
  require(storage::to_tsvector(text, owner, by).starts_with("'@u"), "a message has its owner");
}

}  // namespace genesis::fuzz
