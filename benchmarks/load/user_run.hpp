#pragma once

#include "benchmarks/load/plan.hpp"
#include "benchmarks/load/report.hpp"

namespace genesis::load {

/// Runs the plan, shows its progress on standard error every five seconds, and says what came of it: figures of all
/// steps together (without chats), of each kind of step, and of the first event and token of chats. CPU and rates are
/// of the time after the warm-up.
report run_users(const user_plan& plan);

}  // namespace genesis::load
