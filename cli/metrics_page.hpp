#pragma once

#include "actors/io_collector.hpp"
#include "actors/io_runtime.hpp"
#include "actors/metrics_collector.hpp"
#include "cli/process_metrics.hpp"
#include "cli/statement_metrics.hpp"
#include "http/metrics.hpp"

#include <span>
#include <string>

namespace genesis::cli {

/// Everything that /metrics shows. Read on any thread.
class metrics_page {
public:
  metrics_page(std::span<const http::route_spec> routes, const io_runtime& threads)
      : http_(routes), threads_(threads) {}

  /// In Prometheus' text format.
  [[nodiscard]] std::string text() const;

private:
  http::http_collector http_;
  actor_collector actors_;
  io_collector threads_;
  statement_collector statements_;
  process_collector process_;
};

}  // namespace genesis::cli
