#pragma once

#include "storage/circuit_breaker.hpp"
#include "storage/redis_connection.hpp"
#include "storage/redis_failure.hpp"

#include <cstdint>
#include <optional>

namespace genesis::storage {

/// Counts what becomes of questions. Called on the client's thread.
class redis_observer {
public:
  redis_observer() = default;
  redis_observer(const redis_observer&) = delete;
  redis_observer& operator=(const redis_observer&) = delete;
  virtual ~redis_observer() = default;
  virtual void on_answer(std::chrono::nanoseconds took) noexcept = 0;
  virtual void on_failure(redis_failure what) noexcept = 0;
  /// Redis can be asked from now on, or no longer.
  virtual void on_usable(bool is_usable) noexcept = 0;
};

/// Asks one Redis server, over one connection that is made again when it is lost; used on one thread, that of the
/// io_context.
///
/// While there is no connection, or Redis was late several times in a row or slow for a while, nothing is sent and
/// every question is answered `unavailable` at once: a dead or slow server costs nobody any time. Meanwhile the client
/// tries a new connection, which has to answer a greeting in time, with growing pauses (`circuit_breaker`).
///
/// A question that was not answered may have had its effect. Callbacks run on the client's thread, possibly before the
/// call returns; those that wait when the client is destroyed are destroyed uncalled.
class redis_client {
public:
  struct options {
    redis_access access;
    circuit_breaker_options breaker{};
    /// Answers that take longer are slow: what they bring, the database would have brought sooner (in about a
    /// millisecond), even beside other work.
    std::chrono::nanoseconds slow_after = std::chrono::milliseconds{10};
  };
  template <class T>
  using callback = std::move_only_function<void(result<T>)>;

  static constexpr std::size_t value_bytes_max = std::size_t{1'024} * 1'024;
  static_assert(value_bytes_max < redis_reply_reader::reply_bytes_max, "what was put can be got");
  static constexpr std::string_view scan_step = "100";  ///< Keys that Redis looks at before it serves others.

  redis_client(boost::asio::io_context& context, options how, redis_observer* observer = nullptr);
  redis_client(const redis_client&) = delete;
  redis_client& operator=(const redis_client&) = delete;
  ~redis_client();

  /// Makes the first connection; nothing can be asked before.
  void start();
  [[nodiscard]] bool is_usable() const noexcept { return is_ready_; }

  /// Any command at all. Errors of Redis are `unavailable` with their first word.
  void send(std::span<const std::string_view> words, callback<redis_reply> then);

  /// The value under a key, or nothing.
  void get(std::string_view key, callback<std::optional<std::string>> then);
  /// Keeps a value for so long.
  void put(std::string_view key, std::string_view value, std::chrono::milliseconds keep, callback<bool> then);
  /// True when there was something.
  void remove(std::string_view key, callback<bool> then);
  /// Tells when nothing that was asked waits for its answer, however late that is.
  void settle(callback<bool> then);
  /// Removes all keys that match a pattern of Redis' (`*`, `?`, `[...]`), step by step, so that Redis serves others
  /// between; their number. `unavailable` when that takes longer than `within`; some may be gone then.
  void remove_matching(std::string_view pattern, std::chrono::milliseconds within, callback<std::int64_t> then);

private:
  struct removal;

  void connect();
  void on_ready();
  void on_lost(const std::string& why);
  void on_late();
  void on_answer(std::chrono::nanoseconds took);
  void rest(const std::string& why);
  void leave(const std::string& why);
  void fail_at(redis_failure what) noexcept;
  void step(std::shared_ptr<removal> under_way);
  void unlink(std::shared_ptr<removal> under_way, const std::vector<redis_reply>& keys);

  boost::asio::io_context& context_;
  options options_;
  redis_observer* observer_;
  circuit_breaker breaker_;
  boost::asio::steady_timer retry_;
  std::shared_ptr<redis_connection> connection_;
  std::shared_ptr<char> alive_ = std::make_shared<char>();  ///< For handlers that may outlive this.
  bool is_ready_ = false;
  bool is_reported_away_ = false;
};

}  // namespace genesis::storage
