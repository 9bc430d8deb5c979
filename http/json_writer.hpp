#pragma once

#include "domain/ids.hpp"
#include "domain/text_enum.hpp"
#include "domain/time.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

template <class T>
concept named_enum = std::is_enum_v<T> && !std::same_as<std::remove_cvref_t<decltype(enum_names<T>)>, std::nullptr_t>;

/// Appends JSON (RFC 8259) to a text, from where it stands when the writer is made.
///
/// Commas are placed by looking at the last character written, so that the writer keeps no state and allocates nothing
/// of its own. Text must be valid UTF-8; the caller closes what it opens.
class json_writer {
public:
  explicit json_writer(std::string& out) noexcept : out_(out), begin_(out.size()) {}

  json_writer& begin_object() { return open('{'); }
  json_writer& end_object() { return close('}'); }
  json_writer& begin_array() { return open('['); }
  json_writer& end_array() { return close(']'); }

  json_writer& key(std::string_view name);

  json_writer& value(std::string_view text);
  json_writer& value(const std::string& text) { return value(std::string_view{text}); }
  json_writer& value(const char* text) { return value(std::string_view{text}); }
  json_writer& value(std::same_as<bool> auto flag) { return raw(flag ? "true" : "false"); }
  json_writer& value(std::nullptr_t) { return raw("null"); }
  json_writer& value(std::int64_t number);
  json_writer& value(int number) { return value(static_cast<std::int64_t>(number)); }
  /// The shortest plain decimal that reads back as the same number, without exponent; null for what JSON cannot say.
  json_writer& value(double number);
  json_writer& value(timestamp at);
  json_writer& value(calendar_day day) { return value(to_iso_date(day)); }
  json_writer& value(const uuid& id);

  template <class Kind>
  json_writer& value(const strong_id<Kind>& id) {
    return value(id.value);
  }
  template <named_enum Enum>
  json_writer& value(Enum which) {
    return value(name_of(which));
  }
  template <class T>
  json_writer& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : value(nullptr);
  }
  template <class T>
  json_writer& value(const std::vector<T>& items) {
    begin_array();
    for (const auto& item : items)
      value(item);
    return end_array();
  }
  template <class T>
  json_writer& value(const std::map<std::string, T>& members) {
    begin_object();
    for (const auto& [name, item] : members)
      member(name, item);
    return end_object();
  }

  template <class T>
  json_writer& member(std::string_view name, const T& item) {
    key(name);
    return value(item);
  }

  /// Writes a value that is JSON already.
  json_writer& raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
  }
  json_writer& raw_member(std::string_view name, std::string_view json) { return key(name).raw(json); }

  /// Writes members that are JSON already, without the braces of their object; nothing when there are none.
  json_writer& raw_members(std::string_view members) { return members.empty() ? *this : raw(members); }

private:
  json_writer& open(char bracket) {
    separate();
    out_ += bracket;
    return *this;
  }
  json_writer& close(char bracket) {
    out_ += bracket;
    return *this;
  }

  /// A comma, unless this is the first thing written, the first in its object or array, or the value behind a key.
  void separate() {
    if (out_.size() == begin_)
      return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':')
      out_ += ',';
  }

  void append_escaped(std::string_view text);

  std::string& out_;
  std::size_t begin_;
};

/// The text as a JSON string, quotes included.
std::string to_json_string(std::string_view text);

/// One JSON object, filled by `fill(json_writer&)`.
template <class Fill>
std::string json_object(Fill&& fill, std::size_t size_hint = 256) {
  std::string out;
  out.reserve(size_hint);
  json_writer writer{out};
  writer.begin_object();
  fill(writer);
  writer.end_object();
  return out;
}

}  // namespace genesis::http
