#pragma once

#include "actors/deadlines.hpp"
#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "auth/sealing_key.hpp"
#include "storage/cached_value.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace genesis {

/// Values of any type kept outside the process, under `prefix:kind:id`, for as long as each says. What actors know of
/// the second cache; never changes after the start.
///
/// Where it is kept is not trusted: each value is sealed together with its key, so nobody there can read it, and what
/// was not put under this very key by this installation, over this database and in this program's layout, is as if it
/// were not there: an installation that was copied to another database has the same people there, with another history.
/// What cannot be told is how old it is: whoever gets a value compares it with something that knows.
class second_cache {
public:
  /// `database` is how the installation names its database.
  second_cache(cache_actor keeper, const auth::sealing_key& key, std::string prefix, std::chrono::milliseconds keep,
    std::string database)
      : keeper_(std::move(keeper)), key_(key), prefix_(std::move(prefix)), keep_(keep), database_(std::move(database)) {
  }

  /// What was put last, if it is still there; nothing, soon, when there is no telling. Calls back on the actor.
  template <storage::cacheable T, class Self>
  void get(Self* self, std::string_view id, const std::function<void(std::optional<T>)>& then) const {
    auto key = key_of<T>(id);
    self->request(keeper_, cache_deadline, get_cached{key})
      .then([this, key, then](const cached_entry& found) { then(opened<T>(key, found)); },
        [then](const caf::error&) { then(std::nullopt); });
  }

  /// Nobody waits for it, and it may come to nothing.
  template <storage::cacheable T, class Self>
  void put(Self* self, std::string_view id, const T& value, std::optional<std::chrono::milliseconds> keep = {}) const {
    const auto key = key_of<T>(id);
    self->send(keeper_, put_cached{key, key_.seal(storage::to_cached(value), about(key)), keep.value_or(keep_)});
  }

  /// Likewise. What is not reached stays until its time is over.
  template <storage::cacheable T, class Self>
  void remove(Self* self, std::string_view id) const {
    self->send(keeper_, remove_cached{key_of<T>(id)});
  }

  /// Everything of this installation that matches; how many there were. `unavailable` when it takes longer than
  /// `within`; some may be gone then.
  template <class Self>
  void remove_matching(Self* self, const key_pattern& which, std::chrono::milliseconds within,
    const std::function<void(result<std::int64_t>)>& then) const {
    self->request(keeper_, within + cache_deadline, remove_cached_matching{prefix_ + which.text(), within})
      .then([then](std::int64_t removed) { then(removed); },
        [then](const caf::error& failed) { then(std::unexpected(from_caf(failed))); });
  }

private:
  /// What an entry is sealed with.
  [[nodiscard]] std::string about(const std::string& key) const { return key + '\n' + database_; }

  template <storage::cacheable T>
  [[nodiscard]] std::string key_of(std::string_view id) const {
    return prefix_ + storage::cached_key<T>(id);
  }

  template <storage::cacheable T>
  [[nodiscard]] std::optional<T> opened(const std::string& key, const cached_entry& found) const {
    if (!found.value)
      return std::nullopt;
    std::optional<T> value;
    if (const auto text = key_.unseal(*found.value, about(key)))
      value = storage::from_cached<T>(*text);
    if (!value)
      counters().l2_unreadable.add();
    return value;
  }

  cache_actor keeper_;
  auth::sealing_key key_;
  std::string prefix_;
  std::chrono::milliseconds keep_;
  std::string database_;
};

}  // namespace genesis
