#include "actors/user_state.hpp"

#include "actors/deadlines.hpp"
#include "actors/failure.hpp"
#include "actors/kept_pages.hpp"
#include "actors/size_in_memory.hpp"
#include "actors/user_templates.hpp"

#include <algorithm>

namespace genesis {

namespace {

/// An answer that stays in memory: without the room that its text was written in.
entity_reply kept(std::string body, std::string etag) {
  body.shrink_to_fit();
  return {200, std::make_shared<const std::string>(std::move(body)), std::move(etag), {}};
}

std::optional<error> refusal_of(const credential& by, const user& person, const std::vector<session>& sessions,
  const std::vector<api_key>& api_keys, timestamp at) {
  if (!person.is_active)
    return error{errc::unauthorized, "this account is disabled"};
  if (const auto* key = std::get_if<api_key_id>(&by)) {
    const auto found = std::ranges::find(api_keys, *key, &api_key::id);
    if (found == api_keys.end() || !found->is_alive(at))
      return error{errc::unauthorized, "this API key was revoked or has expired"};
    return std::nullopt;
  }
  const auto found = std::ranges::find(sessions, std::get<session_id>(by), &session::id);
  if (found == sessions.end() || found->expires_at <= at)
    return error{errc::unauthorized, "this session has ended; log in again"};
  return std::nullopt;
}

}  // namespace

user_state::user_state(pointer self) : self_(self) {}

user_state::~user_state() {
  counters().users_now.subtract();
  if (active_minute_ >= 0)
    counters().active_in(active_minute_).subtract();
  const error gone{errc::unavailable, "the responsible actor left"};
  refuse_all(queue_, gone);
  if (!batch_)
    return;
  refuse_all(batch_->undecided, gone);
  const error unknown{errc::outcome_unknown, "the responsible actor left before the write was confirmed"};
  for (const auto& operation : batch_->accepted)
    operation.refuse(unknown);
}

void user_state::start(user_id user, std::int64_t epoch, user_services_ptr services) {
  user_ = user;
  epoch_ = epoch;
  services_ = std::move(services);
  ids_.emplace(services_->world.random);
  self_->set_down_handler([this](const caf::down_msg& gone) { on_down(gone.source); });
  count_as_used();
  counters().users_activated.add();
  counters().users_now.add();
}

void user_state::on_down(const caf::actor_addr& gone) {
  if (exports_.erase(gone) != 0)
    leave_if_gone();
  else
    on_run_down(gone);
}

std::optional<error> user_state::refusal(const credential& by) const {
  if (phase_ == phase::gone)
    return nobody();
  return refusal_of(by, data_.person, data_.sessions, data_.api_keys, now());
}

std::optional<error> user_state::refusal(const credential& by, const user_draft& draft) {
  return refusal_of(by, draft.person(), draft.sessions(), draft.api_keys(), draft.now());
}

std::optional<error> user_state::admit(const credential& by, std::optional<rate_limit> takes) {
  if (auto no = refusal(by))
    return no;
  count_as_active();
  if (const auto* key = std::get_if<api_key_id>(&by))
    note_use(*key);
  if (!takes || !services_->rates)
    return std::nullopt;
  const auto index = static_cast<std::size_t>(*takes);
  const auto& quota = (*services_->rates)[index];
  const auto verdict = buckets_[index].take(quota, used_at_);
  if (verdict.is_granted)
    return std::nullopt;
  counters().limited_by(*takes).add();
  return too_many(rate_refusal{*takes, quota, verdict.retry_after});
}

/// A person is counted once, under the minute of their latest request.
void user_state::count_as_active() {
  count_as_used();
  const auto minute = minute_number(used_at_);
  if (minute == active_minute_)
    return;
  if (active_minute_ >= 0)
    counters().active_in(active_minute_).subtract();
  counters().active_in(minute).add();
  active_minute_ = minute;
}

void user_state::leave_if_gone() {
  if (phase_ == phase::gone && !is_busy())
    self_->quit();
}

bool user_state::is_busy() const {
  return phase_ == phase::loading || batch_ || !queue_.empty() || !waiting_.empty() || !runs_.empty() ||
         reads_under_way_ != 0 || !exports_.empty() || exports_opening_ != 0;
}

const entity_reply& user_state::shown_person() {
  if (!shown_person_)
    shown_person_ = kept(services_->encode.user_body(data_.person), tag_of(user_.value, data_.person.revision));
  return *shown_person_;
}

const entity_reply& user_state::shown_prefs() {
  if (!shown_prefs_)
    shown_prefs_ =
      kept(services_->encode.preferences_body(data_.prefs), tag_of(user_.value, data_.prefs.revision, 'p'));
  return *shown_prefs_;
}

entity_reply user_state::shown(const conversation& value) const {
  return {200, std::make_shared<const std::string>(services_->encode.conversation_body(value)),
    tag_of(value.id.value, value.revision), {}};
}

entity_reply user_state::shown(const message& value) const {
  return {200, std::make_shared<const std::string>(services_->encode.message_body(value)),
    tag_of(value.id.value, value.revision), {}};
}

entity_reply user_state::shown(const genesis::run& value) const {
  return {200, std::make_shared<const std::string>(services_->encode.run_body(value)), {}, {}};
}

entity_reply user_state::shown(const api_key& value) const {
  return {200, std::make_shared<const std::string>(services_->encode.api_key_body(value)),
    tag_of(value.id.value, value.revision), {}};
}

void user_state::remember(const conversation& value) {
  forget(value.id);
  recent_.push_front(value);
  if (recent_.size() > recent_conversations_max)
    recent_.pop_back();
}

void user_state::forget(const conversation_id& id) {
  std::erase_if(recent_, [&](const conversation& each) { return each.id == id; });
}

caf::result<bool> user_state::handle(const passivate& what) {
  if (is_busy())
    return false;
  const auto now = self_->clock().now();
  const auto has_taken = [now](const token_bucket& each) { return !each.is_full(now); };
  if (now - used_at_ < what.idle_for)
    return false;
  if (what.idle_for > std::chrono::milliseconds::zero() && std::ranges::any_of(buckets_, has_taken))
    return false;
  counters().users_passivated.add();
  if (!what.is_forgotten)
    handle(cache_due{});
  self_->quit();
  return true;
}

void user_state::handle(const predecessor_died&) {
  if (phase_ == phase::absent)
    must_raise_fence_ = true;
}

caf::result<bool> user_state::handle(const begin_shutdown&) {
  is_shutting_down_ = true;
  handle(cache_due{});
  if (runs_.empty() && !batch_ && queue_.empty())
    return true;
  shutdown_answer_ = hold_answer<bool>(self_);
  interrupting_ = runs_.size();
  for (const auto& [id, each] : runs_) {
    const auto done = [this] {
      --interrupting_;
      finish_shutdown();
    };
    self_->request(each.actor, front_deadline, interrupt_run{})
      .then([done](bool) { done(); }, [done](const caf::error&) { done(); });
  }
  finish_shutdown();
  return caf::delegated<bool>{};
}

void user_state::finish_shutdown() {
  if (!shutdown_answer_ || interrupting_ != 0 || batch_ || !queue_.empty())
    return;
  shutdown_answer_->deliver(true);
  shutdown_answer_ = nullptr;
}

caf::result<std::int64_t> user_state::handle(const warm_up&) {
  auto answer = hold_answer<std::int64_t>(self_);
  wait_for_load([this, answer](const std::optional<error>& failed) {
    if (failed)
      answer->fail(*failed);
    else
      answer->deliver(
        phase_ == phase::ready ? size_in_memory(data_, shown_person_, shown_prefs_, pages_ ? pages_->bytes() : 0) : 0);
  });
  return caf::delegated<std::int64_t>{};
}

namespace {

user_state& running() noexcept {
  return numerous<user_actor, user_state>::running();
}

user_actor::behavior_type make_behavior() {
  return {
    [](const get_user& what) { return running().handle(what); },
    [](const get_user_view& what) { return running().handle(what); },
    [](const get_people& what) { return running().handle(what); },
    [](const get_preferences& what) { return running().handle(what); },
    [](const get_conversation& what) { return running().handle(what); },
    [](const get_message& what) { return running().handle(what); },
    [](const get_progress& what) { return running().handle(what); },
    [](const get_run& what) { return running().handle(what); },
    [](const get_conversations& what) { return running().handle(what); },
    [](const get_messages& what) { return running().handle(what); },
    [](const get_found_messages& what) { return running().handle(what); },
    [](const get_progress_list& what) { return running().handle(what); },
    [](const get_item<workout_plan>& what) { return running().handle(what); },
    [](const get_item<nutrition_plan>& what) { return running().handle(what); },
    [](const get_item<nutrition_log>& what) { return running().handle(what); },
    [](const get_plans<workout_plan>& what) { return running().handle(what); },
    [](const get_plans<nutrition_plan>& what) { return running().handle(what); },
    [](const get_nutrition_logs& what) { return running().handle(what); },
    [](const patch_user& what) { return running().handle(what); },
    [](const replace_preferences& what) { return running().handle(what); },
    [](const delete_user& what) { return running().handle(what); },
    [](const create_conversation& what) { return running().handle(what); },
    [](const patch_conversation& what) { return running().handle(what); },
    [](const delete_conversation& what) { return running().handle(what); },
    [](const post_message& what) { return running().handle(what); },
    [](const create_progress& what) { return running().handle(what); },
    [](const patch_progress& what) { return running().handle(what); },
    [](const delete_progress& what) { return running().handle(what); },
    [](const create_item<workout_plan>& what) { return running().handle(what); },
    [](const patch_item<workout_plan>& what) { return running().handle(what); },
    [](const delete_item<workout_plan>& what) { return running().handle(what); },
    [](const create_item<nutrition_plan>& what) { return running().handle(what); },
    [](const patch_item<nutrition_plan>& what) { return running().handle(what); },
    [](const delete_item<nutrition_plan>& what) { return running().handle(what); },
    [](const create_item<nutrition_log>& what) { return running().handle(what); },
    [](const patch_item<nutrition_log>& what) { return running().handle(what); },
    [](const delete_item<nutrition_log>& what) { return running().handle(what); },
    [](const register_user& what) { return running().handle(what); },
    [](const open_session& what) { return running().handle(what); },
    [](const rotate_session& what) { return running().handle(what); },
    [](const close_session& what) { return running().handle(what); },
    [](const change_password& what) { return running().handle(what); },
    [](const check_session& what) { return running().handle(what); },
    [](const get_sessions& what) { return running().handle(what); },
    [](const get_open_session& what) { return running().handle(what); },
    [](const end_session& what) { return running().handle(what); },
    [](const get_api_keys& what) { return running().handle(what); },
    [](const get_api_key& what) { return running().handle(what); },
    [](const create_api_key& what) { return running().handle(what); },
    [](const remove_api_key& what) { return running().handle(what); },
    [](const check_api_key& what) { return running().handle(what); },
    [](const api_key_used& what) { running().handle(what); },
    [](const administer_user& what) { return running().handle(what); },
    [](const create_account& what) { return running().handle(what); },
    [](const remove_account& what) { return running().handle(what); },
    [](const import_records& what) { return running().handle(what); },
    [](const start_chat& what) { return running().handle(what); },
    [](const join_run& what) { return running().handle(what); },
    [](const cancel_run& what) { return running().handle(what); },
    [](const start_export& what) { return running().handle(what); },
    [](const get_turn& what) { return running().handle(what); },
    [](const finish_run& what) { return running().handle(what); },
    [](const run_done& what) { running().handle(what); },
    [](const passivate& what) { return running().handle(what); },
    [](const predecessor_died& what) { running().handle(what); },
    [](const export_handed_over& what) { running().handle(what); },
    [](const begin_shutdown& what) { return running().handle(what); },
    [](const warm_up& what) { return running().handle(what); },
    [](const cache_due& what) { running().handle(what); },
  };
}

}  // namespace

user_actor::behavior_type user_behavior(
  numerous_pointer<user_actor, user_state> self, user_id user, std::int64_t epoch, user_services_ptr services) {
  self->measure_as(actor_kind::user);
  contain_failures(self, "user");
  self->state.start(user, epoch, std::move(services));
  static const auto shared = make_behavior();
  return shared;
}

}  // namespace genesis
