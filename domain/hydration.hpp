#pragma once

#include "domain/artifact.hpp"
#include "domain/body.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <optional>

namespace genesis {

/// What a body needs water for beside itself.
enum class maternity : std::uint8_t { none, pregnancy, lactation };

inline constexpr double water_share_from_drinks = 0.8;  ///< The rest comes with food.

/// Adequate intake of total water, food included, in litres a day for temperate climate and moderate activity: 2.5 for
/// men and 2.0 for women from 14 years on, 2.1 and 1.9 below; 0.3 more in pregnancy, 0.7 more in lactation (EFSA 2010,
/// EFSA Journal 8(3):1459). Sweat of training comes on top.
double total_water_litres(
  reference_sex sex, maternity state = maternity::none, std::optional<int> age_years = {}) noexcept;

/// Total water of a person, who states pregnancy or lactation among the medical conditions. Needs `sex`; the age counts
/// when it is known.
from_profile<water_target> water_target_of(const user& person, calendar_day today);

/// The publication of the intake.
artifact_source water_source();

}  // namespace genesis
