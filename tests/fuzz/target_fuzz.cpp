#include "http/queries.hpp"
#include "http/router.hpp"
#include "http/routes/specs.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>

namespace genesis::fuzz {

namespace {

struct routed {
  std::vector<http::route_spec> specs = http::route_specs();
  std::vector<const http::route_spec*> pointers;
  http::router table;

  routed()
      : table((std::ranges::transform(specs, std::back_inserter(pointers), [](const auto& one) { return &one; }),
          std::span<const http::route_spec* const>{pointers})) {}
};

void check_path(std::string_view path) {
  static const routed routes;
  const auto segments = http::path_segments::parse(path);
  if (!segments)
    return;
  for (std::size_t i = 0; i < segments->size(); ++i) {
    const std::string_view segment = (*segments)[i];
    require(segment.find_first_of("/\\") == std::string_view::npos, "a segment holds no slash");
    require(segment != "." && segment != "..", "a segment is no dot segment");
    require(std::ranges::none_of(segment, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }),
      "a segment holds no control character");
  }
  for (const auto verb : {http::method::get, http::method::post, http::method::options}) {
    const auto match = routes.table.match(verb, *segments);
    if (match.what != http::route_match::kind::found)
      continue;
    require(match.route < routes.specs.size(), "a route that was found is declared");
    const auto slashes = std::ranges::count(routes.specs[match.route].path, '/');
    require(static_cast<std::size_t>(slashes) == std::max<std::size_t>(segments->size(), 1),
      "a route has as many segments as the path");
  }
}

void check_query(std::string_view query) {
  const auto parameters = http::query_parameters::parse(query);
  if (!parameters)
    return;
  if (const auto page = http::read_progress_query(*parameters))
    require(page->page.limit >= 1 && page->page.limit <= 100, "a limit is between 1 and 100");
  if (const auto stream = http::read_run_stream_query(*parameters); stream && stream->after)
    require(*stream->after >= 0, "a sequence number is not negative");
  (void)http::read_conversations_query(*parameters);
  (void)http::read_messages_query(*parameters);
  (void)http::read_workout_plans_query(*parameters);
  (void)http::read_nutrition_logs_query(*parameters);
  (void)http::read_user_view_query(*parameters);
  if (const auto people = http::read_people_query(*parameters))
    require(people->users.size() <= 100, "a question names a hundred people at most");
  for (const char* name : {"limit", "after", "order", "q"})
    require((parameters->count(name) > 0) == parameters->find(name).has_value(), "what is counted can be found");
}

}  // namespace

/// Request targets as they stand in a request line: form, percent decoding, the router, and the queries of lists and
/// streams.
void fuzz(std::string_view input) {
  for (const auto verb : {http::method::get, http::method::options, http::method::connect}) {
    const auto parts = http::split_target(verb, input);
    if (!parts)
      continue;
    check_path(parts->path);
    check_query(parts->query);
    if (parts->form == http::target_form::authority)
      require(http::is_authority(parts->authority), "an authority form is an authority");
  }
}

}  // namespace genesis::fuzz
