#pragma once

#include <string_view>

namespace genesis::load {

/// The characters of a string member as they stand in the JSON, escapes and all; of the first member with that name.
/// Empty when there is none. Both sides of a comparison are written by the same server: equal texts are equal here.
std::string_view raw_member(std::string_view json, std::string_view name) noexcept;

}  // namespace genesis::load
