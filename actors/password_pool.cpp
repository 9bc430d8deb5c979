#include "actors/password_pool.hpp"

#include "actors/deadlines.hpp"
#include "actors/failure.hpp"
#include "auth/password.hpp"
#include "auth/password_strength.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

namespace {

/// The password in its normal form, unless it must not be used.
result<std::string> accept(const std::string& password, const std::vector<std::string>& personal_words) {
  auto accepted = auth::accept_password(password, personal_words);
  if (accepted)
    return accepted;
  const auto& why = accepted.error().detail;
  return std::unexpected(error{errc::invalid_argument, "password: " + why, {{"password", "value", why}}});
}

caf::result<bool> judge(const judge_password& what) {
  const auto accepted = accept(what.password, what.personal_words);
  if (!accepted)
    return to_caf(accepted.error());
  return true;
}

caf::result<password_hashed> hash(const hash_password& what) {
  const auto normal = accept(what.password, what.personal_words);
  if (!normal)
    return to_caf(normal.error());
  auto hashed = auth::hash_password(*normal);
  if (!hashed)
    return to_caf(hashed.error());
  return password_hashed{std::move(*hashed)};
}

caf::result<password_verdict> verify(const verify_password& what) {
  const auto normal = auth::normalise_password(what.password);
  if (!normal || what.hash.empty()) {
    if (auto compared = auth::verify_against_nothing(what.password); !compared)
      return to_caf(compared.error());
    return password_verdict{};
  }
  const auto check = auth::verify_password(*normal, what.hash);
  if (!check)
    return to_caf(check.error());
  password_verdict verdict{check->matches, std::nullopt};
  if (check->matches && check->needs_rehash)
    if (auto renewed = auth::hash_password(*normal))
      verdict.new_hash = std::move(*renewed);
  return verdict;
}

/// One line for all logins that fail meanwhile.
constexpr std::chrono::minutes report_interval{1};

error too_many() {
  return {errc::overloaded, "too many logins are waiting"};
}

}  // namespace

password_worker_actor::behavior_type password_worker_behavior(password_worker_actor::pointer self) {
  contain_failures(self, "password worker");
  return {
    [](const hash_password& what) { return hash(what); },
    [](const judge_password& what) { return judge(what); },
    [](const verify_password& what) { return verify(what); },
  };
}

password_pool_state::~password_pool_state() {
  for (const auto& each : slots_)
    if (each.worker)
      caf::anon_send_exit(each.worker, caf::exit_reason::user_shutdown);
}

void password_pool_state::start(spawn_password_worker spawn, password_pool_options options) {
  spawn_ = std::move(spawn);
  options_ = options;
  handle_deaths(self_, "password pool", [this](const caf::down_msg& gone) { on_down(gone.source); });
  slots_.resize(std::max<std::size_t>(options.workers, 1));
  for (auto& each : slots_)
    fill(each);
}

void password_pool_state::fill(slot& each) {
  auto worker = spawn_();
  self_->monitor(worker);
  each.worker = std::move(worker);
}

password_pool_state::slot* password_pool_state::slot_of(const caf::actor_addr& worker) noexcept {
  const auto it =
    std::ranges::find_if(slots_, [&](const slot& each) { return each.worker && each.worker.address() == worker; });
  return it == slots_.end() ? nullptr : &*it;
}

std::size_t password_pool_state::in_flight() const noexcept {
  const auto busy = std::ranges::count_if(slots_, [](const slot& each) { return each.job.has_value(); });
  return waiting_.size() + static_cast<std::size_t>(busy);
}

void password_pool_state::fail(const any_job& what, const error& why) {
  contain("password pool", [&] { std::visit([&](const auto& each) { each.answer->fail(why); }, what); });
}

template <class Answer, class Work>
caf::result<Answer> password_pool_state::enqueue(const Work& work) {
  if (in_flight() >= options_.queue_max)
    drop_late();
  if (in_flight() >= options_.queue_max) {
    counters().passwords_refused.add();
    return to_caf(too_many());
  }
  waiting_.push_back(job<Work, Answer>{work, hold_answer<Answer>(self_)});
  serve();
  return caf::delegated<Answer>{};
}

/// Work has the same patience whoever sends it: what waits longest is late first.
void password_pool_state::drop_late() {
  const auto now = self_->clock().now();
  const auto deadline_of = [](const auto& each) { return each.work.deadline; };
  while (!waiting_.empty() && std::visit(deadline_of, waiting_.front()) <= now) {
    counters().passwords_refused.add();
    const auto late = std::move(waiting_.front());
    waiting_.pop_front();
    fail(late, too_many());
  }
}

/// A job that cannot be handed over fails alone; its answer goes with it.
void password_pool_state::serve() {
  for (auto& each : slots_) {
    while (!each.job) {
      drop_late();
      if (waiting_.empty())
        return;
      const auto next = std::move(waiting_.front());
      waiting_.pop_front();
      contain("password pool", [&] { std::visit([&](const auto& what) { hand_over(each, what); }, next); });
    }
  }
}

template <class Work, class Answer>
void password_pool_state::hand_over(slot& to, const job<Work, Answer>& what) {
  if (!to.worker)
    fill(to);
  const auto worker = to.worker.address();
  to.job = what;  // before anything is sent: a worker that is busy and looks idle would get another one
  try {
    self_->request(to.worker, password_work_deadline, what.work)
      .then(
        [this, worker, answer = what.answer](Answer& done) {
          counters().passwords_hashed.add();
          contain("password pool", [&] { answer->deliver(std::move(done)); });
          on_done(worker);
        },
        [this, worker, answer = what.answer](const caf::error& failed) {
          contain("password pool", [&] {
            auto why = from_caf(failed);
            report(why);
            answer->fail(std::move(why));
          });
          // An error of ours is an answer. Otherwise the worker is dying, which its DOWN tells, or it takes for ever:
          // then it is told to leave, which it reads when it is done.
          if (failed.category() == caf::atom("genesis"))
            on_done(worker);
          else if (const auto* busy = slot_of(worker); busy != nullptr && !is_receiver_down(failed))
            self_->send_exit(busy->worker, caf::exit_reason::user_shutdown);
        });
  } catch (...) {  // out of memory, and the worker may have got it: its end frees the slot
    contain("password pool", [&] { self_->send_exit(to.worker, caf::exit_reason::user_shutdown); });
    throw;
  }
}

void password_pool_state::report(const error& why) {
  const auto now = self_->clock().now();
  if (why.code != errc::unavailable || now < quiet_until_)
    return;
  quiet_until_ = now + report_interval;
  spdlog::error("passwords cannot be checked: {}; logins and registrations are answered with 503 until that has passed",
    why.detail);
}

void password_pool_state::on_done(const caf::actor_addr& worker) {
  if (auto* idle = slot_of(worker))
    idle->job.reset();
  serve();
}

void password_pool_state::on_down(const caf::actor_addr& gone) {
  if (auto* dead = slot_of(gone)) {
    counters().workers_replaced.add();
    const auto lost = std::exchange(dead->job, std::nullopt);
    dead->worker = nullptr;
    if (lost)
      fail(*lost, {errc::unavailable, "the worker died"});
    contain("password pool", [&] { fill(*dead); });  // else with the next work
  }
  serve();
}

password_pool_actor::behavior_type password_pool_behavior(
  service_pointer<password_pool_actor, password_pool_state> self, spawn_password_worker spawn,
  password_pool_options options) {
  self->serve_as(actor_kind::password_pool);
  self->state.start(std::move(spawn), options);
  return {
    [self](const hash_password& what) { return self->state.handle(what); },
    [self](const judge_password& what) { return self->state.handle(what); },
    [self](const verify_password& what) { return self->state.handle(what); },
  };
}

}  // namespace genesis
