#pragma once

#include <string>
#include <string_view>

namespace genesis::storage {

/// A text as SQL, for questions that are not prepared. On PostgreSQL `standard_conforming_strings` is on.
inline std::string sql_literal(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text)
    quoted += c == '\'' ? std::string{"''"} : std::string{c};
  return quoted + "'";
}

}  // namespace genesis::storage
