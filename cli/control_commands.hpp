#pragma once

#include "actors/environment.hpp"
#include "actors/interfaces.hpp"
#include "actors/owner_link.hpp"
#include "actors/service.hpp"
#include "cli/control_server.hpp"
#include "cli/node.hpp"
#include "cli/people_writer.hpp"
#include "http/front_interface.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::cli {

/// A request of a command; see `control_protocol.hpp`.
struct control_call {
  std::string request;
  control_reply reply;
};

/// Does what commands ask of a running node. Everything is done by the owners of people or, for people whom nobody
/// knows yet, by the storage pool, so that it is right while people are online.
using control_actor = caf::typed_actor<caf::reacts_to<control_call>>;

/// What commands act through.
struct control_services {
  storage_pool_actor storage;
  password_pool_actor passwords;
  background_actor background;
  caches_actor caches;
  std::vector<shard_actor> shards;
  environment world;
  encoders encode;
  std::shared_ptr<const session_maker> sessions;
  std::filesystem::path keys;             ///< The directory of the signing keys.
  std::vector<http::front_actor> fronts;  ///< Who else uses them; none without a server.
  std::chrono::seconds invitation_lifetime = std::chrono::days{7};
  config::registration_mode registration = config::registration_mode::open;
  std::string database = {};  ///< As messages name it; see `name_of`.
  std::int64_t warm_up = 0;   ///< People whom `cache.warm` takes in when it is not told how many.
  bool has_redis = false;     ///< Settings name one, whether it answers or not.
  purger_actor purger = {};   ///< None: there is no CDN to be told.
};

/// The answer to one request. Destroyed without one, it says that there is none.
class control_answer {
public:
  explicit control_answer(control_reply reply) : reply_(std::move(reply)) {}
  control_answer(const control_answer&) = delete;
  control_answer& operator=(const control_answer&) = delete;
  ~control_answer();

  /// One line of JSON, as `control_success` makes it.
  void succeed(std::string line);
  void fail(const error& what);

private:
  control_reply reply_;
};

using control_answer_ptr = std::shared_ptr<control_answer>;

class control_state {
public:
  using pointer = control_actor::stateful_pointer<control_state>;

  explicit control_state(pointer self) : self_(self) {}

  void start(control_services services);
  void handle(const control_call& what);

private:
  using object = boost::json::object;
  using command = void (control_state::*)(const object& request, const control_answer_ptr& answer);
  struct demo_reset;
  struct people_writing;

  static command find(std::string_view name) noexcept;

  // control_accounts.cpp
  void add_user(const object& request, const control_answer_ptr& answer);
  void invite_user(const object& request, const control_answer_ptr& answer);
  void keep_invitation(const std::string& email, user_role role, const control_answer_ptr& answer);
  void find_user(const object& request, const control_answer_ptr& answer);
  void set_password(const object& request, const control_answer_ptr& answer);
  void set_role(const object& request, const control_answer_ptr& answer);
  void set_active(const object& request, const control_answer_ptr& answer);
  void list_users(const object& request, const control_answer_ptr& answer);

  // control_keys.cpp
  void list_keys(const object& request, const control_answer_ptr& answer);
  void rotate_keys(const object& request, const control_answer_ptr& answer);
  void adopt(
    const auth::signing_keys_ptr& keys, bool may_sign, const control_answer_ptr& answer, std::function<void()> then);

  // control_statements.cpp
  void list_statements(const object& request, const control_answer_ptr& answer);
  void name_database(const object& request, const control_answer_ptr& answer);

  // control_caches.cpp
  void list_caches(const object& request, const control_answer_ptr& answer);
  void warm_people(const object& request, const control_answer_ptr& answer);
  void invalidate_caches(const object& request, const control_answer_ptr& answer);
  void purge_edge(const object& request, const control_answer_ptr& answer);

  // control_demo.cpp
  void reset_demo_person(const object& request, const control_answer_ptr& answer);
  void hash_for_people(const object& request, const control_answer_ptr& answer);
  void make_people(const object& request, const control_answer_ptr& answer);
  void write_diary(const object& request, const control_answer_ptr& answer);
  void remove_old_demo(const std::shared_ptr<demo_reset>& reset);
  void prepare_demo(const std::shared_ptr<demo_reset>& reset);
  void create_demo(const std::shared_ptr<demo_reset>& reset);
  void import_next(const std::shared_ptr<demo_reset>& reset);
  void write_people(const std::shared_ptr<people_writing>& work);
  void on_person_written(const std::shared_ptr<people_writing>& work, std::optional<error> failed);

  // control_commands.cpp; whatever fails is answered
  /// Finds the account of `request.email`.
  void find_account(const object& request, const control_answer_ptr& answer, std::function<void(const user_id&)> then);
  void hash(std::string password, std::vector<std::string> personal_words, const control_answer_ptr& answer,
    std::function<void(const std::string&)> then);
  template <class M>
  void ask_owner(
    const user_id& user, M message, const control_answer_ptr& answer, std::function<void(entity_reply&)> then);
  /// Logs what the operator has done, which names nobody but by id, and answers with the person.
  template <class M>
  void change_account(const user_id& user, M message, std::string done, const control_answer_ptr& answer);
  /// Does the work on the background thread, then goes on here.
  void in_background(std::function<void()> work, const control_answer_ptr& answer, std::function<void()> then);

  pointer self_;
  std::optional<control_services> services_;
  std::optional<uuid_source> ids_;
  std::optional<owner_link<control_actor::stateful_base<control_state>>> owners_;
};

control_actor::behavior_type control_behavior(
  service_pointer<control_actor, control_state> self, control_services services);

/// The actor that commands are answered by. To be sent an exit before the node stops. `fronts` and `purger` are those
/// of the server, if there is one.
control_actor spawn_control(node& home, const config::settings& settings, auth::signing_keys_ptr keys,
  std::vector<http::front_actor> fronts = {}, purger_actor purger = {});

/// Passes requests on to the actor.
control_handler ask_control(control_actor whom);

}  // namespace genesis::cli

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::cli::control_call)
