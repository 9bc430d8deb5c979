#pragma once

#include "domain/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace genesis::auth {

/// Files with secrets: read only while nobody else can read them, and written so that after a crash there is all of a
/// file or nothing. Failures are `unavailable` (the system said no) or `forbidden` (open to others); the detail names
/// the file and what to do.

/// Reads a regular file of at most 16 KiB to which only its owner has any permission.
result<std::string> read_secret_file(const std::filesystem::path& file);

/// Makes a file with mode 0600 that did not exist, in a directory that does. On disk, name and all, when this returns.
result<void> write_secret_file(const std::filesystem::path& file, std::string_view text);

/// Makes the directory, with mode 0700, and those above it where they are missing. One that is there already must be a
/// directory that nobody but its owner can write to.
result<void> make_secret_directory(const std::filesystem::path& directory);

}  // namespace genesis::auth
