#include "domain/coach/overdoses.hpp"

#include "domain/coach/periods.hpp"
#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace genesis::coach {

namespace {

using word_list = std::span<const std::string_view>;

constexpr double pills_min = 10;          // of any kind in a day; 8 of paracetamol are the most of a day
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
/// What is taken by the handful and does no harm that way.
constexpr auto harmless_supplements =
  std::to_array<std::string_view>({"creatine", "creatina", "omega", "fish", "pescado", "bcaa", "bcaas"});

/// Words that bind a time to the amount before them: "20 pills over a month", "30 pastillas al mes". "For" binds
/// nothing: "pills I saved for months".
constexpr auto spreading_words = std::to_array<std::string_view>({"a", "per", "each", "every", "in", "over", "across",
  "during", "within", "throughout", "spread", "al", "por", "cada", "en", "durante", "repartidas", "repartidos"});
/// Words that say when, not over how long. Somebody who counts coffees of "this week" drank them apart, whereas twenty
/// pills "this week" may have been one handful.
constexpr auto pointing_words =
  std::to_array<std::string_view>({"this", "these", "last", "the", "past", "esta", "este", "la", "el"});
constexpr auto spreading_words_of_drinks = [] {
  std::array<std::string_view, spreading_words.size() + pointing_words.size()> both{};
  std::ranges::copy(pointing_words, std::ranges::copy(spreading_words, both.begin()).out);
  return both;
}();
/// What may stand between a spreading word and its time: "over the course of the last few weeks".
constexpr auto words_of_spans = std::to_array<std::string_view>(
  {"a", "an", "the", "this", "these", "last", "past", "whole", "entire", "full", "couple", "few", "several", "some",
    "about", "around", "over", "in", "of", "course", "period", "my", "un", "una", "unos", "unas", "el", "la", "los",
    "las", "lo", "este", "esta", "estos", "estas", "ultimo", "ultima", "ultimos", "ultimas", "pasado", "pasada", "todo",
    "toda", "par", "varios", "varias", "largo", "transcurso", "periodo", "de", "del", "mas", "en"});
/// Behind a time, they make it a moment or a store: "a month after", "a week ago", "al mes de dejarlo", "a month's
/// worth", "por Semana Santa".
constexpr auto words_of_moments = std::to_array<std::string_view>({"ago", "after", "before", "later", "earlier", "back",
  "prior", "of", "worth", "supply", "de", "del", "despues", "antes", "atras", "santa"});

/// What may stand between the pills and their time without a meaning of its own: "in total", "so far", "ya".
constexpr auto fillers = std::to_array<std::string_view>(
  {"total", "so", "far", "altogether", "more", "or", "less", "ya", "mas", "o", "menos"});
constexpr auto complement_openers = std::to_array<std::string_view>({"of", "de", "del", "for", "para", "contra"});
/// Their time is the one of something else than the taking: "pills of mine saved over months".
constexpr auto words_of_other_deeds = std::to_array<std::string_view>({"i", "that", "which", "que", "saved", "kept",
  "collected", "hoarded", "stored", "stashed", "guardadas", "guardados", "ahorradas", "acumuladas", "juntadas"});

bool is_any(const folded_word& word, word_list any) {
  return std::ranges::find(any, word.text) != any.end();
}

bool continues_clause(const folded_text& words, std::size_t at) {
  return at < words.size() && !words[at].begins_clause;
}

/// One of the words stands in the same clause, up to `distance` words before `begin`.
bool stands_before(const folded_text& words, std::size_t begin, std::size_t distance, word_list any) {
  for (std::size_t back = 1; back <= distance && back <= begin && !words[begin - back + 1].begins_clause; ++back)
    if (is_any(words[begin - back], any))
      return true;
  return false;
}

/// One past the first of the words in the same clause, up to `distance` words from `begin` on.
std::optional<std::size_t> end_of(const folded_text& words, std::size_t begin, std::size_t distance, word_list any) {
  for (auto at = begin; at < begin + distance && continues_clause(words, at); ++at)
    if (is_any(words[at], any))
      return at + 1;
  return std::nullopt;
}

struct time_word {
  std::string_view text;
  double days;
  double least_count = 1;  ///< What it means without a number.
};

std::optional<double> days_of(std::string_view word, std::optional<double> count) {
  constexpr double days_per_year = 365;
  constexpr auto times = std::to_array<time_word>({{"day", 1}, {"dia", 1}, {"days", 1, 2}, {"dias", 1, 2},
    {"week", days_per_week}, {"semana", days_per_week}, {"weeks", days_per_week, 2}, {"semanas", days_per_week, 2},
    {"month", days_per_month}, {"mes", days_per_month}, {"months", days_per_month, 2}, {"meses", days_per_month, 2},
    {"year", days_per_year}, {"ano", days_per_year}, {"years", days_per_year, 2}, {"anos", days_per_year, 2}});
  const auto* time = std::ranges::find(times, word, &time_word::text);
  return time == times.end() ? std::nullopt : std::optional{count.value_or(time->least_count) * time->days};
}

/// The days of a time that stands at `at` behind one of the `binders`: "in two weeks", "a la semana", "weekly".
std::optional<double> span_at(const folded_text& words, std::size_t at, word_list binders) {
  constexpr std::size_t span_length_max = 7;
  if (!continues_clause(words, at))
    return std::nullopt;
  if (is_any(words[at], std::to_array<std::string_view>({"weekly", "semanales"})))
    return days_per_week;
  if (is_any(words[at], std::to_array<std::string_view>({"monthly", "mensuales"})))
    return days_per_month;
  if (!is_any(words[at], binders))
    return std::nullopt;
  std::optional<double> count;
  for (auto next = at + 1; next < at + span_length_max && continues_clause(words, next); ++next) {
    if (const auto days = days_of(words[next].text, count)) {
      const bool is_moment = continues_clause(words, next + 1) && is_any(words[next + 1], words_of_moments);
      return is_moment ? std::nullopt : days;
    }
    if (const auto number = number_of(words[next].text))
      count = number;
    else if (!is_any(words[next], words_of_spans))
      return std::nullopt;
  }
  return std::nullopt;
}

/// What is counted, and over how many days it was taken; 1 when nothing binds a longer time to it.
struct amount {
  std::size_t end = 0;  ///< One past the thing and what it is of or for.
  double days = 1;
};

/// Passes "in total", "so far".
std::size_t past_fillers(const folded_text& words, std::size_t at) {
  const auto is_filler = [&](std::size_t i) { return continues_clause(words, i) && is_any(words[i], fillers); };
  for (;; ++at) {
    const bool opens_filler = continues_clause(words, at) &&
                              is_any(words[at], std::to_array<std::string_view>({"in", "en"})) && is_filler(at + 1);
    if (!opens_filler && !is_filler(at))
      return at;
  }
}

/// Reads on from behind a thing: "20 pills | of vitamin D in total | a month".
amount read_amount(const folded_text& words, std::size_t thing_end, word_list binders) {
  constexpr std::size_t complement_length_max = 2;
  const auto opens_complement = [&](std::size_t i) {
    return continues_clause(words, i) && is_any(words[i], complement_openers);
  };
  auto at = thing_end;
  while (continues_clause(words, at) && is_any(words[at], pills))
    ++at;
  for (;;) {
    const auto end = at;
    at = past_fillers(words, at);
    if (const auto days = span_at(words, at, binders))
      return {end, std::max(*days, 1.0)};
    if (!opens_complement(at))
      return {end};
    ++at;
    for (std::size_t n = 0; n < complement_length_max && continues_clause(words, at); ++n) {
      if (is_any(words[at], words_of_other_deeds))
        return {at};
      ++at;
      if (opens_complement(at) || span_at(words, at, binders))
        break;
    }
  }
}

std::optional<std::size_t> end_of_drinks(const folded_text& words, std::size_t begin, std::size_t distance) {
  if (const auto end = end_of(words, begin, distance, stimulating_drinks))
    return end;
  if (!end_of(words, begin, distance, std::to_array<std::string_view>({"energy"})))
    return std::nullopt;
  return end_of(words, begin, distance, std::to_array<std::string_view>({"drinks", "shots"}));
}

/// The amount of a number when it counts, or weighs, what is dangerous in plenty.
std::optional<amount> find_amount(const folded_text& words, const quantity& number) {
  constexpr std::size_t noun_distance = 4;
  if (number.unit == unit::grams) {
    const auto end = end_of(words, number.end, noun_distance, caffeine);
    return end.transform([&](std::size_t at) { return read_amount(words, at, spreading_words_of_drinks); });
  }
  if (number.unit != unit::none)
    return std::nullopt;
  if (const auto end = end_of(words, number.end, noun_distance, pills))
    return read_amount(words, *end, spreading_words);
  const auto end = end_of_drinks(words, number.end, noun_distance);
  return end.transform([&](std::size_t at) { return read_amount(words, at, spreading_words_of_drinks); });
}

bool is_overdose(const folded_text& words, const quantity& number) {
  constexpr std::size_t verb_distance = 4;
  if (!stands_before(words, number.begin, verb_distance, takings))
    return false;
  const auto taken = find_amount(words, number);
  if (!taken || end_of(words, number.end, taken->end - number.end, harmless_supplements))
    return false;
  return number.value / taken->days >= (number.unit == unit::grams ? caffeine_grams_min : pills_min);
}

}  // namespace

std::optional<std::size_t> find_overdose(const folded_text& words) {
  for (const auto& number : read_quantities(words))
    if (is_overdose(words, number))
      return number.begin;
  return std::nullopt;
}

}  // namespace genesis::coach
