#include "cli/artifact_table.hpp"

#include "cli/json_reading.hpp"
#include "cli/printable_text.hpp"
#include "domain/coach/quantities.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

namespace genesis::cli {

namespace {

namespace json = boost::json;
using row = std::vector<std::string>;

// A series is shown by its end; what matters of a trend is where it leads.
constexpr std::size_t rows_shown_max = 14;

// Longer endings first.
constexpr auto unit_endings = std::to_array<std::string_view>(
  {"kcal_per_day", "kg_per_week", "minutes", "litres", "hours", "kcal", "bpm", "pct", "kg", "cm", "g"});

struct label {
  std::string name;
  std::string unit;
  double factor = 1;  ///< From the number as it comes to that unit.
};

struct other_unit {
  std::string_view metric;
  std::string_view imperial;
  double factor = 1;
};

/// As the coach words them; energy and grams of food are the same everywhere.
constexpr auto other_units = std::to_array<other_unit>(
  {{"kg_per_week", "lb per week", 1 / coach::kg_per_pound}, {"kg", "lb", 1 / coach::kg_per_pound},
    {"cm", "in", 1 / coach::cm_per_inch}, {"litres", "fl oz", 1 / coach::litres_per_us_fluid_ounce}});

std::string spaced(std::string_view text) {
  std::string words = printable(text);
  std::ranges::replace(words, '_', ' ');
  std::erase_if(words, [](char c) { return c == '\n' || c == '\t'; });
  return words;
}

/// A unit as the person has it.
label in_units(std::string name, std::string_view unit, unit_system units) {
  const auto* const other = std::ranges::find(other_units, unit, &other_unit::metric);
  if (units == unit_system::imperial && other != other_units.end())
    return {std::move(name), std::string{other->imperial}, other->factor};
  return {std::move(name), unit == "pct" ? "%" : spaced(unit)};
}

// `resting_kcal` is resting, in kcal; `kcal` alone is its own name.
label label_of(std::string_view member, unit_system units = unit_system::metric) {
  for (const auto ending : unit_endings)
    if (member.size() > ending.size() + 1 && member.ends_with(ending) &&
        member[member.size() - ending.size() - 1] == '_') {
      member.remove_suffix(ending.size() + 1);
      return in_units(spaced(member), ending, units);
    }
  if (auto alone = in_units({}, member, units); alone.factor != 1)
    return {std::move(alone.unit), {}, alone.factor};
  return {spaced(member), {}};
}

// Bounds stand beside the change that they are of, in its unit.
label label_in(const json::object& data, std::string_view member, unit_system units) {
  auto own = label_of(member, units);
  if (member != "low" && member != "high")
    return own;
  for (const auto& other : data)
    if (std::string_view{other.key()}.starts_with("change_"))
      if (const auto change = label_of(other.key(), units); !change.unit.empty())
        return {std::move(own.name), change.unit, change.factor};
  return own;
}

// At most two decimals, and none that say nothing.
std::string number_text(double value) {
  std::array<char, 64> buffer{};
  const auto [end, failure] =
    std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 2);
  if (failure != std::errc{})
    return "?";
  std::string text{buffer.data(), end};
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.'))
    text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string scalar_text(const json::value& value, double factor = 1) {
  if (value.is_number())
    return number_text(value.to_number<double>() * factor);
  if (value.is_bool())
    return value.get_bool() ? "yes" : "no";
  if (const auto* text = value.if_string())
    return spaced({text->data(), text->size()});
  return "-";
}

void add_columns(std::string& out, const std::vector<row>& rows, std::string_view indent) {
  std::vector<std::size_t> widths;
  for (const auto& each : rows) {
    widths.resize(std::max(widths.size(), each.size()));
    for (std::size_t column = 0; column < each.size(); ++column)
      widths[column] = std::max(widths[column], column_count(each[column]));
  }
  for (const auto& each : rows) {
    std::string line{indent};
    for (std::size_t column = 0; column < each.size(); ++column) {
      line += each[column];
      if (column + 1 < each.size())
        line.append(widths[column] - column_count(each[column]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
}

// Objects of one shape: names on top, then one line each.
void add_series(std::string& out, std::string_view name, const json::array& series, unit_system units) {
  row head;
  for (const auto& member : series.front().get_object()) {
    const auto [title, unit, factor] = label_of(member.key(), units);
    head.push_back(title);
    if (!unit.empty())
      head.back().append(" (").append(unit).append(")");
  }
  std::vector<row> rows{head};
  const auto hidden = series.size() - std::min(series.size(), rows_shown_max);
  for (auto at = hidden; at < series.size(); ++at) {
    row cells;
    if (const auto* object = series[at].if_object())
      for (const auto& member : *object)
        cells.push_back(scalar_text(member.value(), label_of(member.key(), units).factor));
    rows.push_back(std::move(cells));
  }
  out += "  " + spaced(name) + (hidden > 0 ? " (the last " + std::to_string(rows_shown_max) + ")" : "") + '\n';
  add_columns(out, rows, "    ");
}

std::string joined(const json::array& values) {
  std::string text;
  for (const auto& value : values) {
    const auto* name = value.if_string();
    text += text.empty() ? "" : ", ";
    text += name == nullptr ? scalar_text(value) : label_of({name->data(), name->size()}).name;
  }
  return text.empty() ? "-" : text;
}

void add_members(std::string& out, const json::object& data, unit_system units) {
  std::vector<row> rows;
  for (const auto& member : data) {
    const auto [name, unit, factor] = label_in(data, member.key(), units);
    const auto* array = member.value().if_array();
    if (array != nullptr && (array->empty() || !array->front().is_object()))
      rows.push_back({name, joined(*array)});
    else if (!member.value().is_structured())
      rows.push_back({name, scalar_text(member.value(), factor) + (unit.empty() ? "" : " " + unit)});
  }
  add_columns(out, rows, "  ");
  for (const auto& member : data) {
    const auto* array = member.value().if_array();
    if (const auto* inner = member.value().if_object(); inner != nullptr && !inner->empty()) {
      out += "  " + spaced(member.key()) + '\n';
      std::vector<row> inputs;
      for (const auto& input : *inner) {
        const auto [name, unit, factor] = label_of(input.key(), units);
        inputs.push_back({name, scalar_text(input.value(), factor) + (unit.empty() ? "" : " " + unit)});
      }
      add_columns(out, inputs, "    ");
    } else if (array != nullptr && !array->empty() && array->front().is_object()) {
      add_series(out, member.key(), *array, units);
    }
  }
}

/// A line per source. Records of one kind that follow each other share a line, from the first to the last: a trend
/// rests on dozens.
void add_sources(std::string& out, const json::object& artifact) {
  const auto* sources = artifact.if_contains("sources");
  if (sources == nullptr || !sources->is_array())
    return;
  const auto& all = sources->get_array();
  for (std::size_t i = 0; i < all.size();) {
    const auto* source = all[i].if_object();
    if (source == nullptr) {
      ++i;
      continue;
    }
    const auto is_alike = [&](const json::value& other) {
      const auto* record = other.if_object();
      return record != nullptr && text_member(*source, "kind") == "record" &&
             text_member(*record, "kind") == "record" && text_member(*record, "title") == text_member(*source, "title");
    };
    std::size_t end = i + 1;
    while (end < all.size() && is_alike(all[end]))
      ++end;
    const auto first = spaced(text_member(*source, "reference"));
    out += "  from " + spaced(text_member(*source, "title")) + (first.empty() ? "" : ": " + first);
    if (end - i > 1)
      out += " to " + spaced(text_member(all[end - 1].get_object(), "reference")) + " (" + std::to_string(end - i) +
             " records)";
    out += '\n';
    i = end;
  }
}

}  // namespace

std::string artifact_table(const json::object& artifact, unit_system units) {
  std::string title = spaced(text_member(artifact, "type"));
  if (!title.empty() && title.front() >= 'a' && title.front() <= 'z')
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
  std::string out = title + '\n';
  add_members(out, object_member(artifact, "data"), units);
  add_sources(out, artifact);
  return out;
}

}  // namespace genesis::cli
