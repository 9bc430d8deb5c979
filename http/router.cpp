#include "http/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace genesis::http {

namespace {

constexpr std::size_t at(method verb) noexcept {
  return static_cast<std::size_t>(verb);
}

[[noreturn]] void refuse(const route_spec& spec, std::string_view why) {
  throw std::logic_error(std::string{to_string(spec.verb)} + ' ' + std::string{spec.path} + ": " + std::string{why});
}

}  // namespace

router::router(std::span<const route_spec* const> routes) {
  new_node();
  for (std::size_t i = 0; i < routes.size(); ++i)
    add(*routes[i], i);
  for (auto& each : nodes_) {
    auto& by_method = each.routes;
    if (by_method[at(method::head)] == none)
      by_method[at(method::head)] = by_method[at(method::get)];
    for (const auto& [verb, name] : method_names)
      if (by_method[at(verb)] != none || verb == method::options)
        (each.allow += each.allow.empty() ? "" : ", ") += name;
  }
}

void router::add(const route_spec& spec, std::size_t index) {
  std::size_t here = 0;
  std::size_t parameters = 0;
  for (const auto segment : segments_of(spec.path)) {
    const auto kind = parameter_of(segment);
    if (kind.name.empty()) {
      here = literal_child(here, segment);
      continue;
    }
    if (++parameters > path_parameters_max)
      refuse(spec, "more parameters than the router keeps");
    here = parameter_child(here, kind);
    if (nodes_[here].parameter_kind.name != kind.name || nodes_[here].parameter_kind.is_uuid != kind.is_uuid)
      refuse(spec, "another route declares this parameter otherwise");
  }
  auto& place = nodes_[here].routes[at(spec.verb)];
  if (place != none)
    refuse(spec, "declared twice");
  place = index;
  nodes_[here].path = spec.path;
}

std::size_t router::new_node() {
  nodes_.emplace_back();
  return nodes_.size() - 1;
}

std::size_t router::find_literal(const node& parent, std::string_view segment) const noexcept {
  const auto found =
    std::ranges::lower_bound(parent.literals, segment, {}, &std::pair<std::string_view, std::size_t>::first);
  return found != parent.literals.end() && found->first == segment ? found->second : none;
}

std::size_t router::literal_child(std::size_t parent, std::string_view segment) {
  if (const auto known = find_literal(nodes_[parent], segment); known != none)
    return known;
  const auto child = new_node();
  auto& literals = nodes_[parent].literals;
  literals.emplace_back(segment, child);
  std::ranges::sort(literals);
  return child;
}

/// A node keeps the kind of the parameter that leads to it.
std::size_t router::parameter_child(std::size_t parent, path_parameter kind) {
  if (nodes_[parent].parameter != none)
    return nodes_[parent].parameter;
  const auto child = new_node();
  nodes_[child].parameter_kind = kind;
  nodes_[parent].parameter = child;
  return child;
}

route_match router::match(method verb, const path_segments& path) const noexcept {
  route_match result;
  std::size_t here = 0;
  std::size_t parameters = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto& parent = nodes_[here];
    const auto segment = path[i];
    if (const auto literal = find_literal(parent, segment); literal != none) {
      here = literal;
      continue;
    }
    if (parent.parameter == none || segment.empty())
      return {};
    here = parent.parameter;
    if (nodes_[here].parameter_kind.is_uuid && !parse_uuid(segment))
      return {};
    result.parameters[parameters++] = segment;
  }
  const auto& found = nodes_[here];
  if (found.path.empty())
    return {};
  result.path = found.path;
  result.allow = found.allow;
  result.route = found.routes[at(verb)];
  if (result.route != none)
    result.what = route_match::kind::found;
  else
    result.what = verb == method::options ? route_match::kind::options : route_match::kind::method_not_allowed;
  return result;
}

}  // namespace genesis::http
