#include "storage/search_terms.hpp"

#include "domain/utf8.hpp"
#include "storage/number_text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory_resource>
#include <string_view>
#include <utility>

namespace genesis::storage {

namespace {

constexpr std::size_t tsvector_place_max = 16'383;  // PostgreSQL's MAXENTRYPOS - 1
constexpr std::size_t tsvector_places_max = 255;    // of one term; MAXNUMPOS - 1
/// A `tsvector` has less than 1 MiB (MAXSTRPOS). Nothing that people write comes near it; characters that stand for
/// whole sentences (U+FDFA) could.
constexpr std::size_t tsvector_bytes_max = 1'000'000;
constexpr std::size_t tsvector_bytes_of_term = 4;  // a count and padding
constexpr std::size_t tsvector_bytes_of_place = 2;
/// Bytes that the terms of a short message take while they are put in order.
constexpr std::size_t tsvector_stack_bytes = 8'192;

/// Joins what `write` appends for each.
template <class Items, class Write>
void join(std::string& out, const Items& items, std::string_view between, Write&& write) {
  bool is_first = true;
  for (const auto& each : items) {
    out += is_first ? std::string_view{} : between;
    write(each);
    is_first = false;
  }
}

void append_fts5(std::string& out, const sought_phrase& phrase, std::string_view owner) {
  out += '"';
  out += owner;
  for (const auto& word : phrase.words)
    (out += ' ') += word.as_written;
  out += phrase.is_prefix ? "\" *" : "\"";
}

void append_lexeme(std::string& out, std::string_view term) {
  ((out += '\'') += term) += '\'';
}

void append_tsquery(std::string& out, const sought_phrase& phrase) {
  out += '(';
  join(out, phrase.words, " <-> ", [&](const sought_word& word) {
    if (phrase.is_prefix) {
      append_lexeme(out, word.terms.front());
      return;
    }
    out += '(';
    join(out, word.terms, " | ", [&](const std::string& term) { append_lexeme(out, term); });
    out += ')';
  });
  out += phrase.is_prefix ? ":*)" : ")";
}

}  // namespace

std::optional<sought_text> sought_by(const search_query& query, stemmers& by) {
  sought_text found;
  for (const auto& term : query.terms) {
    sought_phrase phrase;
    phrase.is_prefix = term.is_prefix;
    for (word_reader words(term.text, by); words.next();) {
      const auto terms = words.terms();
      phrase.words.push_back({std::string{words.as_written()}, {terms.begin(), terms.end()}});
    }
    // Marks are no characters of a word here: what is left of the beginning may be too short to be one.
    if (phrase.is_prefix && !phrase.words.empty() &&
        code_points(phrase.words.back().terms.front()) < search_prefix_length_min)
      phrase.is_prefix = false;
    if (!phrase.words.empty())
      (term.is_excluded ? found.excluded : found.wanted).push_back(std::move(phrase));
  }
  return found.wanted.empty() ? std::nullopt : std::optional{std::move(found)};
}

std::string owner_term(const user_id& owner) {
  auto text = to_string(owner);
  std::erase(text, '-');
  return "u" + text;
}

std::string to_fts5(const sought_text& what, const user_id& owner) {
  const auto term = owner_term(owner);
  const auto append = [&](std::string& out, const std::vector<sought_phrase>& phrases, std::string_view between) {
    out += '(';
    join(out, phrases, between, [&](const sought_phrase& each) { append_fts5(out, each, term); });
    out += ')';
  };
  std::string text;
  append(text, what.wanted, " AND ");
  if (!what.excluded.empty())
    append(text += " NOT ", what.excluded, " OR ");
  return text;
}

std::string to_tsquery(const sought_text& what, const user_id& owner) {
  std::string text;
  append_lexeme(text, "@" + owner_term(owner));
  for (const auto& each : what.wanted)
    append_tsquery(text += " & ", each);
  for (const auto& each : what.excluded)
    append_tsquery(text += " & !", each);
  return text;
}

std::string to_ranking_tsquery(const sought_text& what) {
  std::string text;
  join(text, what.wanted, " & ", [&](const sought_phrase& each) { append_tsquery(text, each); });
  return text;
}

std::string to_tsvector(std::string_view content, const user_id& owner, stemmers& by) {
  std::array<std::byte, tsvector_stack_bytes> beginning;
  std::pmr::monotonic_buffer_resource memory(beginning.data(), beginning.size());
  std::pmr::map<std::pmr::string, std::pmr::vector<std::size_t>, std::less<>> places(&memory);
  std::size_t place = 0;
  std::size_t bytes = 0;
  for (word_reader words(content, by); bytes < tsvector_bytes_max && words.next();) {
    place = std::min(place + 1, tsvector_place_max);
    for (const auto& term : words.terms()) {
      auto found = places.find(std::string_view{term});
      if (found == places.end())
        found = places.try_emplace(std::pmr::string{term, &memory}).first;
      auto& of_term = found->second;
      bytes += of_term.empty() ? term.size() + tsvector_bytes_of_term : 0;
      if (of_term.size() == tsvector_places_max || (!of_term.empty() && of_term.back() == place))
        continue;
      of_term.push_back(place);
      bytes += tsvector_bytes_of_place;
    }
  }
  std::string text;
  append_lexeme(text, "@" + owner_term(owner));
  for (const auto& [term, of_term] : places) {
    append_lexeme(text += ' ', term);
    text += ':';
    join(text, of_term, ",", [&](std::size_t each) { append_number(text, each); });
  }
  return text;
}

}  // namespace genesis::storage
