#include "actors/limiter.hpp"

#include "actors/metrics.hpp"
#include "auth/digest.hpp"
#include "config/network.hpp"

#include <algorithm>
#include <string_view>

namespace genesis {

namespace {

constexpr std::size_t secret_bytes = 32;

limiter_key key_of(std::string_view secret, std::string_view kind, std::string_view text) {
  const auto digest = auth::sha256_of_parts({secret, kind, text});
  limiter_key key;
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

}  // namespace

void limiter_state::start(const limiter_options& options, const environment& world) {
  options_ = options;
  std::array<std::uint8_t, secret_bytes> random{};
  world.random(random.data(), random.size());
  secret_.assign(random.begin(), random.end());
  auth_.emplace(options.places, limiter_key_hash{});
  account_failures_.emplace(options.places, limiter_key_hash{});
  address_failures_.emplace(options.places, limiter_key_hash{});
}

limiter_key limiter_state::key_of_account(const std::string& account) const {
  return key_of(secret_, "account", account);
}

limiter_key limiter_state::key_of_address(const std::string& address) const {
  const auto parsed = config::ip_address::parse(address);
  if (!parsed)
    return key_of(secret_, "name", address);
  const auto household = parsed->household();
  const auto bytes = household.bytes();
  return key_of(secret_, "address", std::string{bytes.begin(), bytes.end()});
}

caf::result<bool> limiter_state::refuse(rate_limit limit, const rate_quota& quota, const rate_verdict& verdict) {
  counters().limited_by(limit).add();
  return to_caf(too_many(rate_refusal{limit, quota, verdict.retry_after}));
}

caf::result<bool> limiter_state::handle(const take_auth_token& what) {
  const auto verdict = auth_->take(key_of_address(what.address), options_.auth, self_->clock().now());
  if (!verdict.is_granted)
    return refuse(rate_limit::auth, options_.auth, verdict);
  return true;
}

/// Takes from both or from neither.
caf::result<bool> limiter_state::handle(const admit_login& what) {
  const auto now = self_->clock().now();
  const auto account = key_of_account(what.account);
  const auto address = key_of_address(what.address);
  if (const auto verdict = account_failures_->look(account, options_.account_failures, now); !verdict.is_granted)
    return refuse(rate_limit::failed_logins_account, options_.account_failures, verdict);
  if (const auto verdict = address_failures_->look(address, options_.address_failures, now); !verdict.is_granted)
    return refuse(rate_limit::failed_logins_address, options_.address_failures, verdict);
  account_failures_->take(account, options_.account_failures, now);
  address_failures_->take(address, options_.address_failures, now);
  return true;
}

void limiter_state::handle(const forgive_login& what) {
  account_failures_->give_back(key_of_account(what.login.account), options_.account_failures);
  address_failures_->give_back(key_of_address(what.login.address), options_.address_failures);
}

limiter_actor::behavior_type limiter_behavior(
  service_pointer<limiter_actor, limiter_state> self, limiter_options options, environment world) {
  self->serve_as(actor_kind::limiter);
  self->state.start(options, world);
  return {
    [self](const take_auth_token& what) { return self->state.handle(what); },
    [self](const admit_login& what) { return self->state.handle(what); },
    [self](const forgive_login& what) { self->state.handle(what); },
  };
}

}  // namespace genesis
