#include "actors/statistics.hpp"

#include "actors/deadlines.hpp"
#include "actors/promise.hpp"
#include "domain/coach/reply.hpp"

#include <algorithm>

namespace genesis {

namespace {

std::size_t bytes_of(const std::vector<progress_record>& records) {
  std::size_t bytes = sizeof records + records.capacity() * sizeof(progress_record);
  for (const auto& each : records)
    bytes += each.note ? each.note->capacity() : 0;
  return bytes;
}

}  // namespace

void statistics_state::start(storage_pool_actor storage, environment world, const memo_limits& limits) {
  storage_ = std::move(storage);
  world_ = std::move(world);
  records_.emplace(memoised::recent_records, limits, [this] { return self_->clock().now(); }, bytes_of);
}

caf::result<records_ptr> statistics_state::handle(const get_recent_records& what) {
  const auto answer = hold_answer<records_ptr>(self_);
  records_->recall(
    {what.user, what.version, what.timeline},
    [this, &what](const records_memo::computation_ptr& begun) { read_records(what, begun); },
    [answer](const result<records_ptr>& found) { answer->deliver(found); });
  return caf::delegated<records_ptr>{};
}

void statistics_state::read_records(const get_recent_records& what, const records_memo::computation_ptr& computation) {
  // What was known for a version before will not be asked for any more.
  records_->forget([&](const records_memo::key& each) {
    const auto& [user, version, timeline] = each;
    return user == what.user && (version < what.version || timeline != what.timeline);
  });
  storage::list_progress question;
  question.user = what.user;
  question.as_of = what.as_of;
  question.from = world_.now() - coach::records_window;
  question.page.limit = storage::coaching_records_max;
  self_->request(storage_, pool_deadline, std::move(question))
    .then(
      [computation](page<progress_record>& found) {
        std::ranges::reverse(found.items);
        found.items.shrink_to_fit();
        computation->end(std::make_shared<const std::vector<progress_record>>(std::move(found.items)));
      },
      [computation](const caf::error& failed) {
        auto why = from_caf(failed);
        if (why.code == errc::outcome_unknown)  // a read that was not answered in time has changed nothing
          why = {errc::unavailable, "the database did not answer in time"};
        computation->end(std::unexpected(std::move(why)));
      });
}

caf::result<std::int64_t> statistics_state::handle(const let_people_go& what) {
  return static_cast<std::int64_t>(records_->forget(
    [&](const records_memo::key& each) { return what.which.matches("user:" + to_string(std::get<user_id>(each))); }));
}

statistics_actor::behavior_type statistics_behavior(service_pointer<statistics_actor, statistics_state> self,
  storage_pool_actor storage, environment world, memo_limits limits) {
  self->serve_as(actor_kind::statistics);
  auto& state = self->state;
  state.start(std::move(storage), std::move(world), limits);
  return {
    [&state](const get_recent_records& what) { return state.handle(what); },
    [&state](const let_people_go& what) { return state.handle(what); },
  };
}

}  // namespace genesis
