#include "cli/signal_watch.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <unistd.h>

namespace genesis::cli {
namespace {

using std::chrono_literals::operator""s;

/// Each runs in a process of its own, started anew: what a process has once blocked stays blocked.
class SignalWatchDeathTest : public testing::Test {
protected:
  SignalWatchDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void send(int signal) {
  ::kill(::getpid(), signal);
}

/// The status says which came, for what is asserted in the other process is not heard.
[[noreturn]] void exit_with(int status) {
  ::_exit(status);
}

TEST_F(SignalWatchDeathTest, EndsAStartAtOnce) {
  const auto start = [] {
    signal_watch watch{30s};
    send(SIGTERM);
    exit_with(watch.next());  // which never comes
  };
  EXPECT_EXIT(start(), testing::ExitedWithCode(0), "ended by a signal before it had started");
}

TEST_F(SignalWatchDeathTest, HandsTheFirstOneOn) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const auto run = [signal] {
      signal_watch watch{30s};
      watch.hand_on_from_here();
      send(signal);
      exit_with(watch.next());
    };
    EXPECT_EXIT(run(), testing::ExitedWithCode(signal), "");
  }
}

TEST_F(SignalWatchDeathTest, HandsHangupsOnAndGoesOn) {
  const auto run = [] {
    signal_watch watch{30s};
    watch.hand_on_from_here();
    send(SIGHUP);
    if (watch.next() != SIGHUP)
      exit_with(100);
    send(SIGHUP);
    if (watch.next() != SIGHUP)
      exit_with(101);
    send(SIGTERM);
    exit_with(watch.next() == SIGTERM ? 42 : 102);
  };
  EXPECT_EXIT(run(), testing::ExitedWithCode(42), "");
}

TEST_F(SignalWatchDeathTest, KeepsAHangupThatComesDuringTheStart) {
  const auto run = [] {
    signal_watch watch{30s};
    send(SIGHUP);
    watch.hand_on_from_here();
    exit_with(watch.next() == SIGHUP ? 42 : 100);
  };
  EXPECT_EXIT(run(), testing::ExitedWithCode(42), "");
}

TEST_F(SignalWatchDeathTest, EndsAtOnceOnASecondOne) {
  const auto run = [] {
    signal_watch watch{30s};
    watch.hand_on_from_here();
    send(SIGTERM);
    if (watch.next() != SIGTERM)
      exit_with(100);
    send(SIGINT);
    for (;;)
      ::pause();
  };
  EXPECT_EXIT(run(), testing::ExitedWithCode(128 + SIGINT), "");
}

TEST_F(SignalWatchDeathTest, LeavesBrokenPipesAndFullFilesToThoseWhoWrite) {
  for (const int signal : {SIGPIPE, SIGXFSZ}) {
    const auto run = [signal] {
      signal_watch watch{30s};
      ::raise(signal);
      exit_with(42);
    };
    EXPECT_EXIT(run(), testing::ExitedWithCode(42), "");
  }
}

}  // namespace
}  // namespace genesis::cli
