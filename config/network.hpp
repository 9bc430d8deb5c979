#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace genesis::config {

/// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`, what a dual-stack socket reports for an
/// IPv4 client) is the IPv4 address.
class ip_address {
public:
  /// Reads the usual spellings; a zone behind an IPv6 address (`fe80::1%eth0`) is dropped. Nothing for anything else:
  /// no names, no brackets, no ports, no octal or short IPv4 forms.
  static std::optional<ip_address> parse(std::string_view text) noexcept;

  /// Of 4 or 16 bytes in network order, likewise.
  static ip_address from_bytes(std::string_view bytes) noexcept;

  /// 32 or 128.
  [[nodiscard]] unsigned bits() const noexcept { return is_v4_ ? 32 : 128; }

  /// In network byte order: 4 or 16.
  [[nodiscard]] std::span<const std::uint8_t> bytes() const noexcept { return {bytes_.data(), bits() / 8}; }

  /// True for 127.0.0.0/8 and ::1.
  [[nodiscard]] bool is_loopback() const noexcept;

  /// The first address of the block of that many leading bits, which are at most `bits()`.
  [[nodiscard]] ip_address block(unsigned prefix) const noexcept;

  /// Whom limits count as one: an IPv4 address itself, of IPv6 the /64, which is what one household gets and all of
  /// whose addresses are theirs to use.
  [[nodiscard]] ip_address household() const noexcept { return is_v4_ ? *this : block(64); }

  /// As it is usually written; an IPv4-mapped address as the IPv4 address it is.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const ip_address&, const ip_address&) = default;

private:
  friend class network;
  friend struct ip_address_hash;

  void unmap() noexcept;

  std::array<std::uint8_t, 16> bytes_{};  // network byte order; an IPv4 address fills the first four
  bool is_v4_ = false;
};

struct ip_address_hash {
  std::size_t operator()(const ip_address& address) const noexcept;
};

/// A block of addresses in CIDR notation, for instance `10.0.0.0/8` or `2001:db8::/32`. IPv4 and IPv6 are apart: `::/0`
/// holds no IPv4 address.
class network {
public:
  /// Reads `address/prefix`, or an address alone for a block of one. Fails with a clause that completes "the network
  /// ...", also when bits behind the prefix are set, for then nobody knows which block was meant.
  static std::expected<network, std::string> parse(std::string_view text);

  [[nodiscard]] bool contains(const ip_address& address) const noexcept;
  /// Likewise; false for a text that is no address.
  [[nodiscard]] bool contains(std::string_view address) const noexcept;

  friend bool operator==(const network&, const network&) = default;

private:
  ip_address first_;
  unsigned prefix_ = 0;
};

/// True when one of the networks holds the address. False for a text that is no address.
bool any_contains(std::span<const network> networks, std::string_view address) noexcept;

}  // namespace genesis::config
