#include "tests/actors/actor_fixture.hpp"

namespace genesis {

class ShardActor : public ::testing::Test {
protected:
  static world_options with_short_times() {
    world_options options;
    options.shard_users_max = 3;
    options.idle_timeout = std::chrono::minutes{1};
    options.sweep_interval = std::chrono::seconds{10};
    return options;
  }
  actor_world world{with_short_times()};
  person ann = world.add_person(1);

  bool is_alive(const user_actor& owner) { return world.get<entity_reply>(owner, get_user{ann.session}).has_value(); }
};

TEST_F(ShardActor, GivesEverybodyTheSameOwner) {
  const auto first = world.ask<user_actor>(world.shard, find_user{ann.id, 0});
  const auto second = world.ask<user_actor>(world.shard, find_user{ann.id, 0});
  EXPECT_EQ(*world.wait_for<user_actor>(first), *world.wait_for<user_actor>(second));
  EXPECT_EQ(world.owners_spawned(), 1u);
}

TEST_F(ShardActor, AsksIdleOwnersToLeave) {
  const auto owner = world.owner_of(ann.id);
  ASSERT_TRUE(is_alive(owner));
  world.advance(std::chrono::minutes{2});
  EXPECT_FALSE(is_alive(owner));
  EXPECT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
  EXPECT_EQ(world.owners_spawned(), 2u);
}

TEST_F(ShardActor, KeepsOwnersThatAreUsed) {
  const auto owner = world.owner_of(ann.id);
  for (int i = 0; i < 10; ++i) {
    world.advance(std::chrono::seconds{30});
    EXPECT_EQ(world.owner_of(ann.id), owner);
  }
}

TEST_F(ShardActor, KeepsOwnersThatAreUsedOverARememberedAddress) {
  const auto owner = world.owner_of(ann.id);
  for (int i = 0; i < 10; ++i) {
    world.advance(std::chrono::seconds{30});
    EXPECT_TRUE(is_alive(owner)) << i;
  }
  world.advance(std::chrono::minutes{3});
  EXPECT_FALSE(is_alive(owner)) << "and asks them to leave later";
}

TEST_F(ShardActor, ReplacesAnOwnerThatLeftByItselfLikeAnyOther) {
  const auto owner = world.owner_of(ann.id);
  ASSERT_TRUE(world.get<entity_reply>(owner, delete_user{ann.session, std::nullopt}));
  ann = world.add_person(1);
  EXPECT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
  EXPECT_EQ(world.faults->raises, 0) << "no write of the former owner can be under way";
}

TEST_F(ShardActor, KeepsTheNumberOfOwnersBelowItsCap) {
  std::vector<user_actor> owners;
  for (std::uint32_t i = 1; i <= 4; ++i) {
    owners.push_back(world.owner_of(world.add_person(i).id));
    world.run();
    world.advance(std::chrono::milliseconds{10});
  }
  EXPECT_FALSE(is_alive(owners[0])) << "the one that was used least recently";
  EXPECT_TRUE(world.get<bool>(owners[1], passivate{}));
}

TEST_F(ShardActor, ReplacesAnOwnerThatDied) {
  const auto owner = world.owner_of(ann.id);
  caf::anon_send_exit(owner, caf::exit_reason::kill);
  world.run();
  const auto next = world.owner_of(ann.id);
  EXPECT_NE(next, owner);
  EXPECT_TRUE(is_alive(next));
}

TEST_F(ShardActor, NeverHandsOutTheOwnerThatBounced) {
  const auto owner = world.owner_of(ann.id);
  const auto bounced = owner.id();
  caf::anon_send_exit(owner, caf::exit_reason::kill);
  const auto next = world.wait_for<user_actor>(world.ask<user_actor>(world.shard, find_user{ann.id, bounced}));
  ASSERT_TRUE(next);
  EXPECT_NE(next->id(), bounced);
}

TEST_F(ShardActor, GoesOnWithAnOwnerThatBouncedOnlyForTheAsker) {
  const auto owner = world.owner_of(ann.id);
  const auto conversation = world.add_conversation(ann);
  const auto busy = world.ask<run_ticket>(
    owner, start_chat{ann.session, "say 3 words", conversation, std::nullopt, "{}", std::nullopt});
  const auto again = world.wait_for<user_actor>(world.ask<user_actor>(world.shard, find_user{ann.id, owner.id()}));
  ASSERT_TRUE(again) << "who asks with a wrong suspicion waits for the owner's word, not for ever";
  world.wait_for<run_ticket>(busy);
}

TEST_F(ShardActor, RefusesNewPeopleWhileTheServerLeaves) {
  world.owner_of(ann.id);
  EXPECT_TRUE(*world.get<bool>(world.shard, begin_shutdown{}));
  EXPECT_CODE(world.get<user_actor>(world.shard, find_user{world.add_person(2).id, 0}), errc::shutting_down);
}

TEST_F(ShardActor, SpreadsPeopleEvenly) {
  std::vector<int> counts(shard_count);
  uuid_source ids{[this](std::uint8_t* out, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
      out[i] = static_cast<std::uint8_t>(world.dice()());
  }};
  const int people = 100'000;
  for (int i = 0; i < people; ++i)
    ++counts[shard_of(ids.next_id<user_id>(world.wall_time()))];
  const auto most = *std::ranges::max_element(counts);
  EXPECT_LT(most, 2 * people / static_cast<int>(shard_count));
}

}  // namespace genesis
