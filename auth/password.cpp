#include "auth/password.hpp"

#include "domain/utf8.hpp"

#include <sodium.h>
#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

namespace genesis::auth {

namespace {

/// The parameters OWASP's Password Storage Cheat Sheet gives as the minimum: 19 MiB, two passes, one lane.
constexpr std::size_t hash_memory_bytes = std::size_t{19} * 1'024 * 1'024;
constexpr unsigned long long hash_passes = 2;

/// Bytes that are looked at, at most. NFC shortens no text below a quarter of its code points, and a code point has up
/// to four bytes: whatever is longer has more than 256 code points in the end.
constexpr std::size_t password_bytes_max = password_length_max * 4 * 4;

/// The hash of 32 random bytes that nobody kept, made with the parameters above.
constexpr const char* nothing =
  "$argon2id$v=19$m=19456,t=2,p=1$FnXBD4oaJ3Ui0WGYKm2msQ$wNiiKMXSq4ydZ71C9Ughz0Aq2yKUaku9fUJQTjUjWIU";

using text_hash = std::array<char, crypto_pwhash_STRBYTES>;

result<std::string> to_nfc(std::string_view text) {
  utf8proc_uint8_t* out = nullptr;
  // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): the enumeration is one of flags.
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const auto size = utf8proc_map(
    reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &out, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(out, std::free);
  if (size == UTF8PROC_ERROR_NOMEM)
    return fail(errc::unavailable, "no memory to normalise a password");
  if (size < 0)
    return fail(errc::invalid_argument, "must be valid UTF-8");
  return std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
}

/// Only libsodium's terminated buffers hold a hash; a longer text is none.
bool fits(std::string_view stored) noexcept {
  return stored.size() < crypto_pwhash_STRBYTES && stored.find('\0') == std::string_view::npos;
}

std::unexpected<error> no_memory() {
  return fail(errc::unavailable, "no memory to hash a password");
}

/// A hash in its text form, taken apart.
struct parsed_hash {
  unsigned memory_kib = 0;
  unsigned passes = 0;
  unsigned lanes = 0;
  std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
  std::array<unsigned char, 32> hash{};
};

template <std::size_t Size>
bool decode(std::string_view base64, std::array<unsigned char, Size>& into) noexcept {
  std::size_t size = 0;
  return sodium_base642bin(into.data(), into.size(), base64.data(), base64.size(), nullptr, &size, nullptr,
           sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
         size == into.size();
}

/// Nothing for a hash that is written otherwise than ours are.
std::optional<parsed_hash> parse(std::string_view text) {
  constexpr std::string_view prefix = "$argon2id$v=19$";
  if (!text.starts_with(prefix))
    return std::nullopt;
  text.remove_prefix(prefix.size());
  const auto salt_at = text.find('$');
  const auto hash_at = text.rfind('$');
  if (salt_at == std::string_view::npos || salt_at == hash_at)
    return std::nullopt;
  parsed_hash parsed;
  const std::string parameters{text.substr(0, salt_at)};
  // NOLINTNEXTLINE(cert-err34-c): libsodium has read the numbers already, and found them to be in their ranges.
  if (std::sscanf(parameters.c_str(), "m=%u,t=%u,p=%u", &parsed.memory_kib, &parsed.passes, &parsed.lanes) != 3)
    return std::nullopt;
  if (!decode(text.substr(salt_at + 1, hash_at - salt_at - 1), parsed.salt) ||
      !decode(text.substr(hash_at + 1), parsed.hash))
    return std::nullopt;
  return parsed;
}

/// Whether the password has this hash. crypto_pwhash_str_verify says "no" also when it had no memory to tell (libsodium
/// 1.0.18), which crypto_pwhash does not. That knows one lane only, as all hashes have that were made here.
result<bool> compare(std::string_view password, const char* stored) {
  const auto parsed = parse(stored);
  if (!parsed || parsed->lanes != 1)
    return crypto_pwhash_str_verify(stored, password.data(), password.size()) == 0;
  decltype(parsed->hash) hash{};
  if (crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(), parsed->salt.data(), parsed->passes,
        std::size_t{parsed->memory_kib} * 1'024, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return no_memory();
  return sodium_memcmp(hash.data(), parsed->hash.data(), hash.size()) == 0;
}

}  // namespace

result<std::string> normalise_password(std::string_view text) {
  if (text.find('\0') != std::string_view::npos)
    return fail(errc::invalid_argument, "must not contain NUL");
  if (text.size() > password_bytes_max)
    return fail(errc::invalid_argument, "must have at most 256 characters");
  auto normal = to_nfc(text);
  if (!normal)
    return normal;
  const auto length = code_points(*normal);
  if (length < password_length_min)
    return fail(errc::invalid_argument, "must have at least 8 characters");
  if (length > password_length_max)
    return fail(errc::invalid_argument, "must have at most 256 characters");
  return normal;
}

result<std::string> hash_password(std::string_view password) {
  text_hash out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), hash_passes, hash_memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13) != 0)
    return no_memory();
  return std::string(out.data());
}

result<password_check> verify_password(std::string_view password, std::string_view stored) {
  if (!fits(stored))
    return fail(errc::internal, "a stored password hash is damaged");
  const std::string terminated(stored);
  const int age = crypto_pwhash_str_needs_rehash(terminated.c_str(), hash_passes, hash_memory_bytes);
  if (age < 0)
    return fail(errc::internal, "a stored password hash is damaged");
  const auto matches = compare(password, terminated.c_str());
  if (!matches)
    return std::unexpected(matches.error());
  return password_check{.matches = *matches, .needs_rehash = *matches && age > 0};
}

result<void> verify_against_nothing(std::string_view password) {
  // Nobody knows a password that matches; the answer, were there one, would be of no consequence.
  if (auto compared = compare(password, nothing); !compared)
    return std::unexpected(std::move(compared.error()));
  return {};
}

}  // namespace genesis::auth
