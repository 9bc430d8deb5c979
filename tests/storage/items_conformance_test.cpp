#include "tests/storage/store_conformance.hpp"

#include <gmock/gmock.h>

#include <algorithm>

/// Plans and the food diary, in every store.
namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <class T>
T made(std::uint32_t number) {
  if constexpr (std::same_as<T, workout_plan>)
    return plain_workout_plan(number);
  else if constexpr (std::same_as<T, nutrition_plan>)
    return plain_nutrition_plan(number);
  else
    return log_of(number, 20'000);
}

template <class T>
T made_active(std::uint32_t number) {
  auto what = made<T>(number);
  what.is_active = true;
  return what;
}

/// Runs `check` for each kind.
template <class Check>
void for_each_plan(const Check& check) {
  check(workout_plan{});
  check(nutrition_plan{});
}
template <class Check>
void for_each_item(const Check& check) {
  for_each_plan(check);
  check(nutrition_log{});
}

TEST_P(Store, KeepsEveryFieldOfPlansAndLogs) {
  const auto workout = full_workout_plan(1);
  const auto nutrition = full_nutrition_plan(1);
  const auto log = full_log(1);
  ASSERT_TRUE(write(ann_, 1,
    {put_item<workout_plan>{workout}, put_item<nutrition_plan>{nutrition}, put_item<nutrition_log>{log},
      put_item<workout_plan>{plain_workout_plan(2)}, put_item<nutrition_plan>{plain_nutrition_plan(2)},
      put_item<nutrition_log>{log_of(2, -1)}}));

  EXPECT_EQ(*store_->answer(find_item<workout_plan>{ann_, workout.id}), workout);
  EXPECT_EQ(*store_->answer(find_item<nutrition_plan>{ann_, nutrition.id}), nutrition);
  EXPECT_EQ(*store_->answer(find_item<nutrition_log>{ann_, log.id}), log);
  EXPECT_EQ(*store_->answer(find_item<workout_plan>{ann_, plain_workout_plan(2).id}), plain_workout_plan(2));
  EXPECT_EQ(*store_->answer(find_item<nutrition_plan>{ann_, plain_nutrition_plan(2).id}), plain_nutrition_plan(2));
  EXPECT_EQ(*store_->answer(find_item<nutrition_log>{ann_, log_of(2, -1).id}), log_of(2, -1));
}

TEST_P(Store, ReplacesEveryFieldOfPlansAndLogs) {
  ASSERT_TRUE(write(ann_, 1,
    {put_item<workout_plan>{plain_workout_plan(1)}, put_item<nutrition_plan>{plain_nutrition_plan(1)},
      put_item<nutrition_log>{log_of(1, 5)}}));
  ASSERT_TRUE(write(ann_, 2,
    {put_item<workout_plan>{full_workout_plan(1)}, put_item<nutrition_plan>{full_nutrition_plan(1)},
      put_item<nutrition_log>{full_log(1)}}));
  EXPECT_EQ(*store_->answer(find_item<workout_plan>{ann_, full_workout_plan(1).id}), full_workout_plan(1));
  EXPECT_EQ(*store_->answer(find_item<nutrition_plan>{ann_, full_nutrition_plan(1).id}), full_nutrition_plan(1));
  EXPECT_EQ(*store_->answer(find_item<nutrition_log>{ann_, full_log(1).id}), full_log(1));
}

TEST_P(Store, KeepsItemsToTheirOwner) {
  std::int64_t version = 1;
  for_each_item([&]<class T>(const T&) {
    const auto anns = made<T>(1);
    ASSERT_TRUE(write(ann_, version, {put_item<T>{anns}}));
    ASSERT_TRUE(write(bob_, version, {remove_item<T>{anns.id}}));
    EXPECT_EQ(code_of(store_->answer(find_item<T>{bob_, anns.id})), errc::not_found);
    EXPECT_EQ(*store_->answer(find_item<T>{ann_, anns.id}), anns) << "somebody else cannot remove it";
    ++version;
  });
  EXPECT_THAT(store_->answer(list_plans<workout_plan>{bob_})->items, IsEmpty());
  EXPECT_THAT(store_->answer(list_plans<nutrition_plan>{bob_})->items, IsEmpty());
  EXPECT_THAT(store_->answer(list_nutrition_logs{bob_})->items, IsEmpty());
}

TEST_P(Store, RemovesItemsAndThoseOfAPersonWhoGoes) {
  std::int64_t version = 1;
  for_each_item([&]<class T>(const T&) {
    ASSERT_TRUE(write(ann_, version++, {put_item<T>{made<T>(1)}, put_item<T>{made<T>(2)}}));
    ASSERT_TRUE(write(ann_, version++, {remove_item<T>{made<T>(1).id}}));
    EXPECT_EQ(code_of(store_->answer(find_item<T>{ann_, made<T>(1).id})), errc::not_found);
    EXPECT_TRUE(store_->answer(find_item<T>{ann_, made<T>(2).id}));
  });
  ASSERT_TRUE(write(ann_, version, {remove_user{}}));
  for_each_item(
    [&]<class T>(const T&) { EXPECT_EQ(code_of(store_->answer(find_item<T>{ann_, made<T>(2).id})), errc::not_found); });
  add_person(*store_, 1);
  EXPECT_THAT(store_->answer(list_plans<workout_plan>{ann_})->items, IsEmpty());
  EXPECT_THAT(store_->answer(list_nutrition_logs{ann_})->items, IsEmpty());
}

TEST_P(Store, RefusesASecondActivePlanOfAKind) {
  std::int64_t version = 1;
  std::int64_t bobs_version = 1;
  for_each_plan([&]<class T>(const T&) {
    ASSERT_TRUE(write(ann_, version++, {put_item<T>{made_active<T>(1)}, put_item<T>{made<T>(2)}}));
    ASSERT_TRUE(write(bob_, bobs_version++, {put_item<T>{made_active<T>(9)}})) << "one for each person";
    EXPECT_EQ(code_of(write(ann_, version, {put_item<T>{made_active<T>(2)}})), errc::conflict);
    EXPECT_EQ(code_of(write(ann_, version, {put_item<T>{made_active<T>(3)}})), errc::conflict);
    EXPECT_TRUE(write(ann_, version++, {put_item<T>{made<T>(1)}, put_item<T>{made_active<T>(2)}}))
      << "the other one was put to rest before";
    EXPECT_EQ(store_->answer(find_plan_standing<T>{ann_})->active, made_active<T>(2));
  });
}

TEST_P(Store, TellsHowAPersonStandsWithTheirPlans) {
  std::int64_t version = 1;
  for_each_plan([&]<class T>(const T&) {
    EXPECT_EQ(*store_->answer(find_plan_standing<T>{ann_}), plan_standing<T>{});
    ASSERT_TRUE(write(bob_, version, {put_item<T>{made_active<T>(9)}}));
    ASSERT_TRUE(write(ann_, version++, {put_item<T>{made<T>(1)}, put_item<T>{made<T>(2)}}));
    EXPECT_EQ(*store_->answer(find_plan_standing<T>{ann_}), (plan_standing<T>{2, std::nullopt}));
    EXPECT_EQ(*store_->answer(find_plan_standing<T>{bob_}), (plan_standing<T>{1, made_active<T>(9)}));
    EXPECT_EQ(*store_->answer(find_plan_standing<T>{id_of<user_id>(77)}), plan_standing<T>{}) << "nobody";
  });
}

TEST_P(Store, ListsPlansOfAPeriodAndTheActiveOneAlone) {
  std::int64_t version = 1;
  for_each_plan([&]<class T>(const T&) {
    std::vector<mutation> rows;
    for (std::uint32_t i = 1; i <= 6; ++i) {
      auto each = i == 4 ? made_active<T>(i) : made<T>(i);
      each.created_at = at_ms(100 * i);
      rows.emplace_back(put_item<T>{each});
    }
    ASSERT_TRUE(write(ann_, version++, rows));
    for (const auto order : {list_order::newest_first, list_order::oldest_first}) {
      list_plans<T> question{
        .user = ann_, .from = at_ms(200), .until = at_ms(500), .page = {page_limit_default, std::nullopt, order}};
      auto found = ids_of(store_->answer(question)->items);
      if (order == list_order::newest_first)
        std::ranges::reverse(found);
      EXPECT_THAT(found, ElementsAre(made<T>(2).id, made<T>(3).id, made<T>(4).id));
      question.only_active = true;
      EXPECT_THAT(ids_of(store_->answer(question)->items), ElementsAre(made<T>(4).id));
      question.until = at_ms(400);
      EXPECT_THAT(store_->answer(question)->items, IsEmpty());
    }
  });
}

TEST_P(Store, ListsTheFoodDiaryOfAPeriodWithBothItsDays) {
  std::vector<mutation> rows;
  for (std::uint32_t i = 1; i <= 6; ++i)
    rows.emplace_back(put_item<nutrition_log>{log_of(i, 19'998 + static_cast<int>(i))});
  ASSERT_TRUE(write(ann_, 1, rows));
  const auto id = id_of<nutrition_log_id>;
  for (const auto order : {list_order::newest_first, list_order::oldest_first}) {
    const auto listed = [&](std::optional<int> from, std::optional<int> to) {
      list_nutrition_logs question{.user = ann_, .page = {page_limit_default, std::nullopt, order}};
      if (from)
        question.from = day_at(*from);
      if (to)
        question.to = day_at(*to);
      auto found = ids_of(store_->answer(question)->items);
      if (order == list_order::newest_first)
        std::ranges::reverse(found);
      return found;
    };
    EXPECT_THAT(listed(20'000, 20'002), ElementsAre(id(2), id(3), id(4)));
    EXPECT_THAT(listed(20'003, std::nullopt), ElementsAre(id(5), id(6)));
    EXPECT_THAT(listed(std::nullopt, 19'999), ElementsAre(id(1)));
    EXPECT_THAT(listed(20'002, 20'001), IsEmpty());
    EXPECT_EQ(listed(std::nullopt, std::nullopt).size(), 6u);
  }
}

TEST_P(Store, PagesOfPlansAndLogsAreStableUnderInsertsWithEqualKeys) {
  for (const auto order : {list_order::newest_first, list_order::oldest_first}) {
    store_under_test fresh(GetParam());
    const auto who = add_person(*fresh, 1);
    std::vector<mutation> rows;
    std::vector<uuid> expected;
    for (std::uint32_t i = 1; i <= 9; ++i) {  // three share each moment, and each day
      const auto key = 1'000 + (i - 1) / 3;
      rows.emplace_back(put_item<workout_plan>{plain_workout_plan(100 * i, key)});
      rows.emplace_back(put_item<nutrition_plan>{plain_nutrition_plan(100 * i, key)});
      rows.emplace_back(put_item<nutrition_log>{log_of(100 * i, static_cast<int>(key))});
      expected.push_back(id_of<workout_plan_id>(100 * i).value);
    }
    ASSERT_TRUE(write_alone(*fresh, batch_of(who, 1, rows)));
    if (order == list_order::newest_first)
      std::ranges::reverse(expected);

    std::int64_t version = 2;
    std::uint32_t next = 1;
    const auto insert_on_both_ends = [&] {
      const int behind_us = order == list_order::newest_first ? 5'000 : 0;
      ASSERT_TRUE(write_alone(*fresh, batch_of(who, version++,
                                        {put_item<workout_plan>{plain_workout_plan(next, behind_us)},
                                          put_item<nutrition_plan>{plain_nutrition_plan(next, behind_us)},
                                          put_item<nutrition_log>{log_of(next, behind_us)}})));
      ++next;
    };
    const page_query page{2, std::nullopt, order};
    EXPECT_EQ(read_all(*fresh, list_plans<workout_plan>{.user = who, .page = page}, insert_on_both_ends), expected);
    next = 50;
    const list_plans<nutrition_plan> period{.user = who, .from = at_ms(1'000), .until = at_ms(2'000), .page = page};
    EXPECT_EQ(read_all(*fresh, period, insert_on_both_ends), expected);
    next = 90;
    const list_nutrition_logs logs{.user = who, .from = day_at(1'000), .to = day_at(2'000), .page = page};
    EXPECT_EQ(read_all(*fresh, logs, insert_on_both_ends), expected);
  }
}

/// Four of each that stands in a first page, some of them made at the same moment.
std::vector<mutation> four_of_each() {
  std::vector<mutation> rows;
  for (std::uint32_t i = 1; i <= 4; ++i) {
    rows.emplace_back(put_item<workout_plan>{i == 2 ? full_workout_plan(i) : plain_workout_plan(i, 100 + i / 2)});
    rows.emplace_back(put_item<nutrition_plan>{i == 2 ? full_nutrition_plan(i) : plain_nutrition_plan(i, 100 + i / 2)});
    rows.emplace_back(put_progress{record_of(i, 100 + i / 2)});
    rows.emplace_back(put_conversation{conversation_of(i, 100 + i / 2)});
  }
  auto archived = conversation_of(5, 101);
  archived.is_archived = true;
  rows.emplace_back(put_conversation{archived});
  return rows;
}

TEST_P(Store, LoadsTheFirstPagesOfSeveralListsAtOnce) {
  ASSERT_TRUE(write(ann_, 1, four_of_each()));
  ASSERT_TRUE(write(bob_, 1, {put_item<workout_plan>{plain_workout_plan(9)}, put_progress{record_of(9, 1)}}));

  const auto found = store_->answer(load_first_pages{ann_, {2, 4, 3, 3}});
  ASSERT_TRUE(found) << found.error().detail;
  const auto expect_listed = [&](const auto& list, auto question, std::int64_t limit) {
    question.page.limit = limit;
    const auto listed = *store_->answer(question);
    ASSERT_TRUE(list);
    EXPECT_EQ(list->items, listed.items);
    EXPECT_EQ(list->has_more, listed.has_more);
    EXPECT_EQ(list->has_more, limit < 4);
  };
  expect_listed(found->workout_plans, list_plans<workout_plan>{.user = ann_}, 2);
  expect_listed(found->nutrition_plans, list_plans<nutrition_plan>{.user = ann_}, 4);
  expect_listed(found->progress, list_progress{.user = ann_}, 3);
  expect_listed(found->conversations, list_conversations{.user = ann_}, 3);

  const auto alone = store_->answer(load_first_pages{ann_, {0, 0, 1, 0}});
  ASSERT_TRUE(alone);
  EXPECT_FALSE(alone->workout_plans);
  EXPECT_FALSE(alone->nutrition_plans);
  EXPECT_FALSE(alone->conversations);
  EXPECT_EQ(alone->progress->items.size(), 1u);
}

TEST_P(Store, LoadsAPersonWithTheirFirstPagesAsOneByOne) {
  auto rows = four_of_each();
  auto person = full_user(3);
  ASSERT_TRUE(write(person.id, 0, {create_user{person, full_preferences(), "hash"}}));
  rows.emplace_back(put_session{session_of(1)});
  rows.emplace_back(put_session{session_of(2)});
  rows.emplace_back(put_api_key{api_key_of(1)});
  ASSERT_TRUE(write(person.id, 1, rows));

  const auto expect_same = [](const auto& found, const auto& listed) {
    ASSERT_EQ(found.has_value(), listed.has_value());
    if (found) {
      EXPECT_EQ(found->items, listed->items);
      EXPECT_EQ(found->has_more, listed->has_more);
    }
  };
  const auto expect_like = [&](const user_id& who, const first_page_limits& limits) {
    const auto known = store_->answer(load_user{who});
    const auto listed = store_->answer(load_first_pages{who, limits});
    const auto newer = store_->answer(load_newer{who, 1, 0, store_->timeline(), limits});
    const auto raised = store_->answer(load_user{who, 1, true, limits});
    const auto whole = store_->answer(load_user{who, 1, false, limits});
    ASSERT_TRUE(known && listed && newer && *newer && raised && whole);
    EXPECT_FALSE(known->lists.progress);
    EXPECT_EQ((*newer)->version, known->version);
    EXPECT_EQ(raised->version, known->version + 1);
    EXPECT_EQ(whole->version, known->version + 1);
    for (const auto& found : {**newer, *raised, *whole}) {
      EXPECT_EQ(found.person, known->person);
      EXPECT_EQ(found.prefs, known->prefs);
      EXPECT_EQ(found.sessions, known->sessions);
      EXPECT_EQ(found.api_keys, known->api_keys);
      EXPECT_EQ(found.timeline, known->timeline);
      expect_same(found.lists.workout_plans, listed->workout_plans);
      expect_same(found.lists.nutrition_plans, listed->nutrition_plans);
      expect_same(found.lists.progress, listed->progress);
      expect_same(found.lists.conversations, listed->conversations);
    }
  };
  expect_like(person.id, {2, 4, 3, 2});
  expect_like(person.id, {0, 0, 1, 0});
  expect_like(ann_, {20, 20, 20, 20});  // who has nothing
  EXPECT_EQ(code_of(store_->answer(load_user{person.id, 2, false, {1, 1, 1, 1}})), errc::fenced);
  EXPECT_EQ(code_of(store_->answer(load_user{id_of<user_id>(77), 1, false, {1, 1, 1, 1}})), errc::not_found);
}

TEST_P(Store, FindsPeopleWithTheirPreferences) {
  auto person = full_user(3);
  auto prefs = full_preferences();
  ASSERT_TRUE(write(person.id, 0, {create_user{person, prefs, "hash"}}));
  prefs.owner = person.id;
  const auto found = store_->answer(find_people{{person.id, id_of<user_id>(77), ann_}});
  ASSERT_TRUE(found) << found.error().detail;
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ((*found)[0].person, plain_user(1));
  EXPECT_EQ((*found)[0].prefs.owner, ann_);
  EXPECT_EQ((*found)[1], (known_person{person, prefs}));
  EXPECT_THAT(*store_->answer(find_people{{}}), IsEmpty());
  EXPECT_EQ(
    code_of(store_->answer(find_people{std::vector(people_per_question_max + 1, ann_)})), errc::invalid_argument);
}

}  // namespace
}  // namespace genesis::storage
