#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::storage {

/// A place in the log of changes of a PostgreSQL server (WAL), which its replicas replay from the beginning: whoever
/// has replayed up to a commit's place has everything that was committed by then.
struct log_position {
  std::uint64_t value = 0;

  /// Reads PostgreSQL's spelling of a `pg_lsn`: two numbers of up to eight hexadecimal digits, `16/B374D848`.
  static std::optional<log_position> parse(std::string_view text) noexcept;

  friend auto operator<=>(const log_position&, const log_position&) = default;
};

/// How a PostgreSQL server stands to the others of its cluster.
struct server_condition {
  bool is_replica = false;  ///< It replays the log of another one, and takes no changes.
  log_position position;    ///< Replayed up to there; of a server that takes changes, durable up to there.
  /// Equal for all copies of one database, and of no other.
  std::string identity;
  /// Rises with each replica that was promoted to a server that takes changes. Nothing where that is not known now.
  std::optional<std::int64_t> timeline;

  friend bool operator==(const server_condition&, const server_condition&) = default;
};

}  // namespace genesis::storage
