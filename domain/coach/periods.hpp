#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/time.hpp"

#include <optional>

namespace genesis::coach {

inline constexpr double days_per_week = 7;
inline constexpr double days_per_month = 30.4;
inline constexpr double minutes_per_hour = 60;

/// How long a text gives itself, in days: `in 3 weeks`, `in a month`, `per week`, and where `today` is known also a
/// date (`by christmas`, `antes del 15 de junio`, `by friday`). How often somebody trains (`4 days a week`) is no such
/// period. A month without a day means its first.
std::optional<double> period_days(const folded_text& words, std::optional<calendar_day> today);

/// The longest time that a text names, in days, hours counted too; again without `4 days a week`.
std::optional<double> longest_period_days(const folded_text& words);

}  // namespace genesis::coach
