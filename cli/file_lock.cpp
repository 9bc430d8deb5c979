#include "cli/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace genesis::cli {

namespace {

std::string why() {
  return std::error_code{errno, std::generic_category()}.message();
}

}  // namespace

result<file_lock> file_lock::take(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0)
    return fail(errc::unavailable, why());
  file_lock made{descriptor};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    return fail(errno == EWOULDBLOCK ? errc::conflict : errc::unavailable, why());
  return made;
}

file_lock::~file_lock() {
  if (descriptor_ >= 0)
    ::close(descriptor_);
}

result<file_lock> lock_database(const storage::database_url& database) {
  if (database.kind() != storage::engine::sqlite)
    return file_lock{};
  std::error_code ec;
  auto file = std::filesystem::weakly_canonical(database.file(), ec);
  if (ec)
    file = database.file();
  const auto beside = file.string() + ".lock";
  auto taken = file_lock::take(beside);
  if (taken)
    return taken;
  if (taken.error().code == errc::conflict)
    return fail(errc::conflict, "the database " + file.string() +
                                  " is in use by another genesis, which has another data directory: stop it, or name "
                                  "its directory with --data.directory");
  return fail(errc::unavailable,
    "the database " + file.string() + " cannot be used: " + beside + " cannot be locked: " + taken.error().detail);
}

}  // namespace genesis::cli
