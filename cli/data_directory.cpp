#include "cli/data_directory.hpp"

#include "cli/errno_text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace genesis::cli {

namespace {

using std::filesystem::path;

constexpr mode_t others = S_IRWXG | S_IRWXO;

/// What an installation keeps in its directory before it has a database there, and what a disk brings with it.
constexpr std::array<std::string_view, 8> own_names{
  "genesis.toml", "keys", "lock", "cache.key", "control.sock", "http.port", "http.url", "lost+found"};

/// The first file of somebody else's in a directory where nothing shows that it is an installation; else empty.
std::string strange_file_in(const path& directory) {
  std::error_code ignored;
  if (std::filesystem::exists(directory / "genesis.db", ignored) ||
      (std::filesystem::exists(directory / "keys", ignored) && std::filesystem::exists(directory / "lock", ignored)))
    return {};
  for (std::filesystem::directory_iterator entry(directory, ignored), end; !ignored && entry != end;
    entry.increment(ignored))
    if (const auto name = entry->path().filename().string();
      std::ranges::find(own_names, std::string_view{name}) == own_names.end())
      return name;
  return {};
}

/// Why a directory that others can use must not be made its owner's alone; else empty.
std::string fault_of_closing(const path& directory, const struct stat& found) {
  const auto shared = "the data directory " + directory.string() + " is open to other users and ";
  if ((found.st_mode & S_ISVTX) != 0)
    return shared + "meant to be shared (sticky bit): choose another with --data.directory";
  if (found.st_uid != ::geteuid())
    return shared + "belongs to somebody else: choose another with --data.directory";
  if (const auto strange = strange_file_in(directory); !strange.empty())
    return shared + "holds files that are not the server's (" + strange +
           "): choose an empty or a new one with --data.directory, or make it the server's alone with chmod 700 " +
           directory.string();
  return {};
}

/// Leaves a directory as it is that nobody else has any permission to.
result<void> close_to_others(const path& directory) {
  struct stat found{};
  if (::stat(directory.c_str(), &found) != 0 || !S_ISDIR(found.st_mode))
    return fail(errc::unavailable, "the data directory " + directory.string() +
                                     " cannot be made: there is something else by that name; choose another with "
                                     "--data.directory");
  if ((found.st_mode & others) == 0)
    return {};
  if (auto fault = fault_of_closing(directory, found); !fault.empty())
    return fail(errc::forbidden, std::move(fault));
  if (::chmod(directory.c_str(), found.st_mode & 07777U & ~others) != 0) {
    const int failure = errno;
    return fail(errc::unavailable,
      "the data directory " + directory.string() + " cannot be closed to other users: " + errno_text(failure));
  }
  return {};
}

/// Everything in it is its owner's alone.
result<void> make_private(const path& directory) {
  std::error_code failure;
  std::filesystem::create_directories(directory.parent_path(), failure);
  if (!failure && ::mkdir(directory.c_str(), S_IRWXU) != 0)
    failure = {errno, std::generic_category()};
  if (failure == std::errc::file_exists)
    return close_to_others(directory);
  if (failure)
    return fail(errc::unavailable, "the data directory " + directory.string() + " cannot be made: " +
                                     failure.message() + "; choose another with --data.directory");
  return {};
}

}  // namespace

result<data_directory> data_directory::open(const std::filesystem::path& directory) {
  auto where = std::filesystem::absolute(directory).lexically_normal();
  if (!where.has_filename())  // it was written with a slash at its end
    where = where.parent_path();
  if (auto made = make_private(where); !made)
    return std::unexpected(made.error());
  auto lock = file_lock::take(where / "lock");
  if (lock)
    return data_directory{where, *std::move(lock)};
  const auto& failed = lock.error();
  return fail(failed.code, failed.code == errc::conflict
                             ? "the data directory " + where.string() +
                                 " is in use by another genesis; stop it, or choose another with --data.directory"
                             : "the data directory " + where.string() + " cannot be written: " + failed.detail);
}

data_directory::data_directory(data_directory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::move(other.lock_)), published_(std::exchange(other.published_, {})) {}

data_directory::~data_directory() {
  std::error_code ec;
  for (const auto& name : published_)
    std::filesystem::remove(path_ / name, ec);
}

result<void> data_directory::publish(const std::string& name, std::string_view text) {
  const auto file = path_ / name;
  const auto beside = path_ / (name + ".new");
  {
    std::ofstream out{beside};
    out << text;
    out.flush();
    if (!out)
      return fail(errc::unavailable, "cannot write " + beside.string());
  }
  std::error_code ec;
  std::filesystem::permissions(beside, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ec);
  if (!ec)
    std::filesystem::rename(beside, file, ec);
  if (ec)
    return fail(errc::unavailable, "cannot write " + file.string() + ": " + ec.message());
  if (std::ranges::find(published_, name) == published_.end())
    published_.push_back(name);
  return {};
}

}  // namespace genesis::cli
