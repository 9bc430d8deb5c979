#include "http/routes/specs.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

using enum problem_code;
constexpr std::string_view tag = "Accounts";

/// Of a body that anybody may send: names and passwords, every character escaped.
constexpr std::size_t credentials_bytes_max = std::size_t{16} * 1'024;

std::vector<route_spec> login_routes() {
  return {
    {.verb = method::post,
      .path = "/api/v1/auth/register",
      .operation_id = "register",
      .summary = "Open an account",
      .description = "Opens an account and logs in. Whether an address has an account can be seen from the answer. "
                     "Where the server asks for an invitation, one is used up with it, and gives the account its role.",
      .tag = tag,
      .security = security::none,
      .body = &register_schema,
      .body_bytes_max = credentials_bytes_max,
      .responses = {answers(auth_schema, "The account, logged in.", 201)},
      .rate = rate_limit::auth,
      .problems = {email_taken, forbidden}},
    {.verb = method::post,
      .path = "/api/v1/auth/login",
      .operation_id = "login",
      .summary = "Log in",
      .description = "The answer to a wrong password and to an unknown address is the same. Too many wrong passwords "
                     "for one account, or from one network address, are answered with 429 for a while, and so is the "
                     "right one then.",
      .tag = tag,
      .security = security::none,
      .body = &login_schema,
      .body_bytes_max = credentials_bytes_max,
      .responses = {answers(auth_schema, "A new session.")},
      .rate = rate_limit::auth,
      .problems = {unauthorized}},
    {.verb = method::post,
      .path = "/api/v1/auth/refresh",
      .operation_id = "refresh",
      .summary = "Exchange a refresh token",
      .description = "Every refresh token works once. One that comes back later ends its session.",
      .tag = tag,
      .security = security::none,
      .body = &refresh_schema,
      .body_bytes_max = credentials_bytes_max,
      .responses = {answers(auth_schema, "The next pair of tokens.")},
      .rate = rate_limit::auth,
      .problems = {unauthorized}},
    {.verb = method::post,
      .path = "/api/v1/auth/logout",
      .operation_id = "logout",
      .summary = "Log out",
      .description = "The session's tokens are refused from the next request on.",
      .tag = tag,
      .body = &no_members_schema,
      .responses = {no_content("The session has ended.")}},
    {.verb = method::post,
      .path = "/api/v1/auth/change-password",
      .operation_id = "change_password",
      .summary = "Change the password",
      .description = "Every other session ends. 403 when the current password is wrong.",
      .tag = tag,
      .body = &change_password_schema,
      .responses = {no_content("The password is changed.")},
      .problems = {forbidden}},
  };
}

std::vector<route_spec> person_routes() {
  return {
    {.verb = method::get,
      .path = "/api/v1/users/me",
      .operation_id = "show_user",
      .summary = "Show the profile",
      .description =
        "With include, also the preferences and the first pages of lists, which are read together; the ETag is that "
        "of the whole then.",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::private_entity,
      .query = user_view_parameters,
      .responses = {answers(user_view_schema, "The person.")}},
    {.verb = method::get,
      .path = "/api/v1/users",
      .operation_id = "list_users",
      .summary = "Show other people",
      .description =
        "People with their preferences, for admins; whose ids are unknown are left out. Each use is written "
        "to the log, with who looked at whom.",
      .tag = tag,
      .roles = {user_role::admin},
      .cache = cache_class::private_list,
      .query = people_parameters,
      .responses = {answers(user_view_list_schema, "The people, by id.")}},
    {.verb = method::patch,
      .path = "/api/v1/users/me",
      .operation_id = "change_user",
      .summary = "Change the profile",
      .description = "weight_kg and body_fat_pct write a progress record with source profile.",
      .tag = tag,
      .scopes = {key_scope::write},
      .cache = cache_class::private_entity,
      .body = &user_patch_schema,
      .responses = {answers(user_schema, "The person as changed.")},
      .takes_if_match = true},
    {.verb = method::delete_,
      .path = "/api/v1/users/me",
      .operation_id = "delete_user",
      .summary = "Delete the account",
      .description = "Removes everything that is stored of the person. Needs a login that is at most five minutes old.",
      .tag = tag,
      .responses = {no_content("Nothing is left.")},
      .problems = {reauthentication_required},
      .takes_if_match = true},
    {.verb = method::get,
      .path = "/api/v1/users/me/preferences",
      .operation_id = "show_preferences",
      .summary = "Show the preferences",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::private_entity,
      .responses = {answers(preferences_schema, "The preferences.")}},
    {.verb = method::put,
      .path = "/api/v1/users/me/preferences",
      .operation_id = "replace_preferences",
      .summary = "Replace the preferences",
      .description = "Takes the whole object; read-only members may come along unchanged.",
      .tag = tag,
      .scopes = {key_scope::write},
      .cache = cache_class::private_entity,
      .body = &preferences_put_schema,
      .responses = {answers(preferences_schema, "The preferences as replaced.")},
      .takes_if_match = true},
  };
}

}  // namespace

std::vector<route_spec> account_routes() {
  auto all = login_routes();
  for (auto& each : person_routes())
    all.push_back(std::move(each));
  return all;
}

}  // namespace genesis::http
