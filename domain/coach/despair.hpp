#pragma once

#include "domain/coach/folded_text.hpp"

namespace genesis::coach {

/// True when somebody says that they cannot go on (`no aguanto más`, `I can't take it anymore`) and means life: beside
/// words of despair, or without a word of what else it would be. Not `no aguanto más el hambre`, nor the plank. Linear
/// in the text.
bool is_despair(const folded_text& words);

}  // namespace genesis::coach
