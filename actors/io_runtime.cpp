#include "actors/io_runtime.hpp"

#include "actors/failure.hpp"
#include "actors/io_scheduler.hpp"

#include <boost/asio/post.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <pthread.h>
#include <string>

namespace genesis {

namespace {

thread_local io_thread* current_thread = nullptr;

/// Turns of the ready queue before sockets and timers get their chance again. A request passes three or four actors, so
/// that most are answered within one drain.
constexpr int turns_per_drain = 8;

}  // namespace

io_thread::io_thread(std::size_t index, io_scheduler*& scheduler) : index_(index), scheduler_(scheduler) {}

io_thread* io_thread::current() noexcept {
  return current_thread;
}

void io_thread::run() {
  current_thread = this;
  pthread_setname_np(pthread_self(), ("genesis-io-" + std::to_string(index_)).c_str());
  // What is thrown here is lost with the operation that it was about; connections have deadlines, and listeners are
  // looked after.
  while (!contain("I/O thread", [this] { context_.run(); })) {
  }
  current_thread = nullptr;
}

void io_thread::enqueue(caf::resumable* job) noexcept {
  pending_.fetch_add(1, std::memory_order_relaxed);
  if (current_thread == this)
    push_local(job);
  else
    boost::asio::post(context_, [this, job] { push_local(job); });
}

void io_thread::push_local(caf::resumable* job) noexcept {
  ready_.push_back(job);
  if (is_drain_posted_)
    return;
  is_drain_posted_ = true;
  boost::asio::post(context_, [this] { drain(); });
}

void io_thread::drain() noexcept {
  for (int turn = 0; turn < turns_per_drain && !ready_.empty(); ++turn) {
    running_.swap(ready_);
    for (auto* job : running_)
      execute(job);
    running_.clear();
  }
  is_drain_posted_ = false;
  if (!ready_.empty()) {
    is_drain_posted_ = true;
    boost::asio::post(context_, [this] { drain(); });
  }
}

void io_thread::execute(caf::resumable* job) {
  auto& scheduler = *scheduler_;
  if (scheduler.is_cleaning_up()) {
    caf::scheduler::abstract_coordinator::cleanup_and_release(job);
    pending_.fetch_sub(1, std::memory_order_release);
    return;
  }
  switch (job->resume(&scheduler.unit(index_), scheduler.max_throughput())) {
  case caf::resumable::resume_later: enqueue(job); break;
  case caf::resumable::done:
  case caf::resumable::awaiting_message: caf::intrusive_ptr_release(job); break;
  case caf::resumable::shutdown_execution_unit: break;
  }
  pending_.fetch_sub(1, std::memory_order_release);
}

io_runtime::io_runtime(std::size_t threads) {
  for (std::size_t i = 0; i < threads; ++i)
    threads_.push_back(std::make_unique<io_thread>(i, scheduler_));
}

io_runtime::~io_runtime() {
  stop();
}

void io_runtime::start(const std::function<void(std::size_t)>& on_start) {
  for (auto& thread : threads_) {
    thread->thread_ = std::thread([&each = *thread, on_start] {
      if (on_start)
        on_start(each.index());
      each.run();
    });
  }
}

void io_runtime::stop() {
  for (auto& thread : threads_)
    thread->work_.reset();
  for (auto& thread : threads_)
    if (thread->thread_.joinable())
      thread->thread_.join();
}

}  // namespace genesis
