#pragma once

#include "config/setting_fault.hpp"
#include "config/setting_value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace genesis::config {

struct setting;

/// One setting of a file. The value is of the row's kind and otherwise unchecked.
struct file_value {
  const setting* row = nullptr;
  setting_value value;
  std::string where;  ///< `genesis.toml:12`.
};

/// What a file says, and everything in it that cannot be understood.
struct file_contents {
  std::vector<file_value> values;  ///< In the order of their names.
  std::vector<setting_fault> faults;
};

/// Reads TOML 1.0. A syntax error is the only fault of a file, since nothing behind it can be trusted; else every
/// unknown section and key and every value of another type is one. Types are exact: neither 80.0 nor `true` is an
/// integer. A duration is a string, or an integer of seconds. `name` is how messages call the file.
file_contents read_toml(std::string_view text, std::string_view name);

}  // namespace genesis::config
