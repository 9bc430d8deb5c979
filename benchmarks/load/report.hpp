#pragma once

#include "benchmarks/load/statistics.hpp"

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::load {

/// What a run found out: figures under names that carry their unit, in the order they were added. The JSON form is one
/// flat object, so that a script can pick a figure with `sed`.
class report {
public:
  void add(std::string name, std::uint64_t value);
  /// Something that is not a number (nothing was counted) is null.
  void add(std::string name, double value);
  void add_text(std::string name, std::string_view value);
  /// `<prefix>mean_<unit>`, median, stddev, min, max, p95, p99.
  void add(std::string_view prefix, std::string_view unit, const summary& figures);

  /// Whether the figure `failed` is above 0.
  [[nodiscard]] bool has_failures() const;

  void print_table(std::ostream& out) const;
  void print_json(std::ostream& out) const;

private:
  struct entry {
    std::string name;
    std::string value;  // as JSON
  };

  std::vector<entry> entries_;
};

}  // namespace genesis::load
