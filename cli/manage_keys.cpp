#include "auth/signing_keys.hpp"
#include "cli/control_client.hpp"
#include "cli/control_protocol.hpp"
#include "cli/installation.hpp"
#include "cli/keys_command.hpp"
#include "cli/logging.hpp"
#include "cli/printable_text.hpp"

#include <boost/json/array.hpp>

#include <ostream>

namespace genesis::cli {

namespace {

/// The newest comes first.
void print_keys(const std::vector<std::string>& kids, std::ostream& out) {
  const char* use = "signs";
  for (const auto& kid : kids) {
    out << printable(kid) << "  " << use << '\n';
    use = "checks tokens that it has signed";
  }
}

/// What is in the data directory, while no server runs. Makes nothing there.
int list_kept_keys(const config::settings& settings, const console& with) {
  const auto directory = keys_of(settings);
  const auto keys = auth::signing_keys::read(directory);
  if (!keys)
    return fail_with(with, keys.error());
  if (*keys) {
    print_keys((*keys)->kids(), with.out);
    return success_status;
  }
  const auto database = database_of(settings);
  if (!database)
    return fail_with(with, database.error());
  if (const auto there = look_for_database(*database); !there)
    return fail_with(with, there.error());
  with.out << "There are no keys yet in " << directory.string() << ": 'genesis serve' makes the first.\n";
  return success_status;
}

int ask_for_keys(control_channel& server, keys_verb verb, bool is_forced, const console& with) {
  const auto request = http::json_object([&](http::json_writer& line) {
    line.member("command", verb == keys_verb::rotate ? "keys.rotate" : "keys.list");
    if (is_forced)
      line.member("force", true);
  });
  const auto answer = server.ask(request, account_patience);
  if (!answer)
    return fail_with(with, answer.error());
  const auto* listed = answer->if_contains("keys");
  if (listed == nullptr || !listed->is_array())
    return fail_with(with, {errc::internal, "the server's answer cannot be read; is it another version of genesis?"});
  if (verb == keys_verb::rotate)
    with.out << "A new key signs from now on.\n";
  std::vector<std::string> kids;
  for (const auto& kid : listed->get_array())
    if (kid.is_string())
      kids.emplace_back(kid.get_string());
  print_keys(kids, with.out);
  return success_status;
}

}  // namespace

int manage_keys(const config::loaded& settings, keys_verb verb, bool is_forced, const console& with) {
  log_warnings_only();
  const auto server =
    verb == keys_verb::list ? reach_server(settings) : open_control(settings, missing_installation::is_refused);
  if (server)
    return ask_for_keys(**server, verb, is_forced, with);
  if (verb == keys_verb::list && server.error().code == errc::not_found)
    return list_kept_keys(settings.values, with);
  return fail_with(with, server.error());
}

}  // namespace genesis::cli
