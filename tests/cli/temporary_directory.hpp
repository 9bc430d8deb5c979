#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace genesis::cli {

/// A directory of its own that goes with the test.
class temporary_directory {
public:
  temporary_directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "genesis-cli-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;
  ~temporary_directory() { std::filesystem::remove_all(path_); }

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
  std::filesystem::path path_;
};

}  // namespace genesis::cli
