#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <system_error>

namespace genesis {

/// A directory of its own for one test, gone afterwards with everything in it.
class temporary_directory {
public:
  temporary_directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "genesis-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      throw std::system_error(errno, std::generic_category(), "mkdtemp");
    path_ = pattern;
  }
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;
  ~temporary_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// Makes or replaces a file.
  std::filesystem::path write(std::string_view name, std::string_view text, ::mode_t mode = 0600) const {
    auto file = path_ / name;
    std::ofstream(file, std::ios::binary) << text;
    ::chmod(file.c_str(), mode);
    return file;
  }

private:
  std::filesystem::path path_;
};

/// The permission bits of a file.
inline ::mode_t mode_of(const std::filesystem::path& file) {
  struct ::stat status{};
  ::stat(file.c_str(), &status);
  return status.st_mode & 07777;
}

}  // namespace genesis
