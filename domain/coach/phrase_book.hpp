#pragma once

#include "domain/coach/folded_text.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace genesis::coach {

/// Something people say that points at a meaning.
///
/// The pattern is a row of folded words. `a|b` is either word, a trailing `*` stands for any ending (`calor*`), and `_`
/// stands for none to three words in between: `how much _ eat|drink`.
struct cue {
  int meaning = 0;    ///< What it points at; an enumerator of whoever owns the table.
  double weight = 1;  ///< How strongly.
  std::string_view pattern;
};

/// Finds many cues in one pass over a text, with small typing errors.
///
/// The work is linear in the text: each word is looked up once, and a pattern is tried only where its first word
/// stands. A word of five letters or more that matches nothing is compared again with one letter missing, added, wrong
/// or swapped with its neighbour, when the first letter sounds right (so that `eight` never becomes `weight`).
class phrase_book {
public:
  struct hit {
    std::size_t cue = 0;    ///< Index in the table.
    std::size_t begin = 0;  ///< First word.
    std::size_t end = 0;    ///< One past the last word.
  };

  /// `cues` must outlive the book. `leave_alone` are words that are never taken for a mistyped other one;
  /// one that ends with a star stands for all that begin so.
  phrase_book(std::span<const cue> cues, std::span<const std::string_view> leave_alone);

  /// Every place where a cue begins, by position; a cue that matches in several ways from one place counts once.
  [[nodiscard]] std::vector<hit> find(const folded_text& text) const;

  [[nodiscard]] const cue& cue_at(std::size_t index) const { return cues_[index]; }

private:
  using form_id = std::uint16_t;

  /// A word, or the beginning of words, that some pattern names.
  struct form {
    std::string text;
    bool is_prefix = false;
  };
  struct element {
    std::vector<form_id> forms;  ///< Any of these.
    bool gap_before = false;     ///< Up to three words may stand before it.
  };
  using pattern = std::vector<element>;

  pattern compile(std::string_view text);
  form_id intern(std::string_view alternative);
  void index_typos();
  [[nodiscard]] std::vector<form_id> forms_of(std::string_view word) const;
  [[nodiscard]] bool is_left_alone(std::string_view word) const;
  void add_mistyped(std::string_view word, std::vector<form_id>& found) const;
  void add_near(std::string_view word, bool is_beginning, std::vector<form_id>& found) const;
  [[nodiscard]] std::size_t match(const pattern& wanted, std::size_t element_at,
    std::span<const std::vector<form_id>> text, std::size_t word_at) const;

  std::span<const cue> cues_;
  std::vector<pattern> patterns_;
  std::vector<form> forms_;
  std::unordered_map<std::string, form_id> exact_;
  std::unordered_map<std::string, form_id> prefixes_;
  std::unordered_map<std::string, std::vector<form_id>> typos_;   ///< By the form with one letter less.
  std::unordered_map<form_id, std::vector<std::size_t>> starts_;  ///< Patterns by the forms that may begin them.
  std::unordered_set<std::string_view> leave_alone_;
  std::vector<std::string_view> leave_alone_beginnings_;
  std::size_t prefix_length_max_ = 0;
};

/// True when a hit lies, wholly or in part, in one of the `excuses`.
bool is_excused(const phrase_book::hit& hit, std::span<const phrase_book::hit> excuses) noexcept;

}  // namespace genesis::coach
