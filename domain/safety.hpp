#pragma once

#include "domain/artifact.hpp"
#include "domain/text_enum.hpp"
#include "domain/user.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis {

/// Why the coach refuses or sends somebody to a doctor. The names are what `safety_notice.kind` shows.
enum class safety_kind : std::uint8_t {
  emergency,
  eating_disorder,
  pregnancy,
  lactation,
  underage,
  underweight,
  below_energy_floor,
  rapid_weight_loss,
  diabetes,
  kidney_disease,
  prolonged_fast,
  unsafe_substance,
  excess_water,
  excess_training,
};
template <>
inline constexpr auto enum_names<safety_kind> = std::to_array<std::pair<safety_kind, std::string_view>>(
  {{safety_kind::emergency, "emergency"}, {safety_kind::eating_disorder, "eating_disorder"},
    {safety_kind::pregnancy, "pregnancy"}, {safety_kind::lactation, "lactation"}, {safety_kind::underage, "underage"},
    {safety_kind::underweight, "underweight"}, {safety_kind::below_energy_floor, "below_energy_floor"},
    {safety_kind::rapid_weight_loss, "rapid_weight_loss"}, {safety_kind::diabetes, "diabetes"},
    {safety_kind::kidney_disease, "kidney_disease"}, {safety_kind::prolonged_fast, "prolonged_fast"},
    {safety_kind::unsafe_substance, "unsafe_substance"}, {safety_kind::excess_water, "excess_water"},
    {safety_kind::excess_training, "excess_training"}});

inline constexpr int deficit_age_years_min = 18;
inline constexpr double deficit_bmi_min = 18.5;  ///< Where WHO's underweight ends.

/// The artifact that tells a kind.
safety_notice notice_of(safety_kind kind);

/// Every reason not to plan an energy deficit for a person, the gravest first: a stated eating disorder, pregnancy or
/// lactation, an age below 18, a body mass index below 18.5, diabetes treated with insulin. What the profile does not
/// say is no reason.
std::vector<safety_kind> deficit_refusals(const user& person, calendar_day today);

/// Conditions with which a plan stands but a doctor has to look at it first: diabetes, whose medicines follow what one
/// eats, and kidney disease, which decides how much protein one may have.
std::vector<safety_kind> plan_cautions(const user& person);

/// True when a weight at a height is one that nobody should aim for: a body mass index below 18.5. Without a height it
/// is judged for somebody of `aim_height_cm_min`.
bool is_unsafe_aim(double weight_kg, std::optional<double> height_cm) noexcept;
inline constexpr double aim_height_cm_min = 147;  ///< Hardly any adult is shorter.

/// Longest fast, in days, that is told how to do; what is longer is a doctor's.
inline constexpr double fast_days_max = 1.5;

/// Most that is told to drink without a doctor. Kidneys pass 0.7 to 1 litre an hour (EFSA 2010, EFSA Journal
/// 8(3):1459); what comes faster thins the sodium of the blood. Long hot work may take 6 litres of a day, nothing
/// planned takes more.
inline constexpr double drink_litres_per_day_max = 6;
inline constexpr double drink_litres_per_hour_max = 1;

/// Most hours of training for every day that are planned: 28 a week is what professionals of endurance reach after
/// years.
inline constexpr double training_hours_per_day_max = 4;

/// How a change of weight compares with what a body bears.
enum class change_pace : std::uint8_t { steady, fast, too_fast };

/// Losing up to 1.0 % of the body weight a week is steady, over 1.5 % too fast; gaining up to 0.25 % is steady, over
/// 0.5 % too fast (it is fat then). `weight_kg` is positive.
change_pace pace_of(double change_kg_per_week, double weight_kg) noexcept;

/// The fastest gain that is planned, 0.5 % of the body weight a week.
double gain_kg_per_week_max(double weight_kg) noexcept;

/// `rapid_weight_loss` for a loss that is too fast; nothing for a gain.
std::optional<safety_kind> pace_notice(double change_kg_per_week, double weight_kg) noexcept;

/// `below_energy_floor` when the target is not the energy that was asked for, because that was below the floor or, for
/// somebody who uses less than the floor, below maintenance.
std::optional<safety_kind> request_notice(const energy_target& target) noexcept;

}  // namespace genesis
