#pragma once

#include "config/redis_url.hpp"
#include "domain/error.hpp"
#include "storage/name_lookup.hpp"
#include "storage/redis_reply.hpp"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::storage {

/// Where and how to ask Redis.
struct redis_access {
  config::redis_url url;
  std::string password;
  std::chrono::milliseconds timeout{50};                                ///< For one answer.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds{1};  ///< For the connection alone.
};

/// What becomes of a question to Redis: the answer, errors of Redis included; `unavailable` when it was late or the
/// connection was lost, `overloaded` when it was not sent.
using redis_completion = std::move_only_function<void(result<redis_reply>)>;

/// One connection to Redis, from its making to its loss, on one thread: that of the io_context.
///
/// Questions are pipelined: what is sent in one turn leaves in one piece, and answers come in the order of the
/// questions. A question whose answer is late is answered `unavailable` and keeps its place, so that later answers are
/// not taken for its own. Once lost, or closed, nothing more comes of it.
class redis_connection : public std::enable_shared_from_this<redis_connection> {
public:
  struct events {
    std::function<void()> on_ready;                           ///< May be asked from now on.
    std::function<void(const std::string& why)> on_lost;      ///< Once; before the open questions are answered.
    std::function<void(std::chrono::nanoseconds)> on_answer;  ///< In time, after so long.
    std::function<void()> on_late;
  };

  static constexpr std::size_t questions_max = 1'024;  ///< That wait for answers.
  static constexpr std::size_t unsent_bytes_max = std::size_t{8} * 1'024 * 1'024;

  redis_connection(boost::asio::io_context& context, const redis_access& access, events told);
  redis_connection(const redis_connection&) = delete;
  redis_connection& operator=(const redis_connection&) = delete;
  ~redis_connection() = default;

  /// Connects, logs in, chooses the database, and asks for a sign of life, which has to come in time.
  void start();
  /// REQUIRES: ready.
  void send(std::span<const std::string_view> words, redis_completion then);
  /// Tells when no question waits for its answer, at once if none does: false when the connection is over.
  void settle(std::move_only_function<void(bool)> then);
  /// Ends it without a word to anybody; open questions are destroyed unanswered.
  void abandon();
  /// Ends it for a reason of the owner's: as a loss, but without `on_lost`.
  void close();

private:
  using protocol = boost::asio::generic::stream_protocol;
  using clock = std::chrono::steady_clock;

  struct question {
    redis_completion then;
    clock::time_point asked_at;
    bool is_given_up = false;
  };

  template <class Handler>
  auto guarded(Handler handler);
  void await(std::shared_ptr<const name_lookup> lookup);
  void connect(std::vector<protocol::endpoint> endpoints);
  void greet();
  void on_greeted(std::string_view step, const result<redis_reply>& answer, bool is_last);
  void ask(std::span<const std::string_view> words, redis_completion then);
  void write();
  void read();
  void take_replies();
  void tell_settled(bool is_answered);
  void watch();
  void give_up_late();
  void lose(const std::string& why);
  void shut(bool answers);

  redis_access access_;
  events told_;
  protocol::socket socket_;
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer poll_;  ///< For the lookup of the host's name.
  redis_reply_reader reader_;
  std::array<char, 16'384> received_{};
  std::deque<question> questions_;
  std::size_t given_up_ = 0;  ///< The first so many questions.
  std::vector<std::move_only_function<void(bool)>> settling_;
  std::string unsent_;
  std::string leaving_;
  bool is_write_due_ = false;
  bool is_watching_ = false;
  bool is_over_ = false;
};

}  // namespace genesis::storage
