#include "actors/actor_error.hpp"

#include <caf/atom.hpp>

namespace genesis {

namespace {

bool is_system_error(const caf::error& what, caf::sec code) noexcept {
  return what.category() == caf::atom("system") && what.code() == static_cast<std::uint8_t>(code);
}

}  // namespace

caf::error to_caf(const error& what) {
  if (!what.faults.empty())
    return caf::make_error(what.code, what.detail, what.faults);
  if (what.rate)
    return caf::make_error(what.code, what.detail, *what.rate);
  return caf::make_error(what.code, what.detail);
}

error from_caf(const caf::error& what) {
  if (what.category() == caf::atom("genesis")) {
    error ours{static_cast<errc>(what.code()), {}};
    if (what.context().match_elements<std::string>())
      ours.detail = what.context().get_as<std::string>(0);
    if (what.context().match_elements<std::string, field_errors>()) {
      ours.detail = what.context().get_as<std::string>(0);
      ours.faults = what.context().get_as<field_errors>(1);
    }
    if (what.context().match_elements<std::string, rate_refusal>()) {
      ours.detail = what.context().get_as<std::string>(0);
      ours.rate = what.context().get_as<rate_refusal>(1);
    }
    return ours;
  }
  if (is_receiver_down(what))
    return {errc::unavailable, "the responsible actor is gone"};
  if (is_system_error(what, caf::sec::request_timeout))
    return {errc::outcome_unknown, "no answer in time"};
  return {errc::internal, "an actor failed"};
}

bool is_receiver_down(const caf::error& what) noexcept {
  return is_system_error(what, caf::sec::request_receiver_down) || what.category() == caf::atom("exit");
}

}  // namespace genesis
