#include "cli/named_files.hpp"

#include "cli/errno_text.hpp"
#include "config/settings_table.hpp"
#include "http/tls_context.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace genesis::cli {

namespace {

using std::filesystem::path;

/// Why nothing can be made or changed in a directory, which need not be there yet.
std::optional<std::string> directory_fault(const path& directory) {
  auto there = std::filesystem::absolute(directory).lexically_normal();
  std::error_code ignored;
  while (!std::filesystem::exists(there, ignored) && there.has_relative_path())
    there = there.parent_path();
  if (!std::filesystem::is_directory(there, ignored))
    return "is not usable: " + there.string() + " is no directory";
  if (::access(there.c_str(), W_OK | X_OK) != 0)
    return "is not usable: " + there.string() + ": " + errno_text(errno);
  return std::nullopt;
}

path whole(const path& name) {
  const auto made = std::filesystem::absolute(name).lexically_normal();
  return made.has_filename() ? made : made.parent_path();
}

/// Likewise of a file that is written to. Of directories, the data directory alone is made for it: any other one that
/// is not there was mistyped.
std::optional<std::string> file_fault(const path& file, const path& data_directory) {
  std::error_code ignored;
  const auto parent = whole(file).parent_path();
  if (!std::filesystem::exists(parent, ignored) && parent != whole(data_directory))
    return "is not usable: there is no directory " + parent.string() + "; make it, or name another file";
  if (!std::filesystem::exists(file, ignored))
    return directory_fault(parent);
  if (std::filesystem::is_directory(file, ignored))
    return "is not usable: " + file.string() + " is a directory";
  if (::access(file.c_str(), W_OK) != 0)
    return "is not usable: " + file.string() + ": " + errno_text(errno);
  return std::nullopt;
}

}  // namespace

std::vector<config::setting_fault> faults_of_named_files(const config::settings& settings) {
  std::vector<config::setting_fault> faults;
  const auto& tls = settings.http;
  if (!tls.tls_certificate.empty() && !tls.tls_key.empty())
    if (auto context = http::load_tls_context(tls.tls_certificate, tls.tls_key); !context)
      faults = std::move(context.error());
  const auto add = [&](const char* name, std::optional<std::string> message) {
    if (message)
      faults.push_back({{}, name, *std::move(message)});
  };
  add("data.directory", directory_fault(settings.data.directory));
  if (!settings.log.file.empty())
    add("log.file", file_fault(settings.log.file, settings.data.directory));
  return faults;
}

std::string exposed_secrets(const config::loaded& settings) {
  struct stat found{};
  if (!settings.file || ::stat(settings.file->c_str(), &found) != 0 || (found.st_mode & (S_IRGRP | S_IROTH)) == 0)
    return {};
  std::string names;
  const auto table = config::settings_table();
  for (std::size_t i = 0; i < std::min(table.size(), settings.origins.size()); ++i) {
    const auto value = table[i].get(settings.values);
    const bool is_masked = table[i].show(value) != config::to_toml(value);
    if (is_masked && settings.origins[i].from == config::origin::source::file)
      (names += names.empty() ? "" : ", ") += table[i].name;
  }
  if (names.empty())
    return {};
  const auto file = std::filesystem::absolute(*settings.file).lexically_normal().string();
  return fmt::format(
    "{}: mode {:04o} lets other users read {}; run: chmod 600 {}", file, found.st_mode & 07777U, names, file);
}

}  // namespace genesis::cli
