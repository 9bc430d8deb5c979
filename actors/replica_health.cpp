#include "actors/replica_health.hpp"

#include "config/setting_value.hpp"

namespace genesis {

/// When there are too many, all but the oldest tell too much already: how old that is decides.
void replica_health::see_primary(const storage::server_condition& seen, time_point now) {
  // After a failover the log goes on from where the new primary has it: what was ahead of that is no lag.
  if (primary_ && (seen.position < primary_->position || seen.timeline != primary_->timeline))
    samples_.clear();
  has_failed_over_ |= primary_ && seen.timeline != primary_->timeline;
  primary_ = seen;
  if (!samples_.empty() && samples_.back().position == seen.position)
    return;
  if (samples_.size() == samples_max)
    samples_.pop_back();
  samples_.push_back({now, seen.position});
}

replica_health::verdict replica_health::judge(const storage::server_condition& replica, time_point now) {
  if (!primary_)
    return {.fault = "the primary has not been seen yet"};
  while (!samples_.empty() && samples_.front().position <= replica.position)
    samples_.pop_front();
  verdict found;
  if (!samples_.empty()) {
    found.lag = std::chrono::duration_cast<std::chrono::milliseconds>(now - samples_.front().at);
    found.lag_bytes = samples_.back().position.value - replica.position.value;
  }
  found.fault = fault_of(replica, found.lag);
  return found;
}

std::string replica_health::fault_of(const storage::server_condition& replica, std::chrono::milliseconds lag) const {
  if (!replica.is_replica)
    return "it takes changes itself now";
  if (replica.identity != primary_->identity)
    return "it has another database than the primary";
  if (replica.timeline && primary_->timeline && *replica.timeline != *primary_->timeline)
    return "it follows another server than the primary";
  // It may follow the server that was abandoned, and be as far as this one by changes that are lost.
  if (!replica.timeline && has_failed_over_)
    return "which server it follows cannot be seen, and there was a failover: grant pg_read_all_stats to the role";
  if (lag > lag_max_)
    return "it is " + config::format_duration(lag) + " behind";
  return {};
}

}  // namespace genesis
