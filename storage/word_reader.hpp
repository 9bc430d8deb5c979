#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace genesis::storage {

/// Reduces words to what their forms have in common, by the rules of Snowball: `running` to `run`, `corriendo` to
/// `corr`. Used by one thread at a time.
class stemmer {
public:
  /// `language` as ISO 639-1. Throws `std::invalid_argument` for one that libstemmer does not have.
  explicit stemmer(const char* language);

  /// The stem of a word in lower case. The view lasts until the next call.
  std::string_view operator()(std::string_view word);

private:
  /// A word and its stem, of those that were asked for last. What people say is mostly the same few words, and to stem
  /// one again takes ten times as long as to find it here.
  struct known_stem {
    static constexpr std::size_t size_max = 15;
    std::uint8_t word_size = 0;  ///< 0 for none.
    std::uint8_t stem_size = 0;
    std::array<char, size_max> word{};
    std::array<char, size_max> stem{};
  };
  static constexpr std::size_t known_max = 1'024;  ///< 32 KiB, taken with the first word.
  static_assert(sizeof(known_stem) == 32);

  [[nodiscard]] std::string_view compute(std::string_view word);

  struct closing {
    void operator()(sb_stemmer* what) const noexcept;
  };
  std::unique_ptr<sb_stemmer, closing> handle_;
  std::vector<known_stem> known_;  ///< By hash; one word at each place.
};

/// Both languages in which people talk to the coach. Whose a word is nobody knows: each is stemmed as both.
struct stemmers {
  stemmer english{"en"};
  stemmer spanish{"es"};
};

/// The words of a text, one after the other, and the terms under which each is found.
///
/// A word is what stands between characters that are no letters, digits or marks on them (Unicode's L, N, M). Its first
/// term is its form: without marks, case or compatibility variants (NFKC, case folding), so that `Canción` is
/// `cancion`. Then come its stems, those that differ: the English one, the Spanish one, and the Spanish one of the word
/// with its accents, by which Spanish tells endings apart. Two words mean the same when they share a term. Words with
/// digits have no stem. No word is left out for being frequent: phrases need them.
///
/// Both databases are given these terms, so that both find the same.
class word_reader {
public:
  /// Bytes of a term, at most; what goes beyond is cut off, in messages and in queries.
  static constexpr std::size_t term_size_max = 64;

  /// `text` and `by` outlive the reader. What is no UTF-8 separates words.
  word_reader(std::string_view text, stemmers& by) : text_(text), by_(by) {}

  /// Goes on to the next word. False at the end.
  bool next();

  // Of the current word.
  [[nodiscard]] std::size_t begin() const noexcept { return begin_; }  ///< Its first byte in the text.
  [[nodiscard]] std::size_t end() const noexcept { return end_; }      ///< The byte behind it.
  [[nodiscard]] std::string_view as_written() const noexcept { return text_.substr(begin_, end_ - begin_); }
  [[nodiscard]] std::string_view form() const noexcept { return terms_.front(); }
  [[nodiscard]] std::span<const std::string> terms() const noexcept { return {terms_.data(), count_}; }

private:
  bool find_word();
  bool read_terms();
  void read_stems(std::string_view with_accents);
  void add(std::string_view term);

  std::string_view text_;
  stemmers& by_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool is_ascii_ = true;
  std::array<std::string, 4> terms_;
  std::size_t count_ = 0;
};

}  // namespace genesis::storage
