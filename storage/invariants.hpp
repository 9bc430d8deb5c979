#pragma once

#include "domain/error.hpp"
#include "storage/database_url.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::storage {

/// Something that holds in every sound database.
struct invariant {
  std::string_view sentence;             ///< What holds, for instance "every conversation counts its messages".
  std::string_view sql;                  ///< How many rows break it.
  std::string_view postgresql_sql = {};  ///< Where PostgreSQL needs another text.

  [[nodiscard]] std::string_view text_for(engine kind) const noexcept {
    return kind == engine::postgresql && !postgresql_sql.empty() ? postgresql_sql : sql;
  }
};

/// What is looked at, the cheap first.
const std::vector<invariant>& invariants() noexcept;

struct invariant_finding {
  std::string_view sentence;
  std::int64_t violations = 0;
  std::string detail = {};  ///< What is missing, or where the first one is; empty where nobody can say.
};

/// Looks whether each invariant holds, over a connection that reads only: also while a server runs, each at a state of
/// one moment. First of all the file, where it is one, and the schema, then every value. `on_finding` is told of each
/// as it is found, sound ones too, also when it cannot go on in the end.
///
/// Errors: `unavailable` when the database cannot be read, `conflict` when it has not the program's schema, or a table
/// or column of it is missing.
result<std::vector<invariant_finding>> check_invariants(
  const database_url& database, const std::function<void(const invariant_finding&)>& on_finding = {});

}  // namespace genesis::storage
