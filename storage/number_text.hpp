#pragma once

#include <array>
#include <charconv>
#include <string>

namespace genesis::storage {

/// Appends the shortest text that reads as the same number.
template <class Number>
void append_number(std::string& text, Number value) {
  std::array<char, 32> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  text.append(digits.data(), written.ptr);
}

}  // namespace genesis::storage
