#include "domain/coach/folded_text.hpp"

#include <cstdint>
#include <utility>

namespace genesis::coach {

namespace {

constexpr char32_t invalid_character = 0;
constexpr char32_t multiplication_sign = U'\u00d7';  // 100 × 5
constexpr char32_t minus_sign = U'\u2212';

constexpr bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

constexpr bool is_letter(char32_t c) {
  return c >= U'a' && c <= U'z';
}

constexpr bool ends_clause(char32_t c) {
  switch (c) {
  case U'.':
  case U',':
  case U';':
  case U':':
  case U'!':
  case U'?':
  case U'\n':
  case U'(':
  case U')':
  case U'\u00bf':
  case U'\u00a1':
  case U'\u2026': return true;
  default: return false;
  }
}

constexpr bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'\u2019' || c == U'\u2032' || c == U'\u00b4' || c == U'`';
}

constexpr bool is_double_quote(char32_t c) {
  return c == U'"' || c == U'\u201d' || c == U'\u2033';
}

constexpr bool is_combining_accent(char32_t c) {
  return c >= 0x300 && c <= 0x36f;
}

/// The plain letter of U+00C0 to U+00FF, or a space for a letter that Spanish and English do without.
constexpr std::u32string_view latin_1_letters = U"aaaaaaaceeeeiiii"
                                                U"dnooooo "
                                                U"ouuuuy s"
                                                U"aaaaaaaceeeeiiii"
                                                U"dnooooo ouuuuy y";

constexpr char32_t folded(char32_t c) {
  if (c >= U'A' && c <= U'Z')
    return c + (U'a' - U'A');
  if (c >= 0xc0 && c <= 0xff)
    return latin_1_letters[c - 0xc0];
  return c;
}

/// Decodes one character and moves past it; a faulty byte is passed alone.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto lead = byte(at++);
  if (lead < 0x80)
    return lead;
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
  if (more == 0 || lead > 0xf4 || at + static_cast<std::size_t>(more) > text.size())
    return invalid_character;
  auto c = static_cast<char32_t>(lead & (0x3fu >> more));
  for (int i = 0; i < more; ++i) {
    const auto continuation = byte(at + static_cast<std::size_t>(i));
    if ((continuation & 0xc0u) != 0x80u)
      return invalid_character;
    c = c << 6u | (continuation & 0x3fu);
  }
  at += static_cast<std::size_t>(more);
  return c;
}

/// Puts characters together to words.
class folder {
public:
  void take(char32_t raw, bool digit_follows) {
    const auto c = raw == multiplication_sign ? raw : folded(raw);
    if (is_combining_accent(c))
      return;
    if (is_letter(c))
      extend(kind::letters, static_cast<char>(c));
    else if (is_digit(c))
      extend(kind::digits, static_cast<char>(c));
    else if ((c == U'.' || c == U',') && current_ == kind::digits && digit_follows)
      extend(kind::digits, static_cast<char>(c));
    else if (is_apostrophe(c) || is_double_quote(c))
      take_quote(is_apostrophe(c));
    else if (c == U'%')
      add_word("%");
    else if (c == multiplication_sign)
      add_word("x");
    else if (c == U'-' || c == minus_sign)
      take_dash(digit_follows);
    else
      separate(ends_clause(raw));
  }

  folded_text finish() { return std::move(words_); }

private:
  enum class kind : std::uint8_t { none, letters, digits };

  void extend(kind what, char c) {
    if (current_ != what)
      words_.push_back({{}, std::exchange(at_clause_, false), std::exchange(is_negative_, false)});
    current_ = what;
    if (words_.back().text.size() < folded_word_length_max)
      words_.back().text += c;
  }

  void add_word(std::string_view text) {
    words_.push_back({std::string{text}, std::exchange(at_clause_, false), false});
    current_ = kind::none;
  }

  /// An apostrophe inside a word vanishes; behind a number it means feet, and a quotation mark after feet means inches.
  void take_quote(bool is_single) {
    if (current_ == kind::letters && is_single)
      return;
    const auto n = words_.size();
    if (current_ == kind::digits && is_single)
      add_word("ft");
    else if (current_ == kind::digits && n >= 2 && words_[n - 2].text == "ft")
      add_word("in");
    else
      separate(false);
  }

  /// A dash before a number and behind a space is its sign; between two words it only parts them.
  void take_dash(bool digit_follows) {
    const bool is_sign = current_ == kind::none && digit_follows;
    separate(false);
    is_negative_ = is_sign;
  }

  void separate(bool is_clause) {
    is_negative_ = false;
    current_ = kind::none;
    at_clause_ = at_clause_ || is_clause;
  }

  folded_text words_;
  kind current_ = kind::none;
  bool at_clause_ = true;
  bool is_negative_ = false;
};

}  // namespace

folded_text fold(std::string_view utf8) {
  folder words;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto c = next_character(utf8, at);
    const bool digit_follows = at < utf8.size() && utf8[at] >= '0' && utf8[at] <= '9';
    words.take(c, digit_follows);
  }
  return words.finish();
}

}  // namespace genesis::coach
