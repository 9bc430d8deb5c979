#include "storage/socket_watch.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace genesis::storage {

using std::chrono::steady_clock;

watched_socket::watched_socket(int descriptor, std::chrono::milliseconds limit)
    : descriptor_(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)), limit_(limit) {
  if (descriptor_ < 0)
    throw std::system_error(errno, std::generic_category(), "a socket cannot be watched");
}

watched_socket::~watched_socket() {
  ::close(descriptor_);
}

void watched_socket::start() noexcept {
  if (!is_over())
    deadline_.store((steady_clock::now() + limit_).time_since_epoch().count(), std::memory_order_release);
}

void watched_socket::stop() noexcept {
  if (deadline_.exchange(none, std::memory_order_acq_rel) == over)
    is_over_ = true;
}

socket_watch::socket_watch() : thread_([this] { run(); }) {
  ::pthread_setname_np(thread_.native_handle(), "socket watch");
}

socket_watch::~socket_watch() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

std::shared_ptr<watched_socket> socket_watch::watch(int descriptor, std::chrono::milliseconds limit) {
  auto made = std::make_shared<watched_socket>(descriptor, limit);
  {
    const std::lock_guard lock(mutex_);
    sockets_.push_back(made);
  }
  changed_.notify_one();
  return made;
}

void socket_watch::run() {
  std::unique_lock lock(mutex_);
  while (!is_ending_) {
    if (sockets_.empty())
      changed_.wait(lock);
    else
      changed_.wait_until(lock, look(steady_clock::now()));
  }
}

steady_clock::time_point socket_watch::look(steady_clock::time_point now) {
  auto next = now + std::chrono::hours{1};
  std::erase_if(sockets_, [&](const std::weak_ptr<watched_socket>& each) {
    const auto socket = each.lock();
    if (!socket)
      return true;
    auto deadline = socket->deadline_.load(std::memory_order_acquire);
    if (deadline == watched_socket::over)
      return false;
    if (deadline == watched_socket::none) {
      next = std::min(next, now + socket->limit_);  // a wait that begins after this look cannot be late before
    } else if (deadline > now.time_since_epoch().count()) {
      next = std::min(next, steady_clock::time_point{steady_clock::duration{deadline}});
    } else if (socket->deadline_.compare_exchange_strong(deadline, watched_socket::over)) {
      ::shutdown(socket->descriptor_, SHUT_RDWR);
    }
    return false;
  });
  return next;
}

}  // namespace genesis::storage
