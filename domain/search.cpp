#include "domain/search.hpp"

#include "domain/blank_text.hpp"
#include "domain/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace genesis {

namespace {

using fault = std::unexpected<search_fault>;

/// Bytes of the character at the front, as far as they are there (RFC 3629 3).
std::size_t character_size(std::string_view text) noexcept {
  std::size_t size = 1;
  while (size < text.size() && size < 4 && continues_character(text[size]))
    ++size;
  return size;
}

/// The signs that open and close a phrase: keyboards of telephones type the curved ones by themselves.
constexpr std::array<std::string_view, 6> quotation_marks{"\"", "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"};

std::size_t quotation_mark_size(std::string_view text) noexcept {
  for (const auto mark : quotation_marks)
    if (text.starts_with(mark))
      return mark.size();
  return 0;
}

/// Characters that may be part of a word. Of other scripts everything counts: the index knows which are letters.
std::size_t word_characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
    const bool is_digit = c >= '0' && c <= '9';
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_digit || is_letter || static_cast<unsigned char>(c) >= 0xC0;
  }));
}

/// Reads a query from its front to its end.
class query_reader {
public:
  explicit query_reader(std::string_view text) : text_(text) {}

  std::expected<search_query, search_fault> read() {
    while (skip_blanks())
      if (auto read = read_term(); !read)
        return fault(read.error());
    if (!query_.terms.empty() && std::ranges::all_of(query_.terms, &search_term::is_excluded))
      return fault({1, "exclusions alone are not enough: at least one word is needed that messages have"});
    if (query_.terms.empty())
      return fault({1, "at least one word is needed that messages have"});
    return std::move(query_);
  }

private:
  using outcome = std::expected<void, search_fault>;

  [[nodiscard]] std::string_view rest() const noexcept { return text_.substr(at_); }

  /// False at the end.
  bool skip_blanks() {
    at_ += leading_blanks(rest());
    return at_ < text_.size();
  }

  [[nodiscard]] fault complain(std::size_t at, std::string_view reason) const {
    return fault({code_points(text_.substr(0, at)) + 1, reason});
  }

  outcome read_term() {
    const auto begin = at_;
    search_term term;
    term.is_excluded = text_[at_] == '-';
    at_ += term.is_excluded ? 1 : 0;
    if (at_ == text_.size() || leading_blanks(rest()) > 0)
      return complain(begin, "no word follows this minus");
    const auto mark = quotation_mark_size(rest());
    if (auto read = mark > 0 ? read_phrase(term, mark) : read_word(term); !read)
      return read;
    if (word_characters(term.text) == 0)
      return {};
    if (query_.terms.size() == search_terms_max)
      return complain(begin, "there are more than 16 words and phrases");
    query_.terms.push_back(std::move(term));
    return {};
  }
  static_assert(search_terms_max == 16, "the message names it");

  outcome read_phrase(search_term& term, std::size_t mark) {
    const auto opened = at_;
    at_ += mark;
    const auto begin = at_;
    while (at_ < text_.size() && quotation_mark_size(rest()) == 0)
      at_ += character_size(rest());
    if (at_ == text_.size())
      return complain(opened, "this quotation mark is not closed");
    term.text = text_.substr(begin, at_ - begin);
    at_ += quotation_mark_size(rest());
    if (word_characters(term.text) == 0)
      return complain(opened, "there is no word in these quotation marks");
    return {};
  }

  outcome read_word(search_term& term) {
    const auto begin = at_;
    while (!ends_word())
      at_ += character_size(rest());
    term.text = text_.substr(begin, at_ - begin);
    if (at_ == text_.size() || text_[at_] != '*')
      return {};
    if (at_ == begin && begin > 0 && text_[begin - 1] != ' ')
      return complain(at_, "a * belongs behind a word, not a phrase");
    if (word_characters(term.text) < search_prefix_length_min)
      return complain(at_, "at least 2 characters are needed before a *");
    term.is_prefix = true;
    const auto star = at_++;
    if (at_ < text_.size() && (text_[at_] == '*' || !ends_word()))
      return complain(star, "a * is possible at the end of a word only");
    return {};
  }
  static_assert(search_prefix_length_min == 2, "the message names it");

  [[nodiscard]] bool ends_word() const {
    return at_ == text_.size() || text_[at_] == '*' || leading_blanks(rest()) > 0 || quotation_mark_size(rest()) > 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  search_query query_;
};

}  // namespace

std::expected<search_query, search_fault> parse_search_query(std::string_view text) {
  if (code_points(text) > search_text_length_max)
    return fault({search_text_length_max + 1, "there are more than 256 characters"});
  static_assert(search_text_length_max == 256, "the message names it");
  return query_reader{text}.read();
}

}  // namespace genesis
