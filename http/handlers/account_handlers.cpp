#include "auth/access_token.hpp"
#include "auth/random.hpp"
#include "http/bodies.hpp"
#include "http/encoders.hpp"
#include "http/handlers/handlers.hpp"
#include "http/queries.hpp"

namespace genesis::http {

namespace {

/// As much of `User-Agent` as a session keeps.
constexpr std::size_t user_agent_bytes_max = 200;

client_origin origin_of(const exchange& request) {
  const auto agent = request.head.field("user-agent").value_or("");
  std::string kept;
  for (const char c : agent.substr(0, user_agent_bytes_max))
    kept += c >= 0x20 && c < 0x7F ? c : '?';
  return {std::move(kept), request.peer};
}

/// Everything a client needs to go on as the person.
void answer_signed_in(front_state& front, const exchange_ptr& request, const signed_in& who, int status) {
  const auto& site = front.desk().where();
  const auto now = front.now();
  auth::access_claims claims;
  claims.user = who.user;
  claims.session = who.grant.session;
  claims.issued_at = now;
  claims.expires_at = now + site.settings.auth.access_token_lifetime;
  // A login that lies ahead of a clock that was set back is of unknown age: it counts as none that is fresh.
  claims.authenticated_at = who.grant.authenticated_at <= now ? who.grant.authenticated_at : timestamp{};
  claims.role = who.grant.role;
  claims.id = uuid{auth::random_bytes<16>()};
  const auto token = auth::issue(claims, site.parties, front.desk().signing_keys());
  if (!token) {
    request->refuse({problem_code::internal, {}, {}});
    return;
  }
  auto answer = json_response(*request,
    auth_body(*who.grant.person, *token, who.refresh_token, site.settings.auth.access_token_lifetime), status);
  answer.cache = cache_class::no_store;
  answer.is_secret = true;
  if (status == 201)
    answer.location = "/api/v1/users/me";
  request->respond(std::move(answer));
}

/// Refuses what comes under a condition that does not hold: for the faults of its body, if there are any.
void refuse_unmet(front_state& front, const exchange_ptr& request, field_errors faults) {
  front.report(
    request, faults.empty() ? *request->unmet : problem{problem_code::validation_error, {}, std::move(faults)});
}

}  // namespace

void register_account(front_state& front, const exchange_ptr& request) {
  const auto sign_up_with = [&front, request](register_request& body) {
    if (front.desk().where().settings.auth.registration == config::registration_mode::invite && body.faults.empty() &&
        !body.invite) {
      request->refuse({problem_code::forbidden,
        "registration needs an invitation from whoever runs this server; send it as the member invite", {}});
      return;
    }
    sign_up message;
    message.invite = body.invite;
    message.person.email = body.email;
    message.person.full_name = body.full_name;
    message.person.locale = body.locale;
    message.person.timezone = body.timezone;
    message.password = body.password;
    message.origin = origin_of(*request);
    message.faults = std::move(body.faults);
    front.ask<signed_in>(request, front.services().accounts, std::move(message),
      [&front, request](signed_in& who) { answer_signed_in(front, request, who, 201); });
  };
  front.read_body<register_request>(request, read_register, sign_up_with,
    [&front, request](register_request& body) { refuse_unmet(front, request, std::move(body.faults)); });
}

void log_in_account(front_state& front, const exchange_ptr& request) {
  front.read_body<login_request>(request, read_login, [&front, request](login_request& body) {
    front.ask<signed_in>(request, front.services().accounts, log_in{body.email, body.password, origin_of(*request)},
      [&front, request](signed_in& who) { answer_signed_in(front, request, who, 200); });
  });
}

void refresh_session(front_state& front, const exchange_ptr& request) {
  front.read_body<refresh_request>(request, read_refresh, [&front, request](refresh_request& body) {
    front.ask<signed_in>(request, front.services().accounts, renew_session{body.refresh_token},
      [&front, request](signed_in& who) { answer_signed_in(front, request, who, 200); });
  });
}

void log_out(front_state& front, const exchange_ptr& request) {
  front.read_body<no_members>(request, read_no_members,
    [&front, request](no_members&) { relay(front, request, close_session{request->who.session()}); });
}

void change_account_password(front_state& front, const exchange_ptr& request) {
  front.read_body<change_password_request>(
    request, read_change_password,
    [&front, request](change_password_request& body) {
      front.ask<entity_reply>(request, front.services().accounts,
        renew_password{request->who.user, request->who.session(), body.current_password, body.new_password,
          request->peer, std::move(body.faults)},
        [request](entity_reply& reply) { request->respond(to_response(*request, std::move(reply))); });
    },
    [&front, request](change_password_request& body) { refuse_unmet(front, request, std::move(body.faults)); });
}

void show_user(front_state& front, const exchange_ptr& request) {
  if (request->head.query().empty())  // what nearly everybody asks
    return relay(front, request, get_user{request->who.by});
  const auto query = read_query<user_view_query>(front, request, read_user_view_query);
  if (!query)
    return;
  if (query->is_empty())
    return relay(front, request, get_user{request->who.by});
  front.ask_owner<user_view>(request,
    get_user_view{request->who.by, query->preferences, query->workout_plans, query->nutrition_plans, query->progress},
    [&front, request](user_view& found) { answer_view(front, request, found); });
}

void list_people(front_state& front, const exchange_ptr& request) {
  auto query = read_query<people_query>(front, request, read_people_query);
  if (query)
    front.ask_owner<std::vector<known_person>>(request,
      get_people{request->who.by, std::move(query->users), request->log_ids()},
      [&front, request](std::vector<known_person>& found) { answer_people(front, request, found); });
}

void change_user(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (!read_preconditions(front, request, condition))
    return;
  front.read_body<user_patch>(request, read_user_patch, [&front, request, condition](user_patch& changes) {
    relay(front, request, patch_user{request->who.by, std::move(changes), condition});
  });
}

void delete_account(front_state& front, const exchange_ptr& request) {
  const auto fresh = front.desk().where().settings.auth.fresh_login;
  if (front.now() - request->who.authenticated_at > fresh) {
    front.report(request, {problem_code::reauthentication_required, {}, {}});
    return;
  }
  std::optional<precondition> condition;
  if (read_preconditions(front, request, condition))
    relay(front, request, delete_user{request->who.session(), condition});
}

void show_preferences(front_state& front, const exchange_ptr& request) {
  relay(front, request, get_preferences{request->who.by});
}

void change_preferences(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (!read_preconditions(front, request, condition))
    return;
  front.read_body<preferences_replacement>(
    request, read_preferences, [&front, request, condition](preferences_replacement& body) {
      relay(front, request,
        replace_preferences{request->who.by, std::move(body.value), condition, body.carried, std::move(body.faults)});
    });
}

}  // namespace genesis::http
