#include "http/openapi_schemas.hpp"

#include "domain/blank_text.hpp"

#include <string>

namespace genesis::http {

namespace {

std::string reference_to(const schema& what) {
  return "#/components/schemas/" + std::string{what.name};
}

std::string_view type_name(value_type type) noexcept {
  switch (type) {
  case value_type::string: return "string";
  case value_type::integer: return "integer";
  case value_type::number: return "number";
  case value_type::boolean: return "boolean";
  case value_type::array: return "array";
  case value_type::flags:
  case value_type::object:
  case value_type::any_object: return "object";
  }
  return {};
}

/// The formats that JSON Schema has a name for.
std::string_view format_name(text_format format) noexcept {
  switch (format) {
  case text_format::email: return "email";
  case text_format::password: return "password";
  case text_format::date:
  case text_format::birth_date:
  case text_format::recent_date: return "date";
  case text_format::date_time:
  case text_format::recent_time:
  case text_format::future_time: return "date-time";
  case text_format::uuid: return "uuid";
  case text_format::none:
  case text_format::timezone:
  case text_format::locale: return {};
  }
  return {};
}

/// Only enumerations of strings exist, so that null has to be listed where it is allowed (JSON Schema
/// validation 6.1.2).
void write_enum(json_writer& json, const field& what, bool is_nullable) {
  json.key("enum").begin_array();
  for (const auto name : what.allowed)
    json.value(name);
  if (is_nullable)
    json.value(nullptr);
  json.end_array();
}

/// What holds for any string of the field.
void write_bounds(json_writer& json, const field& what) {
  if (what.length_min > 0)
    json.member("minLength", static_cast<std::int64_t>(what.length_min));
  if (what.length_max != SIZE_MAX)
    json.member("maxLength", static_cast<std::int64_t>(what.length_max));
  if (what.is_shown)
    json.member("pattern", visible_text_pattern);
}

void write_text_rules(json_writer& json, const field& what, bool is_nullable) {
  if (!what.allowed.empty())
    return write_enum(json, what, is_nullable);
  write_bounds(json, what);
  if (const auto format = format_name(what.format); !format.empty())
    json.member("format", format);
  if (what.format == text_format::locale)
    json.member("pattern", "^(en|es)(-([A-Z]{2}|[0-9]{3}))?$");
}

void write_array_rules(json_writer& json, const field& what) {
  json.key("items");
  if (what.items == value_type::object) {
    write_reference(json, *what.object);
  } else {
    json.begin_object().member("type", type_name(what.items));
    write_text_rules(json, what, false);
    json.end_object();
  }
  if (what.items_min != 0)
    json.member("minItems", static_cast<std::int64_t>(what.items_min));
  if (what.items_max != SIZE_MAX)
    json.member("maxItems", static_cast<std::int64_t>(what.items_max));
  if (what.is_unique)
    json.member("uniqueItems", true);
}

void write_flags_rules(json_writer& json, const field& what) {
  json.key("additionalProperties").begin_object().member("type", "boolean").end_object();
  if (what.items_max != SIZE_MAX)
    json.member("maxProperties", static_cast<std::int64_t>(what.items_max));
  json.key("propertyNames").begin_object();
  write_bounds(json, what);
  json.end_object();
}

void write_rules(json_writer& json, const field& what) {
  switch (what.type) {
  case value_type::string: return write_text_rules(json, what, what.is_nullable);
  case value_type::integer:
  case value_type::number:
    if (what.bounds)
      json.member("minimum", what.bounds->low).member("maximum", what.bounds->high);
    return;
  case value_type::array: return write_array_rules(json, what);
  case value_type::flags: return write_flags_rules(json, what);
  case value_type::boolean:
  case value_type::object:
  case value_type::any_object: return;
  }
}

void write_type(json_writer& json, const field& what) {
  if (what.is_nullable)
    json.key("type").begin_array().value(type_name(what.type)).value("null").end_array();
  else
    json.member("type", type_name(what.type));
}

void write_object_reference(json_writer& json, const field& what) {
  if (!what.is_nullable) {
    json.member("$ref", reference_to(*what.object));
    return;
  }
  json.key("anyOf").begin_array();
  write_reference(json, *what.object);
  json.begin_object().member("type", "null").end_object().end_array();
}

void write_field(json_writer& json, const field& what, bool is_read_only) {
  json.begin_object();
  if (what.type == value_type::object) {
    write_object_reference(json, what);
  } else {
    write_type(json, what);
    write_rules(json, what);
  }
  json.member("description", what.doc);
  if (is_read_only)
    json.member("readOnly", true);
  if (!what.default_value.empty())
    json.raw_member("default", what.default_value);
  if (!what.example.empty())
    json.key("examples").begin_array().raw(what.example).end_array();
  json.end_object();
}

}  // namespace

void collect(const schema& what, schema_set& into) {
  if (!into.emplace(what.name, &what).second)
    return;
  for (const auto& each : what.fields)
    if (each.object)
      collect(*each.object, into);
}

void write_reference(json_writer& json, const schema& what) {
  json.begin_object().member("$ref", reference_to(what)).end_object();
}

void write_schema(json_writer& json, const field& what) {
  write_field(json, what, false);
}

void write_schema(json_writer& json, const schema& what) {
  json.begin_object().member("type", "object").member("description", what.doc);
  json.key("properties").begin_object();
  for (const auto& each : what.fields)
    write_field(json.key(each.name), each, false);
  if (what.is_replacement)
    for (const auto& each : what.resource->fields)
      if (!what.find(each.name))
        write_field(json.key(each.name), each, true);
  json.end_object();
  if (what.is_complete || what.has_required_fields()) {
    json.key("required").begin_array();
    for (const auto& each : what.fields)
      if (what.requires_field(each))
        json.value(each.name);
    json.end_array();
  }
  if (!what.is_complete)  // answers may grow; what clients send is checked to the letter
    json.member("additionalProperties", false);
  json.end_object();
}

}  // namespace genesis::http
