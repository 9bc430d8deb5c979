#include "actors/purger.hpp"

#include "actors/metrics.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace genesis {

namespace {

bool is_success(int status) noexcept {
  return status >= 200 && status < 300;
}

/// What the other end may answer otherwise a while later.
bool is_passing(int status) noexcept {
  return status >= 500 || status == 408 || status == 429;
}

std::chrono::seconds pause_after(std::uint64_t failures) noexcept {
  return purge_pause * (std::int64_t{1} << (2 * (failures - 1)));
}

result<int> no_answer(const caf::error& failed) {
  auto why = from_caf(failed);
  if (why.code == errc::outcome_unknown)
    why.detail = "it did not answer in time";
  return std::unexpected(std::move(why));
}

std::string in_one_line(const std::set<std::string>& keys) {
  std::string text;
  for (const auto& each : keys)
    (text += text.empty() ? "" : " ") += each;
  return text;
}

}  // namespace

purger_state::~purger_state() {
  counters().purge_keys_now.subtract(waiting_.size());
}

void purger_state::start(background_actor courier, purger_options options) {
  courier_ = std::move(courier);
  options_ = std::move(options);
}

caf::result<std::int64_t> purger_state::handle(const purge_keys& what) {
  auto all = waiting_;
  all.insert(what.keys.begin(), what.keys.end());
  if (all.size() > purge_keys_max)
    return to_caf({errc::overloaded, "too much is waiting to be purged"});
  if (all.empty())
    return std::int64_t{0};
  askers_.push_back(hold_answer<std::int64_t>(self_));
  counters().purge_keys_now.add(all.size() - waiting_.size());
  waiting_.swap(all);
  failures_ = 0;
  is_one_by_one_ = false;
  if (sent_.empty())
    attempt();
  return caf::delegated<std::int64_t>{};
}

/// A reminder that somebody was faster than is of no attempt that counts any more.
void purger_state::handle(const purge_due& what) {
  if (what.after == attempts_ && sent_.empty() && !waiting_.empty())
    attempt();
}

void purger_state::attempt() {
  auto keys = is_one_by_one_ ? key_set{*waiting_.begin()} : waiting_;
  const auto status = std::make_shared<result<int>>(fail(errc::internal, "nothing was sent"));
  auto work = std::make_shared<const std::function<void()>>(
    [status, post = options_.post, list = std::vector<std::string>{keys.begin(), keys.end()}] {
      *status = post(list);
    });
  self_
    ->request(
      courier_, options_.attempt_max, background_job{std::move(work), self_->clock().now() + options_.attempt_max})
    .then([this, status](bool) { on_answer([&] { return *status; }); },
      [this](const caf::error& failed) { on_answer([&] { return no_answer(failed); }); });
  ++attempts_;
  sent_.swap(keys);
  askers_of_sent_.swap(askers_);
}

/// The attempt is over before anything is done that could fail: then its keys wait for whoever asks next.
template <class Status>
void purger_state::on_answer(Status&& status_of) {
  const auto sent = std::exchange(sent_, {});
  const auto askers = std::exchange(askers_of_sent_, {});
  const result<int> status = status_of();
  if (status && is_success(*status))
    on_done(sent, askers);
  else if (status)
    on_failed(
      sent, askers, {errc::unavailable, "it answered with status " + std::to_string(*status)}, is_passing(*status));
  else
    on_failed(sent, askers, status.error(), true);
}

void purger_state::on_done(const key_set& sent, const answers& askers) {
  failures_ = 0;
  // Whoever has asked for one of these keys meanwhile wants a purge that began later.
  if (askers_.empty())
    forget(sent);
  counters().purges_that_were(purge_outcome::done).add();
  if (!waiting_.empty())
    attempt();
  spdlog::info("{} forgets {}", options_.target, in_one_line(sent));
  for (const auto& each : askers)
    each->deliver(static_cast<std::int64_t>(sent.size()));
}

/// What is next comes before what is told: without memory to say it in, the keys are tried again all the same.
void purger_state::on_failed(const key_set& sent, const answers& askers, const error& why, bool may_be_repeated) {
  ++failures_;
  const bool is_of_one_of_them = !may_be_repeated && sent.size() > 1;
  const bool is_over = !is_of_one_of_them && (!may_be_repeated || failures_ >= purge_attempts_max);
  counters().purges_that_were(may_be_repeated ? purge_outcome::failed : purge_outcome::refused).add();
  if (is_over && may_be_repeated)
    counters().purges_that_were(purge_outcome::given_up).add();
  if (is_over && askers_.empty())
    forget(sent);
  is_one_by_one_ = askers_.empty() && !waiting_.empty() && (is_one_by_one_ || is_of_one_of_them);
  const bool is_next_another = is_over || is_of_one_of_them;
  if (is_next_another)
    failures_ = 0;
  if (!askers_.empty() || (is_next_another && !waiting_.empty()))  // these wait for their first attempt
    attempt();
  else if (!waiting_.empty())
    self_->delayed_send(self_, pause_after(failures_), purge_due{attempts_});
  const auto text = in_one_line(sent);
  if (is_over)
    spdlog::error("{} was not told to forget {}, which it may show for a while: {}", options_.target, text, why.detail);
  else
    spdlog::warn("{} could not be told to forget {}, which is tried again: {}", options_.target, text, why.detail);
  for (const auto& each : askers)
    each->fail({errc::unavailable, "the CDN was not told: " + why.detail + (is_over ? "" : "; it is tried again")});
}

void purger_state::forget(const key_set& which) {
  const auto before = waiting_.size();
  for (const auto& each : which)
    waiting_.erase(each);
  counters().purge_keys_now.subtract(before - waiting_.size());
}

purger_actor::behavior_type purger_behavior(
  service_pointer<purger_actor, purger_state> self, background_actor courier, purger_options options) {
  self->serve_as(actor_kind::purger);
  auto& state = self->state;
  state.start(std::move(courier), std::move(options));
  return {
    [&state](const purge_keys& what) { return state.handle(what); },
    [&state](const purge_due& what) { state.handle(what); },
  };
}

}  // namespace genesis
