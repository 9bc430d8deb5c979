#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace genesis::cli {

/// A JSON object of the server, nested at most as deep as the API allows. Nothing for any other text.
std::optional<boost::json::object> parse_object(std::string_view text);

/// A member that is a string; empty when it is missing or something else.
std::string_view text_member(const boost::json::object& object, std::string_view name);

/// A member that is true; false when it is missing or something else.
bool flag_member(const boost::json::object& object, std::string_view name);

/// A member that is an object; an empty one when it is missing or something else.
const boost::json::object& object_member(const boost::json::object& object, std::string_view name);

}  // namespace genesis::cli
