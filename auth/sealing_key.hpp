#pragma once

#include "domain/error.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::auth {

/// Seals what leaves the installation to be kept where others may read and write, and tells its own from everything
/// else: XChaCha20-Poly1305 (libsodium; draft-irtf-cfrg-xchacha-03) with a random nonce. Immutable; shared between
/// threads.
class sealing_key {
public:
  using key_type = std::array<std::uint8_t, 32>;

  explicit sealing_key(const key_type& key) noexcept : key_(key) {}
  sealing_key(const sealing_key&) = default;
  sealing_key& operator=(const sealing_key&) = default;
  /// Wipes the key.
  ~sealing_key();

  /// Reads the key in this file; makes one, mode 0600 and safe on disk, where there is none. Fails when the file is
  /// open to other users or holds something else; the detail names it.
  static result<sealing_key> open(const std::filesystem::path& file);

  /// The text, sealed together with what it is about: it opens with that alone. 41 bytes longer than the text.
  [[nodiscard]] std::string seal(std::string_view text, std::string_view about) const;
  /// What was sealed with this key about this; nothing for any other bytes.
  [[nodiscard]] std::optional<std::string> unseal(std::string_view sealed, std::string_view about) const;

private:
  key_type key_;
};

}  // namespace genesis::auth
