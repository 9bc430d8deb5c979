#include "storage/log_position.hpp"

#include <charconv>

namespace genesis::storage {

namespace {

constexpr std::size_t digits_max = 8;

std::optional<std::uint64_t> half_of(std::string_view digits) noexcept {
  std::uint64_t number = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [stop, failed] = std::from_chars(digits.data(), end, number, 16);
  if (digits.empty() || digits.size() > digits_max || failed != std::errc{} || stop != end)
    return std::nullopt;
  return number;
}

}  // namespace

std::optional<log_position> log_position::parse(std::string_view text) noexcept {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos)
    return std::nullopt;
  const auto high = half_of(text.substr(0, slash));
  const auto low = half_of(text.substr(slash + 1));
  if (!high || !low)
    return std::nullopt;
  return log_position{*high << 32U | *low};
}

}  // namespace genesis::storage
