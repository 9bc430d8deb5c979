#include "storage/stored_value.hpp"

#include <boost/json.hpp>

namespace genesis::storage {

namespace {

namespace json = boost::json;

constexpr std::string_view hex_digits = "0123456789abcdef";

json::value parse(std::string_view text) {
  json::error_code failure;
  auto value = json::parse(json::string_view{text.data(), text.size()}, failure);
  if (failure)
    throw unreadable_row("a stored list cannot be read");
  return value;
}

std::uint8_t half_byte(char digit) {
  const auto value = hex_digits.find(digit);
  if (value == std::string_view::npos)
    throw unreadable_row("a stored hash cannot be read");
  return static_cast<std::uint8_t>(value);
}

}  // namespace

std::string to_json(const std::vector<std::string>& texts) {
  json::array array;
  array.reserve(texts.size());
  for (const auto& text : texts)
    array.emplace_back(json::string_view{text.data(), text.size()});
  return json::serialize(array);
}

std::vector<std::string> texts_from_json(std::string_view text) {
  const auto value = parse(text);
  const auto* array = value.if_array();
  if (array == nullptr)
    throw unreadable_row("a stored list is none");
  std::vector<std::string> texts;
  texts.reserve(array->size());
  for (const auto& each : *array) {
    const auto* item = each.if_string();
    if (item == nullptr)
      throw unreadable_row("a stored list holds something else than text");
    texts.emplace_back(item->data(), item->size());
  }
  return texts;
}

std::string to_json(const std::map<std::string, bool>& switches) {
  json::object object;
  for (const auto& [name, is_on] : switches)
    object.emplace(json::string_view{name.data(), name.size()}, is_on);
  return json::serialize(object);
}

std::map<std::string, bool> switches_from_json(std::string_view text) {
  const auto value = parse(text);
  const auto* object = value.if_object();
  if (object == nullptr)
    throw unreadable_row("a stored map is none");
  std::map<std::string, bool> switches;
  for (const auto& each : *object) {
    const auto* is_on = each.value().if_bool();
    if (is_on == nullptr)
      throw unreadable_row("a stored map holds something else than booleans");
    switches.emplace(std::string{each.key().data(), each.key().size()}, *is_on);
  }
  return switches;
}

std::string to_hex(const secret_hash& hash) {
  std::string text;
  text.reserve(hash.size() * 2);
  for (const auto byte : hash) {
    text.push_back(hex_digits[byte >> 4u]);
    text.push_back(hex_digits[byte & 0x0Fu]);
  }
  return text;
}

secret_hash hash_from_hex(std::string_view text) {
  secret_hash hash{};
  if (text.size() != hash.size() * 2)
    throw unreadable_row("a stored hash has the wrong length");
  for (std::size_t i = 0; i < hash.size(); ++i)
    hash[i] = static_cast<std::uint8_t>((half_byte(text[2 * i]) << 4u) | half_byte(text[2 * i + 1]));
  return hash;
}

}  // namespace genesis::storage
