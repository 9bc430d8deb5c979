#pragma once

#include "actors/messages.hpp"
#include "domain/api_key.hpp"
#include "domain/user.hpp"
#include "http/problem.hpp"
#include "http/request_head.hpp"
#include "http/route.hpp"
#include "http/router.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::http {

inline constexpr std::string_view json_media_type = "application/json";

/// An answer that is known as a whole.
struct response {
  int status = 200;
  std::string_view content_type = json_media_type;  ///< A literal.
  body_ptr body;                                    ///< Empty when there is no content.
  body_ptr coded;                                   ///< The body as gzip, when somebody has made that already.
  std::string_view content_coding;                  ///< Of the body as it is sent; a literal, empty for none.
  std::string_view varies_by;                       ///< As of `stream_head`, where it is more than the coding.
  std::string etag;
  std::string location;
  cache_class cache = cache_class::no_store;
  std::vector<std::pair<std::string_view, std::string>> fields;  ///< Names are literals.
  bool close = false;                                            ///< The connection ends after it.
  /// It carries a secret, such as a token: never coded, since the length of a coded text tells what is in it (BREACH).
  bool is_secret = false;
};

/// What is particular to the head of one stream, and what keeps it alive.
struct stream_head {
  std::string_view content_type;         ///< A literal, as the next two.
  std::string_view content_coding = {};  ///< Empty for none.
  std::string_view varies_by = {};       ///< Names of fields of the request, with commas between.
  std::vector<std::pair<std::string_view, std::string>> fields = {};  ///< Names are literals.
  /// Of a run's events: only these have signs of life, and a last word when the server leaves.
  std::optional<stream_format> events = {};
};

/// A connection, as those who answer see it. Every call on the connection's own I/O thread.
class response_sink {
public:
  response_sink() = default;
  response_sink(const response_sink&) = delete;
  response_sink& operator=(const response_sink&) = delete;
  virtual ~response_sink() = default;

  /// Answers the request that is being handled. Once per request.
  virtual void respond(response answer) = 0;

  /// Sends the head of a stream; frames follow. `on_ready` is called with the bytes of frames that were written,
  /// `on_gone` once, when the connection has ended for whatever reason.
  virtual void begin_stream(
    const stream_head& head, std::function<void(std::size_t)> on_ready, std::function<void()> on_gone) = 0;
  virtual void write_frames(std::vector<body_ptr> frames, bool is_last) = 0;
  /// Breaks a stream off, without the end that a complete one has; `farewell` goes out first if it can.
  virtual void abort_stream(body_ptr farewell) = 0;
  /// Of the events that are streamed; nothing while it streams none.
  [[nodiscard]] virtual std::optional<stream_format> format() const noexcept = 0;
};

/// Who sent a request, and what they showed.
struct caller {
  user_id user;
  credential by;
  user_role role = user_role::user;
  timestamp authenticated_at;     ///< Of a session: when the password was last checked.
  std::vector<key_scope> scopes;  ///< Of an API key.

  /// On routes that take no API keys.
  [[nodiscard]] session_id session() const { return std::get<session_id>(by); }
};

/// What serving a request is in a trace that its client leads (W3C Trace Context).
struct trace_span {
  std::string trace_id;
  std::string span_id;  ///< Of this server's part; 16 lower-case hexadecimal digits.
  bool is_sampled = false;
};

/// One request and what is known of it; lives until it is answered. On one I/O thread.
struct exchange {
  request_head head;
  std::string body;
  path_segments segments;
  route_match match;
  const route_spec* route = nullptr;  ///< Empty until it is found.
  std::string request_id;
  std::optional<trace_span> trace;  ///< With a valid `traceparent`.
  std::string peer;                 ///< Address of the client, without port.
  caller who;                       ///< Of a route with security `bearer`.
  /// Of an API key that this thread does not remember: the person's owner is asked about it before anything else. What
  /// the key may do is not known until then.
  std::optional<secret_hash> unchecked_key;
  bool is_known_key = false;                            ///< It was remembered, and is asked about anew: no guess.
  std::chrono::steady_clock::time_point received_at;    ///< When the head was complete.
  std::chrono::steady_clock::time_point dispatched_at;  ///< When the body was, and an answer was asked for.
  /// What is wrong with what the request sends or asks for; the front says so, once the person's session is known to be
  /// alive.
  std::optional<problem> fault;
  /// That the condition which a POST comes under does not hold: said in the place of doing it, once nothing else is
  /// wrong with it (RFC 9110 13.2.1).
  std::optional<problem> unmet;
  std::weak_ptr<response_sink> sink;
  bool is_answered = false;

  /// Answers through the connection if it is still there. Only the first answer counts.
  void respond(response answer);
  void refuse(const problem& what);

  /// The ids under which it is found in logs: `request_id=...`, and those of its trace.
  [[nodiscard]] std::string log_ids() const;
};

using exchange_ptr = std::shared_ptr<exchange>;

/// The answer that a problem becomes, with the fields that go with its status.
response problem_response(const problem& what, std::string_view request_id);

}  // namespace genesis::http
