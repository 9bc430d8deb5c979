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
  limiter_actor limiter = {};  ///< None: passwords may be tried as often as anybody likes.
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
  using invited = std::function<void(const std::optional<invitation>&)>;
  /// What a password was checked against.
  struct checked_password {
    std::optional<user_id> user;          ///< None when it is wrong, or there is no such account.
    std::optional<std::string> new_hash;  ///< When the stored one is outdated.
    std::string hash;                     ///< The stored one.
  };

  /// Looks the invitation of a registration up, if it has one.
  void find_invitation(const sign_up& what, invited then, std::function<void(const error&)> otherwise);
  void register_with(const sign_up& what, const std::optional<invitation>& invite, time_point until,
    const answer_ptr<signed_in>& answer);
  void open_for(const log_in& what, const checked_password& checked, time_point until,
    std::function<void(result<signed_in>)> finish);
  /// Goes on when a password may be tried; counts it as wrong until `settle` has been told otherwise.
  void begin_attempt(const admit_login& what, std::function<void()> then, std::function<void(const error&)> otherwise);
  void settle(const admit_login& what, bool is_wrong);
  void renew_for(
    const renew_password& what, const session_facts& facts, time_point until, const answer_ptr<entity_reply>& answer);
  /// Answers with the faults of a body, and what the pool says against the new password in `field` when that is not
  /// among them.
  template <class T>
  void refuse_fields(
    field_errors faults, std::string field, judge_password judged, time_point until, const answer_ptr<T>& answer);
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
