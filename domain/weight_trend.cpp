#include "domain/weight_trend.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace genesis {

namespace {

using std::chrono::sys_days;

double days_between(calendar_day from, calendar_day to) noexcept {
  return static_cast<double>((sys_days{to} - sys_days{from}).count());
}

/// A straight line through (day, kg) by least squares.
struct fitted_line {
  double kg_per_day;
  double standard_error;  ///< Of the slope.
};

/// Requires three days or more.
fitted_line fit(std::span<const daily_weight> days) noexcept {
  const auto n = static_cast<double>(days.size());
  const auto x_of = [&](const daily_weight& day) { return days_between(days.front().date, day.date); };
  double x_mean = 0;
  double y_mean = 0;
  for (const auto& day : days) {
    x_mean += x_of(day) / n;
    y_mean += day.kg / n;
  }
  double sxx = 0;
  double sxy = 0;
  for (const auto& day : days) {
    const double dx = x_of(day) - x_mean;
    sxx += dx * dx;
    sxy += dx * (day.kg - y_mean);
  }
  const double slope = sxy / sxx;
  double residual = 0;
  for (const auto& day : days) {
    const double off = day.kg - y_mean - slope * (x_of(day) - x_mean);
    residual += off * off;
  }
  return {.kg_per_day = slope, .standard_error = std::sqrt(residual / (n - 2) / sxx)};
}

}  // namespace

std::vector<daily_weight> daily_weights(std::span<const progress_record> records) {
  struct sum {
    double kg = 0;
    int count = 0;
  };
  std::map<sys_days, sum> by_day;
  for (const auto& record : records)
    if (record.metric == progress_metric::weight_kg) {
      auto& day = by_day[std::chrono::floor<std::chrono::days>(record.recorded_at)];
      day.kg += record.value;
      ++day.count;
    }
  std::vector<daily_weight> days;
  days.reserve(by_day.size());
  for (const auto& [date, day] : by_day)
    days.push_back({.date = calendar_day{date}, .kg = day.kg / day.count});
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
  if (days.empty())
    return std::unexpected(trend_gap::no_weights);
  if (days.size() < trend_days_min)
    return std::unexpected(trend_gap::too_few_days);
  if (sys_days{days.back().date} - sys_days{days.front().date} < trend_span_min)
    return std::unexpected(trend_gap::span_too_short);
  const auto line = fit(days);
  const double per_week = 7 * line.kg_per_day;
  const double half_width = 7 * student_t_975(days.size() - 2) * line.standard_error;
  return weight_change{.kg_per_week = per_week, .low = per_week - half_width, .high = per_week + half_width};
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

double student_t_975(std::size_t degrees) noexcept {
  constexpr std::array table{12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281};
  if (degrees <= table.size())
    return table[std::max<std::size_t>(degrees, 1) - 1];
  // Expansion around the normal quantile (Abramowitz and Stegun 26.7.5).
  constexpr double z = 1.959963985;
  constexpr double z2 = z * z;
  const auto v = static_cast<double>(degrees);
  return z + z * (z2 + 1) / (4 * v) + z * ((5 * z2 + 16) * z2 + 3) / (96 * v * v) +
         z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * v * v * v);
}

artifact_source trend_source() {
  return {artifact_source::kind_type::formula, "Exponentially smoothed weight", "Walker, The Hacker's Diet"};
}

}  // namespace genesis
