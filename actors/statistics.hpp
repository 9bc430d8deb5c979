#pragma once

#include "actors/environment.hpp"
#include "actors/interfaces.hpp"
#include "actors/memo.hpp"
#include "actors/service.hpp"

#include <optional>

namespace genesis {

/// Ten minutes: of somebody who talks on, the database is asked once for what their trends are worked out from.
inline constexpr memo_limits statistics_limits{
  .bytes_max = std::size_t{32} * 1'024 * 1'024, .lifetime = std::chrono::seconds{600}};

/// See `statistics_actor`. There is one, so that what is remembered is bounded for all people together.
class statistics_state {
public:
  using pointer = statistics_actor::stateful_pointer<statistics_state>;

  explicit statistics_state(pointer self) : self_(self) {}

  void start(storage_pool_actor storage, environment world, const memo_limits& limits);

  caf::result<records_ptr> handle(const get_recent_records& what);
  caf::result<std::int64_t> handle(const let_people_go& what);

private:
  /// By the person, the version and the timeline.
  using records_memo = memo<std::vector<progress_record>(user_id, std::int64_t, std::int64_t)>;

  void read_records(const get_recent_records& what, const records_memo::computation_ptr& computation);

  pointer self_;
  storage_pool_actor storage_;
  environment world_;
  std::optional<records_memo> records_;
};

statistics_actor::behavior_type statistics_behavior(service_pointer<statistics_actor, statistics_state> self,
  storage_pool_actor storage, environment world, memo_limits limits);

}  // namespace genesis
