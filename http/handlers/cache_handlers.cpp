#include "actors/cache_figures.hpp"
#include "actors/deadlines.hpp"
#include "http/bodies.hpp"
#include "http/encoders.hpp"
#include "http/handlers/handlers.hpp"

namespace genesis::http {

namespace {

/// After which what is under way still has time to end before the front gives up.
constexpr std::chrono::seconds warming_time{5};
constexpr std::chrono::seconds search_time{3};
static_assert(warming_time < front_deadline && search_time + cache_deadline < front_deadline);

/// Goes on when the person is an admin by now, whatever the token says.
void as_admin(front_state& front, const exchange_ptr& request, rate_limit takes, std::function<void()> go_on) {
  front.ask_owner<session_facts>(request, check_session{request->who.by, takes},
    [&front, request, go_on = std::move(go_on)](const session_facts& found) {
      if (request->route->allows(found.role))
        go_on();
      else
        request->refuse(not_allowed_by_role());
    });
}

}  // namespace

void show_caches(front_state& front, const exchange_ptr& request) {
  as_admin(front, request, rate_limit::reads,
    [request] { request->respond(json_response(*request, cache_figures_body(current_cache_figures()))); });
}

void warm_people(front_state& front, const exchange_ptr& request) {
  front.read_body<std::int64_t>(request, read_cache_warming, [&front, request](std::int64_t people) {
    as_admin(front, request, rate_limit::writes, [&front, request, people] {
      front.ask<std::int64_t>(request, front.services().caches, warm_caches{people, warming_time},
        [request](std::int64_t taken) { request->respond(json_response(*request, caches_warmed_body(taken))); });
    });
  });
}

void forget_entries(front_state& front, const exchange_ptr& request) {
  front.read_body<key_pattern>(request, read_cache_invalidation, [&front, request](const key_pattern& which) {
    as_admin(front, request, rate_limit::writes, [&front, request, which] {
      front.ask<caches_forgot>(
        request, front.services().caches, forget_cached{which, search_time}, [request](const caches_forgot& forgot) {
          request->respond(json_response(*request, caches_forgot_body(forgot)));
        });
    });
  });
}

void purge_edge(front_state& front, const exchange_ptr& request) {
  using keys = std::vector<std::string>;
  front.read_body<keys>(request, read_edge_purge, [&front, request](const keys& which) {
    as_admin(front, request, rate_limit::writes, [&front, request, which] {
      if (!front.services().purger) {
        front.refuse(request, {errc::conflict, "there is no CDN to be told: http.purge_url is not set"});
        return;
      }
      front.ask<std::int64_t>(request, front.services().purger, purge_keys{which},
        [request](std::int64_t purged) { request->respond(json_response(*request, edge_purged_body(purged))); });
    });
  });
}

}  // namespace genesis::http
