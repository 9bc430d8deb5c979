#pragma once

#include "actors/timer_wheel.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <caf/execution_unit.hpp>
#include <caf/resumable.hpp>

#include <atomic>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace genesis {

class io_scheduler;

/// One thread, one io_context, and the actors that this thread woke: sockets, timers and actors of a thread share
/// nothing with those of another.
class io_thread {
public:
  io_thread(std::size_t index, io_scheduler*& scheduler);

  [[nodiscard]] std::size_t index() const noexcept { return index_; }
  boost::asio::io_context& context() noexcept { return context_; }
  timer_wheel& wheel() noexcept { return wheel_; }
  [[nodiscard]] const timer_wheel& wheel() const noexcept { return wheel_; }

  /// The io_thread that the caller runs on; null on any other thread.
  static io_thread* current() noexcept;

  /// Runs `job` on this thread after what it does now. From any thread. Without memory for that the process ends: a job
  /// that is lost would leave an actor that nobody runs any more, and everybody who waits for it.
  void enqueue(caf::resumable* job) noexcept;

  /// Does `work` on this thread after what it does now, waits for its end and gives what it gives. What it throws is
  /// thrown here: a failure must not leave the caller waiting. The thread must run, and be another than the caller's.
  template <class Work>
  auto run_and_wait(Work work) {
    std::packaged_task<std::invoke_result_t<Work&>()> task{std::move(work)};
    auto done = task.get_future();
    boost::asio::post(context_, [&task] { task(); });
    return done.get();
  }

  /// Jobs taken but not yet run to their end, this thread's share.
  [[nodiscard]] std::size_t pending_jobs() const noexcept { return pending_.load(std::memory_order_acquire); }

private:
  friend class io_runtime;

  void run();
  void push_local(caf::resumable* job) noexcept;
  void drain() noexcept;  // a job that is lost half way would leave actors without their thread
  void execute(caf::resumable* job);

  std::size_t index_;
  io_scheduler*& scheduler_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
  timer_wheel wheel_{context_};
  std::vector<caf::resumable*> ready_;
  std::vector<caf::resumable*> running_;
  bool is_drain_posted_ = false;
  std::atomic<std::size_t> pending_{0};
  std::thread thread_;
};

/// The I/O threads of the process. Outlives the actor system: actors run here until the last of them is gone.
class io_runtime {
public:
  /// `threads` >= 1. `on_start` runs first on every thread, with its index.
  explicit io_runtime(std::size_t threads);
  io_runtime(const io_runtime&) = delete;
  io_runtime& operator=(const io_runtime&) = delete;
  ~io_runtime();

  void start(const std::function<void(std::size_t)>& on_start = {});

  /// Lets the threads run out of work and joins them. The actor system must be gone.
  void stop();

  [[nodiscard]] std::size_t size() const noexcept { return threads_.size(); }
  io_thread& operator[](std::size_t index) noexcept { return *threads_[index]; }
  const io_thread& operator[](std::size_t index) const noexcept { return *threads_[index]; }

private:
  friend class io_scheduler;

  io_scheduler* scheduler_ = nullptr;  ///< Set while the actor system lives.
  std::vector<std::unique_ptr<io_thread>> threads_;
};

}  // namespace genesis
