#include "domain/key_pattern.hpp"

#include <algorithm>

namespace genesis {

result<key_pattern> key_pattern::parse(std::string_view text) {
  static constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:._-?*";
  if (text.empty() || text.size() > length_max || text.find_first_not_of(allowed) != std::string_view::npos)
    return fail(errc::invalid_argument, "must have 1 to 100 letters, digits and the characters : . _ - ? *");
  if (static_cast<std::size_t>(std::ranges::count(text, '*')) > stars_max)
    return fail(errc::invalid_argument, "must have four * at most");
  return key_pattern{text};
}

/// Where the rest does not fit, the latest star takes one character more; those before it need not be tried again.
bool key_pattern::matches(std::string_view key) const noexcept {
  static constexpr auto none = std::string::npos;
  std::size_t at = 0;
  std::size_t star = none;
  std::size_t retry = 0;
  for (std::size_t i = 0; i < key.size();) {
    if (at < text_.size() && text_[at] == '*') {
      star = at++;
      retry = i;
    } else if (at < text_.size() && (text_[at] == '?' || text_[at] == key[i])) {
      ++at;
      ++i;
    } else if (star != none) {
      at = star + 1;
      i = ++retry;
    } else {
      return false;
    }
  }
  return std::all_of(
    text_.begin() + static_cast<std::ptrdiff_t>(at), text_.end(), [](char each) { return each == '*'; });
}

}  // namespace genesis
