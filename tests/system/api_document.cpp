#include "tests/system/api_document.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <regex>
#include <set>

namespace genesis::system_test {

namespace {

namespace json = boost::json;

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> all;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    all.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return all;
}

bool path_matches(std::string_view pattern, std::string_view path) {
  const auto left = segments_of(pattern);
  const auto right = segments_of(path);
  return std::ranges::equal(
    left, right, [](std::string_view a, std::string_view b) { return a.starts_with('{') ? !b.empty() : a == b; });
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
    std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool has_type(std::string_view type, const json::value& value) {
  if (type == "null")
    return value.is_null();
  if (type == "string")
    return value.is_string();
  if (type == "boolean")
    return value.is_bool();
  if (type == "object")
    return value.is_object();
  if (type == "array")
    return value.is_array();
  if (type == "integer")
    return value.is_int64() || value.is_uint64();
  return type == "number" && value.is_number();
}

bool has_one_type(const json::value& types, const json::value& value) {
  if (types.is_string())
    return has_type(types.get_string(), value);
  return std::ranges::any_of(
    types.as_array(), [&](const json::value& each) { return has_type(each.as_string(), value); });
}

bool has_format(std::string_view format, const std::string& text) {
  static const std::regex uuid{"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};
  static const std::regex date_time{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"};
  static const std::regex date{R"(\d{4}-\d\d-\d\d)"};
  if (format == "uuid")
    return std::regex_match(text, uuid);
  if (format == "date-time")
    return std::regex_match(text, date_time);
  if (format == "date")
    return std::regex_match(text, date);
  return format == "email" || format == "password";
}

}  // namespace

const api_document& api_document::of_server(std::uint16_t port) {
  static const api_document document = [&] {
    http_peer peer{port};
    peer.send(request_text("GET", "/openapi.json"));
    return api_document{peer.read_answer().json()};
  }();
  return document;
}

const json::object* api_document::operation_of(std::string_view verb, std::string_view target) const {
  const auto path = target.substr(0, target.find('?'));
  std::string lower{verb == "HEAD" ? "GET" : verb};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto& paths = root_.at("paths").as_object();
  // A path as it stands comes before one with parameters (OpenAPI 3.1, "Path Templating Matching").
  for (const bool is_literal : {true, false})
    for (const auto& [pattern, verbs] : paths)
      if (is_literal ? std::string_view{pattern} == path : path_matches(pattern, path))
        if (const auto* const found = verbs.as_object().if_contains(lower))
          return &found->as_object();
  return nullptr;
}

const json::value& api_document::resolve(const json::value& node) const {
  const auto* const object = node.if_object();
  const auto* const reference = object != nullptr ? object->if_contains("$ref") : nullptr;
  if (reference == nullptr)
    return node;
  const json::value* found = nullptr;
  for (const auto name : segments_of(std::string_view{reference->as_string()}.substr(1)))
    found = &(found == nullptr ? root_ : found->as_object()).at(name);
  return resolve(*found);
}

std::vector<std::string> api_document::faults_of(
  std::string_view verb, std::string_view target, const answer& given) const {
  const auto* const operation = operation_of(verb, target);
  if (operation == nullptr)
    return {};
  std::vector<std::string> faults;
  const auto status = std::to_string(given.status);
  const auto where = std::string{verb} + ' ' + std::string{target} + " -> " + status;
  const auto& responses = operation->at("responses").as_object();
  const auto* const response = responses.if_contains(status);
  if (response == nullptr)
    return {where + ": the status is not documented"};
  bool may_be_empty = false;
  if (const auto* const headers = response->as_object().if_contains("headers"))
    for (const auto& [name, header] : headers->as_object()) {
      may_be_empty = may_be_empty || name == "Preference-Applied";
      const auto& promised = resolve(header);
      const auto sent = given.field(name);
      if (promised.at("required").as_bool() && !sent)
        faults.push_back(where + ": no field " + std::string{name});
      if (const auto* const only = promised.at("schema").as_object().if_contains("const");
        only != nullptr && sent && *sent != only->as_string())
        faults.push_back(where + ": " + std::string{name} + " is " + *sent + ", not as documented");
    }
  const auto* const content = response->as_object().if_contains("content");
  const auto type = given["Content-Type"].substr(0, given["Content-Type"].find(';'));
  if (content == nullptr) {
    if (!given.body.empty())
      faults.push_back(where + ": has a body where none is documented");
    return faults;
  }
  if (may_be_empty && given.body.empty() && !given.field("Content-Type"))
    return faults;
  const auto* const media = content->as_object().if_contains(type);
  if (media == nullptr) {
    faults.push_back(where + ": content type '" + type + "' is not documented");
    return faults;
  }
  if (type.ends_with("json") && type != "application/x-ndjson" && verb != "HEAD")
    if (const auto* const schema = media->as_object().if_contains("schema"))
      check(*schema, given.json(), where, faults);
  return faults;
}

void api_document::check(const json::value& unresolved, const json::value& value, const std::string& where,
  std::vector<std::string>& faults) const {
  static const std::set<std::string, std::less<>> known{"type", "description", "examples", "default", "enum",
    "minLength", "maxLength", "minimum", "maximum", "format", "pattern", "items", "minItems", "maxItems", "uniqueItems",
    "properties", "required", "additionalProperties", "propertyNames", "maxProperties", "anyOf", "readOnly", "$ref"};
  const auto& schema = resolve(unresolved).as_object();
  const auto fault = [&](std::string_view what) {
    faults.push_back(where + ": " + std::string{what} + ": " + json::serialize(value));
  };
  for (const auto& member : schema)
    if (!known.contains(std::string_view{member.key()}))
      fault("unknown keyword " + std::string{member.key()});
  if (const auto* const options = schema.if_contains("anyOf")) {
    const bool fits = std::ranges::any_of(options->as_array(), [&](const json::value& each) {
      std::vector<std::string> own;
      check(each, value, where, own);
      return own.empty();
    });
    if (!fits)
      fault("fits none of anyOf");
  }
  if (const auto* const type = schema.if_contains("type"); type != nullptr && !has_one_type(*type, value)) {
    fault("is not of type " + json::serialize(*type));
    return;
  }
  if (const auto* const allowed = schema.if_contains("enum"))
    if (std::ranges::find(allowed->as_array(), value) == allowed->as_array().end())
      fault("is none of " + json::serialize(*allowed));
  if (value.is_string()) {
    const std::string text{value.get_string()};
    if (const auto* const least = schema.if_contains("minLength");
      least && code_points(text) < least->to_number<std::size_t>())
      fault("is too short");
    if (const auto* const most = schema.if_contains("maxLength");
      most && code_points(text) > most->to_number<std::size_t>())
      fault("is too long");
    if (const auto* const format = schema.if_contains("format"); format && !has_format(format->as_string(), text))
      fault("is no " + std::string{format->as_string()});
  }
  if (value.is_number()) {
    if (const auto* const least = schema.if_contains("minimum");
      least && value.to_number<double>() < least->to_number<double>())
      fault("is too small");
    if (const auto* const most = schema.if_contains("maximum");
      most && value.to_number<double>() > most->to_number<double>())
      fault("is too large");
  }
  if (const auto* const array = value.if_array(); array != nullptr)
    if (const auto* const items = schema.if_contains("items"))
      for (std::size_t i = 0; i < array->size(); ++i)
        check(*items, array->at(i), where + '[' + std::to_string(i) + ']', faults);
  if (const auto* const object = value.if_object())
    check_object(schema, *object, where, faults);
}

void api_document::check_object(const json::object& schema, const json::object& value, const std::string& where,
  std::vector<std::string>& faults) const {
  if (const auto* const required = schema.if_contains("required"))
    for (const auto& name : required->as_array())
      if (!value.contains(name.as_string()))
        faults.push_back(where + ": no member " + std::string{name.as_string()});
  const auto* const properties = schema.if_contains("properties");
  if (properties == nullptr)
    return;
  for (const auto& [name, member] : value) {
    if (const auto* const known = properties->as_object().if_contains(name))
      check(*known, member, where + '.' + std::string{name}, faults);
    else
      faults.push_back(where + ": member " + std::string{name} + " is not documented");
  }
}

}  // namespace genesis::system_test
