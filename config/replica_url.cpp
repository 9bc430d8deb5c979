#include "config/replica_url.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace genesis::config {

namespace {

constexpr std::string_view weight_name = "weight=";

std::optional<std::int64_t> weight_of(std::string_view digits) {
  std::int64_t weight = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [stop, failed] = std::from_chars(digits.data(), end, weight);
  if (failed != std::errc{} || stop != end || weight < 1 || weight > replica_url::weight_max)
    return std::nullopt;
  return weight;
}

}  // namespace

std::expected<replica_url, std::string> replica_url::parse(std::string_view text) {
  if (!text.starts_with("postgresql://") && !text.starts_with("postgres://"))
    return std::unexpected("must begin with postgresql://");
  const auto query = std::min(text.find('?'), text.size());
  replica_url found{.url = std::string{text.substr(0, query)}};
  char separator = '?';
  bool has_weight = false;
  for (auto at = query; at < text.size();) {
    const auto end = std::min(text.find('&', at + 1), text.size());
    const auto parameter = text.substr(at + 1, end - at - 1);
    at = end;
    if (parameter.starts_with(weight_name)) {
      const auto weight = weight_of(parameter.substr(weight_name.size()));
      if (!weight || std::exchange(has_weight, true))
        return std::unexpected("must have a weight between 1 and 100");
      found.weight = *weight;
    } else {
      found.url += std::exchange(separator, '&') + std::string{parameter};
    }
  }
  return found;
}

}  // namespace genesis::config
