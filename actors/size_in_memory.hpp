#pragma once

#include "actors/entity_reply.hpp"
#include "actors/user_draft.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace genesis {

/// Bytes that somebody takes whose owner is in memory, roughly: with the actor, their rows, these as JSON once they
/// were asked for, and the pages that are kept.
std::int64_t size_in_memory(const user_data& data, const std::optional<entity_reply>& shown_person,
  const std::optional<entity_reply>& shown_prefs, std::size_t page_bytes) noexcept;

}  // namespace genesis
