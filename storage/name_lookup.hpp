#pragma once

#include "domain/error.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace genesis::storage {

/// Looks a host's name up without anybody having to wait for it. The system's call knows no time-out and cannot be
/// called off, so it runs on a thread of its own, which is left behind when nobody wants the answer any more; Asio's
/// resolver would hold up the end of the process instead.
class name_lookup {
public:
  /// Throws std::system_error when there can be no thread.
  static std::shared_ptr<const name_lookup> start(std::string host, std::uint16_t port);

  [[nodiscard]] bool is_done() const noexcept { return is_done_.load(std::memory_order_acquire); }
  /// Where the host is, or `unavailable`. REQUIRES: done.
  [[nodiscard]] const result<std::vector<boost::asio::ip::tcp::endpoint>>& found() const noexcept { return found_; }

private:
  void run(const std::string& host, std::uint16_t port);

  std::atomic<bool> is_done_{false};
  result<std::vector<boost::asio::ip::tcp::endpoint>> found_;
};

}  // namespace genesis::storage
