#pragma once

#include <algorithm>
#include <chrono>

namespace genesis::storage {

struct circuit_breaker_options {
  int failures_max = 3;  ///< In a row, after which nothing is asked for a while.
  int slow_max = 20;     ///< Slow answers with none in good time between them, after which the same holds;
  std::chrono::milliseconds slow_for = std::chrono::seconds{1};  ///< when they are spread over so long: no mere hitch.
  std::chrono::milliseconds pause_min{100};
  std::chrono::milliseconds pause_max = std::chrono::seconds{10};    ///< Pauses double up to this.
  std::chrono::milliseconds trust_after = std::chrono::seconds{30};  ///< After which the next pause is short again.
};

/// Decides when a service that fails is left alone, and when it is tried again. Told events and the time; does nothing
/// itself.
///
/// Closed, everything may be asked. After `failures_max` failures in a row, one loss, or slow answers alone for a
/// while, it is open: nothing may be asked until `try_again_at`. Then it is on trial, by the one who calls
/// `begin_trial`: a success closes it, a failure opens it for twice as long. What works again is not trusted at once:
/// the next pause is short only when the last trial is long past.
class circuit_breaker {
public:
  using time_point = std::chrono::steady_clock::time_point;

  explicit circuit_breaker(circuit_breaker_options options = {}) : options_(options), pause_(options.pause_min) {}

  [[nodiscard]] bool is_closed() const noexcept { return state_ == state::closed; }
  /// When it is open: the moment of the next trial.
  [[nodiscard]] time_point try_again_at() const noexcept { return try_again_at_; }

  void begin_trial() noexcept { state_ = state::on_trial; }

  void on_success(time_point now) noexcept {
    failures_ = 0;
    slow_ = 0;
    if (state_ != state::closed) {
      state_ = state::closed;
      closed_at_ = now;
    } else if (now - closed_at_ >= options_.trust_after) {
      pause_ = options_.pause_min;
    }
  }

  /// Whether that opened it.
  bool on_failure(time_point now) noexcept {
    ++failures_;
    if (state_ != state::on_trial && failures_ < options_.failures_max)
      return false;
    on_loss(now);
    return true;
  }

  /// An answer that was so long in coming that it was no help. Whether that opened it.
  bool on_slow(time_point now) noexcept {
    failures_ = 0;
    if (slow_ == 0)
      slow_since_ = now;
    ++slow_;
    if (state_ != state::closed || slow_ < options_.slow_max || now - slow_since_ < options_.slow_for)
      return false;
    on_loss(now);
    return true;
  }

  /// The service is gone: no more failures have to be seen.
  void on_loss(time_point now) noexcept {
    state_ = state::open;
    failures_ = 0;
    slow_ = 0;
    try_again_at_ = now + pause_;
    pause_ = std::min(2 * pause_, options_.pause_max);
  }

private:
  enum class state : unsigned char { closed, open, on_trial };

  circuit_breaker_options options_;
  std::chrono::milliseconds pause_;
  state state_ = state::closed;
  int failures_ = 0;
  int slow_ = 0;
  time_point slow_since_{};
  time_point closed_at_{};
  time_point try_again_at_{};
};

}  // namespace genesis::storage
