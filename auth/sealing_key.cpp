#include "auth/sealing_key.hpp"

#include "auth/base64url.hpp"
#include "auth/key_file.hpp"
#include "auth/random.hpp"

#include <sodium.h>

#include <algorithm>

namespace genesis::auth {

namespace {

constexpr char form = 1;  // the first byte, before the nonce: what comes behind it is made as said above
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t head_size = 1 + nonce_size;
static_assert(head_size + tag_size == 41);
static_assert(std::tuple_size_v<sealing_key::key_type> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) noexcept {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

sealing_key::~sealing_key() {
  ::sodium_memzero(key_.data(), key_.size());
}

result<sealing_key> sealing_key::open(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    const auto made = random_bytes<std::tuple_size_v<key_type>>();
    if (auto written = write_secret_file(file, to_base64url(made) + '\n'); !written)
      return std::unexpected(written.error());
  }
  const auto text = read_secret_file(file);
  if (!text)
    return std::unexpected(text.error());
  auto line = std::string_view{*text};
  if (line.ends_with('\n'))
    line.remove_suffix(1);
  key_type key{};
  if (!from_base64url(line, key))
    return fail(errc::unavailable, file.string() + ": holds no key; remove it, and another is made");
  return sealing_key{key};
}

std::string sealing_key::seal(std::string_view text, std::string_view about) const {
  std::string sealed(head_size + text.size() + tag_size, '\0');
  auto* bytes = bytes_of(sealed);
  sealed[0] = form;
  fill_random(bytes + 1, nonce_size);
  ::crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + head_size, nullptr, bytes_of(text), text.size(), bytes_of(about),
    about.size(), nullptr, bytes + 1, key_.data());
  return sealed;
}

std::optional<std::string> sealing_key::unseal(std::string_view sealed, std::string_view about) const {
  if (sealed.size() < head_size + tag_size || sealed.front() != form)
    return std::nullopt;
  const auto* bytes = bytes_of(sealed);
  std::string text(sealed.size() - head_size - tag_size, '\0');
  if (::crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(text), nullptr, nullptr, bytes + head_size,
        sealed.size() - head_size, bytes_of(about), about.size(), bytes + 1, key_.data()) != 0)
    return std::nullopt;
  return text;
}

}  // namespace genesis::auth
