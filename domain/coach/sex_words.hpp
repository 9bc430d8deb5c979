#pragma once

#include "domain/user.hpp"

#include <string_view>

namespace genesis::coach {

/// A word for a person of a sex that may stand beside an age or alone: "male, 36", "a woman of 36", "35F". Folded.
struct sex_word {
  std::string_view text;
  genesis::sex sex;
  bool is_letter = false;  ///< Also a unit, and so read with care.
};

/// Null for every other word.
const sex_word* sex_word_of(std::string_view text) noexcept;

}  // namespace genesis::coach
