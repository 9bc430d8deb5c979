#pragma once

#include "domain/coach/folded_text.hpp"

#include <cstddef>
#include <optional>

namespace genesis::coach {

/// Where a text tells of more pills than anybody should take at once, or of so much caffeine, by number: `I took 13
/// pills`, `me he tomado 20 cápsulas`, `3 g of caffeine`. The index of the number's first word. What was taken over
/// weeks is none. Linear in the text.
std::optional<std::size_t> find_overdose(const folded_text& words);

}  // namespace genesis::coach
