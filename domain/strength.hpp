#pragma once

#include "domain/artifact.hpp"
#include "domain/error.hpp"
#include "domain/range.hpp"
#include "domain/text_enum.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace genesis {

/// How a one-rep maximum is estimated from a set. The names are what `estimates[].formula` shows.
enum class one_rep_max_formula : std::uint8_t { epley, brzycki, lombardi, mayhew, oconner, wathan, lander };
template <>
inline constexpr auto enum_names<one_rep_max_formula> =
  std::to_array<std::pair<one_rep_max_formula, std::string_view>>({{one_rep_max_formula::epley, "epley"},
    {one_rep_max_formula::brzycki, "brzycki"}, {one_rep_max_formula::lombardi, "lombardi"},
    {one_rep_max_formula::mayhew, "mayhew"}, {one_rep_max_formula::oconner, "oconner"},
    {one_rep_max_formula::wathan, "wathan"}, {one_rep_max_formula::lander, "lander"}});

inline constexpr range lifted_weight_kg_range{0.5, 1000};
inline constexpr int repetitions_max = 36;  ///< Brzycki's formula has its pole at 37.
inline constexpr int repetitions_in_reserve_max = 10;
inline constexpr int repetitions_reliable_max = 12;  ///< Beyond, the formulas part company: tell people so.

/// Longest set that a maximum is told from. It tests stamina rather than strength: at 20 repetitions the formulas run
/// from 1.35 to 2.12 times the weight, and behind it Brzycki's and Lander's run away towards their poles (36
/// repetitions would give 36 times the weight).
inline constexpr int repetitions_told_max = 20;

static_assert(repetitions_reliable_max < repetitions_told_max && repetitions_told_max <= repetitions_max);

/// Title and publication of a formula.
artifact_source source_of(one_rep_max_formula formula);

/// The weight one could lift once, in kg, unrounded. A single repetition is its own maximum by every formula. Nothing
/// below one repetition, and beyond the formula's pole (Brzycki from 37, Lander from 38 repetitions).
std::optional<double> estimate_one_rep_max_kg(one_rep_max_formula formula, double weight_kg, int repetitions) noexcept;

/// All estimates of one set, Epley's as the answer. Repetitions that were left in reserve count as done.
/// `errc::invalid_argument` when the weight, the reserve or the repetitions (with the reserve at most
/// `repetitions_max`) are out of range.
result<one_rep_max> one_rep_max_of(double weight_kg, int repetitions, int in_reserve = 0);

}  // namespace genesis
