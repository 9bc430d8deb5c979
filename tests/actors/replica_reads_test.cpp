#include "tests/actors/actor_fixture.hpp"

// What is read from replicas, and what the primary stands in for.

namespace genesis {

namespace {

using namespace std::chrono_literals;

class ReplicaReads : public ::testing::Test {
protected:
  ReplicaReads() { settle(); }

  /// The watches have looked at what is there.
  void settle() { world.advance(2s); }
  void catch_up() {
    world.catch_up(0);
    world.catch_up(1);
  }
  std::int64_t reads_of(std::size_t replica) const { return world.replicas[replica]->rows->reads; }
  std::int64_t reads_of_primary() const { return world.database->reads; }
  /// Lists past the pages that are kept; how many.
  std::size_t list() {
    const auto found =
      world.get_from_owner<page<conversation>>(ann.id, get_conversations{ann.session, archived_filter::all, {}});
    EXPECT_TRUE(found);
    return found ? found->items.size() : 0;
  }
  void write() {
    EXPECT_TRUE(world.get_from_owner<entity_reply>(ann.id, create_conversation{ann.session, "Legs", {}, {}}));
  }
  /// What the list was read from.
  std::string source_of_list() {
    const auto before = std::array{reads_of(0), reads_of(1)};
    list();
    return reads_of(0) != before[0] ? "first" : reads_of(1) != before[1] ? "second" : "primary";
  }

  actor_world world{{.replica_weights = {1, 1}}};
  person ann = world.add_person(1);
};

TEST_F(ReplicaReads, GoToReplicasThatHaveEverything) {
  catch_up();
  settle();
  list();
  const auto asked = reads_of_primary();
  const auto before = reads_of(0) + reads_of(1);
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(list(), 0U);
  EXPECT_EQ(reads_of_primary(), asked);
  EXPECT_EQ(reads_of(0) + reads_of(1), before + 10);
}

TEST_F(ReplicaReads, SeeWhatThePersonHasWritten) {
  catch_up();
  settle();
  write();
  EXPECT_EQ(list(), 1U) << "no replica has it";
  EXPECT_EQ(source_of_list(), "primary");
  world.catch_up(1);
  list();
  list();
  EXPECT_EQ(list(), 1U);
  const auto asked = reads_of(1);
  list();
  list();
  EXPECT_GT(reads_of(1), asked) << "one replica has";
}

/// Somebody else's writes hold up nobody.
TEST_F(ReplicaReads, NeedNoNewerDatabaseThanThePersonsOwnChanges) {
  catch_up();
  settle();
  list();
  const auto bob = world.add_person(2);
  EXPECT_TRUE(world.get_from_owner<entity_reply>(bob.id, create_conversation{bob.session, "Arms", {}, {}}));
  EXPECT_NE(source_of_list(), "primary");
}

/// What was written before somebody left memory is not forgotten with them.
TEST_F(ReplicaReads, SeeWhatWasWrittenBeforeThePersonLeftMemory) {
  catch_up();
  settle();
  write();
  EXPECT_EQ(*world.get<std::int64_t>(world.shard, let_people_go{key_pattern::parse("*").value()}), 1);
  world.run();
  EXPECT_EQ(list(), 1U);
  EXPECT_EQ(source_of_list(), "primary");
}

TEST_F(ReplicaReads, GoToThePrimaryBehindAWriteOfUnknownOutcome) {
  catch_up();
  settle();
  world.database->commit_then_fail();
  EXPECT_CODE(world.get_from_owner<entity_reply>(ann.id, create_conversation{ann.session, "Legs", {}, {}}),
    errc::outcome_unknown);
  EXPECT_EQ(list(), 1U) << "it had happened, and no replica has it";
  EXPECT_FALSE(*world.get<std::optional<storage::log_position>>(world.pool, get_log_position{}));
  write();
  EXPECT_TRUE(*world.get<std::optional<storage::log_position>>(world.pool, get_log_position{}));
  catch_up();
  EXPECT_EQ(list(), 2U);
  EXPECT_NE(source_of_list(), "primary");
}

TEST_F(ReplicaReads, LeaveAReplicaThatDoesNotAnswerAndComeBack) {
  catch_up();
  settle();
  world.replicas[0]->is_away = true;
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(list(), 0U) << "whoever meets it is answered by the primary";
  settle();
  const auto failed = counters().replica_reads_that(replica_read::failed).value();
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(source_of_list(), "second");
  EXPECT_EQ(counters().replica_reads_that(replica_read::failed).value(), failed) << "nobody meets it any more";
  world.replicas[0]->is_away = false;
  settle();
  EXPECT_NE(source_of_list(), source_of_list()) << "in turns again";
}

TEST_F(ReplicaReads, LeaveAReplicaThatWasPromotedAndOneOfAnotherDatabase) {
  catch_up();
  world.replicas[0]->is_promoted = true;
  world.replicas[1]->identity = "another";
  settle();
  EXPECT_EQ(source_of_list(), "primary");
  world.replicas[1]->identity = "memory";
  settle();
  EXPECT_EQ(source_of_list(), "second");
}

TEST_F(ReplicaReads, LeaveAReplicaThatLags) {
  catch_up();
  settle();
  write();
  world.catch_up(1);
  world.advance(12s);
  const auto behind = counters().replica_reads_that(replica_read::behind).value();
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(source_of_list(), "second");
  EXPECT_EQ(counters().replica_reads_that(replica_read::behind).value(), behind) << "nobody asks the other one";
  EXPECT_GE(total_of(&actor_counters::replicas_now), 2);
  world.catch_up(0);
  settle();
  EXPECT_NE(source_of_list(), source_of_list());
}

TEST_F(ReplicaReads, SurviveTheDeathOfTheirWorkers) {
  catch_up();
  settle();
  list();
  list();
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = world.replica_workers_spawned(); i > 0; --i)
      world.kill_replica_worker(i - 1);
    EXPECT_EQ(list(), 0U);
  }
  settle();
  EXPECT_NE(source_of_list(), "primary");
}

TEST_F(ReplicaReads, SearchesAndExportsGoThereToo) {
  catch_up();
  settle();
  list();
  const auto asked = reads_of_primary();
  const auto query = parse_search_query("legs");
  ASSERT_TRUE(query);
  EXPECT_TRUE(world.get_from_owner<page<found_message>>(ann.id, get_found_messages{ann.session, *query, {}}));
  const auto ticket =
    world.get_from_owner<export_ticket>(ann.id, start_export{ann.session, {.is_everything = true}, std::nullopt});
  ASSERT_TRUE(ticket);
  EXPECT_TRUE(*world.get<bool>(ticket->actor, begin_export{}));
  EXPECT_EQ(reads_of_primary(), asked);
}

TEST(ReplicaWeights, ShareTheReading) {
  actor_world world{{.replica_weights = {3, 1}}};
  const auto ann = world.add_person(1);
  world.catch_up(0);
  world.catch_up(1);
  world.advance(std::chrono::seconds{2});
  const auto before = std::array{world.replicas[0]->rows->reads, world.replicas[1]->rows->reads};
  for (int i = 0; i < 40; ++i)
    EXPECT_TRUE(
      world.get_from_owner<page<conversation>>(ann.id, get_conversations{ann.session, archived_filter::all, {}}));
  EXPECT_EQ(world.replicas[0]->rows->reads - before[0], 30);
  EXPECT_EQ(world.replicas[1]->rows->reads - before[1], 10);
}

/// A pool over the world's database with one replica, whose workers are the test's.
storage_pool_actor pool_with(actor_world& world, replica_options replica) {
  const auto spawn = [&world](worker_kind) {
    return world.system().spawn(storage_worker_behavior,
      store_factory{[&world]() -> result<std::unique_ptr<storage::store>> {
        return std::make_unique<storage::memory_store>(world.database);
      }},
      storage_worker_options{});
  };
  return world.system().spawn(storage_pool_behavior, spawn_storage_worker{spawn},
    storage_pool_options{.replicas = {std::move(replica)}, .position = storage::log_position{}});
}

/// One question that takes too long says nothing about a replica that answers others meanwhile.
TEST(BusyReplica, IsReadFromOn) {
  actor_world world;
  const auto ann = world.add_person(1);
  int asked = 0;
  const auto busy = [&] {
    return caf::actor_cast<storage_worker_actor>(
      world.system().spawn([&](caf::event_based_actor* self) -> caf::behavior {
        self->set_default_handler(caf::drop);
        return {[self, &asked](const storage::list_conversations&) {
          auto promise = self->make_response_promise<page<conversation>>();
          if (++asked > 1)
            promise.deliver(page<conversation>{});
          return promise;
        }};
      }));
  };
  auto pool = pool_with(world, {1, 2, busy});
  caf::anon_send(pool, replica_verdict{0, true});
  const auto list = [&] { return world.ask<page<conversation>>(pool, storage::list_conversations{ann.id}); };
  const auto slow = list();
  world.advance(std::chrono::milliseconds{replica_deadline} / 2);
  EXPECT_TRUE(world.wait_for<page<conversation>>(list()));
  world.advance(std::chrono::milliseconds{replica_deadline} / 2);
  EXPECT_TRUE(world.wait_for<page<conversation>>(slow)) << "the primary has answered";
  EXPECT_EQ(asked, 2);
  EXPECT_TRUE(world.wait_for<page<conversation>>(list()));
  EXPECT_EQ(asked, 3);
  caf::anon_send_exit(pool, caf::exit_reason::user_shutdown);
}

/// A pool with one replica whose worker answers nothing.
TEST(SilentReplica, CostsOneQuestionItsDeadline) {
  actor_world world;
  const auto ann = world.add_person(1);
  int asked = 0;
  const auto silent = [&] {
    return caf::actor_cast<storage_worker_actor>(
      world.system().spawn([&](caf::event_based_actor* self) -> caf::behavior {
        self->set_default_handler(caf::drop);
        return {[self, &asked](const storage::list_conversations&) {
          ++asked;
          return self->make_response_promise();
        }};
      }));
  };
  auto pool = pool_with(world, {1, 1, silent});
  caf::anon_send(pool, replica_verdict{0, true});
  const auto list = [&] { return world.ask<page<conversation>>(pool, storage::list_conversations{ann.id}); };
  const auto first = list();
  world.advance(replica_deadline - 1ms);
  EXPECT_FALSE(*first);
  world.advance(1ms);
  ASSERT_TRUE(*first);
  EXPECT_TRUE(**first) << "the primary has answered";
  caf::anon_send(pool, replica_verdict{0, false});
  caf::anon_send(pool, replica_verdict{0, true});
  world.run();
  const auto second = list();
  world.run();
  EXPECT_EQ(asked, 2);
  EXPECT_TRUE(world.wait_for<page<conversation>>(second));
  const auto third = list();
  world.run();
  EXPECT_TRUE(*third) << "nobody asks it any more";
  EXPECT_EQ(asked, 2);
  caf::anon_send(pool, replica_verdict{0, true});
  world.advance(replica_set::verdict_life);
  const auto fourth = list();
  world.run();
  EXPECT_TRUE(*fourth) << "nobody has looked at it for long";
  EXPECT_EQ(asked, 2);
  caf::anon_send_exit(pool, caf::exit_reason::user_shutdown);
}

}  // namespace

}  // namespace genesis
