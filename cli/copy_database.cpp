#include "cli/data_directory.hpp"
#include "cli/database_command.hpp"
#include "cli/file_lock.hpp"
#include "cli/installation.hpp"
#include "cli/logging.hpp"
#include "storage/transfer.hpp"

#include <spdlog/fmt/fmt.h>

#include <chrono>
#include <ostream>
#include <vector>

namespace genesis::cli {

namespace {

using std::chrono::steady_clock;

/// Between two lines about one table.
constexpr std::chrono::seconds line_interval{1};

std::string_view verb_of(storage::transfer_phase phase) noexcept {
  switch (phase) {
  case storage::transfer_phase::reading: return "reading";
  case storage::transfer_phase::copying: return "copying";
  case storage::transfer_phase::verifying: return "comparing";
  }
  return {};
}

double seconds_since(steady_clock::time_point then) {
  return std::chrono::duration<double>(steady_clock::now() - then).count();
}

std::int64_t per_second(std::int64_t rows, double seconds) {
  return seconds > 0 ? static_cast<std::int64_t>(static_cast<double>(rows) / seconds) : rows;
}

std::int64_t percent(std::int64_t done, std::int64_t all) {
  return all == 0 ? 100 : done * 100 / all;
}

/// A line on standard error each second, and one at the end of each table that is copied.
class progress_lines {
public:
  explicit progress_lines(std::ostream& out) : out_(out) {}

  void operator()(const storage::transfer_progress& now) {
    const bool is_new = now.table != table_ || now.phase != phase_;
    if (is_new) {
      table_ = now.table;
      phase_ = now.phase;
      rows_before_ = now.table_rows;
      begun_ = steady_clock::now();
    }
    const bool has_ended = now.table_rows == now.table_rows_all && now.table_rows > 0 && !is_new &&
                           now.phase == storage::transfer_phase::copying && rows_told_ != now.table_rows;
    if (is_new || (!has_ended && steady_clock::now() - told_ < line_interval)) {
      rows_told_ = is_new ? -1 : rows_told_;
      return;
    }
    told_ = steady_clock::now();
    rows_told_ = now.table_rows;
    out_ << fmt::format("{:<9} {:>3} %  {:<18} {:>3} %  {} of {} rows, {} rows/s\n", verb_of(now.phase),
              percent(now.rows, now.rows_all), now.table, percent(now.table_rows, now.table_rows_all), now.table_rows,
              now.table_rows_all, per_second(now.table_rows - rows_before_, seconds_since(begun_)))
         << std::flush;
  }

private:
  std::ostream& out_;
  std::string table_;
  storage::transfer_phase phase_{};
  std::int64_t rows_before_ = 0;  ///< Of the table, by an earlier copy.
  std::int64_t rows_told_ = -1;
  steady_clock::time_point begun_{};
  steady_clock::time_point told_{};
};

void summarise(const storage::transfer_report& done, const std::string& from, const std::string& to, double seconds,
  std::ostream& out) {
  out << fmt::format("{:<18} {:>12}  {}\n", "table", "rows", "sum of SHA-256");
  for (const auto& each : done.tables)
    out << fmt::format("{:<18} {:>12}  {}\n", each.name, each.rows, each.digest);
  out << to << " is a copy of " << from << ": " << done.tables.size() << " tables, " << done.rows
      << " rows, the same in both. ";
  if (done.went_on)
    out << done.rows - done.rows_copied << " rows were there from before. ";
  out << fmt::format("It took {:.1f} s, {} rows/s.\n", seconds, per_second(done.rows_copied, seconds))
      << "Set storage.url to it, and keep the data directory: the keys that sign access tokens are there.\n";
}

bool is_file(const storage::database_url& database) {
  std::error_code ignored;
  return database.kind() == storage::engine::sqlite && std::filesystem::exists(database.file(), ignored);
}

bool is_same_file(const storage::database_url& one, const storage::database_url& other) {
  std::error_code ignored;
  return is_file(one) && is_file(other) && std::filesystem::equivalent(one.file(), other.file(), ignored);
}

/// The files of both databases, for this process alone. A source that is not there, and a target that is the source,
/// are the copying's to refuse.
result<std::vector<file_lock>> lock_both(const storage::database_url& from, const storage::database_url& to) {
  std::vector<file_lock> locks;
  std::vector<const storage::database_url*> databases;
  if (is_file(from))
    databases.push_back(&from);
  if (!is_same_file(from, to))
    databases.push_back(&to);
  for (const auto* each : databases) {
    auto lock = lock_database(*each);
    if (!lock)
      return std::unexpected(lock.error());
    locks.push_back(*std::move(lock));
  }
  return locks;
}

}  // namespace

int copy_database(const config::loaded& settings, const copy_options& options, const console& with) {
  log_warnings_only();
  const auto from =
    options.from.empty() ? database_of(settings.values) : storage::database_url::parse(options.from, "--from");
  const auto to = storage::database_url::parse(options.to, "--to");
  for (const auto* each : {&from, &to})
    if (!*each) {
      fail_with(with, each->error());
      return usage_status;
    }
  if (const auto found = look_for_database(*from); !found)
    return fail_with(
      with, options.from.empty() ? found.error() : error{errc::not_found, "there is no database " + name_of(*from)});
  const auto directory = data_directory::open(settings.values.data.directory);
  if (!directory)
    return fail_with(with, directory.error());
  const auto locks = lock_both(*from, *to);
  if (!locks)
    return fail_with(with, locks.error());
  if (const auto given_up = give_up_cache(settings.values); !given_up)
    return fail_with(with, given_up.error());
  with.err << "Ctrl-C stops the copy; the same command goes on with it.\n";
  const auto begun = steady_clock::now();
  progress_lines tell{with.err};
  const auto done = storage::transfer_database(*from, *to, {.on_progress = [&](const auto& now) { tell(now); }});
  if (!done)
    return fail_with(with, done.error());
  summarise(*done, name_of(*from), name_of(*to), seconds_since(begun), with.out);
  return success_status;
}

}  // namespace genesis::cli
