#include "actors/io_scheduler.hpp"

#include <boost/asio/post.hpp>
#include <caf/actor_system.hpp>
#include <caf/group.hpp>
#include <caf/logger.hpp>
#include <caf/make_actor.hpp>
#include <caf/monitorable_actor.hpp>
#include <caf/scheduled_actor.hpp>
#include <caf/system_messages.hpp>
#include <spdlog/spdlog.h>

#include <stdexcept>
#include <string>

namespace genesis {

namespace {

/// Messages that an actor handles before its thread turns to the next: one busy actor must not starve the others, and a
/// shorter turn costs a queue operation each.
constexpr std::size_t messages_per_turn = 50;

}  // namespace

/// Takes what CAF prints of its own accord (an actor without handlers of ours that fails) to the log, a line at a time.
/// Without it CAF would call a printer that is not there.
class log_printer final : public caf::monitorable_actor {
public:
  explicit log_printer(caf::actor_config& config) : caf::monitorable_actor(config) {}

  void enqueue(caf::mailbox_element_ptr what, caf::execution_unit*) override {
    if (!what->content().match_elements<caf::add_atom, caf::actor_id, std::string>())
      return;
    thread_local std::string line;
    line += what->content().get_as<std::string>(2);
    if (!line.ends_with('\n'))
      return;
    line.pop_back();
    spdlog::error("{}", line);
    line.clear();
  }
};

/// CAF's view of an I/O thread; promises that are delivered later use it, so it lives as long as the scheduler.
struct io_scheduler::unit_on_thread final : caf::execution_unit {
  unit_on_thread(caf::actor_system& system, io_scheduler& scheduler)
      : caf::execution_unit(&system), scheduler_(scheduler) {}

  void exec_later(caf::resumable* job) override { scheduler_.enqueue(job); }

  io_scheduler& scheduler_;
};

void io_clock::add(timer_wheel::entry waiting) {
  if (auto* here = io_thread::current()) {
    here->wheel().add(std::move(waiting));
    return;
  }
  auto& home = runtime_[next_.fetch_add(1, std::memory_order_relaxed) % runtime_.size()];
  // Handlers of Asio must be copyable or movable; the entry is movable.
  boost::asio::post(
    home.context(), [&home, entry = std::move(waiting)]() mutable { home.wheel().add(std::move(entry)); });
}

void io_clock::set_ordinary_timeout(time_point t, caf::abstract_actor* self, caf::atom_value type, std::uint64_t id) {
  set_multi_timeout(t, self, type, id);
}

void io_clock::set_multi_timeout(time_point t, caf::abstract_actor* self, caf::atom_value type, std::uint64_t id) {
  schedule_message(t, caf::strong_actor_ptr{self->ctrl()},
    caf::make_mailbox_element(nullptr, caf::make_message_id(), {}, caf::timeout_msg{type, id}));
}

void io_clock::set_request_timeout(time_point t, caf::abstract_actor* self, caf::message_id id) {
  timer_wheel::entry waiting;
  waiting.due = t;
  waiting.waiter = caf::weak_actor_ptr{self->ctrl()};
  waiting.request = id;
  add(std::move(waiting));
}

void io_clock::schedule_message(time_point t, caf::strong_actor_ptr receiver, caf::mailbox_element_ptr content) {
  timer_wheel::entry waiting;
  waiting.due = t;
  waiting.receiver = std::move(receiver);
  waiting.content = std::move(content);
  add(std::move(waiting));
}

void io_clock::schedule_message(time_point, caf::group, caf::strong_actor_ptr, caf::message) {
  throw std::logic_error("delayed messages to groups are not supported");
}

io_scheduler::io_scheduler(caf::actor_system& system, io_runtime& runtime)
    : abstract_coordinator(system), runtime_(runtime), clock_(runtime) {
  num_workers_ = runtime.size();
}

void io_scheduler::install(caf::actor_system_config& config, io_runtime& runtime) {
  config.module_factories.emplace_back(
    [&runtime](caf::actor_system& system) -> caf::actor_system::module* { return new io_scheduler(system, runtime); });
}

io_scheduler& io_scheduler::of(caf::actor_system& system) {
  return dynamic_cast<io_scheduler&>(system.scheduler());
}

void io_scheduler::init(caf::actor_system_config& config) {
  abstract_coordinator::init(config);
  num_workers_ = runtime_.size();
  max_throughput_ = messages_per_turn;
  for (std::size_t i = 0; i < runtime_.size(); ++i)
    units_.push_back(std::make_unique<unit_on_thread>(system_, *this));
  runtime_.scheduler_ = this;
}

void io_scheduler::start() {
  caf::actor_config config{units_.front().get()};
  utility_actors_[printer_id] =
    caf::make_actor<log_printer, caf::actor>(system_.next_actor_id(), system_.node(), &system_, config);
}

void io_scheduler::stop() {
  is_cleaning_up_.store(true, std::memory_order_release);
  // Every actor has ended by now; what is left are jobs on their way. Each thread empties its queue and its wheel,
  // which may wake others, until nothing is pending anywhere. Twice in a row: a job may move behind the back of one
  // look round.
  for (int idle_rounds = 0; idle_rounds < 2;) {
    bool is_idle = true;
    for (auto& thread : runtime_.threads_) {
      thread->run_and_wait([&thread] { thread->wheel().clear(); });
      is_idle = is_idle && thread->pending_jobs() == 0;
    }
    idle_rounds = is_idle ? idle_rounds + 1 : 0;
  }
  // ~actor_system waits until nobody holds its logger, and each thread that ran an actor does: CAF's own workers let go
  // by ending, these live on.
  for (auto& thread : runtime_.threads_)
    thread->run_and_wait([] { caf::logger::set_current_actor_system(nullptr); });
  runtime_.scheduler_ = nullptr;
}

void io_scheduler::pin(const caf::strong_actor_ptr& actor, std::size_t thread) {
  const auto slot = pinned_count_.load(std::memory_order_relaxed);
  if (slot >= pinned_max)
    throw std::length_error("too many pinned actors");
  auto* job = dynamic_cast<caf::resumable*>(caf::actor_cast<caf::abstract_actor*>(actor));
  pinned_[slot].thread = thread;
  pinned_[slot].job.store(job, std::memory_order_release);
  pinned_count_.store(slot + 1, std::memory_order_release);
}

void io_scheduler::enqueue(caf::resumable* job) {
  const auto pinned = pinned_count_.load(std::memory_order_acquire);
  for (std::size_t i = 0; i < pinned; ++i) {
    if (pinned_[i].job.load(std::memory_order_relaxed) == job) {
      runtime_[pinned_[i].thread].enqueue(job);
      return;
    }
  }
  if (auto* here = io_thread::current()) {
    here->enqueue(job);
    return;
  }
  runtime_[next_thread_.fetch_add(1, std::memory_order_relaxed) % runtime_.size()].enqueue(job);
}

}  // namespace genesis
