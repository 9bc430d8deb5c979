#include "actors/background_worker.hpp"

#include "actors/failure.hpp"

#include <spdlog/spdlog.h>

namespace genesis {

background_actor::behavior_type background_behavior(background_actor::pointer self) {
  contain_failures(self, "background worker");
  return {
    [](const background_job& job) -> caf::result<bool> {
      try {
        (*job.run)();
        return true;
      } catch (const std::exception& broken) {  // the next job is somebody else's
        spdlog::error("a background job failed: {}", broken.what());
        return to_caf({errc::internal, "the work failed"});
      }
    },
  };
}

}  // namespace genesis
