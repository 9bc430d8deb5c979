#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/quantities.hpp"

#include <cstddef>
#include <string_view>

namespace genesis::coach {

/// The words around a number, up to the marks that end its clause. Both that it is made of outlive it.
class clause_around {
public:
  static constexpr std::size_t looked_back_max = 8;
  static constexpr std::size_t looked_ahead_max = 5;

  clause_around(const folded_text& words, const quantity& number) noexcept : words_(words), number_(number) {}

  /// The word `steps` (from 1) before or after the number; empty beyond the clause.
  [[nodiscard]] std::string_view before(std::size_t steps) const noexcept;
  [[nodiscard]] std::string_view after(std::size_t steps) const noexcept;

  template <class Test>
  [[nodiscard]] bool any_before(Test is_meant, std::size_t steps_max = looked_back_max) const {
    for (std::size_t steps = 1; steps <= steps_max && !before(steps).empty(); ++steps)
      if (is_meant(before(steps)))
        return true;
    return false;
  }
  template <class Test>
  [[nodiscard]] bool any_after(Test is_meant, std::size_t steps_max = looked_ahead_max) const {
    for (std::size_t steps = 1; steps <= steps_max && !after(steps).empty(); ++steps)
      if (is_meant(after(steps)))
        return true;
    return false;
  }
  /// The clause just before this one, when it is a short one: "last year, I weighed 90 kg".
  template <class Test>
  [[nodiscard]] bool any_in_lead(Test is_meant) const {
    auto at = number_.begin;
    while (at > 0 && !words_[at].begins_clause)
      --at;
    constexpr std::size_t lead_words_max = 5;
    for (std::size_t back = 1; back <= lead_words_max && back <= at; ++back) {
      if (is_meant(words_[at - back].text))
        return true;
      if (words_[at - back].begins_clause)
        break;
    }
    return false;
  }

private:
  const folded_text& words_;
  const quantity& number_;
};

}  // namespace genesis::coach
