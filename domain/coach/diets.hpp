#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/wording.hpp"
#include "domain/text_enum.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::coach {

/// A way of eating, or a food that somebody leaves out.
enum class diet_term : std::uint8_t {
  vegan,
  vegetarian,
  pescatarian,
  meat,
  poultry,
  pork,
  beef,
  fish,
  shellfish,
  dairy,
  eggs,
  gluten,
  soy,
  legumes,
  lentils,
  chickpeas,
  peas,
  peanuts,
  nuts,
  sesame,
};

}  // namespace genesis::coach

namespace genesis {

/// The names are words of a profile's `dietary_restrictions` and `allergies`.
template <>
inline constexpr auto enum_names<coach::diet_term> =
  std::to_array<std::pair<coach::diet_term, std::string_view>>({{coach::diet_term::vegan, "vegan"},
    {coach::diet_term::vegetarian, "vegetarian"}, {coach::diet_term::pescatarian, "pescatarian"},
    {coach::diet_term::meat, "meat"}, {coach::diet_term::poultry, "poultry"}, {coach::diet_term::pork, "pork"},
    {coach::diet_term::beef, "beef"}, {coach::diet_term::fish, "fish"}, {coach::diet_term::shellfish, "shellfish"},
    {coach::diet_term::dairy, "dairy"}, {coach::diet_term::eggs, "eggs"}, {coach::diet_term::gluten, "gluten"},
    {coach::diet_term::soy, "soy"}, {coach::diet_term::legumes, "legumes"}, {coach::diet_term::lentils, "lentils"},
    {coach::diet_term::chickpeas, "chickpeas"}, {coach::diet_term::peas, "peas"},
    {coach::diet_term::peanuts, "peanuts"}, {coach::diet_term::nuts, "nuts"}, {coach::diet_term::sesame, "sesame"}});

}  // namespace genesis

namespace genesis::coach {

/// What a question tells of the person's diet. A term is in one list at most, and once.
struct told_diet {
  std::vector<diet_term> restrictions;  ///< `vegan`, `no dairy`.
  std::vector<diet_term> allergies;     ///< Intolerances too.
  std::vector<diet_term> taken_back;    ///< `I'm not vegan`, `not allergic to soy`.

  [[nodiscard]] bool any() const noexcept { return !restrictions.empty() || !allergies.empty(); }
};

/// Reads ways of eating, foods left out (`no dairy`, `no como huevos`, `gluten-free`) and allergies (`allergic to soy
/// and nuts`, `intolerante a la lactosa`). A food that is only named is none of them.
told_diet read_diet(const folded_text& words);

/// What holds after `later`: all of `earlier` that it does not take back, and what it adds. An allergy outweighs a
/// restriction.
told_diet merged(const told_diet& earlier, const told_diet& later);

/// Removes from `diet` what `other` tells too.
void forget(told_diet& diet, const told_diet& other);

/// Every term in words: "vegan", "no dairy", "allergic to soy".
std::vector<std::string> diet_in_words(const wording& words, const told_diet& diet);

}  // namespace genesis::coach
