#pragma once

#include "tests/system/child_process.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>

namespace genesis::system_test {

/// `genesis serve` on a data directory and a port of its own. Runs while the object lives; can be ended, killed and
/// started again on the same data.
class program {
public:
  using settings = std::vector<std::string>;  ///< Flags: `--coach.tokens_per_second=5`.

  /// `environment` is that of `child_process`.
  explicit program(settings flags = {}, settings environment = {});
  program(const program&) = delete;
  program& operator=(const program&) = delete;
  /// Fails the test when the server has ended on its own.
  ~program();

  /// Starts it again, once it has ended, with these flags or those it had. Throws when it does not get ready.
  void start();
  void start(settings flags);
  /// SIGTERM; the exit status.
  int end();
  /// SIGKILL, as a crash.
  void crash();
  void signal(int number) const { process_->signal(number); }
  int wait() { return process_->wait(); }
  /// On its own, unasked.
  [[nodiscard]] bool has_ended() const { return process_->has_ended_unasked(); }
  /// Starts a second server with these flags alone.
  [[nodiscard]] std::unique_ptr<child_process> start_another(settings flags) const;

  /// Runs `genesis` with these arguments on the server's data directory; the exit status.
  [[nodiscard]] int command(settings arguments) const;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// Rises with every start: the port is another one.
  [[nodiscard]] int starts() const noexcept { return starts_; }
  [[nodiscard]] const std::filesystem::path& home() const noexcept { return home_.path(); }
  [[nodiscard]] std::filesystem::path data() const { return home_.path() / "data"; }
  [[nodiscard]] child_process& process() noexcept { return *process_; }
  /// Everything it has logged since its last start.
  [[nodiscard]] std::string log() const { return process_->err(); }
  /// Descriptors that it has open.
  [[nodiscard]] std::size_t descriptors() const;
  /// Address space that it has mapped: what `RLIMIT_AS` limits.
  [[nodiscard]] std::size_t mapped_bytes() const;
  /// Its resident memory now.
  [[nodiscard]] std::size_t resident_bytes() const;
  /// Its resident memory is less than `growth` bytes above `before`. Built with AddressSanitizer it may be as much more
  /// as the sanitizer itself needs for such a growth.
  [[nodiscard]] testing::AssertionResult has_grown_less(std::size_t before, std::size_t growth) const;

private:
  temporary_directory home_;
  void expect_alive() const;

  [[nodiscard]] std::size_t bytes_of(std::size_t column_of_statm) const;

  settings flags_;
  settings environment_;
  std::unique_ptr<child_process> process_;
  std::uint16_t port_ = 0;
  int starts_ = 0;
};

/// The descriptors that this process, and each program it starts, may have: as many as the system lets it.
std::size_t raise_descriptor_limit();

}  // namespace genesis::system_test
