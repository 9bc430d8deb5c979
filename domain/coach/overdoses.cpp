#include "domain/coach/overdoses.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace genesis::coach {

namespace {

using word_list = std::span<const std::string_view>;

constexpr double pills_min = 10;          // of any kind at once; 8 of paracetamol are the most of a day
constexpr double caffeine_grams_min = 1;  // from 1.2 g at once on seizures are reported (FDA); 0.4 g are fine for a day

constexpr auto takings = std::to_array<std::string_view>({"took", "taken", "swallowed", "swallow", "ate", "eaten",
  "popped", "had", "drank", "drunk", "downed", "tome", "tomado", "trague", "tragado", "comi", "comido", "ingeri",
  "ingerido", "bebi", "bebido", "tomo", "trago", "metido"});
constexpr auto pills = std::to_array<std::string_view>({"pill", "pills", "pils", "tablet", "tablets", "capsules",
  "caps", "paracetamol", "paracetamols", "acetaminophen", "ibuprofen", "ibuprofens", "aspirin", "aspirins",
  "painkillers", "sleeping", "tylenol", "pastillas", "pildoras", "comprimidos", "capsulas", "paracetamoles",
  "somniferos", "aspirinas", "ibuprofenos", "tranquilizantes", "ansioliticos"});
constexpr auto stimulating_drinks = std::to_array<std::string_view>(
  {"espressos", "coffees", "cafes", "energeticas", "energetics", "monsters", "redbulls"});
constexpr auto caffeine = std::to_array<std::string_view>({"caffeine", "cafeina"});
constexpr auto long_times = std::to_array<std::string_view>({"week", "weeks", "month", "months", "year", "semana",
  "semanas", "mes", "meses", "ano", "total", "far", "total", "ya", "creatine", "creatina", "omega", "fish", "bcaa"});

/// One of the words stands in the same clause, up to `distance` words before `begin` or from `end` on.
bool stands_before(const folded_text& words, std::size_t begin, std::size_t distance, word_list any) {
  for (std::size_t back = 1; back <= distance && back <= begin && !words[begin - back + 1].begins_clause; ++back)
    if (std::ranges::find(any, words[begin - back].text) != any.end())
      return true;
  return false;
}
bool stands_after(const folded_text& words, std::size_t end, std::size_t distance, word_list any) {
  for (auto at = end; at < words.size() && at < end + distance && !words[at].begins_clause; ++at)
    if (std::ranges::find(any, words[at].text) != any.end())
      return true;
  return false;
}

bool is_overdose(const folded_text& words, const quantity& number) {
  constexpr std::size_t verb_distance = 4;
  constexpr std::size_t noun_distance = 4;
  if (!stands_before(words, number.begin, verb_distance, takings) || stands_after(words, number.end, 8, long_times))
    return false;
  const auto names = [&](word_list any) { return stands_after(words, number.end, noun_distance, any); };
  if (number.unit == unit::grams)
    return number.value >= caffeine_grams_min && names(caffeine);
  const bool is_energy_drink =
    names(std::to_array<std::string_view>({"energy"})) && names(std::to_array<std::string_view>({"drinks", "shots"}));
  return number.unit == unit::none && number.value >= pills_min &&
         (names(pills) || names(stimulating_drinks) || is_energy_drink);
}

}  // namespace

std::optional<std::size_t> find_overdose(const folded_text& words) {
  for (const auto& number : read_quantities(words))
    if (is_overdose(words, number))
      return number.begin;
  return std::nullopt;
}

}  // namespace genesis::coach
