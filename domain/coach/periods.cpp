#include "domain/coach/periods.hpp"

#include "domain/coach/calendar_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace genesis::coach {

namespace {

using std::chrono::sys_days;

double days_of(unit what) noexcept {
  switch (what) {
  case unit::hours: return 1.0 / 24;
  case unit::days: return 1;
  case unit::weeks: return days_per_week;
  case unit::months: return days_per_month;
  default: return 0;
  }
}

/// "4 days a week", "3 veces por semana".
bool is_frequency(const folded_text& words, std::size_t end) {
  return end + 1 < words.size() &&
         is_one_of(words[end].text, {"a", "per", "por", "la", "each", "every", "cada", "al"}) &&
         is_one_of(words[end + 1].text, {"week", "semana", "day", "dia", "month", "mes"});
}

/// A period without a number: "in a month", "al mes", "this week", "end of the month".
std::optional<double> single_period(const folded_text& words) {
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    const bool is_single =
      is_one_of(words[at].text, {"a", "one", "un", "una", "per", "por", "this", "esta", "este", "each", "cada", "next",
                                  "la", "al", "the", "del", "proximo", "proxima"});
    const bool is_rate_of_training =
      at > 0 &&
      is_one_of(words[at - 1].text, {"days", "times", "dias", "veces", "day", "dia", "hours", "horas", "once", "twice",
                                      "vez", "km", "kms", "kilometres", "kilometers", "kilometros", "miles", "millas",
                                      "sessions", "sesiones", "workouts", "entrenos", "minutes", "minutos", "min"});
    if (!is_single || is_rate_of_training)
      continue;
    const std::string_view next = words[at + 1].text;
    if (is_one_of(next, {"week", "semana", "weekend", "finde"}))
      return days_per_week;
    if (is_one_of(next, {"month", "mes"}))
      return days_per_month;
    // "how much a day to lose 5 kg?" says how much, not how soon.
    const bool is_rate = at > 0 && is_one_of(words[at - 1].text, {"in", "en", "kg", "kilo", "kilos", "pounds", "lbs"});
    if (is_rate && is_one_of(next, {"day", "dia"}))
      return 1;
  }
  return std::nullopt;
}

struct named_day {
  std::string_view word;
  unsigned month;
  unsigned day;
};
constexpr auto named_days =
  std::to_array<named_day>({{"christmas", 12, 25}, {"xmas", 12, 25}, {"navidad", 12, 25}, {"navidades", 12, 25},
    {"nochebuena", 12, 24}, {"nochevieja", 12, 31}, {"halloween", 10, 31}, {"thanksgiving", 11, 26}, {"summer", 6, 21},
    {"verano", 6, 21}, {"spring", 3, 20}, {"primavera", 3, 20}, {"valentines", 2, 14}});

bool stands_before(const folded_text& words, std::size_t at, std::initializer_list<std::string_view> any) {
  constexpr std::size_t looked_back_max = 4;
  for (std::size_t back = 1; back <= looked_back_max && back <= at; ++back)
    if (is_one_of(words[at - back].text, any))
      return true;
  return false;
}

double days_until(calendar_day today, unsigned month, unsigned day) {
  using namespace std::chrono;
  const auto in_year = [&](year which) {
    const year_month_day exact{which, std::chrono::month{month}, std::chrono::day{day}};
    return exact.ok() ? sys_days{exact} : sys_days{which / std::chrono::month{month} / last};
  };
  auto when = in_year(today.year());
  if (when <= sys_days{today})
    when = in_year(today.year() + years{1});
  return static_cast<double>((when - sys_days{today}).count());
}

/// "by christmas", "antes de junio", "para el viernes", "by tomorrow".
std::optional<double> days_to_deadline(const folded_text& words, calendar_day today) {
  for (std::size_t at = 1; at < words.size(); ++at) {
    const std::string_view word = words[at].text;
    if (!stands_before(words, at,
          {"by", "before", "until", "till", "for", "in", "on", "para", "antes", "hasta", "en", "end", "fin", "aqui",
            "next", "this", "este"}))
      continue;
    if (word == "tomorrow" || word == "manana")
      return 1;
    if (is_one_of(word, {"year", "years", "ano"}) && is_one_of(words[at - 1].text, {"new", "the", "de", "del"}))
      return days_until(today, 12, 31);
    if (word == "nuevo" && words[at - 1].text == "ano")
      return days_until(today, 1, 1);
    if (const auto* named = std::ranges::find(named_days, word, &named_day::word); named != named_days.end())
      return days_until(today, named->month, named->day);
    if (const auto month = month_of(word))
      return days_until(today, static_cast<unsigned>(*month), day_beside(words, at).value_or(1));
    if (const auto weekday = weekday_of(word)) {
      const auto days = (*weekday - std::chrono::weekday{sys_days{today}}).count();
      return static_cast<double>(days == 0 ? 7 : days);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> period_days(const folded_text& words, std::optional<calendar_day> today) {
  for (const auto& each : read_quantities(words))
    if (const auto days = days_of(each.unit) * each.value;
      each.unit != unit::hours && days > 0 && !is_frequency(words, each.end))
      return days;
  if (const auto days = single_period(words))
    return days;
  return today ? days_to_deadline(words, *today) : std::nullopt;
}

std::optional<double> longest_period_days(const folded_text& words) {
  double longest = single_period(words).value_or(0);
  for (const auto& each : read_quantities(words))
    if (!is_frequency(words, each.end))
      longest = std::max(longest, days_of(each.unit) * each.value);
  return longest > 0 ? std::optional{longest} : std::nullopt;
}

}  // namespace genesis::coach
