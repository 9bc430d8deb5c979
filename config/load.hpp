#pragma once

#include "config/setting_fault.hpp"
#include "config/settings.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace genesis::config {

/// The text of a settings file, nothing when there is no such file, or why it cannot be read.
using file_text = std::expected<std::optional<std::string>, std::string>;

/// Reads a file from disk. A directory, a file above `settings_file_bytes_max` and one without permission are failures.
file_text read_settings_file(const std::filesystem::path& file);

/// A flag or an environment variable as it was given.
struct named_text {
  std::string name;
  std::string value;

  friend bool operator==(const named_text&, const named_text&) = default;
};

/// What else is wrong with settings: with the files and databases that they name. The loader fills in where each
/// setting comes from.
using settings_inspection = std::function<std::vector<setting_fault>(const settings&)>;

/// Where settings come from, in rising order of precedence.
struct load_inputs {
  std::string profile = "production";  ///< One of `profile_names`: whose defaults hold.
  /// The file an operator named; it must be there. Without one, `genesis.toml` in the data directory is read when it
  /// exists; the data directory is then the one of flags, environment or default.
  std::optional<std::filesystem::path> file;
  std::vector<named_text> environment;  ///< Others than `GENESIS_*` are passed over.
  std::vector<named_text> flags;        ///< Names without the dashes: `http.port`.
  std::function<file_text(const std::filesystem::path&)> read = read_settings_file;
  settings_inspection inspect = {};  ///< Asked about the values that have no other fault; none asks nothing.
};

/// What decided a setting.
struct origin {
  enum class source : std::uint8_t { built_in, file, environment, flag };
  source from = source::built_in;
  std::string where = "default";  ///< Or `genesis.toml:12`, `GENESIS_HTTP_PORT`, `--http.port`.

  friend bool operator==(const origin&, const origin&) = default;
};

/// Settings that may be served with.
struct loaded {
  settings values;
  std::vector<origin> origins;  ///< One per row of `settings_table()`.
  std::vector<std::string> warnings;
  std::optional<std::filesystem::path> file;  ///< The one that was read.
};

/// Reads all sources: flags over environment over file over defaults. Names every fault of every source at once, those
/// of the file first and in the order of its lines, also in values that a stronger source overrides, for those would
/// surface on another day.
std::expected<loaded, std::vector<setting_fault>> load(const load_inputs& inputs);

/// The environment of this process as `load_inputs` wants it. Not while another thread changes it.
std::vector<named_text> process_environment();

}  // namespace genesis::config
