#include "cli/chat_command.hpp"

#include "cli/chat.hpp"
#include "cli/connect_line.hpp"
#include "cli/local_server.hpp"
#include "cli/login_file.hpp"
#include "cli/printable_text.hpp"
#include "cli/problem_text.hpp"
#include "domain/agent.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <chrono>
#include <cstdlib>
#include <ostream>

namespace genesis::cli {

namespace {

using std::chrono::steady_clock;

constexpr auto password_variable = "GENESIS_CHAT_PASSWORD";
constexpr std::chrono::milliseconds ready_poll{200};

struct chat_line {
  std::string url;
  connect_line way;
  std::string email;
  std::string agent;
  std::string login;
  bool make_account = false;
  std::string invite;
  bool start_over = false;
  int wait_s = 0;
};

// Where the server is: as told, else the one that runs on this data directory, else the one signed in to, else where
// one would be started.
result<local_way> find_server(const chat_line& line, const config::loaded* loaded, const login_file& file) {
  if (loaded == nullptr)
    return local_way{line.url, {}};
  if (auto told = way_as_told(*loaded))
    return *std::move(told);
  const auto& settings = loaded->values;
  if (auto running = way_to_running(settings))
    return *std::move(running);
  // A server that is waited for may still make it.
  if (auto found = look_for_named_directory(settings); !found && line.wait_s == 0)
    return std::unexpected(std::move(found.error()));
  if (const auto saved = file.load().value_or(std::nullopt))
    return local_way{saved->server, {}};
  return local_way{local_url(settings, std::to_string(settings.http.port)), {}};
}

// A server, and how to connect to it.
struct reached_server {
  http::server_url url;
  http::connect_options way;
  remembered_way remembered;
};

// What the line says about the way is stronger than what was found, and that than what the login of this server says.
result<reached_server> reach(const local_way& found, connect_line way, const login_file& file) {
  auto url = http::parse_server_url(found.url);
  if (!url)
    return std::unexpected(std::move(url.error()));
  if (way.address.empty())
    way.address = found.address;
  if (const auto saved = file.load().value_or(std::nullopt); saved && saved->server == to_string(*url)) {
    if (way.address.empty())
      way.address = saved->way.address;
    if (way.authorities.empty())
      way.authorities = saved->way.authorities;
  }
  auto options = way.options();
  if (!options)  // what the line names was good
    return fail(
      errc::unavailable, options.error().detail + " The saved login names this file; name another one with --cacert.");
  if (!way.authorities.empty())
    way.authorities = std::filesystem::absolute(way.authorities).string();
  return reached_server{*std::move(url), *std::move(options), {way.address, way.authorities}};
}

// Succeeds when it takes requests.
result<void> look_at(const reached_server& server) {
  const auto answer = http::http_client{server.url, {}, server.way}.exchange({"GET", "/health/ready", {}, {}});
  if (!answer)
    return std::unexpected(unreachable(to_string(server.url), answer.error()));
  if (answer->status != 200)
    return fail(errc::unavailable, "The server at " + to_string(server.url) + " is not ready (status " +
                                     std::to_string(answer->status) + " from /health/ready). Wait longer with --wait.");
  return {};
}

// A server that starts chooses its port on the way, so it is looked for again each time.
result<reached_server> wait_for_server(const chat_line& line, const config::loaded* loaded, const login_file& file) {
  const auto deadline = steady_clock::now() + std::chrono::seconds{line.wait_s};
  while (true) {
    const auto found = find_server(line, loaded, file);
    if (!found)
      return std::unexpected(found.error());
    auto server = reach(*found, line.way, file);
    if (!server || line.wait_s == 0)
      return server;
    auto ready = look_at(*server);
    if (ready)
      return server;
    if (steady_clock::now() + ready_poll > deadline)
      return std::unexpected(std::move(ready.error()));
    if (!http::http_client{server->url}.wait(ready_poll))
      return fail(errc::unavailable, "Stopped waiting for the server.");
  }
}

std::vector<std::string> agent_names() {
  std::vector<std::string> names;
  names.reserve(enum_names<agent>.size());
  for (const auto& [who, name] : enum_names<agent>)
    names.emplace_back(name);
  return names;
}

int run_chat(const chat_line& line, const command_settings& settings, const console& with) {
  if (const auto flag = settings.first_flag(); !flag.empty() && !line.url.empty()) {
    with.err << "genesis: " << flag << " would have no effect: --url says already where the server is\n";
    return usage_status;
  }
  std::optional<config::loaded> loaded;
  if (line.url.empty()) {
    auto read = settings.load();
    if (!read)
      return read.error();
    loaded = *std::move(read);
  }
  // Read before any thread exists.
  const auto variable = [](const char* name) { return std::getenv(name); };  // NOLINT(concurrency-mt-unsafe)
  const auto default_path = default_login_path(variable("XDG_STATE_HOME"), variable("HOME"));
  if (line.login.empty() && !default_path) {
    with.err << "genesis: There is no home directory to keep the login in. Name a file with --login.\n";
    return failure_status;
  }
  chat_options options;
  options.login =
    line.login.empty() ? default_path.value_or(std::filesystem::path{}) : std::filesystem::path{line.login};
  options.email = line.email;
  options.agent = line.agent;
  options.make_account = line.make_account;
  options.invite = line.invite;
  options.start_over = line.start_over;
  if (const char* password = variable(password_variable))
    options.password = password;

  if (const auto way = line.way.options(); !way) {
    with.err << "genesis: " << printable(way.error().detail) << '\n';
    return usage_status;
  }
  const auto server = wait_for_server(line, loaded ? &*loaded : nullptr, login_file{options.login});
  if (!server) {
    with.err << "genesis: " << printable(server.error().detail) << '\n';
    return server.error().code == errc::invalid_argument && !line.url.empty() ? usage_status : failure_status;
  }
  options.server = to_string(server->url);
  options.way = server->remembered;
  http::http_client connection{server->url, {}, server->way};
  return chat(options, with, connection);
}

}  // namespace

void add_chat_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("chat", "Talks with the coach, in a terminal or a pipe");
  const command_settings settings{*command, asked,
    "On a terminal every line is a question, and Ctrl-C cancels an answer. In a pipe every line is a question too "
    "(but for /new and /quit), "
    "answers\n"
    "go to standard output, and the first failure ends it. Signs in with the saved login, else with e-mail and "
    "password\n"
    "(asked for, or from GENESIS_CHAT_PASSWORD)."};
  settings.use_only(*command, {settings_of_way.begin(), settings_of_way.end()});
  const auto line = std::make_shared<chat_line>();
  command
    ->add_option("--url", line->url,
      "Server, like http://127.0.0.1:8080 or https://coach.example; else the one that runs on the data directory, "
      "else the one of the saved login")
    ->type_name("URL");
  add_connect_options(*command, line->way);
  command->add_option("--email", line->email, "Whose account")->type_name("E-MAIL");
  auto* make = command->add_flag("--register", line->make_account, "Make the account first");
  command->add_option("--invite", line->invite, "Invitation for the new account, where the server asks for one")
    ->type_name("CODE")
    ->needs(make);
  command->add_flag("--new", line->start_over, "Start a new conversation instead of going on with the last one");
  command->add_option("--agent", line->agent, "Who answers: sage, blaze, stella, wave or nexus; else the coach chooses")
    ->type_name("NAME")
    ->check(CLI::IsMember(agent_names()));
  command
    ->add_option("--login", line->login,
      "File that keeps the login and the way to its server (--address, --cacert), readable by you alone; else "
      "genesis/login.json in $XDG_STATE_HOME or ~/.local/state")
    ->type_name("FILE");
  command->add_option("--wait", line->wait_s, "Wait so long for the server to be ready")
    ->type_name("SECONDS")
    ->check(CLI::Range(0, 3600));
  command->callback([&asked, settings, line] {
    asked.action = [&asked, settings, line] { return run_chat(*line, settings, asked.with); };
  });
}

}  // namespace genesis::cli
