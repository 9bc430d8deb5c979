#pragma once

#include "domain/time.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace genesis {

/// 128 bits that name one thing. New ones are version 7 (RFC 9562 5.7): they sort by the time they were made.
struct uuid {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const uuid&, const uuid&) = default;
  /// True for the all-zero id, which names nothing.
  [[nodiscard]] bool is_nil() const noexcept { return *this == uuid{}; }
};

/// The 36 characters of RFC 9562 4, lower case.
std::string to_string(const uuid& id);

/// Reads 36 characters in either case. Nothing for any other spelling.
std::optional<uuid> parse_uuid(std::string_view text) noexcept;

/// A stable hash of the id that spreads people over shards. Never changes: shards are owned by nodes under this number.
std::uint64_t stable_hash(const uuid& id) noexcept;

/// An id of one kind of thing, so that a message's id cannot be passed for a person's.
template <class Kind>
struct strong_id {
  uuid value;

  friend auto operator<=>(const strong_id&, const strong_id&) = default;
  [[nodiscard]] bool is_nil() const noexcept { return value.is_nil(); }
  static std::optional<strong_id> parse(std::string_view text) noexcept {
    if (auto id = parse_uuid(text))
      return strong_id{*id};
    return std::nullopt;
  }
};

template <class Kind>
std::string to_string(const strong_id<Kind>& id) {
  return to_string(id.value);
}

using user_id = strong_id<struct user_kind>;
using session_id = strong_id<struct session_kind>;
using conversation_id = strong_id<struct conversation_kind>;
using message_id = strong_id<struct message_kind>;
using progress_id = strong_id<struct progress_kind>;
using workout_plan_id = strong_id<struct workout_plan_kind>;
using nutrition_plan_id = strong_id<struct nutrition_plan_kind>;
using nutrition_log_id = strong_id<struct nutrition_log_kind>;
using run_id = strong_id<struct run_kind>;
using api_key_id = strong_id<struct api_key_kind>;

/// Makes version 7 ids that rise strictly, also within one millisecond and when the clock steps back (RFC 9562 6.2,
/// method 2: the random part counts up by a random step).
class uuid_source {
public:
  /// Fills the span with random bytes; not called concurrently.
  using random_fill = std::function<void(std::uint8_t*, std::size_t)>;

  explicit uuid_source(random_fill random) : random_(std::move(random)) {}

  uuid next(timestamp now);

  template <class Id>
  Id next_id(timestamp now) {
    return Id{next(now)};
  }

private:
  random_fill random_;
  uuid last_;
};

}  // namespace genesis

template <>
struct std::hash<genesis::uuid> {
  std::size_t operator()(const genesis::uuid& id) const noexcept {
    return static_cast<std::size_t>(genesis::stable_hash(id));
  }
};

template <class Kind>
struct std::hash<genesis::strong_id<Kind>> {
  std::size_t operator()(const genesis::strong_id<Kind>& id) const noexcept {
    return static_cast<std::size_t>(genesis::stable_hash(id.value));
  }
};
