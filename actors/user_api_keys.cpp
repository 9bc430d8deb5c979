#include "actors/user_templates.hpp"
#include "auth/digest.hpp"
#include "domain/list_position.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

const api_key* user_state::find_live_key(const api_key_id& id) const {
  const auto found = std::ranges::find(data_.api_keys, id, &api_key::id);
  return found != data_.api_keys.end() && found->is_alive(now()) ? &*found : nullptr;
}

caf::result<page<api_key>> user_state::handle(const get_api_keys& what) {
  return read_state<page<api_key>>(what.session, [this, query = what.page](answer_ptr<page<api_key>> answer) {
    auto alive = data_.api_keys;
    std::erase_if(alive, [at = now()](const api_key& each) { return !each.is_alive(at); });
    answer->deliver(page_of(std::move(alive), query, [](const api_key& each) { return position_of(each); }));
  });
}

caf::result<entity_reply> user_state::handle(const get_api_key& what) {
  return read_state<entity_reply>(what.session, [this, id = what.key](answer_ptr<entity_reply> answer) {
    if (const auto* found = find_live_key(id))
      answer->deliver(shown(*found));
    else
      answer->fail({errc::not_found, {}});
  });
}

caf::result<entity_reply> user_state::handle(const create_api_key& what) {
  return create(what.session, {.key = what.idempotency}, [this, what](user_draft& draft) -> result<entity_reply> {
    std::vector<api_key_id> expired;
    for (const auto& each : draft.api_keys())
      if (!each.is_alive(draft.now()))
        expired.push_back(each.id);
    if (draft.api_keys().size() - expired.size() >= api_keys_per_user_max)
      return fail(errc::conflict,
        fmt::format("there are {} API keys already, the most there may be: revoke one first", api_keys_per_user_max));
    draft.remove_api_keys(expired);
    api_key made;
    made.id = what.key;
    made.name = what.name;
    made.scopes = what.scopes;
    made.hash = what.hash;
    made.expires_at = what.expires_at;
    made.created_at = made.updated_at = draft.now();
    draft.put(made);
    auto reply = shown(made);
    reply.etag.clear();  // the answer carries the secret beside the object, and is kept by nobody
    reply.status = 201;
    reply.location = services_->encode.api_key_location(made.id);
    return reply;
  });
}

caf::result<entity_reply> user_state::handle(const remove_api_key& what) {
  return write<entity_reply>(
    what.session, {}, [this, what](user_draft& draft) -> result<std::function<entity_reply()>> {
      const auto found = std::ranges::find(draft.api_keys(), what.key, &api_key::id);
      if (found == draft.api_keys().end() || !found->is_alive(draft.now()))
        return fail(errc::not_found);
      if (what.if_match && !what.if_match->holds_for(shown(*found).etag))
        return fail(errc::precondition_failed);
      draft.remove_api_keys({what.key});
      return [] { return entity_reply{204, nullptr, {}, {}}; };
    });
}

caf::result<api_key_facts> user_state::handle(const check_api_key& what) {
  auto answer = hold_answer<api_key_facts>(self_);
  wait_for_load([this, what, answer](const std::optional<error>& failed) {
    if (failed && failed->code != errc::unauthorized) {
      answer->fail(*failed);
      return;
    }
    const auto* key = failed || phase_ == phase::gone || !data_.person.is_active ? nullptr : find_live_key(what.key);
    if (key == nullptr || !auth::is_same_secret(key->hash, what.presented)) {
      answer->fail({errc::unauthorized, "this API key is not valid"});
      return;
    }
    count_as_used();
    answer->deliver(api_key_facts{key->scopes, data_.person.role, key->expires_at});
  });
  return caf::delegated<api_key_facts>{};
}

void user_state::note_use(const api_key_id& id) {
  const auto at = now();
  const auto* key = find_live_key(id);
  if (key == nullptr)
    return;  // it has expired since it was looked at
  const auto is_recent = [at](timestamp before) { return before <= at && at - before < api_key_use_grain; };
  const auto& stored = key->last_used_at;
  const auto noted = key_uses_.find(id);
  if ((stored && is_recent(*stored)) || (noted != key_uses_.end() && is_recent(noted->second)))
    return;
  key_uses_.insert_or_assign(id, at);
  self_->send(self_, api_key_used{id, at});  // behind the request, which may be a write itself
}

void user_state::handle(const api_key_used& what) {
  write_operation operation;
  operation.is_internal = true;  // one per key and grain
  operation.decide = [what](user_draft& draft) -> result<continuation> {
    const auto found = std::ranges::find(draft.api_keys(), what.key, &api_key::id);
    if (found == draft.api_keys().end())
      return fail(errc::not_found, "the key was revoked meanwhile");
    auto used = *found;
    used.last_used_at = what.at;
    mark_changed(used, draft.now());
    ++used.revision;
    draft.put(used);
    return continuation{[] {}};
  };
  operation.refuse = [this](const error& failed) {
    spdlog::debug("user {}: the use of an API key was not stored: {}", to_string(user_), failed.detail);
  };
  submit(std::move(operation));
}

}  // namespace genesis
