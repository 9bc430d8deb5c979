#include "actors/background_worker.hpp"

namespace genesis {

background_actor::behavior_type background_behavior(background_actor::pointer) {
  return {
    [](const background_job& job) {
      (*job.run)();
      return true;
    },
  };
}

}  // namespace genesis
