#pragma once

#include "auth/access_token.hpp"
#include "config/network.hpp"
#include "config/settings.hpp"
#include "http/access_log.hpp"
#include "http/content_coding.hpp"
#include "http/cross_origin.hpp"
#include "http/exchange.hpp"
#include "http/known_key.hpp"
#include "http/known_tokens.hpp"
#include "http/reader_table.hpp"
#include "http/response_head.hpp"
#include "http/routes/specs.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace genesis::http {

/// What is the same for every thread and never changes after the start.
struct site {
  std::vector<route_spec> routes;
  std::unique_ptr<router> paths;
  auth::token_parties parties;
  config::settings settings;
  std::vector<config::network> metrics_networks;
  cross_origin_policy cross_origin;
  std::vector<config::network> trusted_proxies;
  body_ptr openapi;
  body_ptr openapi_coded;   ///< As gzip.
  std::string openapi_tag;  ///< Its entity tag.
  std::function<timestamp()> now;
  std::function<std::string()> metrics_text;  ///< The whole of /metrics.
  std::chrono::steady_clock::time_point started_at;
};

/// Whether the server takes requests; set by whoever starts and stops it, read by every thread.
enum class readiness : std::uint8_t { starting, ready, draining, database };
struct server_state {
  std::atomic<readiness> ready{readiness::starting};
  std::atomic<bool> is_closing{false};  ///< Answers carry `Connection: close`.
  std::atomic<bool> is_stopped{
    false};  ///< The listeners are closed: a connection ends instead of waiting for a request.
};

/// Builds what `site` needs from the routes: the router and the OpenAPI document.
std::shared_ptr<const site> make_site(
  const config::settings& settings, std::function<timestamp()> now, std::function<std::string()> metrics_text);

/// Whether there is content shows only as it comes: the last chunk of the body may be its first. Who waits for "100
/// Continue" has some (RFC 9110 10.1.1).
bool may_turn_out_empty(const request_head& head) noexcept;

/// Everything that can be decided about a request from its head, on the I/O thread that read it: the route, the token,
/// the media types. One per I/O thread; its connections call it directly, and the front actor, which is pinned to the
/// thread, shares it with them.
class front_desk {
public:
  front_desk(std::shared_ptr<const site> where, auth::signing_keys_ptr keys, server_state& state);

  /// Fills in the request id and the trace: what the client gave if that is good, else our own.
  void identify(exchange& request);

  /// Fills in these, the route and the caller. Refuses in the order of the contract: 404, 405, 401.
  /// What comes behind these (403, 406, 415, 413, 400) is left in `exchange::fault`, and 412 in `exchange::unmet`:
  /// whether the session or key is alive is not known here. An answer that needs no more than the head (OPTIONS) is
  /// given here too.
  std::optional<response> check(exchange& request);

  /// What is wrong with the content, if there is any (415, 413, 400), and with the conditions of a POST; left likewise.
  /// Part of `check`, but where `may_turn_out_empty`.
  static void check_content(exchange& request, bool has_content);

  /// The owner vouches for the request's API key. What it may do is to be remembered, here and on other threads.
  known_key accept_key(exchange& request, const api_key_facts& facts);
  /// Has the key known from now on: the limit of guesses from an address is not for whoever has it, also when its time
  /// is over and its owner is asked anew.
  void remember(known_key key);
  /// Whether this is what the thread remembers of the key, and its time is not over.
  [[nodiscard]] bool remembers(const known_key& key) const;
  /// Its owner refuses it: whoever shows it from now on is a stranger.
  void forget(const api_key_id& key) { api_keys_.erase(key); }

  [[nodiscard]] const site& where() const noexcept { return *where_; }
  /// The keys of which the newest signs.
  [[nodiscard]] const auth::signing_keys& signing_keys() const noexcept { return *signing_; }
  /// The body of /.well-known/jwks.json.
  [[nodiscard]] const body_ptr& jwks() const noexcept { return jwks_; }
  /// Checks tokens with these keys from now on, and signs with them when told so. Tokens of other keys are refused.
  void use_keys(auth::signing_keys_ptr keys, bool may_sign);
  [[nodiscard]] server_state& state() const noexcept { return state_; }
  /// The text of the Date field now.
  std::string_view date();

  /// Bodies that were coded on this thread.
  [[nodiscard]] coded_bodies& coded() noexcept { return coded_; }

  /// Streams of this thread's connections.
  [[nodiscard]] reader_table<response_sink>& readers() noexcept { return readers_; }

  /// An id for a request that brought none.
  /// For the access log.
  void log_request(const exchange& request, int status, std::size_t bytes, std::chrono::nanoseconds duration) noexcept {
    access_lines_.add(request, where_->now(), status, bytes, duration);
  }
  /// Lines of the access log wait for company no longer than from one call to the next.
  void flush_log() noexcept { access_lines_.flush(); }

  std::string new_request_id();
  /// An id for this server's part of a trace (W3C Trace Context 3.2.2.4).
  std::string new_span_id();
  uuid new_id() { return ids_.next(where_->now()); }

private:
  [[nodiscard]] bool is_closed(const route_spec& route) const noexcept;
  std::optional<problem> authenticate(exchange& request);
  std::optional<problem> take_access_token(exchange& request, std::string_view token);
  std::optional<problem> take_api_key(exchange& request, std::string_view text);
  /// Why the caller, who is known, may not use the route.
  static std::optional<problem> refuse_caller(const exchange& request);
  static std::optional<problem> check_body(const request_head& head, const route_spec& route);
  static void check_conditions(exchange& request);
  static std::optional<problem> check_coding(const request_head& head);
  static std::optional<problem> check_media_type(const request_head& head);

  std::shared_ptr<const site> where_;
  auth::signing_keys_ptr keys_;
  auth::signing_keys_ptr signing_;
  body_ptr jwks_;
  server_state& state_;
  date_cache date_;
  coded_bodies coded_;
  known_tokens tokens_;
  /// API keys that their owners have vouched for. Whether they are alive still is the owner's to say, on each use.
  std::unordered_map<api_key_id, known_key> api_keys_;
  reader_table<response_sink> readers_;
  uuid_source ids_;
  access_lines access_lines_;
};

}  // namespace genesis::http
