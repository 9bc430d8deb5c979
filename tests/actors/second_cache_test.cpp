#include "actors/second_cache.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace storage {

/// A value of a test's own.
template <>
struct cached<std::vector<std::string>> {
  static constexpr std::string_view name = "words";
  static std::int64_t layout() noexcept { return 1; }
};

}  // namespace storage

namespace {

using words = std::vector<std::string>;
using namespace std::chrono_literals;

class SecondCache : public ::testing::Test {
protected:
  /// The owner leaves, as one who was idle.
  void passivate() {
    EXPECT_TRUE(world.get<bool>(world.owner_of(ann.id), genesis::passivate{}).value());
    world.run();
  }
  result<entity_reply> show() { return world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}); }
  std::string shown() {
    const auto reply = show();
    return reply ? *reply->body : to_string(reply.error().code).data();
  }
  void rename(std::string name) {
    user_patch patch;
    patch.full_name = patched<std::string>{std::move(name)};
    ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, patch_user{ann.session, patch, std::nullopt}));
    world.run();
  }
  /// Loads of whole people since the last call.
  std::int64_t loads() { return world.database->loads - std::exchange(loads_before_, world.database->loads); }
  std::string& entry() { return world.cached->entries.at("test:user:" + to_string(ann.id)); }

  actor_world world{{.has_cache = true}};
  person ann = world.add_person(1);

private:
  std::int64_t loads_before_ = 0;
};

TEST_F(SecondCache, SparesTheLoadOfSomebodyWhoComesBack) {
  const auto before = shown();
  EXPECT_EQ(loads(), 1);
  passivate();
  const auto hits = counters().l2_hits.value();
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(loads(), 0);
  EXPECT_EQ(counters().l2_hits.value(), hits + 1);
}

TEST_F(SecondCache, HasTheListsThatWereInMemory) {
  const auto list = [&] {
    const auto found =
      world.get_from_owner<page<progress_record>>(ann.id, get_progress_list{ann.session, {}, {}, {}, {}});
    return found ? std::ssize(found->items) : -1;
  };
  EXPECT_EQ(list(), 0);
  for (std::ptrdiff_t count = 1; count <= 2; ++count) {
    ASSERT_TRUE(world.get_from_owner<entity_reply>(
      ann.id, create_progress{ann.session, progress_metric::energy, 3, {}, std::string(100, 'x'), {}}));
    passivate();
    const auto reads = world.database->reads;
    EXPECT_EQ(list(), count);
    EXPECT_EQ(world.database->reads, reads + 1) << "whether the version still stands";
  }
  EXPECT_EQ(loads(), 1);
}

TEST_F(SecondCache, IsToldApartInHowLongActivationsTake) {
  const auto counted = [](activation_source from) {
    std::uint64_t sum = 0;
    for (const auto& each : counters().activations_from(from).by_time)
      sum += each.value();
    return sum;
  };
  const auto from_database = counted(activation_source::database);
  const auto from_redis = counted(activation_source::l2_redis);
  shown();
  passivate();
  shown();
  EXPECT_EQ(counted(activation_source::database), from_database + 1);
  EXPECT_EQ(counted(activation_source::l2_redis), from_redis + 1);
}

TEST_F(SecondCache, HasWhatWasLastCommitted) {
  rename("First");
  rename("Second");
  EXPECT_EQ(loads(), 1);
  passivate();
  const auto hits = counters().l2_hits.value();
  EXPECT_TRUE(shown().contains("Second"));
  EXPECT_EQ(loads(), 0);
  EXPECT_EQ(counters().l2_hits.value(), hits + 1) << "it was put there as the owner left";
  rename("Third");
  EXPECT_EQ(world.stored(ann).person.full_name, "Third") << "the version was the right one to write over";
}

/// Whoever writes often does not pay for it each time.
TEST_F(SecondCache, IsGivenWhatIsWrittenOnceASecond) {
  shown();
  world.advance(1s);
  const auto puts = world.cached->puts;
  rename("First");
  EXPECT_EQ(world.cached->puts, puts + 1);
  for (const auto* const name : {"Second", "Third", "Fourth"})
    rename(name);
  EXPECT_EQ(world.cached->puts, puts + 1);
  world.advance(1s);
  EXPECT_EQ(world.cached->puts, puts + 2);
  world.advance(10s);
  EXPECT_EQ(world.cached->puts, puts + 2) << "nothing is new";
  loads();
  passivate();
  EXPECT_TRUE(shown().contains("Fourth"));
  EXPECT_EQ(loads(), 0) << "it was put there as it was then, not as it was when that was decided";
}

TEST_F(SecondCache, HasNoListsBehindAnImport) {
  ASSERT_TRUE(world.get_from_owner<page<progress_record>>(ann.id, get_progress_list{ann.session, {}, {}, {}, {}}));
  world.advance(1s);
  import_records what;
  progress_record record;
  record.id.value.bytes[15] = 1;
  record.recorded_at = record.created_at = record.updated_at = world.wall_time();
  what.records.push_back(record);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, what));
  passivate();
  const auto reads = world.database->reads;
  ASSERT_TRUE(world.get_from_owner<page<progress_record>>(ann.id, get_progress_list{ann.session, {}, {}, {}, {}}));
  EXPECT_EQ(world.database->reads, reads + 2) << "the version, and the list";
}

TEST_F(SecondCache, IsNotGivenWhoIsToBeForgotten) {
  rename("First");
  rename("Second");
  world.cached->entries.clear();
  EXPECT_EQ(world.get<std::int64_t>(world.shard, let_people_go{key_pattern::parse("*").value()}), 1);
  world.advance(10s);
  EXPECT_TRUE(world.cached->entries.empty());
}

TEST_F(SecondCache, IsGivenTheLastWhenTheServerLeaves) {
  rename("First");
  rename("Second");
  EXPECT_TRUE(world.get<bool>(world.owner_of(ann.id), begin_shutdown{}).value());
  world.run();
  const auto before = entry();
  rename("Third");
  EXPECT_NE(entry(), before) << "there is no later";
}

TEST_F(SecondCache, IsIgnoredWhenItIsBehind) {
  rename("First");
  world.advance(1s);
  const auto old = entry();
  rename("Second");
  passivate();
  entry() = old;
  const auto stale = counters().l2_stale.value();
  EXPECT_TRUE(shown().contains("Second"));
  EXPECT_EQ(counters().l2_stale.value(), stale + 1);
  world.run();
  EXPECT_NE(entry(), old) << "it was replaced";
  passivate();
  const auto hits = counters().l2_hits.value();
  EXPECT_TRUE(shown().contains("Second"));
  EXPECT_EQ(counters().l2_hits.value(), hits + 1);
}

TEST_F(SecondCache, IsIgnoredWhenSomebodyElseWrote) {
  rename("First");
  passivate();
  auto& row = world.stored(ann);
  row.person.full_name = "Elsewhere";
  ++row.version;
  EXPECT_TRUE(shown().contains("Elsewhere"));
}

TEST_F(SecondCache, IsIgnoredAndReplacedWhenItHoldsSomethingElse) {
  const auto before = shown();
  world.run();
  const auto genuine = entry();
  auto damaged = genuine;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  const auto plain = storage::to_cached(storage::user_snapshot{world.stored(ann).person, {}, {}, 0});
  const auto key = "test:user:" + to_string(ann.id);
  const auto about = key + "\ntest.db";
  const auto other_layout = auth::sealing_key{{7}}.seal("\x02", about);
  const auto of_another_installation = auth::sealing_key{{8}}.seal(plain, about);
  const auto opened = auth::sealing_key{{7}}.unseal(genuine, about);
  ASSERT_TRUE(opened);
  const auto of_another_database = auth::sealing_key{{7}}.seal(*opened, key + "\ncopy.db");
  for (const auto& planted : {std::string{}, std::string{"hello"}, damaged, genuine + 'x', plain, other_layout,
         of_another_installation, of_another_database}) {
    passivate();
    entry() = planted;
    const auto unreadable = counters().l2_unreadable.value();
    loads();
    EXPECT_EQ(shown(), before);
    EXPECT_EQ(loads(), 1);
    EXPECT_EQ(counters().l2_unreadable.value(), unreadable + 1);
    world.run();
    EXPECT_NE(entry(), planted);
  }
}

TEST_F(SecondCache, IsNobodyElsesUnderAnotherName) {
  const auto bob = world.add_person(2);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(bob.id, get_user{bob.session}));
  const auto before = shown();
  passivate();
  entry() = world.cached->entries.at("test:user:" + to_string(bob.id));
  EXPECT_EQ(shown(), before);
}

TEST_F(SecondCache, ShowsNothingOfAPerson) {
  rename("Wilhelmina");
  EXPECT_FALSE(entry().contains("Wilhelmina"));
  EXPECT_FALSE(entry().contains("example.org"));
}

TEST_F(SecondCache, IsMissedByNobodyWhenItIsAway) {
  world.cached->is_away = true;
  const auto before = shown();
  rename("First");
  passivate();
  EXPECT_NE(shown(), before);
  EXPECT_EQ(loads(), 2);
  world.run();
  world.cached->is_away = false;
  passivate();
  EXPECT_TRUE(shown().contains("First"));
  EXPECT_EQ(loads(), 1) << "nothing had arrived there";
}

TEST_F(SecondCache, IsMissedByNobodyWhenItsActorHasGone) {
  caf::anon_send_exit(world.cache, caf::exit_reason::kill);
  world.run();
  EXPECT_TRUE(show());
}

TEST_F(SecondCache, ForgetsWhoIsDeleted) {
  shown();
  world.run();
  entry();
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, delete_user{ann.session, std::nullopt}));
  world.run();
  EXPECT_TRUE(world.cached->entries.empty());
}

TEST_F(SecondCache, GivesNobodyBackWhoWasDeletedMeanwhile) {
  shown();
  passivate();
  world.database->people.erase(ann.id);
  EXPECT_EQ(shown(), "unauthorized");
  world.run();
  EXPECT_TRUE(world.cached->entries.empty());
}

TEST_F(SecondCache, IsNotAskedByAReloadThatRaisesTheFence) {
  rename("First");
  const auto gets = world.cached->gets;
  world.database->commit_then_fail();
  user_patch patch;
  patch.full_name = patched<std::string>{"Unknown"};
  EXPECT_CODE(
    world.get_from_owner<entity_reply>(ann.id, patch_user{ann.session, patch, std::nullopt}), errc::outcome_unknown);
  EXPECT_TRUE(shown().contains("Unknown"));
  EXPECT_EQ(world.cached->gets, gets);
  passivate();
  EXPECT_TRUE(shown().contains("Unknown"));
}

TEST_F(SecondCache, KeepsValuesOfOtherKinds) {
  const auto& cache = *world.services->cache;
  std::optional<words> found;
  const auto look = [&] {
    found = words{"not answered"};
    world.act(0, [&](client_state& state) {
      cache.get<words>(state.self, "list", [&](std::optional<words> answer) { found = std::move(answer); });
    });
    world.run();
  };
  look();
  EXPECT_EQ(found, std::nullopt);
  world.act(0, [&](client_state& state) { cache.put<words>(state.self, "list", {"a", "b"}, 10s); });
  world.run();
  look();
  EXPECT_EQ(found, (words{"a", "b"}));
  world.act(0, [&](client_state& state) { cache.remove<words>(state.self, "list"); });
  world.run();
  look();
  EXPECT_EQ(found, std::nullopt);
}

TEST_F(SecondCache, ForgetsAllOfAKindAndNothingElse) {
  shown();
  std::optional<result<std::int64_t>> removed;
  world.act(0, [&](client_state& state) {
    const auto& cache = *world.services->cache;
    for (const auto* const id : {"a", "b", "c"})
      cache.put<words>(state.self, id, {});
    cache.remove_matching(state.self, key_pattern::parse("words:*").value(), 1s,
      [&](result<std::int64_t> count) { removed = std::move(count); });
  });
  world.run();
  EXPECT_EQ(removed.value().value(), 3);
  EXPECT_EQ(world.cached->entries.size(), 1U);
}

}  // namespace
}  // namespace genesis
