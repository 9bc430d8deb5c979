#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/user.hpp"

#include <optional>
#include <span>

namespace genesis::coach {

/// Somebody as people write themselves down.
struct aged_person {
  int age_years = 0;
  genesis::sex sex = genesis::sex::unspecified;
};

/// An age that stands beside the word for a sex: "male, 36, 180 cm", "a woman of 36", "36 female", "I'm 35F". `number`
/// is one of `numbers`, which are those of the text.
std::optional<aged_person> age_beside_sex(
  const folded_text& words, std::span<const quantity> numbers, const quantity& number);

}  // namespace genesis::coach
