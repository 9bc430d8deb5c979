#include "config/toml_file.hpp"

#include "config/settings_table.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace genesis::config {

namespace {

/// Walks a parsed file against the table of settings.
class toml_reader {
public:
  explicit toml_reader(std::string_view name) : name_(name) {}

  file_contents read(const toml::table& root) {
    for (const auto& [section, node] : root) {
      if (!is_section(section.str()))
        complain_of_section(section.str(), line_of(section, node));
      else if (const auto* keys = node.as_table())
        read_section(section.str(), *keys);
      else
        complain(line_of(section, node), std::string(section.str()),
          "must be a section, [" + std::string(section.str()) + "]");
    }
    return std::move(contents_);
  }

private:
  static bool is_section(std::string_view section) {
    return std::ranges::any_of(settings_table(), [&](const setting& each) { return each.section() == section; });
  }

  /// A key's own line; one that toml++ made up for a dotted key has none, but what it holds has.
  static unsigned line_of(const toml::key& key, const toml::node& node) {
    return key.source().begin.line != 0 ? key.source().begin.line : node.source().begin.line;
  }

  [[nodiscard]] std::string where(unsigned line) const { return name_ + ':' + std::to_string(line); }

  void complain(unsigned line, std::string setting_name, std::string message) {
    contents_.faults.push_back({where(line), std::move(setting_name), std::move(message)});
  }

  void complain_of_unknown(std::string_view setting_name, unsigned line) {
    std::string message = "is not a setting";
    if (const auto* near = nearest_setting(setting_name))
      message += "; did you mean " + std::string(near->name) + '?';
    complain(line, std::string(setting_name), std::move(message));
  }

  void complain_of_section(std::string_view section, unsigned line) {
    std::string message = "is not a setting";
    if (const auto near = nearest_section(section); !near.empty())
      message += "; did you mean [" + std::string(near) + "]?";
    complain(line, std::string(section), std::move(message));
  }

  void read_section(std::string_view section, const toml::table& keys) {
    for (const auto& [key, node] : keys) {
      const auto full_name = std::string(section) + '.' + std::string(key.str());
      const auto line = line_of(key, node);
      const auto* row = find_setting(full_name);
      if (row == nullptr) {
        complain_of_unknown(full_name, line);
        continue;
      }
      if (auto value = read_value(row->kind, node))
        contents_.values.push_back({row, *std::move(value), where(line)});
      else
        complain(line, full_name, std::string(kind_rule(row->kind)));
    }
  }

  static std::optional<setting_value> read_value(setting_kind kind, const toml::node& node) {
    switch (kind) {
    case setting_kind::boolean: return exact<bool>(node);
    case setting_kind::integer: return exact<std::int64_t>(node);
    case setting_kind::duration: return read_duration(node);
    case setting_kind::text: return exact<std::string>(node);
    case setting_kind::list: return read_list(node);
    }
    return std::nullopt;
  }

  template <class T>
  static std::optional<setting_value> exact(const toml::node& node) {
    if (auto value = node.value_exact<T>())
      return setting_value(*std::move(value));
    return std::nullopt;
  }

  static std::optional<setting_value> read_duration(const toml::node& node) {
    std::optional<milliseconds> length;
    if (const auto text = node.value_exact<std::string>())
      length = parse_duration(*text);
    else if (const auto number = node.value_exact<std::int64_t>())
      length = parse_duration(std::to_string(*number));
    if (!length)
      return std::nullopt;
    return setting_value(*length);
  }

  static std::optional<setting_value> read_list(const toml::node& node) {
    const auto* entries = node.as_array();
    if (entries == nullptr)
      return std::nullopt;
    std::vector<std::string> texts;
    for (const auto& entry : *entries) {
      auto text = entry.value_exact<std::string>();
      if (!text)
        return std::nullopt;
      texts.push_back(*std::move(text));
    }
    return setting_value(std::move(texts));
  }

  std::string name_;
  file_contents contents_;
};

}  // namespace

file_contents read_toml(std::string_view text, std::string_view name) {
  try {
    const auto root = toml::parse(text, name);
    return toml_reader(name).read(root);
  } catch (const toml::parse_error& fault) {
    file_contents contents;
    contents.faults.push_back({std::string(name) + ':' + std::to_string(fault.source().begin.line), "",
      "is not TOML: " + std::string(fault.description())});
    return contents;
  }
}

}  // namespace genesis::config
