#pragma once

#include "tests/temporary_directory.hpp"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace genesis::system_test {

/// How long a test waits for what must come. Far above what anything takes, also on a busy machine: only a failing test
/// waits so long.
inline constexpr std::chrono::seconds patience{30};

/// Asks again and again until it holds; false when it does not within `patience`.
template <class Condition>
bool becomes(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition())
    if (std::chrono::steady_clock::now() > end)
      return false;
  return true;
}

/// Of memory that the program has freed, AddressSanitizer keeps so much as it is, in case somebody still reads it. A
/// sixteenth of its default: enough to find such a read in what one test does, and little enough for bounds of memory
/// that can be exceeded.
inline constexpr std::size_t quarantine_mb = 16;

/// One run of the program under test. What it writes is captured from a thread of its own, so that it never waits for
/// the test; it is killed with the object.
class child_process {
public:
  /// `environment` is all that the program gets, besides `PATH`; entries are `NAME=value`. `home` is its `HOME`.
  /// `address_space` is how many bytes it may map, its own code included (`ulimit -v`).
  child_process(const std::vector<std::string>& arguments, const std::filesystem::path& home,
    const std::vector<std::string>& environment = {}, std::optional<std::size_t> address_space = {});
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;
  ~child_process();

  void write_input(std::string_view text) const;
  void close_input();

  /// What it has written so far.
  [[nodiscard]] std::string out() const;
  [[nodiscard]] std::string err() const;
  /// Waits until it has written this; false when it has ended without, or `patience` is over.
  bool wait_for_out(std::string_view text) { return wait_for(out_, text); }
  bool wait_for_err(std::string_view text) { return wait_for(err_, text); }

  /// From now on nobody reads what it writes to standard error, of which no more than a page fits in between.
  void leave_err_unread();

  void signal(int number) const;
  /// Waits for its end: the exit status, or 128 and the number of the signal that ended it. Throws when `patience` is
  /// over.
  int wait();
  /// It has ended, and nobody has waited for that.
  [[nodiscard]] bool has_ended_unasked() const;

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

private:
  bool wait_for(const std::string& where, std::string_view text);
  void capture();

  pid_t pid_ = -1;
  int exit_status_ = -1;
  int input_ = -1;
  int out_pipe_ = -1;
  int err_pipe_ = -1;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string out_;
  std::string err_;
  bool is_err_left_ = false;
  bool is_closed_ = false;
  std::thread reader_;
};

}  // namespace genesis::system_test
