#include "storage/storage_error.hpp"

#include "storage/sqlite.hpp"

#include <exception>
#include <string>
#include <system_error>

namespace genesis::storage {

namespace {

error from_sqlite(const soci::sqlite3_soci_error& thrown) {
  // Without SOCI's context, which repeats the statement's parameters.
  auto message = thrown.get_error_message();
  switch (thrown.result() & 0xff) {
  case SQLITE_CONSTRAINT:
    if (message.find("users.email") != std::string::npos)
      return {errc::email_taken, "this e-mail address has an account"};
    return {errc::conflict, std::move(message)};
  case SQLITE_INTERRUPT: return {errc::unavailable, "a statement took longer than its time-out"};
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_FULL:
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

}  // namespace

error current_error() noexcept {
  try {
    throw;
  } catch (const soci::sqlite3_soci_error& thrown) {
    return from_sqlite(thrown);
  } catch (const soci::soci_error& thrown) {
    return {errc::internal, thrown.get_error_message()};
  } catch (const std::system_error& thrown) {
    return {errc::unavailable, thrown.what()};
  } catch (const std::exception& thrown) {
    return {errc::internal, thrown.what()};
  } catch (...) {
    return {errc::internal, "an unknown exception"};
  }
}

}  // namespace genesis::storage
