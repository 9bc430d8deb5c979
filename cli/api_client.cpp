#include "cli/api_client.hpp"

#include "cli/json_reading.hpp"
#include "cli/problem_text.hpp"

#include <boost/json/serialize.hpp>

namespace genesis::cli {

namespace {

namespace json = boost::json;

http::http_request post_json(std::string_view target, const json::object& body) {
  return {"POST", std::string{target}, {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
    json::serialize(body)};
}

void set_token(http::http_request& request, const std::string& token) {
  std::erase_if(request.headers, [](const http::http_header& field) { return field.name == "Authorization"; });
  request.headers.push_back({"Authorization", "Bearer " + token});
}

errc code_of(unsigned status) {
  switch (status) {
  case 401: return errc::unauthorized;
  case 403: return errc::forbidden;
  case 409: return errc::conflict;
  case 422: return errc::invalid_argument;
  default: return status >= 500 || status == 429 ? errc::unavailable : errc::internal;
  }
}

}  // namespace

api_client::api_client(http::transport& connection, const login_file& file, std::string server, remembered_way way)
    : connection_(connection), file_(file), server_(std::move(server)), way_(std::move(way)) {}

result<void> api_client::resume(std::string_view email) {
  auto loaded = file_.load();
  if (!loaded)
    return std::unexpected(std::move(loaded.error()));
  auto saved = *std::move(loaded);
  if (!saved)
    return fail(errc::unauthorized, "Nobody is signed in here.");
  if (saved->server != server_)
    return fail(
      errc::unauthorized, "Nobody is signed in to " + server_ + ": the saved login is for " + saved->server + ".");
  if (!email.empty() && !http::equal_ignoring_case(saved->email, email))
    return fail(errc::unauthorized, "The saved login is that of " + saved->email + ".");
  login_ = *std::move(saved);
  login_.way = way_;
  return renew();
}

result<void> api_client::sign_in(std::string_view email, std::string_view password) {
  return begin("/api/v1/auth/login", email, password);
}

result<void> api_client::sign_up(std::string_view email, std::string_view password, std::string_view invite) {
  return begin("/api/v1/auth/register", email, password, invite);
}

result<void> api_client::begin(
  std::string_view target, std::string_view email, std::string_view password, std::string_view invite) {
  boost::json::object body{{"email", email}, {"password", password}};
  if (!invite.empty())
    body["invite"] = invite;
  const auto answer = exchange(post_json(target, body));
  if (!answer)
    return std::unexpected(answer.error());
  if (answer->status != 200 && answer->status != 201)
    return fail(code_of(answer->status), explain(*answer));
  const auto held = file_.acquire();
  if (!held)
    return std::unexpected(held.error());
  login_ = {.server = server_, .email = std::string{email}, .refresh_token = {}, .conversation_id = {}, .way = way_};
  return take_tokens(*answer);
}

// Another client with the same file may have renewed the login meanwhile. Its token is then the only one that is still
// good.
result<void> api_client::renew() {
  const auto held = file_.acquire();
  if (!held)
    return std::unexpected(held.error());
  if (const auto saved = file_.load().value_or(std::nullopt);
    saved && saved->server == server_ && saved->email == login_.email)
    login_.refresh_token = saved->refresh_token;
  const auto answer = exchange(post_json("/api/v1/auth/refresh", {{"refresh_token", login_.refresh_token}}));
  if (!answer)
    return std::unexpected(answer.error());
  if (answer->status == 401)
    return fail(
      errc::unauthorized, "The saved login of " + login_.email + " has ended, or an operator has shut the account.");
  if (answer->status != 200)
    return fail(code_of(answer->status), explain(*answer));
  return take_tokens(*answer);
}

// REQUIRES: the file's lock is held, so that the new refresh token is on disk before anybody looks for it.
result<void> api_client::take_tokens(const http::http_response& answer) {
  const auto body = parse_object(answer.body).value_or(json::object{});
  const auto access = text_member(body, "access_token");
  const auto refresh = text_member(body, "refresh_token");
  if (access.empty() || refresh.empty())
    return fail(errc::internal, server_ + " does not answer like a Genesis server. Check the URL.");
  access_token_ = access;
  login_.refresh_token = refresh;
  if (const auto email = text_member(object_member(body, "user"), "email"); !email.empty())
    login_.email = email;
  units_ = parse_enum<unit_system>(text_member(object_member(body, "user"), "units")).value_or(unit_system::metric);
  return file_.save(login_);
}

result<http::http_response> api_client::call(http::http_request request) {
  set_token(request, access_token_);
  auto answer = exchange(request);
  if (!answer || answer->status != 401)
    return answer;
  if (auto renewed = renew(); !renewed)
    return std::unexpected(std::move(renewed.error()));
  set_token(request, access_token_);
  return exchange(request);
}

result<http::stream_outcome> api_client::stream(
  http::http_request request, const http::byte_sink& sink, http::on_interrupt interrupt) {
  set_token(request, access_token_);
  auto outcome = connection_.stream(request, sink, interrupt);
  if (outcome && outcome->head.status == 401) {
    if (auto renewed = renew(); !renewed)
      return std::unexpected(std::move(renewed.error()));
    set_token(request, access_token_);
    outcome = connection_.stream(request, sink, interrupt);
  }
  if (!outcome)
    return std::unexpected(unreachable(server_, outcome.error()));
  return outcome;
}

result<void> api_client::remember_conversation(const std::string& id) {
  if (login_.conversation_id == id)
    return {};
  login_.conversation_id = id;
  const auto held = file_.acquire();
  if (!held)
    return std::unexpected(held.error());
  auto loaded = file_.load();
  if (!loaded)
    return std::unexpected(std::move(loaded.error()));
  auto saved = *std::move(loaded);
  // The login there may be a newer one, or somebody signed out by deleting the file.
  if (!saved || saved->server != server_ || saved->email != login_.email)
    return {};
  saved->conversation_id = id;
  return file_.save(*saved);
}

result<http::http_response> api_client::exchange(const http::http_request& request) {
  auto answer = connection_.exchange(request);
  if (!answer)
    return std::unexpected(unreachable(server_, answer.error()));
  return answer;
}

}  // namespace genesis::cli
