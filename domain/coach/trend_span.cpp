#include "domain/coach/trend_span.hpp"

#include "domain/weight_trend.hpp"

namespace genesis::coach {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days records_window{90};  // of `turn::records`

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

}  // namespace genesis::coach
