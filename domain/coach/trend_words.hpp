#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/progress.hpp"

#include <vector>

namespace genesis::coach {

/// The metrics that a text names as things one records, each once and in the order of `progress_metric`. "energy" alone
/// is food far more often, so the feeling is `my energy` or `energy levels`.
std::vector<progress_metric> named_metrics(const folded_text& words);

}  // namespace genesis::coach
