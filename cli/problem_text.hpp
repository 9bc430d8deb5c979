#pragma once

#include "http/transport.hpp"

#include <string>

namespace genesis::cli {

/// A refusal of the server (problem+json, RFC 9457) as sentences for a person: what is wrong and, where one can tell,
/// what to do next. Printable.
std::string explain(const http::http_response& refused);

/// That the server at this URL cannot be reached, as sentences that say what to do. `why` is a failure of a
/// `transport`.
error unreachable(const std::string& server, const error& why);

/// The problem's code, for instance `EMAIL_TAKEN`; empty when the answer is no problem of ours.
std::string problem_code(const http::http_response& refused);

}  // namespace genesis::cli
