#pragma once

#include "domain/key_pattern.hpp"

#include <string_view>

namespace genesis {

/// Reads a pattern as `key_pattern::parse` does, of those that some person's key (`user:` and the id) matches.
/// `invalid_argument` for what speaks of other kinds of keys, which there are none of, and for an e-mail address in an
/// id's place; the detail completes "the pattern ...".
result<key_pattern> parse_people_pattern(std::string_view text);

}  // namespace genesis
