#include "cli/metrics_snapshot.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace genesis::cli {

namespace {

bool has_all(const label_filter& has, const label_filter& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& one) { return std::ranges::find(has, one) != has.end(); });
}

void skip_spaces(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
}

// The value behind an opening quote, up to the closing one.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string value;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return value;
    }
    if (rest[i] != '\\') {
      value += rest[i];
      continue;
    }
    if (++i == rest.size())
      return std::nullopt;
    value += rest[i] == 'n' ? '\n' : rest[i];
  }
  return std::nullopt;
}

std::optional<label_filter> take_labels(std::string_view& rest) {
  label_filter labels;
  if (!rest.starts_with('{'))
    return labels;
  rest.remove_prefix(1);
  while (!rest.starts_with('}')) {
    const std::size_t equals = rest.find("=\"");
    if (equals == std::string_view::npos)
      return std::nullopt;
    std::string name{rest.substr(0, equals)};
    rest.remove_prefix(equals + 2);
    auto value = take_quoted(rest);
    if (!value)
      return std::nullopt;
    labels.emplace_back(std::move(name), *std::move(value));
    if (rest.starts_with(','))
      rest.remove_prefix(1);
  }
  rest.remove_prefix(1);
  return labels;
}

std::optional<double> read_number(std::string_view text) {
  if (text.starts_with('+'))
    text.remove_prefix(1);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = fault == std::errc{} && (end == text.data() + text.size() || *end == ' ');
  return is_whole ? std::optional{value} : std::nullopt;
}

double count_of(const cumulative_buckets& buckets) {
  return buckets.empty() ? 0 : buckets.rbegin()->second;
}

double at_bound(const cumulative_buckets& buckets, double bound) {
  const auto it = buckets.find(bound);
  return it == buckets.end() ? 0 : it->second;
}

}  // namespace

result<metrics_snapshot> metrics_snapshot::parse(std::string_view text, clock::time_point at) {
  metrics_snapshot made;
  made.at_ = at;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with('#'))
      continue;
    const std::size_t name_end = line.find_first_of("{ ");
    const std::string name{line.substr(0, name_end)};
    line.remove_prefix(name.size());
    auto labels = take_labels(line);
    skip_spaces(line);
    const auto value = read_number(line);
    if (name.empty() || !labels || !value)
      return fail(errc::invalid_argument, "line " + std::to_string(number) + " is no metric");
    made.samples_[name].push_back({*std::move(labels), *value});
  }
  return made;
}

double metrics_snapshot::sum(std::string_view name, const label_filter& labels) const {
  double total = 0;
  if (const auto it = samples_.find(name); it != samples_.end())
    for (const auto& each : it->second)
      if (has_all(each.labels, labels))
        total += each.value;
  return total;
}

cumulative_buckets metrics_snapshot::buckets(std::string_view name, const label_filter& labels) const {
  cumulative_buckets total;
  const auto it = samples_.find(std::string{name} + "_bucket");
  if (it == samples_.end())
    return total;
  for (const auto& each : it->second) {
    if (!has_all(each.labels, labels))
      continue;
    const auto bound = std::ranges::find(each.labels, "le", &label_filter::value_type::first);
    if (bound == each.labels.end())
      continue;
    total[read_number(bound->second).value_or(std::numeric_limits<double>::infinity())] += each.value;
  }
  return total;
}

std::vector<std::string> metrics_snapshot::label_values(std::string_view name, std::string_view label) const {
  std::vector<std::string> values;
  if (const auto it = samples_.find(name); it != samples_.end())
    for (const auto& each : it->second)
      for (const auto& [key, value] : each.labels)
        if (key == label && std::ranges::find(values, value) == values.end())
          values.push_back(value);
  return values;
}

std::vector<label_filter> metrics_snapshot::label_sets(std::string_view name, std::string_view without) const {
  std::vector<label_filter> sets;
  if (const auto it = samples_.find(name); it != samples_.end())
    for (const auto& each : it->second) {
      auto labels = each.labels;
      std::erase_if(labels, [&](const auto& one) { return one.first == without; });
      if (std::ranges::find(sets, labels) == sets.end())
        sets.push_back(std::move(labels));
    }
  return sets;
}

std::optional<double> quantile(double q, const cumulative_buckets& before, const cumulative_buckets& after) {
  const double total = count_of(after) - count_of(before);
  if (!(total > 0))
    return std::nullopt;
  const double rank = q * total;
  double bound_below = 0;
  double count_below = 0;
  for (const auto& [bound, count] : after) {
    const double grown = count - at_bound(before, bound);
    if (grown >= rank) {
      if (std::isinf(bound))
        return bound_below;
      const double inside = grown - count_below;
      return bound_below + (bound - bound_below) * (inside > 0 ? (rank - count_below) / inside : 1);
    }
    bound_below = bound;
    count_below = grown;
  }
  return bound_below;
}

}  // namespace genesis::cli
