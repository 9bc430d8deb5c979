#include "storage/word_reader.hpp"

#include "domain/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <libstemmer.h>
#include <stdexcept>

namespace genesis::storage {

namespace {

enum class character_kind : std::uint8_t { separator, word, mark };

struct character {
  character_kind kind = character_kind::separator;
  std::size_t size = 1;
};

constexpr bool is_ascii_word(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool is_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80u;
}

character_kind kind_of(utf8proc_int32_t code_point) noexcept {
  switch (utf8proc_category(code_point)) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_NL:
  case UTF8PROC_CATEGORY_NO: return character_kind::word;
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ME: return character_kind::mark;
  default: return character_kind::separator;
  }
}

/// The first character of a text that is not empty.
character first_of(std::string_view text) noexcept {
  if (is_ascii(text.front()))
    return {is_ascii_word(text.front()) ? character_kind::word : character_kind::separator, 1};
  utf8proc_int32_t code_point = 0;
  const auto size = utf8proc_iterate(
    reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  if (size <= 0)
    return {};
  return {kind_of(code_point), static_cast<std::size_t>(size)};
}

/// Case folded and in NFKC; empty for what cannot be. Throws `std::bad_alloc`.
std::string normalised(std::string_view word, int more = 0) {
  utf8proc_uint8_t* out = nullptr;
  const auto options =
    static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STABLE | more);
  const auto size = utf8proc_map(
    reinterpret_cast<const utf8proc_uint8_t*>(word.data()), static_cast<utf8proc_ssize_t>(word.size()), &out, options);
  if (size == UTF8PROC_ERROR_NOMEM)
    throw std::bad_alloc();
  if (size < 0)
    return {};
  std::string text(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  std::free(out);
  return text;
}

std::string without_marks(std::string_view word) {
  auto text = normalised(word, UTF8PROC_STRIPMARK);
  // Compatibility variants may bring signs along: (1) is what U+2474 stands for.
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = first_of(std::string_view{text}.substr(at));
    if (next.kind == character_kind::word)
      kept.append(text, at, next.size);
    at += next.size;
  }
  return kept;
}

/// What is read of a word. utf8proc orders the marks behind a letter in the square of their number: 32,000 of them,
/// which a message can have, would take half a minute.
constexpr std::size_t word_size_max = 4 * word_reader::term_size_max;

}  // namespace

stemmer::stemmer(const char* language) : handle_(sb_stemmer_new(language, "UTF_8")) {
  if (!handle_)
    throw std::invalid_argument(std::string{"libstemmer has no language "} + language);
}

void stemmer::closing::operator()(sb_stemmer* what) const noexcept {
  sb_stemmer_delete(what);
}

std::string_view stemmer::operator()(std::string_view word) {
  if (word.empty() || word.size() > known_stem::size_max)
    return compute(word);
  if (known_.empty())
    known_.resize(known_max);
  auto& known = known_[std::hash<std::string_view>{}(word) % known_max];
  if (std::string_view{known.word.data(), known.word_size} != word) {
    const auto stem = compute(word);
    if (stem.size() > known_stem::size_max)
      return stem;
    known.word_size = static_cast<std::uint8_t>(word.size());
    known.stem_size = static_cast<std::uint8_t>(stem.size());
    std::ranges::copy(word, known.word.begin());
    std::ranges::copy(stem, known.stem.begin());
  }
  return {known.stem.data(), known.stem_size};
}

std::string_view stemmer::compute(std::string_view word) {
  const auto* const stem =
    sb_stemmer_stem(handle_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (stem == nullptr)
    throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(handle_.get()))};
}

bool word_reader::next() {
  while (find_word())
    if (read_terms())
      return true;
  return false;
}

bool word_reader::find_word() {
  std::size_t at = end_;
  for (; at < text_.size(); ++at) {
    const auto each = first_of(text_.substr(at));
    if (each.kind == character_kind::word)
      break;
    at += each.size - 1;
  }
  begin_ = end_ = at;
  is_ascii_ = true;
  while (end_ < text_.size()) {
    const auto each = first_of(text_.substr(end_));
    if (each.kind == character_kind::separator)
      break;
    is_ascii_ &= each.size == 1;
    end_ += each.size;
  }
  return begin_ < text_.size();
}

bool word_reader::read_terms() {
  count_ = 0;
  if (is_ascii_) {
    auto& form = terms_[count_++];
    form = beginning_of(as_written(), term_size_max);
    std::ranges::transform(
      form, form.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    read_stems(form);
    return true;
  }
  const auto word = beginning_of(as_written(), word_size_max);
  add(without_marks(word));
  if (count_ == 0)
    return false;
  read_stems(normalised(word));
  return true;
}

void word_reader::read_stems(std::string_view with_accents) {
  const std::string_view form = terms_.front();
  const bool has_digit = std::ranges::any_of(form, [](char c) { return c >= '0' && c <= '9'; });
  if (has_digit || with_accents.size() > term_size_max)
    return;
  add(by_.english(form));
  add(by_.spanish(form));
  if (with_accents != form)
    add(without_marks(by_.spanish(with_accents)));
}

void word_reader::add(std::string_view term) {
  term = beginning_of(term, term_size_max);
  if (!term.empty() && std::ranges::find(terms(), term) == terms().end())
    terms_[count_++] = term;
}

}  // namespace genesis::storage
