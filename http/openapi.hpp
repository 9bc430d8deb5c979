#pragma once

#include "http/route.hpp"

#include <span>
#include <string>
#include <string_view>

namespace genesis::http {

/// The OpenAPI 3.1 document of the routes: a function of nothing but its arguments, so that equal servers have equal
/// documents and equal ETags. Made once, at the start.
std::string openapi_document(std::span<const route_spec> routes, std::string_view version);

/// An example of a request's body: the one of its schema. Empty when the route takes none.
std::string request_example(const route_spec& route);

/// The query of an example request, with its `?`: what the route cannot do without. Empty when that is nothing.
std::string query_example(const route_spec& route);

/// An example of an answer's content; empty when it has none.
std::string response_example(const response_spec& response);

/// A path as OpenAPI writes it: `{id:uuid}` becomes `{id}`.
std::string openapi_path(std::string_view path);

}  // namespace genesis::http
