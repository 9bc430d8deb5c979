#include "actors/shard_state.hpp"

#include "actors/deadlines.hpp"
#include "storage/cached_value.hpp"

#include <algorithm>

namespace genesis {

namespace {

/// Requests that may wait for one leaving owner.
constexpr std::size_t waiting_max = 256;

}  // namespace

shard_state::~shard_state() {
  for (const auto& [user, each] : users_)
    self_->send_exit(each.actor, caf::exit_reason::user_shutdown);
}

void shard_state::start(spawn_user spawn, shard_options options) {
  spawn_ = std::move(spawn);
  options_ = options;
  handle_deaths(self_, "shard", [this](const caf::down_msg& what) { on_down(what); });
  self_->delayed_send(self_, options_.sweep_interval, sweep_due{});
}

caf::result<user_actor> shard_state::find(const find_user& what) {
  if (is_shutting_down_)
    return to_caf({errc::shutting_down, "the server is shutting down"});
  const auto it = users_.find(what.user);
  if (it == users_.end())
    return activate(what.user);
  auto& each = it->second;
  each.used_at = self_->clock().now();
  // The asker has found it dead; its DOWN is on the way here. Asked all the same: should it live, it says so.
  if (each.actor.id() == what.bounced && !each.is_leaving)
    ask_to_leave(what.user);
  if (!each.is_leaving)
    return each.actor;
  if (!each.is_asked)
    ask_to_leave(what.user);
  if (each.waiting.size() >= waiting_max)
    return to_caf({errc::overloaded, "too many requests of one person are waiting"});
  each.waiting.push_back(hold_answer<user_actor>(self_));
  return caf::delegated<user_actor>{};
}

user_actor shard_state::activate(const user_id& user) {
  if (users_.size() >= options_.users_max)
    make_room();
  auto actor = spawn_(user);
  self_->monitor(actor);
  const auto died = died_.find(user);
  if (died != died_.end())  // before anybody else can send to the new one
    self_->send(actor, predecessor_died{});
  by_address_.emplace(actor.address(), user);
  users_.insert_or_assign(user, entry{actor, self_->clock().now(), {}});
  if (died != died_.end())
    died_.erase(died);  // not before the person is activated: should that fail, the next one has to be told
  return actor;
}

shard_state::entry* shard_state::known(const user_id& user, caf::actor_id who) noexcept {
  const auto it = users_.find(user);
  return it != users_.end() && it->second.actor.id() == who ? &it->second : nullptr;
}

/// Asks the one that was used least recently to leave. The cap may be passed while it answers.
void shard_state::make_room() {
  const auto is_candidate = [](const auto& pair) { return !pair.second.is_leaving; };
  auto oldest = users_.end();
  for (auto it = users_.begin(); it != users_.end(); ++it)
    if (is_candidate(*it) && (oldest == users_.end() || it->second.used_at < oldest->second.used_at))
      oldest = it;
  if (oldest != users_.end())
    ask_to_leave(oldest->first);
}

void shard_state::ask_to_leave(const user_id& user, passivate how, std::function<void(bool)> then) {
  auto& each = users_.at(user);
  const auto who = each.actor.id();
  self_->request(each.actor, passivation_deadline, how)
    .then(
      [this, user, who, then](bool leaves) {
        if (auto* asked = known(user, who))
          asked->is_asked = false;
        if (leaves)
          on_left(user, who, /*has_died=*/false);
        else
          on_stays(user, who);
        then(leaves);
      },
      [this, user, who, how, then](const caf::error& failed) {
        auto* asked = known(user, who);
        if (asked == nullptr) {
          then(true);
          return;
        }
        asked->is_asked = false;
        // No answer in time: it may be alive and leave later, so it stays leaving and is asked again.
        if (!is_receiver_down(failed)) {
          ask_to_leave(user, how, then);
          return;
        }
        // It is down: its DOWN is on the way here, and says how it ended. When that never came, it was a death.
        if (std::exchange(asked->has_bounced, true))
          on_left(user, who, /*has_died=*/true);
        then(true);
      });
  each.is_leaving = true;
  each.is_asked = true;
}

void shard_state::on_left(const user_id& user, caf::actor_id who, bool has_died) {
  auto* left = known(user, who);
  if (left == nullptr)
    return;
  if (has_died)
    died_.insert(user);
  by_address_.erase(left->actor.address());
  const auto waiting = std::move(left->waiting);
  users_.erase(user);
  if (waiting.empty())
    return;
  if (is_shutting_down_) {
    for (const auto& each : waiting)
      each->fail({errc::shutting_down, "the server is shutting down"});
    return;
  }
  const auto actor = activate(user);
  for (const auto& each : waiting)
    each->deliver(user_actor{actor});
}

void shard_state::on_stays(const user_id& user, caf::actor_id who) {
  auto* stays = known(user, who);
  if (stays == nullptr)
    return;
  stays->is_leaving = false;
  stays->used_at = self_->clock().now();
  for (const auto& each : std::exchange(stays->waiting, {}))
    each->deliver(user_actor{stays->actor});
}

void shard_state::on_down(const caf::down_msg& what) {
  const auto& gone = what.source;
  const auto it = by_address_.find(gone);
  if (it == by_address_.end())
    return;
  const auto user = it->second;
  const auto living = users_.find(user);
  if (living != users_.end() && living->second.actor.address() == gone)
    on_left(user, living->second.actor.id(), /*has_died=*/static_cast<bool>(what.reason));
  else
    by_address_.erase(it);
}

void shard_state::sweep() {
  const auto now = self_->clock().now();
  std::vector<user_id> idle;
  for (const auto& [user, each] : users_)
    if (each.is_leaving ? !each.is_asked : now - each.used_at > options_.idle_timeout)
      idle.push_back(user);
  for (const auto& user : idle)
    ask_to_leave(user, {.idle_for = options_.idle_timeout});
  if (!is_shutting_down_)
    self_->delayed_send(self_, options_.sweep_interval, sweep_due{});
}

caf::result<std::int64_t> shard_state::let_go(const let_people_go& what) {
  std::vector<user_id> meant;
  for (const auto& [user, each] : users_)
    if (!each.is_leaving && what.which.matches(storage::cached_key<storage::user_snapshot>(to_string(user))))
      meant.push_back(user);
  if (meant.empty())
    return std::int64_t{0};
  struct count {
    std::size_t waiting = 0;
    std::int64_t left = 0;
  };
  const auto done = [answer = hold_answer<std::int64_t>(self_), counted = std::make_shared<count>(meant.size())](
                      bool has_left) {
    counted->left += has_left ? 1 : 0;
    if (--counted->waiting == 0)
      answer->deliver(std::move(counted->left));
  };
  for (const auto& user : meant)
    ask_to_leave(user, {.is_forgotten = true}, done);
  return caf::delegated<std::int64_t>{};
}

caf::result<bool> shard_state::shut_down() {
  is_shutting_down_ = true;
  if (users_.empty())
    return true;
  const auto done = [answer = hold_answer<bool>(self_), left = std::make_shared<std::size_t>(users_.size())] {
    if (--*left == 0)
      answer->deliver(true);
  };
  for (const auto& [user, each] : users_)
    self_->request(each.actor, front_deadline, begin_shutdown{})
      .then([done](bool) { done(); }, [done](const caf::error&) { done(); });
  return caf::delegated<bool>{};
}

shard_actor::behavior_type shard_behavior(
  service_pointer<shard_actor, shard_state> self, spawn_user spawn, shard_options options) {
  self->serve_as(actor_kind::shard);
  self->state.start(std::move(spawn), options);
  return {
    [self](const find_user& what) { return self->state.find(what); },
    [self](const let_people_go& what) { return self->state.let_go(what); },
    [self](const sweep_due&) { self->state.sweep(); },
    [self](const begin_shutdown&) { return self->state.shut_down(); },
  };
}

}  // namespace genesis
