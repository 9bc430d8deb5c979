#include "domain/progress_trend.hpp"

#include <map>
#include <string>

namespace genesis {

using std::chrono::sys_days;

std::vector<daily_value> daily_values(std::span<const progress_record> records, progress_metric metric) {
  struct sum {
    double value = 0;
    int count = 0;
  };
  std::map<sys_days, sum> by_day;
  for (const auto& record : records)
    if (record.metric == metric) {
      auto& day = by_day[std::chrono::floor<std::chrono::days>(record.recorded_at)];
      day.value += record.value;
      ++day.count;
    }
  std::vector<daily_value> days;
  days.reserve(by_day.size());
  for (const auto& [date, day] : by_day)
    days.push_back({.date = calendar_day{date}, .value = day.value / day.count});
  return days;
}

std::expected<progress_trend, trend_gap> progress_trend_of(
  std::span<const progress_record> records, progress_metric metric, calendar_day from, calendar_day to) {
  auto days = daily_values(records, metric);
  std::erase_if(days, [&](const daily_value& day) { return day.date < from || day.date > to; });
  const auto change = weekly_change_of(days);
  if (!change)
    return std::unexpected(change.error());
  progress_trend trend{.metric = std::string{name_of(metric)},
    .points = {},
    .change_per_week = change->per_week,
    .low = change->low,
    .high = change->high};
  for (const auto& day : days)
    trend.points.push_back({.date = day.date, .value = day.value});
  return trend;
}

artifact_source straight_line_source() {
  return {artifact_source::kind_type::formula, "Straight line by least squares",
    "95 % interval by Student's t, Draper and Smith, Applied Regression Analysis"};
}

}  // namespace genesis
