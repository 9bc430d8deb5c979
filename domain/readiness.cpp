#include "domain/readiness.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace genesis {

namespace {

constexpr std::array asked_metrics{progress_metric::sleep_quality, progress_metric::sleep_hours,
  progress_metric::soreness, progress_metric::energy, progress_metric::motivation};

constexpr double hours_per_sleep_cycle = 1.5;

/// The latest value of a metric since `readiness_age_max` ago.
std::optional<double> todays_value(
  std::span<const progress_record> records, progress_metric metric, timestamp now) noexcept {
  const progress_record* latest = nullptr;
  for (const auto& record : records)
    if (record.metric == metric && record.recorded_at > now - readiness_age_max &&
        (latest == nullptr || record.recorded_at >= latest->recorded_at))
      latest = &record;
  return latest != nullptr ? std::optional{latest->value} : std::nullopt;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1)
    return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

}  // namespace

double readiness_score(const readiness_readings& readings) noexcept {
  const double cycles = std::floor(readings.sleep_hours / hours_per_sleep_cycle);
  const double sleep = std::max(1.0, std::min(readings.sleep_quality, cycles));
  const double mean = (sleep + (6 - readings.soreness) + readings.energy + readings.motivation) / 4;
  return std::max(1.0, readings.is_resting_rate_raised ? mean - 0.5 : mean);
}

fatigue_level fatigue_of(double score) noexcept {
  if (score >= 4)
    return fatigue_level::low;
  if (score >= 3)
    return fatigue_level::moderate;
  return score >= 2 ? fatigue_level::high : fatigue_level::severe;
}

std::optional<double> resting_baseline_bpm(std::span<const progress_record> records, timestamp now) {
  const auto until = now - readiness_age_max;
  std::vector<double> rates;
  for (const auto& record : records)
    if (record.metric == progress_metric::resting_heart_rate_bpm && record.recorded_at <= until &&
        record.recorded_at > until - resting_baseline_window)
      rates.push_back(record.value);
  if (rates.size() < resting_baseline_count_min)
    return std::nullopt;
  return median(std::move(rates));
}

std::expected<readiness, std::vector<progress_metric>> readiness_of(
  std::span<const progress_record> records, timestamp now) {
  std::vector<progress_metric> missing;
  std::vector<named_value> inputs;
  for (const auto metric : asked_metrics) {
    if (const auto value = todays_value(records, metric, now))
      inputs.push_back({std::string{name_of(metric)}, *value});
    else
      missing.push_back(metric);
  }
  if (!missing.empty())
    return std::unexpected(std::move(missing));

  readiness_readings readings{.sleep_quality = inputs[0].value,
    .sleep_hours = inputs[1].value,
    .soreness = inputs[2].value,
    .energy = inputs[3].value,
    .motivation = inputs[4].value};
  const auto resting = todays_value(records, progress_metric::resting_heart_rate_bpm, now);
  const auto baseline = resting_baseline_bpm(records, now);
  if (resting && baseline) {
    readings.is_resting_rate_raised = *resting >= *baseline + resting_raised_bpm;
    inputs.push_back({"resting_heart_rate_bpm", *resting});
    inputs.push_back({"resting_baseline_bpm", *baseline});
  }
  const double score = readiness_score(readings);
  return readiness{.score = score, .level = std::string{name_of(fatigue_of(score))}, .inputs = std::move(inputs)};
}

readiness_bounds readiness_bounds_of(std::span<const progress_record> records, timestamp now) {
  constexpr range ratings = range_of(progress_metric::energy);
  constexpr double long_night_hours = ratings.high * hours_per_sleep_cycle;  // more earns no further point
  const auto value = [&](progress_metric metric) { return todays_value(records, metric, now); };
  const auto quality = value(progress_metric::sleep_quality);
  const auto hours = value(progress_metric::sleep_hours);
  const auto soreness = value(progress_metric::soreness);
  const auto energy = value(progress_metric::energy);
  const auto motivation = value(progress_metric::motivation);
  const auto resting = value(progress_metric::resting_heart_rate_bpm);
  const auto baseline = resting_baseline_bpm(records, now);
  const bool is_raised = resting && baseline && *resting >= *baseline + resting_raised_bpm;
  const readiness_readings worst{.sleep_quality = quality.value_or(ratings.low),
    .sleep_hours = hours.value_or(0),
    .soreness = soreness.value_or(ratings.high),
    .energy = energy.value_or(ratings.low),
    .motivation = motivation.value_or(ratings.low),
    .is_resting_rate_raised = is_raised};
  const readiness_readings best{.sleep_quality = quality.value_or(ratings.high),
    .sleep_hours = hours.value_or(long_night_hours),
    .soreness = soreness.value_or(ratings.low),
    .energy = energy.value_or(ratings.high),
    .motivation = motivation.value_or(ratings.high),
    .is_resting_rate_raised = is_raised};
  const int known_count = static_cast<int>(quality || hours) + static_cast<int>(soreness.has_value()) +
                          static_cast<int>(energy.has_value()) + static_cast<int>(motivation.has_value());
  return {.low = readiness_score(worst), .high = readiness_score(best), .known_count = known_count};
}

artifact_source readiness_source() {
  return {artifact_source::kind_type::formula, "Mean of sleep, freshness, energy and motivation",
    "after Hooper and Mackinnon 1995, Sports Med 20:321-327"};
}

}  // namespace genesis
