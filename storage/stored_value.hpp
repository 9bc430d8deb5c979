#pragma once

#include "domain/ids.hpp"
#include "domain/session.hpp"
#include "domain/text_enum.hpp"
#include "domain/time.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// How values of the domain are kept in one column: `stored<T>::put` gives an integer, a real number or a text, and
/// `stored<T>::take` reads it back.
namespace genesis::storage {

/// A row holds something that this program never writes. It becomes `errc::internal`.
class unreadable_row : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// A text that the database cannot hold. It becomes `errc::invalid_argument`.
class unstorable_text : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// A JSON array of texts.
std::string to_json(const std::vector<std::string>& texts);
std::vector<std::string> texts_from_json(std::string_view json);

/// A JSON object of booleans.
std::string to_json(const std::map<std::string, bool>& switches);
std::map<std::string, bool> switches_from_json(std::string_view json);

/// 64 hexadecimal digits, lower case.
std::string to_hex(const secret_hash& hash);
secret_hash hash_from_hex(std::string_view text);

template <class T>
struct stored;

template <class T>
concept storable = requires { typename stored<T>::base; };

template <std::integral T>
struct stored<T> {
  using base = std::int64_t;
  static base put(T value) { return static_cast<base>(value); }
  static T take(base value) { return static_cast<T>(value); }
};

template <>
struct stored<double> {
  using base = double;
  static base put(double value) { return value; }
  static double take(base value) { return value; }
};

template <>
struct stored<std::string> {
  using base = std::string;
  static std::string_view put(const std::string& value) { return value; }
  static std::string take(base value) { return value; }
};

template <>
struct stored<timestamp> {
  using base = std::int64_t;
  static base put(timestamp at) { return at.time_since_epoch().count(); }
  static timestamp take(base ms) { return timestamp{timestamp::duration{ms}}; }
};

template <>
struct stored<calendar_day> {
  using base = std::string;
  static base put(calendar_day day) { return to_iso_date(day); }
  static calendar_day take(const base& text) {
    if (const auto day = parse_iso_date(text))
      return *day;
    throw unreadable_row("a stored date cannot be read");
  }
};

template <>
struct stored<uuid> {
  using base = std::string;
  static base put(const uuid& id) { return to_string(id); }
  static uuid take(const base& text) {
    if (const auto id = parse_uuid(text))
      return *id;
    throw unreadable_row("a stored id cannot be read");
  }
};

template <class Kind>
struct stored<strong_id<Kind>> {
  using base = std::string;
  static base put(const strong_id<Kind>& id) { return to_string(id); }
  static strong_id<Kind> take(const base& text) { return {stored<uuid>::take(text)}; }
};

template <>
struct stored<secret_hash> {
  using base = std::string;
  static base put(const secret_hash& hash) { return to_hex(hash); }
  static secret_hash take(const base& text) { return hash_from_hex(text); }
};

template <class Enum>
  requires std::is_enum_v<Enum>
struct stored<Enum> {
  using base = std::string;
  static base put(Enum value) { return base{name_of(value)}; }
  static Enum take(const base& text) {
    if (const auto value = parse_enum<Enum>(text))
      return *value;
    throw unreadable_row("a stored name is unknown");
  }
};

template <>
struct stored<std::vector<std::string>> {
  using base = std::string;
  static base put(const std::vector<std::string>& texts) { return to_json(texts); }
  static std::vector<std::string> take(const base& json) { return texts_from_json(json); }
};

template <class Enum>
  requires std::is_enum_v<Enum>
struct stored<std::vector<Enum>> {
  using base = std::string;
  static base put(const std::vector<Enum>& values) {
    std::vector<std::string> names;
    names.reserve(values.size());
    for (const auto value : values)
      names.emplace_back(name_of(value));
    return to_json(names);
  }
  static std::vector<Enum> take(const base& json) {
    std::vector<Enum> values;
    for (const auto& name : texts_from_json(json))
      values.push_back(stored<Enum>::take(name));
    return values;
  }
};

template <>
struct stored<std::map<std::string, bool>> {
  using base = std::string;
  static base put(const std::map<std::string, bool>& switches) { return to_json(switches); }
  static std::map<std::string, bool> take(const base& json) { return switches_from_json(json); }
};

}  // namespace genesis::storage
