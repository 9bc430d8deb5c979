#pragma once

#include "config/load.hpp"

#include <expected>
#include <string>
#include <vector>

namespace genesis::cli {

/// A command line, parted into what sets settings and what the commands read.
struct parted_arguments {
  std::vector<config::named_text> settings;  ///< Names without the dashes, in the order given.
  std::vector<std::string> rest;
};

/// Takes `--section.key=value` and `--section.key value` out of the arguments: every flag with a dot in its name, known
/// or not, up to `--`. A value of its own may not look like a flag; with `=` it may be anything, also empty. Fails with
/// a sentence.
///
/// Done before CLI11 sees the rest: it would take an empty value for a missing one and the next flag for a value.
std::expected<parted_arguments, std::string> part_settings(std::vector<std::string> arguments);

/// Every setting with its default and what it does, for `--help`.
std::string settings_help();

}  // namespace genesis::cli
