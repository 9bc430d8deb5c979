#pragma once

#include "actors/interfaces.hpp"
#include "config/settings.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace genesis {

/// Starts a worker for writes or for reads; how (detached or not, over which store) is decided where everything is
/// wired.
enum class worker_kind : std::uint8_t { writer, reader };
using spawn_storage_worker = std::function<storage_worker_actor(worker_kind)>;

/// Questions that a reader is given at a time: one that it works on, and one that is there when it has finished, so
/// that its thread need not sleep in between.
inline constexpr std::size_t questions_per_reader = 2;

/// The workers on one server of a storage pool and what each has to do: one writer, `readers` that stay once there was
/// use for them, and `overflow_max` more while all of those are full. Part of the pool's state, on its thread.
class worker_slots {
public:
  struct sizes {
    std::size_t readers = 4;
    std::size_t overflow_max = 0;
    bool has_writer = true;  ///< Without one, nothing is opened before there is use for it.
    /// How long a worker of the overflow may have nothing to do before it goes.
    std::chrono::milliseconds overflow_idle_max = std::chrono::seconds{10};
    config::pool_echo echo = config::pool_echo::off;
  };

  static constexpr std::size_t writer = 0;
  static constexpr std::chrono::seconds start_pause{1};

  /// Opens the writer and the first reader, where there is a writer. `on_spawned` is told of every worker, to watch
  /// over its life.
  worker_slots(spawn_storage_worker spawn, sizes limits, std::function<void(const storage_worker_actor&)> on_spawned);
  worker_slots(const worker_slots&) = delete;
  worker_slots& operator=(const worker_slots&) = delete;
  /// Ends all workers.
  ~worker_slots();

  /// The reader for the next question, opened if that is due; nothing while all are full. One that cannot be started is
  /// tried again after `start_pause`, while there are others; without any other throws what starting it throws.
  std::optional<std::size_t> pick_reader(std::chrono::steady_clock::time_point now);
  /// Started if it is missing; throws what that throws.
  const storage_worker_actor& worker(std::size_t index);

  /// How many things each worker has to do. May outlive the slots: CAF destroys a state before the handlers of its
  /// requests (stateful_actor::on_exit).
  struct occupancy {
    std::vector<std::size_t> tasks;
    bool is_told = false;  ///< In the log.
  };

  /// Something that a worker has to do, from its making to its end.
  class task {
  public:
    task() = default;
    task(worker_slots& slots, std::size_t index);
    task(task&&) noexcept = default;
    task& operator=(task&& other) noexcept;
    ~task() { end(); }
    void end() noexcept;

  private:
    std::shared_ptr<occupancy> taken_;
    std::size_t index_ = 0;
  };

  /// The worker is dead; it is started again with the next need, or by `refill`.
  void vacate(const caf::actor_addr& gone) noexcept;
  /// Starts what died, as far as that goes now. True when there was something.
  bool refill() noexcept;
  /// Ends workers of the overflow that have had nothing to do for long.
  void retire_idle(std::chrono::steady_clock::time_point now);

  /// Connections at this moment.
  struct figures {
    std::size_t size = 0;  ///< That are kept open, once opened.
    std::size_t checked_in = 0;
    std::size_t checked_out = 0;
    std::size_t overflow = 0;
    [[nodiscard]] std::size_t total() const noexcept { return checked_in + checked_out; }
    figures& operator+=(const figures& other) noexcept {
      size += other.size;
      checked_in += other.checked_in;
      checked_out += other.checked_out;
      overflow += other.overflow;
      return *this;
    }
  };
  [[nodiscard]] figures now() const noexcept;

private:
  struct slot {
    bool is_open = false;         ///< It has a worker, or is to get one again.
    storage_worker_actor worker;  ///< Missing while it cannot be started.
    std::optional<std::chrono::steady_clock::time_point> idle_since = {};
  };

  [[nodiscard]] bool is_overflow(std::size_t index) const noexcept { return index > sizes_.readers; }
  [[nodiscard]] std::size_t tasks_of(std::size_t index) const noexcept { return occupied_->tasks[index]; }
  void open(std::size_t index);
  void start_worker(std::size_t index);
  bool try_to_start(std::size_t index) noexcept;
  std::optional<std::size_t> try_to_open(std::size_t from, std::size_t to, std::chrono::steady_clock::time_point now);
  void close(std::size_t index) noexcept;

  spawn_storage_worker spawn_;
  sizes sizes_;
  std::function<void(const storage_worker_actor&)> on_spawned_;
  std::vector<slot> slots_;  ///< The writer, the readers, the overflow.
  std::shared_ptr<occupancy> occupied_ = std::make_shared<occupancy>();
  std::chrono::steady_clock::time_point start_again_at_{};  ///< After an attempt that failed.
};

}  // namespace genesis
