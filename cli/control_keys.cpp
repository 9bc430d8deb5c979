#include "actors/audit.hpp"
#include "cli/control_templates.hpp"

namespace genesis::cli {

namespace {

/// Names of the keys, the newest first: that one signs.
std::string keys_listed(const auth::signing_keys& keys) {
  return control_success([&](http::json_writer& json) { json.member("keys", keys.kids()); });
}

/// When a key was made: ours are named by a UUIDv7, which begins with 48 bits of milliseconds (RFC 9562 5.7). Nothing
/// for one that an operator has put there under another name.
std::optional<timestamp> made_at(std::string_view kid) {
  const auto id = parse_uuid(kid);
  if (!id || id->bytes[6] >> 4U != 7U)
    return std::nullopt;
  std::int64_t milliseconds = 0;
  for (std::size_t i = 0; i < 6; ++i)
    milliseconds = milliseconds << 8 | id->bytes[i];
  return timestamp{std::chrono::milliseconds{milliseconds}};
}

/// Why a rotation now would refuse tokens that have not expired: those of the key before the one that signs.
std::optional<std::string> harm_of_rotation(
  const auth::signing_keys& keys, timestamp now, std::chrono::seconds access_lifetime) {
  const auto kids = keys.kids();
  const auto made = made_at(kids.front());
  if (kids.size() < 2 || !made || now - *made >= access_lifetime)
    return std::nullopt;
  const auto left = std::chrono::ceil<std::chrono::seconds>(*made + access_lifetime - now);
  return "the key that signs is younger than access tokens may be old (auth.access_token_lifetime): rotating again now "
         "would refuse those that the key before it has signed. Wait " +
         std::to_string(left.count()) + " s, or rotate with --force";
}

}  // namespace

void control_state::list_keys(const object&, const control_answer_ptr& answer) {
  answer->succeed(keys_listed(*services_->sessions->keys));
}

/// The new key is on disk first; then everybody checks with it; then everybody signs with it. A failure in between
/// leaves both keys in use, and the next rotation goes on from there.
void control_state::rotate_keys(const object& request, const control_answer_ptr& answer) {
  const auto* force = request.if_contains("force");
  const bool is_forced = force != nullptr && force->is_bool() && force->get_bool();
  using outcome = result<auth::signing_keys>;
  auto rotated = std::make_shared<outcome>(fail(errc::internal, "the keys were not rotated"));
  // What is on disk counts, not what is in use: another rotation may be half way.
  in_background(
    [rotated, directory = services_->keys, now = services_->world.now(),
      lifetime = services_->sessions->access_lifetime, is_forced] {
      const auto current = auth::signing_keys::open(directory, now);
      const auto harm = current && !is_forced ? harm_of_rotation(*current, now, lifetime) : std::nullopt;
      if (harm)
        *rotated = fail(errc::conflict, *harm);
      else
        *rotated = auth::signing_keys::rotate(directory, now);
    },
    answer,
    [this, rotated, answer, is_forced] {
      if (!*rotated) {
        answer->fail(rotated->error());
        return;
      }
      const auto keys = std::make_shared<const auth::signing_keys>(**rotated);
      audit("an operator rotated the signing keys{}: {} is the new one", is_forced ? " by force" : "",
        keys->newest().kid());
      adopt(keys, /*may_sign=*/false, answer, [this, keys, answer] {
        auto sessions = *services_->sessions;
        sessions.keys = keys;
        services_->sessions = std::make_shared<const session_maker>(std::move(sessions));
        adopt(keys, /*may_sign=*/true, answer, [keys, answer] { answer->succeed(keys_listed(*keys)); });
        // The page has shown the new key since the first step, and tokens of it may come from now on.
        if (services_->purger)
          caf::anon_send(services_->purger, purge_keys{{std::string{http::keys_surrogate_key}}});
      });
    });
}

/// Tells every front, then goes on. All fronts are asked even when one fails.
void control_state::adopt(
  const auth::signing_keys_ptr& keys, bool may_sign, const control_answer_ptr& answer, std::function<void()> then) {
  if (services_->fronts.empty()) {
    then();
    return;
  }
  const auto done = [left = std::make_shared<std::size_t>(services_->fronts.size()), then = std::move(then)] {
    if (--*left == 0)
      then();
  };
  for (const auto& front : services_->fronts)
    self_->request(front, front_deadline, http::use_keys{keys, may_sign})
      .then([done](bool) { done(); }, [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
}

}  // namespace genesis::cli
