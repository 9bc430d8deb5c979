#include "domain/coach/trend_span.hpp"

#include "domain/coach/records.hpp"
#include "domain/weight_trend.hpp"

#include <algorithm>
#include <utility>

namespace genesis::coach {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// A line over more is drawn through all of them; an answer, which is kept and replayed, names the newest.
constexpr std::size_t record_sources_max = 60;

}  // namespace

day_span trend_span_of(const composer& answer) {
  const sys_days today{answer.today()};
  return answer.said().past.value_or(day_span{calendar_day{today - trend_window + days{1}}, answer.today()});
}

bool is_beyond_records(const composer& answer, const day_span& span) {
  return sys_days{span.from} < sys_days{answer.today()} - records_window;
}

std::vector<progress_record> records_within(
  std::span<const progress_record> records, progress_metric metric, const day_span& span) {
  std::vector<progress_record> found;
  for (const auto& record : records)
    if (const auto day = day_of(record.recorded_at); record.metric == metric && day >= span.from && day <= span.to)
      found.push_back(record);
  return found;
}

std::vector<artifact_source> trend_sources(artifact_source method, std::span<const progress_record> records) {
  std::vector<artifact_source> sources{std::move(method)};
  for (const auto& record : records.last(std::min(records.size(), record_sources_max)))
    sources.push_back(record_source(record));
  return sources;
}

}  // namespace genesis::coach
