#include "domain/coach/past_spans.hpp"

#include "domain/coach/calendar_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/periods.hpp"
#include "domain/coach/quantities.hpp"

#include <chrono>
#include <cmath>

namespace genesis::coach {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr double days_back_max = 3'660;  // ten years: no record that is read is older

/// Reads the words of one text against one day.
class span_reader {
public:
  span_reader(const folded_text& words, calendar_day today) : words_(words), today_(today) {}

  [[nodiscard]] std::optional<day_span> read() const {
    for (std::size_t at = 0; at < words_.size(); ++at)
      if (const auto span = span_at(at))
        return span;
    return std::nullopt;
  }

private:
  [[nodiscard]] std::string_view word(std::size_t at) const {
    return at < words_.size() ? std::string_view{words_[at].text} : std::string_view{};
  }

  [[nodiscard]] std::optional<day_span> span_at(std::size_t at) const {
    if (is_one_of(word(at), {"last", "past", "previous", "ultimo", "ultima", "ultimos", "ultimas", "pasado", "pasada",
                              "pasados", "pasadas", "anterior"}))
      return relative_span(at);
    if (is_one_of(word(at), {"this", "este", "esta"}))
      return current_span(at);
    if (is_one_of(word(at), {"since", "desde"}))
      return span_from(at + 1);
    if (word(at) == "ago" && at >= 2)
      return counted_back(at - 2);
    if (word(at) == "hace")
      return counted_back(at + 1);
    if (is_one_of(word(at), {"in", "en", "during", "durante"}))
      if (const auto month = month_of(word(at + 1)))
        return calendar_month(*month);
    return std::nullopt;
  }

  [[nodiscard]] day_span back(double count) const {
    return {calendar_day{sys_days{today_} - days{std::lround(count)}}, today_};
  }

  [[nodiscard]] static double days_in(std::string_view unit_word) {
    if (is_one_of(unit_word, {"day", "days", "dia", "dias"}))
      return 1;
    if (is_one_of(unit_word, {"week", "weeks", "semana", "semanas"}))
      return days_per_week;
    if (is_one_of(unit_word, {"month", "months", "mes", "meses"}))
      return days_per_month;
    return 0;
  }

  /// "2 weeks", "two weeks", "couple of weeks", "un mes", "a month" beginning at `at`.
  [[nodiscard]] std::optional<day_span> counted_back(std::size_t at) const {
    std::optional<double> count = number_of(word(at));
    if (!count && is_one_of(word(at), {"a", "one", "un", "una"}))
      count = 1;
    if (!count && is_one_of(word(at), {"couple", "par", "few", "unas", "unos"}))
      count = is_one_of(word(at), {"couple", "par"}) ? 2 : 3;
    if (!count)
      return std::nullopt;
    const auto unit_at = at + 1 + (is_one_of(word(at + 1), {"of", "de"}) ? 1 : 0);
    const auto length = *count * days_in(word(unit_at));
    return length > 0 && length <= days_back_max ? std::optional{back(length)} : std::nullopt;
  }

  /// "last two weeks", "the past month", "last month", "las dos últimas semanas", "el mes pasado".
  [[nodiscard]] std::optional<day_span> relative_span(std::size_t at) const {
    if (const auto counted = counted_back(at + 1))
      return counted;
    const auto unit_behind = word(at + 1);
    const auto unit_before = at > 0 ? word(at - 1) : std::string_view{};
    // "las dos ultimas semanas"
    if (const auto count = number_of(unit_before); count && days_in(unit_behind) > 0)
      return back(*count * days_in(unit_behind));
    const bool is_spanish_past = is_one_of(word(at), {"pasado", "pasada", "anterior"});
    const bool counts_back = is_one_of(word(at), {"past", "ultimo", "ultima"}) ||
                             (at > 0 && is_one_of(word(at - 1), {"the", "this"}) && word(at) == "last");
    const auto unit_word = is_spanish_past ? unit_before : unit_behind;
    if (is_one_of(unit_word, {"month", "mes"}))
      return counts_back ? back(days_per_month) : calendar_month(month_before());
    if (is_one_of(unit_word, {"week", "semana"}))
      return back(days_per_week);
    if (is_one_of(unit_word, {"year", "ano"}))
      return back(365);
    return std::nullopt;
  }

  /// "this month", "esta semana".
  [[nodiscard]] std::optional<day_span> current_span(std::size_t at) const {
    if (is_one_of(word(at + 1), {"month", "mes"}))
      return day_span{today_.year() / today_.month() / 1, today_};
    if (is_one_of(word(at + 1), {"week", "semana"})) {
      const auto since_monday = std::chrono::weekday{sys_days{today_}} - std::chrono::Monday;
      return day_span{calendar_day{sys_days{today_} - since_monday}, today_};
    }
    if (is_one_of(word(at + 1), {"year", "ano"}))
      return day_span{today_.year() / std::chrono::January / 1, today_};
    return std::nullopt;
  }

  [[nodiscard]] std::chrono::month month_before() const { return today_.month() - std::chrono::months{1}; }

  /// The latest such month that has begun.
  [[nodiscard]] day_span calendar_month(std::chrono::month which) const {
    const auto year = which > today_.month() ? today_.year() - std::chrono::years{1} : today_.year();
    const calendar_day last{year / which / std::chrono::last};
    return {year / which / 1, std::min(last, today_)};
  }

  /// "since february", "since 3 february", "desde el 3 de febrero", "since monday", "since 2026-02-03".
  [[nodiscard]] std::optional<day_span> span_from(std::size_t begin) const {
    constexpr std::size_t looked_at_max = 5;
    if (const auto date = iso_date(begin))
      return day_span{*date, today_};
    for (auto at = begin; at < begin + looked_at_max && at < words_.size(); ++at) {
      if (is_one_of(word(at), {"yesterday", "ayer"}))
        return back(1);
      if (is_one_of(word(at), {"last", "past", "ultimo", "ultima", "mes", "semana"}))
        return since_relative(at);
      if (word(at) == "hace")
        return counted_back(at + 1);
      if (const auto month = month_of(word(at)))
        return since_date(*month, day_beside(words_, at).value_or(1));
      if (const auto weekday = weekday_of(word(at))) {
        const auto ago = (std::chrono::weekday{sys_days{today_}} - *weekday).count();
        return back(ago == 0 ? days_per_week : static_cast<double>(ago));
      }
    }
    return std::nullopt;
  }

  /// "since last month" goes on until today.
  [[nodiscard]] std::optional<day_span> since_relative(std::size_t at) const {
    const bool is_unit_first = is_one_of(word(at), {"mes", "semana"});
    const auto found = relative_span(is_unit_first ? at + 1 : at);
    return found ? std::optional{day_span{found->from, today_}} : std::nullopt;
  }

  [[nodiscard]] std::optional<calendar_day> iso_date(std::size_t at) const {
    const auto year = number_of(word(at));
    const auto month = number_of(word(at + 1));
    const auto day = number_of(word(at + 2));
    if (!year || !month || !day || *year < birth_year || *year > 9'999 || *month < 1 || *month > 12 || *day < 1 ||
        *day > 31)
      return std::nullopt;
    const calendar_day date{std::chrono::year{static_cast<int>(*year)},
      std::chrono::month{static_cast<unsigned>(*month)}, std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() && date <= today_ ? std::optional{date} : std::nullopt;
  }

  /// The latest such day that is not to come.
  [[nodiscard]] std::optional<day_span> since_date(std::chrono::month month, unsigned day) const {
    const auto in_year = [&](std::chrono::year year) { return calendar_day{year, month, std::chrono::day{day}}; };
    const auto date =
      in_year(today_.year()) <= today_ ? in_year(today_.year()) : in_year(today_.year() - std::chrono::years{1});
    return date.ok() ? std::optional{day_span{date, today_}} : std::nullopt;
  }

  static constexpr double birth_year = 1900;

  const folded_text& words_;
  calendar_day today_;
};

}  // namespace

std::optional<day_span> past_span(const folded_text& words, calendar_day today) {
  return span_reader{words, today}.read();
}

}  // namespace genesis::coach
