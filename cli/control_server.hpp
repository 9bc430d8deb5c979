#pragma once

#include "domain/error.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace genesis {
class io_thread;
}

namespace genesis::cli {

/// Takes the answer to one request, from any thread; only the first call counts.
using control_reply = std::function<void(std::string)>;

/// Does what a request asks for, which is one line without its end. Called on the server's I/O thread.
using control_handler = std::function<void(std::string request, control_reply reply)>;

/// How long a command may keep silent before and in a request, and how many may be connected.
struct control_limits {
  std::size_t connections_max = 8;
  std::chrono::milliseconds idle = std::chrono::seconds{60};
  std::chrono::milliseconds line = std::chrono::seconds{2};  ///< From the first byte of a request to its last.
  std::chrono::milliseconds deadline;  ///< From a request to its answer; `control_deadline` by default.

  control_limits();
};

/// Listens for commands on a unix socket; see `control_protocol.hpp`. Runs on one I/O thread, which must be running and
/// be another one than that which calls.
class control_server {
public:
  control_server(io_thread& thread, control_handler handler, control_limits limits = {});
  control_server(const control_server&) = delete;
  control_server& operator=(const control_server&) = delete;
  /// Breaks connections off and removes the socket.
  ~control_server();

  /// REQUIRES: the data directory's lock, so that a socket that is there is nobody's and may be replaced. Errors name
  /// the path.
  result<void> listen(const std::filesystem::path& data_directory);

private:
  class part;
  std::shared_ptr<part> part_;
};

}  // namespace genesis::cli
