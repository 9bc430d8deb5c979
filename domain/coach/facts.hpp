#pragma once

#include "domain/coach/mentions.hpp"
#include "domain/time.hpp"
#include "domain/user.hpp"

namespace genesis::coach {

/// Of what was said earlier, what outlives its question whoever told it and however: facts that the profile does not
/// hold, and what safety needs.
mentions lasting(const mentions& said, const user& person);

/// Of what one question says, what its person tells of themself and is to be known for the rest of the conversation:
/// body, diet, days of training, maximal heart rate, how today feels, and the change of weight they are after. Nothing
/// but diet and maternity of what is only supposed (`if I weighed 75 kg`, `and for 90 kg?`).
mentions told_by(const mentions& said);

/// Takes the change of weight that somebody is after, with its goal, out of what they said.
void forget_wish(mentions& said) noexcept;

/// What an answer goes by: what somebody burns is told as of one who keeps their weight, whatever they are after.
mentions for_answer(mentions said);

/// The profile with everything said put in: what the formulas work on. Of somebody else nothing is known but what is
/// said.
user with_facts(const user& person, const mentions& said, timestamp now);

}  // namespace genesis::coach
