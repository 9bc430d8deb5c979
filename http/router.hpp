#pragma once

#include "domain/ids.hpp"
#include "http/method.hpp"
#include "http/route.hpp"
#include "http/target.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

inline constexpr std::size_t path_parameters_max = 2;

/// What the router says about a request.
struct route_match {
  enum class kind : std::uint8_t {
    found,
    not_found,           ///< No such path; also an id in it that is no UUID.
    method_not_allowed,  ///< The path is there; `allow` has its methods.
    options,             ///< OPTIONS of a path that does not handle it itself: answered with `allow`.
  };

  kind what = kind::not_found;
  std::size_t route = 0;   ///< Index of the declaration, when found.
  std::string_view allow;  ///< Value of the Allow field; lives as long as the router.
  std::string_view path;   ///< The template, for metrics, also when the method is wrong; empty when nothing was found.
  /// The values of the path's parameters, from left to right; they live as long as the segments.
  std::array<std::string_view, path_parameters_max> parameters{};

  /// The parameter as an id. REQUIRES: the route declares it as `uuid`, so that the router has found it to be one.
  template <class Id>
  [[nodiscard]] Id id(std::size_t index = 0) const noexcept {
    return Id::parse(parameters[index]).value_or(Id{});
  }
};

/// Finds the declaration for a method and a path. Looks at each segment once, and allocates nothing; immutable once
/// made, for any number of threads.
///
/// Where a literal and a parameter fit a segment, the literal wins, and what follows it decides. HEAD is answered by
/// GET's declaration, OPTIONS by the router itself. Methods it does not know are not allowed rather than not
/// implemented.
class router {
public:
  /// The declarations' paths must outlive the router. Throws std::logic_error for two of one method and path, for two
  /// names of one parameter, and for more parameters than `path_parameters_max`: faults of the program, found at its
  /// start.
  explicit router(std::span<const route_spec* const> routes);

  [[nodiscard]] route_match match(method verb, const path_segments& path) const noexcept;

private:
  static constexpr std::size_t none = SIZE_MAX;

  /// One place in the tree of paths; nodes refer to each other by index.
  struct node {
    std::vector<std::pair<std::string_view, std::size_t>> literals;  // sorted
    std::size_t parameter = none;
    path_parameter parameter_kind;
    std::array<std::size_t, method_names.size()> routes;  // by method
    std::string allow;
    std::string_view path;

    node() { routes.fill(none); }
  };

  void add(const route_spec& spec, std::size_t index);
  std::size_t literal_child(std::size_t parent, std::string_view segment);
  std::size_t parameter_child(std::size_t parent, path_parameter kind);
  std::size_t new_node();
  [[nodiscard]] std::size_t find_literal(const node& parent, std::string_view segment) const noexcept;

  std::vector<node> nodes_;
};

}  // namespace genesis::http
