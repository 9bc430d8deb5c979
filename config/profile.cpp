#include "config/profile.hpp"

namespace genesis::config {

namespace {

constexpr std::array<profile_default, 3> development_defaults{
  {{"storage.pool_size", "5"}, {"storage.echo", "true"}, {"storage.echo_pool", "debug"}}};

}  // namespace

std::optional<std::span<const profile_default>> find_profile(std::string_view name) noexcept {
  if (name == "production")
    return std::span<const profile_default>{};
  if (name == "development")
    return std::span<const profile_default>{development_defaults};
  return std::nullopt;
}

}  // namespace genesis::config
