#include "cli/installation.hpp"

#include "cli/replicas.hpp"
#include "storage/backup.hpp"
#include "storage/migrations.hpp"

#include <spdlog/spdlog.h>

#include <string_view>

namespace genesis::cli {

namespace {

/// What to do where PostgreSQL lets nobody in. It tells why in words alone: a code comes with a connection only.
std::string_view remedy_for(std::string_view words) {
  const bool is_missing = words.contains("does not exist");
  if (is_missing && words.contains("role \""))
    return "; make that role on the server (createuser), or name another one in storage.url";
  if (is_missing && words.contains("database \""))
    return "; make that database on the server (createdb), or name another one in storage.url";
  if (words.contains("authentication failed") || words.contains("no password supplied"))
    return "; look at the user in storage.url, and at the password in PGPASSWORD or the file that PGPASSFILE names";
  if (words.contains("Cannot establish connection") || words.contains("could not translate host name"))
    return "; look at host and port in storage.url, and whether that server runs";
  return {};
}

}  // namespace

result<storage::database_url> database_of(const config::settings& settings) {
  if (settings.storage.url.empty())
    return settings.data.directory / "genesis.db";
  return storage::database_url::parse(settings.storage.url);
}

std::vector<config::setting_fault> faults_of_database_urls(const config::settings& settings) {
  std::vector<config::setting_fault> faults;
  if (const auto& url = settings.storage.url; !url.empty())
    if (const auto database = storage::database_url::parse(url, {}); !database)
      faults.push_back({{}, "storage.url", database.error().detail});
  if (const auto replicas = replicas_of(settings); !replicas)
    faults.push_back({{}, "storage.replicas", replicas.error().detail});
  return faults;
}

std::string name_of(const storage::database_url& database) {
  return database.kind() == storage::engine::sqlite
           ? std::filesystem::absolute(database.file()).lexically_normal().string()
           : database.text();
}

std::filesystem::path cache_key_of(const config::settings& settings) {
  return settings.data.directory / "cache.key";
}

// Done before the database changes: the other way round, a crash between the two would leave what must not be read.
result<void> give_up_cache(const config::settings& settings) {
  std::error_code failure;
  std::filesystem::remove(cache_key_of(settings), failure);
  if (failure)
    return fail(errc::unavailable, cache_key_of(settings).string() + " cannot be removed: " + failure.message());
  return {};
}

std::filesystem::path keys_of(const config::settings& settings) {
  return std::filesystem::absolute(settings.data.directory).lexically_normal() / "keys";
}

result<void> look_for_database(const storage::database_url& database) {
  std::error_code ignored;
  if (database.kind() != storage::engine::sqlite || std::filesystem::exists(database.file(), ignored))
    return {};
  return fail(errc::not_found, "there is no database " + name_of(database) +
                                 "; name the server's directory with --data.directory, or the database with "
                                 "--storage.url");
}

error about_database(const storage::database_url& database, error why) {
  if (!why.detail.contains(database.text()))
    why.detail = "the database " + name_of(database) + " cannot be used: " + why.detail;
  if (database.kind() == storage::engine::postgresql)
    why.detail += remedy_for(why.detail);
  return why;
}

result<bool> prepare_database(const storage::database_url& database, bool may_migrate) {
  if (const auto there = look_for_database(database); !may_migrate && !there)  // 'genesis migrate' makes none
    return fail(there.error().code, "there is no database " + name_of(database) +
                                      " yet; start once without --no-migrate, which makes it, or name the server's "
                                      "directory with --data.directory");
  if (database.kind() == storage::engine::sqlite)
    storage::remove_unfinished_copies(database.file());
  auto done = storage::migrate(database, {.allow = may_migrate});
  if (!done)
    return std::unexpected(about_database(database, done.error()));
  if (done->backup)
    spdlog::info("the database as it was is kept in {}", done->backup->string());
  // Whoever only wanted to run a command learns of it too; a database that was just made has no older schema.
  const bool is_made = done->applied.size() == storage::embedded_migrations().size();
  for (const auto& name : done->applied)
    spdlog::log(is_made ? spdlog::level::info : spdlog::level::warn, "migration {} applied", name);
  return is_made;
}

}  // namespace genesis::cli
