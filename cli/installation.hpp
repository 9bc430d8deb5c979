#pragma once

#include "config/setting_fault.hpp"
#include "config/settings.hpp"
#include "domain/error.hpp"
#include "storage/database_url.hpp"

#include <filesystem>
#include <string>
#include <vector>

/// What the settings say an installation consists of, before anything of it runs: its database and the files beside it.
namespace genesis::cli {

/// The database that the settings name.
result<storage::database_url> database_of(const config::settings& settings);

/// What is wrong with the URLs of databases that the settings name, as far as that can be told without asking a server.
std::vector<config::setting_fault> faults_of_database_urls(const config::settings& settings);

/// How messages name the database: its file's absolute path, or its URL without a password.
std::string name_of(const storage::database_url& database);

/// The key that seals what is kept in Redis. Without it, what is there is never read again.
std::filesystem::path cache_key_of(const config::settings& settings);

/// Has nobody read again what is kept in Redis: it is of the database as it was, and a version of it may come again
/// with other contents. Called before the database is exchanged.
result<void> give_up_cache(const config::settings& settings);

/// Where the keys are that sign access tokens, as an absolute path.
std::filesystem::path keys_of(const config::settings& settings);

/// `not_found` for a file that is not there; the detail says what to do. PostgreSQL is not asked.
result<void> look_for_database(const storage::database_url& database);

/// The failure with the database's name in it where it does not name it, and with what to do where PostgreSQL lets
/// nobody in.
error about_database(const storage::database_url& database, error why);

/// Brings the schema up to date, or with `may_migrate` false only checks that it is, and that there is a database; what
/// is left of copies that were cut off goes. Says on the log what it did, and returns whether it made the database. The
/// caller holds the lock of a file's database.
result<bool> prepare_database(const storage::database_url& database, bool may_migrate);

}  // namespace genesis::cli
