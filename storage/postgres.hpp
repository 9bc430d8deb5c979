#pragma once

#include <libpq-fe.h>

#include <soci/soci.h>
#include <soci/postgresql/soci-postgresql.h>
