#pragma once

#include <chrono>
#include <memory>

namespace genesis::cli {

/// Waits for the signals that the server heeds, on a thread of its own, from before anything is made to the last moment
/// of the process: whatever the server waits for, SIGTERM and SIGINT end it within the grace.
///
/// - During the start they end the process at once, with status 0: nothing was acknowledged yet, and all that a start
///   writes is as safe from its end as from a crash.
/// - Afterwards the first one is handed on, for an end in good order. When that is not over when the grace is, and a
///   little, the process ends with status 1 and a line on standard error.
/// - A second one ends the process at once, with 128 and its number: what was acknowledged is durable.
class signal_watch {
public:
  /// Blocks the signals in the calling thread and in those that it makes from now on: make no other before. SIGPIPE and
  /// SIGXFSZ are ignored: a client that is gone, and a limit of the file's size (`ulimit -f`), are errors of writing.
  /// `grace` is that of the server. Throws when there is no thread to be had.
  explicit signal_watch(std::chrono::milliseconds grace);

  /// The start is over, or has come to where it leaves something behind: from here on the end is in good order.
  void hand_on_from_here() noexcept;

  /// Waits for the next signal to heed: SIGHUP, or SIGTERM or SIGINT, behind which none comes.
  int next() noexcept;

private:
  struct state;
  static void watch(state& shared) noexcept;

  std::shared_ptr<state> state_;  ///< The thread's too, which ends with the process.
};

}  // namespace genesis::cli
