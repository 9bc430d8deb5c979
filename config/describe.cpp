#include "config/describe.hpp"

#include "config/settings_table.hpp"

#include <algorithm>
#include <string_view>

namespace genesis::config {

namespace {

constexpr std::size_t line_length_max = 100;

/// The text as comment lines, broken between words.
std::string comment(std::string_view text) {
  std::string out = "#";
  std::size_t length = 1;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (length + 1 + word.size() > line_length_max) {
      out += "\n#";
      length = 1;
    }
    out += ' ';
    out += word;
    length += 1 + word.size();
  }
  return out += '\n';
}

std::string bounds(const setting& row) {
  if (!row.choices.empty())
    return " One of: " + row.choices_text() + '.';
  if (const auto range = row.range_text(); !range.empty())
    return " Range: " + range + '.';
  return {};
}

constexpr std::string_view example_head =
  R"(# Settings of GENESIS. Every setting is here with its default, commented out; nothing has to be set.
#
# genesis serve --config FILE reads this file, else genesis.toml in the data directory where there is one.
# GENESIS_HTTP_PORT=8080 in the environment sets http.port over this file, and the flag --http.port=8080
# sets it over both; there, lists are separated by commas. An unknown or impossible setting stops the start.
#
# Durations are written "500ms", "15s", "10m", "1h" or "30d"; a bare integer is seconds.
)";

}  // namespace

std::string describe(const loaded& effective) {
  std::vector<std::string> lines;
  std::size_t width = 0;
  for (const auto& row : settings_table()) {
    lines.push_back(std::string(row.name) + " = " + row.show(row.get(effective.values)));
    width = std::max(width, lines.back().size());
  }
  std::string out;
  for (std::size_t at = 0; at < lines.size(); ++at)
    out += lines[at] + std::string(width - lines[at].size(), ' ') + "  # " + effective.origins[at].where + '\n';
  return out;
}

std::string example_file() {
  const settings defaults;
  std::string out(example_head);
  std::string_view section;
  for (const auto& row : settings_table()) {
    if (row.section() != section) {
      section = row.section();
      out += "\n[" + std::string(section) + "]\n";
    }
    out += '\n' + comment(std::string(row.explanation) + bounds(row));
    out += '#' + std::string(row.key()) + " = " + to_toml(row.get(defaults)) + '\n';
  }
  return out;
}

}  // namespace genesis::config
