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
