#include "actors/redis_cache.hpp"

#include "actors/metrics.hpp"
#include "actors/promise.hpp"

namespace genesis {

void redis_counts::on_answer(std::chrono::nanoseconds took) noexcept {
  counters().redis_latency.count(took);
}

void redis_counts::on_failure(storage::redis_failure what) noexcept {
  counters().redis_failures_by(what).add();
}

void redis_counts::on_usable(bool is_usable) noexcept {
  if (is_usable)
    counters().redis_usable_now.add();
  else
    counters().redis_usable_now.subtract();
}

void redis_cache_state::start(boost::asio::io_context& context, storage::redis_client::options how) {
  client_ = std::make_unique<storage::redis_client>(context, std::move(how), &counts_);
  client_->start();
}

caf::result<cached_entry> redis_cache_state::get(const get_cached& what) {
  auto answer = hold_answer<cached_entry>(self_);
  client_->get(what.key, [answer](result<std::optional<std::string>> found) {
    if (found)
      answer->deliver(cached_entry{std::move(*found)});
    else
      answer->fail(found.error());
  });
  return caf::delegated<cached_entry>{};
}

void redis_cache_state::put(const put_cached& what) {
  client_->put(what.key, what.value, what.keep, [](const result<bool>&) {});
}

void redis_cache_state::remove(const remove_cached& what) {
  client_->remove(what.key, [](const result<bool>&) {});
}

caf::result<bool> redis_cache_state::settle() {
  auto answer = hold_answer<bool>(self_);
  client_->settle([answer](result<bool> settled) { answer->deliver(std::move(settled)); });
  return caf::delegated<bool>{};
}

caf::result<std::int64_t> redis_cache_state::remove_matching(const remove_cached_matching& what) {
  auto answer = hold_answer<std::int64_t>(self_);
  client_->remove_matching(
    what.pattern, what.within, [answer](result<std::int64_t> removed) { answer->deliver(std::move(removed)); });
  return caf::delegated<std::int64_t>{};
}

cache_actor::behavior_type redis_cache_behavior(service_pointer<cache_actor, redis_cache_state> self,
  boost::asio::io_context* context, storage::redis_client::options how) {
  self->serve_as(actor_kind::cache);
  auto& state = self->state;
  state.start(*context, std::move(how));
  return {
    [&state](const get_cached& what) { return state.get(what); },
    [&state](const put_cached& what) { state.put(what); },
    [&state](const remove_cached& what) { state.remove(what); },
    [&state](const settle_cached&) { return state.settle(); },
    [&state](const remove_cached_matching& what) { return state.remove_matching(what); },
    [](const connect_due&) {},
  };
}

}  // namespace genesis
