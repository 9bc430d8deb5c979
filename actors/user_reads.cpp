#include "actors/audit.hpp"
#include "actors/user_templates.hpp"

#include <algorithm>

namespace genesis {

caf::result<entity_reply> user_state::handle(const get_user& what) {
  if (is_here()) {
    if (auto no = admit(what.by))
      return to_caf(*no);
    count_read(/*is_from_memory=*/true);
    return shown_person();
  }
  return read_state<entity_reply>(
    what.by, [this](answer_ptr<entity_reply> answer) { answer->deliver(shown_person()); });
}

/// The role is the one of now, whatever an access token says that was issued before. What was looked at is written down
/// before it is shown.
caf::result<std::vector<known_person>> user_state::handle(const get_people& what) {
  using people = std::vector<known_person>;
  return later<people>(what.by, [this, what](answer_ptr<people> answer) {
    if (data_.person.role != user_role::admin) {
      answer->fail({errc::forbidden, "only an admin may look at other people"});
      return;
    }
    std::string ids;
    for (const auto& each : what.users)
      (ids += ids.empty() ? "" : " ") += to_string(each);
    audit("{} looks at the profiles of {} {}", to_string(user_), ids, what.log_ids);
    ask_storage<storage::find_people, people>(
      {what.users}, [answer](result<people> found) { answer->deliver(std::move(found)); });
  });
}

caf::result<entity_reply> user_state::handle(const get_preferences& what) {
  if (is_here()) {
    if (auto no = admit(what.by))
      return to_caf(*no);
    count_read(/*is_from_memory=*/true);
    return shown_prefs();
  }
  return read_state<entity_reply>(what.by, [this](answer_ptr<entity_reply> answer) { answer->deliver(shown_prefs()); });
}

caf::result<entity_reply> user_state::handle(const get_conversation& what) {
  return later<entity_reply>(what.by, [this, id = what.conversation](answer_ptr<entity_reply> answer) {
    count_read(find_conversation(id, [this, answer](result<conversation> found) {
      if (found)
        answer->deliver(shown(*found));
      else
        answer->fail(found.error());
    }));
  });
}

/// From memory, else from storage.
bool user_state::find_conversation(const conversation_id& id, std::function<void(result<conversation>)> then) {
  const auto kept = std::ranges::find(recent_, id, &conversation::id);
  if (kept != recent_.end()) {
    then(*kept);
    return true;
  }
  ask_storage<storage::find_conversation, conversation>(
    {user_, id}, [this, permit = permit_to_keep(), then = std::move(then)](result<conversation> found) {
      if (found && may_keep(permit))
        remember(*found);
      then(std::move(found));
    });
  return false;
}

caf::result<entity_reply> user_state::handle(const get_message& what) {
  return read<entity_reply, storage::find_message, message>(
    what.by, {user_, what.message}, [this](message& found) { return shown(found); });
}

/// Finds the best of everything that somebody wrote: no page of it is kept, and it counts as no read that could have
/// been answered from memory.
caf::result<page<found_message>> user_state::handle(const get_found_messages& what) {
  using found = page<found_message>;
  return later<found>(what.by, [this, what](answer_ptr<found> answer) {
    ask_storage<storage::search_messages, found>(
      {user_, what.query, what.page, as_of_}, [answer](result<found> listed) { answer->deliver(std::move(listed)); });
  });
}

}  // namespace genesis
