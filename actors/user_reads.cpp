#include "actors/user_templates.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

caf::result<entity_reply> user_state::handle(const get_user& what) {
  if (phase_ == phase::ready) {
    if (auto no = admit(what.by))
      return to_caf(*no);
    counters().l1_user_hits.add();
    return shown_person();
  }
  return later<entity_reply>(what.by, [this](answer_ptr<entity_reply> answer) { answer->deliver(shown_person()); });
}

/// What is in memory, and all lists with one question.
caf::result<user_view> user_state::handle(const get_user_view& what) {
  return later<user_view>(what.by, [this, what](answer_ptr<user_view> answer) {
    user_view view;
    view.person = shown_person().body;
    if (what.preferences)
      view.preferences = shown_prefs().body;
    if (!what.wants_lists()) {
      answer->deliver(std::move(view));
      return;
    }
    const auto wanted = [](bool is_wanted) { return is_wanted ? page_limit_default : 0; };
    ask_storage<storage::load_first_pages, storage::first_pages>(
      {user_, wanted(what.workout_plans), wanted(what.nutrition_plans), wanted(what.progress)},
      [what, view = std::move(view), answer](result<storage::first_pages> found) mutable {
        if (!found) {
          answer->fail(found.error());
          return;
        }
        if (what.workout_plans)
          view.workout_plans = std::move(found->workout_plans);
        if (what.nutrition_plans)
          view.nutrition_plans = std::move(found->nutrition_plans);
        if (what.progress)
          view.progress = std::move(found->progress);
        answer->deliver(std::move(view));
      });
  });
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
    spdlog::info("audit: {} looks at the profiles of {}", to_string(user_), ids);
    ask_storage<storage::find_people, people>(
      {what.users}, [answer](result<people> found) { answer->deliver(std::move(found)); });
  });
}

caf::result<entity_reply> user_state::handle(const get_preferences& what) {
  if (phase_ == phase::ready) {
    if (auto no = admit(what.by))
      return to_caf(*no);
    counters().l1_user_hits.add();
    return shown_prefs();
  }
  return later<entity_reply>(what.by, [this](answer_ptr<entity_reply> answer) { answer->deliver(shown_prefs()); });
}

caf::result<entity_reply> user_state::handle(const get_conversation& what) {
  return later<entity_reply>(what.by, [this, id = what.conversation](answer_ptr<entity_reply> answer) {
    find_conversation(id, [this, answer](result<conversation> found) {
      if (found)
        answer->deliver(shown(*found));
      else
        answer->fail(found.error());
    });
  });
}

/// From memory, else from storage; kept only if nothing was written since it was asked for: the row may have been read
/// before a change and arrive after it.
void user_state::find_conversation(const conversation_id& id, std::function<void(result<conversation>)> then) {
  const auto kept = std::ranges::find(recent_, id, &conversation::id);
  if (kept != recent_.end()) {
    counters().l1_user_hits.add();
    then(*kept);
    return;
  }
  counters().l1_user_misses.add();
  ask_storage<storage::find_conversation, conversation>({user_, id},
    [this, asked_at = generation_, is_quiet = !batch_, then = std::move(then)](result<conversation> found) {
      if (found && is_quiet && asked_at == generation_)
        remember(*found);
      then(std::move(found));
    });
}

caf::result<entity_reply> user_state::handle(const get_message& what) {
  return read<entity_reply, storage::find_message, message>(
    what.by, {user_, what.message}, [this](message& found) { return shown(found); });
}

caf::result<page<conversation>> user_state::handle(const get_conversations& what) {
  return read<page<conversation>, storage::list_conversations, page<conversation>>(
    what.by, {user_, what.archived, what.page}, [](page<conversation>& found) { return std::move(found); });
}

caf::result<page<message>> user_state::handle(const get_messages& what) {
  return later<page<message>>(what.by, [this, what](answer_ptr<page<message>> answer) {
    // The conversation first: an empty page and a conversation that is not there differ.
    find_conversation(what.conversation, [this, what, answer](result<conversation> found) {
      if (!found) {
        answer->fail(found.error());
        return;
      }
      ask_storage<storage::list_messages, page<message>>({user_, what.conversation, what.page},
        [answer](result<page<message>> listed) { answer->deliver(std::move(listed)); });
    });
  });
}

caf::result<page<found_message>> user_state::handle(const get_found_messages& what) {
  return read<page<found_message>, storage::search_messages, page<found_message>>(
    what.by, {user_, what.query, what.page}, [](page<found_message>& found) { return std::move(found); });
}

caf::result<page<progress_record>> user_state::handle(const get_progress_list& what) {
  return read<page<progress_record>, storage::list_progress, page<progress_record>>(what.by,
    {user_, what.metric, what.from, what.until, what.page},
    [](page<progress_record>& found) { return std::move(found); });
}

}  // namespace genesis
