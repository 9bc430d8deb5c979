#include "http/route.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

using enum problem_code;

bool has_parameter(const route_spec& route) {
  return route.path.find('{') != std::string_view::npos;
}

/// A GET that answers with a page of help or health needs nobody else; whatever waits for actors can find them busy or
/// away.
bool waits_for_actors(const route_spec& route) noexcept {
  return route.security == security::bearer || route.body != nullptr;
}

}  // namespace

std::optional<rate_limit> rate_limit_of(const route_spec& route) noexcept {
  if (route.rate || route.security != security::bearer)
    return route.rate;
  return route.verb == method::get ? rate_limit::reads : rate_limit::writes;
}

bool shows_change(const route_spec& route) noexcept {
  return route.verb != method::get && std::ranges::find(route.scopes, key_scope::write) != route.scopes.end() &&
         std::ranges::any_of(route.responses, [](const response_spec& each) { return each.body != nullptr; });
}

std::vector<std::string_view> surrogate_keys_of(std::span<const route_spec> routes) {
  std::vector<std::string_view> keys{public_surrogate_key};
  for (const auto& route : routes)
    if (!route.surrogate_key.empty() && std::ranges::find(keys, route.surrogate_key) == keys.end())
      keys.push_back(route.surrogate_key);
  return keys;
}

std::vector<problem_code> problems_of(const route_spec& route) {
  auto all = route.problems;
  const auto add = [&](std::initializer_list<problem_code> codes) { all.insert(all.end(), codes); };
  add({malformed_request, internal});
  if (route.cache != cache_class::stream)  // every Accept gets the stream of a run
    add({not_acceptable});
  if (has_parameter(route))
    add({not_found});
  if (route.security == security::bearer)
    add({unauthorized, token_expired, forbidden});  // 403 for a key without the scope
  if (route.security == security::network)
    add({forbidden});
  if (route.body != nullptr)
    add({request_timeout, payload_too_large, unsupported_media_type, validation_error});
  if (waits_for_actors(route))
    add({overloaded, unavailable, shutting_down});
  if (rate_limit_of(route))
    add({rate_limit_exceeded});
  if (route.verb != method::get && waits_for_actors(route))
    add({outcome_unknown});
  // All are asked: `apply_conditions`, `front_desk`.
  if (route.takes_if_match || route.verb == method::get || route.verb == method::post)
    add({precondition_failed});
  if (route.takes_idempotency_key)
    add({idempotency_in_progress, idempotency_key_reused});
  std::ranges::sort(all);
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  return all;
}

path_parameter parameter_of(std::string_view segment) noexcept {
  if (!segment.starts_with('{') || !segment.ends_with('}'))
    return {};
  const auto inner = segment.substr(1, segment.size() - 2);
  const auto colon = inner.find(':');
  return {inner.substr(0, colon), colon != std::string_view::npos && inner.substr(colon + 1) == "uuid"};
}

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  path.remove_prefix(1);
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return segments;
}

}  // namespace genesis::http
