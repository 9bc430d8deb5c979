#pragma once

#include "domain/coach/wording.hpp"
#include "domain/user.hpp"

#include <string>

namespace genesis::coach {

/// A goal as the object of a sentence: "losing weight", "perder peso".
std::string goal_in_words(const wording& words, goal which);

}  // namespace genesis::coach
