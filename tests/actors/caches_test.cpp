#include "actors/caches.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {
namespace {

using namespace std::chrono_literals;

class Caches : public ::testing::Test {
protected:
  Caches() {
    for (std::uint32_t number = 1; number <= 9; ++number) {
      people.push_back(world.add_person(number));
      world.stored(people.back()).changed = number;
    }
  }
  ~Caches() override { leave(); }

  void use(caches_options how = {}) {
    leave();
    how.shards = {world.shard};
    how.second = world.services->cache;
    how.people_max = 100;
    caches = world.system().spawn(caches_behavior, world.pool, std::move(how));
  }
  void leave() {
    if (caches)
      caf::anon_send_exit(caches, caf::exit_reason::user_shutdown);
    caches = nullptr;
    world.run();
  }
  std::string shown(const person& who) {
    const auto reply = world.get_from_owner<entity_reply>(who.id, get_user{who.session});
    world.run();
    return reply ? *reply->body : to_string(reply.error().code).data();
  }
  result<caches_forgot> forget(std::string_view pattern) {
    return world.get<caches_forgot>(caches, forget_cached{key_pattern::parse(pattern).value(), 1s});
  }
  bool is_in_memory(const person& who) { return static_cast<bool>(world.live_owner(who.id)); }
  bool is_in_redis(const person& who) { return world.cached->entries.contains("test:user:" + to_string(who.id)); }

  actor_world world{{.has_cache = true}};
  std::vector<person> people;
  caches_actor caches;
};

TEST_F(Caches, TakeInWhoWasActiveLast) {
  use();
  for (const auto at : {7, 2, 5})
    world.stored(people[static_cast<std::size_t>(at)]).changed = 1'000 + at;
  EXPECT_EQ(world.get<std::int64_t>(caches, warm_caches{3, 20s}), 3);
  for (std::size_t i = 0; i < people.size(); ++i)
    EXPECT_EQ(is_in_memory(people[i]), i == 7 || i == 2 || i == 5) << i;
  const auto loads = world.database->loads;
  shown(people[7]);
  EXPECT_EQ(world.database->loads, loads) << "nothing is left to be loaded";
}

TEST_F(Caches, TakeInAFewAtATime) {
  caches_options how;
  how.at_once = 2;
  use(how);
  const auto asked = world.ask<std::int64_t>(caches, warm_caches{100, 20s});
  std::size_t under_way_max = 0;
  while (world.step())
    under_way_max = std::max(under_way_max, world.owners_spawned() - static_cast<std::size_t>(world.database->loads));
  EXPECT_EQ(world.wait_for<std::int64_t>(asked), std::ssize(people));
  EXPECT_EQ(under_way_max, 2U);
}

TEST_F(Caches, TakeInNobodyAfterTheTimeForIt) {
  use();
  EXPECT_EQ(world.get<std::int64_t>(caches, warm_caches{100, 0s}), 0);
  EXPECT_EQ(world.owners_spawned(), 0U);
}

TEST_F(Caches, TakeInNobodyBeyondTheMemoryForIt) {
  caches_options how;
  how.warm_up_bytes_max = 4 * 4'096;
  use(how);
  const auto taken = world.get<std::int64_t>(caches, warm_caches{100, 20s}).value_or(0);
  EXPECT_GE(taken, 3);
  EXPECT_LE(taken, 4);
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    EXPECT_EQ(is_in_memory(people[i]), i >= people.size() - static_cast<std::size_t>(taken)) << "the last active first";
    if (is_in_memory(people[i]))
      bytes += world.get_from_owner<std::int64_t>(people[i].id, warm_up{}).value_or(0);
  }
  EXPECT_GT(bytes, 0);
  EXPECT_LE(bytes, how.warm_up_bytes_max);
  how.warm_up_bytes_max = 4'095;
  use(how);
  const auto before = world.owners_spawned();
  EXPECT_EQ(world.get<std::int64_t>(caches, warm_caches{100, 20s}), 0);
  EXPECT_EQ(world.owners_spawned(), before);
}

TEST_F(Caches, TakeInFewerWhoHaveMore) {
  auto& rich = world.stored(people.back()).person;
  rich.allergies.assign(50, std::string(100, 'x'));
  caches_options how;
  how.warm_up_bytes_max = 4 * 4'096;
  how.at_once = 1;
  use(how);
  EXPECT_EQ(world.get<std::int64_t>(caches, warm_caches{100, 20s}), 1) << "the next one may have as much";
  EXPECT_TRUE(is_in_memory(people.back()));
}

TEST_F(Caches, TakeInNobodyTwiceAtATime) {
  use();
  const auto first = world.ask<std::int64_t>(caches, warm_caches{100, 20s});
  const auto second = world.ask<std::int64_t>(caches, warm_caches{100, 20s});
  EXPECT_CODE(world.wait_for<std::int64_t>(second), errc::conflict);
  EXPECT_TRUE(world.wait_for<std::int64_t>(first));
  EXPECT_TRUE(world.get<std::int64_t>(caches, warm_caches{100, 20s})) << "again when it is over";
}

TEST_F(Caches, TakeInNobodyWhoCannotBeLoaded) {
  use();
  world.database->fail_next(errc::unavailable);
  EXPECT_CODE(world.get<std::int64_t>(caches, warm_caches{100, 20s}), errc::unavailable);
  const auto asked = world.ask<std::int64_t>(caches, warm_caches{100, 20s});
  world.run_until([&] { return world.owners_spawned() == 1; });
  world.database->fail_next(errc::unavailable);
  EXPECT_EQ(world.wait_for<std::int64_t>(asked), std::ssize(people) - 1);
}

TEST_F(Caches, ForgetSomebodyInMemoryAndInRedis) {
  use();
  const auto& [ann, bob] = std::pair{people[0], people[1]};
  const auto before = shown(ann);
  shown(bob);
  const auto forgot = forget("user:" + to_string(ann.id));
  ASSERT_TRUE(forgot);
  EXPECT_EQ(forgot->people, 1);
  EXPECT_EQ(forgot->entries, 1);
  EXPECT_FALSE(is_in_memory(ann));
  EXPECT_FALSE(is_in_redis(ann));
  EXPECT_TRUE(is_in_memory(bob));
  EXPECT_TRUE(is_in_redis(bob));
  EXPECT_EQ(shown(ann), before);
}

TEST_F(Caches, ForgetEverybodyWhoIsNotBusy) {
  use();
  for (std::size_t i = 0; i < 3; ++i)
    shown(people[i]);
  world.set_rate(1);
  const auto answer = world.chat(people[0], "say 5 words");
  const auto forgot = forget("user:*");
  ASSERT_TRUE(forgot);
  EXPECT_EQ(forgot->people, 2);
  EXPECT_EQ(forgot->entries, 3);
  EXPECT_TRUE(is_in_memory(people[0]));
  world.set_rate(0);
  world.read_to_end(answer.actor);
}

TEST_F(Caches, ForgetInMemoryWhileRedisIsAway) {
  use();
  const auto before = shown(people[0]);
  world.cached->is_away = true;
  const auto forgot = forget("*");
  ASSERT_TRUE(forgot);
  EXPECT_EQ(forgot->people, 1);
  EXPECT_EQ(forgot->entries, std::nullopt);
  world.cached->is_away = false;
  EXPECT_EQ(shown(people[0]), before);
}

TEST_F(Caches, ForgetNothingThatDoesNotMatch) {
  use();
  shown(people[0]);
  const auto forgot = forget("words:*");
  ASSERT_TRUE(forgot);
  EXPECT_EQ(forgot->people, 0);
  EXPECT_EQ(forgot->entries, 0);
  EXPECT_TRUE(is_in_memory(people[0]));
}

}  // namespace
}  // namespace genesis
