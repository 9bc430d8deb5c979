#pragma once

#include "domain/ids.hpp"
#include "domain/time.hpp"

#include <functional>

namespace genesis {

/// What actors take from the outside world; handed in, so that tests decide the time and the dice. Both functions are
/// called from any thread.
struct environment {
  std::function<timestamp()> now;  ///< Wall clock. For waits, actors use `self->clock()`.
  uuid_source::random_fill random;
};

}  // namespace genesis
