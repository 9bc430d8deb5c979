#pragma once

#include "http/transport.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace genesis::cli {

/// Plays a server from a script: one step per request, in order.
class scripted_transport final : public http::transport {
public:
  /// An answer; a streamed one is given to the sink in pieces of seven bytes.
  struct answers {
    http::http_response response;
    http::stream_end end = http::stream_end::complete;
  };
  /// No connection.
  struct refuses {};

  /// The request that a step expects, as `POST /api/v1/chat/stream`, and what happens then.
  void expect(std::string line, std::variant<answers, refuses> then) {
    steps_.push_back({std::move(line), std::move(then)});
  }
  void expect(std::string line, unsigned status, std::string body, http::stream_end end = http::stream_end::complete) {
    expect(std::move(line), answers{{status, {}, std::move(body)}, end});
  }

  ~scripted_transport() override {
    for (const auto& left : steps_)
      ADD_FAILURE() << "never asked: " << left.line;
  }

  result<http::http_response> exchange(const http::http_request& request) override {
    const auto then = next(request);
    if (std::holds_alternative<refuses>(then))
      return fail(errc::unavailable, "connection refused");
    return std::get<answers>(then).response;
  }

  result<http::stream_outcome> stream(
    const http::http_request& request, const http::byte_sink& sink, http::on_interrupt interrupt) override {
    const auto then = next(request);
    interrupts.push_back(interrupt);
    if (std::holds_alternative<refuses>(then))
      return fail(errc::unavailable, "connection refused");
    auto [response, end] = std::get<answers>(then);
    if (response.status != 200)
      return http::stream_outcome{std::move(response), end};
    const std::string bytes = std::exchange(response.body, {});
    for (std::size_t at = 0; at < bytes.size(); at += 7)
      if (!sink(std::string_view{bytes}.substr(at, 7)))
        return http::stream_outcome{std::move(response), http::stream_end::stopped};
    return http::stream_outcome{std::move(response), end};
  }

  bool wait(std::chrono::milliseconds time) override {
    waits.push_back(time);
    return !interrupt_waits;
  }

  std::vector<http::http_request> requests;
  std::vector<http::on_interrupt> interrupts;
  std::vector<std::chrono::milliseconds> waits;
  bool interrupt_waits = false;

private:
  struct step {
    std::string line;
    std::variant<answers, refuses> then;
  };

  std::variant<answers, refuses> next(const http::http_request& request) {
    requests.push_back(request);
    const auto line = request.method + " " + request.target;
    if (steps_.empty() || steps_.front().line != line) {
      ADD_FAILURE() << "asked: " << line << "\nexpected: " << (steps_.empty() ? "nothing" : steps_.front().line);
      return refuses{};
    }
    auto then = std::move(steps_.front().then);
    steps_.pop_front();
    return then;
  }

  std::deque<step> steps_;
};

/// The field of a request, empty when it is missing.
inline std::string field(const http::http_request& request, std::string_view name) {
  for (const auto& each : request.headers)
    if (each.name == name)
      return each.value;
  return {};
}

/// What the API answers to a sign-in or a renewal.
inline std::string tokens(const std::string& access, const std::string& refresh) {
  return R"({"user":{"email":"ada@example.org"},"access_token":")" + access + R"(","refresh_token":")" + refresh +
         R"(","token_type":"Bearer","expires_in":900})";
}

/// One event of a stream.
inline std::string event(int seq, const std::string& type, const std::string& fields) {
  return "id: " + std::to_string(seq) + "\nevent: " + type + "\ndata: {" + fields + "}\n\n";
}

}  // namespace genesis::cli
