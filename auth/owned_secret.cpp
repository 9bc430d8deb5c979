#include "auth/owned_secret.hpp"

#include "auth/base64url.hpp"
#include "auth/digest.hpp"
#include "auth/random.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace genesis::auth {

namespace {

constexpr std::size_t id_size = sizeof(uuid::bytes);
constexpr std::size_t random_size = 32;
constexpr std::size_t second_offset = id_size;
constexpr std::size_t random_offset = 2 * id_size;

using secret_bytes = std::array<std::uint8_t, random_offset + random_size>;

uuid uuid_at(const secret_bytes& bytes, std::size_t offset) {
  uuid id;
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), id_size, id.bytes.begin());
  return id;
}

}  // namespace

new_secret make_owned_secret(std::string_view prefix, const uuid& first, const uuid& second) {
  secret_bytes bytes;
  std::ranges::copy(first.bytes, bytes.begin());
  std::ranges::copy(second.bytes, bytes.begin() + second_offset);
  fill_random(bytes.data() + random_offset, random_size);
  auto text = std::string(prefix) + to_base64url(bytes);
  const auto hash = sha256(text);
  return {std::move(text), hash};
}

std::optional<owned_secret> parse_owned_secret(std::string_view prefix, std::string_view text) {
  secret_bytes bytes;
  if (!text.starts_with(prefix) || !from_base64url(text.substr(prefix.size()), bytes))
    return std::nullopt;
  return owned_secret{uuid_at(bytes, 0), uuid_at(bytes, second_offset), sha256(text)};
}

}  // namespace genesis::auth
