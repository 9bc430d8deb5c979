#pragma once

#include "domain/ids.hpp"
#include "domain/session.hpp"
#include "domain/text_enum.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace genesis {

/// What an API key lets its holder do with the person's data. Each stands alone: write does not include read.
enum class key_scope : std::uint8_t {
  read,
  write,
  chat,  ///< Asking the coach, and everything about the runs that answer.
};
template <>
inline constexpr auto enum_names<key_scope> = std::to_array<std::pair<key_scope, std::string_view>>(
  {{key_scope::read, "read"}, {key_scope::write, "write"}, {key_scope::chat, "chat"}});

/// A secret with which a program acts for a person, until it is revoked or expires. Nothing of it changes but when it
/// was last used.
struct api_key {
  api_key_id id;
  std::string name;                       ///< What the person calls it.
  std::vector<key_scope> scopes;          ///< At least one, none twice.
  secret_hash hash{};                     ///< Of the key; its text is kept nowhere.
  std::optional<timestamp> expires_at;    ///< Refused from here on.
  std::optional<timestamp> last_used_at;  ///< To within `api_key_use_grain`.
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  [[nodiscard]] bool is_alive(timestamp now) const noexcept { return !expires_at || *expires_at > now; }
  friend bool operator==(const api_key&, const api_key&) = default;
};

inline constexpr std::size_t api_key_name_length_max = 100;

/// Keys alive at once per person: they stay in memory with their owner, and nobody tells more of them apart.
inline constexpr std::size_t api_keys_per_user_max = 32;

/// A key's use is noted at most so often: each note is a write, and people ask for the day.
inline constexpr std::chrono::minutes api_key_use_grain{5};

/// What a request was made with: a session of its person, or one of their API keys.
using credential = std::variant<session_id, api_key_id>;

}  // namespace genesis
