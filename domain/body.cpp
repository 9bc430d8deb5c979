#include "domain/body.hpp"

namespace genesis {

std::optional<reference_sex> reference_sex_of(const user& person) noexcept {
  if (person.sex == sex::male)
    return reference_sex::male;
  if (person.sex == sex::female)
    return reference_sex::female;
  return std::nullopt;
}

std::optional<int> age_of(const user& person, calendar_day today) noexcept {
  if (!person.date_of_birth)
    return std::nullopt;
  return age_in_years(*person.date_of_birth, today);
}

double body_mass_index(double weight_kg, double height_cm) noexcept {
  const double height_m = height_cm / 100;
  return weight_kg / (height_m * height_m);
}

std::optional<double> body_mass_index_of(const user& person) noexcept {
  if (!person.weight_kg || !person.height_cm)
    return std::nullopt;
  return body_mass_index(person.weight_kg->value, *person.height_cm);
}

double fat_free_mass_kg(double weight_kg, double body_fat_pct) noexcept {
  return weight_kg * (1 - body_fat_pct / 100);
}

}  // namespace genesis
