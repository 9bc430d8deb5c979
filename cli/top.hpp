#pragma once

#include "cli/console.hpp"
#include "http/transport.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace genesis::cli {

struct top_options {
  std::string server;                         ///< Shown, for instance `http://127.0.0.1:8080`.
  std::chrono::milliseconds interval{2'000};  ///< Between scrapes.
  std::size_t pages = 0;                      ///< Pages to show before it ends; 0: until Ctrl-C.
  std::size_t rows = 24;                      ///< Lines of the terminal.
};

/// Shows page after page of what a server does, from its /metrics. On a terminal each page takes the place of the one
/// before. Gives the exit status: 1 when the first scrape fails; later ones are waited for.
int top(const top_options& options, const console& with, http::transport& connection);

}  // namespace genesis::cli
