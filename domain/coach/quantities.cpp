#include "domain/coach/quantities.hpp"

#include "domain/coach/denials.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <string>
#include <utility>

namespace genesis::coach {

namespace {

using number_word = std::pair<std::string_view, int>;
constexpr auto number_words = std::to_array<number_word>(
  {{"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10},
    {"eleven", 11}, {"twelve", 12}, {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16},
    {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"dos", 2}, {"tres", 3}, {"cuatro", 4}, {"cinco", 5},
    {"seis", 6}, {"siete", 7}, {"ocho", 8}, {"nueve", 9}, {"diez", 10}, {"doce", 12}, {"trece", 13}, {"catorce", 14},
    {"quince", 15}, {"dieciseis", 16}, {"diecisiete", 17}, {"dieciocho", 18}, {"diecinueve", 19}, {"veintiuno", 21},
    {"veintiuna", 21}, {"veintidos", 22}, {"veintitres", 23}, {"veinticuatro", 24}, {"veinticinco", 25},
    {"veintiseis", 26}, {"veintisiete", 27}, {"veintiocho", 28}, {"veintinueve", 29}, {"cien", 100}});
constexpr auto tens_words = std::to_array<number_word>({{"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50},
  {"sixty", 60}, {"seventy", 70}, {"eighty", 80}, {"ninety", 90}, {"veinte", 20}, {"treinta", 30}, {"cuarenta", 40},
  {"cincuenta", 50}, {"sesenta", 60}, {"setenta", 70}, {"ochenta", 80}, {"noventa", 90}});

std::optional<double> value_in(std::span<const number_word> table, std::string_view word) {
  const auto found = std::ranges::find(table, word, &number_word::first);
  return found == table.end() ? std::nullopt : std::optional<double>{found->second};
}

constexpr double cm_per_metre = 100;
constexpr double kg_per_stone = 14 * kg_per_pound;

/// A unit's spellings, and what one of it is in the unit that quantities are kept in.
struct unit_word {
  std::string_view text;
  unit kind;
  double factor = 1;
  unit_system system = unit_system::metric;
};
constexpr auto unit_words = std::to_array<unit_word>({
  {"kg", unit::kilograms},
  {"kgs", unit::kilograms},
  {"kilo", unit::kilograms},
  {"kilos", unit::kilograms},
  {"kilogram", unit::kilograms},
  {"kilograms", unit::kilograms},
  {"kilogramo", unit::kilograms},
  {"kilogramos", unit::kilograms},
  {"lb", unit::kilograms, kg_per_pound, unit_system::imperial},
  {"lbs", unit::kilograms, kg_per_pound, unit_system::imperial},
  {"pound", unit::kilograms, kg_per_pound, unit_system::imperial},
  {"pounds", unit::kilograms, kg_per_pound, unit_system::imperial},
  {"libra", unit::kilograms, kg_per_pound, unit_system::imperial},
  {"libras", unit::kilograms, kg_per_pound, unit_system::imperial},
  {"stone", unit::kilograms, kg_per_stone, unit_system::imperial},
  {"cm", unit::centimetres},
  {"centimetros", unit::centimetres},
  {"centimeters", unit::centimetres},
  {"centimetres", unit::centimetres},
  {"m", unit::centimetres, cm_per_metre},
  {"metro", unit::centimetres, cm_per_metre},
  {"metros", unit::centimetres, cm_per_metre},
  {"meters", unit::centimetres, cm_per_metre},
  {"metres", unit::centimetres, cm_per_metre},
  {"ft", unit::centimetres, cm_per_foot, unit_system::imperial},
  {"feet", unit::centimetres, cm_per_foot, unit_system::imperial},
  {"foot", unit::centimetres, cm_per_foot, unit_system::imperial},
  {"pies", unit::centimetres, cm_per_foot, unit_system::imperial},
  {"in", unit::centimetres, cm_per_inch, unit_system::imperial},
  {"inch", unit::centimetres, cm_per_inch, unit_system::imperial},
  {"inches", unit::centimetres, cm_per_inch, unit_system::imperial},
  {"pulgadas", unit::centimetres, cm_per_inch, unit_system::imperial},
  {"kcal", unit::kilocalories},
  {"kcals", unit::kilocalories},
  {"cal", unit::kilocalories},
  {"cals", unit::kilocalories},
  {"calories", unit::kilocalories},
  {"calorias", unit::kilocalories},
  {"kilocalorias", unit::kilocalories},
  {"kilocalories", unit::kilocalories},
  {"%", unit::percent},
  {"percent", unit::percent},
  {"porciento", unit::percent},
  {"years", unit::years},
  {"year", unit::years},
  {"yo", unit::years},
  {"yrs", unit::years},
  {"anos", unit::years},
  {"months", unit::months},
  {"month", unit::months},
  {"mes", unit::months},
  {"meses", unit::months},
  {"weeks", unit::weeks},
  {"week", unit::weeks},
  {"semana", unit::weeks},
  {"semanas", unit::weeks},
  {"days", unit::days},
  {"day", unit::days},
  {"dias", unit::days},
  {"dia", unit::days},
  {"h", unit::hours},
  {"hr", unit::hours},
  {"hrs", unit::hours},
  {"hours", unit::hours},
  {"hour", unit::hours},
  {"horas", unit::hours},
  {"hora", unit::hours},
  {"bpm", unit::beats},
  {"lpm", unit::beats},
  {"ppm", unit::beats},
  {"beats", unit::beats},
  {"pulsaciones", unit::beats},
  {"latidos", unit::beats},
  {"rep", unit::repetitions},
  {"reps", unit::repetitions},
  {"repetition", unit::repetitions},
  {"repetitions", unit::repetitions},
  {"repeticion", unit::repetitions},
  {"repeticiones", unit::repetitions},
  {"repes", unit::repetitions},
  {"sets", unit::sets},
  {"set", unit::sets},
  {"series", unit::sets},
  {"serie", unit::sets},
  {"times", unit::times},
  {"veces", unit::times},
  {"meals", unit::meals},
  {"comidas", unit::meals},
  {"l", unit::litres},
  {"litre", unit::litres},
  {"litres", unit::litres},
  {"liter", unit::litres},
  {"liters", unit::litres},
  {"litro", unit::litres},
  {"litros", unit::litres},
  {"gallon", unit::litres, litres_per_us_gallon},
  {"gallons", unit::litres, litres_per_us_gallon},
  {"galon", unit::litres, litres_per_us_gallon},
  {"galones", unit::litres, litres_per_us_gallon},
  {"oz", unit::litres, litres_per_us_fluid_ounce},
  {"ounces", unit::litres, litres_per_us_fluid_ounce},
  {"glass", unit::litres, litres_per_glass},
  {"glasses", unit::litres, litres_per_glass},
  {"cups", unit::litres, litres_per_glass},
  {"vaso", unit::litres, litres_per_glass},
  {"vasos", unit::litres, litres_per_glass},
  {"g", unit::grams},
  {"gram", unit::grams},
  {"grams", unit::grams},
  {"gramo", unit::grams},
  {"gramos", unit::grams},
  {"mg", unit::grams, 0.001},
  {"milligrams", unit::grams, 0.001},
  {"miligramos", unit::grams, 0.001},
});

const unit_word* unit_word_of(std::string_view text) {
  const auto found = std::ranges::find(unit_words, text, &unit_word::text);
  return found == unit_words.end() ? nullptr : &*found;
}

/// `82,5` and `82.5` as `82.5`; `1.850`, `1,850` and `1,850.5` without their thousands marks.
std::string plain_decimal(std::string_view word) {
  const auto last = word.find_last_of(".,");
  if (last == std::string_view::npos)
    return std::string{word};
  const bool is_only = word.find_first_of(".,") == last;
  const bool is_thousands = word.size() - last == 4 && last >= 1 && last <= 3 && word.front() != '0';
  std::string digits;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (word[i] != '.' && word[i] != ',')
      digits += word[i];
    else if (i == last && !(is_only && is_thousands))
      digits += '.';
  return digits;
}

/// "5 ft 11", "5 feet 11 inches" and "1 m 80": adds the smaller unit to the greater. Not what has a unit of its own: "1
/// m, 80 kg".
void add_smaller_unit(const folded_text& words, quantity& height, double count_max, double cm_each) {
  if (height.end >= words.size())
    return;
  const auto smaller = number_of(words[height.end].text);
  const auto* own = height.end + 1 < words.size() ? unit_word_of(words[height.end + 1].text) : nullptr;
  const bool is_in_smaller = own != nullptr && own->kind == unit::centimetres && own->factor == cm_each;
  if (!smaller || *smaller >= count_max || (own != nullptr && !is_in_smaller))
    return;
  height.value += *smaller * cm_each;
  height.end += is_in_smaller ? 2 : 1;
}

void add_unit(const folded_text& words, quantity& number) {
  auto at = number.end;
  if (at + 1 < words.size() && words[at].text == "por" && words[at + 1].text == "ciento") {
    number.unit = unit::percent;
    number.end += 2;
    return;
  }
  if (at >= words.size())
    return;
  const auto* found = unit_word_of(words[at].text);
  if (found == nullptr)
    return;
  // "in" behind a number is the preposition far more often than the unit, unless feet stand before.
  if (found->text == "in")
    return;
  const bool is_whole = number.value == std::floor(number.value);
  number.unit = found->kind;
  number.value *= found->factor;
  if (found->kind == unit::kilograms || found->kind == unit::centimetres)
    number.system = found->system;
  ++number.end;
  if (is_whole && found->factor == cm_per_foot)
    add_smaller_unit(words, number, 12, cm_per_inch);
  else if (is_whole && found->factor == cm_per_metre)
    add_smaller_unit(words, number, 100, 1);
}

/// "thirty five", "thirty-five" and "treinta y cinco": adds the units to the tens.
void add_units_digit(const folded_text& words, quantity& number) {
  if (!value_in(tens_words, words[number.begin].text))
    return;
  const auto at = number.end + (number.end < words.size() && words[number.end].text == "y" ? 1 : 0);
  const auto digit =
    at < words.size() && !words[at].begins_clause ? value_in(number_words, words[at].text) : std::nullopt;
  if (!digit || *digit > 9)
    return;
  number.value += *digit;
  number.end = at + 1;
}

/// A mass without a number: "a kilo", "half a pound", "medio kilo", "un kilo y medio".
std::optional<quantity> read_worded_mass(const folded_text& words, std::size_t begin) {
  const auto word = [&](std::size_t at) { return at < words.size() ? std::string_view{words[at].text} : ""; };
  const bool is_half = is_one_of(word(begin), {"half", "medio", "media"});
  if (!is_half && !is_one_of(word(begin), {"a", "one", "un", "una"}))
    return std::nullopt;
  const auto at = begin + (is_half && word(begin + 1) == "a" ? 2 : 1);
  const auto* found = unit_word_of(word(at));
  if (found == nullptr || found->kind != unit::kilograms || found->text.ends_with('s'))
    return std::nullopt;  // "100 kilos a libras" has no second mass
  quantity mass{is_half ? 0.5 : 1, unit::kilograms, found->system, begin, at + 1};
  if (word(at + 1) == "y" && is_one_of(word(at + 2), {"medio", "media"})) {
    mass.value += 0.5;
    mass.end = at + 3;
  } else if (word(at + 1) == "and" && word(at + 2) == "a" && word(at + 3) == "half") {
    mass.value += 0.5;
    mass.end = at + 4;
  }
  mass.value *= found->factor;
  return mass;
}

}  // namespace

std::optional<double> number_of(std::string_view word) {
  if (word.empty())
    return std::nullopt;
  if (word.front() < '0' || word.front() > '9') {
    const auto small = value_in(number_words, word);
    return small ? small : value_in(tens_words, word);
  }
  const auto text = plain_decimal(word);
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

std::vector<quantity> read_quantities(const folded_text& words) {
  std::vector<quantity> found;
  for (std::size_t at = 0; at < words.size() && found.size() < quantities_count_max; ++at) {
    if (const auto mass = read_worded_mass(words, at)) {
      at = mass->end - 1;
      found.push_back(*mass);
      continue;
    }
    const auto value = number_of(words[at].text);
    if (!value)
      continue;
    quantity number{words[at].is_negative ? -*value : *value, unit::none, {}, at, at + 1};
    add_units_digit(words, number);
    add_unit(words, number);
    at = number.end - 1;
    found.push_back(number);
  }
  return found;
}

}  // namespace genesis::coach
