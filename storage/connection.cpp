#include "storage/connection.hpp"

#include "storage/postgres_backend.hpp"
#include "storage/sql_dialect.hpp"
#include "storage/sqlite_backend.hpp"
#include "storage/storage_error.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace genesis::storage {

using std::chrono::steady_clock;

result<std::unique_ptr<connection>> connection::open(const connection_options& options) {
  auto made =
    options.database.kind() == engine::postgresql ? postgres_backend::open(options) : sqlite_backend::open(options);
  if (!made)
    return std::unexpected(std::move(made.error()));
  return std::unique_ptr<connection>(new connection(options, std::move(*made)));
}

connection::connection(const connection_options& options, std::unique_ptr<storage::backend> made)
    : options_(options), backend_(std::move(made)) {
  if (!options_.slow)
    options_.slow = std::make_shared<slow_log>();
}

connection::~connection() {
  receive_commit();
  // PostgreSQL is told of each statement that goes, and it may be silent.
  backend_->start_clock();
  for (auto& each : statements_)
    each.reset();
  gathered_.clear();
  backend_->stop_clock();
}

void connection::send_commit(bool locates) {
  committing_since_ = steady_clock::now();
  backend_->send_commit(locates);
}

void connection::receive_commit() {
  if (!committing_since_)
    return;
  const auto begun = *std::exchange(committing_since_, std::nullopt);
  committed_ = attempt([&] { return backend_->receive_commit(); });
  if (!*committed_)
    committed_->error().code = backend_->has_rolled_back() ? errc::unavailable : errc::outcome_unknown;
  tell({statement_id::commit, statement_of(statement_id::commit).name, steady_clock::now() - begun, 0,
    committed_->has_value()});
}

result<std::optional<log_position>> connection::finish_commit() {
  receive_commit();
  if (!committed_)
    return fail(errc::internal, "no commit was sent");
  return *std::exchange(committed_, std::nullopt);
}

std::string connection::plan_of(statement_id id) {
  return backend_->plan_of(statement_for(backend_->kind(), id));
}

std::string connection::plan_of_gathered(statement_id id) {
  const auto of = std::ranges::find(gathered_, id, [](const auto& each) { return each->id; });
  return backend_->plan_of({id, statement_of(id).name, (*of)->sql});
}

kept_statement& connection::keep(statement_id id) {
  auto& kept = statements_[static_cast<std::size_t>(id)];
  if (!kept)
    kept = std::make_unique<kept_statement>(
      backend_->session(), backend_->kind(), std::string{statement_for(backend_->kind(), id).sql});
  return *kept;
}

void connection::abandon() noexcept {
  receive_commit();
  for (auto* const each : gathering_)
    each->rows.clear();
  gathering_.clear();
  sent_.clear();
  misfit_.reset();
  answered_count_ = sent_count_;
  backend_->abandon();
}

connection::gathered_statement& connection::gathering(statement_id id) {
  auto found = std::ranges::find(gathered_, id, [](const auto& each) { return each->id; });
  if (found == gathered_.end()) {
    found = gathered_.insert(found, std::make_unique<gathered_statement>());
    (*found)->id = id;
  }
  if ((*found)->rows.rows() == 0)
    gathering_.push_back(found->get());
  return **found;
}

void connection::send_gathered() {
  for (auto* const each : gathering_) {
    if (!each->kept) {
      each->sql = each->rows.statement_for(statement_for(backend_->kind(), each->id).sql);
      each->kept = std::make_unique<kept_statement>(backend_->session(), backend_->kind(), each->sql);
    }
    each->rows.put_all(*each->kept);
    send(each->kept, {each->id, static_cast<std::int64_t>(each->rows.rows()), true});
    each->rows.clear();
  }
  gathering_.clear();
  backend_->push();
}

void connection::send(std::unique_ptr<kept_statement>& statement, const sent_statement& what) {
  if (!statement->is_prepared())
    prepare(statement);
  backend_->send(*statement);
  sent_.push_back(what);
  ++sent_count_;
}

/// The server knows a statement before it is sent. One that could not be prepared cannot be tried again.
void connection::prepare(std::unique_ptr<kept_statement>& statement) {
  struct trial {
    std::unique_ptr<kept_statement>& kept;
    ~trial() {
      if (!kept->is_prepared())
        kept.reset();
    }
  };
  collect();
  const trial now{statement};
  backend_->start_clock();
  now.kept->prepare();
  backend_->stop_clock();
}

void connection::note_changes(const sent_statement& of, std::int64_t rows) noexcept {
  if (of.wanted && rows != *of.wanted && !misfit_)
    misfit_ = of.id;
}

/// Each has taken as long as its answer came behind the one before it.
void connection::collect() {
  receive_commit();
  if (sent_.empty())
    return;
  std::vector<statement_run> runs;
  runs.reserve(sent_.size());
  struct told {
    connection& owner;
    const std::vector<statement_run>& all;
    ~told() {
      owner.sent_.clear();
      for (const auto& each : all)
        owner.tell(each);
    }
  };
  const told afterwards{*this, runs};
  auto begun = steady_clock::now();
  backend_->receive([&](std::optional<std::int64_t> rows) {
    const auto& of = sent_[runs.size()];
    const auto now = steady_clock::now();
    runs.push_back({of.id, statement_of(of.id).name, now - begun, rows.value_or(0), rows.has_value(), of.is_gathered});
    begun = now;
    if (rows) {
      ++answered_count_;
      note_changes(of, *rows);
    }
  });
}

void connection::forget_failed(statement_id id) noexcept {
  auto& failed = statements_[static_cast<std::size_t>(id)];
  backend_->note_failure(*failed);
  // Where SQLite has not read a result to its end, only this ends its read transaction. PostgreSQL has sent the whole
  // result, and takes no word of forgotten statements inside a transaction that has failed: there they would pile up.
  if (backend_->kind() == engine::sqlite || !failed->make_fit())
    failed.reset();
}

void connection::tell(const statement_run& run) {
  if (options_.observer != nullptr)
    options_.observer->on_statement(run);
  if (options_.slow->is_slow(run.duration))
    log_slow(run);
}

void connection::log_slow(const statement_run& run) {
  if (!options_.slow->may_tell(run.id, run.is_ok, steady_clock::now()))
    return;
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(run.duration).count();
  if (!run.is_ok) {  // its plan would wait for what it has waited for
    spdlog::warn("slow statement {}: failed after {} ms", run.name, milliseconds);
    return;
  }
  const auto plan = attempt([&] { return run.is_gathered ? plan_of_gathered(run.id) : plan_of(run.id); });
  const auto& shown = plan ? *plan : plan.error().detail;
  spdlog::warn("slow statement {}: {} ms, {} rows{}{}", run.name, milliseconds, run.rows,
    shown.empty() ? "" : "; plan: ", shown);  // a commit has none
}

connection::execution::execution(connection& owner, statement_id id)
    : owner_(owner), id_(id), statement_(owner.keep(id)), begun_(steady_clock::now()) {
  owner_.backend_->start_clock();
}

connection::execution::~execution() {
  owner_.backend_->stop_clock();
  const statement_run run{id_, statement_of(id_).name, steady_clock::now() - begun_, rows_, is_finished_};
  if (!is_finished_)
    owner_.forget_failed(id_);
  owner_.tell(run);
}

std::int64_t connection::execution::finish(std::int64_t rows) noexcept {
  rows_ = rows;
  is_finished_ = true;
  return rows;
}

}  // namespace genesis::storage
