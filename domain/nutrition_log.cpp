#include "domain/nutrition_log.hpp"

#include <algorithm>

namespace genesis {

calendar_day day_numbered(std::int64_t number) noexcept {
  using namespace std::chrono;
  constexpr auto first = day_number(year{1} / January / 1);
  constexpr auto last = day_number(year{9'999} / December / 31);
  return calendar_day{sys_days{days{std::clamp(number, first, last)}}};
}

void apply(const nutrition_log_patch& patch, nutrition_log& what) {
  assign(patch.log_date, what.log_date);
  assign(patch.meal, what.meal);
  assign(patch.description, what.description);
  assign(patch.energy_kcal, what.energy_kcal);
  assign(patch.protein_g, what.protein_g);
  assign(patch.carbs_g, what.carbs_g);
  assign(patch.fat_g, what.fat_g);
  assign(patch.fibre_g, what.fibre_g);
  assign(patch.note, what.note);
}

}  // namespace genesis
