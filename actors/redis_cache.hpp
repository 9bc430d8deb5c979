#pragma once

#include "actors/interfaces.hpp"
#include "actors/service.hpp"
#include "storage/redis_client.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace genesis {

/// Counts what becomes of questions to Redis, on the thread that asks it.
class redis_counts final : public storage::redis_observer {
public:
  void on_answer(std::chrono::nanoseconds took) noexcept override;
  void on_failure(storage::redis_failure what) noexcept override;
  void on_usable(bool is_usable) noexcept override;
};

/// Keeps entries in Redis; see `cache_actor`. Pinned to the I/O thread of its io_context: the sockets are there.
class redis_cache_state {
public:
  using pointer = cache_actor::stateful_pointer<redis_cache_state>;

  explicit redis_cache_state(pointer self) : self_(self) {}
  redis_cache_state(const redis_cache_state&) = delete;
  redis_cache_state& operator=(const redis_cache_state&) = delete;

  void start(boost::asio::io_context& context, storage::redis_client::options how);

  caf::result<cached_entry> get(const get_cached& what);
  void put(const put_cached& what);
  void remove(const remove_cached& what);
  caf::result<bool> settle();
  caf::result<std::int64_t> remove_matching(const remove_cached_matching& what);

private:
  pointer self_;
  redis_counts counts_;
  std::unique_ptr<storage::redis_client> client_;
};

/// REQUIRES: the actor is pinned to the thread of `context` before anybody sends to it (spawn it lazily). It connects
/// with the first message, whatever that is: `connect_due` for one that does nothing else.
cache_actor::behavior_type redis_cache_behavior(service_pointer<cache_actor, redis_cache_state> self,
  boost::asio::io_context* context, storage::redis_client::options how);

}  // namespace genesis
