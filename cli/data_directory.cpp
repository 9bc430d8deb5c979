#include "cli/data_directory.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

namespace genesis::cli {

result<data_directory> data_directory::open(const std::filesystem::path& directory) {
  std::error_code ec;
  std::filesystem::create_directories(directory, ec);
  const auto where = std::filesystem::absolute(directory).lexically_normal();
  if (ec)
    return fail(errc::unavailable, "the data directory " + where.string() + " cannot be made: " + ec.message() +
                                     "; choose another with --data.directory");
  // Everything in it is its owner's alone; a directory that was there before keeps its mode if that is stricter.
  std::filesystem::permissions(where, std::filesystem::perms::owner_all, ec);
  if (ec)
    return fail(
      errc::unavailable, "the data directory " + where.string() + " belongs to somebody else: " + ec.message());
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
