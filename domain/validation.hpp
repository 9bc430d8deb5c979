#pragma once

#include <string>
#include <vector>

namespace genesis {

/// One fault of one field of a request body.
struct field_error {
  std::string field;    ///< Path of the field, for instance `notifications.meals` or `allergies[3]`.
  std::string rule;     ///< Name of the rule: required, unknown, read_only, type, range, length, enum, format, ...
  std::string message;  ///< A clause that completes "field ...", for instance `must be between 50 and 272`.

  friend bool operator==(const field_error&, const field_error&) = default;
};

using field_errors = std::vector<field_error>;

}  // namespace genesis
