#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace genesis::storage {

/// A socket whose owner waits on it in a library that knows no time-outs. Used by the owner's thread alone.
class watched_socket {
public:
  watched_socket(int descriptor, std::chrono::milliseconds limit);
  watched_socket(const watched_socket&) = delete;
  watched_socket& operator=(const watched_socket&) = delete;
  ~watched_socket();

  /// The owner begins to wait.
  void start() noexcept;
  /// The wait is over.
  void stop() noexcept;
  /// A wait took longer than the limit: the socket was shut down then, and is of no use any more.
  [[nodiscard]] bool is_over() const noexcept { return is_over_ || deadline_.load(std::memory_order_acquire) == over; }

private:
  friend class socket_watch;

  using ticks = std::chrono::steady_clock::rep;
  static constexpr ticks none = std::numeric_limits<ticks>::max();
  static constexpr ticks over = std::numeric_limits<ticks>::min();

  int descriptor_;  // a copy of the owner's: another socket can never stand behind this number while the watch looks
  std::chrono::milliseconds limit_;
  std::atomic<ticks> deadline_{none};
  bool is_over_ = false;
};

/// Shuts sockets down whose owners wait too long, from a thread of its own, so that a silent server or network ends in
/// an error and not in a thread that waits for ever. Beginning and ending a wait is one atomic write; the thread wakes
/// up about once per limit.
class socket_watch {
public:
  socket_watch();
  socket_watch(const socket_watch&) = delete;
  socket_watch& operator=(const socket_watch&) = delete;
  ~socket_watch();

  /// Watches a copy of the descriptor until the last handle of the result goes. Throws `std::system_error` when there
  /// is no descriptor left.
  std::shared_ptr<watched_socket> watch(int descriptor, std::chrono::milliseconds limit);

private:
  void run();
  /// Shuts down what is late; when to look again.
  std::chrono::steady_clock::time_point look(std::chrono::steady_clock::time_point now);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::weak_ptr<watched_socket>> sockets_;
  bool is_ending_ = false;
  std::thread thread_;
};

}  // namespace genesis::storage
