#include "storage/item_row.hpp"
#include "storage/paging.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>
#include <tuple>

namespace genesis::storage {

namespace {

/// Whether an owner of this epoch may have what stands behind the fence.
result<std::int64_t> version_behind(const std::optional<fence_row>& fence, std::int64_t epoch) {
  if (!fence)
    return fail(errc::not_found);
  if (fence->epoch != epoch)
    return fail(errc::fenced);
  return fence->version;
}

/// Rows to ask for when this many items are wanted, if any.
std::int64_t rows_for_first(std::int64_t wanted) {
  return wanted == 0 ? 0 : rows_for({wanted, std::nullopt, list_order::newest_first});
}

/// Puts together what one statement says of several lists, newest first: the parts of a union come in no promised
/// order.
class pages_parts {
public:
  void add(item_row&& row) {
    if (row.is(item_kind::workout_plan))
      workouts_.push_back(item_from<workout_plan>(std::move(row)));
    else if (row.is(item_kind::nutrition_plan))
      nutritions_.push_back(item_from<nutrition_plan>(std::move(row)));
    else if (row.is(item_kind::progress))
      records_.push_back(item_from<progress_record>(std::move(row)));
    else if (row.is(item_kind::conversation))
      conversations_.push_back(item_from<conversation>(std::move(row)));
  }

  first_pages take(const first_page_limits& limits) {
    return {newest(std::move(workouts_), limits.workout_plans, &workout_plan::created_at),
      newest(std::move(nutritions_), limits.nutrition_plans, &nutrition_plan::created_at),
      newest(std::move(records_), limits.progress, &progress_record::recorded_at),
      newest(std::move(conversations_), limits.conversations, &conversation::created_at)};
  }

private:
  template <class T, class Key>
  static std::optional<page<T>> newest(std::vector<T> rows, std::int64_t wanted, Key T::* key) {
    if (wanted == 0)
      return std::nullopt;
    std::ranges::sort(rows, [&](const T& a, const T& b) { return std::tie(a.*key, a.id) > std::tie(b.*key, b.id); });
    return page_from(std::move(rows), page_query{wanted, std::nullopt, list_order::newest_first});
  }

  std::vector<workout_plan> workouts_;
  std::vector<nutrition_plan> nutritions_;
  std::vector<progress_record> records_;
  std::vector<conversation> conversations_;
};

/// Puts together what one statement says of a person, so that all of it belongs to one version.
class snapshot_parts {
public:
  void add(person_row&& row) {
    if (row.fence) {
      fence_ = row.fence;
      person_ = std::move(row.person);
      prefs_ = std::move(row.prefs);
    } else if (row.item.is(item_kind::session)) {
      found_.sessions.push_back(item_from<session>(std::move(row.item)));
    } else if (row.item.is(item_kind::api_key)) {
      found_.api_keys.push_back(item_from<api_key>(std::move(row.item)));
    } else {
      listed_.add(std::move(row.item));
    }
  }

  /// For an owner of this epoch.
  result<user_snapshot> take(std::int64_t epoch, std::int64_t timeline, const first_page_limits& limits) {
    const auto version = version_behind(fence_, epoch);
    if (!version)
      return std::unexpected(version.error());
    if (!person_ || !prefs_)
      return fail(errc::internal, "a person's rows are incomplete");
    found_.version = *version;
    found_.timeline = timeline;
    found_.person = *std::move(person_);
    found_.prefs = *std::move(prefs_);
    // The parts of a union come in no promised order.
    std::ranges::sort(found_.sessions, {}, &session::id);
    std::ranges::sort(found_.api_keys, {}, &api_key::id);
    found_.lists = listed_.take(limits);
    return std::move(found_);
  }

private:
  user_snapshot found_;
  std::optional<fence_row> fence_;
  std::optional<genesis::user> person_;
  std::optional<preferences> prefs_;
  pages_parts listed_;
};

result<user_snapshot> read_snapshot(
  connection& database, const user_id& user, std::int64_t epoch, const first_page_limits& limits) {
  snapshot_parts parts;
  const auto read = [&](statement_id statement, const auto&... plans) {
    for (auto& each : database.rows<person_row>(statement, user, user, user, user, rows_for_first(limits.progress),
           user, rows_for_first(limits.conversations), plans...))
      parts.add(std::move(each));
  };
  if (limits.workout_plans == 0 && limits.nutrition_plans == 0)
    read(statement_id::select_person);
  else
    read(statement_id::select_person_with_plans, user, rows_for_first(limits.workout_plans), user,
      rows_for_first(limits.nutrition_plans));
  return parts.take(epoch, database.backend().timeline(), limits);
}

template <class T>
result<T> found_or_not(std::optional<T> row) {
  if (!row)
    return fail(errc::not_found);
  return std::move(*row);
}

}  // namespace

result<user_snapshot> sql_store::answer(const load_user& question) {
  const auto read = [&] { return read_snapshot(*database_, question.user, question.epoch, question.limits); };
  if (!question.raise_fence)
    return attempt(read);
  auto loaded = attempt([&] {
    database_->execute(statement_id::begin_write);
    database_->execute(statement_id::raise_fence_for_reload, question.user, question.epoch);
    return read();
  });
  if (!loaded) {
    database_->abandon();
    return loaded;
  }
  if (const auto committed = commit(); !committed)
    return std::unexpected(committed.error());
  return loaded;
}

result<std::optional<user_snapshot>> sql_store::answer(const load_newer& question) {
  return attempt([&]() -> result<std::optional<user_snapshot>> {
    const auto fence = database_->row<fence_row>(statement_id::select_fence, question.user);
    const auto version = version_behind(fence, question.epoch);
    if (!version)
      return std::unexpected(version.error());
    if (*version == question.version && question.timeline == timeline())
      return std::nullopt;
    return read_snapshot(*database_, question.user, question.epoch, question.limits);
  });
}

result<first_pages> sql_store::answer(const load_first_pages& question) {
  return attempt([&] {
    const auto& [user, limits, as_of] = question;
    pages_parts parts;
    for (auto& each : database_->rows<item_row>(statement_id::select_first_pages, user, rows_for_first(limits.progress),
           user, rows_for_first(limits.conversations), user, rows_for_first(limits.workout_plans), user,
           rows_for_first(limits.nutrition_plans)))
      parts.add(std::move(each));
    return parts.take(limits);
  });
}

result<credentials> sql_store::answer(const find_credentials& question) {
  return attempt([&] {
    return found_or_not(database_->row<credentials>(statement_id::select_credentials_by_email, question.email));
  });
}

result<credentials> sql_store::answer(const find_credentials_of& question) {
  return attempt(
    [&] { return found_or_not(database_->row<credentials>(statement_id::select_credentials_by_id, question.user)); });
}

result<session_id> sql_store::answer(const find_used_refresh_token& question) {
  return attempt([&] {
    return found_or_not(database_->row<session_id>(statement_id::select_refresh_token, question.user, question.hash));
  });
}

result<invitation> sql_store::answer(const find_invitation& question) {
  return attempt(
    [&] { return found_or_not(database_->row<invitation>(statement_id::select_invitation, question.hash)); });
}

result<bool> sql_store::answer(const put_invitation& change) {
  const auto replaced = attempt([&] {
    database_->execute(statement_id::begin_write);
    const auto before = database_->row<invitation>(statement_id::select_invitation_of_address, change.value.email);
    database_->execute(statement_id::upsert_invitation, change.value);
    return before && before->expires_at > change.value.created_at;
  });
  if (!replaced) {
    database_->abandon();
    return std::unexpected(replaced.error());
  }
  if (const auto committed = commit(); !committed)
    return std::unexpected(committed.error());
  return *replaced;
}

result<std::vector<user_id>> sql_store::answer(const recently_active_users& question) {
  return attempt([&] { return database_->rows<user_id>(statement_id::select_recently_active_users, question.limit); });
}

result<page<user>> sql_store::answer(const list_users& question) {
  return attempt([&] {
    const auto start = start_of(question.page);
    const auto id = question.page.order == list_order::newest_first ? statement_id::list_users_newest_first
                                                                    : statement_id::list_users_oldest_first;
    return page_from(database_->rows<user>(id, start.key, start.id, rows_for(question.page)), question.page);
  });
}

result<std::vector<known_person>> sql_store::answer(const find_people& question) {
  if (question.users.size() > people_per_question_max)
    return fail(errc::invalid_argument, "too many people in one question");
  std::vector<std::string> ids;
  ids.reserve(question.users.size());
  for (const auto& each : question.users)
    ids.push_back(to_string(each));
  return attempt([&] {
    auto found = database_->rows<known_person>(statement_id::select_people, ids);
    std::ranges::sort(found, {}, [](const known_person& each) { return each.person.id; });
    return found;
  });
}

result<std::optional<idempotency_record>> sql_store::answer(const find_idempotency& question) {
  return attempt([&] {
    return database_->row<idempotency_record>(statement_id::select_idempotency_key, question.user, question.key);
  });
}

result<std::vector<std::string>> sql_store::answer(const list_idempotency_keys& question) {
  return attempt(
    [&] { return database_->rows<std::string>(statement_id::list_idempotency_keys, question.user, question.limit); });
}

}  // namespace genesis::storage
