#include "actors/user_templates.hpp"

#include <algorithm>

namespace genesis {

namespace {

/// Exports whose end is on its way to the reader, for each one that may be under way.
constexpr std::int64_t unconfirmed_exports = 4;

}  // namespace

caf::result<export_ticket> user_state::handle(const start_export& what) {
  return later<export_ticket>(what.by, [this, what](answer_ptr<export_ticket> answer) {
    if (!what.conversation) {
      begin_export_of(what, std::move(answer));
      return;
    }
    find_conversation(*what.conversation, [this, what, answer](const result<conversation>& found) {
      if (found)
        begin_export_of(what, answer);
      else
        answer->fail(found.error());
    });
  });
}

void user_state::begin_export_of(const start_export& what, answer_ptr<export_ticket> answer) {
  const auto handed_over = std::ranges::count_if(exports_, [](const auto& each) { return each.second.is_handed_over; });
  const auto limit = services_->exports.per_person;
  if (std::ssize(exports_) - handed_over + exports_opening_ >= limit || handed_over >= unconfirmed_exports * limit) {
    counters().exports_refused.add();
    answer->fail({errc::overloaded, "an export of yours is under way; wait for its end"});
    return;
  }
  open_export wanted{user_, what.form, what.conversation, {}, as_of_};
  if (const auto* key = std::get_if<api_key_id>(&what.by))
    if (const auto* found = find_live_key(*key); found != nullptr && found->expires_at)
      wanted.good_for = *found->expires_at - now();
  if (what.form.is_everything)
    wanted.account = account_seen_by(what.by);
  ++exports_opening_;
  self_->request(services_->exporter, exporter_deadline, std::move(wanted))
    .then(
      [this, by = what.by, answer](export_ticket& ticket) {
        --exports_opening_;
        self_->monitor(ticket.actor);
        exports_.emplace(ticket.actor.address(), export_under_way{by});
        end_refused_exports();  // signed out meanwhile
        answer->deliver(std::move(ticket));
      },
      [this, answer](const caf::error& failed) {
        --exports_opening_;
        answer->fail(from_caf(failed));
        leave_if_gone();
      });
}

void user_state::handle(const export_handed_over&) {
  if (const auto it = exports_.find(caf::actor_cast<caf::actor_addr>(self_->current_sender())); it != exports_.end())
    it->second.is_handed_over = true;
}

/// An API key sees what it may see elsewhere: neither sessions nor keys.
std::shared_ptr<const exported_account> user_state::account_seen_by(const credential& by) const {
  auto seen = std::make_shared<exported_account>();
  seen->person = data_.person;
  seen->prefs = data_.prefs;
  const auto* current = std::get_if<session_id>(&by);
  if (current == nullptr)
    return seen;
  seen->current = *current;
  for (const auto& each : data_.sessions)
    if (each.expires_at > now())
      seen->sessions.push_back(each);
  for (const auto& each : data_.api_keys)
    if (each.is_alive(now()))
      seen->api_keys.push_back(each);
  return seen;
}

void user_state::end_refused_exports() {
  if (phase_ != phase::ready && phase_ != phase::gone)
    return;  // who may do what is not known now
  for (const auto& [actor, entry] : exports_)
    if (refusal(entry.by))
      if (const auto known = caf::actor_cast<export_actor>(actor))
        self_->send(known, cut_export{});
}

}  // namespace genesis
