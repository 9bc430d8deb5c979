#pragma once

#include "benchmarks/load/plan.hpp"
#include "benchmarks/load/request_template.hpp"
#include "benchmarks/load/response_reader.hpp"
#include "benchmarks/load/sse_scanner.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
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
  struct stream {
    stream(boost::asio::io_context& io, std::size_t number_, const person& who_)
        : socket(io), start_timer(io), number(number_), who(&who_) {}

    boost::asio::ip::tcp::socket socket;
    boost::asio::steady_timer start_timer;
    std::size_t number;
    const person* who;
    bool is_over = false;
    bool has_end = false;
    bool is_overdue = false;
    std::uint64_t last_id = 0;
    clock::time_point deadline;
    std::string out;
    std::string text;
    response_reader reader;
    sse_scanner scanner;
    stream_record record;
    std::array<char, 4 * 1'024> in{};
  };

  void start(stream& s);
  void send(stream& s);
  void read(stream& s);
  void on_read(stream& s, const boost::system::error_code& ec, std::size_t size);
  void take_event(stream& s, const scanned_event& event, float now_s);
  void end(stream& s, std::string failure);
  void watch();
  [[nodiscard]] float seconds_since_begin() const;

  const stream_plan& plan_;
  std::atomic<std::uint64_t>& token_count_;
  boost::asio::io_context io_{1};
  boost::asio::steady_timer watchman_{io_};
  template_values values_;
  request_template request_;
  person nobody_;
  std::vector<std::unique_ptr<stream>> streams_;
  std::size_t over_ = 0;
  clock::time_point begin_;
};

}  // namespace genesis::load
