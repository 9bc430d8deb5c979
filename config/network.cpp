#include "config/network.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstddef>
#include <functional>
#include <sys/socket.h>

namespace genesis::config {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// Longest text inet_pton is shown: an IPv6 address with an IPv4 tail has 45 characters.
constexpr std::size_t address_length_max = 45;

bool has_equal_bits(
  const std::array<std::uint8_t, 16>& left, const std::array<std::uint8_t, 16>& right, unsigned bits) noexcept {
  const auto whole = bits / 8;
  if (!std::equal(left.begin(), left.begin() + whole, right.begin()))
    return false;
  if (bits % 8 == 0)
    return true;
  const auto mask = static_cast<std::uint8_t>(0xff00U >> (bits % 8));
  return (left[whole] & mask) == (right[whole] & mask);
}

bool has_bits_from(const std::array<std::uint8_t, 16>& bytes, unsigned prefix) noexcept {
  for (unsigned bit = prefix; bit < 128; ++bit)
    if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0)
      return true;
  return false;
}

std::optional<unsigned> parse_prefix(std::string_view digits, unsigned max) noexcept {
  unsigned prefix = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (code != std::errc{} || end != digits.data() + digits.size() || prefix > max)
    return std::nullopt;
  return prefix;
}

}  // namespace

std::optional<ip_address> ip_address::parse(std::string_view text) noexcept {
  const bool is_v6 = text.find(':') != std::string_view::npos;
  if (is_v6)
    text = text.substr(0, text.find('%'));
  if (text.size() > address_length_max || text.find('\0') != std::string_view::npos)
    return std::nullopt;
  std::array<char, address_length_max + 1> terminated{};
  std::copy(text.begin(), text.end(), terminated.begin());

  ip_address address;
  address.is_v4_ = !is_v6;
  if (::inet_pton(is_v6 ? AF_INET6 : AF_INET, terminated.data(), address.bytes_.data()) != 1)
    return std::nullopt;
  address.unmap();
  return address;
}

ip_address ip_address::from_bytes(std::string_view bytes) noexcept {
  ip_address address;
  address.is_v4_ = bytes.size() == 4;
  std::copy_n(bytes.begin(), std::min(bytes.size(), address.bytes_.size()), address.bytes_.begin());
  address.unmap();
  return address;
}

void ip_address::unmap() noexcept {
  if (is_v4_ || !std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin()))
    return;
  is_v4_ = true;
  std::rotate(bytes_.begin(), bytes_.begin() + mapped_prefix.size(), bytes_.end());
  std::fill(bytes_.begin() + 4, bytes_.end(), std::uint8_t{0});
}

bool ip_address::is_loopback() const noexcept {
  if (is_v4_)
    return bytes_[0] == 127;
  return bytes_[15] == 1 && std::all_of(bytes_.begin(), bytes_.end() - 1, [](auto byte) { return byte == 0; });
}

ip_address ip_address::block(unsigned prefix) const noexcept {
  auto first = *this;
  for (std::size_t i = 0; i < first.bytes_.size(); ++i) {
    const auto kept = std::clamp(static_cast<int>(prefix) - static_cast<int>(i * 8), 0, 8);
    first.bytes_[i] &= static_cast<std::uint8_t>(0xff00U >> kept);
  }
  return first;
}

std::string ip_address::text() const {
  std::array<char, INET6_ADDRSTRLEN> written{};
  ::inet_ntop(is_v4_ ? AF_INET : AF_INET6, bytes_.data(), written.data(), written.size());
  return written.data();
}

std::size_t ip_address_hash::operator()(const ip_address& address) const noexcept {
  return std::hash<std::string_view>{}({reinterpret_cast<const char*>(address.bytes_.data()), address.bytes_.size()});
}

std::expected<network, std::string> network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto spelling = text.substr(0, slash);
  const auto address = ip_address::parse(spelling);
  if (!address || spelling.find('%') != std::string_view::npos)
    return std::unexpected("must be an address or a block of them, for instance 10.0.0.0/8 or 2001:db8::/32");
  network block;
  block.first_ = *address;
  block.prefix_ = address->bits();
  if (slash != std::string_view::npos) {
    // A block of IPv4-mapped addresses counts its prefix from the front of the IPv6 address.
    const bool is_mapped = address->bits() == 32 && spelling.find(':') != std::string_view::npos;
    const unsigned hidden = is_mapped ? 96 : 0;
    const auto prefix = parse_prefix(text.substr(slash + 1), address->bits() + hidden);
    if (!prefix || *prefix < hidden)
      return std::unexpected("must have a prefix length between " + std::to_string(hidden) + " and " +
                             std::to_string(address->bits() + hidden) + " behind the slash");
    block.prefix_ = *prefix - hidden;
  }
  if (has_bits_from(block.first_.bytes_, block.prefix_))
    return std::unexpected("must have no bits set behind the prefix length");
  return block;
}

bool network::contains(const ip_address& address) const noexcept {
  return address.is_v4_ == first_.is_v4_ && has_equal_bits(first_.bytes_, address.bytes_, prefix_);
}

bool network::contains(std::string_view address) const noexcept {
  const auto parsed = ip_address::parse(address);
  return parsed && contains(*parsed);
}

bool any_contains(std::span<const network> networks, std::string_view address) noexcept {
  const auto parsed = ip_address::parse(address);
  return parsed && std::ranges::any_of(networks, [&](const network& each) { return each.contains(*parsed); });
}

}  // namespace genesis::config
