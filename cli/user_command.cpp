#include "cli/user_command.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <ostream>

namespace genesis::cli {

namespace {

struct user_line {
  user_request request;
  std::string role = "user";
};

int run_user(user_line& line, const command_settings& settings, const console& with) {
  const auto loaded = settings.load();
  if (!loaded)
    return loaded.error();
  auto& request = line.request;
  request.role = parse_enum<user_role>(line.role).value_or(user_role::user);
  // The installation is not held while somebody types.
  if (request.verb == user_verb::password)
    if (const int status = look_for_user(*loaded, request.email, with); status != success_status)
      return status;
  if (request.verb == user_verb::add || request.verb == user_verb::password) {
    auto password = ask_new_password(with);
    if (!password) {
      with.err << "genesis: " << password.error().detail << '\n';
      return failure_status;
    }
    request.password = *std::move(password);
  }
  return manage_users(*loaded, request, with);
}

std::vector<std::string> role_names() {
  std::vector<std::string> names;
  names.reserve(enum_names<user_role>.size());
  for (const auto& [role, name] : enum_names<user_role>)
    names.emplace_back(name);
  return names;
}

}  // namespace

void add_user_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("user", "Makes, changes and lists accounts, also while the server runs");
  command->require_subcommand(1);
  const command_settings settings{*command, asked};
  const auto line = std::make_shared<user_line>();
  const auto add = [&](user_verb verb, const std::string& name, const std::string& text) {
    auto* inner = command->add_subcommand(name, text);
    inner->fallthrough();  // --config may stand behind the verb too
    if (verb != user_verb::list)
      inner->add_option("email", line->request.email, "Whose account")->required()->type_name("E-MAIL");
    inner->callback([&asked, settings, line, verb] {
      line->request.verb = verb;
      asked.action = [&asked, settings, line] { return run_user(*line, settings, asked.with); };
    });
    return inner;
  };
  const auto take_role = [&](CLI::App* inner, const std::string& name) {
    return inner->add_option(name, line->role, "user, coach or admin")
      ->check(CLI::IsMember(role_names()))
      ->type_name("ROLE");
  };

  const std::string asks = "; asks for the password twice on a terminal, else reads the first line of standard input";
  auto* adding = add(user_verb::add, "add", "Makes an account" + asks);
  adding->add_option("--name", line->request.full_name, "Full name")->type_name("NAME");
  take_role(adding, "--role");
  take_role(
    add(user_verb::invite, "invite", "Prints an invitation with which the owner of the address can register once"),
    "--role");
  add(user_verb::password, "password", "Sets a new password and ends every session" + asks);
  take_role(add(user_verb::role, "role", "Gives an account another role"), "role")->required();
  add(user_verb::disable, "disable", "Shuts an account: its sessions end and nobody can sign in to it");
  add(user_verb::enable, "enable", "Opens a shut account again");
  add(user_verb::list, "list", "Lists all accounts, with the ids by which keys of caches and the API name them");
}

}  // namespace genesis::cli
