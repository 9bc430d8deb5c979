#include "domain/progress.hpp"

#include <cmath>

namespace genesis {

namespace {

/// Bounds of metrics are whole numbers.
std::string plain(double bound) {
  return std::to_string(static_cast<int>(bound));
}

}  // namespace

std::optional<field_error> progress_value_fault(progress_metric metric, double value) {
  const auto bounds = range_of(metric);
  if (!bounds.contains(value))
    return field_error{"value", "range", "must be between " + plain(bounds.low) + " and " + plain(bounds.high)};
  if (is_rating(metric) && std::trunc(value) != value)
    return field_error{"value", "type", "must be a whole number"};
  return std::nullopt;
}

void apply(const progress_patch& patch, progress_record& record) {
  assign(patch.value, record.value);
  assign(patch.recorded_at, record.recorded_at);
  assign(patch.note, record.note);
}

field_errors faults_of(const progress_record& record) {
  if (auto fault = progress_value_fault(record.metric, record.value))
    return {*std::move(fault)};
  return {};
}

}  // namespace genesis
