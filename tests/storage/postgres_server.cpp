#include "tests/storage/postgres_server.hpp"

#include "storage/migrations.hpp"

#include <chrono>
#include <grp.h>
#include <libpq-fe.h>
#include <memory>
#include <pwd.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace genesis::storage {

namespace {

constexpr auto programs = "/usr/lib/postgresql/15/bin/";
constexpr std::chrono::seconds patience{30};

struct account {
  uid_t user = 0;
  gid_t group = 0;
};

/// Whom the server runs as.
account server_account() {
  if (::geteuid() != 0)
    return {::geteuid(), ::getegid()};
  const auto* const found = ::getpwnam("postgres");
  if (found == nullptr)
    throw std::runtime_error("PostgreSQL is not installed: there is no user postgres");
  return {found->pw_uid, found->pw_gid};
}

/// Starts a program in a process group of its own; what it writes goes to a file.
pid_t start_program(const std::string& directory, const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const auto& each : words)
    arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  const auto log = directory + "/log";
  const auto whom = server_account();
  const auto parent = ::getpid();
  const auto child = ::fork();
  if (child < 0)
    throw std::runtime_error("fork");
  if (child > 0)
    return child;
  // Only calls that are safe between fork and exec.
  ::setpgid(0, 0);
  if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(whom.group) != 0 || ::setuid(whom.user) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // the server's word for an immediate end
  if (::getppid() != parent || ::chdir(directory.c_str()) != 0 || ::freopen(log.c_str(), "a", stdout) == nullptr)
    ::_exit(126);
  ::dup2(STDOUT_FILENO, STDERR_FILENO);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

int wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

using handle = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

}  // namespace

postgres_server::postgres_server() {
  own_directory();
  const auto made = wait_for(start_program(
    socket_directory(), {programs + std::string{"initdb"}, "-D", data(), "-U", "genesis", "--auth=trust", "-E", "UTF8",
                          "--locale=C.UTF-8", "--no-sync", "--no-instructions", "--wal-segsize=1"}));
  if (made != 0)
    throw std::runtime_error("initdb of PostgreSQL 15 failed; see deploy/common.sh for what to install");
  start();
}

postgres_server::postgres_server(const postgres_server* primary) {
  own_directory();
  const auto copied = wait_for(start_program(socket_directory(),
    {programs + std::string{"pg_basebackup"}, "-d", "host=" + primary->socket_directory() + " user=genesis", "-D",
      data(), "-R", "-X", "stream", "-c", "fast", "--no-sync"}));
  if (copied != 0)
    throw std::runtime_error("pg_basebackup failed");
  start();
}

void postgres_server::own_directory() const {
  const auto whom = server_account();
  if (::chown(directory_.path().c_str(), whom.user, whom.group) != 0)
    throw std::runtime_error("chown " + socket_directory());
}

void postgres_server::wait_until(const std::string& condition) const {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (sql("postgres", "select " + condition).at(0) != "t")
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the server does not get there: " + condition);
}

void postgres_server::catch_up_with(const postgres_server& primary) const {
  wait_until(
    "pg_last_wal_replay_lsn() >= '" + primary.sql("postgres", "select pg_current_wal_flush_lsn()").at(0) + "'");
}

void postgres_server::pause_replay() const {
  sql("postgres", "select pg_wal_replay_pause()");
  wait_until("pg_get_wal_replay_pause_state() = 'paused'");
}

postgres_server::~postgres_server() {
  stop();
}

postgres_server& postgres_server::shared() {
  static postgres_server server;
  return server;
}

void postgres_server::start() {
  process_ = start_program(socket_directory(),
    {programs + std::string{"postgres"}, "-D", data(), "-k", socket_directory(), "-c", "listen_addresses=", "-c",
      "unix_socket_permissions=0700", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=32MB",
      "-c", "max_connections=50", "-c", "wal_retrieve_retry_interval=100ms", "-c", "autovacuum=off", "-c",
      "log_min_messages=warning"});
  const auto until = std::chrono::steady_clock::now() + patience;
  while (::PQping(url_of("postgres").c_str()) != PQPING_OK) {
    if (std::chrono::steady_clock::now() > until || ::waitpid(process_, nullptr, WNOHANG) != 0)
      throw std::runtime_error("PostgreSQL did not start");
    std::this_thread::yield();
  }
}

void postgres_server::stop() {
  if (process_ < 0)
    return;
  resume();
  ::kill(process_, SIGQUIT);
  wait_for(process_);
  process_ = -1;
}

/// Each backend leads a process group of its own.
void postgres_server::signal_all(int number) const {
  std::vector<std::string> backends;
  if (number == SIGSTOP)
    backends = sql("postgres", "select pid from pg_stat_activity where pid <> pg_backend_pid()");
  for (const auto& each : backends)
    paused_.push_back(std::stoi(each));
  ::kill(process_, number);
  for (const auto each : paused_)
    ::kill(each, number);
  if (number == SIGCONT)
    paused_.clear();
}

std::string postgres_server::url_of(const std::string& database, std::string_view more) const {
  return "postgresql://genesis@/" + database + "?host=" + socket_directory() + std::string{more};
}

std::vector<std::string> postgres_server::sql(const std::string& database, const std::string& text) const {
  const handle connection(::PQconnectdb(url_of(database).c_str()), &PQfinish);
  ::PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
  const answer rows(::PQexec(connection.get(), text.c_str()), &PQclear);
  const auto status = ::PQresultStatus(rows.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error(text + ": " + ::PQerrorMessage(connection.get()));
  std::vector<std::string> found;
  for (int i = 0; i < ::PQntuples(rows.get()); ++i)
    found.emplace_back(::PQgetvalue(rows.get(), i, 0));
  return found;
}

void postgres_server::make_template() {
  sql("postgres", "create database migrated");
  if (const auto done = migrate(location_of("migrated")); !done)
    throw std::runtime_error(done.error().detail);
  has_template_ = true;
}

std::string postgres_server::create_database() {
  if (!has_template_)
    make_template();
  auto name = "test" + std::to_string(++databases_);
  sql("postgres", "create database " + name + " template migrated");
  return name;
}

std::string postgres_server::borrow_database() {
  if (free_.empty())
    return create_database();
  auto name = std::move(free_.back());
  free_.pop_back();
  sql(name, "delete from user_fences; delete from invitations");
  return name;
}

void postgres_server::give_back(std::string database) {
  free_.push_back(std::move(database));
}

std::string postgres_server::create_empty_database() {
  auto name = "test" + std::to_string(++databases_);
  sql("postgres", "create database " + name + " template template0");
  return name;
}

}  // namespace genesis::storage
