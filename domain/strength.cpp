#include "domain/strength.hpp"

#include <cmath>
#include <string>

namespace genesis {

namespace {

/// Estimated maximum in multiples of the weight lifted `r` times.
double multiple(one_rep_max_formula formula, double r) noexcept {
  switch (formula) {
  case one_rep_max_formula::epley: return 1 + r / 30;
  case one_rep_max_formula::brzycki: return 36 / (37 - r);
  case one_rep_max_formula::lombardi: return std::pow(r, 0.10);
  case one_rep_max_formula::mayhew: return 100 / (52.2 + 41.9 * std::exp(-0.055 * r));
  case one_rep_max_formula::oconner: return 1 + r / 40;
  case one_rep_max_formula::wathan: return 100 / (48.8 + 53.8 * std::exp(-0.075 * r));
  case one_rep_max_formula::lander: return 100 / (101.3 - 2.67123 * r);
  }
  return 1;
}

bool is_beyond_pole(one_rep_max_formula formula, int repetitions) noexcept {
  return (formula == one_rep_max_formula::brzycki && repetitions >= 37) ||
         (formula == one_rep_max_formula::lander && repetitions >= 38);
}

}  // namespace

artifact_source source_of(one_rep_max_formula formula) {
  constexpr auto kind = artifact_source::kind_type::formula;
  switch (formula) {
  case one_rep_max_formula::epley: return {kind, "Epley", "Epley 1985, Poundage Chart, Boyd Epley Workout"};
  case one_rep_max_formula::brzycki: return {kind, "Brzycki", "Brzycki 1993, J Phys Educ Recreat Dance 64:88-90"};
  case one_rep_max_formula::lombardi: return {kind, "Lombardi", "Lombardi 1989, Beginning Weight Training"};
  case one_rep_max_formula::mayhew: return {kind, "Mayhew", "Mayhew et al. 1992, J Appl Sport Sci Res 6:200-206"};
  case one_rep_max_formula::oconner:
    return {kind, "O'Conner", "O'Conner, Simmons and O'Shea 1989, Weight Training Today"};
  case one_rep_max_formula::wathan:
    return {kind, "Wathan", "Wathan 1994, Essentials of Strength Training and Conditioning"};
  case one_rep_max_formula::lander: return {kind, "Lander", "Lander 1985, NSCA Journal 6:60-61"};
  }
  return {};
}

std::optional<double> estimate_one_rep_max_kg(one_rep_max_formula formula, double weight_kg, int repetitions) noexcept {
  if (repetitions < 1 || is_beyond_pole(formula, repetitions))
    return std::nullopt;
  if (repetitions == 1)
    return weight_kg;
  return weight_kg * multiple(formula, repetitions);
}

result<one_rep_max> one_rep_max_of(double weight_kg, int repetitions, int in_reserve) {
  if (!lifted_weight_kg_range.contains(weight_kg))
    return fail(errc::invalid_argument, "the weight must be between 0.5 and 1000 kg");
  if (in_reserve < 0 || in_reserve > repetitions_in_reserve_max)
    return fail(errc::invalid_argument, "the repetitions in reserve must be between 0 and 10");
  if (repetitions < 1 || repetitions > repetitions_max - in_reserve)
    return fail(errc::invalid_argument, "the repetitions must be between 1 and 36, those in reserve included");

  one_rep_max best;
  for (const auto& [formula, name] : enum_names<one_rep_max_formula>)
    if (const auto kg = estimate_one_rep_max_kg(formula, weight_kg, repetitions + in_reserve)) {
      best.estimates.push_back({std::string{name}, *kg});
      if (formula == one_rep_max_formula::epley)
        best.kg = *kg;
    }
  return best;
}

}  // namespace genesis
