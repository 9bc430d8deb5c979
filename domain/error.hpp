#pragma once

#include "domain/rate_limit.hpp"
#include "domain/validation.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace genesis {

/// Every way an operation can fail that some caller tells apart. `http/problem.cpp` maps each to a status; everything
/// finer goes into `error::detail`.
enum class errc : std::uint8_t {
  none = 0,
  invalid_argument,           ///< Fields are not acceptable: `faults`; a detail like `field: rule` for commands.
  unauthorized,               ///< No session, a revoked one, or a disabled or deleted person.
  forbidden,                  ///< Known, but not allowed.
  reauthentication_required,  ///< Allowed only after a fresh login.
  not_found,                  ///< Not there, or not the caller's.
  conflict,                   ///< The state of the object forbids it now.
  email_taken,                ///< Another account has this e-mail address.
  replay_expired,             ///< The events of a run are no longer kept one by one.
  precondition_failed,        ///< `If-Match` named another revision.
  key_reused,                 ///< An Idempotency-Key came back with another request.
  in_progress,                ///< The first request with this Idempotency-Key still runs.
  rate_limited,               ///< More than a limit allows: `rate` says which; nothing was done.
  overloaded,                 ///< A bounded queue is full; nothing was done.
  unavailable,                ///< Something below is down; nothing was done.
  outcome_unknown,            ///< It may or may not have happened.
  fenced,                     ///< Somebody else wrote this person's data; nothing was written.
  shutting_down,              ///< The server is leaving; nothing was done.
  internal,                   ///< A broken invariant.
};

/// The code's name in lower case, as logs and metrics show it, for instance `not_found`.
std::string_view to_string(errc code) noexcept;

/// What went wrong: a code to act on and a short text for people. The detail never holds health data or secrets.
struct error {
  errc code = errc::internal;
  std::string detail;
  field_errors faults = {};               ///< Of `invalid_argument`: every field that is not acceptable.
  std::optional<rate_refusal> rate = {};  ///< Of `rate_limited`.

  friend bool operator==(const error&, const error&) = default;
};

/// A value, or the reason there is none.
template <class T>
using result = std::expected<T, error>;

/// Shortens `return std::unexpected(error{code, detail})`.
[[nodiscard]] inline std::unexpected<error> fail(errc code, std::string detail = {}) {
  return std::unexpected(error{code, std::move(detail)});
}

/// Refuses fields; there is at least one fault.
[[nodiscard]] inline std::unexpected<error> fail(field_errors faults) {
  return std::unexpected(error{errc::invalid_argument, {}, std::move(faults)});
}

/// Refuses a request that comes too soon.
[[nodiscard]] inline error too_many(const rate_refusal& why) {
  return {errc::rate_limited, {}, {}, why};
}

}  // namespace genesis
