#include "config/load.hpp"

#include "config/limits.hpp"
#include "config/profile.hpp"
#include "config/setting_relations.hpp"
#include "config/settings_table.hpp"
#include "config/toml_file.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace genesis::config {

namespace {

constexpr std::string_view variable_prefix = "GENESIS_";
constexpr std::string_view default_file_name = "genesis.toml";

/// A value one source gives, not yet checked.
struct candidate {
  const setting* row = nullptr;
  setting_value value;
  origin from;
};

std::size_t index_of(const setting& row) {
  return static_cast<std::size_t>(&row - settings_table().data());
}

/// The line of the file that a fault is in; behind all lines for a fault of another source.
std::size_t line_in(std::string_view file, const setting_fault& fault) {
  if (!fault.where.starts_with(file))
    return std::numeric_limits<std::size_t>::max();
  std::size_t line = 0;  // of the file as a whole
  if (fault.where.size() > file.size())
    std::from_chars(fault.where.data() + file.size() + 1, fault.where.data() + fault.where.size(), line);
  return line;
}

/// Gathers what the sources say and complains about everything in it at once.
class loader {
public:
  explicit loader(const load_inputs& inputs) : inputs_(inputs) {
    result_.origins.resize(settings_table().size());
    is_faulty_.resize(settings_table().size());
  }

  std::expected<loaded, std::vector<setting_fault>> run() {
    // Flags and environment are read before the file, because they may say where it is; its faults are still named
    // first.
    const auto stronger = read_texts();
    auto text_faults = std::exchange(faults_, {});
    const auto file = inputs_.file.value_or(directory_of(stronger) / default_file_name);
    apply_profile();
    read_file(file);
    std::ranges::move(text_faults, std::back_inserter(faults_));
    for (const auto& each : stronger)
      apply(each);
    check_directory(file);
    check_relations();
    inspect();
    if (faults_.empty())
      return std::move(result_);
    std::ranges::stable_sort(faults_, {}, [named = file.string()](const auto& each) { return line_in(named, each); });
    return std::unexpected(std::move(faults_));
  }

private:
  // Reading

  std::vector<candidate> read_texts() {
    std::vector<candidate> found;
    for (const auto& variable : inputs_.environment) {
      if (!variable.name.starts_with(variable_prefix))
        continue;
      if (const auto* row = find_variable(variable.name))
        read_text(*row, variable.value, {origin::source::environment, variable.name}, found);
      else
        warn_of_unknown(variable.name);
    }
    for (auto flag = inputs_.flags.begin(); flag != inputs_.flags.end(); ++flag)
      read_flag(flag->name, flag->value,
        std::ranges::count(inputs_.flags.begin(), flag, flag->name, &named_text::name) > 0, found);
    return found;
  }

  void read_flag(const std::string& name, const std::string& value, bool is_repeated, std::vector<candidate>& found) {
    const origin from{origin::source::flag, "--" + name};
    const auto* row = find_setting(name);
    if (row == nullptr)
      faults_.push_back({from.where, name, unknown_message(nearest_setting(name))});
    else if (row->shown == secrecy::secret)  // every user of the machine sees the arguments of a process
      complain(*row, from, "must not be a flag; set " + row->variable() + " in the environment, or use a file");
    else if (is_repeated)
      complain(*row, from, "is given twice");
    else
      read_text(*row, value, from, found);
  }

  void read_text(const setting& row, std::string_view text, origin from, std::vector<candidate>& found) {
    auto value = parse_value(row.kind, text);
    if (!value) {
      complain(row, from, std::move(value).error());
      return;
    }
    // As above; but most URLs have none.
    if (from.from == origin::source::flag && row.shown == secrecy::url_password && row.hides_part_of(*value))
      result_.warnings.push_back(from.where + " holds a password, which every user of the machine can read: set " +
                                 row.variable() + " in the environment, or use a file");
    found.push_back({&row, *std::move(value), std::move(from)});
  }

  static std::filesystem::path directory_of(const std::vector<candidate>& candidates) {
    settings probe;
    const auto& row = *find_setting("data.directory");
    for (const auto& each : candidates)
      if (each.row == &row && !row.check(each.value))
        row.set(probe, each.value);
    return probe.data.directory;
  }

  void read_file(const std::filesystem::path& file) {
    auto text = inputs_.read(file);
    if (!text) {
      faults_.push_back({file.string(), "", std::move(text).error()});
      return;
    }
    const auto& content = *text;
    if (!content) {
      if (inputs_.file)
        faults_.push_back({file.string(), "", "does not exist"});
      return;
    }
    result_.file = file;
    auto contents = read_toml(*content, file.string());
    for (auto& fault : contents.faults) {
      if (const auto* row = find_setting(fault.name))
        is_faulty_[index_of(*row)] = true;
      faults_.push_back(std::move(fault));
    }
    for (auto& each : contents.values)
      apply({each.row, std::move(each.value), {origin::source::file, std::move(each.where)}});
  }

  void apply_profile() {
    const auto defaults = find_profile(inputs_.profile);
    if (!defaults) {
      faults_.push_back({"--profile", "", "must be production or development"});
      return;
    }
    std::vector<candidate> found;
    for (const auto& each : *defaults)
      read_text(*find_setting(each.name), each.value, {origin::source::built_in, "profile " + inputs_.profile}, found);
    for (const auto& each : found)
      apply(each);
  }

  // Checking

  void apply(const candidate& each) {
    if (auto found = each.row->check(each.value)) {
      complain(*each.row, each.from, *std::move(found));
      return;
    }
    each.row->set(result_.values, each.value);
    result_.origins[index_of(*each.row)] = each.from;
  }

  /// A file found in the data directory that names another one would be left behind by the next start.
  void check_directory(const std::filesystem::path& file) {
    const auto& row = *find_setting("data.directory");
    if (inputs_.file || !result_.file || is_faulty_[index_of(row)])
      return;
    const auto is_same =
      (result_.values.data.directory / default_file_name).lexically_normal() == file.lexically_normal();
    if (!is_same)
      complain(row, result_.origins[index_of(row)],
        "must be the directory in which this file was found, " + file.parent_path().string() +
          "; name the file with --config to set another");
  }

  void check_relations() {
    for (const auto& relation : setting_relations()) {
      const auto* first = find_setting(relation.first);
      const auto* second = relation.second.empty() ? first : find_setting(relation.second);
      // A value that was refused is not there to be compared: its own fault says enough.
      if (is_faulty_[index_of(*first)] || is_faulty_[index_of(*second)] || relation.holds(result_.values))
        continue;
      const auto* changed = origin_of(*first).from != origin::source::built_in ? first : second;
      complain(*changed, origin_of(*changed), "breaks the rule that " + std::string(relation.rule));
    }
  }

  void inspect() {
    if (!inputs_.inspect)
      return;
    for (auto& found : inputs_.inspect(result_.values)) {
      const auto& row = *find_setting(found.name);
      if (!is_faulty_[index_of(row)])
        complain(row, origin_of(row), std::move(found.message));
    }
  }

  const origin& origin_of(const setting& row) const { return result_.origins[index_of(row)]; }

  // Complaining

  void complain(const setting& row, const origin& from, std::string message) {
    is_faulty_[index_of(row)] = true;
    faults_.push_back({from.where, std::string(row.name), std::move(message)});
  }

  static std::string unknown_message(const setting* near) {
    return near == nullptr ? "is not a setting" : "is not a setting; did you mean " + std::string(near->name) + '?';
  }

  void warn_of_unknown(const std::string& variable) {
    std::string spelling = variable.substr(variable_prefix.size());
    std::ranges::transform(spelling, spelling.begin(),
      [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; });
    std::string warning = variable + " is not a setting and has no effect";
    if (const auto* near = nearest_setting(spelling))
      warning += "; did you mean " + near->variable() + '?';
    result_.warnings.push_back(std::move(warning));
  }

  const load_inputs& inputs_;
  loaded result_;
  std::vector<setting_fault> faults_;
  std::vector<bool> is_faulty_;  // one per row: some source gave a value that was refused
};

}  // namespace

file_text read_settings_file(const std::filesystem::path& file) {
  std::error_code code;
  const auto status = std::filesystem::status(file, code);
  if (status.type() == std::filesystem::file_type::not_found)
    return std::nullopt;
  if (code)
    return std::unexpected("cannot be read: " + code.message());
  if (std::filesystem::is_directory(status))
    return std::unexpected("is a directory");
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::string text(settings_file_bytes_max + 1, '\0');
  if (!stream.read(text.data(), static_cast<std::streamsize>(text.size())) && !stream.eof())
    return std::unexpected("cannot be read: " + std::generic_category().message(errno));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > settings_file_bytes_max)
    return std::unexpected("is larger than " + std::to_string(settings_file_bytes_max) + " bytes");
  return text;
}

std::expected<loaded, std::vector<setting_fault>> load(const load_inputs& inputs) {
  return loader(inputs).run();
}

std::vector<named_text> process_environment() {
  std::vector<named_text> found;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (text.starts_with(variable_prefix) && equals != std::string_view::npos)
      found.push_back({std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))});
  }
  return found;
}

}  // namespace genesis::config
