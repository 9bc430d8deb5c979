#pragma once

#include "storage/database_files.hpp"
#include "storage/database_url.hpp"
#include "storage/slow_log.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace genesis::storage {

class socket_watch;
class statement_observer;

struct connection_options {
  database_url database;
  bool may_create = false;    ///< SQLite: makes the file, with mode 0600, when there is none.
  bool is_read_only = false;  ///< Refuses every change.
  bool of_replica = false;    ///< PostgreSQL: the server must be a replica; else it must be none.
  std::chrono::milliseconds busy_timeout = std::chrono::seconds{1};  ///< Waiting for another connection's lock.
  std::chrono::milliseconds statement_timeout{0};                    ///< 0: as long as it takes.
  std::int64_t cache_bytes = std::int64_t{16} * 1'024 * 1'024;       ///< SQLite.
  /// SQLite: opening fails when the names stand for others. Without, a connection goes by those that it finds.
  std::shared_ptr<const database_files> files = {};
  std::int64_t max_bytes = 0;  ///< SQLite: of the file; 0 for no limit.
  /// SQLite: nobody else, in whichever process, has the file open meanwhile. Opening fails while somebody has.
  /// PostgreSQL: the planner may read whole tables, which it may not for changes otherwise.
  bool is_alone = false;
  /// PostgreSQL: the database is this process's alone for as long as the connection lives, under this name, which is
  /// the process's own. Opening fails while another process has it. Empty: it is shared.
  std::string claimed_by = {};
  /// PostgreSQL: ends waits for a silent server. Without one, a connection with a statement time-out makes its own.
  std::shared_ptr<socket_watch> watch = {};
  /// What is said of slow statements. Without one, the connection has its own.
  std::shared_ptr<slow_log> slow = {};
  statement_observer* observer = nullptr;  ///< Outlives the connection.
};

}  // namespace genesis::storage
