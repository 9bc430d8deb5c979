#include "cli/control_commands.hpp"

#include "auth/email.hpp"
#include "cli/control_templates.hpp"
#include "cli/installation.hpp"
#include "cli/json_reading.hpp"
#include "http/encoders.hpp"

#include <array>

namespace genesis::cli {

namespace {

/// Work of a command on the background thread waits behind the parsing of large bodies.
constexpr auto background_deadline = std::chrono::seconds{10};

}  // namespace

control_answer::~control_answer() {
  fail({errc::unavailable, "the server is ending"});
}

void control_answer::succeed(std::string line) {
  if (const auto reply = std::exchange(reply_, nullptr))
    reply(std::move(line));
}

void control_answer::fail(const error& what) {
  succeed(control_failure(what));
}

void control_state::start(control_services services) {
  ids_.emplace(services.world.random);
  owners_.emplace(self_, services.shards);
  services_.emplace(std::move(services));
}

control_state::command control_state::find(std::string_view name) noexcept {
  static constexpr std::array<std::pair<std::string_view, command>, 19> commands{{
    {"user.add", &control_state::add_user},
    {"user.invite", &control_state::invite_user},
    {"user.find", &control_state::find_user},
    {"user.password", &control_state::set_password},
    {"user.role", &control_state::set_role},
    {"user.active", &control_state::set_active},
    {"user.list", &control_state::list_users},
    {"keys.list", &control_state::list_keys},
    {"keys.rotate", &control_state::rotate_keys},
    {"db.statements", &control_state::list_statements},
    {"db.name", &control_state::name_database},
    {"cache.stats", &control_state::list_caches},
    {"cache.warm", &control_state::warm_people},
    {"cache.invalidate", &control_state::invalidate_caches},
    {"cache.purge", &control_state::purge_edge},
    {"demo.person", &control_state::reset_demo_person},
    {"demo.hash", &control_state::hash_for_people},
    {"demo.people", &control_state::make_people},
    {"demo.diary", &control_state::write_diary},
  }};
  for (const auto& [known, what] : commands)
    if (known == name)
      return what;
  return nullptr;
}

void control_state::handle(const control_call& what) {
  const auto answer = std::make_shared<control_answer>(what.reply);
  const auto request = parse_object(what.request);
  if (!request) {
    answer->fail({errc::invalid_argument, "the request is no JSON object in UTF-8"});
    return;
  }
  if (const auto action = find(text_member(*request, "command")))
    (this->*action)(*request, answer);
  else
    answer->fail({errc::not_found, "the server does not know this command; is it another version of genesis?"});
}

void control_state::find_account(
  const object& request, const control_answer_ptr& answer, std::function<void(const user_id&)> then) {
  const auto email = auth::normalise_email(text_member(request, "email"));
  if (!email) {
    answer->fail({errc::invalid_argument, "the e-mail address " + email.error().detail});
    return;
  }
  self_->request(services_->storage, pool_deadline, storage::find_credentials{*email})
    .then([then = std::move(then)](const storage::credentials& found) { then(found.user); },
      [answer, email = *email](const caf::error& failed) {
        auto what = from_caf(failed);
        if (what.code == errc::not_found)
          what.detail = "there is no account with the e-mail address " + email;
        answer->fail(what);
      });
}

void control_state::hash(std::string password, std::vector<std::string> personal_words,
  const control_answer_ptr& answer, std::function<void(const std::string&)> then) {
  hash_password work{
    std::move(password), std::move(personal_words), self_->clock().now() + front_deadline - password_margin};
  self_->request(services_->passwords, front_deadline, std::move(work))
    .then([then = std::move(then)](const password_hashed& hashed) { then(hashed.hash); },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

void control_state::in_background(
  std::function<void()> work, const control_answer_ptr& answer, std::function<void()> then) {
  auto shared = std::make_shared<const std::function<void()>>(std::move(work));
  self_
    ->request(services_->background, background_deadline,
      background_job{std::move(shared), self_->clock().now() + background_deadline})
    .then([then = std::move(then)](bool) { then(); },
      [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

control_actor::behavior_type control_behavior(
  service_pointer<control_actor, control_state> self, control_services services) {
  self->serve_as(actor_kind::control);
  self->state.start(std::move(services));
  return {
    [self](const control_call& what) { self->state.handle(what); },
  };
}

control_actor spawn_control(node& home, const config::settings& settings, auth::signing_keys_ptr keys,
  std::vector<http::front_actor> fronts, purger_actor purger) {
  const auto database = database_of(settings);
  return home.system().spawn(control_behavior,
    control_services{home.storage, home.passwords, home.background, home.caches, home.shards, home.world(),
      http::json_encoders(), std::make_shared<const session_maker>(settings, std::move(keys)), keys_of(settings),
      std::move(fronts), settings.auth.invitation_lifetime, settings.auth.registration,
      database ? name_of(*database) : std::string{}, settings.users.warm_up, !settings.cache.redis_url.empty(),
      std::move(purger)});
}

control_handler ask_control(control_actor whom) {
  return [whom = std::move(whom)](std::string request, control_reply reply) {
    caf::anon_send(whom, control_call{std::move(request), std::move(reply)});
  };
}

}  // namespace genesis::cli
