#pragma once

#include "actors/interfaces.hpp"
#include "actors/promise.hpp"
#include "actors/service.hpp"

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace genesis {

/// Tells a CDN to forget what it keeps under these keys: the status of its answer, 2xx when it has; `unavailable` with
/// a clause when there was none in time. Blocks; called on the courier's thread.
using post_purge = std::function<result<int>(const std::vector<std::string>& keys)>;

struct purger_options {
  post_purge post;
  std::string target;  ///< How the log names the CDN.
  /// For one attempt: longer than `post` may take. A courier that is later is given up for this attempt.
  std::chrono::milliseconds attempt_max = std::chrono::seconds{4};
};

/// Attempts for the same keys, and the pause before the second one. Each pause is four times the one before: 1, 4, 16
/// and 64 s, which outlasts a restart at the other end.
inline constexpr std::uint64_t purge_attempts_max = 5;
inline constexpr auto purge_pause = std::chrono::seconds{1};
/// Keys that may wait at once. All that the server itself names are fewer than ten. With 128 bytes each they are a
/// field that servers take.
inline constexpr std::size_t purge_keys_max = 48;

/// See `purger_actor`. One attempt is under way at a time, for all the keys that wait; what comes meanwhile is the
/// next; after a refusal of several, each goes by itself, so that one that the CDN does not take keeps back no other. A
/// purge says of no answer that it is wrong, so it may be repeated and may be lost: CDNs ask again after `s-maxage` in
/// any case.
class purger_state {
public:
  using pointer = purger_actor::stateful_pointer<purger_state>;

  explicit purger_state(pointer self) : self_(self) {}
  purger_state(const purger_state&) = delete;
  purger_state& operator=(const purger_state&) = delete;
  ~purger_state();

  void start(background_actor courier, purger_options options);

  caf::result<std::int64_t> handle(const purge_keys& what);
  void handle(const purge_due& what);

private:
  using key_set = std::set<std::string>;
  using answers = std::vector<answer_ptr<std::int64_t>>;

  void attempt();
  template <class Status>
  void on_answer(Status&& status_of);
  void on_done(const key_set& sent, const answers& askers);
  void on_failed(const key_set& sent, const answers& askers, const error& why, bool may_be_repeated);
  void forget(const key_set& which);

  pointer self_;
  background_actor courier_;
  purger_options options_;
  key_set waiting_;
  answers askers_;  ///< Of what waits.
  key_set sent_;    ///< Of the attempt under way; empty when none is.
  answers askers_of_sent_;
  std::uint64_t attempts_ = 0;  ///< In all; the name of the latest.
  std::uint64_t failures_ = 0;  ///< In a row, since somebody last asked.
  bool is_one_by_one_ = false;  ///< Until nothing waits.
};

purger_actor::behavior_type purger_behavior(
  service_pointer<purger_actor, purger_state> self, background_actor courier, purger_options options);

}  // namespace genesis
