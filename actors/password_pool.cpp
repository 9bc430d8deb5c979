#include "actors/password_pool.hpp"

#include "actors/deadlines.hpp"
#include "actors/failure.hpp"
#include "auth/password.hpp"
#include "auth/password_strength.hpp"

#include <algorithm>

namespace genesis {

namespace {

caf::result<password_hashed> hash(const hash_password& what) {
  const auto normal = auth::normalise_password(what.password);
  if (!normal)
    return to_caf({errc::invalid_argument, "password: " + normal.error().detail});
  const auto strength = auth::estimate_password(*normal, what.personal_words);
  if (!strength.is_acceptable) {
    std::string advice = "password: is too easy to guess.";
    for (const auto& sentence : strength.advice)
      advice += " " + sentence;
    return to_caf({errc::invalid_argument, advice});
  }
  auto hashed = auth::hash_password(*normal);
  if (!hashed)
    return to_caf(hashed.error());
  return password_hashed{std::move(*hashed)};
}

caf::result<password_verdict> verify(const verify_password& what) {
  const auto normal = auth::normalise_password(what.password);
  if (!normal || what.hash.empty()) {
    auth::verify_against_nothing(what.password);
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

}  // namespace

password_worker_actor::behavior_type password_worker_behavior(password_worker_actor::pointer self) {
  contain_failures(self, "password worker");
  return {
    [](const hash_password& what) { return hash(what); },
    [](const verify_password& what) { return verify(what); },
  };
}

password_pool_state::~password_pool_state() {
  for (const auto& worker : workers_)
    caf::anon_send_exit(worker, caf::exit_reason::user_shutdown);
}

std::chrono::milliseconds password_pool_state::deadline() noexcept {
  return front_deadline - std::chrono::seconds{1};
}

void password_pool_state::start(spawn_password_worker spawn, password_pool_options options) {
  spawn_ = std::move(spawn);
  options_ = options;
  self_->set_down_handler([this](const caf::down_msg& gone) { replace(gone.source); });
  for (std::size_t i = 0; i < std::max<std::size_t>(options.workers, 1); ++i) {
    workers_.push_back(spawn_());
    self_->monitor(workers_.back());
  }
}

void password_pool_state::replace(const caf::actor_addr& gone) {
  for (auto& worker : workers_) {
    if (worker.address() != gone)
      continue;
    counters().workers_replaced.add();
    worker = spawn_();
    self_->monitor(worker);
  }
}

password_pool_actor::behavior_type password_pool_behavior(
  password_pool_actor::stateful_pointer<password_pool_state> self, spawn_password_worker spawn,
  password_pool_options options) {
  contain_failures(self, "password pool");
  self->state.start(std::move(spawn), options);
  return {
    [self](const hash_password& what) { return self->state.relay<password_hashed>(what); },
    [self](const verify_password& what) { return self->state.relay<password_verdict>(what); },
  };
}

}  // namespace genesis
