#pragma once

#include "domain/range.hpp"
#include "domain/text_enum.hpp"
#include "domain/time.hpp"
#include "domain/validation.hpp"

#include <boost/json/fwd.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace genesis::http {

/// What a value is in JSON.
enum class value_type : std::uint8_t {
  string,
  integer,  ///< A number without a fraction, however it is spelt.
  number,
  boolean,
  array,       ///< Of `field::items`.
  flags,       ///< An object whose members are booleans under names of the client's choice.
  object,      ///< Of `field::object`.
  any_object,  ///< An object with whatever members.
};

/// What a string holds.
enum class text_format : std::uint8_t {
  none,
  email,
  password,
  date,
  birth_date,  ///< A date from 1900 to 13 years ago.
  date_time,
  recent_time,  ///< A date-time from 1900 to a day ahead.
  future_time,  ///< A date-time that is still to come.
  uuid,
  timezone,
  locale,
};

/// The spellings of an enumeration's values, in their order.
template <class Enum>
inline constexpr auto names_of = [] {
  std::array<std::string_view, enum_names<Enum>.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = enum_names<Enum>[i].second;
  return names;
}();

/// The rule of a field that could not be judged, because what it is judged by is away.
inline constexpr std::string_view rule_unavailable = "unavailable";

struct schema;

/// One field of an object, or one parameter of a query. Made by the functions below and refined by its members, each of
/// which returns a changed copy:
///
///     string_field("title", "What the conversation is about.").length(1, 200).nullable()
struct field {
  std::string_view name;
  std::string_view doc;
  value_type type = value_type::string;
  bool is_required = false;
  bool is_nullable = false;
  bool is_unique = false;  ///< Of an array: no value twice.
  bool is_shown = false;   ///< Of a string, each string of an array and each name of `flags`: blanks alone will not do.
  text_format format = text_format::none;
  std::optional<range> bounds;                ///< Of a number.
  std::size_t length_min = 0;                 ///< Code points of a string; of each string of an array.
  std::size_t length_max = SIZE_MAX;          ///< Likewise. Of `flags`: of each name. Of `any_object`: bytes as sent.
  std::span<const std::string_view> allowed;  ///< The only values of a string, or of each string of an array.
  std::size_t items_min = 0;                  ///< Of an array.
  std::size_t items_max = SIZE_MAX;           ///< Of an array or `flags`.
  std::size_t depth_max = SIZE_MAX;           ///< Of `any_object`: levels of objects and arrays, itself included.
  value_type items = value_type::string;      ///< What an array holds: strings or objects.
  const schema* object = nullptr;             ///< Of an object, or of each object of an array.
  std::string_view example;                   ///< JSON.
  std::string_view default_value;             ///< JSON; what an absent field means.

  template <class T>
  [[nodiscard]] constexpr field with(T field::* member, T value) const {
    field changed = *this;
    changed.*member = value;
    return changed;
  }
  [[nodiscard]] constexpr field required() const { return with(&field::is_required, true); }
  [[nodiscard]] constexpr field nullable() const { return with(&field::is_nullable, true); }
  [[nodiscard]] constexpr field unique() const { return with(&field::is_unique, true); }
  [[nodiscard]] constexpr field shown() const { return with(&field::is_shown, true); }
  [[nodiscard]] constexpr field as(text_format what) const { return with(&field::format, what); }
  [[nodiscard]] constexpr field within(range what) const { return with(&field::bounds, std::optional{what}); }
  [[nodiscard]] constexpr field length(std::size_t min, std::size_t max) const {
    return with(&field::length_min, min).with(&field::length_max, max);
  }
  [[nodiscard]] constexpr field at_least(std::size_t count) const { return with(&field::items_min, count); }
  [[nodiscard]] constexpr field at_most(std::size_t count) const { return with(&field::items_max, count); }
  [[nodiscard]] constexpr field nested(std::size_t levels) const { return with(&field::depth_max, levels); }
  [[nodiscard]] constexpr field like(std::string_view json) const { return with(&field::example, json); }
  [[nodiscard]] constexpr field defaults_to(std::string_view json) const { return with(&field::default_value, json); }
  template <class Enum>
  [[nodiscard]] constexpr field one_of() const {
    return with(&field::allowed, std::span<const std::string_view>{names_of<Enum>});
  }
};

constexpr field typed_field(value_type type, std::string_view name, std::string_view doc) {
  field made;
  made.name = name;
  made.doc = doc;
  made.type = type;
  return made;
}
constexpr field string_field(std::string_view name, std::string_view doc) {
  return typed_field(value_type::string, name, doc);
}
constexpr field integer_field(std::string_view name, std::string_view doc) {
  return typed_field(value_type::integer, name, doc);
}
constexpr field number_field(std::string_view name, std::string_view doc) {
  return typed_field(value_type::number, name, doc);
}
constexpr field boolean_field(std::string_view name, std::string_view doc) {
  return typed_field(value_type::boolean, name, doc);
}
/// An array of strings.
constexpr field strings_field(std::string_view name, std::string_view doc) {
  return typed_field(value_type::array, name, doc);
}
constexpr field flags_field(std::string_view name, std::string_view doc) {
  return typed_field(value_type::flags, name, doc);
}
constexpr field any_object_field(std::string_view name, std::string_view doc) {
  return typed_field(value_type::any_object, name, doc);
}
constexpr field object_field(std::string_view name, std::string_view doc, const schema& of) {
  field made = typed_field(value_type::object, name, doc);
  made.object = &of;
  return made;
}
constexpr field objects_field(std::string_view name, std::string_view doc, const schema& of) {
  field made = typed_field(value_type::array, name, doc);
  made.items = value_type::object;
  made.object = &of;
  return made;
}

/// One kind of object: a body that clients send or get. Both the checks and the OpenAPI document come from it.
struct schema {
  std::string_view name;  ///< In the OpenAPI document, for instance `Conversation`.
  std::string_view doc;
  std::span<const field> fields;
  /// What the body creates or changes. Its fields that are not in `fields` are read-only rather than unknown.
  const schema* resource = nullptr;
  /// The body replaces the whole resource (PUT) and may carry read-only fields.
  bool is_replacement = false;
  /// Every field is always there: what the server answers with.
  bool is_complete = false;

  [[nodiscard]] const field* find(std::string_view field_name) const noexcept;
  /// False when `{}` says something, so that an empty body may stand for it.
  [[nodiscard]] bool has_required_fields() const noexcept;
};

/// An object as it might be sent, put together from the examples of the fields; fields without one are left out.
std::string example_of(const schema& what);

/// Faults of one body that are named, at most. Nobody mends more in one go, and each costs some 100 bytes of the
/// answer.
inline constexpr std::size_t field_errors_max = 1'000;

/// Names every fault of an object: unknown, read_only, required, type, range, length, blank, enum, format, nul,
/// min_items, max_items, unique, depth. `unavailable` is the rule of a field that could not be judged. `text` is the
/// object as sent; the sizes of `any_object` fields are measured in it.
field_errors validate(const schema& what, const boost::json::object& object, std::string_view text, timestamp now);

/// Checks one query parameter's value, already decoded, as `validate` checks a field. Nothing when it is as it should
/// be.
std::optional<field_error> validate_parameter(const field& what, std::string_view value, timestamp now);

}  // namespace genesis::http
