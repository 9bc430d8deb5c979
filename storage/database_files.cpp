#include "storage/database_files.hpp"

#include <sys/stat.h>

namespace genesis::storage {

std::optional<file_identity> identity_of(const std::filesystem::path& file) noexcept {
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0)
    return std::nullopt;
  return file_identity{found.st_dev, found.st_ino};
}

database_files::database_files(const std::filesystem::path& file)
    : file_(file), log_(file.string() + "-wal"), index_(file.string() + "-shm"), file_id_(identity_of(file_)),
      log_id_(identity_of(log_)), index_id_(identity_of(index_)) {}

std::optional<std::string> database_files::obstacle() const {
  if (!file_id_ || identity_of(file_) != file_id_ || identity_of(log_) != log_id_)
    return "the database's file or its -wal was removed or replaced while the server runs";
  if (is_index_lost())
    return "the database's -shm was removed or replaced while the server runs: other programs and the server do not "
           "see each other's changes; end them and start the server again";
  return std::nullopt;
}

bool database_files::is_index_lost() const noexcept {
  if (!is_index_lost_ && identity_of(index_) != index_id_ && identity_of(file_) == file_id_)
    is_index_lost_ = true;
  return is_index_lost_;
}

}  // namespace genesis::storage
