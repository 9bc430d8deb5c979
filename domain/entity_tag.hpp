#pragma once

#include "domain/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genesis {

/// The strong ETag (RFC 9110 8.8.3) of one revision of one object, quotes included. `part` tells apart objects that
/// share an id, such as a person and their preferences. `timeline` is the database's: after a failover that lost
/// changes, revisions that were shown come again with other contents. A database's first one is not said.
std::string entity_tag(const uuid& object, std::int64_t revision, char part = 'o', std::int64_t timeline = 0);

/// What `If-Match` and `If-None-Match` ask for before a change (RFC 9110 13.1.1 and 13.1.2).
struct precondition {
  bool any = false;               ///< Every tag is named: `*`
  std::vector<std::string> tags;  ///< That are named, with their quotes, codings taken off.
  bool is_negated = false;        ///< The current tag must not be among those that are named.

  [[nodiscard]] bool holds_for(const std::string& current) const;
};

/// What holds where both do.
precondition both(const precondition& one, const precondition& other);

}  // namespace genesis
