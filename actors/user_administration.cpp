#include "actors/kept_pages.hpp"
#include "actors/user_templates.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace genesis {

namespace {

using shown_later = result<std::function<entity_reply()>>;

}  // namespace

/// A write that an operator asks for: needs an account, not a session.
caf::result<entity_reply> user_state::administer(
  write_needs needs, std::function<result<std::function<entity_reply()>>(user_draft&)> decide) {
  auto answer = hold_answer<entity_reply>(self_);
  wait_for_load(
    [this, needs = std::move(needs), decide = std::move(decide), answer](const std::optional<error>& failed) {
      if (phase_ == phase::gone) {
        answer->fail({errc::not_found, "no such account"});
      } else if (failed) {
        answer->fail(*failed);
      } else {
        count_as_used();
        submit<entity_reply>(needs, decide, answer);
      }
    });
  return caf::delegated<entity_reply>{};
}

caf::result<entity_reply> user_state::handle(const administer_user& what) {
  return administer({}, [this, what](user_draft& draft) -> shown_later {
    auto person = draft.person();
    person.is_active = what.is_active.value_or(person.is_active);
    person.role = what.role.value_or(person.role);
    if (what.password_hash)
      draft.put_password(*what.password_hash);
    if (what.password_hash || !person.is_active) {
      std::vector<session_id> all;
      for (const auto& each : draft.sessions())
        all.push_back(each.id);
      draft.remove_sessions(all);
    }
    draft.change(std::move(person));
    return [this] { return shown_person(); };
  });
}

caf::result<entity_reply> user_state::handle(const create_account& what) {
  auto answer = hold_answer<entity_reply>(self_);
  if (phase_ != phase::absent || batch_ || !queue_.empty()) {
    answer->fail({errc::conflict, "this id is in use"});
    return caf::delegated<entity_reply>{};
  }
  write_operation operation;
  operation.is_first = true;
  operation.decide = [this, what, answer](user_draft& draft) -> result<continuation> {
    auto person = what.person;
    person.id = user_;
    person.created_at = person.updated_at = what.created_at.value_or(draft.now());
    auto prefs = what.prefs;
    prefs.created_at = prefs.updated_at = person.created_at;
    draft.create_person(person, prefs, what.password_hash);
    return continuation{[this, answer] {
      auto reply = shown_person();
      reply.status = 201;
      answer->deliver(std::move(reply));
    }};
  };
  operation.refuse = [answer](const error& failed) { answer->fail(failed); };
  submit(std::move(operation));
  return caf::delegated<entity_reply>{};
}

caf::result<entity_reply> user_state::handle(const remove_account&) {
  return administer({}, [this](user_draft& draft) -> shown_later {
    draft.remove_person();
    return [this] {
      abandon_runs(std::nullopt);
      return entity_reply{204, nullptr, {}, {}};
    };
  });
}

caf::result<entity_reply> user_state::handle(const import_records& what) {
  if (what.size() > import_rows_max)
    return to_caf({errc::invalid_argument, fmt::format("rows: must be at most {}", import_rows_max)});
  write_needs needs;
  for (const auto metric : {progress_metric::weight_kg, progress_metric::body_fat_pct})
    if (std::ranges::find(what.records, metric, &progress_record::metric) != what.records.end())
      needs.latest.push_back(metric);
  return administer(needs, [this, what, shown = needs.latest](user_draft& draft) -> shown_later {
    for (const auto& each : what.records)
      draft.store(each);
    draft.follow_latest(shown);
    for (const auto& each : what.conversations)
      draft.put(each);
    for (const auto& each : what.messages)
      draft.add(storage::put_message{each});
    for (const auto& each : what.runs)
      draft.add(storage::put_run{each});
    return [this] {
      pages_ = nullptr;  // a row from outside may take the place of any other, out of one list into another
      return shown_person();
    };
  });
}

}  // namespace genesis
