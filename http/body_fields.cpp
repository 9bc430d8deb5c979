#include "http/body_fields.hpp"

#include "http/canonical_json.hpp"

#include <cmath>

namespace genesis::http {

std::optional<std::string_view> body_fields::text_view(std::string_view name) const noexcept {
  const auto* value = find(name);
  const auto* text = value ? value->if_string() : nullptr;
  if (!text)
    return std::nullopt;
  return std::string_view{text->data(), text->size()};
}

std::optional<std::string> body_fields::text(std::string_view name) const {
  const auto view = text_view(name);
  return view ? std::optional{std::string{*view}} : std::nullopt;
}

std::optional<double> body_fields::number(std::string_view name) const noexcept {
  const auto* value = find(name);
  if (!value || !value->is_number())
    return std::nullopt;
  if (const auto* whole = value->if_int64())
    return static_cast<double>(*whole);
  if (const auto* whole = value->if_uint64())
    return static_cast<double>(*whole);
  return value->get_double() + 0.0;  // minus zero is zero: the database keeps no sign of it
}

std::optional<std::int64_t> body_fields::integer(std::string_view name) const noexcept {
  constexpr double exact_max = 9'007'199'254'740'992.0;  // 2^53: whole numbers up to here are exact in a double
  const auto value = number(name);
  return value && std::abs(*value) <= exact_max ? std::optional{static_cast<std::int64_t>(*value)} : std::nullopt;
}

std::optional<bool> body_fields::boolean(std::string_view name) const noexcept {
  const auto* value = find(name);
  const auto* flag = value ? value->if_bool() : nullptr;
  return flag ? std::optional{*flag} : std::nullopt;
}

std::optional<timestamp> body_fields::time(std::string_view name) const noexcept {
  const auto view = text_view(name);
  return view ? parse_rfc3339(*view) : std::nullopt;
}

std::optional<calendar_day> body_fields::day(std::string_view name) const noexcept {
  const auto view = text_view(name);
  return view ? parse_iso_date(*view) : std::nullopt;
}

std::optional<std::vector<std::string>> body_fields::texts(std::string_view name) const {
  const auto* value = find(name);
  const auto* array = value ? value->if_array() : nullptr;
  if (!array)
    return std::nullopt;
  std::vector<std::string> all;
  all.reserve(array->size());
  for (const auto& each : *array)
    if (const auto* text = each.if_string())
      all.emplace_back(text->data(), text->size());
  return all;
}

std::optional<std::string> body_fields::source(std::string_view name) const {
  const auto* value = find(name);
  if (!value || value->is_null())
    return std::nullopt;
  const auto written = member_text(text_, name);
  return written ? std::optional{std::string{*written}} : std::nullopt;
}

std::optional<std::string> body_fields::canonical(const field& what) const {
  const auto* value = find(what.name);
  if (!value || !value->is_array())
    return std::nullopt;
  std::string text;
  json_writer out{text};
  write_canonical(out, what, *value);
  return text;
}

std::vector<std::pair<std::string, bool>> body_fields::flags(std::string_view name) const {
  std::vector<std::pair<std::string, bool>> all;
  const auto* value = find(name);
  const auto* object = value ? value->if_object() : nullptr;
  if (!object)
    return all;
  for (const auto& member : *object)
    if (const auto* flag = member.value().if_bool())
      all.emplace_back(std::string{member.key().data(), member.key().size()}, *flag);
  return all;
}

}  // namespace genesis::http
