#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace genesis::config {

/// A default that a profile sets in place of the built-in one.
struct profile_default {
  std::string_view name;   ///< Of the setting.
  std::string_view value;  ///< As a flag gives it.
};

inline constexpr std::array<std::string_view, 2> profile_names{"production", "development"};

/// What a profile changes of the defaults: `production` nothing; `development` is for looking at what the server does
/// with its database. Nothing for a name that is no profile.
std::optional<std::span<const profile_default>> find_profile(std::string_view name) noexcept;

}  // namespace genesis::config
