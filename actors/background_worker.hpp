#pragma once

#include "actors/interfaces.hpp"
#include "actors/service.hpp"

namespace genesis {

/// Runs jobs one after the other, but for those that come too late; spawned detached. One that throws is answered
/// `internal`, and the next one runs.
background_actor::behavior_type background_behavior(service_pointer<background_actor> self);

}  // namespace genesis
