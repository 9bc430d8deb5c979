#pragma once

#include "storage/statements.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace genesis::storage {

/// Which slow statements are worth a line in the log: of each statement one in an hour that ran to its end, and one
/// that failed. Shared by connections; may be called on any thread.
class slow_log {
public:
  using clock = std::chrono::steady_clock;

  static constexpr std::chrono::milliseconds usual_threshold{200};
  static constexpr std::chrono::hours silence{1};

  /// Statements that take longer than `threshold` are slow.
  explicit slow_log(std::chrono::milliseconds threshold = usual_threshold) : threshold_(threshold) {}

  [[nodiscard]] bool is_slow(std::chrono::nanoseconds duration) const noexcept { return duration > threshold_; }

  /// True for one asker in an hour.
  [[nodiscard]] bool may_tell(statement_id id, bool is_ok, clock::time_point now) noexcept;

private:
  std::chrono::milliseconds threshold_;
  /// When each may be told again, in nanoseconds of the clock; by statement, first those that failed.
  std::array<std::array<std::atomic<std::int64_t>, statement_count>, 2> silent_until_{};
};

}  // namespace genesis::storage
