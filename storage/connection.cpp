#include "storage/connection.hpp"

#include "storage/sqlite.hpp"
#include "storage/storage_error.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace genesis::storage {

namespace {

using std::chrono::steady_clock;

constexpr int progress_operations = 10'000;             // some 0.1 ms of work between two looks at the clock
constexpr std::int64_t max_page_count = 4'294'967'294;  // SQLite's own limit

std::string reason() {
  return std::error_code(errno, std::generic_category()).message();
}

/// Nobody else may read people's health data, and nobody else may exchange the file.
result<void> check_directory(const std::filesystem::path& file) {
  const auto directory = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
  struct stat found{};
  if (::stat(directory.c_str(), &found) != 0)
    return fail(errc::unavailable, directory.string() + ": " + reason());
  if (!S_ISDIR(found.st_mode))
    return fail(errc::unavailable, directory.string() + ": is not a directory");
  if ((found.st_mode & S_IWOTH) != 0 && (found.st_mode & S_ISVTX) == 0)
    return fail(errc::unavailable, directory.string() + ": anybody may write to this directory");
  return {};
}

/// Looks at the file without opening it: closing a descriptor of a file drops the locks that SQLite's connections in
/// this process hold on it.
result<void> check_file(const std::filesystem::path& file, bool may_create) {
  const auto complain = [&](const std::string& what) { return fail(errc::unavailable, file.string() + ": " + what); };
  if (file.string().find('"') != std::string::npos)
    return complain("a quotation mark cannot be part of the name");
  if (may_create) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor >= 0)
      ::close(descriptor);
    else if (errno != EEXIST)
      return complain(reason());
  }
  struct stat found{};
  if (::stat(file.c_str(), &found) != 0)
    return complain(reason());
  if (!S_ISREG(found.st_mode))
    return complain("is not a file");
  if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0 && ::chmod(file.c_str(), S_IRUSR | S_IWUSR) != 0)
    return complain("others may read it, and that cannot be changed: " + reason());
  return {};
}

}  // namespace

result<std::unique_ptr<connection>> connection::open(const connection_options& options) {
  if (auto checked = check_directory(options.file); !checked)
    return std::unexpected(std::move(checked.error()));
  if (auto checked = check_file(options.file, options.may_create); !checked)
    return std::unexpected(std::move(checked.error()));
  return attempt([&] { return std::unique_ptr<connection>(new connection(options)); });
}

connection::connection(const connection_options& options)
    : options_(options),
      session_(std::make_unique<soci::session>(soci::sqlite3, "db=\"" + options.file.string() + "\"")) {
  // A static cast, because SOCI's library keeps the type information that a dynamic one needs to itself.
  handle_ = static_cast<soci::sqlite3_session_backend*>(session_->get_backend())->conn_;
  configure();
}

connection::~connection() = default;

void connection::configure() {
  ::sqlite3_busy_timeout(handle_, static_cast<int>(options_.busy_timeout.count()));
  run_script("pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma temp_store=memory;"
             "pragma journal_size_limit=67108864;"  // a log that a burst made long shrinks to 64 MiB
             "pragma cache_size=-" +
             std::to_string(options_.cache_bytes / 1'024));
  set_max_bytes(options_.max_bytes);
  if (options_.is_read_only)
    run_script("pragma query_only=on");
  if (options_.statement_timeout.count() > 0)
    ::sqlite3_progress_handler(handle_, progress_operations, &connection::is_overdue, this);
  run_script("select 1 from sqlite_schema limit 1");  // opens the log, which exists from here on
  log_name_ = options_.file.string() + "-wal";
  file_id_ = identity_of(options_.file.c_str());
  log_id_ = identity_of(log_name_.c_str());
}

std::optional<connection::file_identity> connection::identity_of(const char* name) noexcept {
  struct stat found{};
  if (::stat(name, &found) != 0)
    return std::nullopt;
  return file_identity{found.st_dev, found.st_ino};
}

int connection::is_overdue(void* self) noexcept {
  return steady_clock::now() > static_cast<connection*>(self)->deadline_ ? 1 : 0;
}

void connection::run(const std::string& sql, row_callback on_row, void* context) {
  char* message = nullptr;
  const int code = ::sqlite3_exec(handle_, sql.c_str(), on_row, context, &message);
  if (code == SQLITE_OK)
    return;
  const std::string text = message != nullptr ? message : ::sqlite3_errstr(code);
  ::sqlite3_free(message);
  throw soci::sqlite3_soci_error(text, code);
}

void connection::run_script(const std::string& sql) {
  run(sql, nullptr, nullptr);
}

bool connection::is_in_transaction() const noexcept {
  return ::sqlite3_get_autocommit(handle_) == 0;
}

void connection::abandon() noexcept {
  if (is_in_transaction())
    ::sqlite3_exec(handle_, "rollback", nullptr, nullptr, nullptr);
}

bool connection::is_file_in_place() const noexcept {
  return file_id_ && identity_of(options_.file.c_str()) == file_id_ && identity_of(log_name_.c_str()) == log_id_;
}

void connection::set_max_bytes(std::int64_t bytes) {
  const auto page_size = std::stoll(ask("pragma page_size").at(0).at(0));
  const auto pages = bytes == 0 ? max_page_count : std::max<std::int64_t>(1, bytes / page_size);
  run_script("pragma max_page_count=" + std::to_string(pages));
  options_.max_bytes = bytes;
}

std::vector<std::vector<std::string>> connection::ask(const std::string& sql) {
  std::vector<std::vector<std::string>> rows;
  const auto add_row = [](void* all, int count, char** values, char**) {
    auto& row = static_cast<std::vector<std::vector<std::string>>*>(all)->emplace_back();
    for (int i = 0; i < count; ++i)
      row.emplace_back(values[i] != nullptr ? values[i] : "");
    return 0;
  };
  run(sql, add_row, &rows);
  return rows;
}

std::string connection::plan_of(statement_id id) {
  std::string plan;
  for (const auto& step : ask("explain query plan " + std::string{statement_of(id).sql}))
    plan += step.at(3) + "\n";  // id, parent, unused, detail
  return plan;
}

kept_statement& connection::keep(statement_id id) {
  auto& kept = statements_[static_cast<std::size_t>(id)];
  if (!kept)
    kept = std::make_unique<kept_statement>(*session_, std::string{statement_of(id).sql});
  return *kept;
}

void connection::log_slow(const statement_run& run) {
  auto& was_slow = was_slow_[static_cast<std::size_t>(run.id)];
  if (was_slow)
    return;
  was_slow = true;
  spdlog::warn("slow statement {}: {} ms, {} rows; plan: {}", run.name,
    std::chrono::duration_cast<std::chrono::milliseconds>(run.duration).count(), run.rows, plan_of(run.id));
}

connection::execution::execution(connection& owner, statement_id id)
    : owner_(owner), id_(id), statement_(owner.keep(id)), begun_(steady_clock::now()) {
  if (owner_.options_.statement_timeout.count() > 0)
    owner_.deadline_ = begun_ + owner_.options_.statement_timeout;
}

connection::execution::~execution() {
  const statement_run run{id_, statement_of(id_).name, steady_clock::now() - begun_, rows_, is_finished_};
  owner_.deadline_ = steady_clock::time_point::max();
  if (!is_finished_)
    owner_.statements_[static_cast<std::size_t>(id_)].reset();
  if (owner_.options_.observer != nullptr)
    owner_.options_.observer->on_statement(run);
  if (run.duration > slow_statement)
    owner_.log_slow(run);
}

std::int64_t connection::execution::finish(std::int64_t rows) noexcept {
  rows_ = rows;
  is_finished_ = true;
  return rows;
}

}  // namespace genesis::storage
