#include "http/json_reader.hpp"

#include "config/limits.hpp"
#include "http/json_span.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace genesis::http {

namespace {

namespace json = boost::json;

/// What a parsed document holds, all levels together.
struct census {
  std::size_t members = 0;
  bool has_double = false;
};

void count(const json::value& value, census& sum) {
  if (const auto* object = value.if_object()) {
    sum.members += object->size();
    for (const auto& member : *object)
      count(member.value(), sum);
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array)
      count(element, sum);
  } else if (value.is_double()) {
    sum.has_double = true;
  }
}

/// Members as written: a valid document has exactly one colon outside strings for each. The parser keeps one of several
/// equal keys and drops the others, so that any repetition makes its count smaller than this one.
std::size_t members_written(std::string_view text) noexcept {
  std::size_t colons = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      in_string = !in_string;
    else if (!in_string && text[i] == ':')
      ++colons;
  }
  return colons;
}

bool is_object(std::string_view value) noexcept {
  return value.front() == '{';
}
bool is_array(std::string_view value) noexcept {
  return value.front() == '[';
}

/// The second occurrence of a key in an object, or in one inside it.
std::optional<std::string_view> repeated_key(std::string_view value) {
  json_span items{value};
  if (is_array(value)) {
    while (const auto element = items.next_element())
      if (is_object(*element) || is_array(*element))
        if (const auto found = repeated_key(*element))
          return found;
    return std::nullopt;
  }
  std::vector<std::pair<std::string, std::string_view>> keys;
  std::string buffer;
  while (const auto member = items.next_member()) {
    keys.emplace_back(plain_key(member->key, buffer), member->key);
    if (is_object(member->value) || is_array(member->value))
      if (const auto found = repeated_key(member->value))
        return found;
  }
  std::ranges::stable_sort(keys, {}, [](const auto& key) -> const std::string& { return key.first; });
  const auto twice =
    std::ranges::adjacent_find(keys, {}, [](const auto& key) -> const std::string& { return key.first; });
  if (twice == keys.end())
    return std::nullopt;
  return std::next(twice)->second;
}

/// Whether the parser has rounded a number as it must be. It takes the digits for a whole number and divides it by a
/// power of ten: right where both are exact in a double, as they are up to 15 digits.
bool is_rounded_well(std::string_view number) noexcept {
  constexpr std::size_t bytes_max = std::numeric_limits<double>::digits10 + 1;  // with the point
  return number.size() <= bytes_max && number.find_first_of("eE") == std::string_view::npos;
}

/// The double that is nearest to a number; an infinity where that is beyond them all.
double nearest_double(std::string_view number, double parsed) noexcept {
  double exact = 0;
  const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), exact);
  if (failure == std::errc{})
    return exact;
  return std::abs(parsed) < 1 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), parsed);
}

/// Gives every double of a value, in which no key occurs twice, the value that is written: members stand in it in the
/// order of the text. Gives the first number that no double can hold; an empty text when there is none.
std::string_view round_well(json::value& value, json_numbers& numbers) {
  if (auto* object = value.if_object()) {
    for (auto& member : *object)
      if (const auto beyond = round_well(member.value(), numbers); !beyond.empty())
        return beyond;
  } else if (auto* array = value.if_array()) {
    for (auto& element : *array)
      if (const auto beyond = round_well(element, numbers); !beyond.empty())
        return beyond;
  } else if (value.is_number()) {
    const auto written = numbers.next();
    auto* number = value.if_double();
    if (number && !is_rounded_well(written))
      *number = nearest_double(written, *number);
    if (number && !std::isfinite(*number))
      return written;
  }
  return {};
}

std::string reason_of(const json::error_code& ec) {
  if (ec == json::error::too_deep)
    return "nesting is deeper than " + std::to_string(config::json_depth_max) + " levels";
  if (ec == json::error::incomplete)
    return "the text ends too early";
  if (ec == json::error::extra_data)
    return "there is something behind the object";
  if (ec == json::error::exponent_overflow)
    return "a number is out of range";
  return ec.message();
}

std::size_t offset_in(std::string_view text, std::string_view part) noexcept {
  return static_cast<std::size_t>(part.data() - text.data());
}

}  // namespace

std::string to_string(const json_fault& fault) {
  return "The body is not acceptable JSON: " + fault.reason + " (at byte " + std::to_string(fault.offset) + ").";
}

std::expected<const json::object*, json_fault> json_reader::read_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = config::json_depth_max;
  std::array<unsigned char, 1'024> scratch;
  json::parser parser{{}, options, scratch.data(), scratch.size()};
  parser.reset(&resource_);
  json::error_code ec;
  const auto consumed = parser.write(text.data(), text.size(), ec);
  if (ec)
    return std::unexpected(json_fault{std::min(consumed, text.size()), reason_of(ec)});
  root_ = parser.release();

  const auto* object = root_.if_object();
  if (!object)
    return std::unexpected(json_fault{0, "it must be an object"});
  census sum;
  count(root_, sum);
  if (sum.members != members_written(text)) {
    const auto key = repeated_key(text.substr(text.find('{')));
    return std::unexpected(json_fault{key ? offset_in(text, *key) : 0, "a key occurs twice in an object"});
  }
  if (sum.has_double) {
    json_numbers numbers{text};
    if (const auto beyond = round_well(root_, numbers); !beyond.empty())
      return std::unexpected(json_fault{offset_in(text, beyond), "a number is out of range"});
  }
  return object;
}

}  // namespace genesis::http
