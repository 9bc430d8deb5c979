#include "auth/signing_keys.hpp"

#include "auth/base64url.hpp"
#include "auth/key_file.hpp"
#include "auth/random.hpp"
#include "domain/ids.hpp"

#include <openssl/crypto.h>

#include <ranges>
#include <system_error>
#include <utility>

namespace genesis::auth {

namespace {

using std::filesystem::path;

constexpr std::string_view extension = ".pem";

std::unexpected<error> about(const path& file, const error& fault) {
  return fail(fault.code, file.string() + ": " + fault.detail);
}

result<signing_key> read_key(const path& file) {
  auto pem = read_secret_file(file);
  if (!pem)
    return std::unexpected(std::move(pem).error());
  auto key = signing_key::from_pem(file.stem().string(), *pem);
  OPENSSL_cleanse(pem->data(), pem->size());
  if (!key)
    return about(file, key.error());
  return key;
}

result<signing_key> make_key(const path& directory, timestamp now) {
  auto key = signing_key::generate(to_string(uuid_source(fill_random).next(now)));
  if (!key)
    return key;
  auto pem = key->to_pem();
  if (!pem)
    return std::unexpected(std::move(pem).error());
  const auto written = write_secret_file(directory / (key->kid() + std::string(extension)), *pem);
  OPENSSL_cleanse(pem->data(), pem->size());
  if (!written)
    return std::unexpected(written.error());
  return key;
}

/// Every file of the directory that may be a key.
result<std::vector<path>> list_keys(const path& directory) {
  std::vector<path> files;
  std::error_code code;
  for (std::filesystem::directory_iterator entry(directory, code), end; !code && entry != end; entry.increment(code))
    if (entry->path().extension() == extension)
      files.push_back(entry->path());
  if (code)
    return fail(errc::unavailable, directory.string() + ": cannot be read: " + code.message());
  return files;
}

/// One member of a JWK set. Neither a kid nor base64url has anything to escape.
std::string to_jwk(const signing_key& key) {
  return R"({"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":")" + key.kid() + R"(","x":")" +
         to_base64url(key.public_key()) + "\"}";
}

}  // namespace

signing_keys::signing_keys(std::vector<signing_key> keys) {
  for (auto& key : keys) {
    auto kid = key.kid();
    keys_.emplace(std::move(kid), std::move(key));
  }
}

result<std::optional<signing_keys>> signing_keys::read(const path& directory) {
  std::error_code ignored;
  if (!std::filesystem::exists(directory, ignored))
    return std::nullopt;
  const auto files = list_keys(directory);
  if (!files)
    return std::unexpected(files.error());
  std::vector<signing_key> keys;
  for (const auto& file : *files) {
    auto key = read_key(file);
    if (!key)
      return std::unexpected(std::move(key).error());
    keys.push_back(*std::move(key));
  }
  if (keys.empty())
    return std::nullopt;
  return signing_keys(std::move(keys));
}

result<signing_keys> signing_keys::open(const path& directory, timestamp now) {
  if (auto made = make_secret_directory(directory); !made)
    return std::unexpected(std::move(made).error());
  auto there = read(directory);
  if (!there)
    return std::unexpected(std::move(there).error());
  if (*there)
    return **std::move(there);
  auto first = make_key(directory, now);
  if (!first)
    return std::unexpected(std::move(first).error());
  std::vector<signing_key> keys;
  keys.push_back(*std::move(first));
  return signing_keys(std::move(keys));
}

result<signing_keys> signing_keys::rotate(const path& directory, timestamp now) {
  const auto files = list_keys(directory);
  const bool has_keys = files && !files->empty();
  auto before = open(directory, now);
  if (!before || !has_keys)
    return before;  // the first key is a new one
  auto made = make_key(directory, now);
  if (!made)
    return std::unexpected(std::move(made).error());
  if (made->kid() <= before->newest().kid()) {
    std::error_code ignored;
    std::filesystem::remove(directory / (made->kid() + std::string(extension)), ignored);
    return fail(errc::conflict,
      "the key " + before->newest().kid() +
        " sorts behind the new one, which would never sign: is this machine's clock behind? Else rename its file in " +
        directory.string());
  }
  const auto kids = before->kids();
  for (std::size_t i = kept_by_rotation - 1; i < kids.size(); ++i) {
    const auto file = directory / (kids[i] + std::string(extension));
    std::error_code code;
    std::filesystem::remove(file, code);
    if (code)
      return fail(errc::unavailable, file.string() + ": cannot be removed: " + code.message());
  }
  return open(directory, now);
}

std::vector<std::string> signing_keys::kids() const {
  std::vector<std::string> names;
  for (const auto& [kid, key] : keys_ | std::views::reverse)
    names.push_back(kid);
  return names;
}

const signing_key* signing_keys::find(std::string_view kid) const noexcept {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

std::string signing_keys::jwks_json() const {
  std::string out;
  for (const auto& [kid, key] : keys_ | std::views::reverse)
    out += (out.empty() ? "{\"keys\":[" : ",") + to_jwk(key);
  return out += "]}";
}

}  // namespace genesis::auth
