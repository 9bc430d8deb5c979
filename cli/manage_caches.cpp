#include "cli/cache_command.hpp"
#include "cli/control_client.hpp"
#include "cli/control_protocol.hpp"
#include "cli/json_reading.hpp"
#include "cli/local_server.hpp"
#include "cli/logging.hpp"

#include <spdlog/fmt/fmt.h>

#include <functional>
#include <ostream>

namespace genesis::cli {

namespace {

using object = boost::json::object;

/// Asks the running server and tells what it answers. `tell` gives the exit status.
int ask_server(const config::loaded& settings, std::string_view command,
  const std::function<void(http::json_writer&)>& fill, const console& with,
  const std::function<int(const object&)>& tell) {
  log_warnings_only();
  const auto server = reach_server(settings);
  if (!server)
    return fail_with(with, server.error());
  const auto request = http::json_object([&](http::json_writer& line) {
    line.member("command", command);
    fill(line);
  });
  const auto answer = (*server)->ask(request, import_patience);
  if (!answer)
    return fail_with(with, answer.error());
  return tell(*answer);
}

/// 0 for what is missing: the answer of a server of another version.
std::int64_t number(const object& of, std::string_view name) {
  const auto* value = of.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::string layer_line(const object& answer, std::string_view name) {
  static const object nothing;
  const auto* found = answer.if_contains(name);
  const auto& layer = found != nullptr && found->is_object() ? found->get_object() : nothing;
  const auto hits = number(layer, "hits");
  const auto lookups = hits + number(layer, "misses");
  const auto rate = lookups == 0
                      ? std::string{"-"}
                      : fmt::format("{:.1f} %", 100.0 * static_cast<double>(hits) / static_cast<double>(lookups));
  return fmt::format("{:<8} {:>12} {:>12} {:>9}\n", name, hits, lookups - hits, rate);
}

}  // namespace

int show_caches(const config::loaded& settings, const console& with) {
  return ask_server(
    settings, "cache.stats", [](http::json_writer&) {}, with,
    [&](const object& answer) {
      with.out << fmt::format("{:<8} {:>12} {:>12} {:>9}\n", "cache", "hits", "misses", "hit rate")
               << layer_line(answer, "memory") << layer_line(answer, "memo") << layer_line(answer, "redis")
               << fmt::format("People in memory: {}.\n", number(answer, "people"));
      if (!flag_member(answer, "has_redis")) {
        with.out << "Redis is not configured.\n";
        return success_status;
      }
      with.out << (flag_member(answer, "redis_usable") ? "Redis is usable." : "Redis is not usable.")
               << fmt::format(" Entries ignored: {} stale, {} unreadable. Questions that came to nothing: {} late, {} "
                              "lost, {} refused, {} unsent.\n",
                    number(answer, "stale"), number(answer, "unreadable"), number(answer, "late"),
                    number(answer, "lost"), number(answer, "refused"), number(answer, "unsent"));
      return success_status;
    });
}

int warm_caches_of_server(const config::loaded& settings, std::optional<std::int64_t> people, const console& with) {
  return ask_server(
    settings, "cache.warm",
    [&](http::json_writer& line) {
      if (people)
        line.member("people", *people);
    },
    with,
    [&](const object& answer) {
      with.out << fmt::format("People in memory who were active last: {}.\n", number(answer, "people"));
      return success_status;
    });
}

int invalidate_caches_of_server(const config::loaded& settings, const std::string& pattern, const console& with) {
  return ask_server(
    settings, "cache.invalidate", [&](http::json_writer& line) { line.member("pattern", pattern); }, with,
    [&](const object& answer) {
      with.out << fmt::format("People who left memory: {}.\n", number(answer, "people"));
      if (answer.contains("entries"))
        with.out << fmt::format("Entries removed from Redis: {}.\n", number(answer, "entries"));
      else if (flag_member(answer, "has_redis"))
        return fail_with(
          with, {errc::unavailable,
                  "warning: Redis could not be asked, or not in time: what is left there is used only while "
                  "the database says that it is right"});
      return success_status;
    });
}

int purge_edge_of_server(const config::loaded& settings, const std::vector<std::string>& keys, const console& with) {
  return ask_server(
    settings, "cache.purge", [&](http::json_writer& line) { line.member("keys", keys); }, with,
    [&](const object& answer) {
      with.out << fmt::format("Keys that the CDN was told to forget: {}.\n", number(answer, "keys"));
      return success_status;
    });
}

}  // namespace genesis::cli
