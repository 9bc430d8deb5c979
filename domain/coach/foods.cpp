#include "domain/coach/foods.hpp"

#include "domain/coach/folded_text.hpp"

#include <algorithm>
#include <string_view>

namespace genesis::coach {

namespace {

enum class kingdom : std::uint8_t { plant, animal_product, fish, meat };

struct portion {
  phrase text;
  kingdom from;
  std::vector<std::string_view> avoided_as;  ///< Beginnings of the folded words that rule it out.
};

constexpr std::size_t portions_count_max = 3;

const std::vector<portion>& portions() {
  static const std::vector<portion> all{
    {{"120 g of chicken breast", "120 g de pechuga de pollo"}, kingdom::meat,
      {"chicken", "pollo", "poultry", "ave", "meat", "carne"}},
    {{"a tin of tuna", "una lata grande de atún"}, kingdom::fish,
      {"fish", "pescado", "tuna", "atun", "seafood", "meat", "carne"}},
    {{"250 g of Greek yoghurt", "250 g de yogur tipo skyr"}, kingdom::animal_product,
      {"milk", "lactos", "dairy", "lacteo", "leche", "lactea", "yogur", "yoghurt", "casein"}},
    {{"four eggs", "cuatro huevos"}, kingdom::animal_product, {"egg", "huevo"}},
    {{"200 g of firm tofu", "200 g de tofu firme"}, kingdom::plant, {"soy", "soja", "tofu", "legum"}},
    {{"a large plate of lentils (300 g cooked)", "un buen plato de lentejas (300 g cocidas)"}, kingdom::plant,
      {"lentil", "lentej", "legum", "pulses"}},
    {{"a large plate of chickpeas (300 g cooked)", "un buen plato de garbanzos (300 g cocidos)"}, kingdom::plant,
      {"chickpea", "garbanzo", "legum", "pulses"}},
    {{"120 g of seitan", "120 g de seitán"}, kingdom::plant,
      {"gluten", "wheat", "trigo", "celiac", "coeliac", "celiaquia", "seitan", "soy", "soja"}},
  };
  return all;
}

kingdom widest_diet(const folded_text& words) {
  auto widest = kingdom::meat;
  for (const auto& word : words) {
    if (word.text.starts_with("vegan"))
      widest = std::min(widest, kingdom::plant);
    else if (word.text.starts_with("vegetar"))
      widest = std::min(widest, kingdom::animal_product);
    else if (word.text.starts_with("pesc") && (word.text.contains("tarian") || word.text.contains("etarian")))
      widest = std::min(widest, kingdom::fish);
  }
  return widest;
}

}  // namespace

std::vector<std::string> protein_portions(const user& person, const wording& words) {
  folded_text avoided;
  for (const auto* texts : {&person.dietary_restrictions, &person.allergies})
    for (const auto& text : *texts)
      std::ranges::move(fold(text), std::back_inserter(avoided));
  const auto widest = widest_diet(avoided);
  const auto is_avoided = [&](const portion& food) {
    return std::ranges::any_of(avoided, [&](const folded_word& word) {
      return std::ranges::any_of(
        food.avoided_as, [&](std::string_view beginning) { return word.text.starts_with(beginning); });
    });
  };
  std::vector<std::string> fitting;
  for (const auto& food : portions())
    if (food.from <= widest && !is_avoided(food) && fitting.size() < portions_count_max)
      fitting.push_back(words.say(food.text));
  return fitting;
}

}  // namespace genesis::coach
