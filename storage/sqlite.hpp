#pragma once

#include <sqlite3.h>

/// SOCI's header includes sqlite3.h inside this namespace; with the header read before, it is given the names it needs.
namespace sqlite_api {
using ::sqlite3;
using ::sqlite3_destructor_type;
using ::sqlite3_int64;
using ::sqlite3_stmt;
}  // namespace sqlite_api

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace genesis::storage {

/// SQLite's own connection behind a session of SOCI.
inline sqlite3* sqlite_handle_of(soci::session& session) {
  // A static cast, because SOCI's library keeps the type information that a dynamic one needs to itself.
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

}  // namespace genesis::storage
