#pragma once

#include "domain/error.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

/// Copies of SQLite's database as a whole, and their return.
namespace genesis::storage {

/// What the name of a copy has in it until the copy is whole. Nobody gives such a name to anything else.
inline constexpr std::string_view unfinished_mark = ".genesis-unfinished";

/// Told now and then how many bytes of how many are copied.
using copy_progress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Copies a database into a file of mode 0600 that takes the place of one of that name, through SQLite's online backup:
/// a state of one moment, whatever a server writes meanwhile, in one file. The copy is checked
/// (`pragma integrity_check`) and on the disk before it gets its name. The size in bytes.
///
/// Errors: `unavailable` when either file cannot be used, the disk is full, or the copy is damaged, as the database is
/// then.
result<std::int64_t> copy_database(
  const std::filesystem::path& from, const std::filesystem::path& to, const copy_progress& progress = {});

/// Puts a copy into the database's place; the caller has made sure that nobody uses the database. What was there is
/// kept beside it, under the name that is given back; nothing when there was none. At every moment the database is the
/// old or the new one, whole.
///
/// Errors: those of `copy_database`, and `conflict` when the copy is another program's or of a newer one, or lacks what
/// the migrations made.
result<std::optional<std::filesystem::path>> restore_database(
  const std::filesystem::path& copy, const std::filesystem::path& database, const copy_progress& progress = {});

/// Removes what is left of copies beside the database that a restoration or a migration never finished, because it was
/// killed: files with the mark in their names, as large as the database, and of no use. The caller holds the database's
/// lock, so that nobody makes such a copy now. What cannot be removed stays.
void remove_unfinished_copies(const std::filesystem::path& database) noexcept;

/// Makes the names in a file's directory last. Throws std::system_error.
void sync_directory_of(const std::filesystem::path& file);

}  // namespace genesis::storage
