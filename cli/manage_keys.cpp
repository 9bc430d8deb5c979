#include "cli/control_client.hpp"
#include "cli/control_protocol.hpp"
#include "cli/keys_command.hpp"
#include "cli/logging.hpp"
#include "cli/printable_text.hpp"

#include <boost/json/array.hpp>

#include <ostream>

namespace genesis::cli {

int manage_keys(const config::loaded& settings, keys_verb verb, bool is_forced, const console& with) {
  log_warnings_only();
  const auto server = open_control(settings, missing_installation::is_refused);
  if (!server)
    return fail_with(with, server.error());
  const auto request = http::json_object([&](http::json_writer& line) {
    line.member("command", verb == keys_verb::rotate ? "keys.rotate" : "keys.list");
    if (is_forced)
      line.member("force", true);
  });
  const auto answer = (*server)->ask(request, account_patience);
  if (!answer)
    return fail_with(with, answer.error());
  const auto* kids = answer->if_contains("keys");
  if (kids == nullptr || !kids->is_array())
    return fail_with(with, {errc::internal, "the server's answer cannot be read; is it another version of genesis?"});
  if (verb == keys_verb::rotate)
    with.out << "A new key signs from now on.\n";
  const char* use = "signs";
  for (const auto& kid : kids->get_array())
    if (kid.is_string()) {
      with.out << printable(std::string{kid.get_string()}) << "  " << use << '\n';
      use = "checks tokens that it has signed";
    }
  return success_status;
}

}  // namespace genesis::cli
