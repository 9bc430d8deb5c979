#include "config/origin.hpp"

#include "config/network.hpp"

#include <algorithm>
#include <charconv>

namespace genesis::config {

namespace {

constexpr std::size_t host_length_max = 253;

bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}

bool is_host_char(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool is_host(std::string_view host) noexcept {
  if (host.starts_with('['))
    return host.ends_with(']') && host.contains(':') && ip_address::parse(host.substr(1, host.size() - 2)).has_value();
  return !host.empty() && host.size() <= host_length_max && std::ranges::all_of(host, is_host_char) &&
         host.front() != '.' && host.back() != '.' && !host.contains("..");
}

/// 1 to 65535 without leading zeros.
std::optional<int> port_of(std::string_view text) noexcept {
  int port = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc{} || end != text.data() + text.size() || text.front() == '0' || port < 1 || port > 65'535)
    return std::nullopt;
  return port;
}

}  // namespace

std::optional<std::string_view> origin_fault(std::string_view text) noexcept {
  if (text == "*")
    return "would let every page on the web act with the credentials of whoever looks at it: name each origin";
  if (text == "null")
    return "is the origin of sandboxed frames and local files, which anybody can make: name a real one";
  if (std::ranges::any_of(text, is_upper))
    return "must be in lower case, as browsers send it";
  const bool is_https = text.starts_with("https://");
  if (!is_https && !text.starts_with("http://"))
    return "must begin with https:// or http://";
  text.remove_prefix(is_https ? 8 : 7);
  if (text.find_first_of("/?#") != std::string_view::npos)
    return "must end with the host or its port: an origin has no path, not even a slash";
  if (text.contains('@'))
    return "must not name a user";
  if (text.contains('*'))
    return "must not hold a *: each origin is named in full";
  const auto host_end =
    text.starts_with('[') ? std::min(text.find(']'), text.size() - 1) + 1 : std::min(text.find(':'), text.size());
  if (!is_host(text.substr(0, host_end)))
    return "must name a host in letters, digits, dots and dashes, or a numeric address";
  if (host_end == text.size())
    return std::nullopt;
  const auto port =
    text[host_end] == ':' && host_end + 1 < text.size() ? port_of(text.substr(host_end + 1)) : std::nullopt;
  if (!port)
    return "must have a port between 1 and 65535 behind its colon";
  if (*port == (is_https ? 443 : 80))
    return "must leave out the port that its scheme implies, as browsers do";
  return std::nullopt;
}

}  // namespace genesis::config
