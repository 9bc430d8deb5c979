#pragma once

#include "domain/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genesis {

/// The strong ETag (RFC 9110 8.8.3) of one revision of one object, quotes included. `part` tells apart objects that
/// share an id, such as a person and their preferences.
std::string entity_tag(const uuid& object, std::int64_t revision, char part = 'o');

/// What `If-Match` asks for (RFC 9110 13.1.1).
struct precondition {
  bool any = false;               ///< `*`
  std::vector<std::string> tags;  ///< Strong tags with their quotes, codings taken off.

  [[nodiscard]] bool holds_for(const std::string& current) const;
};

}  // namespace genesis
