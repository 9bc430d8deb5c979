#pragma once

#include "domain/artifact.hpp"
#include "domain/progress.hpp"
#include "domain/time.hpp"
#include "domain/trend_line.hpp"

#include <chrono>
#include <expected>
#include <optional>
#include <span>
#include <vector>

namespace genesis {

inline constexpr double trend_alpha = 0.1;  ///< Weight of one day's reading in the trend (Walker, The Hacker's Diet).
inline constexpr auto trend_window = std::chrono::days{28};

static_assert(trend_span_min < trend_window, "a window must be able to hold enough days");

/// The mean of one day's weights.
struct daily_weight {
  calendar_day date;
  double kg = 0;

  friend bool operator==(const daily_weight&, const daily_weight&) = default;
};

/// The weights among the records, one per UTC day, oldest first. Takes records of any metric in any order.
std::vector<daily_weight> daily_weights(std::span<const progress_record> records);

/// The smoothed weight of each day: T += a (W - T) with a = 1 - 0.9^days since the day before it, so that a gap counts
/// for as many days as it has. Starts at `carry_in_kg`, the trend of the day before the first, or else at the first
/// weight. Days rise strictly.
std::vector<weight_point> smooth_weights(std::span<const daily_weight> days, std::optional<double> carry_in_kg = {});

/// How fast a weight changes, kg per week, with its 95 % interval.
struct weight_change {
  double kg_per_week = 0;
  double low = 0;
  double high = 0;
};

/// The slope of the straight line through the days by least squares, with Student's t interval. It is fitted to the
/// weights and not to the trend, which lags behind them and starts out flat.
std::expected<weight_change, trend_gap> weight_change_of(std::span<const daily_weight> days);

/// The trend over the days of the window that ends `today`. Older records only warm up the trend line.
std::expected<weight_trend, trend_gap> weight_trend_of(
  std::span<const progress_record> records, calendar_day today, std::chrono::days window = trend_window);

/// The publication of the trend.
artifact_source trend_source();

}  // namespace genesis
