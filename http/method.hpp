#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace genesis::http {

/// The methods that are told apart. Methods are case-sensitive (RFC 9110 9.1), so `get` is `other`.
enum class method : std::uint8_t { get, head, post, put, patch, delete_, options, connect, trace, other };

inline constexpr std::array<std::pair<method, std::string_view>, 10> method_names{{
  {method::get, "GET"},
  {method::head, "HEAD"},
  {method::post, "POST"},
  {method::put, "PUT"},
  {method::patch, "PATCH"},
  {method::delete_, "DELETE"},
  {method::options, "OPTIONS"},
  {method::connect, "CONNECT"},
  {method::trace, "TRACE"},
  {method::other, "OTHER"},
}};

/// The name as metrics show it: `OTHER` for every method that is not known, so that clients cannot invent label values.
constexpr std::string_view to_string(method value) noexcept {
  return method_names[static_cast<std::size_t>(value)].second;
}

constexpr method parse_method(std::string_view text) noexcept {
  for (const auto& [value, name] : method_names)
    if (name == text)
      return value;
  return method::other;
}

}  // namespace genesis::http
