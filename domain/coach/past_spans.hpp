#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/time.hpp"

#include <optional>

namespace genesis::coach {

/// A stretch of days, both ends included.
struct day_span {
  calendar_day from;
  calendar_day to;

  friend bool operator==(const day_span&, const day_span&) = default;
};

/// The stretch of the past that a text asks about, ending today at the latest: `over the last two weeks` and `in the
/// last month` count back from today, `last month`, `mes pasado` and `in february` are months of the calendar, `since 3
/// February`, `since 2026-02-03`, `three weeks ago` and `desde el lunes` begin there.
std::optional<day_span> past_span(const folded_text& words, calendar_day today);

}  // namespace genesis::coach
