#include "domain/macros.hpp"

#include <algorithm>
#include <cmath>

namespace genesis {

namespace {

// Whole grams of a minimum are rounded up, so that it is reached.

double protein_min_g(double weight_kg) noexcept {
  return std::ceil(protein_g_per_kg_min * weight_kg);
}

double fat_min_g(double weight_kg) noexcept {
  return std::ceil(fat_g_per_kg_min * weight_kg);
}

double energy_of(double protein_g, double carbs_g, double fat_g) noexcept {
  return protein_g * protein_kcal_per_g + carbs_g * carbs_kcal_per_g + fat_g * fat_kcal_per_g;
}

/// Grams of protein and fat; carbohydrate is what they leave.
struct building_blocks {
  double protein_g;
  double fat_g;
};

/// Makes room for the least carbohydrate: fat gives first, then protein. Requires that the energy has a plan.
building_blocks shrunk(building_blocks wanted, double kcal, double weight_kg) noexcept {
  const double room = kcal - carbs_g_min * carbs_kcal_per_g;
  if (energy_of(wanted.protein_g, 0, wanted.fat_g) <= room)
    return wanted;
  const double fat_left = std::floor((room - wanted.protein_g * protein_kcal_per_g) / fat_kcal_per_g);
  const double fat = std::min(wanted.fat_g, std::max(fat_left, fat_min_g(weight_kg)));
  const double protein_left = std::floor((room - fat * fat_kcal_per_g) / protein_kcal_per_g);
  return {.protein_g = std::min(wanted.protein_g, protein_left), .fat_g = fat};
}

/// Cuts whole grams into whole parts: each meal ends where the rounded running total is, so the parts add up to the
/// day.
class gram_splitter {
public:
  explicit gram_splitter(double day_g) : day_g_(day_g) {}

  double take_up_to(double share_so_far) noexcept {
    const double total = std::round(day_g_ * share_so_far);
    const double part = total - taken_g_;
    taken_g_ = total;
    return part;
  }

private:
  double day_g_;
  double taken_g_ = 0;
};

std::vector<meal_share> split(const macro_targets& day, int meals_per_day) {
  const auto shares = meal_shares(meals_per_day);
  gram_splitter protein{day.protein_g};
  gram_splitter carbs{day.carbs_g};
  gram_splitter fat{day.fat_g};
  std::vector<meal_share> meals;
  meals.reserve(shares.size());
  double share_so_far = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    share_so_far += shares[i];
    meal_share meal{.meal = static_cast<int>(i + 1),
      .protein_g = protein.take_up_to(share_so_far),
      .carbs_g = carbs.take_up_to(share_so_far),
      .fat_g = fat.take_up_to(share_so_far)};
    meal.kcal = energy_of(meal.protein_g, meal.carbs_g, meal.fat_g);
    meals.push_back(meal);
  }
  return meals;
}

}  // namespace

double protein_g_per_kg(goal aim) noexcept {
  switch (aim) {
  case goal::lose_weight: return 2.2;
  case goal::maintain: return 1.8;
  case goal::gain_muscle: return 2.0;
  case goal::recomposition: return 2.0;
  case goal::performance: return 1.8;
  }
  return 1.8;
}

artifact_source protein_source() {
  return {artifact_source::kind_type::publication, "Protein for training adults",
    "Morton et al. 2018, Br J Sports Med 52:376-384"};
}

double fibre_target_g(double kcal) noexcept {
  return std::min(fibre_g_max, std::round(kcal / 1000 * fibre_g_per_1000_kcal));
}

double smallest_feasible_kcal(double weight_kg) noexcept {
  return energy_of(protein_min_g(weight_kg), carbs_g_min, fat_min_g(weight_kg));
}

std::expected<macro_targets, infeasible_macros> macro_targets_for(
  double target_kcal, double weight_kg, goal aim, int meals_per_day) {
  const double smallest = smallest_feasible_kcal(weight_kg);
  if (!(target_kcal >= smallest))  // NaN has no plan either
    return std::unexpected(infeasible_macros{smallest});

  const building_blocks wanted{.protein_g = std::round(protein_g_per_kg(aim) * weight_kg),
    .fat_g =
      std::max(std::round(target_kcal * fat_share / fat_kcal_per_g), std::ceil(fat_g_per_kg_wanted * weight_kg))};
  const auto [protein_g, fat_g] = shrunk(wanted, target_kcal, weight_kg);
  const double rest_kcal = target_kcal - energy_of(protein_g, 0, fat_g);

  macro_targets day;
  day.protein_g = protein_g;
  day.carbs_g = std::round(rest_kcal / carbs_kcal_per_g);
  day.fat_g = fat_g;
  day.fibre_g = fibre_target_g(target_kcal);
  day.kcal = energy_of(day.protein_g, day.carbs_g, day.fat_g);
  day.per_meal = split(day, meals_per_day);
  return day;
}

std::vector<double> meal_shares(int meals_per_day) {
  const int meals = std::clamp(meals_per_day, 1, 8);
  switch (meals) {
  case 3: return {0.30, 0.40, 0.30};
  case 4: return {0.25, 0.30, 0.20, 0.25};
  case 5: return {0.20, 0.10, 0.25, 0.20, 0.25};
  case 6: return {0.18, 0.10, 0.22, 0.10, 0.22, 0.18};
  default: return std::vector<double>(static_cast<std::size_t>(meals), 1.0 / meals);
  }
}

}  // namespace genesis
