#pragma once

#include "cli/file_lock.hpp"
#include "domain/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::cli {

/// The data directory of one running program: nobody else may use it meanwhile.
class data_directory {
public:
  /// Makes the directory (mode 0700) if need be and locks it. One that is there is closed to other users when it is
  /// ours, and empty or an installation. Errors: `conflict` when another program uses it, `forbidden` when others can
  /// use it and it is not ours to close, `unavailable` when it cannot be made or written; the detail names the
  /// directory and what to do.
  static result<data_directory> open(const std::filesystem::path& directory);

  data_directory(data_directory&& other) noexcept;
  data_directory& operator=(data_directory&&) = delete;
  data_directory(const data_directory&) = delete;
  data_directory& operator=(const data_directory&) = delete;
  /// Removes what was published and lets the lock go.
  ~data_directory();

  /// Puts a file there for as long as this object lives, for programs that look for the server. Whoever waits for it
  /// never reads half of it. Again under the same name, it takes the place of the former. Errors name the file.
  result<void> publish(const std::string& name, std::string_view text);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
  data_directory(std::filesystem::path path, file_lock lock) : path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path path_;
  file_lock lock_;
  std::vector<std::string> published_;
};

}  // namespace genesis::cli
