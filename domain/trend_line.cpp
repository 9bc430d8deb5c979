#include "domain/trend_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace genesis {

namespace {

using std::chrono::sys_days;

constexpr double days_per_week = 7;

double days_between(calendar_day from, calendar_day to) noexcept {
  return static_cast<double>((sys_days{to} - sys_days{from}).count());
}

/// A straight line through (day, value) by least squares.
struct fitted_line {
  double per_day;
  double standard_error;  ///< Of the slope.
};

/// Requires three days or more.
fitted_line fit(std::span<const daily_value> days) noexcept {
  const auto n = static_cast<double>(days.size());
  const auto x_of = [&](const daily_value& day) { return days_between(days.front().date, day.date); };
  double x_mean = 0;
  double y_mean = 0;
  for (const auto& day : days) {
    x_mean += x_of(day) / n;
    y_mean += day.value / n;
  }
  double sxx = 0;
  double sxy = 0;
  for (const auto& day : days) {
    const double dx = x_of(day) - x_mean;
    sxx += dx * dx;
    sxy += dx * (day.value - y_mean);
  }
  const double slope = sxy / sxx;
  double residual = 0;
  for (const auto& day : days) {
    const double off = day.value - y_mean - slope * (x_of(day) - x_mean);
    residual += off * off;
  }
  return {.per_day = slope, .standard_error = std::sqrt(residual / (n - 2) / sxx)};
}

}  // namespace

std::expected<weekly_change, trend_gap> weekly_change_of(std::span<const daily_value> days) {
  if (days.empty())
    return std::unexpected(trend_gap::no_values);
  if (days.size() < trend_days_min)
    return std::unexpected(trend_gap::too_few_days);
  if (sys_days{days.back().date} - sys_days{days.front().date} < trend_span_min)
    return std::unexpected(trend_gap::span_too_short);
  const auto line = fit(days);
  const double per_week = days_per_week * line.per_day;
  const double half_width = days_per_week * student_t_975(days.size() - 2) * line.standard_error;
  return weekly_change{.per_week = per_week, .low = per_week - half_width, .high = per_week + half_width};
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

}  // namespace genesis
