#pragma once

#include "domain/error.hpp"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::storage {

/// The databases that the program knows.
enum class engine : std::uint8_t { sqlite, postgresql };

/// Which database: a file of SQLite, or a database on a PostgreSQL server.
class database_url {
public:
  using parameter = std::pair<std::string, std::string>;

  database_url() = default;
  /// A file of SQLite. Implicit, because a path names a database.
  database_url(std::filesystem::path file) : file_(std::move(file)) {}

  /// Reads `sqlite:///var/lib/genesis/genesis.db`, `sqlite://data/genesis.db`, or what PostgreSQL's own clients take:
  /// `postgresql://user@host:port/database?sslmode=verify-full`, `postgresql://user@/database?host=/run/postgresql`,
  /// several hosts included. `invalid_argument` for everything else; the detail shows nothing of the URL, which may
  /// hold a password. `setting` is named in it, unless it is empty.
  static result<database_url> parse(std::string_view url, std::string_view setting = "storage.url");

  [[nodiscard]] engine kind() const noexcept { return kind_; }
  /// Of SQLite.
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  /// For libpq, with the password if the URL has one. `defaults` stand for what the URL does not say; `forced` hold
  /// whatever it says. What neither names comes from libpq's environment (PGPASSWORD, PGPASSFILE, PGSERVICE).
  [[nodiscard]] std::string connect_string(
    std::initializer_list<parameter> defaults, std::initializer_list<parameter> forced) const;

  /// How messages name the database: its file, or its URL without passwords.
  [[nodiscard]] std::string text() const;

private:
  [[nodiscard]] std::string value_of(std::string_view name) const;

  engine kind_ = engine::sqlite;
  std::filesystem::path file_;
  std::vector<parameter> parameters_;  // of PostgreSQL, as libpq names them
};

}  // namespace genesis::storage
