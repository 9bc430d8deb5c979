#pragma once

#include "domain/user.hpp"
#include "http/json_reader.hpp"
#include "http/json_span.hpp"
#include "http/problem.hpp"
#include "http/schema.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::http {

/// Takes typed values out of a body. A member that is absent, null or of another type is nothing; what the schema has
/// found faulty otherwise may be anything; `patched_*` tell null (cleared) from absent.
class body_fields {
public:
  body_fields(const boost::json::object& object, std::string_view text) noexcept : object_(object), text_(text) {}

  [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }

  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<bool> boolean(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<timestamp> time(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<calendar_day> day(std::string_view name) const noexcept;
  [[nodiscard]] std::optional<std::vector<std::string>> texts(std::string_view name) const;
  /// The member as it was sent, byte for byte.
  [[nodiscard]] std::optional<std::string> source(std::string_view name) const;
  /// An array of objects as its field shows it (`write_canonical`).
  [[nodiscard]] std::optional<std::string> canonical(const field& what) const;
  /// Calls `look(index, body_fields)` for each object of an array.
  template <class Look>
  void for_each(std::string_view name, Look&& look) const {
    const auto* value = find(name);
    const auto* array = value ? value->if_array() : nullptr;
    if (!array)
      return;
    for (std::size_t i = 0; i < array->size(); ++i)
      if (const auto* object = (*array)[i].if_object())
        look(i, body_fields{*object, {}});
  }
  /// The members of an object of booleans.
  [[nodiscard]] std::vector<std::pair<std::string, bool>> flags(std::string_view name) const;

  template <class Enum>
  [[nodiscard]] std::optional<Enum> named(std::string_view name) const noexcept {
    const auto view = text_view(name);
    return view ? parse_enum<Enum>(*view) : std::nullopt;
  }
  template <class Enum>
  [[nodiscard]] std::vector<Enum> all_named(std::string_view name) const {
    std::vector<Enum> values;
    for (const auto& each : texts(name).value_or(std::vector<std::string>{}))
      if (const auto value = parse_enum<Enum>(each))
        values.push_back(*value);
    return values;
  }
  template <class Id>
  [[nodiscard]] std::optional<Id> id(std::string_view name) const noexcept {
    const auto view = text_view(name);
    return view ? Id::parse(*view) : std::nullopt;
  }

  /// A member of a patch: `read` is one of the functions above.
  template <class Read>
  [[nodiscard]] auto patch(std::string_view name, Read&& read) const -> std::optional<decltype(read(name))> {
    if (!has(name))
      return std::nullopt;
    return read(name);
  }
  [[nodiscard]] patched<std::string> patched_text(std::string_view name) const {
    return patch(name, [this](auto member) { return text(member); });
  }
  /// A list of a patch that null empties.
  [[nodiscard]] std::optional<std::vector<std::string>> cleared_texts(std::string_view name) const {
    return patch(name, [this](auto member) { return texts(member).value_or(std::vector<std::string>{}); });
  }
  template <class Enum>
  [[nodiscard]] patched<Enum> patched_name(std::string_view name) const {
    return patch(name, [this](auto member) { return this->named<Enum>(member); });
  }

private:
  [[nodiscard]] const boost::json::value* find(std::string_view name) const noexcept {
    return object_.if_contains({name.data(), name.size()});
  }
  [[nodiscard]] std::optional<std::string_view> text_view(std::string_view name) const noexcept;

  const boost::json::object& object_;
  std::string_view text_;
};

/// What is wrong with a body. A field that could not be judged says nothing beside real faults; alone it makes the
/// request UNAVAILABLE, for the same body may be good.
inline accepted<field_errors> judge(
  const boost::json::object& object, const schema& what, std::string_view text, timestamp now) {
  auto errors = validate(what, object, text, now);
  const auto unjudged = std::erase_if(errors, [](const field_error& each) { return each.rule == rule_unavailable; });
  if (unjudged != 0 && errors.empty())
    return std::unexpected(problem{problem_code::unavailable, "The time-zone database cannot be read.", {}, 0});
  return errors;
}

/// Reads a body whose faults are answered together with those that only its owner finds: refuses only what is no JSON
/// object (MALFORMED_REQUEST), else gives what `build(body_fields, field_errors)` makes of it and of its faults. An
/// empty body is `{}` where no field is required.
template <class Build>
auto read_faulty_body(std::string_view text, const schema& what, timestamp now, Build&& build)
  -> accepted<decltype(build(std::declval<const body_fields&>(), field_errors{}))> {
  if (text.empty() && !what.has_required_fields())
    text = "{}";
  json_reader reader;
  const auto object = reader.read_object(text);
  if (!object)
    return std::unexpected(problem{problem_code::malformed_request, to_string(object.error()), {}, 0});
  auto errors = judge(**object, what, text, now);
  if (!errors)
    return std::unexpected(errors.error());
  return build(body_fields{**object, text}, std::move(*errors));
}

/// Reads a body by its schema: likewise, and VALIDATION_ERROR with every fault, else what `build(body_fields)` makes of
/// it. `check(body_fields, field_errors&)` adds the faults that only several fields together show; it sees bodies whose
/// other fields may be faulty.
template <class Build, class Check>
auto read_body(std::string_view text, const schema& what, timestamp now, Build&& build, Check&& check)
  -> accepted<decltype(build(std::declval<const body_fields&>()))> {
  using value = accepted<decltype(build(std::declval<const body_fields&>()))>;
  auto read = read_faulty_body(text, what, now, [&](const body_fields& members, field_errors errors) -> value {
    check(members, errors);
    if (!errors.empty())
      return std::unexpected(problem{problem_code::validation_error, {}, std::move(errors), 0});
    return build(members);
  });
  return read ? *std::move(read) : std::unexpected(std::move(read).error());
}

template <class Build>
auto read_body(std::string_view text, const schema& what, timestamp now, Build&& build) {
  return read_body(text, what, now, std::forward<Build>(build), [](const body_fields&, field_errors&) {});
}

}  // namespace genesis::http
