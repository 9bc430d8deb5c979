#pragma once

#include "config/settings.hpp"

#include <span>
#include <string_view>

namespace genesis::config {

/// A rule between settings, or between one and a limit that nobody may set.
struct setting_relation {
  /// The settings that are compared; the second is empty when it is a limit.
  std::string_view first;
  std::string_view second;
  bool (*holds)(const settings&);
  std::string_view rule;  ///< Completes "breaks the rule that ...".
};

/// All of them. The defaults keep each.
std::span<const setting_relation> setting_relations() noexcept;

}  // namespace genesis::config
