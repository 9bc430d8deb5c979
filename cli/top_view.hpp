#pragma once

#include "cli/metrics_snapshot.hpp"

#include <cstddef>
#include <string>

namespace genesis::cli {

/// Columns of a page; terminals have at least as many.
inline constexpr std::size_t top_columns = 80;

/// One page of `genesis top`: what a server did between two scrapes. `rows` is the number of lines that fit, 24 on a
/// terminal of the smallest kind; the routes at the end get what is left, the busiest first. No line is longer than
/// `top_columns`, and each is ended. `server` is shown in the first line.
std::string top_page(
  const std::string& server, const metrics_snapshot& before, const metrics_snapshot& after, std::size_t rows);

}  // namespace genesis::cli
