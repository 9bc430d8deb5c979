#include "actors/cache_figures.hpp"
#include "cli/control_templates.hpp"
#include "cli/json_reading.hpp"
#include "http/surrogate_key.hpp"

#include <algorithm>

namespace genesis::cli {

namespace {

/// For the search in Redis. People are asked to leave memory afterwards.
constexpr std::chrono::seconds search_time{25};
static_assert(search_time + cache_deadline + front_deadline < control_deadline, "the command hears how it went");

void write_layer(http::json_writer& json, std::string_view name, const cache_figures::layer& of) {
  json.key(name).begin_object().member("hits", of.hits).member("misses", of.misses).end_object();
}

}  // namespace

void control_state::list_caches(const object&, const control_answer_ptr& answer) {
  const auto now = current_cache_figures();
  answer->succeed(control_success([&](http::json_writer& json) {
    write_layer(json, "memory", now.memory);
    write_layer(json, "memo", now.memo);
    write_layer(json, "redis", now.redis);
    json.member("people", now.people).member("redis_usable", now.is_redis_usable);
    json.member("stale", now.stale).member("unreadable", now.unreadable);
    for (const auto& [what, name] : enum_names<storage::redis_failure>)
      json.member(name, now.failures[static_cast<std::size_t>(what)]);
  }));
}

void control_state::warm_people(const object& request, const control_answer_ptr& answer) {
  const auto* people = request.if_contains("people");
  if (people == nullptr || !people->is_int64()) {
    answer->fail({errc::invalid_argument, "the number of people is missing"});
    return;
  }
  self_->request(services_->caches, control_deadline, warm_caches{people->get_int64(), warm_up_time})
    .then(
      [answer](std::int64_t taken) {
        answer->succeed(control_success([taken](http::json_writer& json) { json.member("people", taken); }));
      },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

void control_state::invalidate_caches(const object& request, const control_answer_ptr& answer) {
  auto which = key_pattern::parse(text_member(request, "pattern"));
  if (!which) {
    answer->fail({errc::invalid_argument, "the pattern " + which.error().detail});
    return;
  }
  self_->request(services_->caches, control_deadline, forget_cached{std::move(*which), search_time})
    .then(
      [answer](const caches_forgot& forgot) {
        answer->succeed(control_success([&](http::json_writer& json) {
          json.member("people", forgot.people);
          if (forgot.entries)
            json.member("entries", *forgot.entries);
        }));
      },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

void control_state::purge_edge(const object& request, const control_answer_ptr& answer) {
  if (!services_->purger) {
    answer->fail({errc::conflict, "there is no CDN to be told: http.purge_url is not set"});
    return;
  }
  purge_keys which;
  if (const auto* keys = request.if_contains("keys"); keys != nullptr && keys->is_array())
    for (const auto& each : keys->get_array())
      which.keys.emplace_back(each.is_string() ? std::string_view{each.get_string()} : std::string_view{});
  if (which.keys.empty() || which.keys.size() > http::surrogate_keys_max ||
      !std::ranges::all_of(which.keys, http::is_surrogate_key)) {
    answer->fail({errc::invalid_argument, "the keys, 1 to 32, " + std::string{http::surrogate_key_rule}});
    return;
  }
  self_->request(services_->purger, control_deadline, std::move(which))
    .then(
      [answer](std::int64_t purged) {
        answer->succeed(control_success([purged](http::json_writer& json) { json.member("keys", purged); }));
      },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

}  // namespace genesis::cli
