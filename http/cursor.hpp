#pragma once

#include "domain/page.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::http {

/// The lists that are read page by page. A cursor of one means nothing in another.
enum class list_kind : std::uint8_t {
  conversations,
  messages,
  progress,
  api_keys,
  sessions,
  workout_plans,
  nutrition_plans,
  nutrition_logs,
  found_messages,
};

/// The opaque text under which a client asks for the page behind a position: 36 characters that need no escaping in a
/// query.
std::string to_cursor(list_kind list, const list_position& position);

/// Reads what `to_cursor` wrote for the same list. Nothing for anything else: cursors carry a checksum, so that a
/// mangled one is refused rather than shown as some other page. (It is no secret and no proof: a person's lists hold
/// nothing but their own.)
std::optional<list_position> parse_cursor(list_kind list, std::string_view text) noexcept;

}  // namespace genesis::http
