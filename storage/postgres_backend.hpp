#pragma once

#include "domain/error.hpp"
#include "storage/backend.hpp"
#include "storage/connection_options.hpp"

#include <chrono>
#include <memory>
#include <vector>

struct pg_conn;
struct pg_result;

namespace genesis::storage {

class watched_socket;

/// A session on a PostgreSQL server.
///
/// The server's own time-outs end statements that take long; where the server itself is silent (stopped, unreachable),
/// `socket_watch` ends the wait, and the connection is lost. Whatever the server's defaults, a commit is answered when
/// it is durable. Error messages are the server's first line, which names constraints and shows no rows.
class postgres_backend final : public backend {
public:
  /// Errors: `unavailable` when the server cannot be reached or refuses, or when another process has claimed the
  /// database, and why.
  static result<std::unique_ptr<backend>> open(const connection_options& options);
  ~postgres_backend() override;

  [[nodiscard]] engine kind() const noexcept override { return engine::postgresql; }
  [[nodiscard]] soci::session& session() noexcept override { return *session_; }
  void run_script(const std::string& sql) override;
  text_rows ask(const std::string& sql) override;
  void start_clock() noexcept override;
  void stop_clock() noexcept override;
  [[nodiscard]] bool is_in_transaction() const noexcept override;
  void abandon() noexcept override;
  /// The transaction has failed: the server would answer its commit with a rollback, and call that a success.
  [[nodiscard]] std::optional<std::string> obstacle() const override;
  [[nodiscard]] bool has_rolled_back() const noexcept override;
  /// What the server has forgotten (`DISCARD ALL`) or the schema has outgrown fails for ever on this connection, which
  /// counts as lost then.
  void note_failure(const kept_statement& failed) noexcept override;
  [[nodiscard]] bool is_lost() const noexcept override;
  [[nodiscard]] bool can_send() const noexcept override { return true; }
  void send(kept_statement& statement) override;
  void push() noexcept override;
  void receive(const std::function<void(std::optional<std::int64_t>)>& on_answer) override;
  void send_commit(bool locates) noexcept override;
  std::optional<log_position> receive_commit() override;
  [[nodiscard]] std::int64_t timeline() const noexcept override { return timeline_; }
  std::optional<server_condition> condition() override;
  std::optional<log_position> replayed() override;
  void limit_bytes(std::int64_t) override {}  // the server's disks are its operator's
  /// `EXPLAIN` of the plan that serves all arguments. Nothing for statements that have none, as `begin`.
  std::string plan_of(const statement_text& statement) override;
  void lock_schema() override;
  [[nodiscard]] bool claim() override;
  std::vector<std::string> tables() override;

private:
  using result_ptr = std::unique_ptr<pg_result, void (*)(pg_result*)>;

  /// What looking at a plan leaves at the server; gone at its end, however that comes.
  class plan_traces;

  explicit postgres_backend(const connection_options& options);
  void configure(const connection_options& options);
  [[nodiscard]] std::string lossy_encoding() const;
  [[nodiscard]] std::int64_t find_timeline();
  [[nodiscard]] bool claim_as(const std::string& name);
  result_ptr run(const char* sql) noexcept;
  /// The server's word is missing where there should be one: the connection counts as lost.
  void note_silence(const pg_result* answer) noexcept;
  text_rows rows_of(const pg_result* answer);
  /// Sees whether a refusal makes the connection useless.
  void note_refusal(const pg_result* answer) noexcept;
  /// Throws what the server says when it has refused.
  void check(const pg_result* answer);
  [[nodiscard]] bool is_sending() const noexcept;
  bool begin_sending() noexcept;
  /// The next answer to what was sent: null when the connection gives none.
  result_ptr next_answer() noexcept;
  /// Receives what is left up to the point behind which nothing followed when it was set.
  void skip_to_point() noexcept;
  /// Receives what is left, and makes the connection take usual statements again.
  void end_sending() noexcept;

  std::unique_ptr<soci::session> session_;
  pg_conn* handle_ = nullptr;
  std::shared_ptr<socket_watch> watch_;
  std::shared_ptr<watched_socket> socket_;  ///< None without a time-out.
  std::chrono::milliseconds claim_patience_{};
  std::size_t sent_ = 0;          ///< Without an answer so far.
  bool is_synchronised_ = false;  ///< The server was told that nothing follows for now.
  bool is_locating_ = false;      ///< The commit that was sent.
  std::vector<const char*> parameters_;
  std::int64_t timeline_ = 0;
  bool is_lost_ = false;  ///< An answer is missing, or the server has other ideas of what is prepared.
};

}  // namespace genesis::storage
