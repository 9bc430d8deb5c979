#include "http/cursor.hpp"

#include "auth/base64url.hpp"

#include <algorithm>
#include <array>

namespace genesis::http {

namespace {

// One byte for the list, eight for the key, sixteen for the id, two for the checksum: 27 bytes are exactly 36
// characters.
constexpr std::size_t key_at = 1;
constexpr std::size_t id_at = 9;
constexpr std::size_t sum_at = 25;
using cursor_bytes = std::array<std::uint8_t, 27>;

/// Two bytes of FNV-1a over all bytes before the checksum.
std::uint32_t checksum(const cursor_bytes& bytes) noexcept {
  std::uint32_t hash = 2'166'136'261u;
  for (std::size_t i = 0; i < sum_at; ++i)
    hash = (hash ^ bytes[i]) * 16'777'619u;
  return (hash ^ (hash >> 16u)) & 0xFFFFu;
}

}  // namespace

std::string to_cursor(list_kind list, const list_position& position) {
  cursor_bytes bytes{};
  bytes[0] = static_cast<std::uint8_t>(list);
  const auto key = static_cast<std::uint64_t>(position.key);
  for (std::size_t i = 0; i < 8; ++i)
    bytes[key_at + i] = static_cast<std::uint8_t>(key >> (8 * (7 - i)));
  std::ranges::copy(position.id.bytes, bytes.begin() + id_at);
  const auto sum = checksum(bytes);
  bytes[sum_at] = static_cast<std::uint8_t>(sum >> 8u);
  bytes[sum_at + 1] = static_cast<std::uint8_t>(sum);
  return auth::to_base64url(bytes);
}

std::optional<list_position> parse_cursor(list_kind list, std::string_view text) noexcept {
  cursor_bytes bytes{};
  if (!auth::from_base64url(text, bytes) || bytes[0] != static_cast<std::uint8_t>(list))
    return std::nullopt;
  if (checksum(bytes) != (std::uint32_t{bytes[sum_at]} << 8u | bytes[sum_at + 1]))
    return std::nullopt;
  list_position position;
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < 8; ++i)
    key = key << 8u | bytes[key_at + i];
  position.key = static_cast<std::int64_t>(key);
  std::copy_n(bytes.begin() + id_at, position.id.bytes.size(), position.id.bytes.begin());
  return position;
}

}  // namespace genesis::http
