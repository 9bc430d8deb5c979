#include "config/redis_url.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace genesis::config {

namespace {

constexpr std::size_t socket_path_max = 107;  // sockaddr_un; longer ones are not found, and nobody says why
constexpr std::size_t host_length_max = 253;  // RFC 1035 2.3.4

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || code != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char each) { return each > ' ' && each < 0x7f && each != '%'; });
}

/// Takes `user@` off the front. False when it holds a password.
bool take_user(std::string_view& rest, std::string& user) {
  const auto at = rest.substr(0, rest.find('/')).rfind('@');
  if (at == std::string_view::npos)
    return true;
  user = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return !user.contains(':');
}

/// Takes `:port` off the end of a host. False when it is none.
bool take_port(std::string_view& host, std::uint16_t& port) {
  const auto colon = host.rfind(':');
  if (colon == std::string_view::npos || host.substr(colon).contains(']'))
    return true;
  const auto number = parse_number<std::uint16_t>(host.substr(colon + 1));
  host = host.substr(0, colon);
  port = number.value_or(0);
  return port != 0;
}

bool take_database(std::string_view text, std::uint16_t& database) {
  const auto number = parse_number<std::uint16_t>(text);
  database = number.value_or(0);
  return number.has_value();
}

std::expected<redis_url, std::string> parse_host(std::string_view rest, redis_url found) {
  auto host = rest.substr(0, rest.find('/'));
  rest.remove_prefix(host.size());
  if (!take_port(host, found.port))
    return std::unexpected("must have a port between 1 and 65535");
  if (host.starts_with('[') && host.ends_with(']'))
    host = host.substr(1, host.size() - 2);
  if (host.empty() || host.size() > host_length_max || host.find_first_of("[]?#,") != std::string_view::npos)
    return std::unexpected("must name a host behind redis://");
  if (rest.size() > 1 && !take_database(rest.substr(1), found.database))
    return std::unexpected("must end in the number of a database");
  found.host = host;
  return found;
}

std::expected<redis_url, std::string> parse_socket(std::string_view rest, redis_url found) {
  const auto path = rest.substr(0, rest.find('?'));
  rest.remove_prefix(path.size());
  if (!path.starts_with('/') || path.size() < 2 || path.size() > socket_path_max)
    return std::unexpected("must name a socket behind unix:// by an absolute path of at most 107 bytes");
  if (!rest.empty() && (!rest.starts_with("?db=") || !take_database(rest.substr(4), found.database)))
    return std::unexpected("may have nothing behind the socket but ?db= and the number of a database");
  found.socket = path;
  return found;
}

}  // namespace

std::expected<redis_url, std::string> redis_url::parse(std::string_view text) {
  static constexpr std::string_view host_scheme = "redis://";
  static constexpr std::string_view socket_scheme = "unix://";
  if (text.starts_with("rediss://"))
    return std::unexpected("must not be rediss://: there is no TLS to Redis; use a private network or a tunnel");
  if (!text.starts_with(host_scheme) && !text.starts_with(socket_scheme))
    return std::unexpected("must begin with redis:// or unix://");
  if (!is_plain(text))
    return std::unexpected("must have visible ASCII characters alone, none as a percent code");
  const bool is_socket = text.starts_with(socket_scheme);
  auto rest = text.substr(is_socket ? socket_scheme.size() : host_scheme.size());
  redis_url found;
  if (!take_user(rest, found.user))
    return std::unexpected("must not hold a password; set GENESIS_CACHE_REDIS_PASSWORD in the environment");
  return is_socket ? parse_socket(rest, std::move(found)) : parse_host(rest, std::move(found));
}

std::string redis_url::text() const {
  if (is_local())
    return "unix://" + socket + "?db=" + std::to_string(database);
  const auto shown = host.contains(':') ? '[' + host + ']' : host;
  return "redis://" + shown + ':' + std::to_string(port) + '/' + std::to_string(database);
}

}  // namespace genesis::config
