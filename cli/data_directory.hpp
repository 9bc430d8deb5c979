#pragma once

#include "domain/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace genesis::cli {

/// The data directory of one running program: nobody else may use it meanwhile.
class data_directory {
public:
  /// Makes the directory (mode 0700) if need be and locks it. Errors: `conflict` when another program uses it,
  /// `unavailable` when it cannot be made or written; the detail names the directory and what to do.
  static result<data_directory> open(const std::filesystem::path& directory);

  data_directory(data_directory&& other) noexcept;
  data_directory& operator=(data_directory&&) = delete;
  data_directory(const data_directory&) = delete;
  data_directory& operator=(const data_directory&) = delete;
  /// Removes the port file and lets the lock go.
  ~data_directory();

  /// Writes the port that clients find the server under: one decimal line in `http.port`.
  result<void> publish_port(std::uint16_t port);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
  data_directory(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::filesystem::path path_;
  int lock_ = -1;
  bool has_port_ = false;
};

}  // namespace genesis::cli
