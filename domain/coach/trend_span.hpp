#pragma once

#include "domain/coach/composer.hpp"
#include "domain/coach/past_spans.hpp"
#include "domain/progress.hpp"

#include <span>
#include <vector>

namespace genesis::coach {

/// The days that a question about a trend is for: those it names, else the last four weeks.
day_span trend_span_of(const composer& answer);

/// True when the days begin before the records that an answer is given.
bool is_beyond_records(const composer& answer, const day_span& span);

/// The records of a metric on the days of a span, in their order.
std::vector<progress_record> records_within(
  std::span<const progress_record> records, progress_metric metric, const day_span& span);

/// What a trend comes from: how it is made, and the newest of its records, given in their order.
std::vector<artifact_source> trend_sources(artifact_source method, std::span<const progress_record> records);

}  // namespace genesis::coach
