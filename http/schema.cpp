#include "http/schema.hpp"

#include "auth/email.hpp"
#include "auth/password.hpp"
#include "domain/blank_text.hpp"
#include "domain/ids.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/progress.hpp"
#include "domain/user.hpp"
#include "domain/utf8.hpp"
#include "http/field_values.hpp"
#include "http/formats.hpp"
#include "http/json_span.hpp"
#include "http/json_writer.hpp"
#include "http/time_zones.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace genesis::http {

namespace {

namespace json = boost::json;

/// Levels of objects and arrays, the value's own included. The reader bounds them.
std::size_t depth_of(const json::value& value) noexcept {
  std::size_t inner = 0;
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object)
      inner = std::max(inner, depth_of(member.value()));
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array)
      inner = std::max(inner, depth_of(element));
  } else {
    return 0;
  }
  return inner + 1;
}

/// A rule that a value breaks, and the clause that says so.
struct fault {
  std::string_view rule;
  std::string message;
};
using maybe_fault = std::optional<fault>;

/// Bytes of a client's own name that come back in `field_error::field`: enough to recognise it.
constexpr std::size_t shown_name_length_max = 100;

/// Whole numbers beyond 2^53 are not exact in the doubles that most clients keep numbers in.
constexpr double whole_number_max = 9'007'199'254'740'992.0;

std::string plain(double number) {
  std::string text;
  json_writer{text}.value(number);
  return text;
}

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const auto name : names)
    (text += text.empty() ? "" : ", ") += name;
  return text;
}

std::string_view text_in(const json::string& text) noexcept {
  return {text.data(), text.size()};
}

/// Cuts a name that a client made up, between characters.
std::string_view shown(std::string_view name) noexcept {
  return beginning_of(name, shown_name_length_max);
}

std::string_view noun(value_type type) noexcept {
  switch (type) {
  case value_type::string: return "a string";
  case value_type::integer: return "a whole number";
  case value_type::number: return "a number";
  case value_type::boolean: return "true or false";
  case value_type::array: return "an array";
  case value_type::flags: return "an object of booleans";
  case value_type::object:
  case value_type::any_object: return "an object";
  }
  return {};
}

fault wrong_type(const field& what) {
  return {"type", "must be " + std::string{noun(what.type)} + (what.is_nullable ? " or null" : "")};
}

std::optional<double> number_in(const json::value& value) noexcept {
  if (const auto* whole = value.if_int64())
    return static_cast<double>(*whole);
  if (const auto* whole = value.if_uint64())
    return static_cast<double>(*whole);
  if (const auto* real = value.if_double())
    return *real;
  return std::nullopt;
}

bool has_type(value_type type, const json::value& value) noexcept {
  switch (type) {
  case value_type::string: return value.is_string();
  case value_type::number: return value.is_number();
  case value_type::boolean: return value.is_bool();
  case value_type::array: return value.is_array();
  case value_type::flags:
  case value_type::object:
  case value_type::any_object: return value.is_object();
  case value_type::integer: {
    const auto number = number_in(value);
    return number && std::trunc(*number) == *number && std::abs(*number) <= whole_number_max;
  }
  }
  return false;
}

fault wrong_length(std::size_t min, std::size_t max) {
  if (max == SIZE_MAX)
    return {"length", "must have at least " + std::to_string(min) + (min == 1 ? " character" : " characters")};
  if (min == 0)
    return {"length", "must have at most " + std::to_string(max) + " characters"};
  return {"length", "must have " + std::to_string(min) + " to " + std::to_string(max) + " characters"};
}

maybe_fault check_birth_date(std::string_view text, timestamp now) {
  const auto day = parse_iso_date(text);
  if (!day)
    return fault{"format", "must be a date like 1990-05-17"};
  const auto today = day_of(now);
  if (static_cast<int>(day->year()) >= birth_year_min && age_in_years(*day, today) >= age_years_min)
    return std::nullopt;
  return fault{"range",
    "must be between " + std::to_string(birth_year_min) + "-01-01 and " + std::to_string(age_years_min) + " years ago"};
}

/// Tomorrow is that of where the day is the latest: which one it is for somebody else is not known here.
maybe_fault check_recent_date(std::string_view text, timestamp now) {
  const auto day = parse_iso_date(text);
  if (!day)
    return fault{"format", "must be a date like 2026-03-01"};
  const auto latest = std::chrono::sys_days{day_of(now + log_zone_ahead_of_utc_max)} + log_ahead_max;
  if (static_cast<int>(day->year()) >= log_year_min && std::chrono::sys_days{*day} <= latest)
    return std::nullopt;
  return fault{"range", "must be between " + std::to_string(log_year_min) + "-01-01 and tomorrow"};
}

maybe_fault check_time(std::string_view text) {
  if (!parse_rfc3339(text))
    return fault{"format", "must be a time like 2026-03-01T07:30:00Z"};
  return std::nullopt;
}

/// Nobody was born before who could have been measured.
constexpr timestamp recorded_min = std::chrono::sys_days{std::chrono::year{birth_year_min} / 1 / 1};

maybe_fault check_recent_time(std::string_view text, timestamp now) {
  const auto at = parse_rfc3339(text);
  if (!at)
    return check_time(text);
  if (*at < recorded_min || *at > now + progress_ahead_max)
    return fault{"range", "must be between " + to_iso_date(day_of(recorded_min)) + " and 1 day ahead"};
  return std::nullopt;
}

maybe_fault check_future_time(std::string_view text, timestamp now) {
  const auto at = parse_rfc3339(text);
  if (!at)
    return check_time(text);
  if (*at <= now)
    return fault{"range", "must be in the future"};
  return std::nullopt;
}

maybe_fault check_format(text_format format, std::string_view text, timestamp now) {
  switch (format) {
  case text_format::none: return std::nullopt;
  case text_format::email:
    if (const auto email = auth::normalise_email(text); !email)
      return fault{"format", email.error().detail};
    return std::nullopt;
  case text_format::password:
    if (const auto password = auth::normalise_password(text); !password)
      return fault{"length", password.error().detail};
    return std::nullopt;
  case text_format::date:
    if (!parse_iso_date(text))
      return fault{"format", "must be a date like 2026-03-01"};
    return std::nullopt;
  case text_format::birth_date: return check_birth_date(text, now);
  case text_format::recent_date: return check_recent_date(text, now);
  case text_format::date_time: return check_time(text);
  case text_format::recent_time: return check_recent_time(text, now);
  case text_format::future_time: return check_future_time(text, now);
  case text_format::uuid:
    if (!parse_uuid(text))
      return fault{"format", "must be a UUID"};
    return std::nullopt;
  case text_format::timezone:
    switch (find_timezone(text)) {
    case zone_answer::known: return std::nullopt;
    case zone_answer::unknown:
      return fault{"format", "must be a time zone of the IANA database, such as Europe/Madrid"};
    case zone_answer::unavailable: return fault{rule_unavailable, "cannot be judged without the time-zone database"};
    }
    return std::nullopt;
  case text_format::locale:
    if (!is_locale(text))
      return fault{"format", "must be en or es, with or without a region, such as es-MX"};
    return std::nullopt;
  }
  return std::nullopt;
}

maybe_fault check_text(const field& what, std::string_view text, timestamp now) {
  if (text.find('\0') != std::string_view::npos)
    return fault{"nul", "must not contain NUL"};
  if (!what.allowed.empty()) {
    if (std::ranges::find(what.allowed, text) == what.allowed.end())
      return fault{"enum", "must be one of " + joined(what.allowed)};
    return std::nullopt;
  }
  const auto length = code_points(text);
  // A password is measured in its normal form, which may be longer or shorter than what was sent.
  if (what.format != text_format::password && (length < what.length_min || length > what.length_max))
    return wrong_length(what.length_min, what.length_max);
  if (what.is_shown && is_blank_text(text))
    return fault{"blank", "must not be blank"};
  return check_format(what.format, text, now);
}

maybe_fault check_number(const field& what, double number) {
  if (!what.bounds || what.bounds->contains(number))
    return std::nullopt;
  return fault{"range", "must be between " + plain(what.bounds->low) + " and " + plain(what.bounds->high)};
}

bool holds_nul(const json::value& value) noexcept {
  const auto has = [](std::string_view text) { return text.find('\0') != std::string_view::npos; };
  if (const auto* text = value.if_string())
    return has(text_in(*text));
  if (const auto* array = value.if_array())
    return std::ranges::any_of(*array, holds_nul);
  if (const auto* object = value.if_object())
    return std::ranges::any_of(*object,
      [&](const auto& member) { return has({member.key().data(), member.key().size()}) || holds_nul(member.value()); });
  return false;
}

/// Walks over one body and gathers its faults.
class inspection {
public:
  explicit inspection(timestamp now) noexcept : now_(now) {}

  void object(const schema& what, const json::object& members, std::string_view text) {
    for (const auto& member : members) {
      const std::string_view name{member.key().data(), member.key().size()};
      if (!what.find(name))
        unlisted(what, name, member.value());
    }
    for (const auto& each : what.fields) {
      const auto* value = members.if_contains({each.name.data(), each.name.size()});
      if (value)
        at(each.name, [&] { check(each, *value, text); });
      else if (what.requires_field(each))
        at(each.name, [&] { add({"required", "is required"}); });
    }
  }

  field_errors take() && { return std::move(errors_); }

private:
  void unlisted(const schema& what, std::string_view name, const json::value& value) {
    const auto* kept = what.resource ? what.resource->find(name) : nullptr;
    at(shown(name), [&] {
      if (!kept)
        add({"unknown", "is not a field of this object"});
      else if (!what.is_replacement)
        add({"read_only", "cannot be set here"});
      else
        check(*kept, value, {});
    });
  }

  void check(const field& what, const json::value& value, std::string_view text) {
    if (value.is_null()) {
      if (!what.is_nullable)
        add({"type", "must not be null"});
      return;
    }
    if (!has_type(what.type, value))
      return add(wrong_type(what));
    switch (what.type) {
    case value_type::string: return add(check_text(what, text_in(value.get_string()), now_));
    case value_type::integer:
    case value_type::number: return add(check_number(what, *number_in(value)));
    case value_type::boolean: return;
    case value_type::array: return elements(what, value.get_array());
    case value_type::flags: return switches(what, value.get_object());
    case value_type::object: return object(*what.object, value.get_object(), {});
    case value_type::any_object: return whole(what, value, text);
    }
  }

  void elements(const field& what, const json::array& array) {
    if (array.size() < what.items_min)
      return add({"min_items",
        "must have at least " + std::to_string(what.items_min) + (what.items_min == 1 ? " item" : " items")});
    if (array.size() > what.items_max)
      return add({"max_items", "must have at most " + std::to_string(what.items_max) + " items"});
    field each = what;
    each.type = what.items;
    each.is_nullable = false;
    for (std::size_t i = 0; i < array.size(); ++i) {
      at_index(i, [&] { check(each, array[i], {}); });
      if (what.is_unique && std::find(array.begin(), array.begin() + static_cast<std::ptrdiff_t>(i), array[i]) !=
                              array.begin() + static_cast<std::ptrdiff_t>(i))
        at_index(i, [&] { add({"unique", "must not repeat another item"}); });
    }
  }

  void switches(const field& what, const json::object& members) {
    if (members.size() > what.items_max)
      return add({"max_items", "must have at most " + std::to_string(what.items_max) + " members"});
    field name_rule = what;
    name_rule.format = text_format::none;
    for (const auto& member : members) {
      const std::string_view name{member.key().data(), member.key().size()};
      at(shown(name), [&] {
        add(check_text(name_rule, name, now_));
        if (!member.value().is_bool())
          add({"type", "must be true or false"});
      });
    }
  }

  void whole(const field& what, const json::value& value, std::string_view text) {
    const auto written = text.empty() ? std::nullopt : member_text(text, what.name);
    if (written && written->size() > what.length_max)
      add({"length", "must have at most " + std::to_string(what.length_max) + " bytes of JSON"});
    if (what.depth_max != SIZE_MAX && depth_of(value) > what.depth_max)
      add({"depth", "must have at most " + std::to_string(what.depth_max) + " levels of objects and arrays"});
    if (holds_nul(value))
      add({"nul", "must not contain NUL"});
  }

  /// Runs `inner` one step deeper in the path of the object.
  template <class Inner>
  void at(std::string_view name, Inner&& inner) {
    const auto length = path_.size();
    if (length != 0)
      path_ += '.';
    path_ += name;
    inner();
    path_.resize(length);
  }
  template <class Inner>
  void at_index(std::size_t index, Inner&& inner) {
    const auto length = path_.size();
    ((path_ += '[') += std::to_string(index)) += ']';
    inner();
    path_.resize(length);
  }

  void add(fault found) {
    if (errors_.size() < field_errors_max)
      errors_.push_back({path_, std::string{found.rule}, std::move(found.message)});
  }
  void add(maybe_fault found) {
    if (found)
      add(std::move(*found));
  }

  timestamp now_;
  std::string path_;
  field_errors errors_;
};

std::optional<double> whole_number_spelt(std::string_view text) noexcept {
  const auto number = parse_whole_number(text);
  return number ? std::optional{static_cast<double>(*number)} : std::nullopt;
}

/// A whole or decimal number as a query spells it: no spaces, no plus sign.
std::optional<double> number_spelt(std::string_view text) noexcept {
  double number = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (ec != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

}  // namespace

const field* schema::find(std::string_view field_name) const noexcept {
  const auto found = std::ranges::find(fields, field_name, &field::name);
  return found == fields.end() ? nullptr : &*found;
}

bool schema::has_required_fields() const noexcept {
  return std::ranges::any_of(fields, &field::is_required);
}

std::string example_of(const schema& what) {
  return json_object([&](json_writer& out) {
    for (const auto& each : what.fields) {
      if (!each.example.empty())
        out.raw_member(each.name, each.example);
      else if (each.object && each.type == value_type::object)
        out.raw_member(each.name, example_of(*each.object));
      else if (each.object)
        out.key(each.name).begin_array().raw(example_of(*each.object)).end_array();
    }
  });
}

field_errors validate(const schema& what, const json::object& object, std::string_view text, timestamp now) {
  inspection run{now};
  run.object(what, object, text);
  return std::move(run).take();
}

std::optional<field_error> validate_parameter(const field& what, std::string_view value, timestamp now) {
  maybe_fault found;
  if (what.type == value_type::string) {
    found = check_text(what, value, now);
  } else if (what.type == value_type::boolean) {
    if (value != "true" && value != "false")
      found = wrong_type(what);
  } else {
    const auto number = what.type == value_type::integer ? whole_number_spelt(value) : number_spelt(value);
    if (!number || !has_type(what.type, json::value(*number)))
      found = wrong_type(what);
    else
      found = check_number(what, *number);
  }
  if (!found)
    return std::nullopt;
  return field_error{std::string{what.name}, std::string{found->rule}, std::move(found->message)};
}

}  // namespace genesis::http
