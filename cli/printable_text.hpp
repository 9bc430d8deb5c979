#pragma once

#include <string>
#include <string_view>

namespace genesis::cli {

/// The text without what could steer a terminal or disguise what it shows: C0 and C1 controls but for line feed and
/// tab, DEL, the marks that turn the direction of writing, and bytes that are no UTF-8.
std::string printable(std::string_view text);

/// Columns that a printable line takes, counted as one per code point.
std::size_t column_count(std::string_view text) noexcept;

}  // namespace genesis::cli
