#include "actors/cache_figures.hpp"
#include "cli/control_templates.hpp"
#include "cli/json_reading.hpp"
#include "domain/people_keys.hpp"
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
    json.member("people", now.people).member("has_redis", services_->has_redis);
    json.member("redis_usable", now.is_redis_usable);
    json.member("stale", now.stale).member("unreadable", now.unreadable);
    for (const auto& [what, name] : enum_names<storage::redis_failure>)
      json.member(name, now.failures[static_cast<std::size_t>(what)]);
  }));
}

void control_state::warm_people(const object& request, const control_answer_ptr& answer) {
  const auto* people = request.if_contains("people");
  if (people != nullptr && (!people->is_int64() || people->get_int64() < 0)) {
    answer->fail({errc::invalid_argument, "the number of people must be 0 or more"});
    return;
  }
  const auto count = people == nullptr ? services_->warm_up : people->get_int64();
  self_->request(services_->caches, control_deadline, warm_caches{count, warm_up_time})
    .then(
      [answer](std::int64_t taken) {
        answer->succeed(control_success([taken](http::json_writer& json) { json.member("people", taken); }));
      },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

void control_state::invalidate_caches(const object& request, const control_answer_ptr& answer) {
  auto which = parse_people_pattern(text_member(request, "pattern"));
  if (!which) {
    answer->fail({errc::invalid_argument, "the pattern " + which.error().detail});
    return;
  }
  self_->request(services_->caches, control_deadline, forget_cached{std::move(*which), search_time})
    .then(
      [answer, has_redis = services_->has_redis](const caches_forgot& forgot) {
        answer->succeed(control_success([&](http::json_writer& json) {
          json.member("people", forgot.people).member("has_redis", has_redis);
          if (forgot.entries)
            json.member("entries", *forgot.entries);
        }));
      },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

void control_state::purge_edge(const object& request, const control_answer_ptr& answer) {
  purge_keys which;
  if (const auto* keys = request.if_contains("keys"); keys != nullptr && keys->is_array())
    for (const auto& each : keys->get_array())
      which.keys.emplace_back(each.is_string() ? std::string_view{each.get_string()} : std::string_view{});
  const auto is_known = [](const std::string& key) {
    return std::ranges::find(http::surrogate_keys, key) != http::surrogate_keys.end();
  };
  if (which.keys.empty() || !std::ranges::all_of(which.keys, is_known)) {
    std::string known;
    for (const auto key : http::surrogate_keys)
      (known += known.empty() ? "" : ", ") += key;
    answer->fail({errc::invalid_argument, "public answers have these keys alone: " + known});
    return;
  }
  if (!services_->purger) {
    answer->fail({errc::conflict, "there is no CDN to be told: http.purge_url is not set"});
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
