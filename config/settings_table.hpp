#pragma once

#include "config/setting.hpp"

#include <span>
#include <string_view>

namespace genesis::config {

/// Every setting, in the order of `config/genesis.toml`; those of a section stand together.
std::span<const setting> settings_table() noexcept;

/// The row of a name, or null. Valid for the life of the process.
const setting* find_setting(std::string_view name) noexcept;

/// The row whose variable this is, or null.
const setting* find_variable(std::string_view variable);

/// The row whose name a mistyped one most resembles; null when none is near.
const setting* nearest_setting(std::string_view name);

/// The section that a mistyped one most resembles; empty when none is near.
std::string_view nearest_section(std::string_view name);

}  // namespace genesis::config
