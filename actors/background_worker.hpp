#pragma once

#include "actors/interfaces.hpp"

namespace genesis {

/// Runs jobs one after the other; spawned detached.
background_actor::behavior_type background_behavior(background_actor::pointer self);

}  // namespace genesis
