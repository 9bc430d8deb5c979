#include "benchmarks/load/report.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace genesis::load {

void report::add(std::string name, std::uint64_t value) {
  entries_.push_back({std::move(name), std::to_string(value)});
}

void report::add(std::string name, double value) {
  char text[64] = "null";
  if (std::isfinite(value))
    std::snprintf(text, sizeof text, "%.3f", value);
  entries_.push_back({std::move(name), text});
}

void report::add_text(std::string name, std::string_view value) {
  entries_.push_back({std::move(name), boost::json::serialize(boost::json::string{value})});
}

void report::add(std::string_view prefix, std::string_view unit, const summary& figures) {
  const double nothing = std::nan("");
  const auto one = [&](std::string_view name, double value) {
    add(std::string{prefix} + std::string{name} + "_" + std::string{unit}, figures.count == 0 ? nothing : value);
  };
  one("mean", figures.mean);
  one("median", figures.median);
  one("stddev", figures.stddev);
  one("min", figures.min);
  one("max", figures.max);
  one("p95", figures.p95);
  one("p99", figures.p99);
}

bool report::has_failures() const {
  return std::ranges::any_of(entries_, [](const entry& each) { return each.name == "failed" && each.value != "0"; });
}

void report::print_table(std::ostream& out) const {
  constexpr std::size_t width = 34;
  for (const auto& [name, value] : entries_) {
    std::string line = name;
    line.resize(std::max(width, name.size() + 2), ' ');
    out << line << (value == "null" ? std::string{"-"} : value) << '\n';
  }
}

void report::print_json(std::ostream& out) const {
  out << '{';
  for (std::size_t i = 0; i < entries_.size(); ++i)
    out << (i == 0 ? "\"" : ",\"") << entries_[i].name << "\":" << entries_[i].value;
  out << "}\n";
}

}  // namespace genesis::load
