#pragma once

#include "cli/command.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genesis::cli {

/// What the running server's caches have done. Gives the exit status, as the others do.
int show_caches(const config::loaded& settings, const console& with);

/// Has the running server take the people into memory who were active last: so many, or `users.warm_up`.
int warm_caches_of_server(const config::loaded& settings, std::optional<std::int64_t> people, const console& with);

/// Has the running server forget what matches, in memory and in Redis; see `key_pattern`.
int invalidate_caches_of_server(const config::loaded& settings, const std::string& pattern, const console& with);

/// Has the running server tell the CDN in front to forget public answers; see `http/surrogate_key.hpp`.
int purge_edge_of_server(const config::loaded& settings, const std::vector<std::string>& keys, const console& with);

/// `genesis cache stats|warm|invalidate|purge`.
void add_cache_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
