#include "http/target.hpp"

#include "http/characters.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>

namespace genesis::http {

namespace {

/// The byte of the escape that begins at `at`; nothing when it is malformed.
std::optional<char> decode_escape(std::string_view text, std::size_t at) noexcept {
  if (text.size() - at < 3 || !is(hex_char, text[at + 1]) || !is(hex_char, text[at + 2]))
    return std::nullopt;
  return static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
}

bool is_port(std::string_view text) noexcept {
  if (text.empty())
    return true;
  unsigned port = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  return failure == std::errc{} && end == text.data() + text.size() && port <= 65'535;
}

bool is_ipv6(std::string_view text) noexcept {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos)
    return false;
  text.copy(terminated.data(), text.size());
  in6_addr address;
  return ::inet_pton(AF_INET6, terminated.data(), &address) == 1;
}

bool is_registered_name(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!is(host_char, text[i]) || (text[i] == '%' && !decode_escape(text, i)))
      return false;
  return !text.empty();
}

/// Splits at the first question mark; false when a character has no place where it stands.
bool split_query(std::string_view text, target_parts& parts) noexcept {
  const std::size_t mark = text.find('?');
  parts.path = text.substr(0, mark);
  parts.query = mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1);
  return all(path_char, parts.path) && all(query_char, parts.query);
}

std::optional<target_parts> split_absolute(std::string_view target) noexcept {
  const std::size_t colon = target.find("://");
  if (colon == std::string_view::npos)
    return std::nullopt;
  const std::string_view scheme = target.substr(0, colon);
  if (!same_ignoring_case(scheme, "http") && !same_ignoring_case(scheme, "https"))
    return std::nullopt;
  target.remove_prefix(colon + 3);
  const std::size_t authority_end = std::min(target.find_first_of("/?"), target.size());
  target_parts parts;
  parts.form = target_form::absolute;
  parts.is_https = scheme.size() == 5;
  parts.authority = target.substr(0, authority_end);
  if (!is_authority(parts.authority) || !split_query(target.substr(authority_end), parts))
    return std::nullopt;
  return parts;
}

/// CONNECT has no default port (RFC 9110 9.3.6), so one must be there.
std::optional<target_parts> split_authority(std::string_view target) noexcept {
  if (!is_authority(target) || !is(digit_char, target.back()) || target.rfind(':') == std::string_view::npos)
    return std::nullopt;
  target_parts parts;
  parts.form = target_form::authority;
  parts.authority = target;
  return parts;
}

struct host_and_port {
  std::string_view host;
  std::string_view port;
};

host_and_port split_port(std::string_view authority) noexcept {
  const std::size_t colon = authority.find(':', authority.starts_with('[') ? authority.find(']') : 0);
  if (colon == std::string_view::npos)
    return {authority, {}};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

unsigned port_number(std::string_view text, bool is_https) noexcept {
  unsigned port = is_https ? 443 : 80;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

}  // namespace

bool same_authority(std::string_view one, std::string_view other, bool is_https) noexcept {
  const auto [host, port] = split_port(one);
  const auto [other_host, other_port] = split_port(other);
  return same_ignoring_case(host, other_host) && port_number(port, is_https) == port_number(other_port, is_https);
}

bool is_authority(std::string_view text) noexcept {
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos || !is_ipv6(text.substr(1, close - 1)))
      return false;
    const std::string_view rest = text.substr(close + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos)
    return is_registered_name(text);
  return is_registered_name(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

std::optional<target_parts> split_target(method verb, std::string_view target) noexcept {
  if (target.empty())
    return std::nullopt;
  if (verb == method::connect)
    return split_authority(target);
  target_parts parts;
  if (target.front() == '/')
    return split_query(target, parts) ? std::optional(parts) : std::nullopt;
  if (target == "*" && verb == method::options) {
    parts.form = target_form::asterisk;
    parts.path = target;
    return parts;
  }
  return split_absolute(target);
}

std::expected<path_segments, parse_fault> path_segments::parse(std::string_view path) {
  path_segments segments;
  if (!path.starts_with('/') || path.size() == 1)
    return segments;
  segments.text_.reserve(path.size());
  segments.ends_.reserve(8);
  std::size_t begin = 0;
  const auto close_segment = [&segments, &begin] {
    const std::string_view segment = std::string_view(segments.text_).substr(begin);
    if (segment == "." || segment == "..")
      return false;
    begin = segments.text_.size();
    segments.ends_.push_back(static_cast<std::uint32_t>(begin));
    return true;
  };
  for (std::size_t i = 1; i < path.size(); ++i) {
    char c = path[i];
    if (c == '/') {
      if (!close_segment())
        return std::unexpected(parse_fault::ambiguous_path);
      continue;
    }
    if (c == '%') {
      const auto decoded = decode_escape(path, i);
      if (!decoded || static_cast<unsigned char>(*decoded) < 0x20 || *decoded == 0x7F)
        return std::unexpected(parse_fault::bad_escape);
      c = *decoded;
      i += 2;
    }
    if (c == '/' || c == '\\')
      return std::unexpected(parse_fault::ambiguous_path);
    segments.text_ += c;
  }
  if (!close_segment())
    return std::unexpected(parse_fault::ambiguous_path);
  return segments;
}

namespace {

/// RFC 3986 2.3: what means the same with and without an escape.
bool is_unreserved(char c) noexcept {
  return is(token68_char, c) && c != '+' && c != '/';
}

/// Decodes a name or a value whose escapes are sound.
std::string decode_form(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (text[i] == '%') {
      decoded += *decode_escape(text, i);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

bool same_name(std::string_view sent, std::string_view name) {
  return sent.find_first_of("%+") == std::string_view::npos ? sent == name : decode_form(sent) == name;
}

/// Calls `visit(value)` with the encoded value of each parameter of that name, until it returns false.
template <class Visit>
void visit_values(std::string_view query, std::string_view name, Visit visit) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.empty() || !same_name(pair.substr(0, equals), name))
      continue;
    if (!visit(pair.substr(std::min(equals + 1, pair.size()))))
      return;
  }
}

}  // namespace

std::string plain_target(const path_segments& path, std::string_view query) {
  std::string target = path.size() == 0 ? "/" : "";
  for (std::size_t i = 0; i < path.size(); ++i)
    (target += '/') += path[i];
  if (!query.empty())
    target += '?';
  for (std::size_t i = 0; i < query.size(); ++i) {
    const auto decoded = query[i] == '%' ? decode_escape(query, i) : std::nullopt;
    const bool is_needless = decoded && is_unreserved(*decoded);
    target += is_needless ? *decoded : query[i];
    i += is_needless ? 2 : 0;
  }
  return target;
}

bool query_parameters::is_sound(std::string_view query) noexcept {
  for (std::size_t i = query.find('%'); i != std::string_view::npos; i = query.find('%', i + 3))
    if (decode_escape(query, i).value_or('\0') == '\0')
      return false;
  return true;
}

std::expected<query_parameters, parse_fault> query_parameters::parse(std::string_view query) {
  if (!is_sound(query))
    return std::unexpected(parse_fault::bad_escape);
  query_parameters parameters;
  parameters.text_ = query;
  return parameters;
}

std::optional<std::string> query_parameters::find(std::string_view name) const {
  std::optional<std::string> found;
  visit_values(text_, name, [&found](std::string_view value) {
    found = decode_form(value);
    return false;
  });
  return found;
}

std::size_t query_parameters::count(std::string_view name) const {
  std::size_t times = 0;
  visit_values(text_, name, [&times](std::string_view) {
    ++times;
    return true;
  });
  return times;
}

}  // namespace genesis::http
