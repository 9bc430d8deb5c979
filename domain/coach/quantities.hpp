#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace genesis::coach {

inline constexpr double kg_per_pound = 0.45359237;
inline constexpr double cm_per_inch = 2.54;
inline constexpr double cm_per_foot = 30.48;
inline constexpr double litres_per_us_fluid_ounce = 0.0295735295625;
inline constexpr double litres_per_us_gallon = 128 * litres_per_us_fluid_ounce;
inline constexpr double litres_per_glass = 0.25;  ///< What a glass or a cup of a drink is taken for.

/// What the word behind a number says it counts.
enum class unit : std::uint8_t {
  none,
  kilograms,
  centimetres,
  kilocalories,
  percent,
  years,
  months,
  weeks,
  days,
  hours,
  beats,
  repetitions,
  sets,
  times,
  meals,
  litres,
  grams,
};

/// A number of a question, in SI or the unit named. Pounds are kilograms already, feet and inches centimetres, gallons
/// litres, milligrams grams.
struct quantity {
  double value = 0;
  genesis::coach::unit unit = unit::none;
  std::optional<unit_system> system = {};  ///< Of a mass or a length, as it was written.
  std::size_t begin = 0;                   ///< First word.
  std::size_t end = 0;                     ///< One past the last word, the unit included.
};

/// `82.5`, `82,5`, `1,850` and `1.850` (three digits behind a single mark are thousands), `five`, `cinco`, `veintidos`.
/// Not `one` and `once`, which are other words far more often.
std::optional<double> number_of(std::string_view word);

/// Numbers that are read from one question; no question that means its numbers has more.
inline constexpr std::size_t quantities_count_max = 64;

/// The numbers of a text in order, the first `quantities_count_max` of them. `thirty five` and `treinta y cinco` are
/// one number, and a mass may do without digits: `half a kilo`, `un kilo y medio`.
std::vector<quantity> read_quantities(const folded_text& words);

}  // namespace genesis::coach
