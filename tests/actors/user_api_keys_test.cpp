#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

api_key_id key_id(std::uint8_t number) {
  api_key_id id;
  id.value.bytes[0] = 9;
  id.value.bytes[15] = number;
  return id;
}

}  // namespace

class UserApiKeys : public ActorTest {
protected:
  template <class Q>
  result<entity_reply> tell(Q question) {
    return world.get_from_owner<entity_reply>(ann.id, std::move(question));
  }
  create_api_key made_of(std::uint8_t number, std::optional<timestamp> expires_at = std::nullopt) const {
    return {ann.session, key_id(number), hash_of(number), "key" + std::to_string(number),
      {key_scope::read, key_scope::chat}, expires_at, std::nullopt};
  }
  void make(std::uint8_t number, std::optional<timestamp> expires_at = std::nullopt) {
    const auto made = tell(made_of(number, expires_at));
    ASSERT_TRUE(made) << made.error().detail;
  }
  result<api_key_facts> check(std::uint8_t number, std::uint8_t secret) {
    return world.get_from_owner<api_key_facts>(ann.id, check_api_key{key_id(number), hash_of(secret)});
  }
  result<entity_reply> read_with(std::uint8_t number) { return tell(get_user{key_id(number)}); }
  std::vector<std::string> listed(page_query query = {}) {
    const auto found = world.get_from_owner<page<api_key>>(ann.id, get_api_keys{ann.session, query});
    std::vector<std::string> names;
    if (found)
      for (const auto& each : found->items)
        names.push_back(each.name);
    return names;
  }
  std::optional<timestamp> last_use(std::uint8_t number) {
    return world.stored(ann).api_keys.at(key_id(number)).last_used_at;
  }
};

TEST_F(UserApiKeys, AreShownWithoutTheirHashAndStoredWithIt) {
  const auto made = tell(made_of(1));
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->status, 201);
  EXPECT_EQ(*made->body, "api key key1");
  EXPECT_EQ(made->location, "/api-keys/" + to_string(key_id(1)));
  EXPECT_EQ(made->etag, "");
  EXPECT_EQ(world.stored(ann).api_keys.at(key_id(1)).hash, hash_of(1));
}

TEST_F(UserApiKeys, MakeOneKeyForARepeatedRequest) {
  auto first = made_of(1);
  first.idempotency = key_of("once");
  auto second = made_of(2);
  second.idempotency = key_of("once");
  ASSERT_TRUE(tell(first));
  const auto repeated = tell(second);
  ASSERT_TRUE(repeated);
  EXPECT_EQ(repeated->location, "/api-keys/" + to_string(key_id(1)));
  EXPECT_EQ(world.stored(ann).api_keys.size(), 1u);
}

TEST_F(UserApiKeys, AreVouchedForOnlyWithTheirSecret) {
  make(1);
  const auto known = check(1, 1);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->scopes, (std::vector{key_scope::read, key_scope::chat}));
  EXPECT_EQ(known->role, user_role::user);
  EXPECT_EQ(known->expires_at, std::nullopt);
}

TEST_F(UserApiKeys, AreRefusedInOneWayWhateverIsWrong) {
  make(1);
  make(2, world.wall_time() + std::chrono::seconds{1});
  world.advance(std::chrono::seconds{1});
  const auto nobody = world.add_person(2);
  world.database->people.erase(nobody.id);
  std::vector<error> all;
  const auto refused = [&](const result<api_key_facts>& outcome) {
    ASSERT_FALSE(outcome);
    all.push_back(outcome.error());
  };
  refused(check(1, 2));
  refused(check(7, 1));
  refused(check(2, 2));
  refused(world.get_from_owner<api_key_facts>(nobody.id, check_api_key{key_id(1), hash_of(1)}));
  administer_user off;
  off.is_active = false;
  ASSERT_TRUE(tell(off));
  refused(check(1, 1));
  for (const auto& each : all)
    EXPECT_EQ(each, (error{errc::unauthorized, "this API key is not valid"}));
}

TEST_F(UserApiKeys, SayWhenNobodyCouldLook) {
  world.database->fail_next(errc::unavailable);
  EXPECT_CODE(check(1, 1), errc::unavailable);
}

TEST_F(UserApiKeys, ActForTheirPersonWithoutADatabaseRead) {
  make(1);
  EXPECT_TRUE(read_with(1));
  world.advance(std::chrono::seconds{1});
  const auto loads = world.database->loads;
  const auto reads = world.database->reads;
  const auto batches = world.database->batches;
  EXPECT_TRUE(read_with(1));
  EXPECT_TRUE(tell(get_preferences{key_id(1)}));
  EXPECT_TRUE(world.get_from_owner<session_facts>(ann.id, check_session{key_id(1)}));
  EXPECT_EQ(world.database->loads, loads);
  EXPECT_EQ(world.database->reads, reads);
  EXPECT_EQ(world.database->batches, batches);
}

TEST_F(UserApiKeys, AreRefusedFromTheNextRequestOn) {
  make(1);
  make(2, world.wall_time() + std::chrono::hours{1});
  ASSERT_TRUE(read_with(1));
  ASSERT_TRUE(read_with(2));
  EXPECT_EQ(tell(remove_api_key{ann.session, key_id(1)})->status, 204);
  EXPECT_CODE(read_with(1), errc::unauthorized);
  EXPECT_TRUE(read_with(2));
  world.advance(std::chrono::hours{1});
  EXPECT_CODE(read_with(2), errc::unauthorized);
  EXPECT_CODE(tell(remove_api_key{ann.session, key_id(2)}), errc::not_found);
  EXPECT_CODE(tell(remove_api_key{ann.session, key_id(1)}), errc::not_found);
  EXPECT_FALSE(world.stored(ann).api_keys.contains(key_id(1)));
}

TEST_F(UserApiKeys, AreRefusedWhileTheAccountIsDisabledAndGoOnAfter) {
  make(1);
  administer_user change;
  change.is_active = false;
  ASSERT_TRUE(tell(change));
  EXPECT_CODE(read_with(1), errc::unauthorized);
  change.is_active = true;
  ASSERT_TRUE(tell(change));
  EXPECT_TRUE(read_with(1));
}

TEST_F(UserApiKeys, OutliveSessionsAndPasswords) {
  make(1);
  ASSERT_TRUE(tell(change_password{ann.session, "new"}));
  administer_user reset;
  reset.password_hash = "newer";
  ASSERT_TRUE(tell(reset));
  EXPECT_CODE(tell(get_user{ann.session}), errc::unauthorized);
  EXPECT_TRUE(read_with(1));
}

TEST_F(UserApiKeys, GoWithTheirPerson) {
  make(1);
  ASSERT_TRUE(tell(delete_user{ann.session, std::nullopt}));
  EXPECT_CODE(read_with(1), errc::unauthorized);
  EXPECT_CODE(check(1, 1), errc::unauthorized);
}

TEST_F(UserApiKeys, AreKnownAfterTheOwnerWasActivatedAnew) {
  make(1);
  world.advance(std::chrono::hours{1});
  ASSERT_EQ(world.live_owner(ann.id), nullptr);
  EXPECT_TRUE(read_with(1));
  EXPECT_TRUE(check(1, 1));
}

TEST_F(UserApiKeys, AreLimitedInNumberAndExpiredOnesDoNotCount) {
  make(1, world.wall_time() + std::chrono::seconds{1});
  for (std::uint8_t i = 2; i <= api_keys_per_user_max; ++i)
    make(i);
  EXPECT_CODE(tell(made_of(40)), errc::conflict);
  world.advance(std::chrono::seconds{1});
  EXPECT_EQ(listed({100, std::nullopt}).size(), api_keys_per_user_max - 1);
  make(40);
  EXPECT_CODE(tell(made_of(41)), errc::conflict);
  EXPECT_EQ(world.stored(ann).api_keys.size(), api_keys_per_user_max) << "the expired one made room";
  ASSERT_TRUE(tell(remove_api_key{ann.session, key_id(40)}));
  make(41);
}

TEST_F(UserApiKeys, AreListedNewestFirst) {
  for (std::uint8_t i = 1; i <= 3; ++i) {
    make(i);
    world.advance(std::chrono::seconds{1});
  }
  EXPECT_EQ(listed(), (std::vector<std::string>{"key3", "key2", "key1"}));
  EXPECT_EQ(listed({1, std::nullopt, list_order::oldest_first}), (std::vector<std::string>{"key1"}));
}

TEST_F(UserApiKeys, HaveTheirUseStoredOncePerGrain) {
  make(1);
  EXPECT_EQ(last_use(1), std::nullopt);
  const auto first = world.wall_time();
  ASSERT_TRUE(read_with(1));
  world.run();
  EXPECT_EQ(last_use(1), first);
  EXPECT_EQ(world.stored(ann).api_keys.at(key_id(1)).revision, 2);
  world.advance(api_key_use_grain - std::chrono::seconds{1});
  ASSERT_TRUE(read_with(1));
  world.run();
  EXPECT_EQ(last_use(1), first);
  world.advance(std::chrono::seconds{1});
  const auto second = world.wall_time();
  ASSERT_TRUE(read_with(1));
  world.run();
  EXPECT_EQ(last_use(1), second);
}

TEST_F(UserApiKeys, HaveTheirUseStoredWhenTheClockWasSetBack) {
  make(1);
  ASSERT_TRUE(read_with(1));
  world.run();
  world.shift_wall_clock(-std::chrono::days{365});
  const auto now = world.wall_time();
  ASSERT_TRUE(read_with(1));
  world.run();
  EXPECT_EQ(last_use(1), now);
}

TEST_F(UserApiKeys, DoNotHoldUpTheWriteTheyAreUsedFor) {
  make(1);
  const auto version = world.stored(ann).version;
  patch_user rename{key_id(1), {}, std::nullopt};
  rename.changes.full_name = std::optional<std::string>{"Ann"};
  const auto answer = world.ask_owner<entity_reply>(ann.id, rename);
  while (!answer->has_value() && world.step()) {
  }
  ASSERT_TRUE(answer->has_value() && **answer);
  EXPECT_EQ(world.stored(ann).version, version + 1) << "only the person's own change was stored before the answer";
  world.run();
  EXPECT_NE(last_use(1), std::nullopt);
}

TEST_F(UserApiKeys, ServeOnWhenTheirUseCannotBeStored) {
  make(1);
  world.database->refuse(true);
  EXPECT_TRUE(read_with(1));
  world.run();
  const auto groups = world.database->groups;
  EXPECT_TRUE(read_with(1));
  world.run();
  EXPECT_EQ(world.database->groups, groups) << "it is not tried at every request";
  world.database->refuse(false);
  world.advance(api_key_use_grain);
  EXPECT_TRUE(read_with(1));
  world.run();
  EXPECT_NE(last_use(1), std::nullopt);
}

TEST_F(UserApiKeys, AreNotBroughtBackByAUseThatIsStoredAfterTheirEnd) {
  for_each_seed(50, [](std::uint64_t seed) {
    world_options options;
    options.seed = seed;
    actor_world shuffled{options};
    const auto bea = shuffled.add_person(1);
    api_key key;
    key.id = key_id(1);
    key.scopes = {key_scope::read};
    shuffled.stored(bea).api_keys.emplace(key.id, key);
    const auto read = shuffled.ask_owner<entity_reply>(bea.id, get_user{key.id});
    const auto removed = shuffled.ask_owner<entity_reply>(bea.id, remove_api_key{bea.session, key.id}, 1);
    EXPECT_TRUE(shuffled.wait_for<entity_reply>(removed));
    shuffled.wait_for<entity_reply>(read);
    EXPECT_CODE(shuffled.get_from_owner<entity_reply>(bea.id, get_user{key.id}), errc::unauthorized);
    shuffled.run();
    EXPECT_TRUE(shuffled.stored(bea).api_keys.empty());
  });
}

TEST_F(UserApiKeys, AreShownOneByOneAsInTheList) {
  make(1, world.wall_time() + std::chrono::hours{1});
  const auto shown = tell(get_api_key{ann.session, key_id(1)});
  ASSERT_TRUE(shown) << shown.error().detail;
  EXPECT_EQ(shown->status, 200);
  EXPECT_EQ(*shown->body, "api key key1");
  EXPECT_EQ(shown->etag, entity_tag(key_id(1).value, 1));
  EXPECT_CODE(tell(get_api_key{ann.session, key_id(2)}), errc::not_found);
  EXPECT_CODE(world.get_from_owner<entity_reply>(ann.id, get_api_key{world.add_person(4).session, key_id(1)}),
    errc::unauthorized);
  world.advance(std::chrono::hours{1});
  EXPECT_CODE(tell(get_api_key{ann.session, key_id(1)}), errc::not_found);
}

class UserSessionList : public UserApiKeys {
protected:
  session_id log_in(std::uint32_t number) {
    open_session login;
    login.session = world.add_person(number).session;
    login.origin = {"agent " + std::to_string(number), "192.0.2.1"};
    EXPECT_TRUE(world.get_from_owner<session_grant>(ann.id, login));
    return login.session;
  }
  std::vector<session_id> sessions(page_query query = {}) {
    const auto found = world.get_from_owner<page<session>>(ann.id, get_sessions{ann.session, query});
    std::vector<session_id> ids;
    if (found)
      for (const auto& each : found->items)
        ids.push_back(each.id);
    return ids;
  }
};

TEST_F(UserSessionList, ShowsEverySessionThatHasNotExpired) {
  world.advance(std::chrono::seconds{1});
  const auto second = log_in(2);
  EXPECT_EQ(sessions(), (std::vector{second, ann.session}));
  EXPECT_EQ(sessions({1, std::nullopt, list_order::oldest_first}), std::vector{ann.session});
  world.stored(ann).sessions.at(second).expires_at = world.wall_time() + std::chrono::hours{2};
  world.advance(std::chrono::hours{1});  // the owner is activated anew
  EXPECT_EQ(sessions().size(), 2u);
  world.advance(std::chrono::hours{1});
  EXPECT_EQ(sessions(), std::vector{ann.session});
}

TEST_F(UserSessionList, ShowsOneSessionAsInTheList) {
  const auto second = log_in(2);
  const auto show = [&](const session_id& id) {
    return world.get_from_owner<session>(ann.id, get_open_session{ann.session, id});
  };
  const auto shown = show(second);
  ASSERT_TRUE(shown) << shown.error().detail;
  EXPECT_EQ(shown->id, second);
  EXPECT_EQ(shown->user_agent, "agent 2");
  EXPECT_CODE(show(world.add_person(3).session), errc::not_found);
  ASSERT_TRUE(tell(end_session{ann.session, second}));
  EXPECT_CODE(show(second), errc::not_found);
}

TEST_F(UserSessionList, EndsASessionFromTheNextRequestOn) {
  const auto second = log_in(2);
  ASSERT_TRUE(tell(get_user{second}));
  EXPECT_EQ(tell(end_session{ann.session, second})->status, 204);
  EXPECT_CODE(tell(get_user{second}), errc::unauthorized);
  EXPECT_CODE(tell(end_session{ann.session, second}), errc::not_found);
  EXPECT_FALSE(world.stored(ann).sessions.contains(second));
}

TEST_F(UserSessionList, EndsTheSessionThatAsks) {
  EXPECT_EQ(tell(end_session{ann.session, ann.session})->status, 204);
  EXPECT_CODE(tell(get_user{ann.session}), errc::unauthorized);
}

TEST_F(UserSessionList, DoesNotEndAnotherPersonsSession) {
  const auto bea = world.add_person(3);
  EXPECT_CODE(tell(end_session{ann.session, bea.session}), errc::not_found);
  EXPECT_TRUE(world.get_from_owner<entity_reply>(bea.id, get_user{bea.session}));
}

}  // namespace genesis
