#pragma once

#include "domain/error.hpp"
#include "storage/backend.hpp"
#include "storage/connection_options.hpp"

#include <chrono>
#include <memory>

struct sqlite3;

namespace genesis::storage {

/// For `sqlite3_exec`: adds a row to the `text_rows` that `rows` points to.
int add_text_row(void* rows, int count, char** values, char** names);

/// A file of SQLite, in WAL mode with `synchronous=FULL`: what was committed survives a loss of power.
class sqlite_backend final : public backend {
public:
  /// Errors: `unavailable` when the directory or file cannot be used, and why.
  static result<std::unique_ptr<backend>> open(const connection_options& options);
  ~sqlite_backend() override;

  [[nodiscard]] engine kind() const noexcept override { return engine::sqlite; }
  [[nodiscard]] soci::session& session() noexcept override { return *session_; }
  void run_script(const std::string& sql) override;
  text_rows ask(const std::string& sql) override;
  void start_clock() noexcept override;
  void stop_clock() noexcept override;
  [[nodiscard]] bool is_in_transaction() const noexcept override;
  void abandon() noexcept override;
  /// The file, its write-ahead log or the log's index was removed, or another one stands in its place: what is
  /// committed then is lost, at the latest in a crash.
  [[nodiscard]] std::optional<std::string> obstacle() const override;
  [[nodiscard]] bool has_rolled_back() const noexcept override;
  void note_failure(const kept_statement&) noexcept override {}
  [[nodiscard]] bool is_lost() const noexcept override { return false; }
  /// Moves what is in the write-ahead log into the file, when there is enough.
  void settle() noexcept override;
  void limit_bytes(std::int64_t bytes) override;
  /// `EXPLAIN QUERY PLAN`.
  std::string plan_of(const statement_text& statement) override;
  void lock_schema() override {}  // SQLite has one writer, and each step of a migration is a transaction of its own
  [[nodiscard]] bool claim() override { return true; }  // the data directory is locked
  std::vector<std::string> tables() override;

private:
  using row_callback = int (*)(void* context, int count, char** values, char** names);

  explicit sqlite_backend(const connection_options& options);
  void run(const std::string& sql, row_callback on_row, void* context);
  /// Before anything is read: with another file under the log's name SQLite would move what the log holds into that
  /// file when the connection is closed, and remove the log.
  void insist_on(const database_files& expected);
  void configure(const connection_options& options);
  void shut_others_out();
  static int is_overdue(void* self) noexcept;
  static int on_commit(void* self, sqlite3* handle, const char* database, int log_pages) noexcept;
  void checkpoint() noexcept;

  std::filesystem::path file_;
  std::chrono::milliseconds statement_timeout_;
  std::unique_ptr<soci::session> session_;
  sqlite3* handle_ = nullptr;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  int log_pages_ = 0;      ///< In the write-ahead log, behind the last commit of this connection.
  int checkpoint_at_ = 0;  ///< So many of them.
  std::shared_ptr<const database_files> files_;
};

}  // namespace genesis::storage
