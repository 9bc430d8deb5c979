#include "http/routes/specs.hpp"

#include <iterator>

namespace genesis::http {

std::vector<route_spec> route_specs() {
  std::vector<route_spec> all;
  for (auto* group : {account_routes, access_routes, conversation_routes, item_routes, chat_routes, export_routes,
         cache_routes, service_routes}) {
    auto routes = group();
    all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
  }
  return all;
}

}  // namespace genesis::http
