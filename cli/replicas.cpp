#include "cli/replicas.hpp"

#include "config/replica_url.hpp"

#include <algorithm>
#include <utility>

namespace genesis::cli {

result<std::vector<named_replica>> replicas_of(const config::settings& settings) {
  std::vector<named_replica> all;
  const auto about = [&all](const std::string& rule) {
    return "has an entry, number " + std::to_string(all.size() + 1) + ", which " + rule;
  };
  for (const auto& each : settings.storage.replicas) {
    const auto url = config::replica_url::parse(each);
    if (!url)
      return fail(errc::invalid_argument, about(url.error()));
    auto database = storage::database_url::parse(url->url, "");
    if (!database)
      return fail(errc::invalid_argument, about(database.error().detail));
    all.push_back({std::move(*database), url->weight});
  }
  return all;
}

std::size_t readers_of(const named_replica& replica, const std::vector<named_replica>& all, std::int64_t size) {
  std::int64_t weights = 0;
  for (const auto& each : all)
    weights += each.weight;
  return static_cast<std::size_t>(std::max<std::int64_t>(size * replica.weight / weights, 1));
}

}  // namespace genesis::cli
