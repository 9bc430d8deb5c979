#include "domain/error.hpp"

namespace genesis {

std::string_view to_string(errc code) noexcept {
  switch (code) {
  case errc::none: return "none";
  case errc::invalid_argument: return "invalid_argument";
  case errc::unauthorized: return "unauthorized";
  case errc::forbidden: return "forbidden";
  case errc::reauthentication_required: return "reauthentication_required";
  case errc::not_found: return "not_found";
  case errc::conflict: return "conflict";
  case errc::email_taken: return "email_taken";
  case errc::replay_expired: return "replay_expired";
  case errc::precondition_failed: return "precondition_failed";
  case errc::key_reused: return "key_reused";
  case errc::in_progress: return "in_progress";
  case errc::rate_limited: return "rate_limited";
  case errc::overloaded: return "overloaded";
  case errc::unavailable: return "unavailable";
  case errc::outcome_unknown: return "outcome_unknown";
  case errc::fenced: return "fenced";
  case errc::shutting_down: return "shutting_down";
  case errc::internal: return "internal";
  }
  return "unknown";
}

}  // namespace genesis
