#include "storage/postgres_backend.hpp"

#include "storage/kept_statement.hpp"
#include "storage/postgres.hpp"
#include "storage/socket_watch.hpp"
#include "storage/sql_dialect.hpp"
#include "storage/storage_error.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

namespace genesis::storage {

namespace {

/// For each host of the URL; libpq takes whole seconds, and two at least.
constexpr auto connect_timeout = "2";
/// First halves of our advisory locks' keys; the second is the schema's, so that installations in schemas of one
/// database are apart.
constexpr auto schema_lock = "1735289205, hashtext(current_schema())";
constexpr auto claim_lock = "1735289206, hashtext(current_schema())";
/// What a process that was stopped in the middle of a transaction may hold on to its locks. In the middle of a group
/// that it sends there is no such limit: to the server that is one statement, which it is still being told.
constexpr std::chrono::seconds idle_transaction_max{10};
/// For another process's claim to end, which it does some milliseconds after that process.
constexpr std::chrono::milliseconds claim_patience_max{1'000};
/// When our machine dies or the network is cut, the server ends our connections, with the claim and the locks they
/// hold, this long after the last word: 5 s and three times 2 s. Unix sockets need none of it.
constexpr auto keep_alive =
  "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; "
  "set tcp_user_timeout = 11000";
/// SQLSTATE codes (PostgreSQL 15, appendix A).
constexpr std::string_view lock_not_available = "55P03";
/// A prepared statement whose rows the schema has outgrown, and one that somebody has dropped.
constexpr std::array<std::string_view, 2> outdated_statement{"0A000", "26000"};
/// No right to ask, no such function, not supported, and not in this state of the server.
constexpr std::array<std::string_view, 4> no_timeline{"42501", "42883", "0A000", "55000"};
constexpr auto replayed_position = "select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end";
/// Of a server that takes changes.
#define GENESIS_TIMELINE                                                                                               \
  "cast(cast('x' || substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8) as bit(32)) as bigint)"
constexpr auto current_timeline = "select " GENESIS_TIMELINE;
/// The columns of `server_condition`. The timeline of a replica that receives is known to roles that may read all
/// statistics; of one that does not, it is where its last checkpoint was.
constexpr auto server_condition_columns =
  "select pg_is_in_recovery(), case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else "
  "pg_current_wal_flush_lsn() end, (select system_identifier from pg_control_system()) || '/' || current_database() || "
  "'/' || coalesce(current_schema(), ''), case when pg_is_in_recovery() then case when "
  "exists (select from pg_stat_wal_receiver) then (select received_tli from pg_stat_wal_receiver) else (select "
  "timeline_id from pg_control_checkpoint()) end else " GENESIS_TIMELINE " end";
/// Of the time-out, what the server gets before the watch ends the whole connection. Changes get less: when one of a
/// group has used it up, the others are to be written yet.
constexpr int server_share_percent = 90;
constexpr int server_share_of_changes_percent = 75;

/// What is read waits for nobody but whoever changes the schema; a connection that waits keeps others waiting.
constexpr std::chrono::milliseconds lock_patience_of_readers{250};

std::string milliseconds_text(std::chrono::milliseconds time) {
  return std::to_string(time.count());
}

std::string literal(PGconn* handle, const std::string& text) {
  const std::unique_ptr<char, decltype(&PQfreemem)> quoted(
    ::PQescapeLiteral(handle, text.data(), text.size()), &PQfreemem);
  if (!quoted)
    throw std::bad_alloc();
  return quoted.get();
}

std::string connect_string_of(const connection_options& options) {
  if (options.of_replica)  // one that was promoted refuses us itself
    return options.database.connect_string(
      {{"fallback_application_name", "genesis"}, {"connect_timeout", connect_timeout}},
      {{"client_encoding", "UTF8"}, {"target_session_attrs", "standby"}});
  return options.database.connect_string(
    {{"fallback_application_name", "genesis"}, {"connect_timeout", connect_timeout},
      // A command without a time-out does not wait for a machine that is gone: see `keep_alive`.
      {"keepalives_idle", "5"}, {"keepalives_interval", "2"}, {"keepalives_count", "3"}, {"tcp_user_timeout", "11000"},
      // Of several hosts, the one that takes writes; readers must see what was just written.
      {"target_session_attrs", options.is_read_only ? "primary" : "read-write"}},
    {{"client_encoding", "UTF8"}});
}

std::string_view state_of(const PGresult* answer) {
  const char* const state = ::PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  return state != nullptr ? state : "";
}

void tell(void*, const char* notice) {
  spdlog::debug("PostgreSQL: {}", notice);
}

/// libpq says over several lines why there is no connection.
std::string one_line(std::string words) {
  std::erase(words, '\t');
  std::ranges::replace(words, '\n', ' ');
  words.erase(words.find_last_not_of(' ') + 1);
  return words;
}

}  // namespace

result<std::unique_ptr<backend>> postgres_backend::open(const connection_options& options) {
  auto opened = attempt([&]() -> result<std::unique_ptr<backend>> {
    std::unique_ptr<postgres_backend> made(new postgres_backend(options));
    if (const auto encoding = made->lossy_encoding(); !encoding.empty())
      return fail(errc::unavailable,
        options.database.text() + " is kept in " + encoding +
          ", which has not every character: make a database in UTF-8 (createdb --encoding=UTF8 --template=template0)");
    if (!options.claimed_by.empty() && !made->claim_as(options.claimed_by))
      return fail(errc::unavailable, options.database.text() + " is in use by another server");
    return made;
  });
  if (!opened)
    return fail(errc::unavailable, one_line(std::move(opened.error().detail)));
  return opened;
}

postgres_backend::postgres_backend(const connection_options& options)
    : session_(std::make_unique<soci::session>(soci::postgresql, connect_string_of(options))) {
  handle_ = postgres_handle_of(*session_);
  ::PQsetNoticeProcessor(handle_, &tell, nullptr);
  ::PQsetErrorVerbosity(handle_, PQERRORS_TERSE);
  if (options.statement_timeout.count() > 0) {
    watch_ = options.watch ? options.watch : std::make_shared<socket_watch>();
    socket_ = watch_->watch(::PQsocket(handle_), options.statement_timeout);
  }
  claim_patience_ = options.statement_timeout.count() > 0 ? std::min(claim_patience_max, options.statement_timeout / 2)
                                                          : claim_patience_max;
  configure(options);
  if (!options.of_replica)
    timeline_ = find_timeline();
}

postgres_backend::~postgres_backend() {
  start_clock();
  session_ = nullptr;
  stop_clock();
}

void postgres_backend::configure(const connection_options& options) {
  const auto statement_timeout =
    options.statement_timeout * (options.is_read_only ? server_share_percent : server_share_of_changes_percent) / 100;
  const auto lock_timeout =
    options.is_read_only ? std::min(options.busy_timeout, lock_patience_of_readers) : options.busy_timeout;
  run_script(
    "set statement_timeout = " + milliseconds_text(statement_timeout) + "; set lock_timeout = " +
    milliseconds_text(std::max(lock_timeout, std::chrono::milliseconds{1})) +  // 0 would wait for ever
    "; set idle_in_transaction_session_timeout = " + milliseconds_text(idle_transaction_max) +
    "; set default_transaction_isolation = 'read committed'; set default_transaction_read_only = " +
    (options.is_read_only ? "on" : "off") +
    // Changes find rows by their keys, in the order in which they are asked for: two writers then lock them in one
    // order, and a plan that was made for an empty table does not read a full one. Who is alone reads whole tables.
    (options.is_read_only || options.is_alone
        ? ""
        : "; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off") +
    // Whoever switched it off for the server did not mean answers that promise durability.
    "; select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'; " +
    keep_alive);
}

/// In which the server keeps what is written, unless that takes every text as it is. The server says it unasked, and a
/// proxy before it perhaps not.
std::string postgres_backend::lossy_encoding() const {
  const char* const said = ::PQparameterStatus(handle_, "server_encoding");
  const std::string encoding = said != nullptr ? said : "";
  return encoding == "UTF8" || encoding == "SQL_ASCII" ? "" : encoding;
}

/// Not every role of every service may ask, or gets an answer.
std::int64_t postgres_backend::find_timeline() {
  const auto answer = run(current_timeline);
  if (std::ranges::find(no_timeline, state_of(answer.get())) != no_timeline.end())
    return 0;
  return std::stoll(rows_of(answer.get()).at(0).at(0));
}

bool postgres_backend::claim_as(const std::string& name) {
  run_script("set application_name = " + literal(handle_, name));
  const std::string ask_for_it = "select pg_try_advisory_lock(" + std::string{claim_lock} + ")";
  if (ask(ask_for_it).at(0).at(0) == "t")
    return true;
  // A connection that we lost may live on at the server, with a transaction of unknown outcome: it ends before anybody
  // reads what that outcome is. Nobody else has the name.
  ask("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> "
      "pg_backend_pid() and application_name = " +
      literal(handle_, name));
  return claim();
}

bool postgres_backend::claim() {
  // Two statements in one text are one transaction, which is what `local` is about.
  const auto wait_for_it = "set local lock_timeout = " + milliseconds_text(claim_patience_) +
                           "; select pg_advisory_lock(" + std::string{claim_lock} + ")";
  const auto answer = run(wait_for_it.c_str());
  if (state_of(answer.get()) == lock_not_available)
    return false;
  rows_of(answer.get());
  return true;
}

void postgres_backend::run_script(const std::string& sql) {
  ask(sql);
}

text_rows postgres_backend::ask(const std::string& sql) {
  return rows_of(run(sql.c_str()).get());
}

postgres_backend::result_ptr postgres_backend::run(const char* sql) noexcept {
  start_clock();
  result_ptr answer(::PQexec(handle_, sql), &PQclear);
  stop_clock();
  note_silence(answer.get());
  return answer;
}

void postgres_backend::note_silence(const PGresult* answer) noexcept {
  is_lost_ |= !is_good(answer) && state_of(answer).empty();
}

std::optional<log_position> postgres_backend::replayed() {
  return log_position::parse(ask(replayed_position).at(0).at(0));
}

std::optional<server_condition> postgres_backend::condition() {
  const auto row = ask(server_condition_columns).at(0);
  const auto position = log_position::parse(row.at(1));
  if (!position)
    return std::nullopt;
  server_condition found{.is_replica = row.at(0) == "t", .position = *position, .identity = row.at(2), .timeline = {}};
  if (!row.at(3).empty())
    found.timeline = std::stoll(row.at(3));
  return found;
}

void postgres_backend::check(const PGresult* answer) {
  if (is_good(answer))
    return;
  const auto state = state_of(answer);
  // What was sent with others has its own words; the connection's are those of the last answer.
  const auto* const words = answer != nullptr ? ::PQresultErrorMessage(answer) : ::PQerrorMessage(handle_);
  throw soci::postgresql_soci_error(words, state.empty() ? "08000" : std::string{state}.c_str());
}

text_rows postgres_backend::rows_of(const PGresult* answer) {
  check(answer);
  text_rows rows(static_cast<std::size_t>(::PQntuples(answer)));
  for (int row = 0; row < ::PQntuples(answer); ++row)
    for (int column = 0; column < ::PQnfields(answer); ++column)
      rows[static_cast<std::size_t>(row)].emplace_back(::PQgetvalue(answer, row, column));
  return rows;
}

void postgres_backend::start_clock() noexcept {
  if (socket_)
    socket_->start();
}

void postgres_backend::stop_clock() noexcept {
  if (socket_)
    socket_->stop();
}

bool postgres_backend::is_in_transaction() const noexcept {
  if (is_lost())
    return false;
  switch (::PQtransactionStatus(handle_)) {
  case PQTRANS_ACTIVE:
  case PQTRANS_INTRANS:
  case PQTRANS_INERROR: return true;
  case PQTRANS_IDLE:
  case PQTRANS_UNKNOWN: return false;
  }
  return false;
}

void postgres_backend::abandon() noexcept {
  end_sending();
  if (is_in_transaction())
    run("rollback");
}

std::optional<std::string> postgres_backend::obstacle() const {
  if (is_lost())
    return "the connection to the database is lost";
  if (::PQtransactionStatus(handle_) == PQTRANS_INERROR)
    return "the transaction has failed";
  return std::nullopt;
}

bool postgres_backend::has_rolled_back() const noexcept {
  return !is_lost();  // then the server has said so itself
}

void postgres_backend::note_failure(const kept_statement& failed) noexcept {
  ::PQconsumeInput(handle_);  // sees the end of the connection where one is waiting to be read
  if (!failed.is_prepared())
    return;
  // A server that refuses says so with a code. Without one nobody knows what became of the statement, and libpq may
  // take the connection for sound: what it could not write it has not looked at yet.
  const auto* const answer =
    static_cast<const soci::postgresql_statement_backend*>(failed.backend())->result_.get_result();
  note_refusal(answer);
}

void postgres_backend::note_refusal(const PGresult* answer) noexcept {
  if (is_good(answer))
    return;
  const auto state = state_of(answer);
  is_lost_ |= state.empty() || std::ranges::find(outdated_statement, state) != outdated_statement.end();
}

bool postgres_backend::is_lost() const noexcept {
  return is_lost_ || ::PQstatus(handle_) != CONNECTION_OK || (socket_ && socket_->is_over());
}

class postgres_backend::plan_traces {
public:
  explicit plan_traces(postgres_backend& owner) : owner_(owner), is_inside_(owner.is_in_transaction()) {
    owner_.run_script(is_inside_ ? "savepoint plan" : "begin");
  }
  plan_traces(const plan_traces&) = delete;
  plan_traces& operator=(const plan_traces&) = delete;
  ~plan_traces() {
    owner_.run(is_inside_ ? "rollback to savepoint plan; release savepoint plan" : "rollback");
    if (is_prepared_)  // which no rollback undoes
      owner_.run("deallocate plan");
  }

  void prepare(const std::string& sql) {
    owner_.run_script("set local plan_cache_mode = force_generic_plan; prepare plan as " + sql);
    is_prepared_ = true;
  }

private:
  postgres_backend& owner_;
  bool is_inside_;
  bool is_prepared_ = false;
};

std::string postgres_backend::plan_of(const statement_text& statement) {
  constexpr std::array plannable{"select ", "insert ", "update ", "delete "};
  const std::string_view sql = statement.sql;
  const bool has_plan = std::ranges::any_of(plannable, [&](std::string_view verb) { return sql.starts_with(verb); });
  if (!has_plan || is_lost() || ::PQtransactionStatus(handle_) == PQTRANS_INERROR)
    return {};
  const auto [text, count] = with_parameters(sql, "$");
  std::string arguments;
  for (int i = 0; i < count; ++i)
    arguments += i == 0 ? "(null" : ", null";
  arguments += count == 0 ? "" : ")";
  plan_traces traces(*this);
  traces.prepare(text);
  std::string plan;
  for (const auto& step : ask("explain (costs off) execute plan" + arguments))
    plan += step.at(0) + "\n";
  return plan;
}

void postgres_backend::lock_schema() {
  ask("select pg_advisory_lock(" + std::string{schema_lock} + ")");
}

std::vector<std::string> postgres_backend::tables() {
  std::vector<std::string> names;
  for (auto& row : ask("select tablename from pg_tables where schemaname = current_schema() order by 1"))
    names.push_back(std::move(row.at(0)));
  return names;
}

}  // namespace genesis::storage
