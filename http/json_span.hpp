#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::http {

/// One member of an object in the text that was sent.
struct json_member {
  std::string_view key;    ///< With its quotes and escapes.
  std::string_view value;  ///< Byte for byte as sent.
};

/// Walks over the members of an object, or the elements of an array, in the text itself, where a parsed value no longer
/// says how it was spelt. Works on valid JSON only; nothing is checked, nothing is allocated.
class json_span {
public:
  /// `text` is one object or array, white space around it allowed.
  explicit json_span(std::string_view text) noexcept;

  /// The next member of an object; nothing behind the last.
  std::optional<json_member> next_member() noexcept;
  /// The next element of an array; nothing behind the last.
  std::optional<std::string_view> next_element() noexcept;

private:
  bool skip_to_item() noexcept;
  std::string_view take_value() noexcept;

  std::string_view rest_;  ///< Behind the opening bracket or the last item.
};

/// Walks over the numbers of a text, those in its objects and arrays too, in the order in which they are written. Works
/// on valid JSON only.
class json_numbers {
public:
  explicit json_numbers(std::string_view text) noexcept : rest_(text) {}

  /// Empty behind the last.
  std::string_view next() noexcept;

private:
  std::string_view rest_;
};

/// The text of an object's member; nothing when there is none.
std::optional<std::string_view> member_text(std::string_view object, std::string_view name);

/// The key of a member without its quotes, escapes resolved. Allocates only when there are escapes.
std::string_view plain_key(std::string_view quoted, std::string& buffer);

}  // namespace genesis::http
