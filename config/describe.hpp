#pragma once

#include "config/load.hpp"

#include <string>

namespace genesis::config {

/// Every effective setting as TOML, with where it comes from behind it, secrets masked: what `genesis config` prints.
std::string describe(const loaded& effective);

/// The annotated file of all settings at their defaults, each commented out. `config/genesis.toml` is exactly this
/// text.
std::string example_file();

}  // namespace genesis::config
