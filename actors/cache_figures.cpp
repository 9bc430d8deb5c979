#include "actors/cache_figures.hpp"

#include "actors/metrics.hpp"

namespace genesis {

cache_figures current_cache_figures() {
  using c = actor_counters;
  cache_figures now;
  now.memory = {total_of(&c::l1_user_hits), total_of(&c::l1_user_misses)};
  now.people = total_of(&c::users_now);
  now.memo = {total_of(&c::l1_memo_hits), total_of(&c::l1_memo_misses)};
  now.redis = {total_of(&c::l2_hits), total_of(&c::l2_misses)};
  now.is_redis_usable = total_of(&c::redis_usable_now) > 0;
  now.stale = total_of(&c::l2_stale);
  now.unreadable = total_of(&c::l2_unreadable);
  per_thread<actor_counters>::for_each([&](const actor_counters& thread) {
    for (std::size_t i = 0; i < now.failures.size(); ++i)
      now.failures[i] += static_cast<std::int64_t>(thread.redis_failures[i].value());
  });
  return now;
}

}  // namespace genesis
