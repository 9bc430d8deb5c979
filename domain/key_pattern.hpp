#pragma once

#include "domain/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace genesis {

/// Which entries of the caches are meant: a key (`user:0198c5a2-...`) in which `*` stands for any characters and `?`
/// for one. Redis matches it in the same way.
class key_pattern {
public:
  static constexpr std::size_t length_max = 100;
  /// Redis tries all ways to spread a key over the stars: a few are found at once, many would hold it up.
  static constexpr std::size_t stars_max = 4;

  /// `invalid_argument` for anything but 1..100 letters, digits, `:`, `.`, `_`, `-`, `?` and at most four `*`; the
  /// detail completes "the pattern ...".
  static result<key_pattern> parse(std::string_view text);

  [[nodiscard]] bool matches(std::string_view key) const noexcept;
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
  explicit key_pattern(std::string_view text) : text_(text) {}

  std::string text_;
};

}  // namespace genesis
