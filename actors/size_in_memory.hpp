#pragma once

#include "actors/entity_reply.hpp"
#include "actors/user_draft.hpp"

#include <cstdint>
#include <optional>

namespace genesis {

/// Bytes that somebody takes whose owner is in memory, roughly: with the actor, their rows, and these as JSON once they
/// were asked for. Lists that are kept are not counted.
std::int64_t size_in_memory(const user_data& data, const std::optional<entity_reply>& shown_person,
  const std::optional<entity_reply>& shown_prefs) noexcept;

}  // namespace genesis
