#include "actors/user_templates.hpp"
#include "auth/digest.hpp"
#include "domain/list_position.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

session user_state::make_session(
  const session_id& id, const secret_hash& hash, const client_origin& origin, timestamp now) const {
  session made;
  made.id = id;
  made.created_at = made.last_used_at = made.authenticated_at = now;
  made.expires_at = now + services_->session_lifetime;
  made.refresh_hash = hash;
  made.user_agent = origin.user_agent;
  made.address = origin.address;
  return made;
}

session_grant user_state::grant(const session& value) {
  return {value.id, value.authenticated_at, data_.person.role, shown_person().body};
}

/// Before there is a session: waits for the state alone.
caf::result<session_grant> user_state::later_without_session(
  std::function<void(answer_ptr<session_grant>)> go_on, std::function<void()> on_no_account) {
  auto answer = hold_answer<session_grant>(self_);
  wait_for_load([this, answer, go_on = std::move(go_on), on_no_account = std::move(on_no_account)](
                  const std::optional<error>& failed) {
    if (failed) {
      answer->fail(*failed);
    } else if (phase_ == phase::gone || !data_.person.is_active) {
      on_no_account();
      answer->fail({errc::unauthorized, "this account does not exist or is disabled"});
    } else {
      count_as_used();
      go_on(answer);
    }
  });
  return caf::delegated<session_grant>{};
}

caf::result<session_grant> user_state::handle(const register_user& what) {
  auto answer = hold_answer<session_grant>(self_);
  if (phase_ != phase::absent || batch_ || !queue_.empty()) {
    answer->fail({errc::conflict, "this id is in use"});
    return caf::delegated<session_grant>{};
  }
  write_operation operation;
  operation.is_first = true;
  operation.decide = [this, what, answer](user_draft& draft) -> result<continuation> {
    auto person = what.person;
    person.id = user_;
    person.created_at = person.updated_at = draft.now();
    auto prefs = what.prefs;
    prefs.created_at = prefs.updated_at = draft.now();
    const auto opened = make_session(what.session, what.refresh_hash, what.origin, draft.now());
    if (what.invitation)
      draft.add(storage::use_invitation{*what.invitation, person.email});
    draft.create_person(person, prefs, what.password_hash);
    draft.put(opened);
    return continuation{[this, opened, answer] { answer->deliver(grant(opened)); }};
  };
  operation.refuse = [answer](const error& failed) { answer->fail(failed); };
  submit(std::move(operation));
  return caf::delegated<session_grant>{};
}

caf::result<session_grant> user_state::handle(const open_session& what) {
  return later_without_session([this, what](answer_ptr<session_grant> answer) {
    submit<session_grant>(
      {.credentials = what.verified_hash.has_value()},
      [this, what](user_draft& draft) -> result<std::function<session_grant()>> {
        if (!draft.person().is_active)
          return fail(errc::unauthorized, "this account was disabled meanwhile");
        if (what.verified_hash) {
          const auto is_current = draft.has_password(*what.verified_hash);
          if (!is_current)
            return std::unexpected(is_current.error());
          if (!*is_current)
            return fail(errc::unauthorized, "the password was changed meanwhile");
        }
        const auto& sessions = draft.sessions();
        if (sessions.size() >= sessions_per_user_max) {
          const auto oldest = std::ranges::min_element(sessions, {}, &session::last_used_at);
          draft.remove_sessions({oldest->id});
        }
        if (what.new_password_hash)
          draft.put_password(*what.new_password_hash);
        const auto opened = make_session(what.session, what.refresh_hash, what.origin, draft.now());
        draft.put(opened);
        return [this, opened] { return grant(opened); };
      },
      std::move(answer));
  });
}

void user_state::refuse_refresh(const answer_ptr<session_grant>& answer, refresh_fault why, std::string detail) {
  counters().refreshes_refused_as(why).add();
  answer->fail({errc::unauthorized, std::move(detail)});
}

caf::result<session_grant> user_state::handle(const rotate_session& what) {
  const auto go_on = [this, what](answer_ptr<session_grant> answer) {
    const auto found = std::ranges::find(data_.sessions, what.session, &session::id);
    if (found == data_.sessions.end() || found->expires_at <= now()) {
      refuse_refresh(answer, refresh_fault::ended, "this refresh token has expired or was revoked; log in again");
      return;
    }
    if (!auth::is_same_secret(found->refresh_hash, what.presented)) {
      report_reuse(what, std::move(answer));
      return;
    }
    if (!rotating_.insert(what.session).second) {
      refuse_refresh(answer, refresh_fault::raced, "this refresh token is being exchanged already");
      return;
    }
    exchange_token(what, std::move(answer));
  };
  return later_without_session(go_on, [] { counters().refreshes_refused_as(refresh_fault::ended).add(); });
}

void user_state::exchange_token(const rotate_session& what, answer_ptr<session_grant> answer) {
  write_operation operation;
  operation.decide = [this, what, answer](user_draft& draft) -> result<continuation> {
    const auto& sessions = draft.sessions();
    const auto found = std::ranges::find(sessions, what.session, &session::id);
    if (found == sessions.end() || !draft.person().is_active ||
        !auth::is_same_secret(found->refresh_hash, what.presented)) {
      rotating_.erase(what.session);
      return fail(errc::unauthorized, "this session has ended; log in again");
    }
    auto rotated = *found;
    rotated.refresh_hash = what.next;
    rotated.last_used_at = draft.now();
    rotated.expires_at = draft.now() + services_->session_lifetime;
    draft.add(storage::put_used_refresh_token{what.presented, what.session, draft.now()});
    draft.put(rotated);
    return continuation{[this, rotated, answer] {
      rotating_.erase(rotated.id);
      answer->deliver(grant(rotated));
    }};
  };
  operation.refuse = [this, id = what.session, answer](const error& failed) {
    rotating_.erase(id);
    if (failed.code == errc::unauthorized)
      counters().refreshes_refused_as(refresh_fault::ended).add();
    answer->fail(failed);
  };
  submit(std::move(operation));
}

/// A token that is not the current one. If it was current once, somebody copied it: the whole family ends. A token that
/// never existed ends nothing, else anybody who learns a session's id could end the session.
void user_state::report_reuse(const rotate_session& what, answer_ptr<session_grant> answer) {
  ask_storage<storage::find_used_refresh_token, session_id>(
    {user_, what.presented}, [this, what, answer](result<session_id> owner) {
      const error refused{errc::unauthorized, "this refresh token is not valid; log in again"};
      if (!owner && owner.error().code != errc::not_found) {
        answer->fail(owner.error());
        return;
      }
      if (!owner || *owner != what.session) {
        refuse_refresh(answer, refresh_fault::unknown, refused.detail);
        return;
      }
      counters().refreshes_refused_as(refresh_fault::reused).add();
      spdlog::warn("a refresh token of user {} was used a second time: session {} ends", to_string(user_),
        to_string(what.session));
      write_operation operation;
      operation.decide = [what, answer, refused](user_draft& draft) -> result<continuation> {
        draft.remove_sessions({what.session});
        return continuation{[answer, refused] { answer->fail(refused); }};
      };
      operation.refuse = [answer](const error& failed) { answer->fail(failed); };
      operation.is_internal = true;
      submit(std::move(operation));
    });
}

caf::result<entity_reply> user_state::handle(const close_session& what) {
  return write<entity_reply>(what.session, {}, [what](user_draft& draft) -> result<std::function<entity_reply()>> {
    draft.remove_sessions({what.session});
    return [] { return entity_reply{204, nullptr, {}, {}}; };
  });
}

caf::result<page<session>> user_state::handle(const get_sessions& what) {
  return read_state<page<session>>(what.session, [this, query = what.page](answer_ptr<page<session>> answer) {
    auto alive = data_.sessions;
    std::erase_if(alive, [at = now()](const session& each) { return each.expires_at <= at; });
    answer->deliver(page_of(std::move(alive), query, [](const session& each) { return position_of(each); }));
  });
}

caf::result<session> user_state::handle(const get_open_session& what) {
  return read_state<session>(what.session, [this, id = what.wanted](answer_ptr<session> answer) {
    const auto found = std::ranges::find(data_.sessions, id, &session::id);
    if (found != data_.sessions.end() && found->expires_at > now())
      answer->deliver(session{*found});
    else
      answer->fail({errc::not_found, {}});
  });
}

caf::result<entity_reply> user_state::handle(const end_session& what) {
  return write<entity_reply>(what.session, {}, [what](user_draft& draft) -> result<std::function<entity_reply()>> {
    const auto found = std::ranges::find(draft.sessions(), what.ended, &session::id);
    if (found == draft.sessions().end() || found->expires_at <= draft.now())
      return fail(errc::not_found);
    if (what.is_meant && !what.is_meant(*found))
      return fail(errc::precondition_failed);
    draft.remove_sessions({what.ended});
    return [] { return entity_reply{204, nullptr, {}, {}}; };
  });
}

caf::result<entity_reply> user_state::handle(const change_password& what) {
  return write<entity_reply>(
    what.session, {},
    [what](user_draft& draft) -> result<std::function<entity_reply()>> {
      if (std::ranges::find(draft.sessions(), what.session, &session::id) == draft.sessions().end())
        return fail(errc::unauthorized, "this session has ended; log in again");
      std::vector<session_id> others;
      for (const auto& each : draft.sessions())
        if (each.id != what.session)
          others.push_back(each.id);
      draft.remove_sessions(others);
      draft.put_password(what.password_hash);
      return [] { return entity_reply{204, nullptr, {}, {}}; };
    },
    /*takes=*/std::nullopt);
}

caf::result<session_facts> user_state::handle(const check_session& what) {
  return later<session_facts>(
    what.by,
    [this](answer_ptr<session_facts> answer) {
      answer->deliver(session_facts{data_.person.email, data_.person.full_name.value_or(""), data_.person.role});
    },
    what.takes);
}

}  // namespace genesis
