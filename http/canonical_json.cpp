#include "http/canonical_json.hpp"

namespace genesis::http {

namespace {

namespace json = boost::json;

void write_object(json_writer& out, const schema& what, const json::object& members) {
  out.begin_object();
  for (const auto& each : what.fields) {
    out.key(each.name);
    if (const auto* value = members.if_contains({each.name.data(), each.name.size()}))
      write_canonical(out, each, *value);
    else
      out.raw(each.default_value.empty() ? "null" : each.default_value);
  }
  out.end_object();
}

void write_array(json_writer& out, const field& what, const json::array& array) {
  field each = what;
  each.type = what.items;
  out.begin_array();
  for (const auto& element : array)
    write_canonical(out, each, element);
  out.end_array();
}

void write_number(json_writer& out, const json::value& value) {
  if (const auto* whole = value.if_int64())
    out.value(*whole);
  else if (const auto* real = value.if_double())
    out.value(*real + 0.0);  // minus zero is zero
  else
    out.value(nullptr);
}

}  // namespace

void write_canonical(json_writer& out, const field& what, const json::value& value) {
  const auto* text = value.if_string();
  const auto* flag = value.if_bool();
  const auto* array = value.if_array();
  const auto* object = value.if_object();
  if (what.type == value_type::string && text)
    out.value(std::string_view{text->data(), text->size()});
  else if (what.type == value_type::integer || what.type == value_type::number)
    write_number(out, value);
  else if (what.type == value_type::boolean && flag)
    out.value(*flag);
  else if (what.type == value_type::array && array)
    write_array(out, what, *array);
  else if (what.type == value_type::object && object)
    write_object(out, *what.object, *object);
  else
    out.value(nullptr);
}

}  // namespace genesis::http
