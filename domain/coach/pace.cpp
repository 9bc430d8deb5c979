#include "domain/coach/pace.hpp"

#include "domain/coach/periods.hpp"
#include "domain/safety.hpp"

#include <algorithm>

namespace genesis::coach {

std::optional<double> wanted_pace(const composer& answer) {
  const auto& said = answer.said();
  if (said.intake_kcal)
    return std::nullopt;
  if (said.pace_kg_per_week)
    return answer.person().goal == goal::gain_muscle ? *said.pace_kg_per_week : -*said.pace_kg_per_week;
  if (said.change_kg && said.change_days && *said.change_days >= days_per_week)
    return *said.change_kg / *said.change_days * days_per_week;
  return std::nullopt;
}

std::optional<double> planned_pace(const composer& answer) {
  const auto wanted = wanted_pace(answer);
  const auto& weight = answer.person().weight_kg;
  return wanted && weight ? std::min(*wanted, gain_kg_per_week_max(weight->value)) : wanted;
}

}  // namespace genesis::coach
