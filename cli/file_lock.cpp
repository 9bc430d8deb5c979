#include "cli/file_lock.hpp"

#include "cli/errno_text.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace genesis::cli {

namespace {

/// As many as the kernel follows.
constexpr int links_max = 40;

/// The one name of a file, which need not be there yet: links that lead nowhere are followed too.
std::filesystem::path true_name_of(std::filesystem::path file) {
  std::error_code failure;
  for (int links = 0; links < links_max && std::filesystem::is_symlink(file, failure); ++links)
    if (const auto target = std::filesystem::read_symlink(file, failure); !failure)
      file = file.parent_path() / target;
  auto name = std::filesystem::weakly_canonical(file, failure);
  return failure ? file : name;
}

}  // namespace

result<file_lock> file_lock::take(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    const int failure = errno;
    return fail(errc::unavailable, errno_text(failure));
  }
  file_lock made{descriptor};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int failure = errno;
    return fail(failure == EWOULDBLOCK ? errc::conflict : errc::unavailable, errno_text(failure));
  }
  return made;
}

file_lock::~file_lock() {
  if (descriptor_ >= 0)
    ::close(descriptor_);
}

result<file_lock> lock_database(const storage::database_url& database) {
  if (database.kind() != storage::engine::sqlite)
    return file_lock{};
  const auto file = true_name_of(database.file());
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
