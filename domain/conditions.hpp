#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace genesis {

/// What people state about themselves that changes what they may be advised.
///
/// `insulin` is diabetes whose treatment a lower intake makes dangerous at once: type 1, or insulin whatever the type.
/// `diabetes` is any, `insulin` included.
enum class health_condition : std::uint8_t { eating_disorder, pregnancy, lactation, insulin, diabetes, kidney_disease };

/// True when the text names the condition, in English or Spanish, in any case and with or without accents. A clause
/// that denies it (`not pregnant`, `sin trastorno alimentario`) does not count; an overcome eating disorder does.
bool states(std::string_view text, health_condition condition);

/// True when any of the texts does, for instance `user::medical_conditions`.
bool any_states(std::span<const std::string> texts, health_condition condition);

}  // namespace genesis
