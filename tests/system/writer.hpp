#pragma once

#include "tests/system/person.hpp"

#include <atomic>
#include <map>

namespace genesis::system_test {

/// Somebody who writes without pause and remembers what the server has acknowledged.
class writer {
public:
  /// Bodies of messages are `padding` bytes larger than they need to be.
  writer(const program& server, const std::string& email, std::size_t padding = 0);

  /// Writes until the server is gone, or `is_over`; counts each acknowledgement. What is refused with 503 is tried
  /// again, under the same key.
  void write(std::atomic<int>& acknowledged, const std::atomic<bool>& is_over = never);
  /// Everything that was acknowledged is there, once. Fails the test otherwise.
  void expect_everything();

  [[nodiscard]] std::size_t messages() const noexcept { return messages_.size(); }
  /// How often something was refused, by status.
  [[nodiscard]] const std::map<int, int>& refusals() const noexcept { return refusals_; }
  [[nodiscard]] person& who() noexcept { return who_; }

private:
  static const std::atomic<bool> never;

  [[nodiscard]] answer post(const std::string& number);
  bool write_message(const std::atomic<bool>& is_over);
  bool write_height();

  person who_;
  std::string target_;
  std::string padding_;
  int attempts_ = 0;
  int changes_unknown_ = 0;                      ///< Of the person, since the one that was last acknowledged.
  std::map<std::string, std::string> messages_;  ///< What was acknowledged, by number.
  std::string user_;                             ///< As it was last acknowledged.
  std::map<int, int> refusals_;
};

}  // namespace genesis::system_test
