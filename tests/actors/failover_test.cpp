#include "tests/actors/actor_fixture.hpp"

#include <memory>

// Another server takes over the database, and lacks the last changes that the one before had confirmed.

namespace genesis {

namespace {

using namespace std::chrono_literals;

class Failover : public ::testing::Test {
protected:
  Failover() {
    world.add_progress(ann, 1, progress_metric::weight_kg, 80, 24h);
    show();
  }

  /// All connections are lost, and opened again with the next need.
  void reconnect() {
    for (std::size_t i = world.workers_spawned(); i-- > 0;)
      world.kill_worker(i);
    world.run();
  }
  /// What the next server has is what there is now.
  void replicate() { lagging_.become(*world.database); }
  void fail_over() {
    world.database->become(lagging_);
    ++world.database->timeline;
    reconnect();
  }
  /// Whatever a person does next opens a connection.
  void ask_database() { EXPECT_TRUE(world.get<bool>(world.pool, storage::check_database{})); }

  result<entity_reply> show() { return world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}); }
  std::string name() {
    const auto reply = show();
    return reply ? *reply->body : to_string(reply.error().code).data();
  }
  result<entity_reply> rename(std::string name) {
    user_patch patch;
    patch.full_name = patched<std::string>{std::move(name)};
    return world.get_from_owner<entity_reply>(ann.id, patch_user{ann.session, patch, std::nullopt});
  }
  void leave_memory() {
    world.run();
    ASSERT_TRUE(world.get<bool>(world.owner_of(ann.id), genesis::passivate{}).value());
    world.run();
  }
  std::size_t conversations() {
    const auto found =
      world.get_from_owner<page<conversation>>(ann.id, get_conversations{ann.session, archived_filter::all, {}});
    return found ? found->items.size() : 0;
  }

  actor_world world{{.has_cache = true}};
  person ann = world.add_person(1);

  storage::memory_database lagging_;
};

TEST_F(Failover, WhatWasLostIsShownToNobody) {
  ASSERT_TRUE(rename("Kept"));
  replicate();
  const auto kept = name();
  ASSERT_TRUE(rename("Lost"));
  EXPECT_TRUE(world.get_from_owner<entity_reply>(ann.id, create_conversation{ann.session, "Legs", {}, {}}));
  EXPECT_EQ(conversations(), 1U);
  const auto lost = name();
  ASSERT_NE(kept, lost);

  const auto failovers = counters().storage_failovers.value();
  fail_over();
  EXPECT_EQ(name(), lost) << "nobody has been at the database yet";
  ask_database();
  EXPECT_EQ(name(), kept);
  EXPECT_EQ(conversations(), 0U);
  EXPECT_EQ(counters().storage_failovers.value(), failovers + 1);
}

/// Both servers come to the same version, each by its own changes.
TEST_F(Failover, TheSameVersionOfAnotherTimelineIsAnotherOne) {
  replicate();
  ASSERT_TRUE(rename("Lost"));
  world.run();
  fail_over();
  ask_database();
  world.cached->loses_puts = true;
  ASSERT_TRUE(rename("Found"));
  leave_memory();
  const auto stale = counters().l2_stale.value();
  EXPECT_TRUE(name().contains("Found"));
  EXPECT_EQ(counters().l2_stale.value(), stale + 1);
  world.cached->loses_puts = false;
  ASSERT_TRUE(rename("Kept"));
  leave_memory();
  const auto hits = counters().l2_hits.value();
  EXPECT_TRUE(name().contains("Kept"));
  EXPECT_EQ(counters().l2_hits.value(), hits + 1) << "what is kept since then is as good as ever";
}

TEST_F(Failover, WhoWasInMemoryIsReadFromThereAgainAfterOneQuestion) {
  replicate();
  fail_over();
  ask_database();
  const auto questions = [&] { return world.database->loads + world.database->reads; };
  const auto before = questions();
  name();
  name();
  EXPECT_EQ(questions(), before + 1);
}

TEST_F(Failover, AWriteOverWhatWasLostIsDecidedOverWhatIsThere) {
  replicate();
  ASSERT_TRUE(rename("Lost"));
  fail_over();
  ask_database();
  EXPECT_TRUE(rename("New"));
  EXPECT_TRUE(name().contains("New"));
  EXPECT_EQ(world.stored(ann).person.full_name, "New");
}

/// Revisions come again, with other contents.
TEST_F(Failover, NoTagIsThatOfWhatWasLost) {
  replicate();
  const auto lost = rename("Lost");
  ASSERT_TRUE(lost);
  fail_over();
  ask_database();
  const auto found = rename("Found");
  ASSERT_TRUE(found);
  EXPECT_NE(found->etag, lost->etag);
  user_patch patch;
  patch.full_name = patched<std::string>{"Over it"};
  EXPECT_CODE(world.get_from_owner<entity_reply>(
                ann.id, patch_user{ann.session, patch, precondition{.any = false, .tags = {lost->etag}}}),
    errc::precondition_failed);
  EXPECT_TRUE(world.get_from_owner<entity_reply>(
    ann.id, patch_user{ann.session, patch, precondition{.any = false, .tags = {found->etag}}}));
}

/// The batch itself opens the connection: its version fits, and what it is decided over need not be there.
TEST_F(Failover, AWriteThatIsTheFirstToSeeTheNewServerIsDecidedAgain) {
  replicate();
  fail_over();
  const auto fenced = counters().writes_fenced.value();
  EXPECT_CODE(rename("New"), errc::fenced);
  EXPECT_EQ(counters().writes_fenced.value(), fenced + 1);
  EXPECT_TRUE(rename("New"));
}

/// Nothing was read for them, from which the timeline would be known.
TEST(FailoverOfTheFirst, WhoWasMadeBeforeAnythingWasReadIsReadAgain) {
  actor_world world;
  uuid_source ids{[](std::uint8_t* bytes, std::size_t size) { std::fill_n(bytes, size, std::uint8_t{7}); }};
  const auto id = ids.next_id<user_id>(world.wall_time());
  create_account asked;
  asked.person.email = "bea@example.org";
  asked.password_hash = "hash";
  ASSERT_TRUE(world.get_from_owner<entity_reply>(id, asked));
  world.database->timeline = 2;
  for (std::size_t i = world.workers_spawned(); i-- > 0;)
    world.kill_worker(i);
  world.run();
  EXPECT_TRUE(world.get<bool>(world.pool, storage::check_database{}));
  const auto loads = world.database->loads;
  import_records nothing;
  EXPECT_TRUE(world.get_from_owner<entity_reply>(id, nothing));
  EXPECT_EQ(world.database->loads, loads + 1);
}

TEST_F(Failover, SomebodyWhoseAccountWasLostIsNobody) {
  replicate();
  const auto bob = world.add_person(2);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(bob.id, get_user{bob.session}));
  fail_over();
  ask_database();
  EXPECT_CODE(world.get_from_owner<entity_reply>(bob.id, get_user{bob.session}), errc::unauthorized);
}

TEST_F(Failover, SomebodyWhoseSessionWasLostIsSignedOut) {
  replicate();
  auto& row = world.stored(ann);
  auto opened = row.sessions.at(ann.session);
  opened.id = world.add_person(9).session;
  row.sessions.emplace(opened.id, opened);
  ++row.version;
  leave_memory();
  const auto later = opened.id;
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{later}));
  fail_over();
  ask_database();
  EXPECT_CODE(world.get_from_owner<entity_reply>(ann.id, get_user{later}), errc::unauthorized);
  EXPECT_TRUE(show());
}

/// What waits behind a write is answered from what there is then.
TEST_F(Failover, ReadsBehindAWriteThatIsUnderWayAreNotOfWhatWasLost) {
  ASSERT_TRUE(rename("Kept"));
  replicate();
  ASSERT_TRUE(rename("Lost"));
  world.hold_writer();
  user_patch patch;
  patch.full_name = patched<std::string>{"Refused"};
  const auto write = world.ask_owner<entity_reply>(ann.id, patch_user{ann.session, patch, std::nullopt});
  world.run();
  world.database->become(lagging_);
  world.database->timeline = 2;
  world.kill_worker(1);
  world.run();
  ask_database();
  const auto read = world.ask_owner<entity_reply>(ann.id, get_user{ann.session}, 1);
  world.run();
  EXPECT_FALSE(*read);
  world.let_go();
  EXPECT_CODE(world.wait_for(write), errc::fenced);
  const auto shown = world.wait_for(read);
  ASSERT_TRUE(shown);
  EXPECT_TRUE(shown->body->contains(world.stored(ann).person.full_name.value())) << *shown->body;
}

TEST_F(Failover, AServerThatWasTakenOverFromIsUsedNoMore) {
  replicate();
  fail_over();
  ask_database();
  world.database->timeline = 1;
  reconnect();
  EXPECT_CODE(world.get<bool>(world.pool, storage::check_database{}), errc::unavailable);
  EXPECT_CODE(rename("Elsewhere"), errc::unavailable);
  world.database->timeline = 2;
  world.advance(2s);
  EXPECT_TRUE(rename("Here"));
}

/// Nobody has asked for the person before the end of the answer is to be stored.
TEST_F(Failover, ARunThatWasLostGivesTheNextOneItsTurn) {
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, create_conversation{ann.session, "Legs", {}, {}}));
  const auto talk = world.stored(ann).conversations.begin()->first;
  replicate();
  world.set_rate(10);
  const auto reader = world.attach(world.chat(ann, "say 20 words", talk).actor);
  world.advance(1s);
  fail_over();
  EXPECT_TRUE(world.run_until([&] { return reader->has_ended; }));
  EXPECT_TRUE(reader->shape().ends_with("error end")) << reader->shape() << ": they are to ask again";
  EXPECT_TRUE(world.stored(ann).runs.empty());
  world.set_rate(0);
  const auto before = world.time();
  world.read_to_end(world.chat(ann, "say 3 words", talk).actor);
  EXPECT_LT(world.time() - before, 1s) << "it waited for the actor of the one that was lost";
}

/// Whoever is the first to see the new server, and whatever else was lost: each event that readers saw is stored.
TEST(FailoverOfAnAnswer, StoresAllThatReadersSaw) {
  for (auto at = 100ms; at < 3s; at += 70ms) {
    for (const bool loses_a_change : {false, true}) {
      actor_world world{{.has_cache = true}};
      const auto ann = world.add_person(1);
      world.set_rate(10);
      const auto ticket = world.chat(ann, "say 25 words");
      const auto reader = world.attach(ticket.actor);
      world.advance(100ms);
      storage::memory_database lagging;
      lagging.become(*world.database);
      if (loses_a_change) {
        user_patch patch;
        patch.full_name = patched<std::string>{"Lost"};
        ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, patch_user{ann.session, patch, std::nullopt}));
      }
      world.advance(at);
      if (reader->has_ended)
        break;
      world.database->become(lagging);
      world.database->timeline = 2;
      for (std::size_t i = world.workers_spawned(); i-- > 0;)
        world.kill_worker(i);
      EXPECT_TRUE(world.run_until([&] { return reader->has_ended; }));
      world.run();
      const auto& stored = world.stored(ann);
      EXPECT_EQ(stored.events_of(ticket.run.id).size(), reader->events.size()) << at << loses_a_change;
      EXPECT_EQ(stored.runs.at(ticket.run.id).status, run_status::success) << at << loses_a_change;
    }
  }
}

/// Nothing is stored of an answer whose question is lost, and the conversation goes on.
TEST_F(Failover, ARunThatWasLostIsNotStoredAgain) {
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, create_conversation{ann.session, "Legs", {}, {}}));
  const auto talk = world.stored(ann).conversations.begin()->first;
  replicate();
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 40 words", talk);
  const auto reader = world.attach(ticket.actor);
  world.advance(2s);
  fail_over();
  ask_database();
  ASSERT_TRUE(show());
  EXPECT_TRUE(world.run_until([&] { return reader->has_ended; }));
  world.run();
  EXPECT_TRUE(world.stored(ann).runs.empty());
  EXPECT_TRUE(world.stored(ann).messages.empty());
  world.set_rate(0);
  const auto next = world.chat(ann, "say 3 words", talk);
  world.read_to_end(next.actor);
  EXPECT_EQ(world.stored(ann).messages.size(), 2U);
}

/// Of an answer that is being given, what was stored as it grew may be lost, and is stored again with its end.
TEST_F(Failover, ARunThatIsThereIsStoredWhole) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 60 words");
  const auto reader = world.attach(ticket.actor);
  world.advance(100ms);
  replicate();
  world.advance(4s);
  EXPECT_GT(world.database->chunk_writes, 1);
  fail_over();
  ask_database();
  EXPECT_TRUE(world.run_until([&] { return reader->has_ended; }));
  world.run();
  const auto events = world.stored(ann).events_of(ticket.run.id);
  EXPECT_EQ(events.size(), reader->events.size());
  EXPECT_EQ(world.stored(ann).runs.at(ticket.run.id).status, run_status::success);
}

TEST_F(Failover, MeasurementsThatTheCoachReadAreReadAgain) {
  const auto recent = [&](std::int64_t timeline) {
    return world
      .get<records_ptr>(world.statistics, get_recent_records{.user = ann.id, .version = 1, .timeline = timeline})
      .value()
      ->size();
  };
  replicate();
  world.add_progress(ann, 2, progress_metric::weight_kg, 79, 1h);
  EXPECT_EQ(recent(1), 2U);
  fail_over();
  EXPECT_EQ(recent(1), 2U);
  EXPECT_EQ(recent(2), 1U);
}

/// A replica that had more than the one that took over, and follows neither, is as new as is asked for and has what is
/// lost.
TEST(FailoverWithReplicas, ListsDoNotComeFromOneThatWasWellBefore) {
  actor_world world{{.replica_weights = {1}}};
  const auto ann = world.add_person(1);
  storage::memory_database lagging;
  lagging.become(*world.database);
  const auto conversations = [&] {
    const auto found =
      world.get_from_owner<page<conversation>>(ann.id, get_conversations{ann.session, archived_filter::all, {}});
    return found ? found->items.size() : 0;
  };
  const auto talk = [&] {
    EXPECT_TRUE(world.get_from_owner<entity_reply>(ann.id, create_conversation{ann.session, "Legs", {}, {}}));
  };
  world.advance(2s);
  talk();
  talk();
  world.catch_up(0);
  EXPECT_EQ(conversations(), 2U);
  EXPECT_GT(world.replicas[0]->rows->reads, 0);

  world.database->become(lagging);
  world.database->timeline = 2;
  world.kill_worker(0);
  world.kill_worker(1);
  world.run();
  EXPECT_TRUE(world.get<bool>(world.pool, storage::check_database{}));
  const auto reads = world.replicas[0]->rows->reads;
  talk();
  EXPECT_EQ(conversations(), 1U);
  world.advance(3s);
  EXPECT_EQ(conversations(), 1U);
  EXPECT_EQ(world.replicas[0]->rows->reads, reads) << "its timeline is not the primary's";
  world.replicas[0]->timeline = 2;
  world.catch_up(0);
  world.advance(3s);
  EXPECT_EQ(conversations(), 1U);
  EXPECT_GT(world.replicas[0]->rows->reads, reads);
}

/// A copy or a condition would take it for what is there now.
TEST(FailoverOfAnswers, GivesWhatWasReadBeforeNoTagOfTheNewServer) {
  actor_world world{{.has_lagging_workers = true}};
  const auto ann = world.add_person(1);
  const auto talk = world.add_conversation(ann);
  storage::memory_database behind;
  behind.become(*world.database);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, post_message{ann.session, talk, "lost", "{}", {}}));
  const auto lost = world.stored(ann).messages.begin()->first;
  const auto reads = world.database->reads;
  const auto answer = world.ask_owner<entity_reply>(ann.id, get_message{ann.session, lost});
  while (world.database->reads == reads)
    ASSERT_TRUE(world.step());
  world.hold_answers();
  world.database->become(behind);
  world.database->timeline = 2;
  ASSERT_TRUE(world.get<bool>(world.pool, storage::check_database{})) << "another connection, to the new server";
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session})) << "who is loaded again from there";
  world.let_go();
  EXPECT_CODE(world.wait_for<entity_reply>(answer), errc::unavailable);
  EXPECT_CODE(world.get_from_owner<entity_reply>(ann.id, get_message{ann.session, lost}), errc::not_found);
}

/// Under any order of jobs: what is read when a connection to the new server is open is what that one has.
TEST(FailoverSchedules, ShowWhatTheNewServerHas) {
  for_each_seed(60, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_cache = true}};
    const auto ann = world.add_person(1);
    world.stored(ann).person.full_name = "Kept";
    storage::memory_database lagging;
    lagging.become(*world.database);
    std::vector<asked<entity_reply>> answers;
    std::vector<asked<entity_reply>> late;  // asked when a connection to the new server was open
    for (int i = 0; i < 6; ++i) {
      user_patch patch;
      patch.full_name = patched<std::string>{"Name " + std::to_string(i)};
      answers.push_back(world.ask_owner<entity_reply>(ann.id, patch_user{ann.session, patch, std::nullopt}, i % 3));
      for (auto steps = world.dice()() % 40; steps > 0 && world.step(); --steps) {
      }
    }
    const auto lost = world.stored(ann).person.full_name.value();
    world.database->become(lagging);
    world.database->timeline = 2;
    for (std::size_t i = world.workers_spawned(); i-- > 0;)
      world.kill_worker(i);
    for (int i = 6; i < 12; ++i) {
      auto& of = world.timeline->value() == 2 ? late : answers;
      of.push_back(world.ask_owner<entity_reply>(ann.id, get_user{ann.session}, i % 3));
      for (auto steps = world.dice()() % 40; steps > 0 && world.step(); --steps) {
      }
    }
    for (const auto& each : answers)
      world.wait_for(each);
    EXPECT_TRUE(world.get<bool>(world.pool, storage::check_database{}));
    for (const auto& each : late) {
      const auto shown = world.wait_for(each);
      ASSERT_TRUE(shown);
      EXPECT_TRUE(lost == "Kept" || !shown->body->contains(lost)) << *shown->body;
    }
    const auto shown = world.get_from_owner<entity_reply>(ann.id, get_user{ann.session});
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->body->contains(world.stored(ann).person.full_name.value())) << *shown->body;
  });
}

}  // namespace

}  // namespace genesis
