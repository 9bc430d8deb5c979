#pragma once

#include "domain/coach/denials.hpp"
#include "domain/coach/folded_text.hpp"
#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace genesis::coach {

/// Words around a number that tell what it is.
class surroundings {
public:
  surroundings(const folded_text& words, const quantity& number) : words_(words), number_(number) {}

  /// One of the words stands up to `distance` words before the number.
  [[nodiscard]] bool before(std::initializer_list<std::string_view> any, std::size_t distance = 3) const {
    const auto first = number_.begin > distance ? number_.begin - distance : 0;
    return stands_between(first, number_.begin, any);
  }
  [[nodiscard]] bool after(std::initializer_list<std::string_view> any, std::size_t distance = 3) const {
    return stands_between(number_.end, std::min(number_.end + distance, words_.size()), any);
  }
  [[nodiscard]] bool near(std::initializer_list<std::string_view> any) const { return before(any, 4) || after(any, 4); }
  [[nodiscard]] bool begins_clause() const { return words_[number_.begin].begins_clause; }
  [[nodiscard]] bool ends_clause() const {
    return number_.end >= words_.size() || words_[number_.end].begins_clause ||
           is_one_of(words_[number_.end].text, {"and", "y", "but", "pero", "so"});
  }

private:
  [[nodiscard]] bool stands_between(
    std::size_t first, std::size_t last, std::initializer_list<std::string_view> any) const {
    for (auto at = first; at < last; ++at)
      if (std::ranges::find(any, words_[at].text) != any.end())
        return true;
    return false;
  }

  const folded_text& words_;
  const quantity& number_;
};

}  // namespace genesis::coach
