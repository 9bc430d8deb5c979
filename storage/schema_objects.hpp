#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Whether a database has what the migrations made: a copy that went wrong, or a hand that slipped, may have left a
/// table without an index, a key or a column, and nothing tells until two people have one address.
namespace genesis::storage {

class connection;

/// Something that the migrations made.
struct schema_object {
  enum class state_type : std::uint8_t { missing, different };

  std::string name;  ///< With its kind, for instance `index idx_users_email` or `column users.locale`.
  state_type state = state_type::missing;

  /// Whether rows can be read without it.
  [[nodiscard]] bool is_vital() const noexcept {
    return state == state_type::missing && (name.starts_with("table ") || name.starts_with("column "));
  }
  friend bool operator==(const schema_object&, const schema_object&) = default;
};

/// "index idx_users_email is missing".
std::string to_string(const schema_object& what);

/// What the migrations that the database has had made, and is not there, or not as they made it. Of SQLite everything
/// is compared to the letter; of PostgreSQL tables, columns and their types, indexes by name and uniqueness, and keys,
/// which must have been found to hold and must take with them what refers to what goes. Throws what the connection
/// throws.
std::vector<schema_object> faults_of_schema(connection& database);

/// What rows of one table refer to rows of another by, once all migrations are applied.
struct schema_reference {
  struct pair {
    std::string child;
    std::string parent;
  };

  std::string table;
  std::string parent;
  std::vector<pair> columns;
};
std::vector<schema_reference> references_of_schema();

}  // namespace genesis::storage
