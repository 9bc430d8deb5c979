#pragma once

#include "benchmarks/load/plan.hpp"
#include "benchmarks/load/report.hpp"

namespace genesis::load {

/// Opens the streams, reads each to its end and says what came of them.
///
/// Times to the first event and token run from the moment a stream was due to start, connecting included. Two prices of
/// a token are given: over the steady window, in which every stream is past its start by a second and before its end by
/// a second, and over the whole run, starts and ends included.
report run_streams(const stream_plan& plan);

}  // namespace genesis::load
