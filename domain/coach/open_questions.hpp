#pragma once

#include "domain/coach/mentions.hpp"
#include "domain/coach/reply.hpp"
#include "domain/coach/topic.hpp"

#include <string>
#include <vector>

namespace genesis::coach {

/// What the answer on a topic asks for before it can be given, under the names of the API: fields of the profile
/// (`date_of_birth` stands for the age), or metrics for readiness. In the order in which they are asked for. `known` is
/// the person with what was said put in.
std::vector<std::string> missing_for(topic what, const user& known, const mentions& said, const turn& asked);

/// Every field of the profile that some answer needs and the person has not filled in.
std::vector<std::string> missing_in_profile(const user& known);

}  // namespace genesis::coach
