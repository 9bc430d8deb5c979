#pragma once

#include "storage/database_url.hpp"
#include "storage/log_position.hpp"
#include "storage/statements.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace soci {
class session;
}

namespace genesis::storage {

class kept_statement;

/// The rows of a question as texts, a null as an empty one.
using text_rows = std::vector<std::vector<std::string>>;

/// What differs between the databases behind a `connection`. Calls throw what SOCI throws.
class backend {
public:
  backend() = default;
  backend(const backend&) = delete;
  backend& operator=(const backend&) = delete;
  virtual ~backend() = default;

  [[nodiscard]] virtual engine kind() const noexcept = 0;
  [[nodiscard]] virtual soci::session& session() noexcept = 0;

  /// Several statements in one text, unprepared: settings, schema.
  virtual void run_script(const std::string& sql) = 0;
  /// The rows of an unprepared question.
  virtual text_rows ask(const std::string& sql) = 0;

  /// The time-out of a statement runs between these two.
  virtual void start_clock() noexcept = 0;
  virtual void stop_clock() noexcept = 0;

  [[nodiscard]] virtual bool is_in_transaction() const noexcept = 0;
  /// Rolls back what is open, if anything.
  virtual void abandon() noexcept = 0;
  /// Why nothing that is committed now would last.
  [[nodiscard]] virtual std::optional<std::string> obstacle() const = 0;
  /// After a commit that failed: whether it is certain that nothing of it has happened.
  [[nodiscard]] virtual bool has_rolled_back() const noexcept = 0;
  /// A statement has thrown: sees whether the connection is lost with it.
  virtual void note_failure(const kept_statement& failed) noexcept = 0;
  /// The connection is of no use any more; another one has to be opened.
  [[nodiscard]] virtual bool is_lost() const noexcept = 0;

  /// Whether statements can be sent one behind the other, before the answer to the first one is there.
  [[nodiscard]] virtual bool can_send() const noexcept { return false; }
  /// Sends a prepared statement without columns. Nothing but `send`, `receive`,
  /// `receive_commit` of a commit in front, and `abandon` until all is received.
  virtual void send(kept_statement&) {}
  /// Hands the server what was sent, so that it works while more is put together.
  virtual void push() noexcept {}
  /// Waits for the answers to all that was sent, and tells of each in order the rows that it changed: nothing for the
  /// first one that failed, and no more of those behind it. Throws then, when all is received, what that one threw.
  virtual void receive(const std::function<void(std::optional<std::int64_t>)>&) {}

  /// Sends the commit of what is open, and asks where the log stands behind it if that is wanted. Statements may be
  /// sent behind it; `receive_commit` comes before anything of them is received.
  /// Only where statements can be sent.
  virtual void send_commit(bool /*locates*/) noexcept {}
  /// Waits for the answer: where the log stands, if that was asked and is known. Throws what the server says when it
  /// has not committed.
  virtual std::optional<log_position> receive_commit() { throw std::logic_error("no commit can be sent"); }
  /// As of `store::timeline`.
  [[nodiscard]] virtual std::int64_t timeline() const noexcept { return 0; }
  /// Of a server that may have replicas, or is one.
  virtual std::optional<server_condition> condition() { return std::nullopt; }
  /// How far this replica has come; nothing when it is none.
  virtual std::optional<log_position> replayed() { return std::nullopt; }
  /// Does what commits have left for later, between two transactions.
  virtual void settle() noexcept {}

  /// Limits the size of the database; 0 for no limit. What is there already stays.
  virtual void limit_bytes(std::int64_t bytes) = 0;
  /// How the database runs a statement, a line per step. Leaves what is open as it was, also when it throws.
  virtual std::string plan_of(const statement_text& statement) = 0;

  /// Nobody else changes the schema for as long as this connection lives.
  virtual void lock_schema() = 0;
  /// The database is this process's alone for as long as the connection lives. False while another process has it, for
  /// about a second.
  [[nodiscard]] virtual bool claim() = 0;
  /// The tables that are there, other programs' included.
  virtual std::vector<std::string> tables() = 0;
};

}  // namespace genesis::storage
