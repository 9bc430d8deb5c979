#include "actors/background_worker.hpp"

#include "actors/failure.hpp"

namespace genesis {

background_actor::behavior_type background_behavior(background_actor::pointer self) {
  contain_failures(self, "background worker");
  return {
    [](const background_job& job) {
      (*job.run)();
      return true;
    },
  };
}

}  // namespace genesis
