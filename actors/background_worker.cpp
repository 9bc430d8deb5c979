#include "actors/background_worker.hpp"

namespace genesis {

background_actor::behavior_type background_behavior(service_pointer<background_actor> self) {
  self->serve_as(actor_kind::background);
  return {
    [self](const background_job& job) -> caf::result<bool> {
      if (self->clock().now() >= job.deadline)
        return to_caf({errc::overloaded, "too much work is waiting"});
      (*job.run)();
      return true;
    },
  };
}

}  // namespace genesis
