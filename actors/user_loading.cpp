#include "actors/deadlines.hpp"
#include "actors/kept_pages.hpp"
#include "actors/user_templates.hpp"

#include <utility>

/// How a person comes into memory, from the database or from the second cache, and what is left for the next time.
namespace genesis {

namespace {

/// Requests of one person that may wait for one load: more than a browser opens, far fewer than would hurt.
constexpr std::size_t waiting_for_load_max = 256;

/// Putting somebody into the second cache takes a fifth of what a write does; a chat writes twice in a second.
constexpr auto cache_interval = std::chrono::seconds{1};

/// Shows what is only there for a while in the place of nothing.
class lent {
public:
  lent(const storage::first_pages*& place, const storage::first_pages& what) : place_(place) { place_ = &what; }
  lent(const lent&) = delete;
  lent& operator=(const lent&) = delete;
  ~lent() { place_ = nullptr; }

private:
  const storage::first_pages*& place_;
};

}  // namespace

void user_state::wait_for_load(std::function<void(const std::optional<error>&)> go_on) {
  if (phase_ == phase::ready && is_outdated() && !batch_)  // behind a batch it is dropped then
    drop_state();
  if (is_here() || phase_ == phase::gone) {
    go_on(std::nullopt);
    return;
  }
  if (waiting_.size() >= waiting_for_load_max) {
    counters().operations_refused.add();
    go_on(error{errc::overloaded, "too many requests of one person are waiting"});
    return;
  }
  waiting_.push_back(std::move(go_on));
  load();
}

void user_state::load() {
  if (phase_ != phase::absent || batch_)  // a person being made: those who wait are served after it
    return;
  phase_ = phase::loading;
  load_began_at_ = self_->clock().now();
  if (!services_->cache || must_raise_fence_) {  // a fence is raised in storage, and what is there then is new
    load_whole();
    return;
  }
  services_->cache->get<storage::user_snapshot>(
    self_, to_string(user_), [this](std::optional<storage::user_snapshot> kept) {
      if (kept && kept->person.id == user_) {
        load_newer_than(std::make_shared<storage::user_snapshot>(std::move(*kept)));
        return;
      }
      counters().l2_misses.add();
      load_whole();
    });
}

void user_state::load_whole() {
  ask_storage<storage::load_user, storage::user_snapshot>(
    {user_, epoch_, must_raise_fence_, lists_to_load()}, [this](result<storage::user_snapshot> answer) {
      if (!answer) {
        on_load_failed(answer.error());
        return;
      }
      on_loaded(*std::move(answer), activation_source::database);
      keep_in_cache();
    });
}

void user_state::load_newer_than(std::shared_ptr<storage::user_snapshot> kept) {
  ask_storage<storage::load_newer, std::optional<storage::user_snapshot>>(
    {user_, epoch_, kept->version, kept->timeline, lists_to_load()},
    [this, kept](result<std::optional<storage::user_snapshot>> newer) {
      if (!newer) {
        if (newer.error().code == errc::not_found)
          remove_from_cache();
        on_load_failed(newer.error());
      } else if (*newer) {
        counters().l2_misses.add();
        counters().l2_stale.add();
        on_loaded(**std::move(newer), activation_source::database);
        keep_in_cache();
      } else {
        counters().l2_hits.add();
        on_loaded(std::move(*kept), activation_source::l2_redis);
      }
    });
}

void user_state::keep_in_cache() {
  if (!services_->cache || is_cache_due_)
    return;
  const auto now = self_->clock().now();
  if (now >= cached_until_ || is_shutting_down_) {
    put_into_cache();
    return;
  }
  is_cache_due_ = true;
  self_->delayed_send(self_, cached_until_ - now, cache_due{});
}

void user_state::handle(const cache_due&) {
  if (std::exchange(is_cache_due_, false))
    put_into_cache();
}

void user_state::put_into_cache() {
  is_cache_due_ = false;
  if (phase_ != phase::ready)
    return;
  cached_until_ = self_->clock().now() + cache_interval;
  services_->cache->put(self_, to_string(user_),
    storage::user_snapshot{
      data_.person, data_.prefs, data_.sessions, version_, data_.api_keys, timeline_, kept_lists()});
}

void user_state::remove_from_cache() {
  if (services_->cache)
    services_->cache->remove<storage::user_snapshot>(self_, to_string(user_));
}

/// Of somebody whose account goes.
void user_state::forget_records() {
  if (auto mine = key_pattern::parse("user:" + to_string(user_)))
    caf::anon_send(services_->statistics, let_people_go{std::move(*mine)});
}

void user_state::on_loaded(storage::user_snapshot snapshot, activation_source from) {
  if (!take_over(snapshot, from))
    return;
  keep_lists(permit_to_keep(), snapshot.lists);
  const lent lists{lists_just_loaded_, snapshot.lists};
  begin_service();
}

bool user_state::take_over(storage::user_snapshot& snapshot, activation_source from) {
  if (services_->timeline->is_behind(snapshot.timeline)) {  // an answer that another server's has overtaken
    load_whole();
    return false;
  }
  counters().activations_from(from).count(self_->clock().now() - load_began_at_);
  data_ = {
    std::move(snapshot.person), std::move(snapshot.prefs), std::move(snapshot.sessions), std::move(snapshot.api_keys)};
  data_.prefs.owner = user_;
  version_ = snapshot.version;
  timeline_ = snapshot.timeline;
  records_version_ = version_;
  must_raise_fence_ = false;
  view_to_load_.reset();
  phase_ = phase::ready;
  return true;
}

void user_state::begin_service() {
  if (services_->has_replicas)
    ask_log_position();
  end_refused_exports();
  serve_waiting(std::nullopt);
  pump();
}

/// What was written before, by whomever, the pool knows of. Asked behind the load, which has settled what it was not
/// known of; kept until the first change, so that those who only read need no newer and newer database.
void user_state::ask_log_position() {
  self_->request(services_->storage, pool_deadline, get_log_position{})
    .then(
      [this, asked_at = generation_](std::optional<storage::log_position> found) {
        if (asked_at == generation_)
          as_of_ = found;
      },
      [](const caf::error&) {});
}

void user_state::serve_waiting(const std::optional<error>& failed) {
  for (const auto& each : std::exchange(waiting_, {}))
    each(failed);
}

void user_state::on_load_failed(const error& what) {
  const bool is_nobody = what.code == errc::not_found;
  phase_ = is_nobody ? phase::gone : phase::absent;
  view_to_load_.reset();
  const error told = is_nobody ? nobody() : what;
  if (is_nobody) {  // whose deletion was perhaps not told of
    forget_records();
    remove_from_cache();
  }
  serve_waiting(told);
  refuse_all(queue_, told);
  finish_shutdown();
}

/// What is in memory is perhaps not what is stored.
void user_state::drop_state() {
  phase_ = phase::absent;
  ++generation_;
  as_of_.reset();
  lists_just_loaded_ = nullptr;
  data_ = {};
  shown_person_.reset();
  shown_prefs_.reset();
  recent_.clear();
  pages_ = nullptr;
  keys_.forget();
  ended_.clear();  // their conversations may have been deleted
  for (auto& [id, each] : runs_)
    each.is_end_uncertain = true;
  ++removals_;
}

}  // namespace genesis
