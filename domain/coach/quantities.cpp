#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace genesis::coach {

namespace {

constexpr auto number_words =
  std::to_array<std::pair<std::string_view, int>>({{"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6},
    {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"dos", 2}, {"tres", 3},
    {"cuatro", 4}, {"cinco", 5}, {"seis", 6}, {"siete", 7}, {"ocho", 8}, {"nueve", 9}, {"diez", 10}, {"doce", 12}});

constexpr double cm_per_metre = 100;
constexpr double kg_per_stone = 14 * kg_per_pound;

/// A unit's spellings, and what one of it is in the unit that quantities are kept in.
struct unit_word {
  std::string_view text;
  unit kind;
  double factor = 1;
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
  {"lb", unit::kilograms, kg_per_pound},
  {"lbs", unit::kilograms, kg_per_pound},
  {"pound", unit::kilograms, kg_per_pound},
  {"pounds", unit::kilograms, kg_per_pound},
  {"libra", unit::kilograms, kg_per_pound},
  {"libras", unit::kilograms, kg_per_pound},
  {"stone", unit::kilograms, kg_per_stone},
  {"cm", unit::centimetres},
  {"centimetros", unit::centimetres},
  {"centimeters", unit::centimetres},
  {"centimetres", unit::centimetres},
  {"m", unit::centimetres, cm_per_metre},
  {"metro", unit::centimetres, cm_per_metre},
  {"metros", unit::centimetres, cm_per_metre},
  {"meters", unit::centimetres, cm_per_metre},
  {"metres", unit::centimetres, cm_per_metre},
  {"ft", unit::centimetres, cm_per_foot},
  {"feet", unit::centimetres, cm_per_foot},
  {"foot", unit::centimetres, cm_per_foot},
  {"pies", unit::centimetres, cm_per_foot},
  {"in", unit::centimetres, cm_per_inch},
  {"inch", unit::centimetres, cm_per_inch},
  {"inches", unit::centimetres, cm_per_inch},
  {"pulgadas", unit::centimetres, cm_per_inch},
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

/// "5 ft 11", "5 feet 11 inches" and "1 m 80": adds the smaller unit to the greater.
void add_smaller_unit(const folded_text& words, quantity& height, double count_max, double cm_each) {
  if (height.end >= words.size())
    return;
  const auto smaller = number_of(words[height.end].text);
  if (!smaller || *smaller >= count_max)
    return;
  height.value += *smaller * cm_each;
  ++height.end;
  if (height.end < words.size())
    if (const auto* next = unit_word_of(words[height.end].text); next != nullptr && next->factor == cm_each)
      ++height.end;
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
  number.unit = found->kind;
  number.value *= found->factor;
  ++number.end;
  if (found->factor == cm_per_foot)
    add_smaller_unit(words, number, 12, cm_per_inch);
  else if (found->factor == cm_per_metre)
    add_smaller_unit(words, number, 100, 1);
}

}  // namespace

std::optional<double> number_of(std::string_view word) {
  if (word.empty())
    return std::nullopt;
  if (word.front() < '0' || word.front() > '9') {
    const auto* found = std::ranges::find(number_words, word, &std::pair<std::string_view, int>::first);
    return found == number_words.end() ? std::nullopt : std::optional<double>{found->second};
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
    const auto value = number_of(words[at].text);
    if (!value)
      continue;
    quantity number{words[at].is_negative ? -*value : *value, unit::none, at, at + 1};
    add_unit(words, number);
    at = number.end - 1;
    found.push_back(number);
  }
  return found;
}

}  // namespace genesis::coach
