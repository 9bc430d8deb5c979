#include "actors/kept_pages.hpp"
#include "actors/user_templates.hpp"

/// Lists of a person: first pages stay in memory, everything else is asked of storage.
namespace genesis {

namespace {

/// The key of a list that is asked for as it is; what a filter leaves of it is never kept.
template <class T>
std::optional<list_key<T>> key_unless(bool is_filtered, const list_key<T>& key = {}) {
  return is_filtered ? std::nullopt : std::optional<list_key<T>>{std::in_place, key};
}

}  // namespace

template <class T>
std::optional<page<T>> user_state::find_page(const list_key<T>& key, const page_query& query) {
  return pages_ ? pages_->find<T>(key, query) : std::nullopt;
}

template <class T>
void user_state::keep_page(
  const keep_permit& permit, const list_key<T>& key, const page_query& query, const page<T>& found) {
  if (!may_keep(permit) || query.after)
    return;
  if (!pages_)
    pages_ = std::make_unique<kept_pages>();
  pages_->keep<T>(key, query, found);
}

template <class T, class Q>
caf::result<page<T>> user_state::read_list(const credential& by, std::optional<list_key<T>> key, Q question) {
  return later<page<T>>(
    by, [this, key, question = std::move(question), was_here = is_here()](answer_ptr<page<T>> answer) {
      auto kept = key ? find_page<T>(*key, question.page) : std::nullopt;
      count_read(was_here && kept);
      if (kept)
        answer->deliver(std::move(*kept));
      else
        ask_list<T>(key, question, std::move(answer));
    });
}

template <class T, class Q>
void user_state::ask_list(const std::optional<list_key<T>>& key, Q question, answer_ptr<page<T>> answer) {
  const auto query = question.page;
  question.as_of = as_of_;
  ask_storage<Q, page<T>>(
    std::move(question), [this, key, query, permit = permit_to_keep(), answer](result<page<T>> found) {
      if (found && key)
        keep_page<T>(permit, *key, query, *found);
      answer->deliver(std::move(found));
    });
}

caf::result<page<conversation>> user_state::handle(const get_conversations& what) {
  return read_list<conversation>(what.by, key_unless<conversation>(what.archived != archived_filter::active),
    storage::list_conversations{user_, what.archived, what.page});
}

caf::result<page<message>> user_state::handle(const get_messages& what) {
  return later<page<message>>(what.by, [this, what](answer_ptr<page<message>> answer) {
    auto kept = find_page<message>(what.conversation, what.page);
    count_read(kept.has_value());
    if (kept) {
      answer->deliver(std::move(*kept));
      return;
    }
    // The conversation first: an empty page and a conversation that is not there differ.
    find_conversation(what.conversation, [this, what, answer](result<conversation> found) {
      if (found)
        ask_list<message>(
          std::optional{what.conversation}, storage::list_messages{user_, what.conversation, what.page}, answer);
      else
        answer->fail(found.error());
    });
  });
}

caf::result<page<progress_record>> user_state::handle(const get_progress_list& what) {
  return read_list<progress_record>(what.by, key_unless<progress_record>(what.from || what.until, what.metric),
    storage::list_progress{user_, what.metric, what.from, what.until, what.page});
}

template <class Plan>
caf::result<page<Plan>> user_state::handle(const get_plans<Plan>& what) {
  return read_list<Plan>(what.by, key_unless<Plan>(what.only_active || what.from || what.until),
    storage::list_plans<Plan>{user_, what.only_active, what.from, what.until, what.page});
}

caf::result<page<nutrition_log>> user_state::handle(const get_nutrition_logs& what) {
  return read_list<nutrition_log>(what.by, key_unless<nutrition_log>(what.from || what.to),
    storage::list_nutrition_logs{user_, what.from, what.to, what.page});
}

/// True when all the lists that are wanted are known: they are kept, or have just been loaded.
bool user_state::find_lists(const get_user_view& what, user_view& view) {
  static const storage::first_pages none;
  const auto& loaded = lists_just_loaded_ != nullptr ? *lists_just_loaded_ : none;
  const auto find = [&]<class T>(bool is_wanted, std::optional<page<T>>& into, const std::optional<page<T>>& known) {
    if (is_wanted)
      into = known ? known : find_page<T>({}, {});
    return !is_wanted || into;
  };
  return find(what.workout_plans, view.workout_plans, loaded.workout_plans) &&
         find(what.nutrition_plans, view.nutrition_plans, loaded.nutrition_plans) &&
         find(what.progress, view.progress, loaded.progress);
}

storage::first_page_limits user_state::limits_of(const get_user_view& what) noexcept {
  const auto wanted = [](bool is_wanted) { return is_wanted ? page_limit_default : 0; };
  return {wanted(what.workout_plans), wanted(what.nutrition_plans), wanted(what.progress)};
}

/// What somebody sees first comes with them; plans, which may be long, when they are asked for.
storage::first_page_limits user_state::lists_to_load() const noexcept {
  auto limits = limits_of(view_to_load_.value_or(get_user_view{}));
  limits.progress = limits.conversations = page_limit_default;
  return limits;
}

void user_state::keep_lists(const keep_permit& permit, const storage::first_pages& found) {
  const auto keep = [&]<class T>(const std::optional<page<T>>& list) {
    if (list)
      keep_page<T>(permit, {}, {}, *list);
  };
  keep(found.workout_plans);
  keep(found.nutrition_plans);
  keep(found.progress);
  keep(found.conversations);
}

storage::first_pages user_state::kept_lists() const {
  if (!pages_)
    return {};
  return {pages_->look<workout_plan>({}, {}), pages_->look<nutrition_plan>({}, {}),
    pages_->look<progress_record>({}, {}), pages_->look<conversation>({}, {})};
}

records_ptr user_state::kept_records() {
  auto all = find_page<progress_record>({}, {storage::coaching_records_max, std::nullopt, list_order::oldest_first});
  return all ? std::make_shared<const std::vector<progress_record>>(std::move(all->items)) : nullptr;
}

void user_state::show_lists(storage::first_pages found, user_view& view) {
  view.workout_plans = std::move(found.workout_plans);
  view.nutrition_plans = std::move(found.nutrition_plans);
  view.progress = std::move(found.progress);
}

/// What is in memory, and lists that are not with one question; of somebody who is not, both with one.
caf::result<user_view> user_state::handle(const get_user_view& what) {
  if (!is_here() && what.wants_lists())
    view_to_load_ = what;
  return later<user_view>(what.by, [this, what, was_here = is_here()](answer_ptr<user_view> answer) {
    user_view view;
    view.person = shown_person().body;
    if (what.preferences)
      view.preferences = shown_prefs().body;
    const bool is_complete = find_lists(what, view);
    count_read(was_here && is_complete);
    if (is_complete) {
      answer->deliver(std::move(view));
      return;
    }
    ask_storage<storage::load_first_pages, storage::first_pages>({user_, limits_of(what), as_of_},
      [this, view = std::move(view), permit = permit_to_keep(), answer](result<storage::first_pages> found) mutable {
        if (!found) {
          answer->fail(found.error());
          return;
        }
        keep_lists(permit, *found);
        show_lists(*std::move(found), view);
        answer->deliver(std::move(view));
      });
  });
}

template caf::result<page<workout_plan>> user_state::handle(const get_plans<workout_plan>&);
template caf::result<page<nutrition_plan>> user_state::handle(const get_plans<nutrition_plan>&);

}  // namespace genesis
