#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace genesis::storage {

/// Which file a name stands for: SQLite goes on with the one it has opened when another takes its place.
struct file_identity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;

  friend bool operator==(const file_identity&, const file_identity&) = default;
};

/// Nothing when there is no such file.
std::optional<file_identity> identity_of(const std::filesystem::path& file) noexcept;

/// The files of a SQLite database that is open: itself, its write-ahead log (`-wal`), and the log's index (`-shm`),
/// which holds the locks of all that have it open. SQLite goes on with these whatever becomes of their names; who opens
/// the database later goes by the names. On any thread.
class database_files {
public:
  /// Those that bear the names now.
  explicit database_files(const std::filesystem::path& file);

  /// Why what is committed now might be lost: one of the names stands for nothing or for another file.
  [[nodiscard]] std::optional<std::string> obstacle() const;

  /// True for good once the index was seen to be gone while the database was in its place. Another program has made, or
  /// will make, an index of its own, and neither sees the other's locks and commits: what it writes takes the place of
  /// what is written here, and the other way round, even when the index that was there comes back. All that was
  /// committed before is in the log, where a start finds it. Until then nothing may be moved out of the log, for where
  /// it begins and ends is known to the other program alone.
  [[nodiscard]] bool is_index_lost() const noexcept;

  [[nodiscard]] const std::optional<file_identity>& identity() const noexcept { return file_id_; }

private:
  std::filesystem::path file_;
  std::filesystem::path log_;
  std::filesystem::path index_;
  std::optional<file_identity> file_id_;
  std::optional<file_identity> log_id_;
  std::optional<file_identity> index_id_;
  mutable std::atomic<bool> is_index_lost_{false};
};

}  // namespace genesis::storage
