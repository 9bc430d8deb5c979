#include "actors/accounts.hpp"

#include "actors/deadlines.hpp"
#include "auth/refresh_token.hpp"

namespace genesis {

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
  const auto failed = [answer](const error& why) { answer->fail(why); };
  work_on_password<password_hashed>(
    hash_password{what.password, {what.person.email, what.person.full_name.value_or("")}}, until,
    [this, what, answer, until, failed](const password_hashed& hashed) {
      const auto now = services_->world.now();
      const auto user = ids_->next_id<user_id>(now);
      const auto session = ids_->next_id<session_id>(now);
      auto token = auth::make_refresh_token(user, session);
      answer->lost_as(errc::outcome_unknown);
      register_user message{what.person, what.prefs, hashed.hash, session, token.hash, what.origin};
      owners_->ask<session_grant>(
        user, std::move(message), until,
        [answer, user, text = std::move(token.text)](
          session_grant& grant) { answer->deliver(signed_in{user, std::move(grant), text}); },
        failed);
    },
    failed);
  return caf::delegated<signed_in>{};
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

caf::result<signed_in> accounts_state::handle(const log_in& what) {
  auto answer = hold_answer<signed_in>(self_);
  const auto until = deadline();
  verify(
    storage::find_credentials{what.email}, what.password, until,
    [this, what, answer, until](const checked_password& checked) {
      if (checked.user)
        open_for(what, checked, until, answer);
      else
        answer->fail({errc::unauthorized, "the e-mail address or the password is wrong"});
    },
    [answer](const error& why) { answer->fail(why); });
  return caf::delegated<signed_in>{};
}

void accounts_state::open_for(
  const log_in& what, const checked_password& checked, time_point until, const answer_ptr<signed_in>& answer) {
  const auto user = *checked.user;
  const auto session = ids_->next_id<session_id>(services_->world.now());
  auto token = auth::make_refresh_token(user, session);
  owners_->ask<session_grant>(
    user, open_session{session, token.hash, what.origin, checked.new_hash, checked.hash}, until,
    [answer, user, text = std::move(token.text)](
      session_grant& grant) { answer->deliver(signed_in{user, std::move(grant), text}); },
    [answer](const error& why) {
      // What a disabled account says is what a wrong password says.
      answer->fail(
        why.code == errc::unauthorized ? error{why.code, "the e-mail address or the password is wrong"} : why);
    });
}

caf::result<signed_in> accounts_state::handle(const renew_session& what) {
  const auto token = auth::parse_refresh_token(what.refresh_token);
  if (!token)
    return to_caf({errc::unauthorized, "this refresh token is not valid; log in again"});
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
    what.user, check_session{what.session}, until,
    [this, what, answer, until, failed](session_facts& facts) {
      verify(
        storage::find_credentials_of{what.user}, what.current_password, until,
        [this, what, answer, until, failed, facts](const checked_password& checked) {
          if (!checked.user) {
            answer->fail({errc::forbidden, "the current password is wrong"});
            return;
          }
          work_on_password<password_hashed>(
            hash_password{what.new_password, {facts.email, facts.full_name}}, until,
            [this, what, answer, until, failed](const password_hashed& hashed) {
              answer->lost_as(errc::outcome_unknown);
              owners_->ask<entity_reply>(
                what.user, change_password{what.session, hashed.hash}, until,
                [answer](entity_reply& done) { answer->deliver(std::move(done)); }, failed);
            },
            [failed](const error& why) {
              // The field of this request.
              failed(why.code == errc::invalid_argument ? error{why.code, "new_" + why.detail} : why);
            });
        },
        failed);
    },
    failed);
  return caf::delegated<entity_reply>{};
}

accounts_actor::behavior_type accounts_behavior(
  service_pointer<accounts_actor, accounts_state> self, accounts_services services) {
  self->serve_as("accounts");
  self->state.start(std::move(services));
  return {
    [self](const sign_up& what) { return self->state.handle(what); },
    [self](const log_in& what) { return self->state.handle(what); },
    [self](const renew_session& what) { return self->state.handle(what); },
    [self](const renew_password& what) { return self->state.handle(what); },
  };
}

}  // namespace genesis
