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
