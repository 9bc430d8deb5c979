#include "storage/sqlite_backend.hpp"

#include "storage/sqlite.hpp"
#include "storage/sqlite_search.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>
#include <cctype>
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

/// Pages in the write-ahead log, 16 MiB, that are worth moving into the file: most were changed several times
/// meanwhile, and are written once. Four times as many as SQLite's own default make a write an eighth cheaper.
constexpr int checkpoint_pages = 4'000;
/// So many more than at the last try, while a reader keeps the log from being emptied.
constexpr int checkpoint_again_pages = 1'000;
/// So many more than that, and the commit itself sees to it: nobody has called `settle`.
constexpr int overdue_pages = 12'000;

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

/// The file as a URI (SQLite, Uniform Resource Identifiers) that makes none where there is none: `open` has made the
/// file, readable by its owner only, and whoever moves it away meanwhile must not leave an empty one behind.
std::string uri_of(const std::filesystem::path& file) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : file.string()) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 ||
        std::string_view{"/._-~"}.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      (uri += '%') += digits[byte >> 4U];
      uri += digits[byte & 15U];
    }
  }
  return uri + "?mode=rw";
}

}  // namespace

result<std::unique_ptr<backend>> sqlite_backend::open(const connection_options& options) {
  const auto& file = options.database.file();
  if (auto checked = check_directory(file); !checked)
    return std::unexpected(std::move(checked.error()));
  if (auto checked = check_file(file, options.may_create); !checked)
    return std::unexpected(std::move(checked.error()));
  if (const auto obstacle = options.files ? options.files->obstacle() : std::nullopt)
    return fail(errc::unavailable, file.string() + ": " + *obstacle);
  const auto before = identity_of(file);
  auto opened = attempt([&] { return std::unique_ptr<sqlite_backend>(new sqlite_backend(options)); });
  if (!opened)
    return std::unexpected(std::move(opened.error()));
  if ((*opened)->files_->identity() != before || (*opened)->obstacle())
    return fail(errc::unavailable, file.string() + ": was moved while it was being opened");
  return std::move(*opened);
}

sqlite_backend::sqlite_backend(const connection_options& options)
    : file_(options.database.file()), statement_timeout_(options.statement_timeout),
      session_(std::make_unique<soci::session>(soci::sqlite3, "db=\"" + uri_of(file_) + "\"")) {
  handle_ = sqlite_handle_of(*session_);
  if (options.files)
    insist_on(*options.files);
  configure(options);
}

/// The last connection to be closed moves what is in the log into the file, and removes the log.
sqlite_backend::~sqlite_backend() {
  if (files_->is_index_lost())
    ::sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void sqlite_backend::insist_on(const database_files& expected) {
  int has_moved = 0;
  ::sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  if (has_moved != 0 || expected.obstacle())
    throw soci::sqlite3_soci_error("another file has been opened than the one of the start", SQLITE_CANTOPEN);
}

void sqlite_backend::configure(const connection_options& options) {
  ::sqlite3_busy_timeout(handle_, static_cast<int>(options.busy_timeout.count()));
  if (options.is_alone)
    shut_others_out();
  run_script("pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma temp_store=memory;"
             "pragma journal_size_limit=67108864;"  // a log that a burst made long shrinks to 64 MiB
             "pragma cache_size=-" +
             std::to_string(options.cache_bytes / 1'024));
  add_search(handle_);
  limit_bytes(options.max_bytes);
  if (options.is_read_only)
    run_script("pragma query_only=on");
  ::sqlite3_wal_hook(handle_, &sqlite_backend::on_commit, this);
  checkpoint_at_ = checkpoint_pages;
  if (statement_timeout_.count() > 0)
    ::sqlite3_progress_handler(handle_, progress_operations, &sqlite_backend::is_overdue, this);
  run_script("select 1 from sqlite_schema limit 1");  // opens the log, which exists from here on
  files_ = options.files ? options.files : std::make_shared<const database_files>(file_);
}

/// Every connection that has a log holds on to the file, also while it does nothing.
void sqlite_backend::shut_others_out() {
  const int code =
    ::sqlite3_exec(handle_, "pragma locking_mode=exclusive; begin immediate; commit", nullptr, nullptr, nullptr);
  if ((code & 0xff) == SQLITE_BUSY)
    throw soci::sqlite3_soci_error(file_.string() + " is in use by another program", code);
  if (code != SQLITE_OK)
    throw soci::sqlite3_soci_error(::sqlite3_errmsg(handle_), code);
}

/// The log starts again from its beginning once all that was in it is in the file and nobody reads it any more.
int sqlite_backend::on_commit(void* self, sqlite3*, const char*, int log_pages) noexcept {
  auto& backend = *static_cast<sqlite_backend*>(self);
  if (log_pages < backend.log_pages_)
    backend.checkpoint_at_ = checkpoint_pages;
  backend.log_pages_ = log_pages;
  if (log_pages >= backend.checkpoint_at_ + overdue_pages)
    backend.checkpoint();
  return SQLITE_OK;
}

void sqlite_backend::settle() noexcept {
  if (log_pages_ >= checkpoint_at_)
    checkpoint();
}

/// What goes wrong here goes wrong with a commit as well, which says so.
void sqlite_backend::checkpoint() noexcept {
  checkpoint_at_ = log_pages_ + checkpoint_again_pages;
  if (files_->is_index_lost())
    return;
  ::sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

int sqlite_backend::is_overdue(void* self) noexcept {
  return steady_clock::now() > static_cast<sqlite_backend*>(self)->deadline_ ? 1 : 0;
}

void sqlite_backend::start_clock() noexcept {
  if (statement_timeout_.count() > 0)
    deadline_ = steady_clock::now() + statement_timeout_;
}

void sqlite_backend::stop_clock() noexcept {
  deadline_ = steady_clock::time_point::max();
}

void sqlite_backend::run(const std::string& sql, row_callback on_row, void* context) {
  char* message = nullptr;
  const int code = ::sqlite3_exec(handle_, sql.c_str(), on_row, context, &message);
  if (code == SQLITE_OK)
    return;
  const std::string text = message != nullptr ? message : ::sqlite3_errstr(code);
  ::sqlite3_free(message);
  throw soci::sqlite3_soci_error(text, code);
}

void sqlite_backend::run_script(const std::string& sql) {
  run(sql, nullptr, nullptr);
}

int add_text_row(void* rows, int count, char** values, char** /*names*/) {
  auto& row = static_cast<text_rows*>(rows)->emplace_back();
  for (int i = 0; i < count; ++i)
    row.emplace_back(values[i] != nullptr ? values[i] : "");
  return 0;
}

text_rows sqlite_backend::ask(const std::string& sql) {
  text_rows rows;
  run(sql, add_text_row, &rows);
  return rows;
}

bool sqlite_backend::is_in_transaction() const noexcept {
  return ::sqlite3_get_autocommit(handle_) == 0;
}

void sqlite_backend::abandon() noexcept {
  if (is_in_transaction())
    ::sqlite3_exec(handle_, "rollback", nullptr, nullptr, nullptr);
}

std::optional<std::string> sqlite_backend::obstacle() const {
  return files_->obstacle();
}

bool sqlite_backend::has_rolled_back() const noexcept {
  // On a full disk the commit's own frame is not in the log: SQLite has rolled back, and nothing can bring it back.
  return is_in_transaction() || (::sqlite3_errcode(handle_) & 0xff) == SQLITE_FULL;
}

void sqlite_backend::limit_bytes(std::int64_t bytes) {
  const auto page_size = std::stoll(ask("pragma page_size").at(0).at(0));
  const auto pages = bytes == 0 ? max_page_count : std::max<std::int64_t>(1, bytes / page_size);
  run_script("pragma max_page_count=" + std::to_string(pages));
}

std::string sqlite_backend::plan_of(const statement_text& statement) {
  std::string plan;
  for (const auto& step : ask("explain query plan " + std::string{statement.sql}))
    plan += step.at(3) + "\n";  // id, parent, unused, detail
  return plan;
}

std::vector<std::string> sqlite_backend::tables() {
  std::vector<std::string> names;
  for (auto& row : ask("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"))
    names.push_back(std::move(row.at(0)));
  return names;
}

}  // namespace genesis::storage
