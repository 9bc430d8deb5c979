#include "actors/background_worker.hpp"

namespace genesis {

background_actor::behavior_type background_behavior(service_pointer<background_actor> self) {
  self->serve_as(actor_kind::background);
  return {
    [](const background_job& job) {
      (*job.run)();
      return true;
    },
  };
}

}  // namespace genesis
