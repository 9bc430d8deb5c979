#pragma once

#include <array>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace genesis {

/// A pipe that is full and that nobody reads: whoever writes to it waits without an end.
class unread_pipe {
public:
  unread_pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK) != 0)
      return;
    const std::string page(4'096, 'x');
    while (::write(ends_[1], page.data(), page.size()) > 0) {
    }
    ::fcntl(ends_[1], F_SETFL, O_WRONLY);  // which waits
  }
  unread_pipe(const unread_pipe&) = delete;
  unread_pipe& operator=(const unread_pipe&) = delete;
  ~unread_pipe() {
    for (const int each : ends_)
      ::close(each);
  }

  [[nodiscard]] int write_end() const noexcept { return ends_[1]; }
  /// Under which another process can open the end to write to.
  [[nodiscard]] std::string path() const {
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(write_end());
  }

private:
  std::array<int, 2> ends_{-1, -1};
};

}  // namespace genesis
