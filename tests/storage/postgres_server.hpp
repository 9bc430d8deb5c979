#pragma once

#include "storage/database_url.hpp"
#include "tests/temporary_directory.hpp"

#include <csignal>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace genesis::storage {

/// A PostgreSQL server of this process's own, on a unix socket in a temporary directory. It ends with the object, and
/// with the process however that ends. Run by root, it belongs to the user postgres, because PostgreSQL refuses root.
///
/// A crash of the machine would lose its data (`fsync=off`), a crash of the server would not.
class postgres_server {
public:
  /// Throws when PostgreSQL 15 is not installed or does not start.
  postgres_server();
  /// A replica of that one, which streams from it. Ends before it does.
  explicit postgres_server(const postgres_server* primary);
  postgres_server(const postgres_server&) = delete;
  postgres_server& operator=(const postgres_server&) = delete;
  ~postgres_server();

  /// The one that the tests of a process share. Who stops or pauses a server makes one for that.
  static postgres_server& shared();

  /// A new database with the program's schema, copied from one that was migrated once.
  std::string create_database();
  /// As a new database: one that was given back, without the rows it had. Making one takes a hundred times longer.
  std::string borrow_database();
  /// No connection to it is open any more, and its schema was not changed.
  void give_back(std::string database);
  /// A new database without anything in it.
  std::string create_empty_database();

  /// Where connecting may take long because the machine is busy, and where a test waits for it to fail.
  static constexpr std::string_view patient = "&connect_timeout=30";
  static constexpr std::string_view impatient = "&connect_timeout=2";

  /// The URL of one of its databases; `more` is appended to the query.
  [[nodiscard]] std::string url_of(const std::string& database, std::string_view more = patient) const;
  [[nodiscard]] database_url location_of(const std::string& database, std::string_view more = patient) const {
    return database_url::parse(url_of(database, more)).value();
  }
  [[nodiscard]] std::string socket_directory() const { return directory_.path().string(); }

  /// Runs SQL as the operator; the first column of its rows.
  std::vector<std::string> sql(const std::string& database, const std::string& text) const;

  /// Ends the server at once, as a crash does, and waits for that. Its data stay.
  void stop();
  /// Starts it again.
  void start();
  /// Stops all processes of the server where they stand (SIGSTOP): it is there and does not answer.
  void pause() const { signal_all(SIGSTOP); }
  void resume() const { signal_all(SIGCONT); }

  /// Waits until the SQL expression is true.
  void wait_until(const std::string& condition) const;

  // Of a replica.

  /// Waits until it has everything that is durable on the primary now.
  void catch_up_with(const postgres_server& primary) const;
  /// It goes on receiving, and shows nothing of what it receives.
  void pause_replay() const;
  void resume_replay() const { sql("postgres", "select pg_wal_replay_resume()"); }
  /// It takes changes from now on, and follows nobody.
  void promote() const { sql("postgres", "select pg_promote()"); }

private:
  void own_directory() const;
  [[nodiscard]] std::string data() const { return (directory_.path() / "data").string(); }
  void signal_all(int number) const;
  void make_template();

  temporary_directory directory_;
  pid_t process_ = -1;
  int databases_ = 0;
  bool has_template_ = false;
  std::vector<std::string> free_;
  mutable std::vector<pid_t> paused_;
};

}  // namespace genesis::storage
