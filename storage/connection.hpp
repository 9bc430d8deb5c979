#pragma once

#include "domain/error.hpp"
#include "storage/backend.hpp"
#include "storage/connection_options.hpp"
#include "storage/gathered_rows.hpp"
#include "storage/kept_statement.hpp"
#include "storage/rows.hpp"
#include "storage/statements.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::storage {

/// What is told about each statement that ran.
struct statement_run {
  statement_id id;
  std::string_view name;
  std::chrono::nanoseconds duration;
  std::int64_t rows = 0;  ///< Read, or changed.
  bool is_ok = true;
  bool is_gathered = false;  ///< See `connection::gather`.
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

/// What a statement that is sent is to change: one row, or any number of them.
enum class changes : std::uint8_t { one_row, any_rows };

/// One connection to a database through SOCI, with its prepared statements. Used by one thread at a time.
///
/// What was committed survives a loss of power. Calls throw what SOCI throws, and `unreadable_row`; `attempt`
/// (storage_error.hpp) makes errors of both. No statement that threw keeps a half-read result open.
class connection {
public:
  /// Errors: `unavailable` when the database cannot be used, and why.
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

  /// Runs a statement to its end, at the latest in `collect`: where the database can, many are on their way at once,
  /// and nothing but `send`, `gather`, `finish_commit`, `collect` and `abandon` may follow. `wanted` is what does not
  /// go without saying.
  template <class... Arguments>
  void send(statement_id id, changes wanted, const Arguments&... arguments) {
    const auto rows = wanted == changes::one_row ? std::optional<std::int64_t>{1} : std::nullopt;
    if (!backend_->can_send()) {
      note_changes({id, rows}, execute(id, arguments...));
      return;
    }
    put_all(keep(id), arguments...);
    send(statements_[static_cast<std::size_t>(id)], {id, rows});
  }

  /// Puts a row by for one run of a statement that changes one row, with the rows that others put by for it: an upsert,
  /// or an update. It changes a row for each when `send_gathered` sends it. Where nothing can be sent it runs now.
  template <class... Arguments>
  void gather(statement_id id, const Arguments&... arguments) {
    if (!backend_->can_send()) {
      note_changes({id, 1}, execute(id, arguments...));
      return;
    }
    auto& rows = gathering(id).rows;
    rows.begin_row();
    put_columns(rows, arguments...);
    if (rows.bytes() > gathered_bytes_max)
      send_gathered();
  }
  /// As `send`, for what was put by since the last time, in the order in which the statements first were; the server
  /// begins with it.
  void send_gathered();

  /// Waits for all that was sent. Throws what the first one threw that failed; those behind it have not run.
  void collect();
  /// Statements that were sent so far, and of those the ones that were answered with success: the one behind these has
  /// failed, when one has.
  [[nodiscard]] std::size_t sent() const noexcept { return sent_count_; }
  [[nodiscard]] std::size_t answered() const noexcept { return answered_count_; }
  /// Of what was sent in this transaction, the first one that has not changed what it was to change. It came before
  /// what failed, if something did.
  [[nodiscard]] std::optional<statement_id> misfit() const noexcept { return misfit_; }

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

  /// What differs between the databases.
  [[nodiscard]] genesis::storage::backend& backend() const noexcept { return *backend_; }

  /// Several statements in one text, unprepared: settings, schema.
  void run_script(const std::string& sql) { backend_->run_script(sql); }
  /// Sends the commit of what is open and was collected, as the statement `commit`; where the log stands behind it is
  /// asked as well if that is wanted. What is sent afterwards is of the next transaction. For where the database can.
  void send_commit(bool locates);
  /// Waits for it: where the log stands, if that is known. `unavailable` when it was rolled back instead,
  /// `outcome_unknown` when nobody knows.
  result<std::optional<log_position>> finish_commit();
  /// The rows of an unprepared question.
  text_rows ask(const std::string& sql) { return backend_->ask(sql); }

  /// False once the transaction was committed or rolled back, by us or by the database itself (full disk, I/O error,
  /// lost connection).
  [[nodiscard]] bool is_in_transaction() const noexcept { return backend_->is_in_transaction(); }
  /// Rolls back what is open, if anything.
  void abandon() noexcept;

  /// How the database runs a statement, a line per step.
  [[nodiscard]] std::string plan_of(statement_id id);

  [[nodiscard]] const database_url& database() const noexcept { return options_.database; }

private:
  /// A statement while it runs: timed, told to the observer, and made fit to run again when it throws.
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

  /// Of one statement's rows, behind which they are sent before all have come: it is in memory three times then, and
  /// the connection keeps it.
  static constexpr std::size_t gathered_bytes_max = std::size_t{1} << 20;

  struct sent_statement {
    statement_id id;
    std::optional<std::int64_t> wanted;  ///< Rows that it is to change, where it matters.
    bool is_gathered = false;
  };
  /// A statement for many rows, and those that wait for it.
  struct gathered_statement {
    statement_id id{};
    gathered_rows rows;
    std::string sql;
    std::unique_ptr<kept_statement> kept;
  };

  connection(const connection_options& options, std::unique_ptr<storage::backend> made);

  template <class... Arguments>
  static void put_all(kept_statement& statement, const Arguments&... arguments) {
    statement.rewind();
    if constexpr (sizeof...(arguments) > 0)
      put_columns(statement, arguments...);
  }
  template <class Parameters, class... Arguments>
  static void put_columns(Parameters& parameters, const Arguments&... arguments) {
    parameter_writer writer(parameters);
    (put_argument(writer, arguments), ...);
  }
  template <class Writer, class Argument>
  static void put_argument(Writer& writer, const Argument& argument) {
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

  kept_statement& keep(statement_id id);
  void forget_failed(statement_id id) noexcept;
  gathered_statement& gathering(statement_id id);
  void send(std::unique_ptr<kept_statement>& statement, const sent_statement& what);
  void prepare(std::unique_ptr<kept_statement>& statement);
  /// Receives the answer to the commit, which comes before all others, and keeps it.
  void receive_commit();
  void note_changes(const sent_statement& of, std::int64_t rows) noexcept;
  [[nodiscard]] std::string plan_of_gathered(statement_id id);
  void tell(const statement_run& run);
  void log_slow(const statement_run& run);

  connection_options options_;
  std::unique_ptr<storage::backend> backend_;
  std::array<std::unique_ptr<kept_statement>, statement_count> statements_;  // gone before the session
  std::vector<std::unique_ptr<gathered_statement>> gathered_;
  std::vector<gathered_statement*> gathering_;  ///< Of these, the ones for which rows wait, as they began to.
  std::vector<sent_statement> sent_;
  std::size_t sent_count_ = 0;
  std::size_t answered_count_ = 0;
  std::optional<statement_id> misfit_;  ///< Of what was sent: the first one that changed something else.
  std::optional<std::chrono::steady_clock::time_point> committing_since_;  ///< The answer has not been received.
  std::optional<result<std::optional<log_position>>> committed_;           ///< The answer that nobody has taken yet.
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
