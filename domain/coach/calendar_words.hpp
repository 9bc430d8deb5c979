#pragma once

#include "domain/coach/folded_text.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace genesis::coach {

/// The month that a folded word names, in English or Spanish.
std::optional<std::chrono::month> month_of(std::string_view word) noexcept;

/// The day of the week that a folded word names, in English or Spanish.
std::optional<std::chrono::weekday> weekday_of(std::string_view word) noexcept;

/// How many different days of the week a text names, short forms (`mon`, `wed`, `mie`) included.
int weekdays_named(const folded_text& words);

/// The day of the month beside the name of a month at `at`: "15 de junio", "June 15".
std::optional<unsigned> day_beside(const folded_text& words, std::size_t at);

}  // namespace genesis::coach
