#pragma once

#include "storage/log_position.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace genesis {

/// Decides whether a replica may be read from: by what it and the primary say of themselves, each time they are looked
/// at. Knows no actor, no connection and no clock.
///
/// How far a replica is behind is told in the primary's time: since when the primary has had what the replica lacks, to
/// one look exactly. So neither the clocks of two machines nor an idle primary make a lag.
class replica_health {
public:
  using time_point = std::chrono::steady_clock::time_point;

  struct verdict {
    std::string fault;  ///< Why it is left; empty when it may be read from.
    std::uint64_t lag_bytes = 0;
    std::chrono::milliseconds lag{0};
  };

  explicit replica_health(std::chrono::milliseconds lag_max) : lag_max_(lag_max) {}

  void see_primary(const storage::server_condition& seen, time_point now);
  /// Of the primary as it was last seen; 0 where that is not known.
  [[nodiscard]] std::int64_t timeline() const noexcept { return primary_ ? primary_->timeline.value_or(0) : 0; }
  verdict judge(const storage::server_condition& replica, time_point now);

private:
  struct sample {
    time_point at;
    storage::log_position position;
  };
  static constexpr std::size_t samples_max = 512;

  [[nodiscard]] std::string fault_of(const storage::server_condition& replica, std::chrono::milliseconds lag) const;

  std::chrono::milliseconds lag_max_;
  std::optional<storage::server_condition> primary_;
  bool has_failed_over_ = false;  ///< The primary's timeline has changed since it was first seen.
  std::deque<sample> samples_;    ///< Of places that the replica had not reached when it was last looked at.
};

}  // namespace genesis
