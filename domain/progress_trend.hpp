#pragma once

#include "domain/artifact.hpp"
#include "domain/progress.hpp"
#include "domain/trend_line.hpp"

#include <expected>
#include <span>
#include <vector>

namespace genesis {

/// The values of a metric, one per UTC day as the mean of that day's, oldest first. Takes records of any metric in any
/// order.
std::vector<daily_value> daily_values(std::span<const progress_record> records, progress_metric metric);

/// How a metric changes over the records of the days `from` to `to`, both included.
std::expected<progress_trend, trend_gap> progress_trend_of(
  std::span<const progress_record> records, progress_metric metric, calendar_day from, calendar_day to);

/// The method of the trend.
artifact_source straight_line_source();

}  // namespace genesis
