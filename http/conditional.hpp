#pragma once

#include "http/exchange.hpp"

namespace genesis::http {

/// A strong tag made of a body: what lists and public pages have.
std::string tag_of_body(std::string_view body);

/// Gives the answers of lists their ETag (a hash of the body) and turns an answer that the client has already into 304
/// (RFC 9110 13.1.2): GET and HEAD only, status 200 only. The client may have it in either coding that the request
/// accepts; the 304 carries the tag of the one it has. Comes before `apply_coding`.
void apply_conditions(const exchange& request, response& answer);

}  // namespace genesis::http
