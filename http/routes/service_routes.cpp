#include "http/routes/specs.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

constexpr std::string_view tag = "Service";

std::vector<route_spec> health_routes() {
  return {
    {.verb = method::get,
      .path = "/health/live",
      .operation_id = "show_live",
      .summary = "Whether the process lives",
      .tag = tag,
      .security = security::none,
      .responses = {answers(health_status_schema, "It does.")}},
    {.verb = method::get,
      .path = "/health/ready",
      .operation_id = "show_ready",
      .summary = "Whether requests are welcome",
      .tag = tag,
      .security = security::none,
      .responses = {answers(health_status_schema, "They are."),
        answers(health_status_schema, "They are not: starting, draining, or the database is away.", 503)}},
    {.verb = method::get,
      .path = "/api/v1/health",
      .operation_id = "show_health",
      .summary = "Health, version and uptime",
      .tag = tag,
      .security = security::none,
      .responses = {answers(health_schema, "The server's health.")}},
    {.verb = method::get,
      .path = "/metrics",
      .operation_id = "show_metrics",
      .summary = "Metrics for Prometheus",
      .description = "Only for addresses of the allowed networks.",
      .tag = tag,
      .security = security::network,
      .responses = {{.status = 200,
        .description = "All families in the text format.",
        .media_type = "text/plain",
        .example = "# HELP genesis_active_users People with a request in the last 5 minutes.\n"
                   "# TYPE genesis_active_users gauge\ngenesis_active_users 3\n"}}},
  };
}

std::vector<route_spec> page_routes() {
  return {
    {.verb = method::get,
      .path = "/openapi.json",
      .operation_id = "show_openapi",
      .summary = "This document",
      .tag = tag,
      .security = security::none,
      .cache = cache_class::public_page,
      .surrogate_key = "openapi",
      .responses = {{.status = 200,
        .description = "OpenAPI 3.1.",
        .media_type = "application/json",
        .example = R"({"openapi":"3.1.0"})"}}},
    {.verb = method::get,
      .path = "/.well-known/jwks.json",
      .operation_id = "show_keys",
      .summary = "Public keys of the access tokens",
      .tag = tag,
      .security = security::none,
      .cache = cache_class::public_keys,
      .surrogate_key = keys_surrogate_key,
      .responses = {answers(key_set_schema, "The keys, the newest first.")}},
    {.verb = method::get,
      .path = "/problems/{name}",
      .operation_id = "show_problem",
      .summary = "Help for one kind of problem",
      .tag = tag,
      .security = security::none,
      .cache = cache_class::public_page,
      .surrogate_key = "problems",
      .responses = {answers(problem_page_schema, "What happened, and what to do.")},
      .example_id = R"("not-found")"},
    {.verb = method::get,
      .path = "/",
      .operation_id = "show_root",
      .summary = "A page that says what this is",
      .tag = tag,
      .security = security::none,
      .cache = cache_class::public_page,
      .surrogate_key = "root",
      .responses = {{.status = 200,
        .description = "A few words and where to go on.",
        .media_type = "text/html",
        .example = "<!doctype html><title>GENESIS</title><p>The API is described at /openapi.json."}}},
  };
}

}  // namespace

std::vector<route_spec> service_routes() {
  auto all = health_routes();
  for (auto& each : page_routes())
    all.push_back(std::move(each));
  return all;
}

}  // namespace genesis::http
