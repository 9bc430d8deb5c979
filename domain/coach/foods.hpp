#pragma once

#include "domain/coach/wording.hpp"
#include "domain/user.hpp"

#include <string>
#include <vector>

namespace genesis::coach {

/// Up to three everyday portions with 25 to 30 g of protein that fit the person's dietary restrictions and allergies.
std::vector<std::string> protein_portions(const user& person, const wording& words);

}  // namespace genesis::coach
