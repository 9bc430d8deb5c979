#include "http/field_values.hpp"

#include "config/limits.hpp"
#include "http/characters.hpp"

#include <algorithm>
#include <charconv>

namespace genesis::http {

namespace {

constexpr auto npos = std::string_view::npos;

/// Takes the text before the next separator off the front of `rest`, and the separator too. Separators inside quoted
/// strings (RFC 9110 5.6.4) do not count.
std::string_view take_until(std::string_view& rest, char separator) noexcept {
  bool is_quoted = false;
  std::size_t end = 0;
  for (; end < rest.size() && (is_quoted || rest[end] != separator); ++end) {
    if (rest[end] == '"')
      is_quoted = !is_quoted;
    else if (is_quoted && rest[end] == '\\' && end + 1 < rest.size())
      ++end;
  }
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return trim(taken);
}

std::string to_lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

/// The text of a quoted string; nothing when it does not end with its quote.
std::optional<std::string> unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"')
    return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      return std::nullopt;
    if (text[i] == '\\')
      ++i;
    if (i == text.size())
      return std::nullopt;
    plain += text[i];
  }
  return plain;
}

/// Weights in thousandths, 0 to 1000 (RFC 9110 12.4.2).
std::optional<int> parse_weight(std::string_view text) noexcept {
  if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5)
    return std::nullopt;
  if (text.size() > 1 && text[1] != '.')
    return std::nullopt;
  int weight = (text[0] - '0') * 1'000;
  int unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (!is(digit_char, c))
      return std::nullopt;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return weight <= 1'000 ? std::optional(weight) : std::nullopt;
}

/// What is true of all that we send, said or not.
bool is_our_charset(std::string_view parameter) noexcept {
  return same_ignoring_case(parameter, "charset=utf-8") || same_ignoring_case(parameter, "charset=\"utf-8\"");
}

/// One member of a list with weights.
struct weighted {
  std::string_view name;
  int weight = 1'000;
  bool is_narrowed = false;  ///< By a parameter that what we send has not.
};

/// Reads `name *( ";" [ parameter ] )` (RFC 9110 5.6.6 allows lone semicolons); nothing when a parameter is no
/// `name=value` or the weight is malformed.
std::optional<weighted> parse_weighted(std::string_view member) noexcept {
  weighted read;
  read.name = take_until(member, ';');
  while (!member.empty()) {
    const std::string_view parameter = take_until(member, ';');
    if (parameter.empty())
      continue;
    const std::size_t equals = parameter.find('=');
    if (equals == npos || !is_token(parameter.substr(0, equals)))
      return std::nullopt;
    if (!same_ignoring_case(parameter.substr(0, equals), "q")) {
      read.is_narrowed |= !is_our_charset(parameter);
      continue;
    }
    const auto weight = parse_weight(parameter.substr(equals + 1));
    if (!weight)
      return std::nullopt;
    read.weight = *weight;
    break;  // what follows the weight is no parameter of the range
  }
  return read;
}

/// How closely a range of `Accept` describes a type: 0 not at all, 1 `*/*`, 2 `type/*`, 4 by name. One that asks for a
/// parameter (`application/json;v=1`) is for something else, strictly; who would take that is served, behind what is
/// said of the type itself, and who would not has said nothing of ours.
int specificity(const weighted& range, std::string_view type) noexcept {
  if (range.is_narrowed && range.weight == 0)
    return 0;
  if (range.name == "*/*")
    return 1;
  if (range.name.ends_with("/*"))
    return same_ignoring_case(range.name.substr(0, range.name.size() - 1), type.substr(0, type.find('/') + 1)) ? 2 : 0;
  if (!same_ignoring_case(range.name, type))
    return 0;
  return range.is_narrowed ? 3 : 4;
}

/// The weight of a coding in `Accept-Encoding`: its own, else that of `*`, else none.
std::optional<int> coding_weight(std::string_view accept_encoding, std::string_view coding) {
  std::optional<int> any;
  while (!accept_encoding.empty()) {
    const auto member = parse_weighted(take_until(accept_encoding, ','));
    if (!member)
      continue;
    // RFC 9110 8.4.1.3: "x-gzip" is "gzip".
    if (same_ignoring_case(member->name, coding) || (coding == "gzip" && same_ignoring_case(member->name, "x-gzip")))
      return member->weight;
    if (member->name == "*")
      any = member->weight;
  }
  return any;
}

bool is_media_range(std::string_view text) noexcept {
  const std::size_t slash = text.find('/');
  return slash != npos && is_token(text.substr(0, slash)) && is_token(text.substr(slash + 1)) &&
         (text[0] != '*' || text == "*/*");
}

/// Takes an entity tag off the front of `rest`: the opaque tag with its quotes, and whether it is weak.
std::optional<std::pair<std::string_view, bool>> take_entity_tag(std::string_view& rest) noexcept {
  const bool is_weak = rest.starts_with("W/");
  if (is_weak)
    rest.remove_prefix(2);
  if (!rest.starts_with('"'))
    return std::nullopt;
  std::size_t close = 1;
  while (close < rest.size() && rest[close] != '"' && is(text_char, rest[close]) && !is_blank(rest[close]))
    ++close;
  if (close == rest.size() || rest[close] != '"')
    return std::nullopt;
  const std::string_view tag = rest.substr(0, close + 1);
  rest.remove_prefix(tag.size());
  return std::pair(tag, is_weak);
}

/// Takes white space and commas off the front of what is left of a list; false when neither is there and the list goes
/// on.
bool take_comma(std::string_view& rest) noexcept {
  rest = trim(rest);
  if (!rest.empty() && rest.front() != ',')
    return false;
  while (!rest.empty() && (is_blank(rest.front()) || rest.front() == ','))
    rest.remove_prefix(1);
  return true;
}

/// Shows every member of a list of entity tags, which is not `*`, in its order; false when the list is malformed, after
/// those before the fault, or when it has no member.
template <class Visitor>
bool each_entity_tag(std::string_view text, Visitor visit) {
  std::size_t members = 0;
  text = trim(text);
  while (!text.empty() && text.front() == ',')
    take_comma(text);
  while (!text.empty()) {
    const auto tag = take_entity_tag(text);
    if (!tag || !take_comma(text))
      return false;
    ++members;
    visit(tag->first, tag->second);
  }
  return members > 0;
}

/// Reads a list of entity tags or `*`. Weak ones are left out where tags compare strongly.
std::optional<precondition> parse_tags(std::string_view text, bool takes_weak) {
  precondition read;
  if (trim(text) == "*") {
    read.any = true;
    return read;
  }
  const bool is_sound = each_entity_tag(text, [&](std::string_view opaque, bool is_weak) {
    if (is_weak && !takes_weak)
      return;
    std::string& plain = read.tags.emplace_back(opaque);
    if (opaque.substr(0, opaque.size() - 1).ends_with(gzip_tag_suffix))
      plain.erase(plain.size() - 1 - gzip_tag_suffix.size(), gzip_tag_suffix.size());
  });
  return is_sound ? std::optional(std::move(read)) : std::nullopt;
}

/// What follows the name of the scheme `Bearer`; empty for another scheme.
std::string_view behind_bearer(std::string_view authorization) noexcept {
  constexpr std::string_view scheme = "Bearer";
  if (!same_ignoring_case(authorization.substr(0, scheme.size()), scheme))
    return {};
  const auto rest = authorization.substr(scheme.size());
  return rest.starts_with(' ') ? rest.substr(std::min(rest.find_first_not_of(' '), rest.size())) : std::string_view{};
}

}  // namespace

bool list_contains(std::string_view list, std::string_view token) noexcept {
  while (!list.empty())
    if (same_ignoring_case(take_until(list, ','), token))
      return true;
  return false;
}

bool names_only(std::string_view list, std::string_view token) noexcept {
  while (!list.empty())
    if (const auto member = take_until(list, ','); !member.empty() && !same_ignoring_case(member, token))
      return false;
  return true;
}

std::optional<std::string_view> media_type::parameter(std::string_view parameter_name) const noexcept {
  for (const auto& [each, value] : parameters)
    if (each == parameter_name)
      return value;
  return std::nullopt;
}

std::optional<media_type> parse_media_type(std::string_view text) {
  const std::string_view name = take_until(text, ';');
  if (!is_media_range(name) || name.find('*') != npos)
    return std::nullopt;
  media_type read{to_lower(name), {}};
  while (!text.empty()) {
    const std::string_view parameter = take_until(text, ';');
    if (parameter.empty())
      continue;
    const std::size_t equals = parameter.find('=');
    if (equals == npos || !is_token(parameter.substr(0, equals)))
      return std::nullopt;
    const std::string_view value = parameter.substr(equals + 1);
    auto plain = is_token(value) ? std::optional(std::string(value)) : unquote(value);
    if (!plain)
      return std::nullopt;
    auto parameter_name = to_lower(parameter.substr(0, equals));
    if (read.parameter(parameter_name))  // others might take the one that we do not
      return std::nullopt;
    read.parameters.emplace_back(std::move(parameter_name), std::move(*plain));
  }
  return read;
}

std::optional<std::size_t> best_match(std::string_view accept, std::span<const std::string_view> offered) {
  struct rating {
    int specificity = 0;
    int weight = 0;
  };
  std::vector<rating> ratings(offered.size());
  bool has_ranges = false;
  while (!accept.empty()) {
    const auto range = parse_weighted(take_until(accept, ','));
    if (!range || !is_media_range(range->name))
      continue;
    has_ranges = true;
    for (std::size_t i = 0; i < offered.size(); ++i)
      if (const int found = specificity(*range, offered[i]); found > ratings[i].specificity)
        ratings[i] = {found, range->weight};
  }
  if (!has_ranges && !offered.empty())
    return 0;
  const auto best = std::ranges::max_element(ratings, {}, &rating::weight);
  if (best == ratings.end() || best->weight == 0)
    return std::nullopt;
  return static_cast<std::size_t>(best - ratings.begin());
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  return coding_weight(accept_encoding, coding).value_or(0) > 0;
}

bool prefers_coding(std::string_view accept_encoding, std::string_view coding) {
  const int weight = coding_weight(accept_encoding, coding).value_or(0);
  return weight > 0 && weight >= coding_weight(accept_encoding, "identity").value_or(0);
}

std::string gzip_entity_tag(std::string_view tag) {
  std::string coded(tag.substr(0, tag.size() - 1));
  coded += gzip_tag_suffix;
  coded += '"';
  return coded;
}

std::optional<precondition> parse_if_match(std::string_view text) {
  return parse_tags(text, false);
}

std::optional<precondition> parse_if_none_match(std::string_view text) {
  auto read = parse_tags(text, true);
  if (read)
    read->is_negated = true;
  return read;
}

bool is_tag_list(std::string_view text) noexcept {
  return trim(text) == "*" || each_entity_tag(text, [](std::string_view, bool) {});
}

bool names_tag(std::string_view if_none_match, std::string_view tag) noexcept {
  if ((!tag.empty() && if_none_match == tag) || trim(if_none_match) == "*")
    return true;
  if (tag.starts_with("W/"))
    tag.remove_prefix(2);
  bool is_named = false;
  each_entity_tag(if_none_match, [&](std::string_view each, bool) { is_named = is_named || each == tag; });
  return is_named;
}

std::optional<std::string> preference(std::string_view prefer, std::string_view name) {
  while (!prefer.empty()) {
    auto member = take_until(prefer, ',');
    auto value = take_until(member, ';');
    if (!same_ignoring_case(take_until(value, '='), name))
      continue;
    value = trim(value);
    return unquote(value).value_or(std::string{value});
  }
  return std::nullopt;
}

bool names_bearer(std::string_view authorization) noexcept {
  return !behind_bearer(authorization).empty();
}

std::optional<std::string_view> bearer_token(std::string_view authorization) noexcept {
  const auto token = behind_bearer(authorization);
  const std::size_t padding = std::min(token.find_last_not_of('=') + 1, token.size());
  if (padding == 0 || token.size() > config::access_token_bytes_max || !all(token68_char, token.substr(0, padding)))
    return std::nullopt;
  return token;
}

std::optional<std::string> parse_idempotency_key(std::string_view text) {
  text = trim(text);
  auto key = text.starts_with('"') ? unquote(text) : std::optional(std::string(text));
  if (!key || key->empty() || key->size() > config::idempotency_key_length_max || !all(visible_char, *key))
    return std::nullopt;
  return key;
}

bool is_request_id(std::string_view text) noexcept {
  const auto is_allowed = [](char c) {
    return is(digit_char, c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '.' || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= config::request_id_length_max && std::ranges::all_of(text, is_allowed);
}

std::optional<trace_parent> parse_trace_parent(std::string_view text) noexcept {
  constexpr std::size_t size = 55;  // 2 + 32 + 16 + 2 digits and three dashes
  const auto is_hex = [](std::string_view part) {
    return std::ranges::all_of(part, [](char c) { return is(hex_char, c) && lower(c) == c; });
  };
  const auto is_zero = [](std::string_view part) { return part.find_first_not_of('0') == npos; };
  if (text.size() < size || text[2] != '-' || text[35] != '-' || text[52] != '-')
    return std::nullopt;
  const std::string_view version = text.substr(0, 2);
  const std::string_view flags = text.substr(53, 2);
  const trace_parent read{text.substr(3, 32), text.substr(36, 16), (hex_value(flags[1]) & 1U) != 0};
  if (!is_hex(version) || !is_hex(read.trace_id) || !is_hex(read.parent_id) || !is_hex(flags) || version == "ff")
    return std::nullopt;
  if (is_zero(read.trace_id) || is_zero(read.parent_id))
    return std::nullopt;
  if (text.size() > size && (version == "00" || text[size] != '-'))
    return std::nullopt;
  return read;
}

std::optional<std::int64_t> parse_whole_number(std::string_view text) noexcept {
  if (text.empty() || !all(digit_char, text) || (text.front() == '0' && text.size() > 1))
    return std::nullopt;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

}  // namespace genesis::http
