#pragma once

#include "actors/interfaces.hpp"
#include "actors/service.hpp"

#include <array>

namespace genesis {

/// The specialists of the built-in coach, by `agent`. The entry of `nexus` answers what no other specialist does.
struct specialists {
  std::array<specialist_actor, 5> by_agent;
};

/// Wraps one specialist's functions (domain/coach) as a service: a question over which they throw is answered
/// `internal` and costs the others nothing.
specialist_actor::behavior_type specialist_behavior(service_pointer<specialist_actor> self, agent who);

/// Finds what a person wants and has the specialist answer.
nexus_actor::behavior_type nexus_behavior(service_pointer<nexus_actor> self, specialists team);

/// The whole team in one actor, for questions that take longer than an I/O thread may be held up; spawned detached.
nexus_actor::behavior_type solo_nexus_behavior(service_pointer<nexus_actor> self);

}  // namespace genesis
