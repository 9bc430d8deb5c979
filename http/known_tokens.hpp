#pragma once

#include "auth/access_token.hpp"
#include "auth/keyed_hash.hpp"

#include <cstddef>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace genesis::http {

/// Access tokens whose signature was found good, and what they claim: a check costs 60 to 100 us, many times the rest
/// of a cached read. They are known by a keyed hash: 130 bytes each instead of 600. On one thread.
///
/// Bounded by two generations: when the younger is full the older is forgotten, so that tokens in use stay known.
class known_tokens {
public:
  explicit known_tokens(std::size_t generation_max) : generation_max_(generation_max) {}

  /// What the token claims, while it is known; until the next call.
  [[nodiscard]] const auth::access_claims* find(std::string_view token) {
    const auto hash = hash_(token);
    if (const auto it = young_.find(hash); it != young_.end())
      return &it->second;
    auto node = old_.extract(hash);
    if (node.empty())
      return nullptr;
    make_room();
    return &young_.insert(std::move(node)).position->second;
  }

  void add(std::string_view token, const auth::access_claims& claims) {
    make_room();
    young_.insert_or_assign(hash_(token), claims);
  }

  void clear() noexcept {
    young_.clear();
    old_.clear();
  }

  [[nodiscard]] std::size_t size() const noexcept { return young_.size() + old_.size(); }

private:
  struct first_bytes {
    std::size_t operator()(const auth::keyed_hash::value_type& hash) const noexcept {
      std::size_t value = 0;
      std::memcpy(&value, hash.data(), sizeof value);
      return value;
    }
  };
  using generation = std::unordered_map<auth::keyed_hash::value_type, auth::access_claims, first_bytes>;

  void make_room() {
    if (young_.size() >= generation_max_)
      old_ = std::exchange(young_, {});
  }

  auth::keyed_hash hash_;
  std::size_t generation_max_;
  generation young_;
  generation old_;
};

}  // namespace genesis::http
