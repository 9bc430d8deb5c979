#pragma once

#include "domain/time.hpp"
#include "domain/validation.hpp"

#include <cstddef>
#include <optional>

/// What workout plans and nutrition plans have in common.
namespace genesis {

inline constexpr std::size_t plan_name_length_max = 120;       ///< Code points.
inline constexpr std::size_t plan_part_name_length_max = 80;   ///< Of a training day or a meal; code points.
inline constexpr std::size_t plan_notes_length_max = 2'000;    ///< Code points.
inline constexpr std::size_t plan_part_note_length_max = 500;  ///< Of an exercise or a meal; code points.

/// Bytes of a plan's days or meals as JSON: 14 days of 30 exercises with a word or two about each. A page of a hundred
/// plans is some 6 MB at worst.
inline constexpr std::size_t plan_parts_bytes_max = 65'536;

/// Plans of one kind that a person may have: years of them, and still few enough for any list to be read as a whole.
inline constexpr std::int64_t plans_per_user_max = 200;

/// A kind of plan. A person has at most one that is active.
template <class T>
concept plan = requires(T each) {
  each.is_active;
  each.starts_on;
  each.ends_on;
};

/// `range`, of `ends_on`, for a plan that ends before it starts.
field_errors period_faults(std::optional<calendar_day> starts_on, std::optional<calendar_day> ends_on);

}  // namespace genesis
