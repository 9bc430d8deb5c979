#pragma once

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <libpq-fe.h>

namespace genesis::storage {

/// libpq's own connection behind a session of SOCI.
inline PGconn* postgres_handle_of(soci::session& session) {
  // A static cast, because SOCI's library keeps the type information that a dynamic one needs to itself.
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

/// Whether the server has done what it was asked; not when there is no answer.
inline bool is_good(const PGresult* answer) {
  const auto status = ::PQresultStatus(answer);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace genesis::storage
