#include "http/json_span.hpp"

#include "http/characters.hpp"

#include <boost/json.hpp>

namespace genesis::http {

namespace {

/// Where a string ends that begins at `text[0]`, its closing quote included.
std::size_t string_length(std::string_view text) noexcept {
  std::size_t i = 1;
  while (i < text.size() && text[i] != '"')
    i += text[i] == '\\' ? 2 : 1;
  return std::min(i + 1, text.size());
}

/// Where the object or array ends that begins at `text[0]`.
std::size_t container_length(std::string_view text) noexcept {
  std::size_t depth = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == '"') {
      i += string_length(text.substr(i));
      continue;
    }
    ++i;
    if (c == '{' || c == '[')
      ++depth;
    else if ((c == '}' || c == ']') && --depth == 0)
      break;
  }
  return i;
}

}  // namespace

json_span::json_span(std::string_view text) noexcept {
  const auto open = text.find_first_of("{[");
  if (open != std::string_view::npos)
    rest_ = text.substr(open + 1);
}

bool json_span::skip_to_item() noexcept {
  const auto begin = rest_.find_first_not_of(" \t\r\n,:");
  rest_.remove_prefix(std::min(begin, rest_.size()));
  return !rest_.empty() && rest_.front() != '}' && rest_.front() != ']';
}

std::string_view json_span::take_value() noexcept {
  std::size_t length = 0;
  if (rest_.front() == '"')
    length = string_length(rest_);
  else if (rest_.front() == '{' || rest_.front() == '[')
    length = container_length(rest_);
  else
    length = std::min(rest_.find_first_of(",]} \t\r\n"), rest_.size());
  const auto value = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return value;
}

std::optional<json_member> json_span::next_member() noexcept {
  if (!skip_to_item())
    return std::nullopt;
  const auto key = take_value();
  if (!skip_to_item())
    return std::nullopt;
  return json_member{key, take_value()};
}

std::optional<std::string_view> json_span::next_element() noexcept {
  if (!skip_to_item())
    return std::nullopt;
  return take_value();
}

std::string_view json_numbers::next() noexcept {
  const auto begins_number = [](char c) { return c == '-' || is(digit_char, c); };
  while (!rest_.empty() && !begins_number(rest_.front()))
    rest_.remove_prefix(rest_.front() == '"' ? string_length(rest_) : 1);
  const auto number = rest_.substr(0, rest_.find_first_not_of("+-.0123456789Ee"));
  rest_.remove_prefix(number.size());
  return number;
}

std::optional<std::string_view> member_text(std::string_view object, std::string_view name) {
  std::string buffer;
  json_span members{object};
  while (const auto member = members.next_member())
    if (plain_key(member->key, buffer) == name)
      return member->value;
  return std::nullopt;
}

std::string_view plain_key(std::string_view quoted, std::string& buffer) {
  if (quoted.find('\\') == std::string_view::npos)
    return quoted.substr(1, quoted.size() - 2);
  boost::json::error_code ec;
  const auto key = boost::json::parse({quoted.data(), quoted.size()}, ec);
  if (!key.is_string())
    return {};
  buffer.assign(key.get_string().data(), key.get_string().size());
  return buffer;
}

}  // namespace genesis::http
