#include "storage/table_digest.hpp"

#include <spdlog/fmt/fmt.h>

#include <bit>
#include <cstring>
#include <stdexcept>

namespace genesis::storage {

namespace {

void append(std::string& bytes, std::uint64_t number) {
  std::array<char, sizeof number> raw{};
  std::memcpy(raw.data(), &number, raw.size());
  bytes.append(raw.data(), raw.size());
}

/// So that no two rows have the same bytes: each value behind its kind, texts behind their length.
void append(std::string& bytes, const table_cell& cell) {
  using kind = table_cell::kind_type;
  bytes += static_cast<char>(cell.kind);
  switch (cell.kind) {
  case kind::null: return;
  case kind::integer: append(bytes, static_cast<std::uint64_t>(cell.integer)); return;
  case kind::real: append(bytes, std::bit_cast<std::uint64_t>(cell.real + 0.0)); return;  // -0.0 + 0.0 is 0.0
  case kind::text:
  case kind::other:
    append(bytes, static_cast<std::uint64_t>(cell.text.size()));
    bytes += cell.text;
    return;
  }
}

}  // namespace

table_digest::table_digest() : algorithm_(::EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(::EVP_MD_CTX_new()) {
  if (!algorithm_ || !context_)
    throw std::runtime_error("SHA-256 is not available");
}

void table_digest::add(const table_row& row) {
  bytes_.clear();
  for (const auto& each : row)
    append(bytes_, each);
  decltype(sums_) digest{};
  if (::EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) != 1 ||
      ::EVP_DigestUpdate(context_.get(), bytes_.data(), bytes_.size()) != 1 ||
      ::EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  for (std::size_t i = 0; i < sums_.size(); ++i)
    sums_[i] += digest[i];
  ++rows_;
}

std::string table_digest::text() const {
  return fmt::format("{:016x}{:016x}{:016x}{:016x}", sums_[0], sums_[1], sums_[2], sums_[3]);
}

}  // namespace genesis::storage
