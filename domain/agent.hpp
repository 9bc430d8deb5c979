#pragma once

#include "domain/text_enum.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace genesis {

/// The coach's specialists. `nexus` reads what a person wants and hands over.
enum class agent : std::uint8_t { nexus, sage, blaze, stella, wave };
template <>
inline constexpr auto enum_names<agent> = std::to_array<std::pair<agent, std::string_view>>(
  {{agent::nexus, "nexus"},     // routing, greetings, what nobody else answers
    {agent::sage, "sage"},      // nutrition
    {agent::blaze, "blaze"},    // training
    {agent::stella, "stella"},  // progress
    {agent::wave, "wave"}});    // recovery

/// The name people see, for instance `Sage`.
constexpr std::string_view display_name(agent which) noexcept {
  switch (which) {
  case agent::nexus: return "Nexus";
  case agent::sage: return "Sage";
  case agent::blaze: return "Blaze";
  case agent::stella: return "Stella";
  case agent::wave: return "Wave";
  }
  return {};
}

}  // namespace genesis
