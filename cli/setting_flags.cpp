#include "cli/setting_flags.hpp"

#include "config/settings_table.hpp"

#include <string_view>

namespace genesis::cli {

namespace {

bool is_setting(std::string_view argument) {
  return argument.starts_with("--") && argument.substr(0, argument.find('=')).contains('.');
}

std::string_view first_sentence(std::string_view text) {
  const auto end = text.find(". ");
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

}  // namespace

std::expected<parted_arguments, std::string> part_settings(std::vector<std::string> arguments) {
  parted_arguments parted;
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (*at == "--") {
      parted.rest.insert(parted.rest.end(), at, arguments.end());
      break;
    }
    if (!is_setting(*at)) {
      parted.rest.push_back(std::move(*at));
      continue;
    }
    if (const auto equals = at->find('='); equals != std::string::npos) {
      parted.settings.push_back({at->substr(2, equals - 2), at->substr(equals + 1)});
      continue;
    }
    const auto value = at + 1;
    if (value == arguments.end() || value->starts_with("--"))
      return std::unexpected(*at + " needs a value, as in " + *at + "=...");
    parted.settings.push_back({at->substr(2), *value});
    at = value;
  }
  return parted;
}

std::string settings_help() {
  const config::settings defaults;
  std::string text =
    "Settings (stronger than the environment's GENESIS_SECTION_KEY, which is stronger than the file):\n";
  for (const auto& row : config::settings_table()) {
    if (row.shown == config::secrecy::secret)  // no flag
      continue;
    text += "  --" + std::string{row.name} + "=" + row.show(row.get(defaults)) + "\n";
    text += "      " + std::string{first_sentence(row.explanation)} + "\n";
  }
  return text;
}

}  // namespace genesis::cli
