#pragma once

#include "domain/error.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/error.hpp>
#include <caf/make_message.hpp>
#include <caf/sec.hpp>

CAF_ERROR_CODE_ENUM(genesis::errc, "genesis")
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::field_errors)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::rate_refusal)

namespace genesis {

/// Our error as actors send it.
caf::error to_caf(const error& what);

/// What an actor answered, in our codes. CAF's own codes are told from ours by their category and become `unavailable`
/// (the asked actor is gone), `outcome_unknown` (no answer in time) or `internal`: a hop never passes on what CAF said,
/// or the next one takes the death of a worker for the death of the actor it asked itself.
error from_caf(const caf::error& what);

/// True when the asked actor was already dead, or died before it read the question: nothing was done.
bool is_receiver_down(const caf::error& what) noexcept;

}  // namespace genesis
