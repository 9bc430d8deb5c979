#pragma once

#include "actors/metrics.hpp"

#include <caf/scheduled_actor.hpp>
#include <caf/sec.hpp>
#include <spdlog/spdlog.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace genesis {

/// Counts and logs what is being thrown, under the name of the part of the program and the ids of what it was about.
/// Only where an exception is handled.
inline void report_failure(const char* name, const char* consequence, std::string_view ids = {}) {
  counters().actors_failed.add();
  const auto* const space = ids.empty() ? "" : " ";
  try {
    throw;
  } catch (const std::exception& what) {
    spdlog::error("{} {}{}{}: {}", name, consequence, space, ids, what.what());
  } catch (...) {
    spdlog::error("{} {}{}{}: unknown exception", name, consequence, space, ids);
  }
}

/// Does a piece of work whose failure must not cost the rest. False when it threw: logged under `name` and the ids that
/// `ids` makes of what it was about, and counted.
template <class Work, class Ids>
bool contain(const char* name, const Work& work, const Ids& ids) {
  try {
    work();
    return true;
  } catch (...) {
    std::string about;
    try {
      about = ids();
    } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): then without them
    }
    report_failure(name, "failed", about);
    return false;
  }
}
template <class Work>
bool contain(const char* name, const Work& work) {
  return contain(name, work, [] { return std::string_view{}; });
}

/// Lets an actor whose handler throws end alone: logged under `name` and counted; who asked gets an error. Messages
/// that it does not know are refused in silence. First thing in every behaviour: CAF's own handlers print to standard
/// output. An actor that must not end is a `service`.
template <class Self>
void contain_failures(Self* self, const char* name) {
  self->set_default_handler(caf::drop);
  self->set_exception_handler([name](std::exception_ptr& thrown) -> caf::error {
    try {
      std::rethrow_exception(thrown);
    } catch (...) {
      report_failure(name, "ended");
    }
    return caf::sec::runtime_error;
  });
}

/// Sets what an actor does when one dies that it monitors. What that throws is contained, since CAF 0.17.6 forgets a
/// handler that has thrown (scheduled_actor::call_handler) and fails on every later death.
template <class Self, class Handler>
void handle_deaths(Self* self, const char* name, Handler handler) {
  self->set_down_handler(
    [name, handler = std::move(handler)](const caf::down_msg& gone) { contain(name, [&] { handler(gone); }); });
}

}  // namespace genesis
