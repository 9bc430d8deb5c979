#include "cli/control_client.hpp"
#include "cli/control_protocol.hpp"
#include "cli/json_reading.hpp"
#include "cli/logging.hpp"
#include "cli/printable_text.hpp"
#include "cli/user_command.hpp"
#include "cli/user_table.hpp"

#include <ostream>

namespace genesis::cli {

namespace {

namespace json = boost::json;

std::string request_line(const user_request& request) {
  return http::json_object([&](http::json_writer& line) {
    switch (request.verb) {
    case user_verb::add:
      line.member("command", "user.add").member("full_name", request.full_name).member("role", request.role);
      line.member("password", request.password);
      break;
    case user_verb::password: line.member("command", "user.password").member("password", request.password); break;
    case user_verb::role: line.member("command", "user.role").member("role", request.role); break;
    case user_verb::disable: line.member("command", "user.active").member("active", false); break;
    case user_verb::enable: line.member("command", "user.active").member("active", true); break;
    case user_verb::invite: line.member("command", "user.invite").member("role", request.role); break;
    case user_verb::list: break;
    }
    line.member("email", request.email);
  });
}

std::string outcome_of(const user_request& request, std::string_view email) {
  const std::string whose{email};
  switch (request.verb) {
  case user_verb::add: return "Made the account " + whose + " (" + std::string{name_of(request.role)} + ").";
  case user_verb::password: return "The password of " + whose + " is changed; all its sessions have ended.";
  case user_verb::role:
    return "The role of " + whose + " is " + std::string{name_of(request.role)} +
           " now. What it adds comes with the next refresh of an access token.";
  case user_verb::disable: return "The account " + whose + " is shut; all its sessions have ended.";
  case user_verb::enable: return "The account " + whose + " is open.";
  case user_verb::invite:
  case user_verb::list: break;
  }
  return {};
}

/// The invitation stands alone on the last line, for scripts.
int invite_user(control_channel& server, const user_request& request, const console& with) {
  const auto answer = server.ask(request_line(request), account_patience);
  if (!answer)
    return fail_with(with, answer.error());
  if (flag_member(*answer, "replaced"))
    with.err << "genesis: the invitation that this address had before is void now\n";
  if (flag_member(*answer, "closed"))
    with.err << "genesis: registration is closed; the invitation is of use once auth.registration is invite or open\n";
  with.out << printable("Invitation for " + std::string{text_member(*answer, "email")} + " (" +
                        std::string{name_of(request.role)} + "), for one use until " +
                        std::string{text_member(*answer, "expires_at")} + ":")
           << '\n'
           << printable(text_member(*answer, "invitation")) << '\n';
  return success_status;
}

int change_user(control_channel& server, const user_request& request, const console& with) {
  const auto answer = server.ask(request_line(request), account_patience);
  if (!answer)
    return fail_with(with, answer.error());
  with.out << printable(outcome_of(request, text_member(object_member(*answer, "user"), "email"))) << '\n';
  return success_status;
}

/// Where the next page begins.
struct page_end {
  std::int64_t key = 0;
  std::string id;
};

std::string list_request(const std::optional<page_end>& after) {
  return http::json_object([&](http::json_writer& line) {
    line.member("command", "user.list");
    if (after)
      line.member("after_key", after->key).member("after_id", after->id);
  });
}

/// Adds a page of the list; where the next one begins, if there is more.
result<std::optional<page_end>> read_page(const json::object& answer, std::vector<listed_user>& users) {
  const auto* page = answer.if_contains("users");
  const auto* more = answer.if_contains("has_more");
  if (page == nullptr || !page->is_array() || more == nullptr || !more->is_bool())
    return fail(errc::internal, "the server's answer cannot be read; is it another version of genesis?");
  for (const auto& item : page->get_array()) {
    if (!item.is_object())
      continue;
    const auto& each = item.get_object();
    users.push_back({std::string{text_member(each, "email")}, std::string{text_member(each, "role")},
      flag_member(each, "active"), std::string{text_member(each, "created_at")}, std::string{text_member(each, "id")}});
  }
  const auto* key = answer.if_contains("last_key");
  if (!more->get_bool() || key == nullptr || !key->is_int64())
    return std::nullopt;
  return page_end{key->get_int64(), std::string{text_member(answer, "last_id")}};
}

int list_users(control_channel& server, const console& with) {
  std::vector<listed_user> users;
  std::optional<page_end> after;
  do {
    const auto answer = server.ask(list_request(after), account_patience);
    auto next = answer ? read_page(*answer, users) : std::unexpected(answer.error());
    if (!next)
      return fail_with(with, next.error());
    after = *std::move(next);
  } while (after);
  with.out << user_table(users);
  return success_status;
}

}  // namespace

int look_for_user(const config::loaded& settings, const std::string& email, const console& with) {
  log_warnings_only();
  const auto server = open_control(settings, missing_installation::is_refused);
  if (!server)
    return fail_with(with, server.error());
  const auto request =
    http::json_object([&](http::json_writer& line) { line.member("command", "user.find").member("email", email); });
  const auto found = (*server)->ask(request, account_patience);
  return found ? success_status : fail_with(with, found.error());
}

int manage_users(const config::loaded& settings, const user_request& request, const console& with) {
  log_warnings_only();
  const bool may_be_first = request.verb == user_verb::add || request.verb == user_verb::invite;
  const auto server =
    open_control(settings, may_be_first ? missing_installation::is_made : missing_installation::is_refused);
  if (!server)
    return fail_with(with, server.error());
  switch (request.verb) {
  case user_verb::list: return list_users(**server, with);
  case user_verb::invite: return invite_user(**server, request, with);
  default: return change_user(**server, request, with);
  }
}

}  // namespace genesis::cli
