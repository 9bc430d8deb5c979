#include "storage/maintenance.hpp"

#include "storage/run_rows.hpp"
#include "storage/search_terms.hpp"
#include "storage/storage_error.hpp"

#include <set>

namespace genesis::storage {

namespace {

constexpr std::int64_t interrupted_runs_max = 100;  // of one transaction: some 10 MB of answers at worst

void write_text(
  sql_store& store, const owned_run& row, const std::string& text, const std::string& artifacts, timestamp now) {
  auto& database = store.database();
  if (database.backend().kind() == engine::sqlite) {  // its triggers see to the index of messages
    database.execute(statement_id::interrupt_message, row.run.agent, text, artifacts, now, row.run.assistant_message);
    return;
  }
  database.execute(statement_id::interrupt_message, row.run.agent, text, artifacts, now,
    to_tsvector(text, row.owner, store.words()), row.run.assistant_message);
}

void interrupt(sql_store& store, owned_run& row, timestamp now, const run_texts& texts) {
  auto& database = store.database();
  auto& run = row.run;
  const auto events = stored_events(database, run.id);
  const auto missing = genesis::interrupt(
    run, events, now, texts.start_fields(run), texts.end_fields(run_status::interrupted, run.assistant_message));
  write_text(store, row, text_of(events), texts.artifacts(events), now);
  database.execute(statement_id::insert_run_events, missing.front().seq, pack_events(missing), run.id, row.owner);
  database.execute(statement_id::upsert_run, row.owner, run);
}

/// One transaction; the number of runs in it.
result<std::int64_t> interrupt_some(sql_store& store, timestamp now, const run_texts& texts) {
  auto& database = store.database();
  const transaction open(database, statement_id::begin_write);
  auto rows = database.rows<owned_run>(statement_id::list_unfinished_runs, interrupted_runs_max);
  std::set<user_id> owners;
  for (auto& row : rows) {
    interrupt(store, row, now, texts);
    owners.insert(row.owner);
  }
  for (const auto& id : owners)
    database.execute(statement_id::touch_fence, activity_of(now), id);
  if (auto committed = store.commit(); !committed)
    return std::unexpected(std::move(committed.error()));
  store.index_queue();
  return std::ssize(rows);
}

template <class Work>
result<void> in_transaction(sql_store& store, const Work& work) {
  return attempt([&] {
    const transaction open(store.database(), statement_id::begin_write);
    work();
    return store.commit();
  });
}

void remove_expired(connection& database, timestamp now, const purge_limits& limits, purge_report& report) {
  const auto runs =
    database.rows<run_id>(statement_id::list_runs_with_old_events, now - limits.run_events_keep, limits.rows_max);
  for (const auto& id : runs) {
    database.execute(statement_id::delete_run_events, id);
    database.execute(statement_id::mark_run_without_events, id);
  }
  report.runs = std::ssize(runs);
  report.idempotency_keys =
    database.execute(statement_id::purge_idempotency_keys, now - limits.idempotency_keep, limits.rows_max);
  report.sessions = database.execute(statement_id::purge_sessions, now, limits.rows_max);
  report.invitations = database.execute(statement_id::purge_invitations, now, limits.rows_max);
  report.api_keys = database.execute(statement_id::purge_api_keys, now, limits.rows_max);
}

}  // namespace

result<std::int64_t> interrupt_unfinished_runs(sql_store& store, timestamp now, const run_texts& texts) {
  std::int64_t total = 0;
  for (;;) {
    auto count = attempt([&] { return interrupt_some(store, now, texts); });
    if (!count)
      return count;
    total += *count;
    if (*count < interrupted_runs_max)
      return total;
  }
}

result<purge_report> purge_expired(sql_store& store, timestamp now, const purge_limits& limits) {
  purge_report report;
  if (auto removed = in_transaction(store, [&] { remove_expired(store.database(), now, limits, report); }); !removed)
    return std::unexpected(std::move(removed.error()));
  if (store.database().backend().kind() != engine::sqlite)
    return report;
  auto indexed = in_transaction(store, [&] {
    report.indexed_messages = index_queued_messages(store.database());
    report.unindexed_messages = unindex_messages(store.database(), limits.unindexed_max);
  });
  if (!indexed)
    return std::unexpected(std::move(indexed.error()));
  return report;
}

result<bool> sql_store::answer(const limit_size& what) {
  if (auto limited = set_max_bytes(what.max_bytes); !limited)
    return std::unexpected(limited.error());
  return true;
}

result<std::int64_t> sql_store::answer(const purge_expired_rows& what) {
  auto purged = purge_expired(
    *this, what.now, {.run_events_keep = what.run_events_keep, .idempotency_keep = what.idempotency_keep});
  if (!purged)
    return std::unexpected(purged.error());
  return purged->total();
}

}  // namespace genesis::storage
