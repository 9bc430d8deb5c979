#pragma once

#include "domain/rate_limit.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace genesis {

/// Token buckets by key, bounded: what an actor that limits addresses or accounts keeps.
///
/// A full bucket says nothing and makes room for a new one. When all places are taken by others, the fullest
/// of a handful makes room: a flood of a million keys costs whoever uses little a token or two, and never memory.
/// `Hash` should be seeded, so that nobody can choose keys that collide. Belongs to one actor.
template <class Key, class Hash>
class bucket_table {
public:
  using time_point = token_bucket::time_point;

  /// `places` >= 1.
  bucket_table(std::size_t places, Hash hash) : places_(places), buckets_(0, std::move(hash)) {}

  rate_verdict take(const Key& key, const rate_quota& quota, time_point now) {
    auto found = buckets_.find(key);
    if (found == buckets_.end()) {
      if (buckets_.size() >= places_)
        make_room(now);
      found = buckets_.emplace(key, token_bucket{}).first;
    }
    return found->second.take(quota, now);
  }

  [[nodiscard]] rate_verdict look(const Key& key, const rate_quota& quota, time_point now) const {
    const auto found = buckets_.find(key);
    return (found == buckets_.end() ? token_bucket{} : found->second).look(quota, now);
  }

  /// Takes back what one `take` took. Nothing, where the bucket was forgotten meanwhile.
  void give_back(const Key& key, const rate_quota& quota) {
    if (const auto found = buckets_.find(key); found != buckets_.end())
      found->second.give_back(quota);
  }

  [[nodiscard]] std::size_t size() const noexcept { return buckets_.size(); }

private:
  static constexpr std::size_t candidates = 8;

  /// Looks at the next few and lets the fullest go; goes round the table, so that everybody is looked at in turn.
  void make_room(time_point now) {
    auto victim = buckets_.end();
    std::size_t seen = 0;
    for (std::size_t steps = 0; seen < candidates && steps < buckets_.bucket_count(); ++steps) {
      hand_ = (hand_ + 1) % buckets_.bucket_count();
      for (auto it = buckets_.begin(hand_); it != buckets_.end(hand_); ++it, ++seen) {
        if (victim == buckets_.end() || it->second.full_at() < victim->second.full_at())
          victim = buckets_.find(it->first);
        if (victim->second.is_full(now))
          break;
      }
      if (victim != buckets_.end() && victim->second.is_full(now))
        break;
    }
    if (victim != buckets_.end())
      buckets_.erase(victim);
  }

  std::size_t places_;
  std::size_t hand_ = 0;
  std::unordered_map<Key, token_bucket, Hash> buckets_;
};

}  // namespace genesis
