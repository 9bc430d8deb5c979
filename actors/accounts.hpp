#pragma once

#include "actors/environment.hpp"
#include "actors/interfaces.hpp"
#include "actors/owner_link.hpp"
#include "actors/promise.hpp"
#include "actors/service.hpp"

#include <memory>
#include <optional>

namespace genesis {

/// Who a new account, a login, a refresh and a change of password are handled by; see `accounts_actor`.
struct accounts_services {
  storage_pool_actor storage;
  password_pool_actor passwords;
  std::vector<shard_actor> shards;
  environment world;
};

class accounts_state {
public:
  using pointer = accounts_actor::stateful_pointer<accounts_state>;

  explicit accounts_state(pointer self) : self_(self) {}

  void start(accounts_services services);

  caf::result<signed_in> handle(const sign_up& what);
  caf::result<signed_in> handle(const log_in& what);
  caf::result<signed_in> handle(const renew_session& what);
  caf::result<entity_reply> handle(const renew_password& what);

private:
  using time_point = caf::actor_clock::time_point;

  [[nodiscard]] time_point deadline() const;
  /// What a password was checked against.
  struct checked_password {
    std::optional<user_id> user;          ///< None when it is wrong, or there is no such account.
    std::optional<std::string> new_hash;  ///< When the stored one is outdated.
    std::string hash;                     ///< The stored one.
  };

  void open_for(
    const log_in& what, const checked_password& checked, time_point until, const answer_ptr<signed_in>& answer);
  template <class Answer, class Work>
  void work_on_password(
    Work work, time_point until, std::function<void(const Answer&)> then, std::function<void(const error&)> otherwise);
  template <class Q>
  void verify(const Q& question, const std::string& password, time_point until,
    std::function<void(const checked_password&)> then, std::function<void(const error&)> otherwise);

  pointer self_;
  std::optional<accounts_services> services_;
  std::optional<uuid_source> ids_;
  std::optional<owner_link<accounts_actor::stateful_base<accounts_state>>> owners_;
};

accounts_actor::behavior_type accounts_behavior(
  service_pointer<accounts_actor, accounts_state> self, accounts_services services);

}  // namespace genesis
