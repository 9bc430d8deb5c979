#pragma once

#include "http/route.hpp"

#include <span>
#include <vector>

namespace genesis::http {

/// The declarations of all routes, in the order in which the OpenAPI document lists them.
std::vector<route_spec> route_specs();

// By noun.
std::vector<route_spec> account_routes();
std::vector<route_spec> access_routes();
std::vector<route_spec> conversation_routes();
std::vector<route_spec> item_routes();
std::vector<route_spec> chat_routes();
std::vector<route_spec> export_routes();
std::vector<route_spec> cache_routes();
std::vector<route_spec> service_routes();

}  // namespace genesis::http
