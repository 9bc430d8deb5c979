#pragma once

#include "config/settings.hpp"
#include "domain/error.hpp"
#include "storage/database_url.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace genesis::cli {

/// A replica of the database that the settings name.
struct named_replica {
  storage::database_url database;
  std::int64_t weight = 1;
};

/// Those in `storage.replicas`. `invalid_argument` for one that cannot be read: the detail completes "storage.replicas
/// ...", without its text.
result<std::vector<named_replica>> replicas_of(const config::settings& settings);

/// Of `size` connections to all replicas, those to one: by its weight, and one at least.
std::size_t readers_of(const named_replica& replica, const std::vector<named_replica>& all, std::int64_t size);

}  // namespace genesis::cli
