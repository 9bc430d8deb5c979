#pragma once

#include "domain/text_enum.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace genesis {

/// How much may be done in how long: `count` at once, then one more each `window / count`.
struct rate_quota {
  std::int64_t count = 1;           ///< At least 1.
  std::chrono::seconds window{60};  ///< At least 1 s.

  friend bool operator==(const rate_quota&, const rate_quota&) = default;
};

/// What is limited. The names are those of the policies that clients are told, and labels of metrics: none is renamed.
enum class rate_limit : std::uint8_t {
  reads,   ///< Of one person.
  writes,  ///< Likewise.
  chats,   ///< Likewise.
  auth,    ///< Registrations, logins and refreshes from one address.
  failed_logins_account,
  failed_logins_address,
};
template <>
inline constexpr auto enum_names<rate_limit> = std::array{
  std::pair{rate_limit::reads, std::string_view{"reads"}},
  std::pair{rate_limit::writes, std::string_view{"writes"}},
  std::pair{rate_limit::chats, std::string_view{"chats"}},
  std::pair{rate_limit::auth, std::string_view{"auth"}},
  std::pair{rate_limit::failed_logins_account, std::string_view{"failed_logins_account"}},
  std::pair{rate_limit::failed_logins_address, std::string_view{"failed_logins_address"}},
};

/// The limits of one person: reads, writes and chats, in the order of the enumeration.
inline constexpr std::size_t personal_limits = 3;
using personal_quotas = std::array<rate_quota, personal_limits>;

/// Why a request has to wait.
struct rate_refusal {
  rate_limit limit = rate_limit::reads;
  rate_quota quota;
  std::chrono::seconds retry_after{1};  ///< Until the next request of this kind is granted, if no other comes first.

  friend bool operator==(const rate_refusal&, const rate_refusal&) = default;
};

/// What a bucket says to one request.
struct rate_verdict {
  bool is_granted = true;
  std::chrono::seconds retry_after{0};  ///< When refused: until one more is there, rounded up, at least 1.

  friend bool operator==(const rate_verdict&, const rate_verdict&) = default;
};

/// A token bucket that costs one moment of memory: the generic cell rate algorithm (ITU-T I.371, virtual scheduling).
///
/// Keeps the moment at which it will be full again. A bucket whose moment has passed is full: it says nothing that a
/// new one would not, and may be forgotten. Time must not run backwards: a steady clock. Belongs to one actor.
class token_bucket {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Takes one token, if there is one.
  rate_verdict take(const rate_quota& quota, time_point now) noexcept {
    const auto verdict = look(quota, now);
    if (verdict.is_granted)
      full_at_ = std::max(full_at_, now) + step_of(quota);
    return verdict;
  }

  /// Takes back what one `take` took, as if it had not happened.
  void give_back(const rate_quota& quota) noexcept { full_at_ -= step_of(quota); }

  /// What a request would find, without taking anything.
  [[nodiscard]] rate_verdict look(const rate_quota& quota, time_point now) const noexcept {
    const auto wait = std::max(full_at_, now) - now + step_of(quota) - duration{quota.window};
    if (wait <= duration::zero())
      return {};
    return {.is_granted = false, .retry_after = std::chrono::ceil<std::chrono::seconds>(wait)};
  }

  [[nodiscard]] bool is_full(time_point now) const noexcept { return full_at_ <= now; }
  [[nodiscard]] time_point full_at() const noexcept { return full_at_; }

private:
  using duration = std::chrono::nanoseconds;

  static duration step_of(const rate_quota& quota) noexcept { return duration{quota.window} / quota.count; }

  time_point full_at_{};
};

}  // namespace genesis
