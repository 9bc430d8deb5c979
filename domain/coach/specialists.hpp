#pragma once

#include "domain/agent.hpp"
#include "domain/coach/reply.hpp"

namespace genesis::coach {

/// One specialist's answer to a question, in the order it is told.
///
/// `what` is what `read_intent` made of the same turn; `who` is one of its agents. Whoever speaks, the calculation is
/// that of the topic, so any agent may be given any intent. Deterministic: the same turn gives the same answer, byte
/// for byte. The texts of all `says` steps concatenate to the answer.
reply answer(agent who, const turn& asked, const intent& what);

}  // namespace genesis::coach
