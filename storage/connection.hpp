#pragma once

#include "domain/error.hpp"
#include "storage/kept_statement.hpp"
#include "storage/rows.hpp"
#include "storage/statements.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace soci {
class session;
}

namespace genesis::storage {

/// What is told about each statement that ran.
struct statement_run {
  statement_id id;
  std::string_view name;
  std::chrono::nanoseconds duration;
  std::int64_t rows = 0;  ///< Read, or changed.
  bool is_ok = true;
};

/// Counts statements. Called on the connection's own thread, so that an observer per connection needs no lock.
class statement_observer {
public:
  statement_observer() = default;
  statement_observer(const statement_observer&) = delete;
  statement_observer& operator=(const statement_observer&) = delete;
  virtual ~statement_observer() = default;
  virtual void on_statement(const statement_run& run) noexcept = 0;
};

struct connection_options {
  std::filesystem::path file;
  bool may_create = false;    ///< Makes the file, with mode 0600, when there is none.
  bool is_read_only = false;  ///< Refuses every change.
  std::chrono::milliseconds busy_timeout = std::chrono::seconds{1};  ///< Waiting for another connection's lock.
  std::chrono::milliseconds statement_timeout{0};                    ///< 0: as long as it takes.
  std::int64_t cache_bytes = std::int64_t{16} * 1'024 * 1'024;
  std::int64_t max_bytes = 0;              ///< Of the database file; 0 for no limit.
  statement_observer* observer = nullptr;  ///< Outlives the connection.
};

/// A statement that takes longer is logged with its plan, once per statement and connection.
inline constexpr auto slow_statement = std::chrono::milliseconds{200};

/// One SQLite connection through SOCI, with its prepared statements. Used by one thread at a time.
///
/// The database is in WAL mode with `synchronous=FULL`: what was committed survives a loss of power. Calls throw what
/// SOCI throws, and `unreadable_row`; `attempt` (storage_error.hpp) makes errors of both. A statement that threw is
/// forgotten, so that no half-read result keeps a transaction open.
class connection {
public:
  /// Errors: `unavailable` when the directory or file cannot be used, and why.
  static result<std::unique_ptr<connection>> open(const connection_options& options);

  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;
  ~connection();

  /// Runs a statement to its end; the number of rows it changed.
  template <class... Arguments>
  std::int64_t execute(statement_id id, const Arguments&... arguments) {
    execution running(*this, id);
    put_all(running.statement(), arguments...);
    running.statement().start();
    return running.finish(running.statement().affected_rows());
  }

  /// All rows of a question.
  template <class Row, class... Arguments>
  std::vector<Row> rows(statement_id id, const Arguments&... arguments) {
    execution running(*this, id);
    auto& statement = running.statement();
    put_all(statement, arguments...);
    if (!statement.is_prepared())
      define_row<Row>(statement);
    statement.start();
    std::vector<Row> found;
    while (statement.fetch())
      take_row(statement, found.emplace_back());
    running.finish(std::ssize(found));
    return found;
  }

  /// The only row of a question about one thing, if it is there.
  template <class Row, class... Arguments>
  std::optional<Row> row(statement_id id, const Arguments&... arguments) {
    auto found = rows<Row>(id, arguments...);
    return found.empty() ? std::nullopt : std::optional<Row>{std::move(found.front())};
  }

  /// Several statements in one text, unprepared: settings, schema.
  void run_script(const std::string& sql);
  /// The rows of an unprepared question as texts, a null as an empty one.
  std::vector<std::vector<std::string>> ask(const std::string& sql);

  /// False once the transaction was committed or rolled back, by us or by SQLite itself (full disk, I/O error).
  [[nodiscard]] bool is_in_transaction() const noexcept;
  /// Rolls back what is open, if anything.
  void abandon() noexcept;

  /// False once the file or its write-ahead log was removed, or another one stands in its place: what is committed then
  /// is lost, at the latest in a crash.
  [[nodiscard]] bool is_file_in_place() const noexcept;

  /// Limits the size of the file; 0 for no limit. What is there already stays.
  void set_max_bytes(std::int64_t bytes);

  /// How SQLite runs a statement (`EXPLAIN QUERY PLAN`), a line per step.
  [[nodiscard]] std::string plan_of(statement_id id);

  [[nodiscard]] const std::filesystem::path& file() const noexcept { return options_.file; }
  [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }

private:
  /// A statement while it runs: timed, told to the observer, and forgotten when it throws.
  class execution {
  public:
    execution(connection& owner, statement_id id);
    execution(const execution&) = delete;
    execution& operator=(const execution&) = delete;
    ~execution();

    [[nodiscard]] kept_statement& statement() const noexcept { return statement_; }
    std::int64_t finish(std::int64_t rows) noexcept;

  private:
    connection& owner_;
    statement_id id_;
    kept_statement& statement_;
    std::chrono::steady_clock::time_point begun_;
    std::int64_t rows_ = 0;
    bool is_finished_ = false;
  };

  explicit connection(const connection_options& options);

  template <class... Arguments>
  static void put_all(kept_statement& statement, const Arguments&... arguments) {
    statement.rewind();
    if constexpr (sizeof...(arguments) > 0) {
      parameter_writer writer(statement);
      (put_argument(writer, arguments), ...);
    }
  }
  template <class Argument>
  static void put_argument(parameter_writer& writer, const Argument& argument) {
    if constexpr (requires { writer(argument); })
      writer(argument);
    else
      each_column(argument, writer);
  }
  template <class Row>
  static void define_row(kept_statement& statement) {
    Row shape{};
    column_definer definer(statement);
    if constexpr (storable<Row>)
      definer(shape);
    else
      each_column(shape, definer);
  }
  template <class Row>
  static void take_row(kept_statement& statement, Row& row) {
    column_reader reader(statement);
    if constexpr (storable<Row>)
      reader(row);
    else
      each_column(row, reader);
  }

  /// Which file stands under a name.
  struct file_identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    friend bool operator==(const file_identity&, const file_identity&) = default;
  };
  static std::optional<file_identity> identity_of(const char* name) noexcept;

  using row_callback = int (*)(void* context, int count, char** values, char** names);

  kept_statement& keep(statement_id id);
  void run(const std::string& sql, row_callback on_row, void* context);
  void configure();
  void log_slow(const statement_run& run);
  static int is_overdue(void* self) noexcept;

  connection_options options_;
  std::unique_ptr<soci::session> session_;
  sqlite3* handle_ = nullptr;
  std::array<std::unique_ptr<kept_statement>, statement_count> statements_;  // gone before the session
  std::array<bool, statement_count> was_slow_{};
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  std::string log_name_;
  std::optional<file_identity> file_id_;
  std::optional<file_identity> log_id_;
};

/// Rolls back at its end unless it was committed.
class transaction {
public:
  transaction(connection& database, statement_id begin) : database_(database) { database_.execute(begin); }
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;
  ~transaction() { database_.abandon(); }

private:
  connection& database_;
};

}  // namespace genesis::storage
