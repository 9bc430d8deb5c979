#pragma once

#include "actors/failure.hpp"
#include "actors/metrics.hpp"
#include "domain/error.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace genesis {

struct memo_limits {
  std::size_t entries_max = 1'000;
  std::size_t bytes_max = std::size_t{16} * 1'024 * 1'024;  ///< Of the values, with what keeping one takes beside it.
  std::chrono::milliseconds lifetime = std::chrono::seconds{300};  ///< From the beginning of the computation on.
  /// Who may wait for computations at once; `overloaded` beyond it.
  std::size_t waiting_max = 10'000;
};

/// Tuples of what has a `std::hash`.
struct memo_key_hash {
  template <class... Arguments>
  std::size_t operator()(const std::tuple<Arguments...>& key) const noexcept {
    std::size_t sum = 0;
    std::apply(
      [&](const auto&... each) {
        ((sum ^=
           std::hash<std::remove_cvref_t<decltype(each)>>{}(each) + 0x9e3779b97f4a7c15U + (sum << 6U) + (sum >> 2U)),
          ...);
      },
      key);
    return sum;
  }
};

/// Remembers what a computation came to, by its name and its arguments: `memo<records(user_id, std::int64_t)>`.
///
/// An argument of each computation is the version of what it is computed from, so that nothing is ever told that is
/// older; the lifetime only bounds how long something lies about that nobody will ask for any more. A result that is
/// empty is a result; a failure is none. Who asks while the same is being computed waits for that one computation. The
/// value that was used longest ago makes room for others, and one that alone is too large is handed out and not kept.
///
/// Belongs to one actor, in whose handlers everything happens, the ends of computations included; no lock.
template <class Signature>
class memo;

template <class Value, class... Arguments>
class memo<Value(Arguments...)> {
  class table;

public:
  using key = std::tuple<Arguments...>;
  using value_ptr = std::shared_ptr<const Value>;
  using outcome = result<value_ptr>;
  using waiter = std::function<void(const outcome&)>;
  using time_point = std::chrono::steady_clock::time_point;

  /// What `clock` says is the actor's time, `bytes_of` the weight of a value.
  memo(memoised what, memo_limits limits, std::function<time_point()> clock, std::size_t (*bytes_of)(const Value&))
      : table_(std::make_shared<table>(what, limits, std::move(clock), bytes_of)) {}

  /// A computation that is under way. Destroyed without an end - what was to end it threw - it fails with `internal`.
  class computation {
  public:
    computation(std::weak_ptr<table> owner, key arguments, time_point began_at)
        : owner_(std::move(owner)), arguments_(std::move(arguments)), began_at_(began_at) {}
    computation(const computation&) = delete;
    computation& operator=(const computation&) = delete;
    ~computation() {
      contain("memo", [this] { end(fail(errc::internal, "what was computed was lost")); });
    }

    /// The first end counts. Nobody hears of it when the memo is gone.
    void end(outcome what) {
      if (const auto owner = std::exchange(owner_, {}).lock())
        owner->end(arguments_, began_at_, what);
    }

  private:
    std::weak_ptr<table> owner_;
    key arguments_;
    time_point began_at_;
  };
  using computation_ptr = std::shared_ptr<computation>;

  /// Calls `then` with the value: before this returns when it is known, else when the computation ends that is under
  /// way, or that `compute` begins now and ends when it likes.
  template <class Compute>
  void recall(const key& arguments, Compute&& compute, waiter then) {
    if (const auto known = table_->find(arguments)) {
      counters().l1_memo_hits.add();
      then(known);
    } else if (table_->is_full()) {
      then(fail(errc::overloaded, "too many wait for what is being computed"));
    } else if (auto begun = table_->join(arguments, std::move(then))) {
      compute(computation_ptr{std::move(begun)});
    }
  }

  /// Forgets what is kept under keys that `is_meant`; what is being computed for them is handed out and not kept. How
  /// much was kept.
  template <class Meant>
  std::size_t forget(Meant&& is_meant) {
    return table_->forget(is_meant);
  }

  [[nodiscard]] std::size_t size() const noexcept { return table_->size(); }
  [[nodiscard]] std::size_t bytes() const noexcept { return table_->bytes(); }

private:
  std::shared_ptr<table> table_;
};

/// What is kept and what is under way. Outlived by computations, which then end for nobody.
template <class Value, class... Arguments>
class memo<Value(Arguments...)>::table : public std::enable_shared_from_this<table> {
public:
  table(memoised what, memo_limits limits, std::function<time_point()> clock, std::size_t (*bytes_of)(const Value&))
      : what_(what), limits_(limits), clock_(std::move(clock)), bytes_of_(bytes_of) {}
  table(const table&) = delete;
  table& operator=(const table&) = delete;
  ~table() {
    while (!entries_.empty())
      drop(std::prev(entries_.end()));
  }

  value_ptr find(const key& arguments) {
    const auto known = by_key_.find(arguments);
    if (known == by_key_.end())
      return nullptr;
    const auto at = known->second;
    if (clock_() >= at->until) {
      evict(at);
      return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, at);
    return at->value;
  }

  /// Whether too many wait already.
  [[nodiscard]] bool is_full() const noexcept { return waiting_ >= limits_.waiting_max; }

  /// Has one more wait. The computation that begins for it; nothing when one is under way. Without memory for all of it
  /// nobody waits and nothing has begun.
  std::shared_ptr<computation> join(const key& arguments, waiter then) {
    if (const auto flight = flights_.find(arguments); flight != flights_.end()) {
      flight->second.waiters.push_back(std::move(then));
      ++waiting_;
      counters().l1_memo_hits.add();  // the work of one serves several
      return nullptr;
    }
    shared_work work;
    work.waiters.push_back(std::move(then));
    // Before the flight, which it would end if there were no memory for that.
    auto begun = std::make_shared<computation>(this->weak_from_this(), arguments, clock_());
    flights_.emplace(arguments, std::move(work));
    ++waiting_;
    counters().l1_memo_misses.add();
    return begun;
  }

  void end(const key& arguments, time_point began_at, const outcome& what) {
    const auto flight = flights_.find(arguments);
    if (flight == flights_.end())
      return;
    const auto waiters = std::move(flight->second.waiters);
    const bool may_keep = flight->second.may_keep;
    flights_.erase(flight);
    waiting_ -= waiters.size();
    counters().memo_computations.count(clock_() - began_at);
    if (what && may_keep)
      contain("memo", [&] { keep(arguments, began_at, *what); });  // without memory for it nothing is kept
    for (const auto& each : waiters)
      each(what);
  }

  template <class Meant>
  std::size_t forget(Meant& is_meant) {
    for (auto& [arguments, flight] : flights_)
      flight.may_keep = flight.may_keep && !is_meant(arguments);
    std::size_t count = 0;
    for (auto it = entries_.begin(); it != entries_.end();) {
      const auto at = it++;
      if (!is_meant(at->arguments))
        continue;
      drop(at);
      ++count;
    }
    return count;
  }

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
  struct entry {
    key arguments;
    value_ptr value;
    time_point until;
    std::size_t bytes = 0;
  };
  using place = typename std::list<entry>::iterator;

  struct shared_work {
    std::vector<waiter> waiters;
    bool may_keep = true;
  };

  /// Of an entry beside its value: two nodes, with the arguments twice and the pointers that hold them together.
  static constexpr std::size_t entry_bytes = sizeof(entry) + sizeof(key) + 12 * sizeof(void*);

  void keep(const key& arguments, time_point began_at, const value_ptr& value) {
    const auto bytes = entry_bytes + bytes_of_(*value);
    if (bytes > limits_.bytes_max || limits_.entries_max == 0)
      return;
    while (entries_.size() >= limits_.entries_max || bytes_ + bytes > limits_.bytes_max)
      evict(std::prev(entries_.end()));
    entries_.push_front({arguments, value, began_at + limits_.lifetime, bytes});
    try {
      by_key_.emplace(arguments, entries_.begin());
    } catch (...) {
      entries_.pop_front();
      throw;
    }
    bytes_ += bytes;
    counters().memo_entries_now[index()].add();
    counters().memo_bytes_now[index()].add(bytes);
  }

  void evict(place at) {
    counters().memo_evictions[index()].add();
    drop(at);
  }

  void drop(place at) {
    bytes_ -= at->bytes;
    counters().memo_entries_now[index()].subtract();
    counters().memo_bytes_now[index()].subtract(at->bytes);
    by_key_.erase(at->arguments);
    entries_.erase(at);
  }

  [[nodiscard]] std::size_t index() const noexcept { return static_cast<std::size_t>(what_); }

  memoised what_;
  memo_limits limits_;
  std::function<time_point()> clock_;
  std::size_t (*bytes_of_)(const Value&);
  std::list<entry> entries_;  ///< The one used last comes first.
  std::unordered_map<key, place, memo_key_hash> by_key_;
  std::unordered_map<key, shared_work, memo_key_hash> flights_;
  std::size_t waiting_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace genesis
