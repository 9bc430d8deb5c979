#pragma once

#include "domain/artifact.hpp"
#include "domain/coach/mentions.hpp"
#include "domain/coach/wording.hpp"
#include "domain/progress.hpp"

#include <span>
#include <vector>

namespace genesis::coach {

/// The latest record of a metric by `recorded_at`; null without any. It points into `records`.
const progress_record* latest_record(std::span<const progress_record> records, progress_metric metric);

/// The records of a metric that are not older than `age_max` and not of the future, in their order.
std::vector<progress_record> recent_records(
  std::span<const progress_record> records, progress_metric metric, timestamp now, std::chrono::hours age_max);

/// The records, with what the person says of last night and of today as the newest of them.
std::vector<progress_record> records_with_told(
  std::span<const progress_record> records, const mentions& said, timestamp now);

/// A record as the source of a number: its metric and its day.
artifact_source record_source(const progress_record& record);

/// A number that the person said instead of recording it, under the name of what it is.
artifact_source stated_source(const wording& words, std::string_view name);

}  // namespace genesis::coach
