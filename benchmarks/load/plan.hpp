#pragma once

#include "benchmarks/load/endpoint.hpp"
#include "benchmarks/load/people.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace genesis::load {

using clock = std::chrono::steady_clock;
using std::chrono::duration_cast;

inline constexpr std::size_t connections_max = 20'000;    ///< Below what loopback has ports for (28,232).
inline constexpr std::uint64_t samples_max = 20'000'000;  ///< Latencies kept in memory, 4 bytes each.
inline constexpr double seconds_max = 3'600;
inline constexpr double rate_max = 1'000'000;

/// What every kind of run needs to know.
struct common_plan {
  endpoint target;
  std::vector<person> people;  ///< Connection i acts for person i, modulo their number. Empty: for nobody.
  std::vector<std::string> headers;
  std::size_t threads = 1;
  clock::duration timeout = std::chrono::seconds{10};  ///< Of a response; of a whole stream.
  std::optional<pid_t> server;                         ///< Whose processor time is read.
};

/// Requests, one at a time per connection: in a closed loop, where each follows the answer to the one before, or in an
/// open loop, where they are due at a fixed rate whatever the server does.
struct request_plan : common_plan {
  std::string method = "GET";
  std::vector<std::string> paths;  ///< Each connection takes them in turn.
  std::string body;
  std::size_t connections = 1;
  std::uint64_t requests_per_connection = 0;  ///< Closed loop; 0 for as many as the time allows.
  std::uint64_t answers_per_connection = 0;   ///< Then the client closes and connects anew; 0 for never.
  double rate = 0;                            ///< Requests due per second; 0 for a closed loop.
  clock::duration length{};
  clock::duration warm_up{};  ///< Before the length begins; nothing of it is counted.
};

/// Answers of the coach read as server-sent events, all at the same time.
struct stream_plan : common_plan {
  std::string path;
  std::string body;
  std::size_t streams = 1;
  clock::duration ramp{};  ///< From the first start to the last.
};

/// What a user does next.
enum class user_step : std::uint8_t { profile, list, post, chat, search, export_ };
inline constexpr std::size_t user_step_count = 6;

/// Users who each have a connection and do one thing after the other, with time to think between: a closed loop whose
/// rate is about `users / think`.
struct user_plan : common_plan {
  std::size_t users = 1;
  clock::duration think = std::chrono::seconds{2};                    ///< On average.
  std::array<unsigned, user_step_count> shares{60, 20, 15, 5, 2, 1};  ///< How often each step is chosen.
  std::size_t steps_per_connection = 0;                               ///< Then the user connects anew; 0 for never.
  std::size_t sources = 1;  ///< Loopback addresses that connections come from (IPv4).
  clock::duration ramp{};   ///< From the first user's start to the last.
  clock::duration length{};
  clock::duration warm_up{};  ///< Before the length begins, the ramp included; nothing of it is counted.
};

}  // namespace genesis::load
