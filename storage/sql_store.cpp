#include "storage/sql_store.hpp"

#include "storage/storage_error.hpp"

#include <spdlog/spdlog.h>

#include <string>
#include <utility>

namespace genesis::storage {

namespace {

timestamp system_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// What SQLite keeps of the file for each connection. Readers are several, and what they do not have comes from the
/// kernel's cache at a microsecond a page.
constexpr std::int64_t writer_cache_bytes = std::int64_t{16} * 1'024 * 1'024;
constexpr std::int64_t reader_cache_bytes = std::int64_t{4} * 1'024 * 1'024;

}  // namespace

result<std::unique_ptr<sql_store>> sql_store::open(const store_options& options, access mode) {
  auto database = connection::open({.database = options.database,
    .may_create = false,
    .is_read_only = mode != access::writer,
    .of_replica = mode == access::replica,
    .busy_timeout = options.busy_timeout,
    .statement_timeout = options.statement_timeout,
    .cache_bytes = mode == access::writer ? writer_cache_bytes : reader_cache_bytes,
    .files = options.files,
    .max_bytes = options.max_bytes,
    .claimed_by = mode == access::writer ? options.claimed_by : std::string{},
    .watch = options.watch,
    .slow = options.slow,
    .observer = options.observer});
  if (!database)
    return std::unexpected(std::move(database.error()));
  auto now = options.now ? options.now : std::function<timestamp()>{system_now};
  std::unique_ptr<sql_store> made(new sql_store(std::move(*database), std::move(now)));
  made->is_replica_ = mode == access::replica;
  made->max_bytes_ = options.max_bytes;
  if (mode != access::writer || !options.locates_commits)
    return made;
  made->locates_commits_ = true;
  const auto condition = made->answer(inspect_server{});
  if (!condition)
    return std::unexpected(condition.error());
  made->position_ = condition->position;
  return made;
}

result<server_condition> sql_store::answer(const inspect_server& question) {
  return attempt([&]() -> result<server_condition> {
    if (auto found = database_->backend().condition())
      return *std::move(found);
    return store::answer(question);
  });
}

result<bool> sql_store::has_seen(log_position wanted) {
  if (!is_replica_ || wanted <= replayed_)
    return true;
  return attempt([&]() -> result<bool> {
    const auto replayed = database_->backend().replayed();
    if (!replayed)
      return fail(errc::unavailable, "it is no replica any more");
    replayed_ = *replayed;
    return wanted <= replayed_;
  });
}

result<bool> sql_store::answer(const check_database&) {
  if (const auto obstacle = database_->backend().obstacle())
    return fail(errc::unavailable, *obstacle);
  return attempt([&] { return database_->row<std::int64_t>(statement_id::select_one) == 1; });
}

result<void> sql_store::set_max_bytes(std::int64_t bytes) {
  return attempt([&] {
    database_->backend().limit_bytes(bytes);
    max_bytes_ = bytes;
  });
}

error sql_store::with_limit(error why) const {
  if (why.detail == full_detail)
    why.detail = max_bytes_ == 0 ? "the disk is full (storage.max_bytes sets no limit): make room on it"
                                 : "the database's file has reached storage.max_bytes (" + std::to_string(max_bytes_) +
                                     "), or the disk is full: raise the one (SIGHUP takes it over), or make room";
  return why;
}

result<void> sql_store::commit() {
  if (const auto obstacle = database_->backend().obstacle()) {
    database_->abandon();
    return fail(errc::unavailable, *obstacle);
  }
  position_.reset();
  const auto committed = attempt([&]() -> result<void> {
    if (!locates_commits_) {
      database_->execute(statement_id::commit);
      return {};
    }
    database_->send_commit(/*locates=*/true);
    const auto located = database_->finish_commit();
    if (!located)
      return std::unexpected(located.error());
    position_ = *located;
    return {};
  });
  if (committed) {
    if (const auto obstacle = database_->backend().obstacle())  // it came in between
      return fail(errc::outcome_unknown, *obstacle);
    return {};
  }
  if (!database_->backend().has_rolled_back())
    return fail(errc::outcome_unknown, committed.error().detail);
  database_->abandon();
  return fail(errc::unavailable, committed.error().detail);
}

void sql_store::settle() {
  database_->backend().settle();
  if (queue_.is_full())
    index_queue();
}

// What was written stays, whatever becomes of the index, and each search finds it.
void sql_store::index_queue() {
  queue_.clear();
  if (database_->backend().kind() != engine::sqlite)
    return;
  const auto indexed = attempt([&] {
    const transaction open(*database_, statement_id::begin_write);
    settle_message_index(*database_);
    return commit();
  });
  if (const bool has_failed = std::exchange(is_index_failing_, !indexed); has_failed == is_index_failing_)
    return;
  if (indexed)
    spdlog::info("the full-text index can be written again");
  else
    spdlog::error("messages wait for the full-text index, which cannot be written ({})", indexed.error().detail);
}

}  // namespace genesis::storage
