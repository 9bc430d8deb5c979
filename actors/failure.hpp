#pragma once

#include "actors/metrics.hpp"

#include <caf/scheduled_actor.hpp>
#include <caf/sec.hpp>
#include <spdlog/spdlog.h>

#include <exception>

namespace genesis {

/// Lets an actor whose handler throws end alone: logged under `name` and counted; who asked gets an error. Messages
/// that it does not know are refused in silence. First thing in every behaviour: CAF's own handlers print to standard
/// output.
template <class Self>
void contain_failures(Self* self, const char* name) {
  self->set_default_handler(caf::drop);
  self->set_exception_handler([name](std::exception_ptr& thrown) -> caf::error {
    counters().actors_failed.add();
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& what) {
      spdlog::error("a {} actor ended: {}", name, what.what());
    } catch (...) {
      spdlog::error("a {} actor ended: unknown exception", name);
    }
    return caf::sec::runtime_error;
  });
}

}  // namespace genesis
