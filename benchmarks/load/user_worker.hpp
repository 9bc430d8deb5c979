#pragma once

#include "benchmarks/load/client_loop.hpp"
#include "benchmarks/load/latency_histogram.hpp"
#include "benchmarks/load/request_template.hpp"
#include "benchmarks/load/sse_scanner.hpp"

#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace genesis::load {

/// What one thread's users have seen after the warm-up.
struct user_tally {
  latency_histogram all;                                   ///< Of every successful step but chats.
  std::array<latency_histogram, user_step_count> by_step;  ///< Likewise; of chats, until the answer's end.
  latency_histogram first_event;
  latency_histogram first_token;
  std::array<std::uint64_t, user_step_count> failed_by_step{};
  std::map<std::string, std::uint64_t> failures;  ///< By reason, for instance `status_503`.
  std::uint64_t tokens = 0;
  std::uint64_t renewals = 0;  ///< Access tokens that had expired and were exchanged.

  void add(const user_tally& other);
};

/// The users of one thread: each on a connection of their own, one step after the other with time to think between.
/// Made and joined by `run_users`.
class user_worker {
public:
  user_worker(const user_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number);

  /// The first user begins at `begin`. Returns when all have come to the end of their time.
  void run(clock::time_point begin);

  [[nodiscard]] const user_tally& tally() const noexcept { return tally_; }
  /// Steps done so far and users connected now; read by the thread that shows progress.
  [[nodiscard]] std::uint64_t steps_done() const noexcept { return steps_done_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t connected() const noexcept { return connected_.load(std::memory_order_relaxed); }

private:
  struct user : client_connection {
    user(boost::asio::io_context& io, std::size_t number_, const person& who_)
        : client_connection(io, number_, who_), self(who_), timer(io), random(number_) {
      who = &self;
    }

    person self;  ///< With the tokens of now.
    boost::asio::steady_timer timer;
    std::minstd_rand random;
    std::size_t steps = 0;  ///< On this connection.
    bool is_renewing = false;
    user_step step = user_step::profile;
    clock::time_point sent;
    bool is_connected = false;
    bool has_event = false;
    bool has_token = false;
    bool has_success = false;
    std::string text;
    sse_scanner scanner;
    std::array<char, 4 * 1'024> in{};
  };

  void think(user& u);
  void act(user& u);
  void connect(user& u);
  void send(user& u);
  void read(user& u);
  void on_read(user& u, read_step step, const boost::system::error_code& ec);
  void renew(user& u);
  void on_renewed(user& u, bool stays_open);
  void take_event(user& u, const scanned_event& event);
  void done(user& u, const std::string& failure, bool stays_open);
  void disconnect(user& u);
  [[nodiscard]] user_step choose(user& u) const;
  [[nodiscard]] bool counts(const user& u) const noexcept { return u.sent >= record_from_ && u.sent < end_; }

  const user_plan& plan_;
  client_loop<user> loop_;
  template_values values_;
  std::vector<std::vector<request_template>> requests_;  // by step
  clock::time_point record_from_;
  clock::time_point end_;
  user_tally tally_;
  std::atomic<std::uint64_t> steps_done_{0};
  std::atomic<std::int64_t> connected_{0};
};

}  // namespace genesis::load
