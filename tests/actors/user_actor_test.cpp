#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

patch_user rename(const person& who, std::string name, std::optional<precondition> if_match = std::nullopt) {
  patch_user made{who.session, {}, std::move(if_match)};
  made.changes.full_name = std::optional{std::move(name)};
  return made;
}

patch_user weigh(const person& who, double kg) {
  patch_user made{who.session, {}, std::nullopt};
  made.changes.weight_kg = kg;
  return made;
}

create_progress measure(const person& who, double kg, std::optional<timestamp> at = std::nullopt) {
  create_progress made;
  made.by = who.session;
  made.value = kg;
  made.recorded_at = at;
  return made;
}

precondition tag(std::string which) {
  return {false, {std::move(which)}};
}

std::optional<double> shown_weight(const storage::memory_person& stored) {
  return stored.person.weight_kg ? std::optional{stored.person.weight_kg->value} : std::nullopt;
}

progress_id id_in(const entity_reply& created) {
  return *progress_id::parse(created.location.substr(created.location.rfind('/') + 1));
}

}  // namespace

class UserActor : public ActorTest {
protected:
  result<entity_reply> read_person() { return world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}); }
  template <class Q>
  result<entity_reply> tell(Q question) {
    return world.get_from_owner<entity_reply>(ann.id, std::move(question));
  }
  void warm_up() { ASSERT_TRUE(read_person()); }
};

TEST_F(UserActor, AnswersSecondReadFromMemory) {
  const auto first = read_person();
  const auto second = read_person();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first->body, "user person1@example.org r1 name=- weight=-");
  EXPECT_EQ(first->body, second->body) << "the body is serialised once and shared";
  EXPECT_EQ(world.database->loads, 1);
  EXPECT_EQ(world.database->reads, 0);
}

TEST_F(UserActor, LoadsOnceForManyFirstReads) {
  std::vector<asked<entity_reply>> all;
  for (int i = 0; i < 20; ++i)
    all.push_back(world.ask_owner<entity_reply>(ann.id, get_user{ann.session}));
  for (const auto& each : all)
    EXPECT_TRUE(world.wait_for<entity_reply>(each));
  EXPECT_EQ(world.database->loads, 1);
}

TEST_F(UserActor, RefusesPeopleThatDoNotExist) {
  const auto nobody = world.add_person(2);
  world.database->people.erase(nobody.id);
  EXPECT_CODE(world.get_from_owner<entity_reply>(nobody.id, get_user{nobody.session}), errc::unauthorized);
}

TEST_F(UserActor, LoadsAgainAfterTheDatabaseWasDown) {
  world.database->fail_next(errc::unavailable);
  EXPECT_CODE(read_person(), errc::unavailable);
  EXPECT_TRUE(read_person());
}

TEST_F(UserActor, AnswersAWriteAfterTheCommit) {
  warm_up();
  const auto answer = world.ask_owner<entity_reply>(ann.id, rename(ann, "Ann"));
  while (!answer->has_value() && world.step())
    EXPECT_TRUE(!answer->has_value() || world.stored(ann).person.full_name == "Ann");
  ASSERT_TRUE(answer->has_value());
  EXPECT_EQ(*(**answer)->body, "user person1@example.org r2 name=Ann weight=-");
  EXPECT_EQ(*read_person()->body, *(**answer)->body);
  EXPECT_EQ(world.stored(ann).version, 1);
}

TEST_F(UserActor, DoesNotTellWhichConstraintOfTheDatabaseAWriteBreaks) {
  warm_up();
  world.database->fail_next(errc::conflict);
  const auto refused = tell(rename(ann, "Ann"));
  EXPECT_CODE(refused, errc::conflict);
  EXPECT_EQ(refused.error().detail, "the change does not fit what is stored");
}

TEST_F(UserActor, RaisesTheRevisionOfWhatAWriteChangesAlone) {
  ASSERT_TRUE(tell(rename(ann, "Ann")));
  preferences wanted;
  wanted.session_minutes = 45;
  const auto prefs = tell(replace_preferences{ann.session, wanted, std::nullopt, {}, {}});
  ASSERT_TRUE(prefs);
  EXPECT_EQ(*prefs->body, "prefs r2 minutes=45");
  EXPECT_EQ(prefs->etag, entity_tag(ann.id.value, 2, 'p'));
  EXPECT_EQ(read_person()->etag, entity_tag(ann.id.value, 2));
  EXPECT_EQ(world.stored(ann).version, 2);
}

TEST_F(UserActor, RefusesAWriteWhoseIfMatchNamesAnotherRevision) {
  ASSERT_TRUE(tell(rename(ann, "Ann")));
  EXPECT_CODE(tell(rename(ann, "Bea", tag(entity_tag(ann.id.value, 1)))), errc::precondition_failed);
  EXPECT_EQ(world.stored(ann).person.full_name, "Ann");
  EXPECT_EQ(world.stored(ann).version, 1) << "a refused write leaves no trace";
  EXPECT_TRUE(tell(rename(ann, "Bea", tag(entity_tag(ann.id.value, 2)))));
  EXPECT_TRUE(tell(rename(ann, "Cat", precondition{true, {}})));
}

TEST_F(UserActor, JudgesIfMatchByWhatTheBatchHasChangedBefore) {
  warm_up();
  const auto first = world.ask_owner<entity_reply>(ann.id, rename(ann, "A"));
  const auto second = world.ask_owner<entity_reply>(ann.id, rename(ann, "B"));
  const auto third = world.ask_owner<entity_reply>(ann.id, rename(ann, "C", tag(entity_tag(ann.id.value, 1))));
  const auto fourth = world.ask_owner<entity_reply>(ann.id, rename(ann, "D", tag(entity_tag(ann.id.value, 3))));
  EXPECT_TRUE(world.wait_for<entity_reply>(first));
  EXPECT_TRUE(world.wait_for<entity_reply>(second));
  EXPECT_CODE(world.wait_for<entity_reply>(third), errc::precondition_failed);
  EXPECT_TRUE(world.wait_for<entity_reply>(fourth));
}

// --- idempotency
// -------------------------------------------------------------------------------------------------------------

TEST_F(UserActor, AnswersTheSameKeyWithTheStoredAnswer) {
  const create_conversation what{ann.session, "Runs", std::nullopt, key_of("k")};
  const auto first = tell(what);
  const auto second = tell(what);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->status, 201);
  EXPECT_EQ(second->status, 201);
  EXPECT_EQ(*first->body, *second->body);
  EXPECT_EQ(first->location, second->location);
  EXPECT_EQ(first->etag, second->etag);
  EXPECT_EQ(world.stored(ann).conversations.size(), 1u);
}

TEST_F(UserActor, RemembersKeysAcrossALifeOfTheOwner) {
  const create_conversation what{ann.session, "Runs", std::nullopt, key_of("k")};
  const auto first = tell(what);
  caf::anon_send_exit(world.owner_of(ann.id), caf::exit_reason::kill);
  const auto second = tell(what);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first->body, *second->body);
  EXPECT_EQ(world.owners_spawned(), 2u);
}

TEST_F(UserActor, RefusesAKeyThatCameWithAnotherBody) {
  ASSERT_TRUE(tell(create_conversation{ann.session, "Runs", std::nullopt, key_of("k", 1)}));
  EXPECT_CODE(tell(create_conversation{ann.session, "Food", std::nullopt, key_of("k", 2)}), errc::key_reused);
  EXPECT_EQ(world.stored(ann).conversations.size(), 1u);
}

TEST_F(UserActor, RefusesAKeyWhoseFirstRequestStillRuns) {
  warm_up();
  const create_conversation what{ann.session, "Runs", std::nullopt, key_of("k")};
  const auto first = world.ask_owner<entity_reply>(ann.id, what);
  const auto second = world.ask_owner<entity_reply>(ann.id, what);
  EXPECT_TRUE(world.wait_for<entity_reply>(first));
  EXPECT_CODE(world.wait_for<entity_reply>(second), errc::in_progress);
}

TEST_F(UserActor, LeavesTheKeyOfARefusedRequestFree) {
  post_message what{ann.session, conversation_id{}, "hello", "{}", key_of("k")};
  EXPECT_CODE(tell(what), errc::not_found);
  what.conversation = world.add_conversation(ann);
  EXPECT_TRUE(tell(what));
}

TEST_F(UserActor, AsksNothingAboutKeysThatItKnowsToBeNew) {
  const auto make = [&](const char* key) {
    return tell(create_conversation{ann.session, std::string{"about "} + key, std::nullopt, key_of(key)});
  };
  ASSERT_TRUE(make("one"));
  const auto first = make("two");
  const auto asked = world.database->reads;
  EXPECT_EQ(asked, 3) << "about each key, and with the second about all";
  const auto third = make("three");
  ASSERT_TRUE(first && third);
  EXPECT_EQ(world.database->reads, asked);
  EXPECT_EQ(*make("two")->body, *first->body) << "one that was there when all were asked for";
  EXPECT_EQ(*make("three")->body, *third->body) << "one that came later";
  EXPECT_EQ(world.database->reads, asked + 2);
  EXPECT_EQ(world.stored(ann).conversations.size(), 3u);
}

/// Another owner of this person may have done the request meanwhile.
TEST_F(UserActor, KnowsNoKeysOnceSomebodyElseHasWritten) {
  for (const char* key : {"one", "two", "three"})
    ASSERT_TRUE(tell(create_conversation{ann.session, "Runs", std::nullopt, key_of(key)}));
  auto& stored = world.database->people.at(ann.id);
  ++stored.version;
  stored.keys.insert_or_assign(
    "four", idempotency_record{key_of("four"), 201, "done elsewhere", {}, {}, {}, stored.keys.at("three").created_at});
  EXPECT_CODE(tell(create_conversation{ann.session, "Runs", std::nullopt, key_of("five")}), errc::fenced);
  const auto answer = tell(create_conversation{ann.session, "Runs", std::nullopt, key_of("four")});
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer->body, "done elsewhere");
}

// --- the order of writes
// -------------------------------------------------------------------------------------------------------

TEST_F(UserActor, ChangesNothingWhenNothingThatIsShownChanges) {
  const auto thread = world.add_conversation(ann);
  const auto record = world.add_progress(ann, 1, progress_metric::energy, 3, std::chrono::hours{1});
  ASSERT_TRUE(tell(rename(ann, "Ann")));
  const auto before = world.stored(ann);
  patch_conversation same_thread{ann.session, thread, std::nullopt, false, std::nullopt};
  patch_progress same_record{ann.session, record, {}, std::nullopt, {}};
  same_record.changes.value = 3;
  EXPECT_EQ(tell(rename(ann, "Ann"))->etag, entity_tag(ann.id.value, before.person.revision));
  EXPECT_EQ(tell(replace_preferences{ann.session, before.prefs, std::nullopt, {}, {}})->etag,
    entity_tag(ann.id.value, before.prefs.revision, 'p'));
  EXPECT_EQ(tell(same_thread)->etag, entity_tag(thread.value, before.conversations.at(thread).revision));
  EXPECT_EQ(tell(same_record)->etag, entity_tag(record.value, before.progress.at(record).revision));
  EXPECT_EQ(world.stored(ann).version, before.version) << "nothing was written";
  same_thread.if_match = tag("\"other\"");
  EXPECT_CODE(tell(same_thread), errc::precondition_failed);
}

TEST_F(UserActor, LeavesWhenItsAccountIsDeletedAndAllWhoWaitAreAnswered) {
  warm_up();
  world.set_rate(1);
  const auto reader = world.attach(world.chat(ann, "say 50 words").actor);
  const auto removed = world.ask_owner<entity_reply>(ann.id, delete_user{ann.session, std::nullopt});
  std::vector<asked<entity_reply>> later;
  for (int i = 0; i < 3; ++i) {
    later.push_back(world.ask_owner<entity_reply>(ann.id, rename(ann, "Ann")));
    later.push_back(world.ask_owner<entity_reply>(ann.id, get_user{ann.session}));
  }
  EXPECT_TRUE(world.wait_for<entity_reply>(removed));
  for (const auto& each : later)
    if (const auto answer = world.wait_for<entity_reply>(each); !answer)
      EXPECT_CODE(answer, errc::unauthorized);
  world.run();
  EXPECT_TRUE(reader->has_ended);
  EXPECT_FALSE(world.live_owner(ann.id));
  EXPECT_CODE(read_person(), errc::unauthorized);
  world.run();
  EXPECT_FALSE(world.live_owner(ann.id)) << "nor does the one who looked once more stay";
}

TEST_F(UserActor, LeavesWhenItsPersonCouldNotBeMade) {
  register_user what;
  what.person.email = world.stored(ann).person.email;
  user_id nobody;
  nobody.value.bytes[15] = 77;
  EXPECT_CODE(world.get_from_owner<session_grant>(nobody, what), errc::email_taken);
  world.run();
  EXPECT_FALSE(world.live_owner(nobody));
}

TEST_F(UserActor, HasOneBatchInFlightAndKeepsTheOrder) {
  warm_up();
  std::vector<asked<entity_reply>> all;
  for (int i = 0; i < 20; ++i)
    all.push_back(world.ask_owner<entity_reply>(ann.id, rename(ann, std::to_string(i))));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto answer = world.wait_for<entity_reply>(all[i]);
    ASSERT_TRUE(answer);
    EXPECT_EQ(
      *answer->body, "user person1@example.org r" + std::to_string(i + 2) + " name=" + std::to_string(i) + " weight=-");
  }
  EXPECT_EQ(world.database->batches, 2) << "the first alone, the others together";
  EXPECT_EQ(world.stored(ann).version, 20);
  EXPECT_EQ(world.stored(ann).person.full_name, "19");
}

TEST_F(UserActor, RefusesMoreWritesThanMayWait) {
  warm_up();
  const auto may_wait = static_cast<std::size_t>(world.options.settings.users.queue_max);
  world.faults->writes_held_back = 0;
  std::vector<asked<entity_reply>> all;
  for (std::size_t i = 0; i < 1 + may_wait + 1; ++i)
    all.push_back(world.ask_owner<entity_reply>(ann.id, rename(ann, std::to_string(i))));
  for (std::size_t i = 0; i < 1 + may_wait; ++i)
    EXPECT_TRUE(world.wait_for<entity_reply>(all[i])) << i;
  EXPECT_CODE(world.wait_for<entity_reply>(all.back()), errc::overloaded);
  EXPECT_EQ(world.stored(ann).version, static_cast<std::int64_t>(1 + may_wait));
}

TEST_F(UserActor, KeepsTheStateWhenTheDiskIsFull) {
  warm_up();
  world.database->refuse(true);
  EXPECT_CODE(tell(rename(ann, "Ann")), errc::unavailable);
  EXPECT_EQ(*read_person()->body, "user person1@example.org r1 name=- weight=-");
  world.database->refuse(false);
  EXPECT_TRUE(tell(rename(ann, "Ann")));
  EXPECT_EQ(world.database->loads, 1) << "nothing was done: what is in memory still holds";
}

TEST_F(UserActor, ReloadsBehindARaisedFenceAfterAnUnknownOutcome) {
  warm_up();
  world.database->commit_then_fail();
  EXPECT_CODE(tell(rename(ann, "Ann")), errc::outcome_unknown);
  EXPECT_EQ(*read_person()->body, "user person1@example.org r2 name=Ann weight=-");
  EXPECT_EQ(world.stored(ann).version, 2) << "one for the write, one for the fence";
}

TEST_F(UserActor, FencesOffAWriteThatLandsAfterTheReload) {
  warm_up();
  world.faults->writes_held_back = 1;
  EXPECT_CODE(tell(rename(ann, "Late")), errc::outcome_unknown);
  EXPECT_EQ(*read_person()->body, "user person1@example.org r1 name=- weight=-");
  EXPECT_EQ(world.land_held_writes(), std::vector<bool>{false});
  EXPECT_TRUE(tell(rename(ann, "Next")));
  EXPECT_EQ(world.stored(ann).person.full_name, "Next");
}

TEST_F(UserActor, RefusesAndReloadsWhenSomebodyElseWrote) {
  warm_up();
  world.stored(ann).version = 7;
  world.stored(ann).person.full_name = "Elsewhere";
  EXPECT_CODE(tell(rename(ann, "Ann")), errc::fenced);
  EXPECT_EQ(*read_person()->body, "user person1@example.org r1 name=Elsewhere weight=-");
  EXPECT_TRUE(tell(rename(ann, "Ann")));
}

TEST_F(UserActor, TakesAWriteWhoseWorkerDiedForUnknown) {
  warm_up();
  world.failures_expected = 1;
  world.faults->throws_after_write = 1;
  EXPECT_CODE(tell(rename(ann, "Ann")), errc::outcome_unknown);
  EXPECT_EQ(*read_person()->body, "user person1@example.org r2 name=Ann weight=-");
}

TEST_F(UserActor, DecidesNothingOverAListThatCouldNotBeRead) {
  world.add_progress(ann, 1, progress_metric::weight_kg, 80, std::chrono::hours{1});
  warm_up();
  world.database->fail_next(errc::unavailable);
  EXPECT_CODE(tell(measure(ann, 70, world.wall_time() - std::chrono::hours{48})), errc::unavailable);
  EXPECT_EQ(shown_weight(world.stored(ann)), 80) << "an older record must not become what the profile shows";
}

// --- sessions
// -----------------------------------------------------------------------------------------------------------------

class UserSessions : public UserActor {
protected:
  result<session_grant> rotate(std::uint8_t presented, std::uint8_t next) {
    return world.get_from_owner<session_grant>(ann.id, rotate_session{ann.session, hash_of(presented), hash_of(next)});
  }
  static std::uint64_t refused_as(refresh_fault why) {
    std::uint64_t sum = 0;
    per_thread<actor_counters>::for_each(
      [&](const actor_counters& each) { sum += each.refreshes_refused[static_cast<std::size_t>(why)].value(); });
    return sum;
  }
};

TEST_F(UserSessions, RefusesARevokedSessionAtOnce) {
  ASSERT_TRUE(read_person());
  EXPECT_EQ(tell(close_session{ann.session})->status, 204);
  EXPECT_CODE(read_person(), errc::unauthorized);
  EXPECT_TRUE(world.stored(ann).sessions.empty());
}

TEST_F(UserSessions, RefusesAnExpiredSession) {
  warm_up();
  world.advance(std::chrono::days{31});
  EXPECT_CODE(read_person(), errc::unauthorized);
}

TEST_F(UserSessions, RefusesPeopleWhoseAccountIsDisabled) {
  administer_user what;
  what.is_active = false;
  ASSERT_TRUE(tell(what));
  EXPECT_CODE(read_person(), errc::unauthorized);
  EXPECT_TRUE(world.stored(ann).sessions.empty());
}

TEST_F(UserSessions, ExchangesARefreshToken) {
  const auto granted = rotate(1, 2);
  ASSERT_TRUE(granted);
  EXPECT_EQ(granted->session, ann.session);
  EXPECT_EQ(world.stored(ann).sessions.at(ann.session).refresh_hash, hash_of(2));
  EXPECT_TRUE(rotate(2, 3));
}

TEST_F(UserSessions, LetsParallelUsesOfATokenLoseAndRevokesNothing) {
  warm_up();
  std::vector<asked<session_grant>> all;
  for (std::uint8_t i = 0; i < 5; ++i)
    all.push_back(world.ask_owner<session_grant>(
      ann.id, rotate_session{ann.session, hash_of(1), hash_of(static_cast<std::uint8_t>(10 + i))}));
  EXPECT_TRUE(world.wait_for<session_grant>(all[0]));
  for (std::size_t i = 1; i < all.size(); ++i)
    EXPECT_CODE(world.wait_for<session_grant>(all[i]), errc::unauthorized);
  EXPECT_TRUE(read_person()) << "the session lives on";
  EXPECT_TRUE(rotate(10, 20));
}

TEST_F(UserSessions, CountsWhyTokensWereNotExchanged) {
  const auto ended = refused_as(refresh_fault::ended);
  const auto raced = refused_as(refresh_fault::raced);
  const auto unknown = refused_as(refresh_fault::unknown);
  const auto reused = refused_as(refresh_fault::reused);
  warm_up();
  std::array both{
    world.ask_owner<session_grant>(ann.id, rotate_session{ann.session, hash_of(1), hash_of(2)}),
    world.ask_owner<session_grant>(ann.id, rotate_session{ann.session, hash_of(1), hash_of(3)}),
  };
  EXPECT_TRUE(world.wait_for<session_grant>(both[0]));
  EXPECT_CODE(world.wait_for<session_grant>(both[1]), errc::unauthorized);
  EXPECT_CODE(rotate(99, 4), errc::unauthorized);
  EXPECT_CODE(rotate(1, 5), errc::unauthorized);
  EXPECT_CODE(rotate(2, 6), errc::unauthorized);
  administer_user what;
  what.is_active = false;
  ASSERT_TRUE(tell(what));
  EXPECT_CODE(rotate(2, 7), errc::unauthorized);
  EXPECT_EQ(refused_as(refresh_fault::raced), raced + 1);
  EXPECT_EQ(refused_as(refresh_fault::unknown), unknown + 1);
  EXPECT_EQ(refused_as(refresh_fault::reused), reused + 1);
  EXPECT_EQ(refused_as(refresh_fault::ended), ended + 2);
}

TEST_F(UserSessions, RevokesTheFamilyWhenAnOldTokenComesBack) {
  ASSERT_TRUE(rotate(1, 2));
  ASSERT_TRUE(rotate(2, 3));
  EXPECT_CODE(rotate(1, 4), errc::unauthorized);
  EXPECT_CODE(rotate(3, 5), errc::unauthorized);  // the newest token is revoked too
  EXPECT_CODE(read_person(), errc::unauthorized);
}

TEST_F(UserSessions, RevokesNothingForATokenThatNeverWas) {
  EXPECT_CODE(rotate(99, 2), errc::unauthorized);
  EXPECT_TRUE(read_person());
  EXPECT_TRUE(rotate(1, 2));
}

TEST_F(UserSessions, LetsATokenTryAgainWhenItsExchangeWasNotStored) {
  warm_up();
  world.database->refuse(true);
  EXPECT_CODE(rotate(1, 2), errc::unavailable);
  world.database->refuse(false);
  EXPECT_TRUE(rotate(1, 3));
}

TEST_F(UserSessions, EndsOtherSessionsWhenThePasswordChanges) {
  open_session login;
  login.session = world.add_person(9).session;
  login.refresh_hash = hash_of(7);
  ASSERT_TRUE(world.get_from_owner<session_grant>(ann.id, login));
  ASSERT_EQ(world.stored(ann).sessions.size(), 2u);
  ASSERT_TRUE(tell(change_password{ann.session, "new hash"}));
  EXPECT_EQ(world.stored(ann).password_hash, "new hash");
  EXPECT_CODE(world.get_from_owner<entity_reply>(ann.id, get_user{login.session}), errc::unauthorized);
  EXPECT_TRUE(read_person());
}

TEST_F(UserSessions, RefusesALoginThatBeganBeforeThePasswordChanged) {
  open_session login;
  login.session = world.add_person(9).session;
  login.refresh_hash = hash_of(7);
  login.verified_hash = world.stored(ann).password_hash;
  login.new_password_hash = "the old password, hashed anew";
  ASSERT_TRUE(tell(change_password{ann.session, "new hash"}));
  EXPECT_CODE(world.get_from_owner<session_grant>(ann.id, login), errc::unauthorized);
  EXPECT_EQ(world.stored(ann).password_hash, "new hash");
  EXPECT_EQ(world.stored(ann).sessions.size(), 1u);
  login.verified_hash = "new hash";
  login.new_password_hash = std::nullopt;
  EXPECT_TRUE(world.get_from_owner<session_grant>(ann.id, login));
}

/// What the owner is asked for in one turn, so that it is decided in one batch or in the next.
TEST_F(UserSessions, OpensNoneBehindTheEndOfTheAccount) {
  open_session login;
  login.session = world.add_person(9).session;
  login.refresh_hash = hash_of(7);
  login.verified_hash = world.stored(ann).password_hash;
  ASSERT_TRUE(read_person());  // in memory: all three are admitted before any is decided
  const auto first = world.ask_owner<entity_reply>(ann.id, patch_user{ann.session, {}, {}});
  const auto disabled =
    world.ask_owner<entity_reply>(ann.id, administer_user{.is_active = false, .role = {}, .password_hash = {}});
  const auto opened = world.ask_owner<session_grant>(ann.id, login);
  world.run();
  EXPECT_TRUE(first->has_value());
  ASSERT_TRUE(disabled->has_value() && disabled->value());
  ASSERT_TRUE(opened->has_value());
  EXPECT_CODE(**opened, errc::unauthorized);
  EXPECT_EQ(world.stored(ann).sessions.size(), 0u) << "a disabled account has none";
}

TEST_F(UserSessions, ChangesNothingBehindItsOwnEnd) {
  ASSERT_TRUE(read_person());
  const auto logged_out = world.ask_owner<entity_reply>(ann.id, close_session{ann.session});
  const auto made = world.ask_owner<entity_reply>(ann.id, create_conversation{ann.session, {}, {}, {}});
  world.run();
  ASSERT_TRUE(logged_out->has_value() && logged_out->value());
  ASSERT_TRUE(made->has_value());
  EXPECT_CODE(**made, errc::unauthorized);
}

TEST_F(UserSessions, EndsTheOldestSessionBeyondTheBound) {
  for (std::uint32_t i = 0; i < sessions_per_user_max; ++i) {
    open_session login;
    login.session = world.add_person(100 + i).session;
    ASSERT_TRUE(world.get_from_owner<session_grant>(ann.id, login));
    world.advance(std::chrono::seconds{1});
  }
  EXPECT_EQ(world.stored(ann).sessions.size(), sessions_per_user_max);
  EXPECT_CODE(read_person(), errc::unauthorized);
}

TEST_F(UserSessions, RegistersAPersonThatNobodyKnew) {
  auto made = world.add_person(2);
  world.database->people.erase(made.id);
  world.database->emails.erase("person2@example.org");
  register_user what;
  what.person.email = "new@example.org";
  what.session = made.session;
  const auto granted = world.get_from_owner<session_grant>(made.id, what);
  ASSERT_TRUE(granted);
  EXPECT_EQ(*granted->person, "user new@example.org r1 name=- weight=-");
  EXPECT_TRUE(world.get_from_owner<entity_reply>(made.id, get_user{made.session}));
  EXPECT_EQ(world.database->loads, 0) << "nobody has to load what was just made";
}

TEST_F(UserSessions, RefusesAnAddressThatHasAnAccount) {
  auto made = world.add_person(2);
  world.database->people.erase(made.id);
  register_user what;
  what.person.email = "person1@example.org";
  what.session = made.session;
  EXPECT_CODE(world.get_from_owner<session_grant>(made.id, what), errc::email_taken);
}

TEST_F(UserSessions, ServesWhoAsksWhileThePersonIsMade) {
  auto made = world.add_person(2);
  world.database->people.erase(made.id);
  register_user what;
  what.person.email = "new@example.org";
  what.session = made.session;
  const auto granted = world.ask_owner<session_grant>(made.id, what);
  const auto read = world.ask_owner<entity_reply>(made.id, get_user{made.session});
  EXPECT_TRUE(world.wait_for<session_grant>(granted));
  EXPECT_TRUE(world.wait_for<entity_reply>(read));
}

TEST_F(UserActor, DeletesEveryRowOfAPerson) {
  world.add_conversation(ann);
  EXPECT_EQ(tell(delete_user{ann.session, std::nullopt})->status, 204);
  EXPECT_FALSE(world.database->people.contains(ann.id));
  EXPECT_CODE(read_person(), errc::unauthorized);
}

TEST_F(UserActor, RefusesWhatComesBehindADeletionInTheSameBatch) {
  warm_up();
  const auto first = world.ask_owner<entity_reply>(ann.id, rename(ann, "A"));
  const auto gone = world.ask_owner<entity_reply>(ann.id, delete_user{ann.session, std::nullopt});
  const auto late = world.ask_owner<entity_reply>(ann.id, rename(ann, "B"));
  EXPECT_TRUE(world.wait_for<entity_reply>(first));
  EXPECT_TRUE(world.wait_for<entity_reply>(gone));
  EXPECT_CODE(world.wait_for<entity_reply>(late), errc::unauthorized);
}

// --- weight
// -------------------------------------------------------------------------------------------------------------------

TEST_F(UserActor, ShowsTheLatestWeightInTheProfile) {
  ASSERT_TRUE(tell(measure(ann, 80)));
  EXPECT_EQ(*read_person()->body, "user person1@example.org r2 name=- weight=80");
  ASSERT_TRUE(tell(measure(ann, 90, world.wall_time() - std::chrono::hours{24})));
  EXPECT_EQ(shown_weight(world.stored(ann)), 80) << "an older record does not show";
  EXPECT_EQ(world.stored(ann).person.revision, 2);
}

TEST_F(UserActor, WritesARecordWhenTheProfileIsPatchedWithAWeight) {
  const auto patched = tell(weigh(ann, 77));
  ASSERT_TRUE(patched);
  EXPECT_EQ(*patched->body, "user person1@example.org r2 name=- weight=77");
  ASSERT_EQ(world.stored(ann).progress.size(), 1u);
  EXPECT_EQ(world.stored(ann).progress.begin()->second.source, progress_source::profile);
}

TEST_F(UserActor, ShowsTheWeightThatWasSetAboveRecordsThatAreAhead) {
  for (const auto ahead : {std::chrono::hours{1}, progress_ahead_max}) {
    const auto dated = world.wall_time() + ahead;
    ASSERT_TRUE(tell(measure(ann, 90, dated)));
    for (const double kg : {77.0, 78.0}) {
      ASSERT_TRUE(tell(weigh(ann, kg)));
      EXPECT_EQ(shown_weight(world.stored(ann)), kg) << ahead.count() << " h ahead";
    }
    for (const auto& [id, record] : world.stored(ann).progress)
      EXPECT_LE(record.recorded_at, world.wall_time() + progress_ahead_max);
  }
}

TEST_F(UserActor, FollowsAPatchOfTheNewestRecord) {
  world.add_progress(ann, 1, progress_metric::weight_kg, 80, std::chrono::hours{1});
  const auto newest = world.add_progress(ann, 2, progress_metric::weight_kg, 82, std::chrono::hours{0});
  patch_progress what{ann.session, newest, {}, std::nullopt, {}};
  what.changes.recorded_at = world.wall_time() - std::chrono::hours{5};
  ASSERT_TRUE(tell(what));
  EXPECT_EQ(shown_weight(world.stored(ann)), 80) << "the other record is the newest now";
  what.changes = {};
  what.changes.value = 600;
  EXPECT_CODE(tell(what), errc::invalid_argument);
}

TEST_F(UserActor, FollowsTheDeletionOfManyNewestRecordsInOneBatch) {
  std::vector<progress_id> records;
  for (std::uint32_t i = 0; i < 12; ++i)
    records.push_back(
      world.add_progress(ann, 1 + i, progress_metric::weight_kg, 70 + i, std::chrono::hours{20 - static_cast<int>(i)}));
  warm_up();
  std::vector<asked<entity_reply>> all;
  for (std::size_t i = 11; i > 0; --i)
    all.push_back(world.ask_owner<entity_reply>(ann.id, delete_progress{ann.session, records[i], std::nullopt}));
  for (const auto& each : all)
    EXPECT_EQ(world.wait_for<entity_reply>(each)->status, 204);
  EXPECT_LE(world.database->batches, 2);
  EXPECT_EQ(shown_weight(world.stored(ann)), 70);
  ASSERT_TRUE(tell(delete_progress{ann.session, records[0], std::nullopt}));
  EXPECT_EQ(shown_weight(world.stored(ann)), std::nullopt);
}

TEST_F(UserActor, LeavesTheProfileAloneForOtherMetrics) {
  auto what = measure(ann, 4);
  what.metric = progress_metric::energy;
  ASSERT_TRUE(tell(what));
  EXPECT_EQ(world.stored(ann).person.revision, 1);
}

TEST_F(UserActor, RaisesTheRevisionOfARecordThatChanges) {
  const auto made = tell(measure(ann, 80));
  ASSERT_TRUE(made);
  patch_progress what{ann.session, id_in(*made), {}, tag(made->etag), {}};
  what.changes.value = 81;
  const auto patched = tell(what);
  ASSERT_TRUE(patched);
  EXPECT_EQ(*patched->body, "progress " + to_string(id_in(*made)) + " r2 81");
  EXPECT_CODE(tell(what), errc::precondition_failed);
  EXPECT_CODE(tell(delete_progress{ann.session, id_in(*made), tag(made->etag)}), errc::precondition_failed);
  EXPECT_TRUE(tell(get_progress{ann.session, id_in(*made)}));
}

// --- conversations
// ----------------------------------------------------------------------------------------------------------

TEST_F(UserActor, CountsTheMessagesOfAConversation) {
  const auto id = world.add_conversation(ann);
  for (int i = 1; i <= 3; ++i) {
    const auto posted = tell(post_message{ann.session, id, "Hello " + std::to_string(i), "{}", std::nullopt});
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->status, 201);
    EXPECT_NE(posted->body->find("seq=" + std::to_string(i) + " Hello"), std::string::npos) << *posted->body;
  }
  EXPECT_EQ(*tell(get_conversation{ann.session, id})->body, "conversation " + to_string(id) + " r4 n=3 title=Hello 1");
  const auto listed = world.get_from_owner<page<message>>(ann.id, get_messages{ann.session, id, {}});
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->items.size(), 3u);
}

TEST_F(UserActor, NumbersMessagesOfOneBatchWithoutAGap) {
  const auto id = world.add_conversation(ann);
  warm_up();
  std::vector<asked<entity_reply>> all;
  for (int i = 0; i < 10; ++i)
    all.push_back(world.ask_owner<entity_reply>(ann.id, post_message{ann.session, id, "x", "{}", std::nullopt}));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto posted = world.wait_for<entity_reply>(all[i]);
    ASSERT_TRUE(posted);
    EXPECT_NE(posted->body->find("seq=" + std::to_string(i + 1) + " "), std::string::npos);
  }
}

TEST_F(UserActor, AnswersAKnownConversationFromMemory) {
  const auto id = world.add_conversation(ann);
  ASSERT_TRUE(tell(get_conversation{ann.session, id}));
  const auto reads = world.database->reads;
  ASSERT_TRUE(tell(get_conversation{ann.session, id}));
  EXPECT_EQ(world.database->reads, reads);
}

TEST_F(UserActor, HidesConversationsOfOthers) {
  const auto bob = world.add_person(2);
  const auto id = world.add_conversation(bob);
  EXPECT_CODE(tell(get_conversation{ann.session, id}), errc::not_found);
  EXPECT_CODE(tell(post_message{ann.session, id, "x", "{}", std::nullopt}), errc::not_found);
  EXPECT_CODE(world.get_from_owner<page<message>>(ann.id, get_messages{ann.session, id, {}}), errc::not_found);
}

TEST_F(UserActor, DeletesAConversationWithItsMessages) {
  const auto id = world.add_conversation(ann);
  ASSERT_TRUE(tell(post_message{ann.session, id, "x", "{}", std::nullopt}));
  const patch_conversation archive{ann.session, id, std::nullopt, true, std::nullopt};
  ASSERT_TRUE(tell(archive));
  EXPECT_EQ(tell(delete_conversation{ann.session, id, std::nullopt})->status, 204);
  EXPECT_CODE(tell(get_conversation{ann.session, id}), errc::not_found);
  EXPECT_TRUE(world.stored(ann).messages.empty());
}

// --- leaving
// -----------------------------------------------------------------------------------------------------------------

TEST_F(UserActor, LeavesOnlyWhenThereIsNothingToDo) {
  const auto owner = world.owner_of(ann.id);
  const auto write = world.ask<entity_reply>(owner, rename(ann, "Ann"));
  const auto busy = world.ask<bool>(owner, passivate{});
  EXPECT_FALSE(*world.wait_for<bool>(busy));
  EXPECT_TRUE(world.wait_for<entity_reply>(write));
  EXPECT_TRUE(*world.get<bool>(owner, passivate{}));
  EXPECT_TRUE(read_person()) << "another owner takes over";
  EXPECT_EQ(world.owners_spawned(), 2u);
}

TEST_F(UserActor, AnswersTheShutdownWhenTheLoadFails) {
  const auto owner = world.owner_of(ann.id);
  world.database->fail_next(errc::unavailable);
  const auto write = world.ask<entity_reply>(owner, rename(ann, "Ann"));
  const auto read = world.ask<entity_reply>(owner, get_user{ann.session});
  const auto bye = world.ask<bool>(owner, begin_shutdown{});
  EXPECT_TRUE(world.run_until([&] { return bye->has_value(); }, std::chrono::milliseconds{0}));
  EXPECT_TRUE(world.wait_for<entity_reply>(write).has_value() || true);
  world.wait_for<entity_reply>(read);
}

}  // namespace genesis
