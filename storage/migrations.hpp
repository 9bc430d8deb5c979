#pragma once

#include "domain/error.hpp"
#include "storage/database_url.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The database's schema grows by numbered files, `storage/migrations/NNNN_name.sql`, that are part of the program. One
/// text serves both databases where it can; `NNNN_name.postgresql.sql` beside it stands in its place on PostgreSQL.
namespace genesis::storage {

class connection;

/// One numbered step of the schema.
struct migration {
  std::int64_t number = 0;  ///< From 1, without gaps.
  std::string_view name;    ///< The file's name without `.sql`, for instance `0001_initial`.
  std::string_view sql;
  std::string_view postgresql_sql = {};  ///< Where PostgreSQL needs another text.

  [[nodiscard]] std::string_view text_for(engine kind) const noexcept {
    return kind == engine::postgresql && !postgresql_sql.empty() ? postgresql_sql : sql;
  }
};

/// The migrations that were built into the program, by number.
std::span<const migration> embedded_migrations() noexcept;

/// SHA-256 of a migration's text for a database, in hexadecimal: an applied migration may never change.
std::string checksum_of(const migration& step, engine kind = engine::sqlite);

struct migration_options {
  bool allow = true;  ///< False: the schema is only checked, and pending migrations are `conflict`.
  std::span<const migration> migrations = embedded_migrations();
};

/// What `migrate` did.
struct migration_report {
  std::vector<std::string> applied;  ///< Names, in order.
  /// The copy that was made of an existing database before it was changed.
  std::optional<std::filesystem::path> backup;
};

/// Brings the database to the program's schema; makes the file (mode 0600) when there is none. A PostgreSQL database
/// has to be there, and its user to own a schema in it.
///
/// Each migration is one transaction. Programs that start together apply it once: under the write lock of SQLite, or an
/// advisory lock of PostgreSQL, where the database is also claimed first, so that nothing changes under a server that
/// runs on it. An existing SQLite database is copied before it is changed, and the copy (`<file>.before-<number>`)
/// checked; on PostgreSQL the transaction is all there is, and copies are its operator's (`pg_dump`).
///
/// Errors: `conflict`, naming the migration, when an applied one was changed, is missing in the program, or the
/// database is newer than the program, when migrations are pending and not allowed, when the database is another
/// program's, or when a copy into it was not finished (transfer.hpp); `unavailable` when the file, the disk, the server
/// or the lock is, or another server uses the database.
result<migration_report> migrate(const database_url& database, const migration_options& options = {});

/// Names of the migrations that `migrate` would apply. The same errors; changes nothing, also when there is no file.
result<std::vector<std::string>> pending_migrations(
  const database_url& database, std::span<const migration> migrations = embedded_migrations());
/// Likewise, of a database that is open. Also where a copy was not finished.
result<std::vector<std::string>> pending_migrations(
  connection& database, std::span<const migration> migrations = embedded_migrations());

}  // namespace genesis::storage
