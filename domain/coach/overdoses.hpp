#pragma once

#include "domain/coach/folded_text.hpp"

#include <cstddef>
#include <optional>

namespace genesis::coach {

/// Where a text tells of more pills than anybody should take at once, or of so much caffeine, by number: `I took 13
/// pills`, `me he tomado 20 cápsulas`, `3 g of caffeine`. The index of the number's first word. A time that is bound
/// to the amount (`30 pills over a month`, `al mes`) spreads it evenly, and what is then little for a day is none; a
/// time that only stands nearby (`that I saved for months`, `this week`) spreads no pills. Linear in the text.
std::optional<std::size_t> find_overdose(const folded_text& words);

}  // namespace genesis::coach
