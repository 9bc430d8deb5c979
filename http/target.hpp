#pragma once

#include "http/method.hpp"
#include "http/parse_fault.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

/// The four forms of a request target (RFC 9112 3.2).
enum class target_form : std::uint8_t { origin, absolute, authority, asterisk };

/// The parts of a request target, as views of it, still encoded.
struct target_parts {
  target_form form = target_form::origin;
  bool is_https = false;       ///< The scheme of the absolute form.
  std::string_view authority;  ///< `host[:port]` of the absolute and the authority form; else empty.
  std::string_view path;       ///< Empty in the authority form, and in an absolute form that has none.
  std::string_view query;      ///< Without the question mark; empty also when there is none.
};

/// Takes a target apart. Nothing when its form does not go with the method (only CONNECT takes the authority form, only
/// OPTIONS takes `*`), when the absolute form is not `http` or `https`, or when it holds a character that has no place
/// in a target; a fragment and user information have none.
std::optional<target_parts> split_target(method verb, std::string_view target) noexcept;

/// True for `host[:port]` with a host that is not empty (RFC 3986 3.2.2; no user information, no IPvFuture) and a port
/// of at most 65535, which may be empty.
bool is_authority(std::string_view text) noexcept;

/// Whether two authorities name the same host, in any case, and the same port; one that is missing or empty is that of
/// the scheme, 443 for `https` and 80 for `http`. REQUIRES: both are authorities.
bool same_authority(std::string_view one, std::string_view other, bool is_https) noexcept;

/// A path, decoded once. The segments of `/a/b` are `a` and `b`; `/` has none; `/a/` has `a` and an empty one, so that
/// it is another path than `/a`.
class path_segments {
public:
  /// Fails with `bad_escape` for escapes that are malformed or give control characters, and with `ambiguous_path` for
  /// encoded slashes and backslashes and for `.` and `..` in any spelling: whatever stands in front of this server
  /// might resolve them to another path. A path that does not begin with a slash has no segments.
  static std::expected<path_segments, parse_fault> parse(std::string_view path);

  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  /// One segment; the view lives as long as this object stays where it is.
  [[nodiscard]] std::string_view operator[](std::size_t index) const noexcept {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
  }

private:
  std::string text_;                 // all segments, decoded, one after the other
  std::vector<std::uint32_t> ends_;  // where each ends in text_
};

/// A target in one spelling, which is that of an origin form without needless escapes and without an empty query: the
/// segments as they are decoded, and behind them the query, whose escapes stay where they may mean something (RFC 3986
/// 6.2.2). REQUIRES: the query's escapes are sound.
std::string plain_target(const path_segments& path, std::string_view query);

/// The query of a target, read as `application/x-www-form-urlencoded`: `+` is a space. Decodes on look-up, because most
/// requests have no query and the others ask for two or three names.
class query_parameters {
public:
  /// False for a malformed escape anywhere and for an encoded NUL.
  static bool is_sound(std::string_view query) noexcept;

  /// Fails with `bad_escape` for a query that is not sound.
  static std::expected<query_parameters, parse_fault> parse(std::string_view query);

  /// The decoded value of the first parameter of that name. A name without `=` has an empty value.
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
  /// How often a name is given.
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

private:
  std::string text_;  // as sent; its escapes are sound
};

}  // namespace genesis::http
