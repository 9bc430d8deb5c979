#include "config/hook_url.hpp"

#include "config/origin.hpp"

#include <algorithm>

namespace genesis::config {

namespace {

constexpr std::size_t target_length_max = 2'048;

/// RFC 9112 3.2: visible ASCII; a fragment is never sent.
bool is_target(std::string_view text) noexcept {
  return text.size() <= target_length_max &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
}

}  // namespace

std::expected<hook_url, std::string> hook_url::parse(std::string_view text) {
  const auto scheme_end = text.find("://");
  const auto authority = scheme_end == std::string_view::npos ? text.size() : scheme_end + 3;
  const auto origin = text.substr(0, text.find_first_of("/?#", authority));
  if (const auto fault = origin_fault(origin))
    return std::unexpected(std::string{*fault});
  const auto target = text.substr(origin.size());
  if (!is_target(target))
    return std::unexpected("may have a path and a query of visible ASCII characters behind its host, 2048 at most, and "
                           "no fragment");
  return hook_url{std::string{origin}, (target.starts_with('/') ? "" : "/") + std::string{target}};
}

}  // namespace genesis::config
