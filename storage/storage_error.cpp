#include "storage/storage_error.hpp"

#include "storage/postgres.hpp"
#include "storage/sqlite.hpp"
#include "storage/stored_value.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <system_error>

namespace genesis::storage {

namespace {

error from_constraint(std::string message, std::string_view emails) {
  if (message.find(emails) != std::string::npos)
    return {errc::email_taken, "this e-mail address has an account"};
  return {errc::conflict, std::move(message)};
}

error from_sqlite(const soci::sqlite3_soci_error& thrown) {
  // Without SOCI's context, which repeats the statement's parameters.
  auto message = thrown.get_error_message();
  switch (thrown.result() & 0xff) {
  case SQLITE_CONSTRAINT: return from_constraint(std::move(message), "users.email");
  case SQLITE_INTERRUPT: return {errc::unavailable, "a statement took longer than its time-out"};
  case SQLITE_FULL: return {errc::unavailable, std::string{full_detail}};
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_IOERR:
  case SQLITE_READONLY:
  case SQLITE_CANTOPEN:
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_PERM:
  case SQLITE_AUTH:
  case SQLITE_NOLFS:
  case SQLITE_NOMEM: return {errc::unavailable, std::move(message)};
  default: return {errc::internal, std::move(message)};
  }
}

/// SQLSTATE codes, or their first two characters, of faults that lie with the server, its machine or the moment: the
/// same statement may succeed later (PostgreSQL 15, appendix A).
constexpr std::array passing_states{
  "  ",     // SOCI's word for none: the connection
  "08",     // the connection
  "0A000",  // a prepared plan that the schema has outgrown
  "25P02",  // the transaction has failed before
  "25006",  // read-only, or a standby by now
  "25P03",  // idle in a transaction for too long
  "26000",  // a prepared statement that somebody has dropped
  "28",     // authorization
  "3D000",  // no such database
  "40",     // rolled back: serialization, deadlock
  "42501",  // privileges
  "53",     // disk full, out of memory, too many connections
  "55",     // locks, objects in use
  "57",     // shutting down, starting up, cancelled
  "58",     // I/O
  "XX",     // internal, corrupted
};

/// Without what SOCI puts in front of the server's words, and without the line's end.
std::string words_of_server(std::string message) {
  for (const auto* severity : {"ERROR:  ", "FATAL:  ", "PANIC:  "})
    if (const auto at = message.find(severity); at != std::string::npos)
      message.erase(0, at + std::string_view{severity}.size());
  return message.substr(0, message.find('\n'));
}

error from_postgresql(const soci::postgresql_soci_error& thrown) {
  const auto state = thrown.sqlstate();
  auto message = words_of_server(thrown.get_error_message());
  if (state == "57014")
    return {errc::unavailable, "a statement took longer than its time-out"};
  if (state.starts_with("23"))
    return from_constraint(std::move(message), "idx_users_email");
  const bool is_passing =
    std::ranges::any_of(passing_states, [&](std::string_view each) { return state.starts_with(each); });
  return {is_passing ? errc::unavailable : errc::internal,
    message + (state.starts_with(' ') ? "" : " (SQLSTATE " + state + ")")};
}

}  // namespace

std::string words_of(const std::filesystem::filesystem_error& thrown) {
  std::string files = thrown.path1().string();
  if (!thrown.path2().empty())
    files += " to " + thrown.path2().string();
  return (files.empty() ? "the working directory" : files) + ": " + thrown.code().message();
}

error current_error() noexcept {
  try {
    throw;
  } catch (const soci::sqlite3_soci_error& thrown) {
    return from_sqlite(thrown);
  } catch (const soci::postgresql_soci_error& thrown) {
    return from_postgresql(thrown);
  } catch (const soci::soci_error& thrown) {
    return {errc::internal, thrown.get_error_message()};
  } catch (const unstorable_text& thrown) {
    return {errc::invalid_argument, thrown.what()};
  } catch (const std::filesystem::filesystem_error& thrown) {
    return {errc::unavailable, words_of(thrown)};
  } catch (const std::system_error& thrown) {
    return {errc::unavailable, thrown.what()};
  } catch (const std::exception& thrown) {
    return {errc::internal, thrown.what()};
  } catch (...) {
    return {errc::internal, "an unknown exception"};
  }
}

}  // namespace genesis::storage
