#include "cli/control_client.hpp"

#include "cli/control_commands.hpp"
#include "cli/control_protocol.hpp"
#include "cli/data_directory.hpp"
#include "cli/errno_text.hpp"
#include "cli/file_lock.hpp"
#include "cli/installation.hpp"
#include "cli/json_reading.hpp"
#include "cli/logging.hpp"
#include "cli/node.hpp"
#include "config/settings_table.hpp"
#include "storage/migrations.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstring>
#include <future>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace genesis::cli {

namespace {

using namespace std::chrono_literals;

/// How long a command waits for a server that starts or ends, and how often it looks.
constexpr auto server_patience = 5s;
constexpr auto pause_between_looks = 50ms;

/// From here on a call on the socket that sends or receives ends after this time, as if it could not be done now.
void limit_calls(int socket, std::chrono::milliseconds time) {
  const auto whole = std::max<std::int64_t>(time.count(), 1);  // 0 would mean for ever
  const timeval limit{static_cast<time_t>(whole / 1'000), static_cast<suseconds_t>(whole % 1'000 * 1'000)};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool is_time_out(int failure) {
  return failure == EAGAIN || failure == EWOULDBLOCK;
}

class server_channel final : public control_channel {
public:
  explicit server_channel(int socket) : socket_(socket) {}
  ~server_channel() override { ::close(socket_); }

  result<boost::json::object> ask(const std::string& request, std::chrono::milliseconds patience) override {
    if (request.size() >= control_request_bytes_max)
      return fail(errc::invalid_argument, "that is more than a request may hold");
    until_ = std::chrono::steady_clock::now() + patience;
    if (!send(request + '\n'))
      return fail(errc::unavailable, is_time_out(errno) ? "the server does not take commands; see its log"
                                                        : "the server ended: " + errno_text(errno));
    const auto line = receive();
    if (!line)
      return std::unexpected(line.error());
    return read_control_answer(*line);
  }

private:
  void limit_call() const {
    limit_calls(
      socket_, std::chrono::duration_cast<std::chrono::milliseconds>(until_ - std::chrono::steady_clock::now()));
  }

  [[nodiscard]] bool send(std::string_view text) const {
    while (!text.empty()) {
      limit_call();
      const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR)
        continue;
      if (sent <= 0)
        return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// The answer comes alone: nothing follows it before the next request.
  [[nodiscard]] result<std::string> receive() const {
    std::string line;
    std::array<char, 16'384> chunk;
    while (line.empty() || line.back() != '\n') {
      limit_call();
      const auto size = ::recv(socket_, chunk.data(), chunk.size(), 0);
      if (size < 0 && errno == EINTR)
        continue;
      if (size < 0 && is_time_out(errno))
        return fail(errc::outcome_unknown, "the server runs but has not answered in time: it may be overloaded or out "
                                           "of file descriptors (see its log); "
                                           "what was asked may still be done");
      if (size <= 0)
        return fail(errc::outcome_unknown, "the server ended before it had answered; it may have happened");
      line.append(chunk.data(), static_cast<std::size_t>(size));
      if (line.size() > control_answer_bytes_max)
        return fail(errc::internal, "the server's answer is too long");
    }
    line.pop_back();
    return line;
  }

  int socket_;
  std::chrono::steady_clock::time_point until_;
};

/// The members stand in the order in which they are made; the locks go last.
class own_channel final : public control_channel {
public:
  own_channel(data_directory directory, file_lock database, std::unique_ptr<node> home, control_actor actor)
      : directory_(std::move(directory)), database_(std::move(database)), home_(std::move(home)),
        actor_(std::move(actor)) {}
  ~own_channel() override {
    caf::anon_send_exit(actor_, caf::exit_reason::user_shutdown);
    actor_ = nullptr;
    home_->stop(5s);
  }

  result<boost::json::object> ask(const std::string& request, std::chrono::milliseconds patience) override {
    auto line = std::make_shared<std::promise<std::string>>();
    auto answered = line->get_future();
    caf::anon_send(actor_, control_call{request, [line](std::string text) { line->set_value(std::move(text)); }});
    if (answered.wait_for(patience) != std::future_status::ready)
      return fail(errc::outcome_unknown, "there was no answer in time; it may have happened");
    return read_control_answer(answered.get());
  }

private:
  data_directory directory_;
  file_lock database_;
  std::unique_ptr<node> home_;
  control_actor actor_;
};

/// The flags that a running server does not see, for instance `--http.port, --auth.registration`.
std::string flags_in_vain(const config::loaded& settings) {
  std::string flags;
  const auto table = config::settings_table();
  for (std::size_t i = 0; i < std::min(table.size(), settings.origins.size()); ++i)
    if (settings.origins[i].from == config::origin::source::flag && table[i].name != "data.directory")
      (flags += flags.empty() ? "" : ", ") += settings.origins[i].where;
  return flags;
}

std::string without_server(const std::filesystem::path& directory) {
  const auto where = std::filesystem::absolute(directory).lexically_normal().string();
  std::error_code ignored;
  return (std::filesystem::is_directory(directory, ignored) ? "no server runs on the data directory " + where
                                                            : "there is no data directory " + where) +
         "; start one with 'genesis serve', or name the server's directory with --data.directory";
}

bool is_same_database(const std::string& own, std::string_view other) {
  std::error_code ignored;
  return own == other || std::filesystem::equivalent(own, other, ignored);
}

}  // namespace

result<std::unique_ptr<control_channel>> connect_to_server(const config::settings& settings) {
  const auto path = control_socket_of(settings.data.directory);
  if (!path)
    return std::unexpected(path.error());
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0)
    return fail(errc::unavailable, "no socket can be made: " + errno_text(errno));
  limit_calls(socket, server_patience);  // a server that takes no commands fills its queue: connecting waits then
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path->c_str(), path->native().size() + 1);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return std::make_unique<server_channel>(socket);
  const bool runs_none = errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR;
  const auto reason = is_time_out(errno) ? std::string{"it takes no commands; see its log"} : errno_text(errno);
  ::close(socket);
  return runs_none ? fail(errc::not_found, without_server(settings.data.directory))
                   : fail(errc::unavailable, "the server cannot be reached over " + path->native() + ": " + reason);
}

result<std::unique_ptr<control_channel>> reach_server(const config::loaded& settings) {
  auto channel = connect_to_server(settings.values);
  if (channel)
    if (const auto flags = flags_in_vain(settings); !flags.empty())
      return fail(errc::invalid_argument, "a server runs on this data directory, with settings of its own: " + flags +
                                            " would have no effect; leave it out, or start the server with it");
  return channel;
}

/// Where nobody can be asked, a copy of what is there may be worth more than ever: then nothing is in the way.
result<void> look_for_other_database(const config::settings& settings) {
  if (!settings.storage.url.empty())
    return {};
  const auto own = database_of(settings);
  const auto server = connect_to_server(settings);
  if (!own || !server)
    return {};
  const auto answer = (*server)->ask(
    http::json_object([](http::json_writer& line) { line.member("command", "db.name"); }), server_patience);
  const auto used = answer ? text_member(*answer, "database") : std::string_view{};
  if (used.empty() || is_same_database(name_of(*own), used))
    return {};
  return fail(
    errc::conflict, "the server that runs there uses another database, " + std::string{used} +
                      ": name it with --storage.url, or put storage.url into " +
                      std::filesystem::absolute(settings.data.directory / "genesis.toml").lexically_normal().string());
}

namespace {

/// Nothing was ever made there. A database that cannot be asked is not missing: opening it says why.
bool is_missing(const storage::database_url& database) {
  if (database.kind() == storage::engine::postgresql) {
    const auto pending = storage::pending_migrations(database);
    return pending && pending->size() == storage::embedded_migrations().size();
  }
  return !look_for_database(database);
}

}  // namespace

result<std::unique_ptr<control_channel>> open_installation(
  const config::settings& settings, missing_installation missing) {
  const auto database = database_of(settings);
  if (!database)
    return std::unexpected(database.error());
  if (missing == missing_installation::is_refused && is_missing(*database))
    return fail(errc::invalid_argument,
      "there is no database " + name_of(*database) + "; name the server's directory with --data.directory");
  auto directory = data_directory::open(settings.data.directory);
  if (!directory)
    return std::unexpected(directory.error());
  auto lock = lock_database(*database);
  if (!lock)
    return std::unexpected(lock.error());
  if (auto kept = keep_audit_trail(settings.log); !kept)
    return std::unexpected(kept.error());
  const auto is_made = prepare_database(*database, true);
  if (!is_made)
    return std::unexpected(is_made.error());
  if (*is_made)  // a directory may be mistyped
    spdlog::warn("there was no database {}: it is made, with the data directory {}", name_of(*database),
      directory->path().string());
  auto keys = auth::signing_keys::open(
    keys_of(settings), std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  if (!keys)
    return std::unexpected(keys.error());
  auto home = node::start(settings, *database);
  if (!home)
    return std::unexpected(home.error());
  auto actor = spawn_control(**home, settings, std::make_shared<const auth::signing_keys>(*std::move(keys)));
  return std::make_unique<own_channel>(*std::move(directory), *std::move(lock), *std::move(home), std::move(actor));
}

result<std::unique_ptr<control_channel>> open_control(const config::loaded& settings, missing_installation missing) {
  const auto until = std::chrono::steady_clock::now() + server_patience;
  for (;;) {
    auto channel = reach_server(settings);
    if (channel || channel.error().code != errc::not_found)
      return channel;
    channel = open_installation(settings.values, missing);
    if (channel || channel.error().code != errc::conflict || std::chrono::steady_clock::now() >= until)
      return channel;
    std::this_thread::sleep_for(pause_between_looks);
  }
}

}  // namespace genesis::cli
