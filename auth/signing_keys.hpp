#pragma once

#include "auth/signing_key.hpp"
#include "domain/error.hpp"
#include "domain/time.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::auth {

/// The keys that access tokens are signed with: the newest signs, all verify, so that a key can be replaced while
/// tokens of the one before are still alive. Immutable once it is open; shared between threads by const reference.
class signing_keys {
public:
  /// Reads every `<kid>.pem` in the directory; the newest is the one whose kid sorts last. Makes the directory (mode
  /// 0700) and a first key (mode 0600, its kid a UUIDv7 made from `now`, so that later ones sort behind it), safe on
  /// disk before this returns, when there are none. Fails when a key or the directory is open to other users, or a key
  /// cannot be read: the detail names the file and what to do.
  static result<signing_keys> open(const std::filesystem::path& directory, timestamp now);

  /// Reads the keys that are there and makes none; nothing where there are none. Fails like `open`.
  static result<std::optional<signing_keys>> read(const std::filesystem::path& directory);

  /// Makes a new key in the directory, which signs from then on, and removes all others but the one that signed until
  /// now: its tokens are alive for a while. The new key is safe on disk before any other goes. A
  /// directory without keys gets its first. Fails like `open`, and
  /// with `conflict` when the name of a key sorts behind that of the new one, which would then never sign.
  static result<signing_keys> rotate(const std::filesystem::path& directory, timestamp now);

  /// Keys that a rotation leaves: the new one, and the one before.
  static constexpr std::size_t kept_by_rotation = 2;

  /// Builds a ring of keys that are already at hand. REQUIRES: at least one key, and no kid twice.
  explicit signing_keys(std::vector<signing_key> keys);

  /// The key that signs new tokens.
  [[nodiscard]] const signing_key& newest() const noexcept { return keys_.rbegin()->second; }
  /// The key of that name, or null. Valid as long as the ring.
  [[nodiscard]] const signing_key* find(std::string_view kid) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return keys_.size(); }
  /// The names of all keys, the newest first.
  [[nodiscard]] std::vector<std::string> kids() const;

  /// The public keys as a JWK set (RFC 7517 5, RFC 8037 2), the newest first: the body of `/.well-known/jwks.json`.
  [[nodiscard]] std::string jwks_json() const;

private:
  std::map<std::string, signing_key, std::less<>> keys_;
};

using signing_keys_ptr = std::shared_ptr<const signing_keys>;

}  // namespace genesis::auth
