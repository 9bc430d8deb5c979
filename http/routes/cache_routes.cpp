#include "http/routes/specs.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

constexpr std::string_view tag = "Operation";

}  // namespace

std::vector<route_spec> cache_routes() {
  return {
    {.verb = method::get,
      .path = "/api/v1/admin/cache",
      .operation_id = "show_caches",
      .summary = "What the caches have done",
      .description = "For admins: people in memory, and Redis where there is one. /metrics says more.",
      .tag = tag,
      .roles = {user_role::admin},
      .responses = {answers(cache_figures_schema, "Figures since the start.")}},
    {.verb = method::post,
      .path = "/api/v1/admin/cache/warm",
      .operation_id = "warm_caches",
      .summary = "Take people into memory",
      .description = "For admins. Those who were active last come first; nobody is begun with after five seconds. 409 "
                     "while that is being done already.",
      .tag = tag,
      .roles = {user_role::admin},
      .body = &cache_warming_schema,
      .responses = {answers(caches_warmed_schema, "Who is in memory now.")},
      .problems = {problem_code::conflict}},
    {.verb = method::post,
      .path = "/api/v1/admin/cache/invalidate",
      .operation_id = "invalidate_caches",
      .summary = "Forget what is cached",
      .description =
        "For admins. What is kept under keys that match is forgotten, in memory and in Redis, and read from "
        "the database when it is next asked for. The search in Redis takes three seconds at most.",
      .tag = tag,
      .roles = {user_role::admin},
      .body = &cache_invalidation_schema,
      .responses = {answers(caches_forgot_schema, "How much was forgotten.")}},
    {.verb = method::post,
      .path = "/api/v1/admin/cache/purge",
      .operation_id = "purge_edge",
      .summary = "Have the CDN forget public answers",
      .description =
        "For admins. The CDN at http.purge_url is told the keys, which Surrogate-Key of public answers names: "
        "public for all of them. 503 when it did not confirm; it is then told again for a while. 409 when "
        "there is none.",
      .tag = tag,
      .roles = {user_role::admin},
      .body = &edge_purge_schema,
      .responses = {answers(edge_purged_schema, "What the CDN has confirmed.")},
      .problems = {problem_code::conflict}},
  };
}

}  // namespace genesis::http
