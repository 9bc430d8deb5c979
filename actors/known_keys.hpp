#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis {

/// Which idempotency keys of a person storage may have a record of, as hashes. It spares a question about each key that
/// is new, which most are. A key that has expired since, or shares its hash, is one that may be there.
///
/// Nothing is known at first, when there are too many, and after `forget`. Owned by one actor.
class known_keys {
public:
  /// Hashes that are kept: 32 KiB of whoever sends so many keys within the time for which records are kept.
  static constexpr std::size_t size_max = 4'096;

  /// Storage is being asked for a key. True when it is to be asked for all of them as well (`learn`; `size_max + 1` at
  /// most): who sends a second key will send more.
  [[nodiscard]] bool count_question() noexcept {
    return !std::exchange(is_first_question_, false) && !hashes_ && !are_too_many_;
  }

  /// These are all, as far as there are no more than `size_max`.
  void learn(const std::vector<std::string>& keys) {
    are_too_many_ = keys.size() > size_max;
    hashes_.reset();
    if (are_too_many_)
      return;
    hashes_.emplace();
    hashes_->reserve(keys.size());
    for (const auto& each : keys)
      hashes_->push_back(hash_of(each));
    std::ranges::sort(*hashes_);
  }

  /// A record of the key is stored.
  void add(std::string_view key) {
    if (!hashes_)
      return;
    if (hashes_->size() == size_max) {  // some have expired perhaps
      hashes_.reset();
      return;
    }
    const auto hash = hash_of(key);
    hashes_->insert(std::ranges::upper_bound(*hashes_, hash), hash);
  }

  /// False when storage has no record of the key.
  [[nodiscard]] bool may_have(std::string_view key) const {
    return !hashes_ || std::ranges::binary_search(*hashes_, hash_of(key));
  }

  /// Somebody else may have stored keys.
  void forget() noexcept {
    hashes_.reset();
    are_too_many_ = false;
  }

private:
  static std::uint64_t hash_of(std::string_view key) noexcept { return std::hash<std::string_view>{}(key); }

  std::optional<std::vector<std::uint64_t>> hashes_;  ///< Sorted.
  bool are_too_many_ = false;
  bool is_first_question_ = true;
};

}  // namespace genesis
