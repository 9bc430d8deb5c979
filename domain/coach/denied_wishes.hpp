#pragma once

#include "domain/coach/folded_text.hpp"

#include <vector>

namespace genesis::coach {

/// For each word of a text whether it is what somebody says that they do not want: `lose weight` of "I don't want to
/// lose weight, I want to gain", "en vez de perder peso", "to gain, not lose". What is only not wanted too fast or not
/// more than so much is wanted all the same.
std::vector<bool> denied_wishes(const folded_text& words);

}  // namespace genesis::coach
