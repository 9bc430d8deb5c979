#pragma once

#include "domain/error.hpp"
#include "storage/database_url.hpp"

#include <filesystem>
#include <utility>

namespace genesis::cli {

/// A lock on a file for as long as this object lives; it goes with the process, however that ends. The file stays.
class file_lock {
public:
  /// Makes the file (mode 0600) if need be. Errors: `conflict` while somebody else has the lock, `unavailable` when the
  /// file cannot be made or locked; the detail is the system's word.
  static result<file_lock> take(const std::filesystem::path& file);

  file_lock() = default;
  file_lock(file_lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  file_lock& operator=(file_lock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  file_lock(const file_lock&) = delete;
  file_lock& operator=(const file_lock&) = delete;
  ~file_lock();

private:
  explicit file_lock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

/// A SQLite file for this process alone, whatever data directory and whatever name others know it by: owners who live
/// in two processes would go on showing what the other one has changed. The lock is on a file beside it, since closing
/// the file itself anywhere in the process would end SQLite's own locks; a link gives no other name. Nothing for
/// PostgreSQL, which is claimed with the connection (`connection_options::claimed_by`). Errors: `conflict`,
/// `unavailable`; the detail says what to do.
result<file_lock> lock_database(const storage::database_url& database);

}  // namespace genesis::cli
