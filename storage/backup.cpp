#include "storage/backup.hpp"

#include "storage/connection.hpp"
#include "storage/migrations.hpp"
#include "storage/schema_objects.hpp"
#include "storage/storage_error.hpp"

#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fcntl.h>
#include <memory>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace genesis::storage {

namespace {

namespace fs = std::filesystem;

constexpr int pages_per_step = 1'024;
constexpr int busy_patience_ms = 30'000;

struct close_database {
  void operator()(sqlite3* handle) const noexcept { ::sqlite3_close_v2(handle); }
};
using database_ptr = std::unique_ptr<sqlite3, close_database>;

struct finish_backup {
  void operator()(sqlite3_backup* backup) const noexcept { ::sqlite3_backup_finish(backup); }
};

error about(const fs::path& file, const std::string& why) {
  return {errc::unavailable, file.string() + ": " + why};
}

result<database_ptr> open_with(const fs::path& file, int flags) {
  sqlite3* handle = nullptr;
  const int status = ::sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  database_ptr opened{handle};
  if (status != SQLITE_OK)
    return std::unexpected(about(file, ::sqlite3_errstr(status)));
  ::sqlite3_busy_timeout(handle, busy_patience_ms);
  return opened;
}

result<void> run(const fs::path& file, sqlite3* handle, const char* sql) {
  if (::sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return std::unexpected(about(file, ::sqlite3_errmsg(handle)));
  return {};
}

/// Opens what is to be copied, and holds on to its state of this moment. A file that nobody may write is read as it is.
result<database_ptr> open_source(const fs::path& file) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure))
    return std::unexpected(about(file, "there is no such file"));
  auto opened = open_with(file, SQLITE_OPEN_READWRITE);
  if (!opened || ::sqlite3_db_readonly(opened->get(), "main") == 1)
    opened = open_with(file, SQLITE_OPEN_READONLY);
  if (!opened)
    return opened;
  if (auto begun = run(file, opened->get(), "begin; select count(*) from sqlite_schema"); !begun)
    return std::unexpected(begun.error());
  return opened;
}

result<void> copy_pages(
  const fs::path& from, sqlite3* source, const fs::path& to, sqlite3* target, const copy_progress& progress) {
  const std::unique_ptr<sqlite3_backup, finish_backup> backup{::sqlite3_backup_init(target, "main", source, "main")};
  if (!backup)
    return std::unexpected(about(to, ::sqlite3_errmsg(target)));
  const auto page_bytes = [source] {
    std::int64_t bytes = 0;
    const auto take = [](void* into, int, char** values, char**) {
      *static_cast<std::int64_t*>(into) = std::stoll(values[0]);
      return 0;
    };
    ::sqlite3_exec(source, "pragma page_size", take, &bytes, nullptr);
    return bytes;
  }();
  int status = SQLITE_OK;
  while (status == SQLITE_OK) {
    status = ::sqlite3_backup_step(backup.get(), pages_per_step);
    const auto all = ::sqlite3_backup_pagecount(backup.get());
    if (progress)
      progress((all - ::sqlite3_backup_remaining(backup.get())) * page_bytes, all * page_bytes);
  }
  if (status == SQLITE_DONE)
    return {};
  const bool is_of_source = status == SQLITE_CORRUPT || status == SQLITE_NOTADB;
  return std::unexpected(about(is_of_source ? from : to, ::sqlite3_errstr(status)));
}

/// One file again, not two with a log, and sound.
result<void> finish_copy(const fs::path& from, const fs::path& file, sqlite3* handle) {
  if (auto done = run(file, handle, "pragma journal_mode=delete"); !done)
    return done;
  std::string verdict;
  const auto take = [](void* into, int, char** values, char**) {
    *static_cast<std::string*>(into) = values[0];
    return 1;  // the first line is enough
  };
  ::sqlite3_exec(handle, "pragma integrity_check(1)", take, &verdict, nullptr);
  if (verdict.empty())
    return std::unexpected(about(file, std::string{"the copy cannot be checked: "} + ::sqlite3_errmsg(handle)));
  if (verdict != "ok")
    return std::unexpected(about(from, "it is damaged, and a copy of it would be"));
  return {};
}

void write_through(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool is_written = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int why = errno;
  if (descriptor >= 0)
    ::close(descriptor);
  if (!is_written)
    throw std::system_error(why, std::generic_category(), path.string());
}

result<void> make_private_file(const fs::path& file) {
  std::error_code ignored;
  fs::remove(file, ignored);
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0)
    return std::unexpected(about(file, "cannot be written: " + std::generic_category().message(errno)));
  ::close(descriptor);
  return {};
}

result<void> copy_into(const fs::path& from, const fs::path& to, const copy_progress& progress) {
  auto source = open_source(from);
  if (!source)
    return std::unexpected(source.error());
  if (auto made = make_private_file(to); !made)
    return made;
  auto target = open_with(to, SQLITE_OPEN_READWRITE);
  if (!target)
    return std::unexpected(target.error());
  if (auto copied = copy_pages(from, source->get(), to, target->get(), progress); !copied)
    return copied;
  return finish_copy(from, to, target->get());
}

/// Removes a file, and what SQLite keeps beside it, unless it has got another name.
class temporary_copy {
public:
  explicit temporary_copy(fs::path file) : file_(std::move(file)) {}
  temporary_copy(const temporary_copy&) = delete;
  temporary_copy& operator=(const temporary_copy&) = delete;
  ~temporary_copy() {
    std::error_code ignored;
    for (const auto* suffix : {"", "-wal", "-shm", "-journal"})
      fs::remove(file_.string() + suffix, ignored);
  }

private:
  fs::path file_;
};

/// Takes what an unclean end left in logs into the file. Of a damaged database nothing can be taken: its logs are moved
/// aside with it. Fails when somebody uses the database.
result<void> settle_logs(const fs::path& database, const fs::path& kept) {
  std::error_code failure;
  if (const auto opened = open_with(database, SQLITE_OPEN_READWRITE); opened) {
    ::sqlite3_busy_timeout(opened->get(), 0);
    const auto settled = run(
      database, opened->get(), "pragma locking_mode=exclusive; begin immediate; commit; pragma journal_mode=delete");
    const int status = ::sqlite3_errcode(opened->get()) & 0xFF;
    if (!settled && (status == SQLITE_BUSY || status == SQLITE_LOCKED))
      return std::unexpected(about(database, "another program uses it"));
  }
  for (const auto* suffix : {"-wal", "-journal"})
    if (fs::exists(database.string() + suffix, failure))
      fs::rename(database.string() + suffix, kept.string() + suffix);
  fs::remove(database.string() + "-shm", failure);
  return {};
}

/// The file under a second name; a copy where the file system knows no links.
void keep(const fs::path& database, const fs::path& kept) {
  std::error_code failure;
  fs::create_hard_link(database, kept, failure);
  if (failure)
    fs::copy_file(database, kept);
}

/// A name that nothing has yet, nor its logs: several databases may be kept within one second.
fs::path name_for_kept(const fs::path& database) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto first = database.string() + fmt::format(".before-restore-{:%Y%m%dT%H%M%SZ}", fmt::gmtime(now));
  const auto is_taken = [](const std::string& name) {
    return std::ranges::any_of(std::array{"", "-wal", "-journal"},
      [&](const char* suffix) { return fs::exists(fs::symlink_status(name + suffix)); });
  };
  auto name = first;
  for (int number = 2; is_taken(name); ++number)
    name = first + "-" + std::to_string(number);
  return name;
}

/// The first of them with words; empty for a whole schema.
result<std::string> fault_of_schema_in(const fs::path& file) {
  const auto opened = connection::open({.database = database_url{file}, .is_read_only = true});
  if (!opened)
    return std::unexpected(opened.error());
  return attempt([&] {
    const auto faults = faults_of_schema(**opened);
    if (faults.empty())
      return std::string{};
    return to_string(faults.front()) +
           (faults.size() > 1 ? fmt::format(", and {} more", faults.size() - 1) : std::string{});
  });
}

}  // namespace

void remove_unfinished_copies(const fs::path& database) noexcept {
  try {
    const auto own = database.filename().string();
    const auto is_unfinished = [&](const fs::directory_entry& entry) {
      const auto name = entry.path().filename().string();
      if (!name.starts_with(own) || entry.symlink_status().type() != fs::file_type::regular)
        return false;
      auto rest = std::string_view{name}.substr(own.size());
      if (constexpr std::string_view of_migration = ".before-"; rest.starts_with(of_migration)) {
        rest.remove_prefix(of_migration.size());
        rest.remove_prefix(std::min(rest.find_first_not_of("0123456789"), rest.size()));
      }
      return rest.starts_with(unfinished_mark);
    };
    std::vector<fs::path> unfinished;
    for (const auto& entry : fs::directory_iterator(fs::absolute(database).parent_path()))
      if (is_unfinished(entry))
        unfinished.push_back(entry.path());
    for (const auto& each : unfinished) {
      std::error_code failure;
      if (fs::remove(each, failure))
        spdlog::warn("{} is removed: a copy that was cut off", each.string());
      else if (failure)
        spdlog::warn("{}, a copy that was cut off, cannot be removed: {}", each.string(), failure.message());
    }
  } catch (const std::exception& failed) {
    spdlog::warn("copies that were cut off cannot be looked for: {}", failed.what());
  }
}

void sync_directory_of(const fs::path& file) {
  write_through(fs::absolute(file).parent_path(), O_RDONLY | O_DIRECTORY);
}

result<std::int64_t> copy_database(const fs::path& from, const fs::path& to, const copy_progress& progress) {
  auto partial = to;
  partial += std::string{unfinished_mark} + "." + std::to_string(::getpid());
  return attempt([&]() -> result<std::int64_t> {
    const temporary_copy guard{partial};
    if (auto copied = copy_into(from, partial, progress); !copied)
      return std::unexpected(copied.error());
    write_through(partial, O_RDONLY);
    fs::rename(partial, to);
    sync_directory_of(to);
    return static_cast<std::int64_t>(fs::file_size(to));
  });
}

result<std::optional<fs::path>> restore_database(
  const fs::path& copy, const fs::path& database, const copy_progress& progress) {
  auto restored = database;
  restored += unfinished_mark;
  return attempt([&]() -> result<std::optional<fs::path>> {
    const temporary_copy guard{restored};
    if (auto copied = copy_database(copy, restored, progress); !copied)
      return std::unexpected(copied.error());
    const auto pending = pending_migrations(restored);
    if (!pending) {
      auto why = pending.error();
      if (const auto name = restored.string() + ": "; why.detail.starts_with(name))
        why.detail.erase(0, name.size());
      return fail(why.code, copy.string() + " cannot be restored: " + why.detail);
    }
    if (pending->size() == embedded_migrations().size())
      return fail(errc::conflict, copy.string() + " cannot be restored: there is nothing in it");
    const auto fault = fault_of_schema_in(restored);
    if (!fault)
      return std::unexpected(fault.error());
    if (!fault->empty())
      return fail(
        errc::conflict, copy.string() + " cannot be restored: it has not what the migrations made (" + *fault + ")");
    std::optional<fs::path> kept;
    if (fs::exists(database)) {
      kept = name_for_kept(database);
      if (auto settled = settle_logs(database, *kept); !settled)
        return std::unexpected(settled.error());
      keep(database, *kept);
    }
    fs::rename(restored, database);
    sync_directory_of(database);
    return kept;
  });
}

}  // namespace genesis::storage
