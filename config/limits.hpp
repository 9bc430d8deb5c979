#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Limits that nobody may set. Each is checked before the work it bounds is done, and the relations between them are
/// asserted here, so that a change of one that breaks another does not compile.
namespace genesis::config {

/// Bytes of a kibibyte.
inline constexpr std::size_t kib = 1'024;

/// Replicas of the database that are read from.
inline constexpr std::size_t replicas_max = 16;

// What one request may weigh

/// Of the request line's target; above it 414. RFC 9112 3 asks for at least 8,000 octets in the request line.
inline constexpr std::size_t request_target_bytes_max = 16 * kib;

/// Of the request line and all fields together; above it 431 and the connection closes. A browser with an overgrown
/// cookie jar sends about 16 KiB.
inline constexpr std::size_t request_head_bytes_max = 32 * kib;
static_assert(request_target_bytes_max >= 8'000, "RFC 9112 3: a request line of 8,000 octets must be accepted");
static_assert(request_head_bytes_max >= 2 * request_target_bytes_max,
  "a target of full length must leave room for as much of fields, else 431 hides 414");

/// Of one field line, its name and value; above it 431. That cookie jar is one field, and nothing that clients send is
/// longer; each is looked at as a whole.
inline constexpr std::size_t request_field_bytes_max = 16 * kib;
static_assert(request_field_bytes_max < request_head_bytes_max, "else the head is refused before it is reached");

/// Fields of one head; above it 431. Real clients send 10 to 40, and each costs an allocation.
inline constexpr std::size_t request_fields_max = 100;

/// Of the body after its transfer coding is undone; above it 413, from Content-Length before a byte of it is read.
/// The largest body the API asks for, a message of 32,768 characters escaped as `\uXXXX` twice over, is below 400 KiB.
inline constexpr std::size_t request_body_bytes_max = 1'024 * kib;

/// Of all chunk extensions of one body together; above it 400. Nobody uses them but attackers, who make a server read
/// for ever without a byte of body.
inline constexpr std::size_t chunk_extension_bytes_max = kib;

/// Of the trailer section of a chunked body; above it 431. Trailers are read and dropped.
inline constexpr std::size_t trailer_bytes_max = 16 * kib;
static_assert(trailer_bytes_max <= request_head_bytes_max, "trailers get no more room than the head");

/// Nesting of a JSON body; above it 400. The API's own bodies nest four deep, `metadata` is the client's to fill.
inline constexpr std::size_t json_depth_max = 32;

/// Bodies above it are parsed off the I/O threads: Boost.JSON needs 2 to 3 us a KiB, so this one takes a fifth of the
/// millisecond that an I/O thread may spend at a stretch.
inline constexpr std::size_t inline_parse_bytes_max = 64 * kib;
static_assert(inline_parse_bytes_max < request_body_bytes_max, "else nothing is ever parsed off the I/O threads");

/// Of an answer's stream, on their way to a reader: below it more is sent. Some twenty words, so that a reader who
/// keeps up need not confirm each.
inline constexpr std::size_t stream_window_bytes = 2'048;

/// Of `X-Request-ID`; a longer one is replaced.
inline constexpr std::size_t request_id_length_max = 128;

/// Of `Idempotency-Key`; a longer one is 400.
inline constexpr std::size_t idempotency_key_length_max = 255;

/// Of `Authorization: Bearer`; a longer one is refused before it is decoded. Tokens of this server with an issuer and
/// an audience of full length (config/settings_table.cpp) stay below 1,500 bytes.
inline constexpr std::size_t access_token_bytes_max = 2'048;
static_assert(access_token_bytes_max * 4 <= request_head_bytes_max, "a token must leave the head to others");

// Connections

/// Connections at once, whatever the descriptor limit: each holds a buffer, and ports of one address end there.
inline constexpr std::int64_t connections_ceiling = 65'536;

/// Descriptors kept back from connections: database, log, keys, epoll, timers, listeners and the control socket.
inline constexpr std::int64_t descriptors_reserved = 128;

// Deadlines. Each waits longer than what it waits for, so that the innermost reports what happened and the outer ones
// pass it on. Were an inner one the longer, the answer would reach nobody and its outcome would be unknown. The
// innermost, `storage.statement_timeout`, and the outermost, `http.request_timeout`, may be set; loading settings
// checks that they keep to this chain.

/// Longest a request waits for a free database connection. `storage.pool_timeout` bounds work that nobody waits for at
/// a socket.
inline constexpr std::chrono::milliseconds pool_wait_max = std::chrono::seconds{2};

/// From a user actor asking storage to the answer or a time-out.
inline constexpr std::chrono::milliseconds storage_request_deadline = std::chrono::seconds{4};
static_assert(pool_wait_max * 2 <= storage_request_deadline, "waiting for a connection must leave time to use it");

/// From a front actor asking the owner of a request to the answer or a time-out; retries to a new owner included.
inline constexpr std::chrono::milliseconds front_request_deadline = std::chrono::seconds{8};
/// Of `http.purge_timeout`.
inline constexpr std::chrono::milliseconds purge_timeout_max{1'700};
static_assert(storage_request_deadline * 2 <= front_request_deadline,
  "a person who must first be loaded asks storage twice: for the load and for the write");

// Start

/// Of a settings file. All settings with their comments are below 16 KiB.
inline constexpr std::size_t settings_file_bytes_max = 1'024 * kib;

}  // namespace genesis::config
