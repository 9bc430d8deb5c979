#pragma once

#include "domain/coach/reply.hpp"
#include "domain/coach/topic.hpp"

namespace genesis::coach {

/// True when the specialist has an answer of their own to such a question.
bool can_answer(agent who, topic what) noexcept;

/// Reads what a person wants and who answers. Emergencies come before everything; then the specialist the person asked
/// for, one they prefer, or the usual one, whoever of them can answer.
///
/// `name` is a name of `topic`, and exactly one agent answers. Pure, and linear in the length of the texts.
intent read_intent(const turn& asked);

}  // namespace genesis::coach
