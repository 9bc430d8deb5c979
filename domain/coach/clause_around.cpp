#include "domain/coach/clause_around.hpp"

namespace genesis::coach {

std::string_view clause_around::before(std::size_t steps) const noexcept {
  for (std::size_t i = 0; i < steps; ++i)
    if (number_.begin < i + 1 || words_[number_.begin - i].begins_clause)
      return {};
  return words_[number_.begin - steps].text;
}

std::string_view clause_around::after(std::size_t steps) const noexcept {
  for (std::size_t i = 0; i < steps; ++i)
    if (number_.end + i >= words_.size() || words_[number_.end + i].begins_clause)
      return {};
  return words_[number_.end + steps - 1].text;
}

}  // namespace genesis::coach
