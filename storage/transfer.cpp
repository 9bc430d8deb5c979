#include "storage/transfer.hpp"

#include "storage/connection.hpp"
#include "storage/migrations.hpp"
#include "storage/storage_error.hpp"
#include "storage/table_digest.hpp"
#include "storage/unfinished_copy.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <utility>

namespace genesis::storage {

namespace {

constexpr auto how_to_empty = "remove its file, or drop and make its PostgreSQL database anew";

std::string name_of(const database_url& database) {
  return database.kind() == engine::sqlite ? std::filesystem::absolute(database.file()).lexically_normal().string()
                                           : database.text();
}

error about(const database_url& database, error why) {
  if (!why.detail.contains(database.text()))
    why.detail = name_of(database) + ": " + why.detail;
  return why;
}

error in_use(const database_url& database) {
  return {errc::unavailable, name_of(database) + " is in use: end the server that runs on it first"};
}

/// The database as one file, or as one of a PostgreSQL server.
bool are_the_same(connection& from, connection& to) {
  if (from.backend().kind() != to.backend().kind() || from.backend().kind() == engine::sqlite)
    return false;  // files were looked at before they were opened
  const auto first = from.backend().condition();
  const auto second = to.backend().condition();
  return first && second && first->identity == second->identity;
}

bool are_one_file(const database_url& from, const database_url& to) {
  if (from.kind() != engine::sqlite || to.kind() != engine::sqlite)
    return false;
  const auto first = identity_of(from.file());
  return name_of(from) == name_of(to) || (first && first == identity_of(to.file()));
}

result<std::unique_ptr<connection>> open_alone(const database_url& database, bool is_read_only) {
  auto opened = connection::open({.database = database,
    .is_read_only = is_read_only,
    .is_alone = true,
    .slow = std::make_shared<slow_log>(std::chrono::hours{24})});  // nobody waits for a statement here
  if (!opened)
    return std::unexpected(about(database, std::move(opened.error())));
  if (database.kind() == engine::postgresql)
    if (auto set = attempt([&] {
          // A transaction of the one side waits for the other. Texts are quoted as the standard has it.
          (*opened)->run_script("set idle_in_transaction_session_timeout = 0; set standard_conforming_strings = on");
        });
      !set)
      return std::unexpected(about(database, std::move(set.error())));
  return opened;
}

result<void> claim(connection& database) {
  const auto is_ours = attempt([&] { return database.backend().claim(); });
  if (!is_ours)
    return std::unexpected(about(database.database(), is_ours.error()));
  if (!*is_ours)
    return std::unexpected(in_use(database.database()));
  return {};
}

result<void> expect_schema(connection& database) {
  const auto pending = pending_migrations(database);
  if (!pending)
    return std::unexpected(about(database.database(), pending.error()));
  if (pending->empty())
    return {};
  return fail(errc::conflict, name_of(database.database()) + ": migration " + pending->front() +
                                " has not been applied: run genesis migrate on it first");
}

/// The source, which nobody changes from here on.
result<std::unique_ptr<connection>> open_source(const database_url& from) {
  auto opened = open_alone(from, true);
  if (!opened)
    return opened;
  if (auto claimed = claim(**opened); !claimed)
    return std::unexpected(claimed.error());
  const auto is_half = attempt([&] { return has_unfinished_copy(**opened); });
  if (!is_half)
    return std::unexpected(about(from, is_half.error()));
  if (*is_half)
    return fail(errc::conflict, name_of(from) + " is itself the target of a copy that was not finished");
  if (auto ready = expect_schema(**opened); !ready)
    return std::unexpected(ready.error());
  return opened;
}

/// True when nothing was ever made there.
result<bool> is_bare(const database_url& to) {
  std::error_code failure;
  if (to.kind() == engine::sqlite) {
    const auto size = std::filesystem::file_size(to.file(), failure);
    return failure || size == 0;
  }
  auto opened = connection::open({.database = to, .is_read_only = true});
  if (!opened)
    return std::unexpected(about(to, std::move(opened.error())));
  return attempt([&] { return (*opened)->backend().tables().empty(); });
}

result<std::unique_ptr<connection>> open_target(connection& source, const database_url& to) {
  const auto bare = is_bare(to);
  if (!bare)
    return std::unexpected(bare.error());
  if (*bare)
    if (auto made = migrate(to); !made)
      return std::unexpected(about(to, std::move(made.error())));
  auto opened = open_alone(to, false);
  if (!opened)
    return opened;
  const auto same = attempt([&] { return are_the_same(source, **opened); });
  if (!same)
    return std::unexpected(about(to, same.error()));
  if (*same)
    return fail(errc::invalid_argument, name_of(to) + " is the database that is to be copied");
  if (auto claimed = claim(**opened); !claimed)
    return std::unexpected(claimed.error());
  if (auto ready = expect_schema(**opened); !ready)
    return std::unexpected(ready.error());
  return opened;
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& each : names)
    (list += list.empty() ? "" : ", ") += each;
  return list;
}

/// One copy, from the moment on at which both databases are open.
class transfer {
public:
  transfer(connection& source, connection& target, const transfer_options& options)
      : source_(source), target_(target), options_(options) {}

  result<transfer_report> run() {
    layouts_ = layouts_in(source_);
    if (const auto there = layouts_in(target_);
      !std::ranges::equal(layouts_, there, {}, &table_layout::columns, &table_layout::columns))
      return fail(errc::internal, "the tables of the two databases have different columns");
    // All that is read of the source is of this moment.
    const transaction moment(source_, statement_id::begin_read);
    const bool is_new = !has_unfinished_copy(target_);
    if (is_new)
      if (auto taken = take_target(); !taken)
        return std::unexpected(taken.error());
    auto read = attempt([&] { return look_at_source(); });
    if (!read) {
      if (is_new)
        if (const auto given = attempt([&] { give_target_back(); }); !given)
          spdlog::warn("{} still says that a copy into it is not finished ({}); the next copy goes on with it",
            name_of(target_.database()), given.error().detail);
      return std::unexpected(about(source_.database(), read.error()));
    }
    if (auto begun = take_up(*read); !begun)
      return std::unexpected(begun.error());
    if (auto copied = copy_tables(); !copied)
      return std::unexpected(copied.error());
    if (auto verified = verify(); !verified)
      return std::unexpected(verified.error());
    finish();
    return report();
  }

private:
  std::int64_t rows_in(connection& database, const table_layout& layout) {
    return std::stoll(database.ask("select count(*) from " + std::string{layout.name}).at(0).at(0));
  }

  void begin_phase(transfer_phase phase, std::int64_t rows_all) {
    progress_ = {.phase = phase, .table = {}, .rows_all = rows_all};
    before_table_ = 0;
  }
  void begin_table(std::string_view name, std::int64_t rows_all, std::int64_t rows_done = 0) {
    progress_.table = name;
    progress_.table_rows_all = rows_all;
    tell(rows_done);
  }
  /// So many rows of the table are done.
  void tell(std::int64_t table_rows) {
    progress_.table_rows = table_rows;
    progress_.rows = before_table_ + table_rows;
    if (options_.on_progress)
      options_.on_progress(progress_);
  }
  void end_table(std::int64_t rows) {
    tell(rows);
    before_table_ += rows;
  }

  /// Reads a table to its end; `inspect` may find fault with a row.
  template <class Inspect>
  result<table_digest> digest(connection& database, const table_layout& layout, Inspect inspect) {
    table_digest sum;
    table_row row;
    const auto rows = read_rows(database, layout);
    while (rows->next(row)) {
      if (auto fault = inspect(row))
        return fail(errc::invalid_argument, *std::move(fault));
      sum.add(row);
      if (sum.rows() % options_.batch_rows == 0)
        tell(sum.rows());
    }
    return sum;
  }

  result<std::vector<copy_mark>> look_at_source() {
    std::vector<std::int64_t> counts;
    std::int64_t all = 0;
    for (const auto& each : layouts_)
      all += counts.emplace_back(rows_in(source_, each));
    begin_phase(transfer_phase::reading, all);
    std::vector<copy_mark> marks;
    const auto kind = target_.backend().kind();
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
      const auto& layout = layouts_[i];
      begin_table(layout.name, counts[i]);
      const auto sum = digest(source_, layout, [&](const table_row& row) { return fault_of(layout, row, kind); });
      if (!sum)
        return std::unexpected(sum.error());
      end_table(sum->rows());
      marks.push_back({.table = std::string{layout.name},
        .source = name_of(source_.database()),
        .source_rows = sum->rows(),
        .source_digest = sum->text()});
    }
    return marks;
  }

  /// From here on no server takes the target, and how far the copy has come is not known yet.
  result<void> take_target() {
    for (const auto& each : layouts_)
      if (!target_.ask("select 1 from " + std::string{each.name} + " limit 1").empty())
        return fail(errc::conflict, name_of(target_.database()) + " is not empty: there are rows in " +
                                      std::string{each.name} + ". A copy goes into an empty database only");
    const transaction lock(target_, statement_id::begin_write);
    begin_copy(target_, {});
    target_.execute(statement_id::commit);
    return {};
  }

  void give_target_back() {
    const transaction last(target_, statement_id::begin_write);
    end_copy(target_);
    target_.execute(statement_id::commit);
  }

  /// Goes on with the copy that was begun there, which may have no rows yet.
  result<void> take_up(const std::vector<copy_mark>& read) {
    const auto there = copy_marks_in(target_);
    std::vector<std::string> changed;
    for (const auto& each : read) {
      const auto found = std::ranges::find(there, each.table, &copy_mark::table);
      if (found == there.end() || found->source_rows != each.source_rows || found->source_digest != each.source_digest)
        changed.push_back(each.table);
      if (found != there.end())
        marks_.push_back(*found);
    }
    if (changed.empty()) {
      went_on_ = true;
      return {};
    }
    if (std::ranges::all_of(there, [](const copy_mark& each) { return each.copied_rows == 0; })) {
      const transaction anew(target_, statement_id::begin_write);
      end_copy(target_);
      begin_copy(target_, read);
      target_.execute(statement_id::commit);
      marks_ = read;
      return {};
    }
    const auto begun_from = there.empty() ? std::string{} : there.front().source;
    const auto what = begun_from == name_of(source_.database())
                        ? "the source has changed since that copy was begun"
                        : "that copy was begun from " + begun_from + ", and this is another source";
    return fail(errc::conflict, name_of(target_.database()) + " has a part of a copy, and " + what + " (" +
                                  listed(changed) + "): empty it and copy anew (" + how_to_empty + ")");
  }

  result<void> copy_tables() {
    std::int64_t all = 0;
    for (const auto& each : marks_)
      all += each.source_rows;
    begin_phase(transfer_phase::copying, all);
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
      if (marks_[i].is_complete()) {
        before_table_ += marks_[i].copied_rows;
        continue;
      }
      begin_table(layouts_[i].name, marks_[i].source_rows, marks_[i].copied_rows);
      if (auto copied = attempt([&] { copy_rest(layouts_[i], marks_[i]); }); !copied)
        return fail(copied.error().code, "table " + marks_[i].table + " cannot be copied further: " +
                                           copied.error().detail + ". What is copied stays; the same command goes on");
      end_table(marks_[i].copied_rows);
    }
    return {};
  }

  void copy_rest(const table_layout& layout, copy_mark& mark) {
    const auto rows = read_rows(source_, layout, {.is_by_key = true, .after = mark.last});
    const auto sink = write_rows(target_, layout);
    table_row row;
    for (bool has_more = rows->next(row); has_more;) {
      has_more = copy_batch(layout, *rows, *sink, row, mark);
      tell(mark.copied_rows);
    }
  }

  /// From the row that was read last on; false when that was the last batch.
  bool copy_batch(const table_layout& layout, row_source& rows, row_sink& sink, table_row& row, copy_mark& mark) {
    bool has_more = true;
    std::int64_t count = 0;
    std::size_t bytes = 0;
    const transaction batch(target_, statement_id::begin_write);
    sink.begin();
    while (has_more && count < options_.batch_rows && bytes < options_.batch_bytes) {
      sink.put(row);
      ++count;
      bytes += size_of(row);
      mark.last = key_of(layout, row);
      has_more = rows.next(row);
    }
    sink.end();
    mark.copied_rows += count;
    advance_copy(target_, mark);
    target_.execute(statement_id::commit);
    rows_copied_ += count;
    target_.backend().settle();
    return has_more;
  }

  result<void> verify() {
    begin_phase(transfer_phase::verifying, progress_.rows_all);
    std::string differences;
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
      const auto& mark = marks_[i];
      begin_table(mark.table, mark.source_rows);
      const auto sum = digest(target_, layouts_[i], [](const table_row&) { return std::optional<std::string>{}; });
      if (!sum)
        return std::unexpected(sum.error());
      end_table(sum->rows());
      if (sum->rows() == mark.source_rows && sum->text() == mark.source_digest)
        continue;
      differences += (differences.empty() ? "" : "; ") + mark.table +
                     (sum->rows() != mark.source_rows
                         ? " has " + std::to_string(sum->rows()) + " rows for " + std::to_string(mark.source_rows)
                         : std::string{" has other values in some of its rows"});
    }
    if (differences.empty())
      return {};
    return fail(errc::conflict, name_of(target_.database()) + " is not the same as the source: " + differences +
                                  ". Empty it and copy anew (" + how_to_empty + ")");
  }

  void finish() {
    const transaction last(target_, statement_id::begin_write);
    if (target_.backend().kind() == engine::postgresql)  // which plans by figures that it has not gathered yet
      for (const auto& each : layouts_)
        target_.run_script("analyze " + std::string{each.name});
    end_copy(target_);
    target_.execute(statement_id::commit);
  }

  transfer_report report() const {
    transfer_report made{.tables = {}, .rows_copied = rows_copied_, .went_on = went_on_};
    for (const auto& each : marks_) {
      made.tables.push_back({each.table, each.source_rows, each.source_digest});
      made.rows += each.source_rows;
    }
    return made;
  }

  connection& source_;
  connection& target_;
  const transfer_options& options_;
  std::vector<table_layout> layouts_;
  std::vector<copy_mark> marks_;  ///< In the order of the layouts.
  transfer_progress progress_;
  std::int64_t before_table_ = 0;  ///< Rows of this phase in the tables before this one.
  std::int64_t rows_copied_ = 0;
  bool went_on_ = false;
};

}  // namespace

result<transfer_report> transfer_database(
  const database_url& from, const database_url& to, const transfer_options& options) {
  if (are_one_file(from, to))
    return fail(errc::invalid_argument, name_of(to) + " is the database that is to be copied");
  auto source = open_source(from);
  if (!source)
    return std::unexpected(std::move(source.error()));
  auto target = open_target(**source, to);
  if (!target)
    return std::unexpected(std::move(target.error()));
  return attempt([&] { return transfer(**source, **target, options).run(); });
}

}  // namespace genesis::storage
