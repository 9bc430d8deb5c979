#pragma once

#include "benchmarks/load/client_loop.hpp"
#include "benchmarks/load/request_template.hpp"
#include "benchmarks/load/sse_scanner.hpp"

#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace genesis::load {

/// What one stream saw. Times are seconds since the run began.
struct stream_record {
  float due_s = 0;
  float first_event_s = 0;          ///< 0 when there was none.
  std::vector<float> tokens_s;      ///< When each token arrived.
  std::uint64_t merged_tokens = 0;  ///< Tokens that came inside another's event, by the gaps of the ids.
  std::string failure;              ///< Why the stream did not end well; empty when it did.
  const person* who = nullptr;      ///< Whose answer it was.
  std::string message;              ///< Id of the answer, from the stream's end.
  std::string text;                 ///< What was said, as it stands in the JSON of the events.
};

/// The streams of one thread. Made and joined by `run_streams`.
class stream_worker {
public:
  /// Takes every `plan.threads`th stream, from number `index` on. Adds the tokens that arrive to `tokens`.
  stream_worker(
    const stream_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number, std::atomic<std::uint64_t>& tokens);

  /// Returns when every stream has ended or timed out. The first one starts at `begin`.
  void run(clock::time_point begin);

  [[nodiscard]] std::vector<stream_record> take_records();

private:
  struct stream : client_connection {
    stream(boost::asio::io_context& io, std::size_t number_, const person& who_)
        : client_connection(io, number_, who_), start_timer(io) {}

    boost::asio::steady_timer start_timer;
    bool has_end = false;
    std::uint64_t last_id = 0;
    std::string text;
    sse_scanner scanner;
    stream_record record;
    std::array<char, 4 * 1'024> in{};
  };

  void start(stream& s);
  void send(stream& s);
  void read(stream& s);
  void on_read(stream& s, read_step step, const boost::system::error_code& ec);
  void take_event(stream& s, const scanned_event& event, float now_s);
  void end(stream& s, std::string failure);
  [[nodiscard]] float seconds_since_begin() const;

  const stream_plan& plan_;
  std::atomic<std::uint64_t>& token_count_;
  client_loop<stream> loop_;
  template_values values_;
  request_template request_;
  clock::time_point begin_;
};

}  // namespace genesis::load
