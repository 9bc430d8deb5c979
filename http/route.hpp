#pragma once

#include "config/limits.hpp"
#include "domain/api_key.hpp"
#include "domain/rate_limit.hpp"
#include "domain/user.hpp"
#include "http/cache_class.hpp"
#include "http/method.hpp"
#include "http/problem.hpp"
#include "http/schema.hpp"
#include "http/surrogate_key.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace genesis::http {

/// What a client has to show.
enum class security : std::uint8_t {
  none,
  bearer,   ///< An access token, or an API key where `route_spec::scopes` names one.
  network,  ///< A connection from one of the allowed networks.
};

/// One way in which a request succeeds.
struct response_spec {
  int status = 200;
  std::string_view description = {};
  const schema* body = nullptr;      ///< Empty when the content is no JSON object, or there is none.
  std::string_view media_type = {};  ///< Empty when there is no content.
  std::string_view example = {};     ///< Of content that is no JSON object; else it is put together from the schema.
  bool has_location = false;
};

/// A 200 with a JSON object, unless another status is named.
constexpr response_spec answers(const schema& body, std::string_view description, int status = 200) {
  return {.status = status, .description = description, .body = &body, .media_type = "application/json"};
}
/// A 201 with the object and where to find it.
constexpr response_spec created(const schema& body, std::string_view description) {
  auto made = answers(body, description, 201);
  made.has_location = true;
  return made;
}
constexpr response_spec no_content(std::string_view description) {
  return {.status = 204, .description = description};
}

/// Everything that is known of a route before it is asked: what routing, checks, limits, caching, metrics and the
/// OpenAPI document need. Plain data; the handler is attached in `route`.
struct route_spec {
  method verb = method::get;
  /// Segments in braces are parameters: `{id:uuid}` takes UUIDs only, `{name}` any segment. Metrics show it as it
  /// stands.
  std::string_view path = {};
  std::string_view operation_id = {};  ///< Unique.
  std::string_view summary = {};
  std::string_view description = {};  ///< Optional.
  std::string_view tag = {};
  http::security security = http::security::bearer;
  std::vector<user_role> roles = {};  ///< Who may call; empty for everybody who is logged in.
  /// What lets an API key in: any one of these. Empty for what only somebody who has logged in may do, whatever a key
  /// may: no key makes keys, changes the password, ends sessions or deletes the account.
  std::vector<key_scope> scopes = {};
  cache_class cache = cache_class::no_store;
  /// Under which a CDN keeps the answer: what it is told to forget by when the answer changes. Of public answers only.
  std::string_view surrogate_key = {};
  const schema* body = nullptr;  ///< Of the request; empty when it takes none.
  /// Of the request's body. Less where anybody may send one: it is read before it is known who asks.
  std::size_t body_bytes_max = config::request_body_bytes_max;
  std::span<const field> query = {};  ///< Known parameters of the query.
  std::vector<response_spec> responses = {};
  std::optional<rate_limit> rate = {};      ///< What it takes from, where that does not follow; see `rate_limit_of`.
  std::vector<problem_code> problems = {};  ///< Beyond those that follow from the other members; see `problems_of`.
  bool takes_idempotency_key = false;
  bool takes_if_match = false;
  bool takes_last_event_id = false;
  std::string_view example_id = {};  ///< JSON; what the examples put in the place of the path's parameter.

  [[nodiscard]] bool allows(user_role role) const noexcept {
    return roles.empty() || std::ranges::find(roles, role) != roles.end();
  }
};

/// A declaration with what answers it.
template <class Handler>
struct route {
  route_spec spec;
  Handler handler;
};

/// The limit that a request of this route takes from: its own; else reads or writes where a person asks. None for what
/// is the same for everybody.
std::optional<rate_limit> rate_limit_of(const route_spec& route) noexcept;

/// Whether the route changes an object of those that a key with the scope `read` may see, and answers with it.
bool shows_change(const route_spec& route) noexcept;

/// The keys by which a CDN can be told to forget one of the routes' answers, each once, `public_surrogate_key` first.
std::vector<std::string_view> surrogate_keys_of(std::span<const route_spec> routes);

/// Every problem with which a route may answer, in the order of the codes: its own, and those that come with a body, a
/// token, a query, a parameter in the path, a precondition or an idempotency key.
std::vector<problem_code> problems_of(const route_spec& route);

/// The part of a path's segment between its braces, taken apart; an empty name when the segment is literal.
struct path_parameter {
  std::string_view name;
  bool is_uuid = false;
};
path_parameter parameter_of(std::string_view segment) noexcept;

/// Splits a path template; `/` has no segments.
std::vector<std::string_view> segments_of(std::string_view path);

}  // namespace genesis::http
