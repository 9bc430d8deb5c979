#pragma once

#include "actors/thread_counters.hpp"
#include "domain/text_enum.hpp"

#include <caf/execution_unit.hpp>
#include <caf/scheduled_actor.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <utility>

namespace genesis {

/// The kinds of actors whose mailboxes are measured. The names are labels of a metric, and of log lines about them.
enum class actor_kind : std::uint8_t {
  accounts,
  background,
  cache,
  caches,
  chunk_writer,
  control,
  exporter,
  front,
  gate,
  housekeeper,
  limiter,
  nexus,
  password_pool,
  purger,
  replica_watch,
  run,
  shard,
  specialist,
  statistics,
  storage_pool,
  user,
};
template <>
inline constexpr auto enum_names<actor_kind> = std::array{
  std::pair{actor_kind::accounts, std::string_view{"accounts"}},
  std::pair{actor_kind::background, std::string_view{"background"}},
  std::pair{actor_kind::cache, std::string_view{"cache"}},
  std::pair{actor_kind::caches, std::string_view{"caches"}},
  std::pair{actor_kind::chunk_writer, std::string_view{"chunk_writer"}},
  std::pair{actor_kind::control, std::string_view{"control"}},
  std::pair{actor_kind::exporter, std::string_view{"exporter"}},
  std::pair{actor_kind::front, std::string_view{"front"}},
  std::pair{actor_kind::gate, std::string_view{"gate"}},
  std::pair{actor_kind::housekeeper, std::string_view{"housekeeper"}},
  std::pair{actor_kind::limiter, std::string_view{"limiter"}},
  std::pair{actor_kind::nexus, std::string_view{"nexus"}},
  std::pair{actor_kind::password_pool, std::string_view{"password_pool"}},
  std::pair{actor_kind::purger, std::string_view{"purger"}},
  std::pair{actor_kind::replica_watch, std::string_view{"replica_watch"}},
  std::pair{actor_kind::run, std::string_view{"run"}},
  std::pair{actor_kind::shard, std::string_view{"shard"}},
  std::pair{actor_kind::specialist, std::string_view{"specialist"}},
  std::pair{actor_kind::statistics, std::string_view{"statistics"}},
  std::pair{actor_kind::storage_pool, std::string_view{"storage_pool"}},
  std::pair{actor_kind::user, std::string_view{"user"}},
};

/// How many messages actors of one kind found waiting when their turn came.
struct mailbox_counters {
  /// Upper bounds of the histogram, in messages.
  static constexpr std::array bounds{1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0, 1024.0};

  std::array<thread_counter, bounds.size() + 1> by_length;
  thread_counter messages;

  void count(std::size_t length) noexcept {
    const auto bucket = std::ranges::lower_bound(bounds, static_cast<double>(length)) - bounds.begin();
    by_length[static_cast<std::size_t>(bucket)].add();
    messages.add(length);
  }
};

/// Those of one thread, by kind.
struct mailboxes {
  std::array<mailbox_counters, enum_names<actor_kind>.size()> by_kind;
};

/// Counts a turn of an actor that found so many messages. The first one on a thread needs memory: without any it is
/// left out.
inline void count_turn(actor_kind kind, std::size_t length) noexcept {
  try {
    per_thread<mailboxes>::here().by_kind[static_cast<std::size_t>(kind)].count(length);
  } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): the turn itself goes on
  }
}

/// An actor whose mailbox is measured each time that its turn comes.
template <class Handle, class State>
class measured : public Handle::template stateful_base<State> {
public:
  using super = typename Handle::template stateful_base<State>;
  using super::super;

  /// First thing in the behaviour. Nothing is counted before.
  void measure_as(actor_kind kind) noexcept {
    kind_ = kind;
    is_known_ = true;
  }

  caf::resumable::resume_result resume(caf::execution_unit* unit, std::size_t messages_max) override {
    // As soon as an actor has ended its mailbox is closed, which looking into it would undo.
    if (is_known_ && !this->mailbox().closed() && !this->mailbox().blocked())
      count_turn(kind_, this->mailbox().size());
    return super::resume(unit, messages_max);
  }

private:
  actor_kind kind_{};
  bool is_known_ = false;
};

}  // namespace genesis
