#include "storage/slow_log.hpp"

namespace genesis::storage {

bool slow_log::may_tell(statement_id id, bool is_ok, clock::time_point now) noexcept {
  auto& until = silent_until_[is_ok ? 1 : 0][static_cast<std::size_t>(id)];
  const auto nanoseconds = [](clock::time_point at) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(at.time_since_epoch()).count();
  };
  auto seen = until.load(std::memory_order_relaxed);
  return (seen == 0 || seen <= nanoseconds(now)) &&
         until.compare_exchange_strong(seen, nanoseconds(now + silence), std::memory_order_relaxed);
}

}  // namespace genesis::storage
