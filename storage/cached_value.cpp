#include "storage/cached_value.hpp"

#include "storage/migrations.hpp"

namespace genesis::storage {

namespace {

constexpr unsigned bits_per_byte = 7;  // of a number; the eighth says that more follow
constexpr std::uint8_t more = 0x80;

/// Small numbers of either sign become small.
std::uint64_t folded(std::int64_t value) noexcept {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unfolded(std::uint64_t value) noexcept {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1));
}

[[noreturn]] void refuse() {
  throw unreadable_row("a cached value cannot be read");
}

}  // namespace

void value_writer::put(std::int64_t value) {
  auto left = folded(value);
  for (; left >= more; left >>= bits_per_byte)
    out_ += static_cast<char>((left & 0x7fU) | more);
  out_ += static_cast<char>(left);
}

void value_writer::put(double value) {
  auto bits = std::bit_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < sizeof bits; ++i, bits >>= 8U)
    out_ += static_cast<char>(bits & 0xffU);
}

void value_writer::put(std::string_view value) {
  put(std::ssize(value));
  out_ += value;
}

bool value_reader::take_flag() {
  std::int64_t flag = 0;
  take(flag);
  if (flag != 0 && flag != 1)
    refuse();
  return flag == 1;
}

void value_reader::take(std::int64_t& value) {
  std::uint64_t found = 0;
  for (unsigned shift = 0; shift < 64; shift += bits_per_byte) {
    if (rest_.empty())
      refuse();
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    found |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if ((byte & more) == 0) {
      value = unfolded(found);
      return;
    }
  }
  refuse();
}

void value_reader::take(double& value) {
  std::uint64_t bits = 0;
  if (rest_.size() < sizeof bits)
    refuse();
  for (std::size_t i = sizeof bits; i-- > 0;)
    bits = bits << 8U | static_cast<std::uint8_t>(rest_[i]);
  rest_.remove_prefix(sizeof bits);
  value = std::bit_cast<double>(bits);
}

void value_reader::take(std::string& value) {
  std::int64_t size = 0;
  take(size);
  if (size < 0 || static_cast<std::uint64_t>(size) > rest_.size())
    refuse();
  value = rest_.substr(0, static_cast<std::size_t>(size));
  rest_.remove_prefix(value.size());
}

std::int64_t cached<user_snapshot>::layout() noexcept {
  static constexpr std::int64_t columns = 3;
  static constexpr std::int64_t migrations_max = 10'000;
  return columns * migrations_max + std::ssize(embedded_migrations());
}

}  // namespace genesis::storage
