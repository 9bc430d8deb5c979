#pragma once

#include "domain/error.hpp"
#include "storage/database_url.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// The move of an installation from one database to another, also from SQLite to PostgreSQL and back.
namespace genesis::storage {

enum class transfer_phase : std::uint8_t { reading, copying, verifying };

/// How far it has come: told behind every batch, and when a table is done.
struct transfer_progress {
  transfer_phase phase = transfer_phase::reading;
  std::string_view table;
  std::int64_t table_rows = 0;  ///< Done of `table_rows_all`.
  std::int64_t table_rows_all = 0;
  std::int64_t rows = 0;  ///< Of all tables in this phase, done of `rows_all`.
  std::int64_t rows_all = 0;
};

struct transfer_options {
  /// Rows in one transaction of the target: what a commit costs is shared by so many.
  std::int64_t batch_rows = 5'000;
  /// Likewise, of their bytes: a bound for what a transaction holds.
  std::size_t batch_bytes = std::size_t{4} * 1'024 * 1'024;
  std::function<void(const transfer_progress&)> on_progress = {};
};

/// One table, the same in both databases.
struct transferred_table {
  std::string name;
  std::int64_t rows = 0;
  std::string digest;  ///< See table_digest.
};

struct transfer_report {
  std::vector<transferred_table> tables;
  std::int64_t rows = 0;         ///< Of all tables.
  std::int64_t rows_copied = 0;  ///< By this call; the others were there.
  bool went_on = false;          ///< With a copy that was begun before.
};

/// Copies everything that is an installation's own into an empty database, which is made ready for it if need be, and
/// compares: the target has the rows of one moment of the source, or the call fails.
///
/// Nobody else uses either database meanwhile, this process included. The source is read three times, its memory is a
/// batch's. The copy can be cut off at any moment, by SIGKILL too: each transaction of the target notes how far it has
/// come, and the next call goes on from there. Until it is finished the target says so to everybody who opens it (see
/// `migrate`). What belongs to the database itself is made anew there: the list of migrations, and the full-text index.
///
/// Errors, which change nothing of the source: `invalid_argument` when both are the same, or the target cannot hold
/// what a row has, which is found before anything is copied; `conflict` when the target is not empty, when the source
/// is not what it was when the copy was begun, when either has not the program's schema, and when the copy is not the
/// same in the end, naming the tables; `unavailable` when either cannot be used, or somebody else uses it.
result<transfer_report> transfer_database(
  const database_url& from, const database_url& to, const transfer_options& options = {});

}  // namespace genesis::storage
