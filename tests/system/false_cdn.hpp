#pragma once

#include "tests/system/http_peer.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace genesis::system_test {

/// A request to forget something, as it arrived.
struct purge_request {
  std::string target;
  std::string head;  ///< All lines.
  std::string body;

  /// The keys that the body names, in one line.
  [[nodiscard]] std::string keys() const;
};

/// What stands for the API of a CDN: writes down what it is told, and answers as it is set. On a thread of its own.
class false_cdn {
public:
  static constexpr int silence = 0;  ///< In the place of a status: takes the request and never answers.

  false_cdn();
  /// Over TLS, with this certificate and key.
  false_cdn(const std::filesystem::path& certificate, const std::filesystem::path& key);
  false_cdn(const false_cdn&) = delete;
  false_cdn& operator=(const false_cdn&) = delete;
  ~false_cdn();

  /// Of requests from now on: these statuses in order, and then the last one for ever.
  void answer_with(std::deque<int> statuses);
  /// The first so many requests, once they are there. Throws when they do not come.
  [[nodiscard]] std::vector<purge_request> wait_for(std::size_t count);
  [[nodiscard]] std::size_t count() const;

  /// With `/purge?zone=7` behind it.
  [[nodiscard]] std::string url() const;

private:
  explicit false_cdn(std::unique_ptr<boost::asio::ssl::context> tls);
  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket);
  template <class Stream>
  boost::asio::awaitable<void> serve_over(Stream& stream);
  int take(purge_request request);

  boost::asio::io_context context_{1};
  boost::asio::ip::tcp::acceptor acceptor_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<int> statuses_{200};
  std::vector<purge_request> told_;
  std::thread thread_;
};

}  // namespace genesis::system_test
