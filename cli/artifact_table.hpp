#pragma once

#include "domain/user.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace genesis::cli {

/// A coach's result (`{type, data, sources}`) as a small table of printable lines, each ended. Works from names alone:
/// a unit at the end of a member's name goes behind its value, so that results this program never heard of look right
/// too. What has a metric unit is shown in the person's.
std::string artifact_table(const boost::json::object& artifact, unit_system units = unit_system::metric);

}  // namespace genesis::cli
