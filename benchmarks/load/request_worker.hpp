#pragma once

#include "benchmarks/load/client_loop.hpp"
#include "benchmarks/load/request_template.hpp"

#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace genesis::load {

/// What one thread has counted, of requests that were due after the warm-up.
struct request_tally {
  std::vector<float> latencies_ms;                ///< Of the successful ones.
  std::map<int, std::uint64_t> statuses;          ///< Of every answer.
  std::map<std::string, std::uint64_t> failures;  ///< Without an answer, by reason.
  std::uint64_t unsent = 0;                       ///< Due, but no connection was free in time.
  clock::time_point last_answer{};
};

/// The connections of one thread and what they do. Made and joined by `run_requests`.
class request_worker {
public:
  /// Takes every `plan.threads`th connection, from number `index` on, and connects them all.
  request_worker(const request_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number);

  /// Sends until the plan is done. The first request is due at `begin`.
  void run(clock::time_point begin);

  request_tally& tally() noexcept { return tally_; }

private:
  struct connection : client_connection {
    using client_connection::client_connection;

    std::size_t turn = 0;
    std::uint64_t recorded = 0;
    std::uint64_t answers = 0;  ///< On the socket that it has now.
    int failures_in_a_row = 0;
    clock::time_point due;
    std::size_t written = 0;
    std::array<char, 16 * 1'024> in{};
  };

  [[nodiscard]] bool is_open_loop() const noexcept { return plan_.rate > 0; }
  [[nodiscard]] clock::time_point next_due() const;
  [[nodiscard]] bool may_send_more(const connection& c, clock::time_point now) const;

  void take_turn(connection& c);
  void pace();
  void send_due();
  void send(connection& c, clock::time_point due);
  void write(connection& c);
  void read(connection& c);
  void answered(connection& c, bool stays_open);
  void failed(connection& c, const std::string& reason);
  void reconnect(connection& c);
  void close(connection& c);

  const request_plan& plan_;
  std::size_t index_;
  client_loop<connection> loop_;
  boost::asio::steady_timer pacer_{loop_.io()};
  template_values values_;
  std::vector<request_template> requests_;
  std::deque<connection*> idle_;
  std::uint64_t issued_ = 0;
  bool is_pacing_ = false;
  clock::time_point begin_;
  clock::time_point record_from_;
  clock::time_point end_;
  request_tally tally_;
};

}  // namespace genesis::load
