#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

struct sqlite3;

namespace genesis::system_test {

/// The server's database as a second program sees it, while the server runs or after it.
class database_file {
public:
  explicit database_file(const std::filesystem::path& file);
  database_file(const database_file&) = delete;
  database_file& operator=(const database_file&) = delete;
  ~database_file();

  /// The first column of every row, as text.
  std::vector<std::string> column(const std::string& sql);
  std::int64_t number(const std::string& sql);
  void run(const std::string& sql);
  /// Tables that hold this text in any column.
  std::vector<std::string> tables_with(const std::string& text);
  /// What must hold whenever the server does not run. Fails the test otherwise.
  void expect_sound();

private:
  sqlite3* handle_ = nullptr;
};

/// Keeps the server from committing anything while it lives, so that what is sent meanwhile meets an operation that is
/// under way. Shorter than the server's `storage.busy_timeout`.
class write_lock {
public:
  explicit write_lock(const std::filesystem::path& file) : file_(file) { file_.run("begin immediate"); }
  write_lock(const write_lock&) = delete;
  write_lock& operator=(const write_lock&) = delete;
  ~write_lock() { file_.run("rollback"); }

private:
  database_file file_;
};

}  // namespace genesis::system_test
