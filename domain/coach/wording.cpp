#include "domain/coach/wording.hpp"

#include "domain/coach/quantities.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace genesis::coach {

namespace {

constexpr auto english_months = std::to_array<std::string_view>({"January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December"});
constexpr auto spanish_months = std::to_array<std::string_view>({"enero", "febrero", "marzo", "abril", "mayo", "junio",
  "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"});

/// Halves are rounded away from zero, as people do it.
std::string plain(double exact, int decimals) {
  const auto scale = std::pow(10.0, decimals);
  const auto value = std::round(exact * scale) / scale;
  std::array<char, 64> buffer{};
  const auto [end, failure] =
    std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  if (failure != std::errc{})
    return "?";
  std::string text{buffer.data(), end};
  if (decimals > 0) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
      text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

/// English sets thousands apart by a comma; Spanish leaves four digits together and sets more apart by a space.
void group_thousands(std::string& text, std::string_view mark, std::size_t digits_min) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const auto digits = std::min(text.find('.'), text.size()) - first;
  if (digits < digits_min)
    return;
  for (auto at = first + digits; at > first + 3;) {
    at -= 3;
    text.insert(at, mark);
  }
}

}  // namespace

std::string wording::say(const phrase& what, std::initializer_list<slot> slots) const {
  const auto pattern = is_spanish() ? what.spanish : what.english;
  std::string text;
  text.reserve(pattern.size() + 32);
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = std::min(pattern.find('{', at), pattern.size());
    text += pattern.substr(at, open - at);
    const auto close = open == pattern.size() ? open : std::min(pattern.find('}', open), pattern.size() - 1);
    if (open < pattern.size()) {
      const auto name = pattern.substr(open + 1, close - open - 1);
      for (const auto& [slot_name, value] : slots)
        if (slot_name == name)
          text += value;
    }
    at = close + 1;
  }
  return text;
}

std::string wording::number(double value, int decimals) const {
  auto text = plain(value, decimals);
  if (!is_spanish()) {
    group_thousands(text, ",", 4);
    return text;
  }
  group_thousands(text, "\u00a0", 5);
  if (const auto point = text.find('.'); point != std::string::npos)
    text[point] = ',';
  return text;
}

std::string wording::kcal(double value) const {
  return number(value) + " kcal";
}

std::string wording::grams(double value) const {
  return number(value) + " g";
}

std::string wording::mass(double kg) const {
  return is_imperial() ? number(kg / kg_per_pound, 1) + " lb" : number(kg, 1) + " kg";
}

std::string wording::pace(double kg) const {
  return is_imperial() ? number(kg / kg_per_pound, 2) + " lb" : number(kg, 2) + " kg";
}

std::string wording::height(double cm) const {
  if (!is_imperial())
    return number(cm, 1) + " cm";
  const auto inches = std::lround(cm / cm_per_inch);
  const auto feet = std::to_string(inches / 12);
  const auto rest = std::to_string(inches % 12);
  return is_spanish() ? feet + " pies " + rest + " pulgadas" : feet + " ft " + rest + " in";
}

std::string wording::volume(double litres) const {
  if (is_imperial())
    return number(litres / litres_per_us_fluid_ounce) + " fl oz";
  const auto amount = number(litres, 1);
  return amount + (is_spanish() ? (amount == "1" ? " litro" : " litros") : (amount == "1" ? " litre" : " litres"));
}

std::string wording::length(double cm) const {
  if (!is_imperial())
    return number(cm, 1) + " cm";
  return number(cm / cm_per_inch, 1) + (is_spanish() ? " pulgadas" : " in");
}

std::string wording::beats(double bpm, int decimals) const {
  return number(bpm, decimals) + (is_spanish() ? " lpm" : " bpm");
}

std::string wording::percent(double value, int decimals) const {
  return number(value, decimals) + (is_spanish() ? " %" : "%");
}

std::string wording::date(calendar_day day) const {
  const auto month = static_cast<unsigned>(day.month()) - 1;
  const auto number_of_day = std::to_string(static_cast<unsigned>(day.day()));
  return is_spanish() ? number_of_day + " de " + std::string{spanish_months[month]}
                      : number_of_day + " " + std::string{english_months[month]};
}

std::string wording::plates(double kg) const {
  if (is_imperial())
    return number(std::round(kg / kg_per_pound / 5) * 5) + " lb";
  return number(std::round(kg / 2.5) * 2.5, 1) + " kg";
}

std::string wording::all_of(std::span<const std::string> items) const {
  const bool is_before_i = !items.empty() && items.back().starts_with('i');
  return list(items, !is_spanish() ? " and " : is_before_i ? " e " : " y ");
}

std::string wording::any_of(std::span<const std::string> items) const {
  const bool is_before_o = !items.empty() && items.back().starts_with('o');
  return list(items, !is_spanish() ? " or " : is_before_o ? " u " : " o ");
}

std::string wording::list(std::span<const std::string> items, std::string_view last_joint) const {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0)
      text += i + 1 == items.size() ? last_joint : ", ";
    text += items[i];
  }
  return text;
}

}  // namespace genesis::coach
