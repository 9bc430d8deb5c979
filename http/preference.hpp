#pragma once

#include "http/exchange.hpp"

namespace genesis::http {

/// Whether the request asks for a change without its result, and gets that: `Prefer: return=minimal` (RFC 7240 4.2)
/// where the route shows what was changed, see `shows_change`.
bool prefers_minimal(const exchange& request);

/// Leaves the object out of the answer to a change, for whoever prefers that, and for API keys that may not read what
/// they write: 204 in the place of 200, and 201 without content. `ETag` and `Location` stay, so that the client can go
/// on with `If-Match` or hand the address on. Other answers stay as they are; so does one that has been here.
void apply_preference(const exchange& request, response& answer);

}  // namespace genesis::http
