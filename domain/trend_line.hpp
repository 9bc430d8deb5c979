#pragma once

#include "domain/time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

namespace genesis {

inline constexpr auto trend_span_min = std::chrono::days{7};  ///< Below, water hides any change of the body.
inline constexpr std::size_t trend_days_min = 3;              ///< A line through two days has no error to tell.

/// What was measured on one day.
struct daily_value {
  calendar_day date;
  double value = 0;

  friend bool operator==(const daily_value&, const daily_value&) = default;
};

/// How fast a measure changes, per week, with its 95 % interval.
struct weekly_change {
  double per_week = 0;
  double low = 0;
  double high = 0;
};

/// Why no change can be told.
enum class trend_gap : std::uint8_t {
  no_values,       ///< None in the window.
  too_few_days,    ///< Fewer than `trend_days_min` days have a value.
  span_too_short,  ///< The days are closer together than `trend_span_min`.
};

/// The slope of the straight line through the days by least squares, with Student's t interval. The days rise strictly.
std::expected<weekly_change, trend_gap> weekly_change_of(std::span<const daily_value> days);

/// Half the width of a 95 % interval in standard errors: the 0.975 quantile of Student's t, within 0.001.
/// `degrees` is at least 1.
double student_t_975(std::size_t degrees) noexcept;

}  // namespace genesis
