#include "cli/signal_watch.hpp"

#include "cli/last_word.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <optional>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace genesis::cli {

namespace {

using steady = std::chrono::steady_clock;

/// What the end in good order may take beyond the grace: its last steps wait for statements that have begun.
constexpr auto after_grace = std::chrono::seconds{5};

sigset_t heeded() noexcept {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGTERM, SIGINT, SIGHUP})
    sigaddset(&signals, each);
  return signals;
}

/// The next signal, or 0 at that moment.
int wait_for(const sigset_t& signals, const std::optional<steady::time_point>& until) noexcept {
  for (;;) {
    int got = 0;
    if (until) {
      const auto left = std::max<steady::duration>(*until - steady::now(), steady::duration::zero());
      const auto whole = std::chrono::floor<std::chrono::seconds>(left);
      const timespec time{
        static_cast<std::time_t>(whole.count()), static_cast<long>(std::chrono::nanoseconds{left - whole}.count())};
      got = ::sigtimedwait(&signals, nullptr, &time);
    } else {
      got = ::sigwaitinfo(&signals, nullptr);
    }
    if (got > 0)
      return got;
    if (errno == EAGAIN)
      return 0;
  }
}

}  // namespace

struct signal_watch::state {
  std::chrono::milliseconds grace{};
  std::atomic<bool> is_starting{true};
  std::atomic<unsigned> news{0};  ///< Rises with each signal to heed.
  std::atomic<bool> has_hangup{false};
  std::atomic<int> end_signal{0};

  void tell() noexcept {
    ++news;
    news.notify_one();
  }
};

signal_watch::signal_watch(std::chrono::milliseconds grace) : state_(std::make_shared<state>()) {
  state_->grace = grace;
  for (const int each : {SIGPIPE, SIGXFSZ})  // what they tell, the failed call tells too
    ::signal(each, SIG_IGN);
  const auto signals = heeded();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread{[shared = state_] { watch(*shared); }}.detach();
}

void signal_watch::watch(state& shared) noexcept {
  pthread_setname_np(pthread_self(), "genesis-signals");
  const auto signals = heeded();
  std::optional<steady::time_point> end_until;
  for (;;) {
    const int signal = wait_for(signals, end_until);
    if (signal == 0) {
      say({"ends at once: it did not come to its end within server.grace; what was acknowledged is safe"});
      ::_exit(1);
    }
    if (signal == SIGHUP) {
      shared.has_hangup = true;
      shared.tell();
      continue;
    }
    if (end_until)
      ::_exit(128 + signal);
    if (shared.is_starting) {
      say({"ended by a signal before it had started"});
      ::_exit(0);
    }
    end_until = steady::now() + shared.grace + after_grace;
    shared.end_signal = signal;
    shared.tell();
  }
}

void signal_watch::hand_on_from_here() noexcept {
  state_->is_starting = false;
}

int signal_watch::next() noexcept {
  for (;;) {
    const auto seen = state_->news.load();
    if (const int signal = state_->end_signal)
      return signal;
    if (state_->has_hangup.exchange(false))
      return SIGHUP;
    state_->news.wait(seen);
  }
}

}  // namespace genesis::cli
