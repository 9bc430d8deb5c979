#include "http/forwarded.hpp"

#include "http/characters.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace genesis::http {

namespace {

void skip_space(std::string_view& text) noexcept {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool take(std::string_view& text, char expected) noexcept {
  if (!text.starts_with(expected))
    return false;
  text.remove_prefix(1);
  return true;
}

std::string_view take_token(std::string_view& text) noexcept {
  const auto end = std::ranges::find_if_not(text, [](char c) { return is(token_char, c); });
  const auto token = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(token.size());
  return token;
}

/// A quoted string without its quotes (RFC 9110 5.6.4). Nothing when it does not end.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string value;
  text.remove_prefix(1);
  while (!text.empty()) {
    if (take(text, '"'))
      return value;
    take(text, '\\');
    if (text.empty())
      break;
    value += text.front();
    text.remove_prefix(1);
  }
  return std::nullopt;
}

bool is_port(std::string_view text) noexcept {
  unsigned port = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), port);
  return code == std::errc{} && end == text.data() + text.size() && port <= 65'535;
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
forwarded_node parse_node(std::string_view text) {
  auto address = text;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos)
      return std::nullopt;
    address = text.substr(1, end - 1);
    rest = text.substr(end + 1);
    if (address.find(':') == std::string_view::npos)
      return std::nullopt;
  } else if (std::ranges::count(text, ':') == 1) {
    const auto colon = text.find(':');
    address = text.substr(0, colon);
    rest = text.substr(colon);
  }
  // A hidden port is as good as any (RFC 7239 6).
  if (!rest.empty() && !(rest.front() == ':' && (is_port(rest.substr(1)) || rest.starts_with(":_"))))
    return std::nullopt;
  return config::ip_address::parse(address);
}

/// One `name=value`; false when it is none.
bool take_pair(std::string_view& text, forwarded_node& node, bool& has_for) {
  const auto name = take_token(text);
  if (name.empty() || !take(text, '='))
    return false;
  std::optional<std::string> value;
  if (text.starts_with('"'))
    value = take_quoted(text);
  else if (const auto token = take_token(text); !token.empty())
    value = std::string{token};
  if (!value)
    return false;
  if (!same_ignoring_case(name, "for"))
    return true;
  if (std::exchange(has_for, true))
    return false;  // each parameter comes once in an element
  node = parse_node(*value);
  return true;
}

/// The rightmost node that is no trusted proxy; the leftmost when all are.
forwarded_node client_among(std::span<const forwarded_node> nodes, std::span<const config::network> trusted) {
  for (std::size_t at = nodes.size(); at-- > 0;) {
    const auto& node = nodes[at];
    const bool is_trusted =
      node && std::ranges::any_of(trusted, [&](const config::network& each) { return each.contains(*node); });
    if (!is_trusted || at == 0)
      return node;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<forwarded_node>> parse_forwarded(std::string_view value) {
  std::vector<forwarded_node> nodes;
  for (;;) {
    skip_space(value);
    if (value.empty())
      return nodes;
    if (take(value, ','))  // an empty element of a list
      continue;
    forwarded_node node;
    bool has_for = false;
    do {
      skip_space(value);
      if (value.empty() || value.front() == ',' || value.front() == ';')
        continue;  // an empty pair
      if (!take_pair(value, node, has_for))
        return std::nullopt;
      skip_space(value);
    } while (take(value, ';'));
    nodes.push_back(node);
    if (!value.empty() && !take(value, ','))
      return std::nullopt;
  }
}

std::vector<forwarded_node> parse_x_forwarded_for(std::string_view value) {
  std::vector<forwarded_node> nodes;
  while (!value.empty()) {
    auto entry = value.substr(0, value.find(','));
    value.remove_prefix(std::min(entry.size() + 1, value.size()));
    entry = trim(entry);
    if (!entry.empty())
      nodes.push_back(parse_node(entry));
  }
  return nodes;
}

std::optional<std::string> client_of(std::optional<std::string_view> forwarded,
  std::optional<std::string_view> x_forwarded_for, const config::ip_address& proxy,
  std::span<const config::network> trusted) {
  const auto standard = forwarded ? parse_forwarded(*forwarded) : std::vector<forwarded_node>{};
  if (!standard)
    return std::nullopt;
  const auto older = x_forwarded_for ? parse_x_forwarded_for(*x_forwarded_for) : std::vector<forwarded_node>{};
  if (standard->empty() && older.empty())
    return proxy.text();
  const auto client = client_among(standard->empty() ? older : *standard, trusted);
  if (!standard->empty() && !older.empty() && client != client_among(older, trusted))
    return std::nullopt;
  return client ? client->text() : std::string{unknown_client};
}

}  // namespace genesis::http
