#pragma once

#include "http/exchange.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::http {

/// Which pages of other origins may call and read (CORS; Fetch standard, "HTTP CORS protocol"). Immutable once made,
/// for any number of threads; what it says of an origin is text that was made at the start.
///
/// Every answer to an allowed origin says so, refusals and streams included: a browser shows a page nothing of an
/// answer that does not.
class cross_origin_policy {
public:
  /// Nobody: answers are as if there were no CORS.
  cross_origin_policy() = default;
  /// `origins` as browsers send them; see `config::origin_fault`.
  cross_origin_policy(std::span<const std::string> origins, std::chrono::seconds max_age);

  /// Answers depend on the Origin field, so that all of them say `Vary: Origin`.
  [[nodiscard]] bool is_configured() const noexcept { return !allowed_.empty(); }
  /// Whole lines of the head of any answer to this request; empty unless its origin is allowed.
  [[nodiscard]] std::string_view lines_for(const request_head& request) const noexcept;
  /// Makes the answer to OPTIONS one that lets a browser go on, if the request is a browser's question before the real
  /// one and its origin is allowed. `methods` are those of the path.
  void answer_preflight(const request_head& request, std::string_view methods, response& answer) const;

private:
  struct allowed {
    std::string origin;
    std::string lines;
  };
  [[nodiscard]] const allowed* find(const request_head& request) const noexcept;

  std::vector<allowed> allowed_;
  std::string max_age_;
};

}  // namespace genesis::http
