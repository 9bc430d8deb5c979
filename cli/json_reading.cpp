#include "cli/json_reading.hpp"

#include "config/limits.hpp"

#include <boost/json/parse.hpp>

namespace genesis::cli {

namespace json = boost::json;

std::optional<json::object> parse_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = config::json_depth_max;
  json::error_code failure;
  auto value = json::parse(text, failure, {}, options);
  if (failure || !value.is_object())
    return std::nullopt;
  return std::move(value.get_object());
}

std::string_view text_member(const json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  const auto* text = member == nullptr ? nullptr : member->if_string();
  return text == nullptr ? std::string_view{} : std::string_view{text->data(), text->size()};
}

bool flag_member(const json::object& object, std::string_view name) {
  const auto* member = object.if_contains(name);
  const auto* flag = member == nullptr ? nullptr : member->if_bool();
  return flag != nullptr && *flag;
}

const json::object& object_member(const json::object& object, std::string_view name) {
  static const json::object empty;
  const auto* member = object.if_contains(name);
  const auto* inner = member == nullptr ? nullptr : member->if_object();
  return inner == nullptr ? empty : *inner;
}

}  // namespace genesis::cli
