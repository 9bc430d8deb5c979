#pragma once

#include "domain/error.hpp"
#include "domain/validation.hpp"
#include "http/parse_fault.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::http {

/// Every kind of problem that an answer can name. Clients act on these: none is ever renamed.
enum class problem_code : std::uint8_t {
  malformed_request,
  unauthorized,
  token_expired,
  forbidden,
  reauthentication_required,
  not_found,
  method_not_allowed,
  not_acceptable,
  request_timeout,
  conflict,
  email_taken,
  replay_expired,
  idempotency_in_progress,
  precondition_failed,
  payload_too_large,
  uri_too_long,
  unsupported_media_type,
  validation_error,
  idempotency_key_reused,
  rate_limit_exceeded,
  overloaded,
  headers_too_large,
  internal,
  unavailable,
  outcome_unknown,
  shutting_down,
};
inline constexpr std::size_t problem_code_count = 26;

/// What is the same for every problem of one code.
struct problem_kind {
  problem_code code;
  int status;
  std::string_view name;   ///< Member `code`, for instance `EMAIL_TAKEN`.
  std::string_view slug;   ///< Last part of the path of `type`, for instance `email-taken`.
  std::string_view title;  ///< Member `title`.
  std::string_view help;   ///< What the page under `type` says: what happened, and what to do.
  bool may_retry = false;  ///< The same request may succeed later; the answer carries Retry-After.
};

/// All kinds, in the order of the enumeration.
std::span<const problem_kind> problem_kinds() noexcept;
const problem_kind& kind_of(problem_code code) noexcept;

/// Why a request is refused.
struct problem {
  problem_code code = problem_code::internal;
  std::string detail;   ///< A sentence about this occurrence, never about internals; empty for the kind's help.
  field_errors errors;  ///< Of VALIDATION_ERROR, and of MALFORMED_REQUEST when query parameters are faulty.
  /// 0 for the code's own status. 505 is the one status without a code of its own: it goes out as MALFORMED_REQUEST.
  int status_override = 0;
  std::optional<rate_refusal> rate = {};  ///< Of RATE_LIMIT_EXCEEDED; the answer says it in its head.
  /// Of the answer, beside those that follow from the code. Names are literals.
  std::vector<std::pair<std::string_view, std::string>> fields = {};

  [[nodiscard]] int status() const noexcept { return status_override != 0 ? status_override : kind_of(code).status; }
  friend bool operator==(const problem&, const problem&) = default;
};

/// A value, or why the request is refused.
template <class T>
using accepted = std::expected<T, problem>;

/// The problem that an actor's error becomes: the one table from `errc` to what clients see.
problem_code code_for(errc code) noexcept;

/// Likewise with the error's text, which is passed on only where clients may see it.
problem to_problem(const error& failure);

/// Likewise for what the wire parsers refuse.
problem to_problem(parse_fault fault);

/// An `Accept` that names none of the media types that are offered.
problem nothing_acceptable(std::span<const std::string_view> offered);

/// A body beyond the limit of its route.
problem body_too_large(std::size_t bytes_max);

/// Of a route that is for others.
problem not_allowed_by_role();

/// A token or key that was shown and lets nobody in: malformed, forged, revoked or expired (RFC 6750 3.1). Where none
/// was shown, the challenge names no error.
problem invalid_token(std::string detail);

inline constexpr std::string_view problem_media_type = "application/problem+json";

/// The body of an error answer (RFC 9457 3).
std::string problem_body(const problem& what, std::string_view request_id);

/// The body of GET /problems/{slug}: one JSON object. Nothing for a name that no problem has.
std::optional<std::string> problem_page(std::string_view slug);

}  // namespace genesis::http
