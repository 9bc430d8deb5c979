#pragma once

#include "benchmarks/load/plan.hpp"
#include "benchmarks/load/request_template.hpp"

#include <expected>
#include <string>

namespace genesis::load {

/// A response as it came, and its body without chunk framing.
struct exchanged {
  int status = 0;
  std::string raw;
  std::string body;
};

/// Sends one request over a connection of its own and waits for the answer. Fails with a sentence.
std::expected<exchanged, std::string> exchange(
  const endpoint& target, const request_template& request, const person& who);

/// Makes a conversation for each of the first `count` people, so that `{conversation}` stands for something. Fails with
/// a sentence.
std::expected<void, std::string> open_conversations(common_plan& plan, std::size_t count);

}  // namespace genesis::load
