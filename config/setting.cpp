#include "config/setting.hpp"

#include <algorithm>
#include <iterator>

namespace genesis::config {

namespace {

std::string bound_text(const setting& row, std::int64_t bound) {
  return row.kind == setting_kind::duration ? format_duration(milliseconds{bound}) : std::to_string(bound);
}

complaint check_range(const setting& row, std::int64_t number) {
  if (number >= row.range.min && number <= row.range.max)
    return std::nullopt;
  return "must be " + row.range_text();
}

complaint check_text(const setting& row, const std::string& text) {
  if (text.find('\0') != std::string::npos)
    return "must not contain NUL";
  if (row.choices.empty() || std::ranges::find(row.choices, text) != row.choices.end())
    return std::nullopt;
  return "must be " + row.choices_text();
}

/// What stands for a secret.
constexpr std::string_view mask = "***";

/// Replaces what a URL asks for behind the first `?`.
std::string without_query(const std::string& url) {
  const auto at = url.find('?');
  return at == std::string::npos ? url : url.substr(0, at + 1) + std::string{mask};
}

/// Replaces the values of parameters behind the first `?` whose names speak of passwords (`password`, `sslpassword`),
/// and of those whose names are written in percent codes, which may say the same.
std::string without_secret_parameters(const std::string& url) {
  auto at = url.find('?');
  auto shown = url.substr(0, at);
  while (at < url.size()) {
    const auto end = std::min(url.find('&', at + 1), url.size());
    const auto parameter = url.substr(at, end - at);
    const auto name = parameter.substr(0, parameter.find('='));
    const bool is_secret = name.contains("password") || name.contains('%');
    shown += is_secret ? name + "=" + std::string{mask} : parameter;
    at = end;
  }
  return shown;
}

/// Replaces what stands between the first `:` and the last `@` before a URL's parameters, and secret parameters. A
/// password may hold a `/` that should not be there; the path of a file may hold both and no password.
std::string without_password(const std::string& whole) {
  const auto scheme_end = whole.find("://");
  if (scheme_end == std::string::npos)
    return whole;
  const auto url = without_secret_parameters(whole);
  const auto authority = scheme_end + 3;
  const auto at = url.rfind('@', url.find(url.starts_with("sqlite:") ? '/' : '?', authority));
  const auto colon = url.find(':', authority);
  if (at == std::string::npos || at < authority || colon > at)
    return url;
  return url.substr(0, colon + 1) + std::string{mask} + url.substr(at);
}

}  // namespace

std::string setting::variable() const {
  std::string out = "GENESIS_";
  for (const char each : name)
    out += each == '.' ? '_' : each >= 'a' && each <= 'z' ? static_cast<char>(each - 'a' + 'A') : each;
  return out;
}

complaint setting::check(const setting_value& value) const {
  if (kind_of(value) != kind)
    return std::string(kind_rule(kind));
  complaint found;
  if (const auto* number = std::get_if<std::int64_t>(&value))
    found = check_range(*this, *number);
  else if (const auto* length = std::get_if<milliseconds>(&value))
    found = check_range(*this, length->count());
  else if (const auto* text = std::get_if<std::string>(&value))
    found = check_text(*this, *text);
  if (!found && rule != nullptr)
    found = rule(value);
  return found;
}

std::string setting::show(const setting_value& value) const {
  const auto* text = std::get_if<std::string>(&value);
  if (shown == secrecy::open || (text != nullptr && text->empty()))
    return to_toml(value);
  if (shown == secrecy::url_password && text != nullptr)
    return to_toml(without_password(*text));
  if (shown == secrecy::url_query && text != nullptr)
    return to_toml(without_query(*text));
  if (const auto* urls = std::get_if<std::vector<std::string>>(&value);
    shown == secrecy::url_password && urls != nullptr) {
    std::vector<std::string> without;
    std::ranges::transform(*urls, std::back_inserter(without), without_password);
    return to_toml(without);
  }
  return to_toml(std::string{mask});
}

bool setting::hides_part_of(const setting_value& value) const {
  return show(value) != to_toml(value);
}

std::string setting::range_text() const {
  if (kind != setting_kind::integer && kind != setting_kind::duration)
    return {};
  auto text = range.max == setting_range{}.max
                ? "at least " + bound_text(*this, range.min)
                : "between " + bound_text(*this, range.min) + " and " + bound_text(*this, range.max);
  if (!unit.empty())
    text += ' ' + std::string(unit);
  return text;
}

std::string setting::choices_text() const {
  std::string text;
  for (std::size_t at = 0; at < choices.size(); ++at) {
    const bool is_last = at + 1 == choices.size();
    text += (at == 0 ? "" : is_last ? " or " : ", ") + std::string(choices[at]);
  }
  return text;
}

}  // namespace genesis::config
