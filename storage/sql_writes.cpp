#include "storage/batch_writer.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <variant>

/// How changes are written: in groups, one behind the other.
namespace genesis::storage {

namespace {

write_results all_failed(std::size_t count, const error& why) {
  return {count, std::unexpected(why)};
}

/// Groups that are written batch by batch behind one that could not be written in one piece: who sends what does not
/// fit again and again makes others pay for it twice in so many groups once.
constexpr int groups_apart_max = 16;

/// What a batch has, of a group that is written batch by batch: for a lock, and for a statement where one has run out
/// of time already. Whoever holds up the others has had their time in the group, and who comes behind them waits as
/// well.
struct patience {
  std::chrono::milliseconds lock;
  std::chrono::milliseconds statement;
};
constexpr patience at_first{std::chrono::milliseconds{50}, std::chrono::milliseconds{250}};
/// Behind so much time: who needs nothing that is locked is still written, and in the end refused.
constexpr patience at_last{std::chrono::milliseconds{1}, std::chrono::milliseconds{25}};
constexpr std::chrono::milliseconds time_at_first{500};
constexpr std::chrono::milliseconds time_apart{1'000};

std::optional<error> lateness(std::chrono::steady_clock::time_point deadline) {
  if (std::chrono::steady_clock::now() > deadline)
    return error{errc::unavailable, "the deadline had passed before the write began"};
  return std::nullopt;
}

}  // namespace

bool sql_store::is_of_another_timeline(std::int64_t timeline) const noexcept {
  const auto here = this->timeline();
  return timeline != 0 && here != 0 && timeline != here;
}

std::optional<error> sql_store::refusal_of(const write_batch& batch) const {
  if (is_of_another_timeline(batch.timeline))
    return error{errc::fenced, {}};
  return lateness(batch.deadline);
}

std::vector<std::size_t> sql_store::order_of(std::span<const write_batch* const> batches) const {
  std::vector<std::size_t> order(batches.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (database_->backend().kind() == engine::postgresql)
    std::ranges::stable_sort(order, {}, [&](std::size_t place) { return batches[place]->user; });
  return order;
}

bool sql_store::can_write_together() const noexcept {
  return database_->backend().can_send() && groups_apart_ == 0;
}

write_results sql_store::with_limits(write_results results) const {
  for (auto& each : results)
    if (!each)
      each = std::unexpected(with_limit(std::move(each.error())));
  return results;
}

write_results sql_store::write(std::span<const write_batch* const> batches) {
  auto results = start_write(batches, {});
  return results ? *std::move(results) : finish_write();
}

std::optional<write_results> sql_store::start_write(
  std::span<const write_batch* const> batches, const std::function<void(write_results)>& on_finished) {
  const bool goes_together = can_write_together();
  auto group = goes_together ? send_group(batches) : sent_group{};
  if (committing_)
    on_finished(end_commit());
  if (!goes_together)
    return with_limits(write_in_turn(batches));
  const auto fault = collect_group(group);
  if (!fault) {
    committing_ = std::move(group.receipts);
    position_.reset();
    database_->send_commit(locates_commits_);
    return std::nullopt;
  }
  if (!fault->is_of_all && batches.size() > 1)
    return with_limits(write_apart(batches, {{}, true, fault->why}));
  auto results = all_failed(batches.size(), fault->why);
  note_wait(results);
  return with_limits(std::move(results));
}

write_results sql_store::finish_write() {
  auto results = end_commit();
  if (database_->is_in_transaction())  // a commit that was stopped before it began
    database_->abandon();
  return results;
}

write_results sql_store::end_commit() {
  auto results = *std::exchange(committing_, std::nullopt);
  const auto committed = database_->finish_commit();
  if (!committed)
    return with_limits(all_failed(results.size(), committed.error()));
  position_ = *committed;
  for (auto& each : results)
    if (each) {
      each->position = position_;
      each->timeline = timeline();
    }
  return with_limits(std::move(results));
}

write_results sql_store::write_in_turn(std::span<const write_batch* const> batches) {
  misfits failed;
  if (groups_apart_ > 0) {
    --groups_apart_;
    return *write_group(batches, isolation::of_each, failed);
  }
  auto results = write_group(batches, isolation::of_group, failed);
  if (!results)
    return write_apart(batches, failed);
  note_wait(*results);
  return *std::move(results);
}

write_results sql_store::write_apart(std::span<const write_batch* const> batches, const misfits& failed) {
  groups_apart_ = groups_apart_max - 1;
  // One that ran out of time has had it: the others would be too late behind it once more.
  misfits known;
  if (failed.why.code == errc::unavailable)
    known = failed;
  return *write_group(batches, isolation::of_each, known);
}

void sql_store::note_wait(const write_results& results) noexcept {
  const bool has_waited_alone =
    results.size() == 1 && !results.front() && results.front().error().code == errc::unavailable;
  if (has_waited_alone && !database_->backend().is_lost())
    groups_apart_ = groups_apart_max - 1;
}

std::optional<write_results> sql_store::write_group(
  std::span<const write_batch* const> batches, isolation how, misfits& failed) {
  const bool is_apart = how == isolation::of_each && batches.size() > 1;
  const auto begun_at = std::chrono::steady_clock::now();
  bool is_hurried = false;
  const auto begun = attempt([&] {
    database_->execute(statement_id::begin_write);
    if (is_apart)
      be_impatient(
        at_first.lock, failed.why.code == errc::unavailable ? at_first.statement : std::chrono::milliseconds{});
    if (failed.are_locked)
      failed.places = places_of_locked(batches);
  });
  if (!begun) {
    database_->abandon();
    return all_failed(batches.size(), begun.error());
  }
  write_results receipts(batches.size());
  for (const auto place : order_of(batches)) {
    if (how == isolation::of_each && std::ranges::find(failed.places, place) != failed.places.end()) {
      receipts[place] = std::unexpected(failed.why);
      continue;
    }
    const auto spent = std::chrono::steady_clock::now() - begun_at;
    if (is_apart && spent > time_apart) {
      receipts[place] = fail(errc::unavailable, "others that were to be written with it have taken the time");
      continue;
    }
    if (is_apart && spent > time_at_first && !std::exchange(is_hurried, true))
      if (const auto hurried = attempt([&] { be_impatient(at_last.lock, at_last.statement); }); !hurried) {
        database_->abandon();
        return all_failed(batches.size(), hurried.error());
      }
    bool is_undone = true;
    const auto& receipt = receipts[place] = write_one(*batches[place], how, is_undone);
    // A full disk and some other faults make SQLite roll everything back, savepoints and finished batches included, and
    // so does PostgreSQL when the connection is lost.
    if (!receipt && !database_->is_in_transaction())
      return all_failed(batches.size(), {errc::unavailable, receipt.error().detail});
    if (!is_undone) {
      database_->abandon();
      if (batches.size() == 1)
        return receipts;
      failed = {{place}, false, receipt.error()};
      return std::nullopt;
    }
  }
  return commit_group(batches, std::move(receipts));
}

void sql_store::be_impatient(std::chrono::milliseconds lock, std::chrono::milliseconds statement) {
  if (!database_->backend().can_send())
    return;
  auto script = "set local lock_timeout = " + std::to_string(lock.count());
  if (statement.count() > 0)
    script += "; set local statement_timeout = " + std::to_string(statement.count());
  database_->run_script(script);
}

std::vector<std::size_t> sql_store::places_of_locked(std::span<const write_batch* const> batches) {
  std::vector<std::string> people;
  for (const auto* each : batches)
    people.push_back(to_string(each->user));
  const auto locked = database_->rows<user_id>(statement_id::list_locked_people, people);
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < batches.size(); ++place)
    if (std::ranges::find(locked, batches[place]->user) != locked.end())
      places.push_back(place);
  return places;
}

// A statement that is waited for costs a round trip to the server: 85 us, 26 of them our CPU (SOCI, unix socket).
sql_store::sent_group sql_store::send_group(std::span<const write_batch* const> batches) {
  sent_group group{.receipts = write_results(batches.size()), .begun_at = database_->sent(), .sent = {}};
  group.sent = attempt([&] {
    database_->send(statement_id::begin_write, changes::any_rows);
    send_all(batches, group.receipts);
  });
  return group;
}

std::optional<sql_store::group_fault> sql_store::collect_group(sent_group& group) {
  if (group.sent)
    group.sent = attempt([&] { database_->collect(); });
  const auto& sent = group.sent;
  const bool has_begun = sent || database_->answered() > group.begun_at || sent.error().code != errc::unavailable;
  if (!has_begun || (!sent && !database_->is_in_transaction())) {
    database_->abandon();
    return group_fault{{errc::unavailable, sent.error().detail}, /*is_of_all=*/true};
  }
  const auto first_misfit = database_->misfit();
  if (!sent || first_misfit) {
    database_->abandon();
    return group_fault{first_misfit ? batch_writer::refusal_of(*first_misfit) : sent.error()};
  }
  if (const auto obstacle = database_->backend().obstacle()) {
    database_->abandon();
    return group_fault{{errc::unavailable, *obstacle}, /*is_of_all=*/true};
  }
  return std::nullopt;
}

void sql_store::send_all(std::span<const write_batch* const> batches, write_results& receipts) {
  const auto how = batches.size() == 1 ? pace::together : pace::in_step;
  std::vector<batch_writer> writers;
  writers.reserve(batches.size());
  for (const auto place : order_of(batches)) {
    if (auto no = refusal_of(*batches[place])) {
      receipts[place] = std::unexpected(std::move(*no));
      continue;
    }
    writers.emplace_back(*database_, *batches[place], now_(), stemmers_, how);
    receipts[place] = writers.back().receipt();
  }
  if (how == pace::in_step)
    batch_writer::write_in_step(writers);
  else if (!writers.empty())
    receipts.front() = writers.front().write();
}

write_results sql_store::commit_group(std::span<const write_batch* const> batches, write_results receipts) {
  if (const auto committed = commit(); !committed)
    return all_failed(batches.size(), committed.error());
  for (std::size_t i = 0; i < batches.size(); ++i)
    if (receipts[i]) {
      receipts[i]->position = position_;
      receipts[i]->timeline = timeline();
      note_queued(*batches[i]);
    }
  return receipts;
}

result<write_receipt> sql_store::write_one(const write_batch& batch, isolation how, bool& is_undone) {
  if (auto no = refusal_of(batch))
    return std::unexpected(std::move(*no));
  batch_writer writer(*database_, batch, now_(), stemmers_);
  auto written = attempt([&]() -> result<write_receipt> {
    if (how == isolation::of_each)
      database_->execute(statement_id::savepoint_batch);
    return writer.write();
  });
  if (!database_->is_in_transaction())
    return written ? fail(errc::unavailable, "the transaction is gone") : written;
  if (how == isolation::of_group) {
    is_undone = written || writer.was_fenced();
    return written;
  }
  const auto closed = attempt([&] {
    if (!written)
      database_->execute(statement_id::rollback_batch);
    database_->execute(statement_id::release_batch);
  });
  if (!closed) {
    database_->abandon();
    return std::unexpected(closed.error());
  }
  return written;
}

void sql_store::note_queued(const write_batch& batch) noexcept {
  if (database_->backend().kind() != engine::sqlite)
    return;
  for (const auto& each : batch.mutations)
    if (const auto* change = std::get_if<put_message>(&each); change != nullptr && !change->value.content.empty())
      queue_.add(change->value.content.size());
}

result<write_receipt> sql_store::write(const append_run_chunks& chunks) {
  if (auto no = lateness(chunks.deadline))
    return std::unexpected(std::move(*no));
  auto appended = attempt([&] {
    const auto send = [&](statement_id id, const auto&... arguments) {
      database_->send(id, changes::any_rows, arguments...);
    };
    send(statement_id::begin_write);
    for (const auto& chunk : chunks.chunks) {
      if (is_of_another_timeline(chunk.timeline))
        continue;
      if (chunk.beginning)
        send(statement_id::begin_run, *chunk.beginning, chunk.run, chunk.user, chunk.epoch);
      if (!chunk.events.empty())
        send(statement_id::append_run_events, chunk.events.front().seq, pack_events(chunk.events), chunk.run,
          chunk.user, chunk.epoch);
    }
    database_->collect();
  });
  if (!appended) {
    database_->abandon();
    return std::unexpected(with_limit({errc::unavailable, appended.error().detail}));
  }
  if (const auto committed = commit(); !committed)
    return std::unexpected(with_limit(committed.error()));
  return write_receipt{.version = 0, .position = position_, .timeline = timeline()};
}

}  // namespace genesis::storage
