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

caf::result<bool> limiter_state::refuse(const rate_refusal& why) {
  counters().limited_by(why.limit).add();
  return to_caf(too_many(why));
}

caf::result<bool> limiter_state::handle(const take_auth_token& what) {
  const auto verdict = auth_->take(key_of_address(what.address), options_.auth, self_->clock().now());
  if (!verdict.is_granted)
    return refuse({rate_limit::auth, options_.auth, verdict.retry_after});
  return true;
}

std::optional<rate_refusal> limiter_state::reached(const limiter_key& account, const limiter_key& address) const {
  const auto now = self_->clock().now();
  if (const auto verdict = account_failures_->look(account, options_.account_failures, now); !verdict.is_granted)
    return rate_refusal{rate_limit::failed_logins_account, options_.account_failures, verdict.retry_after};
  if (const auto verdict = address_failures_->look(address, options_.address_failures, now); !verdict.is_granted)
    return rate_refusal{rate_limit::failed_logins_address, options_.address_failures, verdict.retry_after};
  return std::nullopt;
}

void limiter_state::take_both(const limiter_key& account, const limiter_key& address) {
  const auto now = self_->clock().now();
  account_failures_->take(account, options_.account_failures, now);
  try {
    address_failures_->take(address, options_.address_failures, now);
  } catch (...) {  // no memory for another address: nothing was counted
    account_failures_->give_back(account, options_.account_failures);
    throw;
  }
}

/// Takes from both or from neither.
caf::result<bool> limiter_state::handle(const admit_login& what) {
  const auto account = key_of_account(what.account);
  const auto address = key_of_address(what.address);
  if (const auto why = reached(account, address))
    return refuse(*why);
  take_both(account, address);
  return true;
}

void limiter_state::handle(const forgive_login& what) {
  account_failures_->give_back(key_of_account(what.login.account), options_.account_failures);
  address_failures_->give_back(key_of_address(what.login.address), options_.address_failures);
}

caf::result<bool> limiter_state::handle(const admit_key& what) {
  if (const auto why = reached(key_of_account(what.attempt.account), key_of_address(what.attempt.address)))
    return refuse(*why);
  return true;
}

void limiter_state::handle(const count_failed_key& what) {
  take_both(key_of_account(what.attempt.account), key_of_address(what.attempt.address));
}

limiter_actor::behavior_type limiter_behavior(
  service_pointer<limiter_actor, limiter_state> self, limiter_options options, environment world) {
  self->serve_as(actor_kind::limiter);
  self->state.start(options, world);
  return {
    [self](const take_auth_token& what) { return self->state.handle(what); },
    [self](const admit_login& what) { return self->state.handle(what); },
    [self](const forgive_login& what) { self->state.handle(what); },
    [self](const admit_key& what) { return self->state.handle(what); },
    [self](const count_failed_key& what) { self->state.handle(what); },
  };
}

}  // namespace genesis
