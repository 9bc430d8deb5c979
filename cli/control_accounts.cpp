#include "actors/audit.hpp"
#include "auth/email.hpp"
#include "auth/invitation_code.hpp"
#include "cli/control_templates.hpp"
#include "cli/json_reading.hpp"
#include "domain/blank_text.hpp"
#include "domain/utf8.hpp"

#include <algorithm>

namespace genesis::cli {

namespace {

namespace json = boost::json;

std::optional<user_role> role_of(const json::object& request) {
  return parse_enum<user_role>(text_member(request, "role"));
}

/// A name as the API takes it; nothing for an empty one.
result<std::optional<std::string>> full_name_of(const json::object& request) {
  const auto name = text_member(request, "full_name");
  if (code_points(name) > full_name_length_max)
    return fail(
      errc::invalid_argument, "the name may have " + std::to_string(full_name_length_max) + " characters at most");
  if (name.find('\0') != std::string_view::npos)
    return fail(errc::invalid_argument, "the name holds a character that no name has");
  if (!name.empty() && is_blank_text(name))
    return fail(errc::invalid_argument, "the name is blank");
  return name.empty() ? std::nullopt : std::optional{std::string{name}};
}

std::optional<list_position> position_in(const json::object& request) {
  const auto* key = request.if_contains("after_key");
  const auto id = parse_uuid(text_member(request, "after_id"));
  if (key == nullptr || !key->is_int64() || !id)
    return std::nullopt;
  return list_position{key->get_int64(), *id};
}

std::string users_listed(const page<user>& found) {
  return control_success([&](http::json_writer& json) {
    json.key("users").begin_array();
    for (const auto& each : found.items)
      json.begin_object()
        .member("email", each.email)
        .member("role", each.role)
        .member("active", each.is_active)
        .member("created_at", each.created_at)
        .member("id", each.id)
        .end_object();
    json.end_array().member("has_more", found.has_more);
    if (found.items.empty())
      return;
    json.member("last_key", static_cast<std::int64_t>(found.items.back().created_at.time_since_epoch().count()));
    json.member("last_id", found.items.back().id);
  });
}

}  // namespace

void control_state::add_user(const object& request, const control_answer_ptr& answer) {
  const auto email = auth::normalise_email(text_member(request, "email"));
  const auto role = role_of(request);
  auto name = full_name_of(request);
  if (!email || !role || !name) {
    answer->fail(!email  ? error{errc::invalid_argument, "the e-mail address " + email.error().detail}
                 : !role ? error{errc::invalid_argument, "the role must be user, coach or admin"}
                         : name.error());
    return;
  }
  create_account made;
  made.person.email = *email;
  made.person.role = *role;
  made.person.full_name = *std::move(name);
  hash(std::string{text_member(request, "password")}, {*email, made.person.full_name.value_or("")}, answer,
    [this, made, answer](const std::string& hashed) mutable {
      made.password_hash = hashed;
      const auto user = ids_->next_id<user_id>(services_->world.now());
      auto done = fmt::format("made the account {} with the role {}", to_string(user), name_of(made.person.role));
      change_account(user, std::move(made), std::move(done), answer);
    });
}

/// Only for somebody who has no account: nobody else could use it.
void control_state::invite_user(const object& request, const control_answer_ptr& answer) {
  const auto email = auth::normalise_email(text_member(request, "email"));
  const auto role = role_of(request);
  if (!email || !role) {
    answer->fail(!email ? error{errc::invalid_argument, "the e-mail address " + email.error().detail}
                        : error{errc::invalid_argument, "the role must be user, coach or admin"});
    return;
  }
  self_->request(services_->storage, pool_deadline, storage::find_credentials{*email})
    .then(
      [answer, email = *email](const storage::credentials&) {
        answer->fail({errc::email_taken, "there is an account with the e-mail address " + email + " already"});
      },
      [this, answer, email = *email, role = *role](const caf::error& failed) {
        const auto what = from_caf(failed);
        if (what.code == errc::not_found)
          keep_invitation(email, role, answer);
        else
          answer->fail(what);
      });
}

void control_state::keep_invitation(const std::string& email, user_role role, const control_answer_ptr& answer) {
  auto code = auth::make_invitation_code();
  const auto now = services_->world.now();
  const invitation made{code.hash, email, role, now, now + services_->invitation_lifetime};
  self_->request(services_->storage, pool_deadline, storage::put_invitation{made})
    .then(
      [answer, made, text = std::move(code.text), registration = services_->registration](bool has_replaced) {
        audit("an operator made an invitation with the role {}, good until {}{}", name_of(made.role),
          to_rfc3339(made.expires_at), has_replaced ? ", in the place of one that was still good" : "");
        answer->succeed(control_success([&](http::json_writer& json) {
          json.member("email", made.email).member("invitation", text).member("expires_at", made.expires_at);
          json.member("replaced", has_replaced);
          json.member("closed", registration == config::registration_mode::closed);
        }));
      },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

void control_state::find_user(const object& request, const control_answer_ptr& answer) {
  find_account(request, answer, [answer](const user_id& user) {
    answer->succeed(control_success([&](http::json_writer& json) { json.member("user_id", user); }));
  });
}

void control_state::set_password(const object& request, const control_answer_ptr& answer) {
  find_account(request, answer,
    [this, password = std::string{text_member(request, "password")}, email = std::string{text_member(request, "email")},
      answer](const user_id& user) {
      hash(password, {email}, answer, [this, user, answer](const std::string& hashed) {
        administer_user change;
        change.password_hash = hashed;
        change_account(user, std::move(change), "changed the password of " + to_string(user), answer);
      });
    });
}

void control_state::set_role(const object& request, const control_answer_ptr& answer) {
  const auto role = role_of(request);
  if (!role) {
    answer->fail({errc::invalid_argument, "the role must be user, coach or admin"});
    return;
  }
  find_account(request, answer, [this, role, answer](const user_id& user) {
    administer_user change;
    change.role = role;
    change_account(
      user, std::move(change), fmt::format("gave {} the role {}", to_string(user), name_of(*role)), answer);
  });
}

void control_state::set_active(const object& request, const control_answer_ptr& answer) {
  const auto* active = request.if_contains("active");
  if (active == nullptr || !active->is_bool()) {
    answer->fail({errc::invalid_argument, "the request does not say whether the account is to be active"});
    return;
  }
  find_account(request, answer, [this, is_active = active->get_bool(), answer](const user_id& user) {
    administer_user change;
    change.is_active = is_active;
    change_account(user, std::move(change), (is_active ? "enabled " : "disabled ") + to_string(user), answer);
  });
}

void control_state::list_users(const object& request, const control_answer_ptr& answer) {
  storage::list_users question;
  question.page = {page_limit_max, position_in(request), list_order::oldest_first};
  self_->request(services_->storage, pool_deadline, question)
    .then([answer](const page<user>& found) { answer->succeed(users_listed(found)); },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

}  // namespace genesis::cli
