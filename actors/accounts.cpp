#include "actors/accounts.hpp"

#include "actors/deadlines.hpp"
#include "actors/metrics.hpp"
#include "auth/invitation_code.hpp"
#include "auth/refresh_token.hpp"

#include <algorithm>
#include <iterator>

namespace genesis {

namespace {

login_outcome outcome_of(errc failure) noexcept {
  switch (failure) {
  case errc::unauthorized: return login_outcome::wrong;
  case errc::rate_limited: return login_outcome::limited;
  case errc::overloaded: return login_outcome::overloaded;
  default: return login_outcome::failed;
  }
}

login_outcome outcome_of(const result<signed_in>& what) noexcept {
  return what ? login_outcome::success : outcome_of(what.error().code);
}

/// What the password pool says, where it refuses the password as a fault of the field that the client sent it in.
error in_field(error why, const std::string& field) {
  if (why.faults.empty())
    return why;
  why.detail.clear();
  for (auto& each : why.faults)
    each.field = field;
  return why;
}

}  // namespace

void accounts_state::start(accounts_services services) {
  ids_.emplace(services.world.random);
  owners_.emplace(self_, services.shards);
  services_.emplace(std::move(services));
}

accounts_state::time_point accounts_state::deadline() const {
  return self_->clock().now() + front_deadline - std::chrono::milliseconds{500};
}

caf::result<signed_in> accounts_state::handle(const sign_up& what) {
  auto answer = hold_answer<signed_in>(self_);
  const auto until = deadline();
  if (!what.faults.empty()) {
    refuse_fields(
      what.faults, "password", {what.password, {what.person.email, what.person.full_name.value_or("")}}, until, answer);
    return caf::delegated<signed_in>{};
  }
  find_invitation(
    what,
    [this, what, answer, until](
      const std::optional<invitation>& invite) { register_with(what, invite, until, answer); },
    [answer](const error& why) { answer->fail(why); });
  return caf::delegated<signed_in>{};
}

/// Before the password is hashed. The account and the end of the invitation are one transaction, in which it is looked
/// for again. Whoever has an invitation learns what is wrong with it; one that was used is gone.
void accounts_state::find_invitation(const sign_up& what, invited then, std::function<void(const error&)> otherwise) {
  if (!what.invite) {
    then(std::nullopt);
    return;
  }
  const error unknown{errc::forbidden, "this invitation is not valid, or was used"};
  const auto hash = auth::parse_invitation_code(*what.invite);
  if (!hash) {
    otherwise(unknown);
    return;
  }
  self_->request(services_->storage, pool_deadline, storage::find_invitation{*hash})
    .then(
      [this, email = what.person.email, then = std::move(then), otherwise](const invitation& found) {
        if (found.email != email)
          otherwise({errc::forbidden, "this invitation is for another e-mail address"});
        else if (found.expires_at <= services_->world.now())
          otherwise({errc::forbidden, "this invitation has expired"});
        else
          then(found);
      },
      [otherwise, unknown](const caf::error& why) {
        const auto failed = from_caf(why);
        if (failed.code == errc::not_found)
          otherwise(unknown);
        else
          otherwise(failed.code == errc::outcome_unknown ? error{errc::unavailable, failed.detail} : failed);
      });
}

void accounts_state::register_with(
  const sign_up& what, const std::optional<invitation>& invite, time_point until, const answer_ptr<signed_in>& answer) {
  const auto failed = [answer](const error& why) { answer->fail(why); };
  work_on_password<password_hashed>(
    hash_password{what.password, {what.person.email, what.person.full_name.value_or("")}}, until,
    [this, what, invite, answer, until, failed](const password_hashed& hashed) {
      const auto now = services_->world.now();
      const auto user = ids_->next_id<user_id>(now);
      const auto session = ids_->next_id<session_id>(now);
      auto token = auth::make_refresh_token(user, session);
      answer->lost_as(errc::outcome_unknown);
      register_user message{what.person, what.prefs, hashed.hash, session, token.hash, what.origin};
      if (invite) {
        message.person.role = invite->role;
        message.invitation = invite->hash;
      }
      owners_->ask<session_grant>(
        user, std::move(message), until,
        [answer, user, text = std::move(token.text)](
          session_grant& grant) { answer->deliver(signed_in{user, std::move(grant), text}); },
        failed);
    },
    [failed](const error& why) { failed(in_field(why, "password")); });
}

/// When the pool cannot judge, what is known already is answer enough.
template <class T>
void accounts_state::refuse_fields(
  field_errors faults, std::string field, judge_password judged, time_point until, const answer_ptr<T>& answer) {
  const error known{errc::invalid_argument, {}, std::move(faults)};
  if (std::ranges::find(known.faults, field, &field_error::field) != known.faults.end()) {
    answer->fail(known);
    return;
  }
  work_on_password<bool>(
    std::move(judged), until, [answer, known](bool) { answer->fail(known); },
    [answer, known, field = std::move(field)](const error& why) {
      auto all = known;
      std::ranges::copy(in_field(why, field).faults, std::back_inserter(all.faults));
      answer->fail(all);
    });
}

/// Nothing has happened when it fails, whatever the reason.
template <class Answer, class Work>
void accounts_state::work_on_password(
  Work work, time_point until, std::function<void(const Answer&)> then, std::function<void(const error&)> otherwise) {
  const error too_late{errc::overloaded, "too many logins are waiting"};
  const auto left = until - self_->clock().now();
  if (left <= password_margin) {
    otherwise(too_late);
    return;
  }
  work.deadline = until - password_margin;
  self_->request(services_->passwords, left, std::move(work))
    .then([then = std::move(then)](const Answer& done) { then(done); },
      [otherwise = std::move(otherwise), too_late](const caf::error& why) {
        const auto what = from_caf(why);
        otherwise(what.code == errc::outcome_unknown ? too_late : what);
      });
}

/// Looks an account up and checks a password against it, or does the same work against nothing. `then` gets the account
/// (none when the password is wrong) and, when the stored hash is outdated, a new one.
template <class Q>
void accounts_state::verify(const Q& question, const std::string& password, time_point until,
  std::function<void(const checked_password&)> then, std::function<void(const error&)> otherwise) {
  const auto check = [this, password, until, then, otherwise](std::optional<user_id> user, const std::string& hash) {
    work_on_password<password_verdict>(
      verify_password{password, hash}, until,
      [user, hash, then](
        const password_verdict& verdict) { then({verdict.matches ? user : std::nullopt, verdict.new_hash, hash}); },
      otherwise);
  };
  self_->request(services_->storage, pool_deadline, question)
    .then(
      [check](const storage::credentials& found) {
        // A disabled account costs the same and is refused by its owner.
        check(found.user, found.password_hash);
      },
      [check, otherwise](const caf::error& why) {
        const auto what = from_caf(why);
        if (what.code == errc::not_found)
          check(std::nullopt, {});
        else
          otherwise(what.code == errc::outcome_unknown ? error{errc::unavailable, what.detail} : what);
      });
}

void accounts_state::begin_attempt(
  const admit_login& what, std::function<void()> then, std::function<void(const error&)> otherwise) {
  if (!services_->limiter) {
    then();
    return;
  }
  self_->request(services_->limiter, pool_deadline, what)
    .then([then = std::move(then)](bool) { then(); },
      [otherwise = std::move(otherwise)](const caf::error& why) {
        const auto failed = from_caf(why);
        otherwise(failed.code == errc::outcome_unknown ? error{errc::unavailable, failed.detail} : failed);
      });
}

void accounts_state::settle(const admit_login& what, bool is_wrong) {
  if (services_->limiter && !is_wrong)
    self_->send(services_->limiter, forgive_login{what});
}

caf::result<signed_in> accounts_state::handle(const log_in& what) {
  auto answer = hold_answer<signed_in>(self_);
  const auto until = deadline();
  const admit_login attempt{what.email, what.origin.address};
  const auto finish = [this, attempt, answer](result<signed_in> outcome) {
    counters().logins_with(outcome_of(outcome)).add();
    settle(attempt, !outcome && outcome.error().code == errc::unauthorized);
    answer->deliver(std::move(outcome));
  };
  begin_attempt(
    attempt,
    [this, what, until, finish] {
      verify(
        storage::find_credentials{what.email}, what.password, until,
        [this, what, until, finish](const checked_password& checked) {
          if (checked.user)
            open_for(what, checked, until, finish);
          else
            finish(fail(errc::unauthorized, "the e-mail address or the password is wrong"));
        },
        [finish](const error& why) { finish(std::unexpected(why)); });
    },
    [answer](const error& why) {
      counters().logins_with(outcome_of(why.code)).add();
      answer->fail(why);
    });
  return caf::delegated<signed_in>{};
}

void accounts_state::open_for(const log_in& what, const checked_password& checked, time_point until,
  std::function<void(result<signed_in>)> finish) {
  const auto user = *checked.user;
  const auto session = ids_->next_id<session_id>(services_->world.now());
  auto token = auth::make_refresh_token(user, session);
  owners_->ask<session_grant>(
    user, open_session{session, token.hash, what.origin, checked.new_hash, checked.hash}, until,
    [finish, user, text = std::move(token.text)](
      session_grant& grant) { finish(signed_in{user, std::move(grant), text}); },
    [finish](const error& why) {
      // What a disabled account says is what a wrong password says.
      finish(why.code == errc::unauthorized ? fail(why.code, "the e-mail address or the password is wrong")
                                            : std::unexpected(why));
    });
}

caf::result<signed_in> accounts_state::handle(const renew_session& what) {
  const auto token = auth::parse_refresh_token(what.refresh_token);
  if (!token) {
    counters().refreshes_refused_as(refresh_fault::malformed).add();
    return to_caf({errc::unauthorized, "this refresh token is not valid; log in again"});
  }
  auto answer = hold_answer<signed_in>(self_);
  auto next = auth::make_refresh_token(token->user, token->session);
  answer->lost_as(errc::outcome_unknown);
  owners_->ask<session_grant>(
    token->user, rotate_session{token->session, token->hash, next.hash}, deadline(),
    [answer, user = token->user, text = std::move(next.text)](
      session_grant& grant) { answer->deliver(signed_in{user, std::move(grant), text}); },
    [answer](const error& why) { answer->fail(why); });
  return caf::delegated<signed_in>{};
}

caf::result<entity_reply> accounts_state::handle(const renew_password& what) {
  auto answer = hold_answer<entity_reply>(self_);
  const auto until = deadline();
  const std::function<void(const error&)> failed = [answer](const error& why) { answer->fail(why); };
  // The owner first: a revoked session must not test passwords.
  owners_->ask<session_facts>(
    what.user, check_session{what.session, rate_limit::writes}, until,
    [this, what, answer, until, failed](session_facts& facts) {
      if (!what.faults.empty()) {
        refuse_fields(what.faults, "new_password", {what.new_password, {facts.email, facts.full_name}}, until, answer);
        return;
      }
      const admit_login attempt{facts.email, what.address};
      const auto refuse = [failed](const error& why) {
        counters().confirmations_with(outcome_of(why.code)).add();
        failed(why);
      };
      begin_attempt(
        attempt,
        [this, what, answer, until, refuse, facts, attempt] {
          verify(
            storage::find_credentials_of{what.user}, what.current_password, until,
            [this, what, answer, until, facts, attempt](const checked_password& checked) {
              settle(attempt, !checked.user);
              counters().confirmations_with(checked.user ? login_outcome::success : login_outcome::wrong).add();
              if (checked.user)
                renew_for(what, facts, until, answer);
              else
                answer->fail({errc::forbidden, "the current password is wrong"});
            },
            [this, refuse, attempt](const error& why) {
              settle(attempt, /*is_wrong=*/false);
              refuse(why);
            });
        },
        refuse);
    },
    failed);
  return caf::delegated<entity_reply>{};
}

/// The current password was right.
void accounts_state::renew_for(
  const renew_password& what, const session_facts& facts, time_point until, const answer_ptr<entity_reply>& answer) {
  const auto failed = [answer](const error& why) { answer->fail(why); };
  work_on_password<password_hashed>(
    hash_password{what.new_password, {facts.email, facts.full_name}}, until,
    [this, what, answer, until, failed](const password_hashed& hashed) {
      answer->lost_as(errc::outcome_unknown);
      owners_->ask<entity_reply>(
        what.user, change_password{what.session, hashed.hash}, until,
        [answer](entity_reply& done) { answer->deliver(std::move(done)); }, failed);
    },
    [failed](const error& why) { failed(in_field(why, "new_password")); });
}

accounts_actor::behavior_type accounts_behavior(
  service_pointer<accounts_actor, accounts_state> self, accounts_services services) {
  self->serve_as(actor_kind::accounts);
  self->state.start(std::move(services));
  return {
    [self](const sign_up& what) { return self->state.handle(what); },
    [self](const log_in& what) { return self->state.handle(what); },
    [self](const renew_session& what) { return self->state.handle(what); },
    [self](const renew_password& what) { return self->state.handle(what); },
  };
}

}  // namespace genesis
