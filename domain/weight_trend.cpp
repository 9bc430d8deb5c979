#include "domain/weight_trend.hpp"

#include "domain/progress_trend.hpp"

#include <algorithm>
#include <cmath>

namespace genesis {

namespace {

using std::chrono::sys_days;

double days_between(calendar_day from, calendar_day to) noexcept {
  return static_cast<double>((sys_days{to} - sys_days{from}).count());
}

}  // namespace

std::vector<daily_weight> daily_weights(std::span<const progress_record> records) {
  std::vector<daily_weight> days;
  for (const auto& day : daily_values(records, progress_metric::weight_kg))
    days.push_back({.date = day.date, .kg = day.value});
  return days;
}

std::vector<weight_point> smooth_weights(std::span<const daily_weight> days, std::optional<double> carry_in_kg) {
  std::vector<weight_point> points;
  points.reserve(days.size());
  for (const auto& day : days) {
    const bool is_first = points.empty();
    const double before = is_first ? carry_in_kg.value_or(day.kg) : points.back().trend_kg;
    const double gap_days = is_first ? 1 : days_between(points.back().date, day.date);
    const double alpha = 1 - std::pow(1 - trend_alpha, gap_days);
    points.push_back({.date = day.date, .kg = day.kg, .trend_kg = before + alpha * (day.kg - before)});
  }
  return points;
}

std::expected<weight_change, trend_gap> weight_change_of(std::span<const daily_weight> days) {
  std::vector<daily_value> values;
  values.reserve(days.size());
  for (const auto& day : days)
    values.push_back({.date = day.date, .value = day.kg});
  const auto change = weekly_change_of(values);
  if (!change)
    return std::unexpected(change.error());
  return weight_change{.kg_per_week = change->per_week, .low = change->low, .high = change->high};
}

std::expected<weight_trend, trend_gap> weight_trend_of(
  std::span<const progress_record> records, calendar_day today, std::chrono::days window) {
  const auto days = daily_weights(records);
  const auto is_before_window = [&](const auto& day) { return sys_days{day.date} <= sys_days{today} - window; };
  const auto first = std::ranges::find_if_not(days, is_before_window);
  const auto change = weight_change_of({first, days.end()});
  if (!change)
    return std::unexpected(change.error());
  auto points = smooth_weights(days);
  points.erase(points.begin(), points.begin() + (first - days.begin()));
  return weight_trend{
    .points = std::move(points), .change_kg_per_week = change->kg_per_week, .low = change->low, .high = change->high};
}

artifact_source trend_source() {
  return {artifact_source::kind_type::formula, "Exponentially smoothed weight", "Walker, The Hacker's Diet"};
}

}  // namespace genesis
