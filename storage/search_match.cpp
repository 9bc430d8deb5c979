#include "storage/search_match.hpp"

#include "domain/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::storage {

namespace {

constexpr double saturation = 1.2;      // k1
constexpr double length_share = 0.75;   // b
constexpr double typical_words = 60.0;  // of a message in a conversation with a coach

constexpr std::string_view ellipsis = "\u2026";
constexpr std::size_t snippet_lead_bytes = 60;  // before the first mark: what it is about

/// One word of the text that is searched.
struct text_word {
  text_range place;
  std::vector<std::string> terms;
};

std::vector<text_word> words_of(std::string_view text, stemmers& by) {
  std::vector<text_word> all;
  for (word_reader words(text, by); words.next();) {
    const auto terms = words.terms();
    all.push_back({{words.begin(), words.end()}, {terms.begin(), terms.end()}});
  }
  return all;
}

bool fits(const text_word& word, const sought_phrase& phrase, std::size_t index) {
  const auto& sought = phrase.words[index];
  const auto has = [&](const std::string& term) { return std::ranges::find(word.terms, term) != word.terms.end(); };
  if (!phrase.is_prefix)
    return std::ranges::any_of(sought.terms, has);
  const auto& form = sought.terms.front();
  if (index + 1 < phrase.words.size())
    return has(form);
  return std::ranges::any_of(word.terms, [&](const std::string& term) { return term.starts_with(form); });
}

bool begins_at(const std::vector<text_word>& words, std::size_t at, const sought_phrase& phrase) {
  if (words.size() - at < phrase.words.size())
    return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i)
    if (!fits(words[at + i], phrase, i))
      return false;
  return true;
}

/// How often the words have the phrase; marks them.
std::int64_t count(const std::vector<text_word>& words, const sought_phrase& phrase, std::vector<bool>& is_marked) {
  std::int64_t times = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!begins_at(words, at, phrase))
      continue;
    ++times;
    std::fill_n(is_marked.begin() + static_cast<std::ptrdiff_t>(at), phrase.words.size(), true);
  }
  return times;
}

bool is_blank(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// The first place from `at` on, at most `limit`, where a word begins; else where a character does.
std::size_t word_start(std::string_view text, std::size_t at, std::size_t limit) {
  if (at == 0)
    return 0;
  for (auto place = at; place < limit; ++place)
    if (is_blank(text[place - 1]) && !is_blank(text[place]))
      return place;
  while (at < limit && continues_character(text[at]))
    ++at;
  return at;
}

/// The last place up to `at` and behind `limit` where a word ends; else where a character does.
std::size_t word_end(std::string_view text, std::size_t at, std::size_t limit) {
  if (at >= text.size())
    return text.size();
  for (auto place = at; place >= limit && place > 0; --place)
    if (is_blank(text[place]) && !is_blank(text[place - 1]))
      return place;
  while (at > 0 && continues_character(text[at]))
    --at;
  return at;
}

}  // namespace

std::int64_t match_score(std::span<const std::int64_t> times, std::int64_t words) noexcept {
  const double length = 1 - length_share + length_share * static_cast<double>(words) / typical_words;
  double sum = 0;
  for (const auto each : times)
    sum += static_cast<double>(each) / (static_cast<double>(each) + saturation * length);
  return std::llround(1e6 * sum);
}

text_match match(const sought_text& what, std::string_view text, stemmers& by) {
  const auto words = words_of(text, by);
  std::vector<bool> is_marked(words.size());
  text_match found;
  std::vector<std::int64_t> times;
  for (const auto& phrase : what.wanted)
    times.push_back(count(words, phrase, is_marked));
  std::vector<bool> ignored(words.size());
  const auto is_there = [](std::int64_t each) { return each > 0; };
  found.is_match = std::ranges::all_of(times, is_there) && std::ranges::none_of(what.excluded, [&](const auto& phrase) {
    return count(words, phrase, ignored) > 0;
  });
  found.score = match_score(times, std::ssize(words));
  for (std::size_t i = 0; i < words.size(); ++i)
    if (is_marked[i])
      found.marks.push_back(words[i].place);
  return found;
}

std::vector<text_range> snippet_marks(
  const sought_text& what, std::string_view text, stemmers& by, std::size_t bytes_max) {
  constexpr std::size_t first_look_bytes = 2'048;
  // Twice as much each time: in all at most twice what is needed.
  for (auto bytes = first_look_bytes;; bytes *= 2) {
    const auto part = beginning_of(text, std::min(bytes, bytes_max));
    auto marks = match(what, part, by).marks;
    const bool is_enough = !marks.empty() && marks.front().begin + snippet_bytes_max < part.size();
    if (is_enough || bytes >= bytes_max || part.size() == text.size())
      return marks;
  }
}

std::vector<snippet_part> snippet_of(std::string_view text, std::span<const text_range> marks) {
  const auto first = marks.empty() ? text_range{} : marks.front();
  const auto begin =
    word_start(text, first.begin > snippet_lead_bytes ? first.begin - snippet_lead_bytes : 0, first.begin);
  const auto end = word_end(text, begin + snippet_bytes_max, first.end);
  std::vector<snippet_part> parts;
  const auto append = [&](std::string_view what, bool is_match) {
    if (what.empty())
      return;
    if (!parts.empty() && parts.back().is_match == is_match)
      parts.back().text += what;
    else
      parts.push_back({std::string{what}, is_match});
  };
  if (begin > 0)
    append(ellipsis, false);
  auto at = begin;
  for (const auto& mark : marks) {
    if (mark.begin >= end)
      break;
    append(text.substr(at, mark.begin - at), false);
    at = std::min(mark.end, end);
    append(text.substr(mark.begin, at - mark.begin), true);
  }
  append(text.substr(at, end - at), false);
  if (end < text.size())
    append(ellipsis, false);
  return parts;
}

}  // namespace genesis::storage
