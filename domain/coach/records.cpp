#include "domain/coach/records.hpp"

#include "domain/coach/phrases.hpp"
#include "domain/coach/ratings.hpp"

namespace genesis::coach {

const progress_record* latest_record(std::span<const progress_record> records, progress_metric metric) {
  const progress_record* latest = nullptr;
  for (const auto& record : records)
    if (record.metric == metric && (latest == nullptr || record.recorded_at >= latest->recorded_at))
      latest = &record;
  return latest;
}

std::vector<progress_record> recent_records(
  std::span<const progress_record> records, progress_metric metric, timestamp now, std::chrono::hours age_max) {
  std::vector<progress_record> recent;
  for (const auto& record : records)
    if (record.metric == metric && record.recorded_at > now - age_max && record.recorded_at <= now)
      recent.push_back(record);
  return recent;
}

std::vector<progress_record> records_with_told(
  std::span<const progress_record> records, const mentions& said, timestamp now) {
  std::vector<progress_record> all{records.begin(), records.end()};
  for (const auto& [metric, name] : enum_names<progress_metric>)
    if (const auto value = told_reading(said, metric)) {
      progress_record told;
      told.metric = metric;
      told.value = *value;
      told.recorded_at = now;
      all.push_back(std::move(told));
    }
  return all;
}

artifact_source record_source(const progress_record& record) {
  return {
    artifact_source::kind_type::record, std::string{name_of(record.metric)}, to_iso_date(day_of(record.recorded_at))};
}

artifact_source stated_source(const wording& words, std::string_view name) {
  return {artifact_source::kind_type::record, std::string{name}, words.say(phrases::stated_here)};
}

}  // namespace genesis::coach
