#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace genesis {

/// The spellings of an enumeration's values, in the API and in the database alike. Specialised beside each enumeration
/// as an array of (value, name).
template <class Enum>
inline constexpr auto enum_names = nullptr;

/// The name of a value; an empty text for a value without one.
template <class Enum>
constexpr std::string_view name_of(Enum value) noexcept {
  for (const auto& [each, name] : enum_names<Enum>)
    if (each == value)
      return name;
  return {};
}

/// The value of a name, exactly as spelt.
template <class Enum>
constexpr std::optional<Enum> parse_enum(std::string_view text) noexcept {
  for (const auto& [each, name] : enum_names<Enum>)
    if (name == text)
      return each;
  return std::nullopt;
}

}  // namespace genesis
