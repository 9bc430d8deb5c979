#include "domain/ids.hpp"

#include <algorithm>

namespace genesis {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::array<std::size_t, 4> dash_positions{8, 13, 18, 23};

constexpr int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

/// Adds `step` to the 74 random bits behind the time. False when they overflow.
bool advance_random_part(uuid& id, std::uint32_t step) noexcept {
  std::uint32_t carry = step;
  for (std::size_t i = 15; i >= 9 && carry != 0; --i) {
    const std::uint32_t sum = id.bytes[i] + (carry & 0xFFu);
    id.bytes[i] = static_cast<std::uint8_t>(sum);
    carry = (carry >> 8u) + (sum >> 8u);
  }
  if (carry == 0)
    return true;
  const std::uint32_t low6 = (id.bytes[8] & 0x3Fu) + carry;
  id.bytes[8] = static_cast<std::uint8_t>(0x80u | (low6 & 0x3Fu));
  return low6 <= 0x3Fu;
}

std::int64_t milliseconds_of(const uuid& id) noexcept {
  std::int64_t ms = 0;
  for (std::size_t i = 0; i < 6; ++i)
    ms = (ms << 8) | id.bytes[i];
  return ms;
}

}  // namespace

std::string to_string(const uuid& id) {
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      text.push_back('-');
    text.push_back(hex_digits[id.bytes[i] >> 4u]);
    text.push_back(hex_digits[id.bytes[i] & 0x0Fu]);
  }
  return text;
}

std::optional<uuid> parse_uuid(std::string_view text) noexcept {
  if (text.size() != 36)
    return std::nullopt;
  uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::ranges::find(dash_positions, i) != dash_positions.end()) {
      if (text[i] != '-')
        return std::nullopt;
      continue;
    }
    const int value = hex_value(text[i]);
    if (value < 0)
      return std::nullopt;
    auto& byte = id.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>((byte << 4u) | static_cast<std::uint8_t>(value));
    ++nibble;
  }
  return id;
}

std::uint64_t stable_hash(const uuid& id) noexcept {
  // FNV-1a over the bytes, then the finaliser of MurmurHash3: version 7 ids share their leading bytes.
  std::uint64_t h = 14695981039346656037ull;
  for (const auto byte : id.bytes) {
    h ^= byte;
    h *= 1099511628211ull;
  }
  h ^= h >> 33u;
  h *= 0xff51afd7ed558ccdull;
  h ^= h >> 33u;
  return h;
}

uuid uuid_source::next(timestamp now) {
  const std::int64_t ms = now.time_since_epoch().count();
  if (ms <= milliseconds_of(last_)) {
    std::array<std::uint8_t, 2> step{};
    random_(step.data(), step.size());
    if (advance_random_part(last_, 1u + step[0] + (std::uint32_t{step[1]} << 8u)))
      return last_;
  }
  const std::int64_t at = std::max(ms, milliseconds_of(last_) + 1);
  uuid id;
  random_(id.bytes.data() + 6, 10);
  for (std::size_t i = 0; i < 6; ++i)
    id.bytes[i] = static_cast<std::uint8_t>(at >> (8 * (5 - i)));
  id.bytes[6] = static_cast<std::uint8_t>(0x70u | (id.bytes[6] & 0x0Fu));
  id.bytes[8] = static_cast<std::uint8_t>(0x80u | (id.bytes[8] & 0x3Fu));
  last_ = id;
  return id;
}

}  // namespace genesis
