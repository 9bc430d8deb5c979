#pragma once

#include "benchmarks/load/plan.hpp"
#include "benchmarks/load/report.hpp"

namespace genesis::load {

/// Runs the plan and says what came of it. Throws boost::system::system_error when the server cannot be reached.
///
/// In an open loop a latency runs from the moment a request was due, not from when a connection was free to send it: a
/// server that stalls is charged for everybody who would have waited.
report run_requests(const request_plan& plan);

}  // namespace genesis::load
