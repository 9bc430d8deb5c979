#pragma once

#include "http/exchange.hpp"

#include <optional>

namespace genesis::http {

/// 400 for an `If-Match` or `If-None-Match` that is neither `*` nor a list of entity tags.
problem malformed_tags(std::string_view field);

/// A strong tag made of a body: what lists and public pages have. A list is `whose`: empty lists of two people have
/// different tags. Public pages are nobody's.
std::string tag_of_body(std::string_view body, const user_id& whose);

/// Gives the answers of lists their ETag (a hash of the body). An answer to GET or HEAD that `If-Match` does not allow
/// becomes 412, and one that the client has already becomes 304 (RFC 9110 13.2.2); status 200 only. The client may have
/// it in either coding that the request accepts; the 304 carries the tag of the one it has. An answer without a tag is
/// named by `*` alone. A field that is no list of tags makes it 400. Comes before `apply_coding`.
void apply_conditions(const exchange& request, response& answer);

/// What is answered in the place of a stream, which has no tag, where the conditions of a GET do not let it begin.
std::optional<response> instead_of_stream(const exchange& request, const stream_head& head);

}  // namespace genesis::http
