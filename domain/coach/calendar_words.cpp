#include "domain/coach/calendar_words.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <array>

namespace genesis::coach {

namespace {

constexpr unsigned months_per_year = 12;
constexpr auto month_words = std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june",
  "july", "august", "september", "october", "november", "december", "enero", "febrero", "marzo", "abril", "mayo",
  "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"});

struct named_weekday {
  std::string_view word;
  std::chrono::weekday day;
};
constexpr auto named_weekdays =
  std::to_array<named_weekday>({{"monday", std::chrono::Monday}, {"tuesday", std::chrono::Tuesday},
    {"wednesday", std::chrono::Wednesday}, {"thursday", std::chrono::Thursday}, {"friday", std::chrono::Friday},
    {"saturday", std::chrono::Saturday}, {"sunday", std::chrono::Sunday}, {"lunes", std::chrono::Monday},
    {"martes", std::chrono::Tuesday}, {"miercoles", std::chrono::Wednesday}, {"jueves", std::chrono::Thursday},
    {"viernes", std::chrono::Friday}, {"sabado", std::chrono::Saturday}, {"domingo", std::chrono::Sunday}});

}  // namespace

std::optional<std::chrono::month> month_of(std::string_view word) noexcept {
  const auto found = std::ranges::find(month_words, word);
  if (found == month_words.end())
    return std::nullopt;
  return std::chrono::month{static_cast<unsigned>(found - month_words.begin()) % months_per_year + 1};
}

std::optional<std::chrono::weekday> weekday_of(std::string_view word) noexcept {
  const auto* found = std::ranges::find(named_weekdays, word, &named_weekday::word);
  return found == named_weekdays.end() ? std::nullopt : std::optional{found->day};
}

int weekdays_named(const folded_text& words) {
  static constexpr auto short_forms =
    std::to_array<named_weekday>({{"mon", std::chrono::Monday}, {"mondays", std::chrono::Monday},
      {"tue", std::chrono::Tuesday}, {"tues", std::chrono::Tuesday}, {"tuesdays", std::chrono::Tuesday},
      {"wed", std::chrono::Wednesday}, {"weds", std::chrono::Wednesday}, {"wednesdays", std::chrono::Wednesday},
      {"thu", std::chrono::Thursday}, {"thur", std::chrono::Thursday}, {"thurs", std::chrono::Thursday},
      {"thursdays", std::chrono::Thursday}, {"fri", std::chrono::Friday}, {"fridays", std::chrono::Friday},
      {"sat", std::chrono::Saturday}, {"saturdays", std::chrono::Saturday}, {"sun", std::chrono::Sunday},
      {"sundays", std::chrono::Sunday}, {"lun", std::chrono::Monday}, {"mie", std::chrono::Wednesday},
      {"jue", std::chrono::Thursday}, {"vie", std::chrono::Friday}, {"sab", std::chrono::Saturday},
      {"sabados", std::chrono::Saturday}, {"dom", std::chrono::Sunday}, {"domingos", std::chrono::Sunday}});
  std::array<bool, 7> is_named{};
  for (const auto& word : words) {
    const auto* found = std::ranges::find(short_forms, std::string_view{word.text}, &named_weekday::word);
    if (const auto day = found != short_forms.end() ? std::optional{found->day} : weekday_of(word.text))
      is_named[day->c_encoding()] = true;
  }
  return static_cast<int>(std::ranges::count(is_named, true));
}

std::optional<unsigned> day_beside(const folded_text& words, std::size_t at) {
  const auto day_at = [&](std::size_t i) -> std::optional<unsigned> {
    const auto number = i < words.size() ? number_of(words[i].text) : std::nullopt;
    return number && *number >= 1 && *number <= 31 ? std::optional{static_cast<unsigned>(*number)} : std::nullopt;
  };
  if (at >= 1 && words[at - 1].text != "de")
    if (const auto day = day_at(at - 1))
      return day;
  if (at >= 2 && is_one_of(words[at - 1].text, {"de", "of", "th", "st", "nd", "rd"}))
    if (const auto day = day_at(at - 2))
      return day;
  return day_at(at + 1);
}

}  // namespace genesis::coach
