#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

workout_plan named(std::string name, bool is_active = false) {
  workout_plan made;
  made.name = std::move(name);
  made.is_active = is_active;
  return made;
}

template <class T>
decltype(T::id) id_in(const entity_reply& created) {
  return *decltype(T::id)::parse(created.location.substr(created.location.rfind('/') + 1));
}

}  // namespace

/// Plans and the food diary at their owner.
class UserItems : public ActorTest {
protected:
  template <class Q>
  result<entity_reply> tell(Q question) {
    return world.get_from_owner<entity_reply>(ann.id, std::move(question));
  }
  result<entity_reply> make(workout_plan value, std::optional<idempotency_key> key = std::nullopt) {
    return tell(create_item<workout_plan>{ann.session, std::move(value), std::move(key)});
  }
  /// The plan's id.
  workout_plan_id made(std::string name, bool is_active = false) {
    const auto reply = make(named(std::move(name), is_active));
    EXPECT_TRUE(reply);
    return id_in<workout_plan>(*reply);
  }
  result<entity_reply> activate(const workout_plan_id& id, bool is_active = true) {
    patch_item<workout_plan> what{ann.session, id, {}, std::nullopt, {}};
    what.changes.is_active = is_active;
    return tell(what);
  }
  const workout_plan& stored(const workout_plan_id& id) { return world.stored(ann).workout_plans.at(id); }
  /// Puts plans into the store, as if they had been made long ago.
  std::vector<workout_plan_id> given_plans(std::int64_t count) {
    std::vector<workout_plan_id> ids;
    for (std::int64_t i = 0; i < count; ++i) {
      auto each = named("Old");
      each.id.value.bytes[14] = static_cast<std::uint8_t>(i >> 8);
      each.id.value.bytes[15] = static_cast<std::uint8_t>(i);
      world.stored(ann).workout_plans.emplace(each.id, each);
      ids.push_back(each.id);
    }
    return ids;
  }
};

TEST_F(UserItems, MakesAPlanWithItsPlaceTagAndTimes) {
  const auto reply = make(named("Legs", true));
  ASSERT_TRUE(reply);
  const auto id = id_in<workout_plan>(*reply);
  EXPECT_EQ(reply->status, 201);
  EXPECT_EQ(reply->location, "/workout-plans/" + to_string(id));
  EXPECT_EQ(*reply->body, "plan " + to_string(id) + " r1 active Legs");
  EXPECT_EQ(reply->etag, entity_tag(id.value, 1));
  EXPECT_EQ(stored(id).created_at, world.wall_time());
  EXPECT_EQ(*tell(get_item<workout_plan>{ann.session, id})->body, *reply->body);
}

TEST_F(UserItems, OneActivePlanTakesThePlaceOfAnother) {
  const auto first = made("First", true);
  const auto second = made("Second", true);
  EXPECT_FALSE(stored(first).is_active);
  EXPECT_EQ(stored(first).revision, 2) << "it is shown differently";
  EXPECT_TRUE(stored(second).is_active);
  ASSERT_TRUE(activate(first));
  EXPECT_TRUE(stored(first).is_active);
  EXPECT_EQ(stored(first).revision, 3);
  EXPECT_FALSE(stored(second).is_active);
  EXPECT_EQ(stored(second).revision, 2);
}

TEST_F(UserItems, ChangingTheActivePlanLeavesTheOthersAlone) {
  const auto resting = made("Resting");
  const auto active = made("Active", true);
  patch_item<workout_plan> what{ann.session, active, {}, std::nullopt, {}};
  what.changes.name = "Renamed";
  ASSERT_TRUE(tell(what));
  ASSERT_TRUE(activate(active)) << "it is active already";
  EXPECT_EQ(stored(active).revision, 2);
  EXPECT_EQ(stored(resting).revision, 1);
  ASSERT_TRUE(activate(active, false));
  EXPECT_FALSE(stored(active).is_active);
}

TEST_F(UserItems, KindsOfPlansAreActiveEachByItself) {
  const auto workout = made("Legs", true);
  nutrition_plan diet;
  diet.name = "Cut";
  diet.is_active = true;
  ASSERT_TRUE(tell(create_item<nutrition_plan>{ann.session, diet, std::nullopt}));
  EXPECT_TRUE(stored(workout).is_active);
  EXPECT_TRUE(world.stored(ann).nutrition_plans.begin()->second.is_active);
}

TEST_F(UserItems, PlansThatBecomeActiveInOneBatchEndWithTheLast) {
  const auto old = made("Old", true);
  const auto waiting = made("Waiting");
  std::vector<asked<entity_reply>> all;
  const auto ask = [&](auto question) { all.push_back(world.ask_owner<entity_reply>(ann.id, std::move(question))); };
  const auto batches = world.database->batches;
  for (int i = 0; i < 4; ++i)
    ask(create_item<workout_plan>{ann.session, named("New " + std::to_string(i), true), std::nullopt});
  patch_item<workout_plan> wake{ann.session, waiting, {}, std::nullopt, {}};
  wake.changes.is_active = true;
  ask(wake);
  ask(delete_item<workout_plan>{ann.session, old, std::nullopt});
  for (const auto& each : all)
    EXPECT_TRUE(world.wait_for<entity_reply>(each));
  EXPECT_LE(world.database->batches - batches, 2);
  const auto& plans = world.stored(ann).workout_plans;
  EXPECT_EQ(std::ranges::count_if(plans, [](const auto& each) { return each.second.is_active; }), 1);
  EXPECT_TRUE(stored(waiting).is_active) << "writes take effect in the order of arrival";
  EXPECT_FALSE(plans.contains(old));
}

TEST_F(UserItems, HoldsAtMostTwoHundredPlansOfAKind) {
  const auto ids = given_plans(plans_per_user_max - 1);
  ASSERT_TRUE(make(named("The last")));
  EXPECT_CODE(make(named("One too many")), errc::conflict);
  ASSERT_TRUE(tell(create_item<nutrition_plan>{ann.session, {}, std::nullopt})) << "another kind";
  ASSERT_TRUE(tell(delete_item<workout_plan>{ann.session, ids[0], std::nullopt}));
  EXPECT_TRUE(make(named("In its place")));
}

TEST_F(UserItems, CountsThePlansOfOneBatch) {
  given_plans(plans_per_user_max - 2);
  std::vector<asked<entity_reply>> all;
  for (int i = 0; i < 5; ++i)
    all.push_back(world.ask_owner<entity_reply>(
      ann.id, create_item<workout_plan>{ann.session, named(std::to_string(i), i % 2 == 0), std::nullopt}));
  std::size_t refused = 0;
  for (const auto& each : all)
    refused += world.wait_for<entity_reply>(each) ? 0 : 1;
  EXPECT_EQ(refused, 3u);
  EXPECT_EQ(std::ssize(world.stored(ann).workout_plans), plans_per_user_max);
}

TEST_F(UserItems, ARefusedPlanChangesNothing) {
  const auto active = made("Active", true);
  given_plans(plans_per_user_max - 1);
  EXPECT_CODE(make(named("One too many", true)), errc::conflict);
  EXPECT_TRUE(stored(active).is_active);
  EXPECT_EQ(stored(active).revision, 1);
}

TEST_F(UserItems, MakesAPlanOncePerKey) {
  const idempotency_key key{"k", {}};
  const auto first = make(named("Once", true), key);
  const auto again = make(named("Once", true), key);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(*again->body, *first->body);
  EXPECT_EQ(world.stored(ann).workout_plans.size(), 1u);
}

TEST_F(UserItems, JudgesAPeriodByWhatIsStored) {
  auto value = named("Legs");
  value.starts_on = *parse_iso_date("2026-03-02");
  const auto id = id_in<workout_plan>(*make(value));
  patch_item<workout_plan> what{ann.session, id, {}, std::nullopt, {}};
  what.changes.ends_on = parse_iso_date("2026-03-01");
  const auto refused = tell(what);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().faults, (field_errors{{"ends_on", "range", "must not be before starts_on"}}));
  what.changes.starts_on = parse_iso_date("2026-03-01");
  EXPECT_TRUE(tell(what));
}

TEST_F(UserItems, AnswersFaultsOfTheBodyTogetherWithThoseOfThePlan) {
  const auto id = made("Legs");
  patch_item<workout_plan> what{ann.session, id, {}, std::nullopt, {{"name", "length", "must be longer"}}};
  what.changes.starts_on = parse_iso_date("2026-03-02");
  what.changes.ends_on = parse_iso_date("2026-03-01");
  const auto refused = tell(what);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().faults.size(), 2u);
  EXPECT_EQ(stored(id).revision, 1);
}

TEST_F(UserItems, GuardsChangesByTheRevision) {
  const auto reply = make(named("Legs"));
  const auto id = id_in<workout_plan>(*reply);
  const precondition first{false, {reply->etag}};
  patch_item<workout_plan> what{ann.session, id, {}, first, {}};
  what.changes.name = "Arms";
  EXPECT_EQ(*tell(what)->body, "plan " + to_string(id) + " r2 Arms");
  EXPECT_CODE(tell(what), errc::precondition_failed);
  EXPECT_CODE(tell(delete_item<workout_plan>{ann.session, id, first}), errc::precondition_failed);
  EXPECT_EQ(tell(delete_item<workout_plan>{ann.session, id, std::nullopt})->status, 204);
  EXPECT_CODE(tell(get_item<workout_plan>{ann.session, id}), errc::not_found);
  EXPECT_CODE(tell(what), errc::not_found);
}

TEST_F(UserItems, KeepsTheFoodDiary) {
  nutrition_log eaten;
  eaten.log_date = *parse_iso_date("2026-03-01");
  eaten.description = "Porridge";
  const auto reply = tell(create_item<nutrition_log>{ann.session, eaten, std::nullopt});
  ASSERT_TRUE(reply);
  const auto id = id_in<nutrition_log>(*reply);
  EXPECT_EQ(reply->location, "/nutrition-logs/" + to_string(id));
  patch_item<nutrition_log> what{ann.session, id, {}, std::nullopt, {}};
  what.changes.description = "Muesli";
  EXPECT_EQ(*tell(what)->body, "log " + to_string(id) + " r2 Muesli");
  const auto of_the_day = world.get_from_owner<page<nutrition_log>>(
    ann.id, get_nutrition_logs{ann.session, parse_iso_date("2026-03-01"), parse_iso_date("2026-03-01"), {}});
  ASSERT_TRUE(of_the_day);
  EXPECT_EQ(of_the_day->items.size(), 1u);
  EXPECT_EQ(tell(delete_item<nutrition_log>{ann.session, id, std::nullopt})->status, 204);
  EXPECT_TRUE(world.stored(ann).nutrition_logs.empty());
}

TEST_F(UserItems, ListsThePlansOfAPerson) {
  made("First");
  const auto active = made("Second", true);
  const auto all = world.get_from_owner<page<workout_plan>>(
    ann.id, get_plans<workout_plan>{ann.session, false, std::nullopt, std::nullopt, {}});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->items.size(), 2u);
  const auto alone = world.get_from_owner<page<workout_plan>>(
    ann.id, get_plans<workout_plan>{ann.session, true, std::nullopt, std::nullopt, {}});
  ASSERT_TRUE(alone);
  ASSERT_EQ(alone->items.size(), 1u);
  EXPECT_EQ(alone->items[0].id, active);
}

TEST_F(UserItems, DecidesNothingOverPlansThatCannotBeRead) {
  ASSERT_TRUE(tell(get_user{ann.session}));
  world.database->fail_next(errc::unavailable);
  EXPECT_CODE(make(named("Legs", true)), errc::unavailable);
  EXPECT_TRUE(world.stored(ann).workout_plans.empty());
  EXPECT_TRUE(make(named("Legs", true)));
}

TEST_F(UserItems, ShowsAPersonWithAllTheirListsAfterOneQuestion) {
  const auto active = made("Legs", true);
  world.add_progress(ann, 1, progress_metric::energy, 4, std::chrono::hours{1});
  const auto reads = world.database->reads;
  const auto view = world.get_from_owner<user_view>(ann.id, get_user_view{ann.session, true, true, true, true});
  ASSERT_TRUE(view);
  EXPECT_EQ(world.database->reads, reads + 1);
  EXPECT_EQ(*view->person, *tell(get_user{ann.session})->body);
  EXPECT_EQ(*view->preferences, *tell(get_preferences{ann.session})->body);
  ASSERT_EQ(view->workout_plans->items.size(), 1u);
  EXPECT_EQ(view->workout_plans->items[0].id, active);
  EXPECT_TRUE(view->nutrition_plans->items.empty());
  EXPECT_EQ(view->progress->items.size(), 1u);
}

TEST_F(UserItems, ShowsOnlyWhatIsWantedAndAsksNobodyForWhatIsInMemory) {
  ASSERT_TRUE(tell(get_user{ann.session}));
  const auto reads = world.database->reads;
  const auto view = world.get_from_owner<user_view>(ann.id, get_user_view{.by = ann.session, .preferences = true});
  ASSERT_TRUE(view);
  EXPECT_EQ(world.database->reads, reads);
  EXPECT_TRUE(view->preferences);
  EXPECT_FALSE(view->workout_plans || view->nutrition_plans || view->progress);
  const auto plans = world.get_from_owner<user_view>(ann.id, get_user_view{.by = ann.session, .workout_plans = true});
  ASSERT_TRUE(plans);
  EXPECT_TRUE(plans->workout_plans);
  EXPECT_FALSE(plans->preferences || plans->nutrition_plans || plans->progress);
}

TEST_F(UserItems, LetsOnlyAdminsLookAtOtherPeople) {
  const auto bob = world.add_person(2);
  const auto look = [&] {
    return world.get_from_owner<std::vector<known_person>>(ann.id, get_people{ann.session, {bob.id, ann.id}});
  };
  const auto refused = look();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::forbidden);
  ASSERT_TRUE(tell(administer_user{.is_active = {}, .role = user_role::admin, .password_hash = {}}));
  const auto reads = world.database->reads;
  const auto found = look();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->size(), 2u);
  EXPECT_EQ(world.database->reads, reads + 1);
  ASSERT_TRUE(tell(administer_user{.is_active = {}, .role = user_role::coach, .password_hash = {}}));
  EXPECT_FALSE(look()) << "the role of now counts";
}

}  // namespace genesis
