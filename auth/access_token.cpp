#include "auth/access_token.hpp"

#include "auth/base64url.hpp"
#include "config/limits.hpp"
#include "domain/text_enum.hpp"

#include <boost/json.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <utility>

namespace genesis::auth {

namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::string_view algorithm = "EdDSA";
constexpr std::string_view token_type = "at+jwt";

/// How far the clock of the node that issued a token may be ahead of ours.
constexpr seconds clock_leeway{60};

/// Later than any moment a token can mean: the beginning of the year 10000. Keeps sums of seconds far from overflow.
constexpr std::int64_t moment_max = 253'402'300'800;

std::int64_t to_seconds(timestamp at) {
  return std::chrono::floor<seconds>(at).time_since_epoch().count();
}

json::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

std::string encode(const json::object& object) {
  return to_base64url(json::serialize(object));
}

/// A member of a token's header or claims.
class token_object {
public:
  explicit token_object(const json::object& object) : object_(object) {}

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const {
    const auto* value = object_.if_contains(view(name));
    if (value == nullptr || !value->is_string())
      return std::nullopt;
    return std::string_view(value->get_string().data(), value->get_string().size());
  }

  [[nodiscard]] bool has(std::string_view name) const { return object_.if_contains(view(name)) != nullptr; }
  [[nodiscard]] bool is(std::string_view name, std::string_view expected) const { return text(name) == expected; }

  /// RFC 7519 2, NumericDate; ours are whole.
  [[nodiscard]] std::optional<timestamp> moment(std::string_view name) const {
    const auto* value = object_.if_contains(view(name));
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0 || value->get_int64() > moment_max)
      return std::nullopt;
    return timestamp(seconds{value->get_int64()});
  }

  [[nodiscard]] std::optional<uuid> id(std::string_view name) const {
    const auto spelling = text(name);
    return spelling ? parse_uuid(*spelling) : std::nullopt;
  }

private:
  const json::object& object_;
};

/// Reads JSON that must be an object, in memory of its own on the stack.
class json_text {
public:
  /// Null when the text is no object.
  const json::object* parse(std::string_view text) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::error_code code;
    value_ = json::parse(view(text), code, json::storage_ptr(&memory_), options);
    return code ? nullptr : value_.if_object();
  }

private:
  /// Ours are flat; a header or claim of others nests a little.
  static constexpr std::size_t depth_max = 4;

  std::array<unsigned char, 4'096> buffer_;
  json::monotonic_resource memory_{buffer_.data(), buffer_.size()};
  json::value value_ = json::value(json::storage_ptr(&memory_));
};

/// The three parts of a compact JWS (RFC 7515 7.1), still encoded.
struct token_parts {
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
  std::string_view signed_text;  ///< Header, dot and claims.
};

std::optional<token_parts> split(std::string_view token) {
  const auto first = token.find('.');
  if (first == std::string_view::npos)
    return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  return token_parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
    token.substr(0, second)};
}

/// The key a header names, when the header is one of ours.
std::expected<const signing_key*, token_fault> key_of(std::string_view encoded_header, const signing_keys& keys) {
  const auto text = from_base64url(encoded_header);
  json_text parser;
  const auto* object = text ? parser.parse(*text) : nullptr;
  // Three members and no more: whatever else a header can say is either an extension nobody here understands (`crit`)
  // or a way to bring a key along.
  if (object == nullptr || object->size() != 3)
    return std::unexpected(token_fault::malformed);
  const token_object header(*object);
  const auto kid = header.text("kid");
  if (!header.is("alg", algorithm) || !header.is("typ", token_type) || !kid)
    return std::unexpected(token_fault::malformed);
  const auto* key = keys.find(*kid);
  if (key == nullptr)
    return std::unexpected(token_fault::unknown_key);
  return key;
}

std::optional<access_claims> read_claims(const token_object& claims) {
  const auto user = claims.id("sub");
  const auto session = claims.id("sid");
  const auto id = claims.id("jti");
  const auto issued_at = claims.moment("iat");
  const auto expires_at = claims.moment("exp");
  const auto authenticated_at = claims.moment("auth_time");
  const auto role = claims.text("role");
  if (!user || !session || !id || !issued_at || !expires_at || !authenticated_at || !role)
    return std::nullopt;
  const auto known_role = parse_enum<user_role>(*role);
  if (!known_role)
    return std::nullopt;
  return access_claims{{*user}, {*session}, *issued_at, *expires_at, *authenticated_at, *known_role, *id};
}

/// RFC 7519 4.1.5: `nbf` may be absent, as in ours, and holds where it is there.
bool has_begun(const token_object& claims, timestamp now) {
  if (!claims.has("nbf"))
    return true;
  const auto begins_at = claims.moment("nbf");
  return begins_at && *begins_at <= now + clock_leeway;
}

std::expected<access_claims, token_fault> check_claims(
  std::string_view encoded, const token_parties& parties, timestamp now) {
  const auto text = from_base64url(encoded);
  json_text parser;
  const auto* object = text ? parser.parse(*text) : nullptr;
  if (object == nullptr)
    return std::unexpected(token_fault::malformed);
  const token_object members(*object);
  const auto claims = read_claims(members);
  if (!claims || !members.is("iss", parties.issuer) || !members.is("aud", parties.audience))
    return std::unexpected(token_fault::wrong_claims);
  const bool is_in_order = claims->authenticated_at <= claims->issued_at && claims->issued_at < claims->expires_at;
  if (!is_in_order || !has_begun(members, now))
    return std::unexpected(token_fault::wrong_claims);
  if (const auto fault = fault_at(*claims, now))
    return std::unexpected(*fault);
  return *claims;
}

}  // namespace

std::optional<token_fault> fault_at(const access_claims& claims, timestamp now) noexcept {
  if (claims.issued_at > now + clock_leeway)
    return token_fault::wrong_claims;
  if (now >= claims.expires_at)
    return token_fault::expired;
  return std::nullopt;
}

std::string_view to_string(token_fault fault) noexcept {
  switch (fault) {
  case token_fault::malformed: return "malformed";
  case token_fault::unknown_key: return "unknown_key";
  case token_fault::bad_signature: return "bad_signature";
  case token_fault::expired: return "expired";
  case token_fault::wrong_claims: return "wrong_claims";
  }
  return {};
}

result<std::string> issue(const access_claims& claims, const token_parties& parties, const signing_keys& keys) {
  const auto& key = keys.newest();
  const json::object header{{"alg", view(algorithm)}, {"typ", view(token_type)}, {"kid", key.kid()}};
  const json::object payload{{"iss", parties.issuer}, {"aud", parties.audience}, {"sub", to_string(claims.user)},
    {"sid", to_string(claims.session)}, {"iat", to_seconds(claims.issued_at)}, {"exp", to_seconds(claims.expires_at)},
    {"jti", to_string(claims.id)}, {"auth_time", to_seconds(claims.authenticated_at)},
    {"role", view(name_of(claims.role))}};
  auto token = encode(header) + '.' + encode(payload);
  const auto signature = key.sign(token);
  if (!signature)
    return std::unexpected(signature.error());
  return token += '.' + to_base64url(*signature);
}

std::expected<access_claims, token_fault> verify(
  std::string_view token, const token_parties& parties, const signing_keys& keys, timestamp now) {
  if (token.size() > config::access_token_bytes_max)
    return std::unexpected(token_fault::malformed);
  const auto parts = split(token);
  if (!parts)
    return std::unexpected(token_fault::malformed);
  const auto key = key_of(parts->header, keys);
  if (!key)
    return std::unexpected(key.error());
  ed25519_signature signature;
  if (!from_base64url(parts->signature, signature))
    return std::unexpected(token_fault::malformed);
  if (!(*key)->verify(parts->signed_text, signature))
    return std::unexpected(token_fault::bad_signature);
  return check_claims(parts->claims, parties, now);
}

}  // namespace genesis::auth
