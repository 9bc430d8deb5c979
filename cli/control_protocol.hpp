#pragma once

#include "domain/error.hpp"
#include "http/json_writer.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

/// How commands talk to the server of their data directory: over a unix socket that only the directory's owner can
/// reach, one JSON object a line. `{"command":...,...}` is answered by `{"ok":true,...}` or
/// `{"ok":false,"code":...,"message":...}`; the next request of a connection follows the answer.
namespace genesis::cli {

inline constexpr std::size_t control_request_bytes_max = std::size_t{64} * 1'024;
/// A hundred people who were made for a load test, with their tokens, are below 100 KiB.
inline constexpr std::size_t control_answer_bytes_max = std::size_t{4} * 1'024 * 1'024;
/// From a request to its answer. An import of a demo person is some ten writes, each of at most four seconds.
inline constexpr std::chrono::milliseconds control_deadline = std::chrono::seconds{40};

/// How long a command waits for the server's word. Accounts: a hash of a password and a write or two; beyond that the
/// server is in trouble, and the operator wants to know. Imports: a little longer than the server takes to give up, so
/// that its word comes first.
inline constexpr std::chrono::milliseconds account_patience = std::chrono::seconds{10};
inline constexpr std::chrono::milliseconds import_patience = control_deadline + std::chrono::seconds{5};

/// Where the server listens. Fails with `invalid_argument` when the path does not fit a socket address (107 bytes).
result<std::filesystem::path> control_socket_of(const std::filesystem::path& data_directory);

/// The answer to a request that did what it said. `fill` adds members to it.
template <class Fill>
std::string control_success(Fill&& fill) {
  return http::json_object([&](http::json_writer& json) {
    json.member("ok", true);
    fill(json);
  });
}

/// The answer to a request that failed.
std::string control_failure(const error& what);

/// What an answer says: its members, or why the request failed.
result<boost::json::object> read_control_answer(std::string_view line);

}  // namespace genesis::cli
