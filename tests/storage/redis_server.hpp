#pragma once

#include "config/redis_url.hpp"
#include "tests/temporary_directory.hpp"

#include <string>
#include <sys/types.h>
#include <vector>

namespace genesis::storage {

/// A Redis of its own for a test, on a unix socket that nobody else finds. Keeps nothing on disk.
class redis_server {
public:
  /// `options` as on the command line of redis-server: `{"--maxmemory", "2mb"}`.
  explicit redis_server(std::vector<std::string> options = {});
  redis_server(const redis_server&) = delete;
  redis_server& operator=(const redis_server&) = delete;
  ~redis_server();

  [[nodiscard]] std::string socket() const { return (directory_.path() / "redis.sock").string(); }
  [[nodiscard]] std::string url(int database = 0) const {
    return "unix://" + socket() + "?db=" + std::to_string(database);
  }

  /// Runs a command as the operator; the answer's text or number, the texts of a list one a line, `(nil)` for nothing.
  std::string command(const std::vector<std::string>& words, int database = 0) const;

  /// Ends it at once, as a crash does; what it held is gone.
  void stop();
  void start();
  /// Stops it where it stands (SIGSTOP): connections are made by the kernel, and nobody answers.
  void pause() const;
  void resume() const;

private:
  temporary_directory directory_;
  std::vector<std::string> options_;
  pid_t process_ = -1;
};

}  // namespace genesis::storage
