#include "auth/signing_keys.hpp"
#include "cli/control_client.hpp"
#include "cli/control_protocol.hpp"
#include "cli/data_directory.hpp"
#include "cli/database_command.hpp"
#include "cli/file_lock.hpp"
#include "cli/installation.hpp"
#include "cli/json_reading.hpp"
#include "cli/logging.hpp"
#include "cli/printable_text.hpp"
#include "storage/backup.hpp"
#include "storage/invariants.hpp"

#include <boost/json/array.hpp>
#include <spdlog/fmt/fmt.h>

#include <ostream>

namespace genesis::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t mebibyte = std::int64_t{1'024} * 1'024;
/// Copies of less are done before anybody wonders.
constexpr std::int64_t worth_telling_bytes = 64 * mebibyte;
constexpr std::int64_t tenth_pct = 10;

/// A line for each tenth of a long copy.
storage::copy_progress tell_tenths(const console& with) {
  return [&with, told = std::int64_t{0}](std::int64_t done, std::int64_t all) mutable {
    if (all < worth_telling_bytes)
      return;
    const auto tenths = done * 100 / all / tenth_pct;
    if (tenths == told)
      return;
    told = tenths;
    with.err << fmt::format("{} % of {} MiB\n", tenths * tenth_pct, all / mebibyte);
  };
}

/// The file of an installation on SQLite.
result<fs::path> sqlite_file_of(const config::loaded& settings, std::string_view tool) {
  const auto database = database_of(settings.values);
  if (!database)
    return std::unexpected(database.error());
  if (database->kind() == storage::engine::sqlite)
    return database->file();
  return fail(errc::invalid_argument,
    "the database is PostgreSQL's, " + name_of(*database) + ": use its own " + std::string{tool});
}

std::string size_text(std::int64_t bytes) {
  return bytes < mebibyte ? fmt::format("{} KiB", (bytes + 1'023) / 1'024)
                          : fmt::format("{:.1f} MiB", static_cast<double>(bytes) / static_cast<double>(mebibyte));
}

}  // namespace

int back_up(const config::loaded& settings, const fs::path& file, const console& with) {
  log_warnings_only();
  const auto database = sqlite_file_of(settings, "pg_dump");
  if (!database)
    return fail_with(with, database.error());
  if (const auto meant = look_for_other_database(settings.values); !meant)
    return fail_with(with, meant.error());
  if (const auto found = look_for_database(*database); !found)
    return fail_with(with, found.error());
  std::error_code failure;
  if (const auto parent = fs::absolute(file).parent_path(); !fs::is_directory(parent, failure))
    return fail_with(with, {errc::not_found, "there is no directory " + parent.string() + " to put the copy into"});
  if (fs::exists(file, failure))
    return fail_with(with, {errc::conflict, file.string() + " exists already: name a file that does not"});
  const auto copied = storage::copy_database(*database, file, tell_tenths(with));
  if (!copied)
    return fail_with(with, copied.error());
  with.out << fs::absolute(*database).string() << " is copied to " << file.string() << " (" << size_text(*copied)
           << "), checked. Keep the keys of the data directory with it.\n";
  return success_status;
}

int restore(const config::loaded& settings, const fs::path& file, const console& with) {
  log_warnings_only();
  const auto database = sqlite_file_of(settings, "pg_restore");
  if (!database)
    return fail_with(with, database.error());
  std::error_code failure;
  if (!fs::is_regular_file(file, failure))
    return fail_with(with, {errc::not_found, "there is no file " + file.string()});
  const auto directory = data_directory::open(settings.values.data.directory);
  if (!directory)
    return fail_with(with, directory.error());
  const auto lock = lock_database(storage::database_url{*database});
  if (!lock)
    return fail_with(with, lock.error());
  if (const auto given_up = give_up_cache(settings.values); !given_up)
    return fail_with(with, given_up.error());
  const auto kept = storage::restore_database(file, *database, tell_tenths(with));
  if (!kept)
    return fail_with(with, kept.error());
  with.out << fs::absolute(*database).string() << " is what " << file.string() << " was.\n";
  if (*kept)
    with.out << "The database as it was is kept in " << (*kept)->string() << ".\n";
  const auto kept_in = keys_of(settings.values);
  if (const auto keys = auth::signing_keys::read(kept_in); keys && !*keys)
    with.err << "genesis: there are no signing keys in " << kept_in.string()
             << ": put their copy there before the server starts, or everybody has to refresh their access token\n";
  return success_status;
}

int check_database(const config::loaded& settings, const console& with) {
  log_warnings_only();
  const auto database = database_of(settings.values);
  if (!database)
    return fail_with(with, database.error());
  if (const auto meant = look_for_other_database(settings.values); !meant)
    return fail_with(with, meant.error());
  if (const auto there = look_for_database(*database); !there)
    return fail_with(with, there.error());
  bool is_broken = false;
  const auto found = storage::check_invariants(*database, [&](const storage::invariant_finding& each) {
    is_broken = is_broken || each.violations != 0;
    with.out << (each.violations == 0 ? std::string{"ok      "} : fmt::format("BROKEN  {} times: ", each.violations))
             << each.sentence << (each.detail.empty() ? "" : " (" + each.detail + ")") << '\n'
             << std::flush;
  });
  if (found && !is_broken)
    return success_status;
  const std::string advice = std::string{"keep a copy of the database as it is, and bring a sound one back with "} +
                             (database->kind() == storage::engine::sqlite ? "genesis restore" : "pg_restore") +
                             ", or mend what is named";
  if (found)
    return fail_with(with, {errc::conflict, "not everything holds that always should: " + advice});
  auto why = about_database(*database, found.error());
  if (is_broken)
    why.detail += "; " + advice;
  return fail_with(with, why);
}

int show_statements(const config::loaded& settings, const console& with) {
  log_warnings_only();
  const auto server = reach_server(settings);
  if (!server)
    return fail_with(with, server.error());
  const auto request = http::json_object([](http::json_writer& line) { line.member("command", "db.statements"); });
  const auto answer = (*server)->ask(request, account_patience);
  if (!answer)
    return fail_with(with, answer.error());
  const auto* statements = answer->if_contains("statements");
  if (statements == nullptr || !statements->is_array())
    return fail_with(with, {errc::internal, "the server's answer cannot be read; is it another version of genesis?"});
  with.out << fmt::format("{:<32} {:>10} {:>8} {:>10} {:>9} {:>9} {:>9}\n", "statement", "count", "failed", "rows",
    "mean ms", "p95 ms", "max ms");
  for (const auto& each : statements->get_array()) {
    if (!each.is_object())
      continue;
    const auto& row = each.get_object();
    const auto number = [&row](std::string_view name) {
      const auto* value = row.if_contains(name);
      return value != nullptr && value->is_number() ? value->to_number<double>() : 0.0;
    };
    with.out << fmt::format("{:<32} {:>10.0f} {:>8.0f} {:>10.0f} {:>9.3f} {:>9.3f} {:>9.3f}\n",
      printable(text_member(row, "name")), number("count"), number("failures"), number("rows"), number("mean_ms"),
      number("p95_ms"), number("max_ms"));
  }
  return success_status;
}

}  // namespace genesis::cli
