#include "actors/user_templates.hpp"

#include <algorithm>

namespace genesis {

namespace {

using shown_later = result<std::function<entity_reply()>>;

/// When a value that the person sets in the profile was measured: now, or just behind a record that is dated later.
/// Records may be a day ahead, and whoever sets their weight must see it, not that record. The bound holds here too; at
/// the very bound the younger id wins.
timestamp moment_of_setting(const user_draft& draft, progress_metric metric) {
  const auto newest = draft.newest(metric);
  if (!newest || newest->recorded_at < draft.now())
    return draft.now();
  return std::min<timestamp>(newest->recorded_at + std::chrono::milliseconds{1}, draft.now() + progress_ahead_max);
}

void add_measurement(user_draft& draft, user& person, uuid_source& ids, progress_metric metric, double value) {
  progress_record record;
  record.id = ids.next_id<progress_id>(draft.now());
  record.metric = metric;
  record.value = value;
  record.recorded_at = moment_of_setting(draft, metric);
  record.source = progress_source::profile;
  record.created_at = record.updated_at = draft.now();
  draft.store(record);
  (metric == progress_metric::weight_kg ? person.weight_kg : person.body_fat_pct) = draft.newest(metric);
}

}  // namespace

caf::result<entity_reply> user_state::handle(const patch_user& what) {
  write_needs needs;
  if (what.changes.weight_kg)
    needs.latest.push_back(progress_metric::weight_kg);
  if (what.changes.body_fat_pct)
    needs.latest.push_back(progress_metric::body_fat_pct);
  return write<entity_reply>(what.by, std::move(needs), [this, what](user_draft& draft) -> shown_later {
    if (auto no = unmet(what.if_match, tag_of(user_.value, draft.person().revision)))
      return std::unexpected(*no);
    auto person = draft.person();
    apply(what.changes, person);
    if (what.changes.weight_kg)
      add_measurement(draft, person, *ids_, progress_metric::weight_kg, *what.changes.weight_kg);
    if (what.changes.body_fat_pct)
      add_measurement(draft, person, *ids_, progress_metric::body_fat_pct, *what.changes.body_fat_pct);
    return [this, changed = draft.change(std::move(person))] {
      return entity_reply{200, std::make_shared<const std::string>(services_->encode.user_body(changed)),
        tag_of(user_.value, changed.revision), {}};
    };
  });
}

caf::result<entity_reply> user_state::handle(const replace_preferences& what) {
  return write<entity_reply>(what.by, {}, [this, what](user_draft& draft) -> shown_later {
    auto faults = what.faults;
    for (auto& each : changed_read_only(what.carried, draft.prefs()))
      add_fault(faults, std::move(each));
    if (!faults.empty())
      return fail(std::move(faults));
    if (auto no = unmet(what.if_match, tag_of(user_.value, draft.prefs().revision, 'p')))
      return std::unexpected(*no);
    return [this, changed = draft.change(what.value)] {
      return entity_reply{200, std::make_shared<const std::string>(services_->encode.preferences_body(changed)),
        tag_of(user_.value, changed.revision, 'p'), {}};
    };
  });
}

caf::result<entity_reply> user_state::handle(const delete_user& what) {
  return write<entity_reply>(what.session, {}, [this, what](user_draft& draft) -> shown_later {
    if (auto no = unmet(what.if_match, tag_of(user_.value, draft.person().revision)))
      return std::unexpected(*no);
    draft.remove_person();
    return [this] {
      abandon_runs(std::nullopt);
      return entity_reply{204, nullptr, {}, {}};
    };
  });
}

caf::result<entity_reply> user_state::handle(const create_conversation& what) {
  return create(what.by, {.key = what.idempotency}, [this, what](user_draft& draft) -> result<entity_reply> {
    conversation made;
    made.id = ids_->next_id<conversation_id>(draft.now());
    made.title = what.title;
    made.agent = what.agent;
    made.created_at = made.updated_at = draft.now();
    draft.put(made);
    auto reply = shown(made);
    reply.status = 201;
    reply.location = services_->encode.conversation_location(made.id);
    return reply;
  });
}

caf::result<entity_reply> user_state::handle(const patch_conversation& what) {
  return write<entity_reply>(
    what.by, {.conversation = what.conversation}, [this, what](user_draft& draft) -> shown_later {
      auto found = draft.find(what.conversation);
      if (!found)
        return std::unexpected(found.error());
      if (auto no = unmet(what.if_match, tag_of(found->id.value, found->revision)))
        return std::unexpected(*no);
      if (what.title)
        found->title = *what.title;
      if (what.archived)
        found->is_archived = *what.archived;
      return [this, changed = draft.change(std::move(*found))] { return shown(changed); };
    });
}

caf::result<entity_reply> user_state::handle(const delete_conversation& what) {
  return write<entity_reply>(
    what.by, {.conversation = what.conversation}, [this, what](user_draft& draft) -> shown_later {
      const auto found = draft.find(what.conversation);
      if (!found)
        return std::unexpected(found.error());
      if (auto no = unmet(what.if_match, tag_of(found->id.value, found->revision)))
        return std::unexpected(*no);
      draft.remove(what.conversation);
      return [this, id = what.conversation] {
        abandon_runs(id);
        return entity_reply{204, nullptr, {}, {}};
      };
    });
}

caf::result<entity_reply> user_state::handle(const post_message& what) {
  return create(what.by, {.conversation = what.conversation, .key = what.idempotency},
    [this, what](user_draft& draft) -> result<entity_reply> {
      auto found = draft.find(what.conversation);
      if (!found)
        return std::unexpected(found.error());
      message made;
      made.id = ids_->next_id<message_id>(draft.now());
      made.conversation = found->id;
      made.seq = ++found->message_count;
      made.content = what.content;
      made.metadata_json = what.metadata_json;
      made.created_at = made.updated_at = draft.now();
      found->last_message_at = draft.now();
      if (!found->title)
        found->title = title_from(what.content);
      draft.change(std::move(*found));
      draft.add(storage::put_message{.value = made, .is_new = true});
      auto reply = shown(made);
      reply.status = 201;
      reply.location = services_->encode.message_location(made.id);
      return reply;
    });
}

caf::result<entity_reply> user_state::handle(const create_progress& what) {
  write_needs needs{.key = what.idempotency};
  if (is_shown_by_profile(what.metric))
    needs.latest.push_back(what.metric);
  return create(what.by, std::move(needs), [this, what](user_draft& draft) -> result<entity_reply> {
    progress_record made;
    made.id = ids_->next_id<progress_id>(draft.now());
    made.metric = what.metric;
    made.value = what.value;
    made.recorded_at = what.recorded_at.value_or(draft.now());
    made.note = what.note;
    made.created_at = made.updated_at = draft.now();
    draft.put(made);
    return shown_as_made(made);
  });
}

}  // namespace genesis
