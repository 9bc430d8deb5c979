#include "tests/actors/history.hpp"

// Each test runs one race under thousands of schedules: the order of all jobs follows from a seed.

namespace genesis {

namespace {

enum class outcomes : bool { all_succeed, may_fail };

/// Reads and writes of one person under many schedules. `tell` drives them and does what it likes beside; then all are
/// answered, and nothing acknowledged is missing.
void for_each_story(std::uint64_t seeds, outcomes wanted, world_options options,
  const std::function<void(actor_world&, const person&, history&)>& tell) {
  for_each_seed(seeds, [&](std::uint64_t seed) {
    options.seed = seed;
    actor_world world{options};
    const auto ann = world.add_person(1);
    auto story = history::of_person(world, ann);
    story.may_fail = wanted == outcomes::may_fail;
    tell(world, ann, story);
    story.finish();
    expect_no_gap(world, ann);
  });
}

}  // namespace

TEST(Races, CacheFillAgainstInvalidation) {
  for_each_seed(1'000, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_lagging_workers = true}};
    const auto ann = world.add_person(1);
    auto story = history::of_conversation(world, ann, world.add_conversation(ann));
    story.drive(12);
    story.finish();
    expect_no_gap(world, ann);
  });
}

TEST(Races, PassivationAgainstNewRequests) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .shard_users_max = 1}};
    const auto ann = world.add_person(1);
    const auto bob = world.add_person(2);
    auto of_ann = history::of_person(world, ann);
    auto of_bob = history::of_person(world, bob);
    for (int i = 0; i < 6; ++i) {
      of_ann.drive(2, [&] { of_bob.observe(); });
      of_bob.drive(2, [&] { of_ann.observe(); });
    }
    of_ann.finish();
    of_bob.finish();
    EXPECT_EQ(world.stored(ann).version + world.stored(bob).version, world.faults->steps);
  });
}

/// Owners come and go over a second cache that loses puts, fails and comes back at any moment.
TEST(Races, SecondCacheAgainstChanges) {
  for_each_seed(1'000, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .shard_users_max = 1, .has_cache = true, .has_lagging_workers = true}};
    const auto ann = world.add_person(1);
    const auto bob = world.add_person(2);
    auto of_ann = history::of_person(world, ann);
    auto of_bob = history::of_person(world, bob);
    for (int i = 0; i < 6; ++i) {
      world.cached->loses_puts = world.one_in(3);
      world.cached->is_away = world.one_in(5);
      of_ann.drive(2, [&] { of_bob.observe(); });
      of_bob.drive(2, [&] { of_ann.observe(); });
    }
    of_ann.finish();
    of_bob.finish();
    EXPECT_EQ(world.stored(ann).version + world.stored(bob).version, world.faults->steps);
  });
}

/// Owners are asked to leave at any moment, by the shard and by a stranger with a wrong suspicion.
TEST(Races, PassivationUnderSuspicion) {
  for_each_story(500, outcomes::may_fail,
    {.idle_timeout = std::chrono::milliseconds{0},
      .sweep_interval = std::chrono::milliseconds{1},
      .early_timeouts_per_mille = 20},
    [](actor_world& world, const person& ann, history& story) {
      story.drive(15, [&] {
        if (const auto owner = world.live_owner(ann.id); owner && world.one_in(3))
          world.ask<user_actor>(world.shard, find_user{ann.id, owner.id()});
      });
      world.options.early_timeouts_per_mille = 0;
    });
}

TEST(Races, DeletionAgainstRequests) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_lagging_workers = true}};
    const auto ann = world.add_person(1);
    std::vector<asked<entity_reply>> all;
    const auto when = world.dice()() % 6;
    for (std::uint64_t i = 0; i < 12; ++i) {
      if (i == when) {
        all.push_back(world.ask_owner<entity_reply>(ann.id, delete_user{ann.session, std::nullopt}, i % 3));
      } else if (world.one_in(2)) {
        patch_user rename{ann.session, {}, std::nullopt};
        rename.changes.full_name = std::optional{std::to_string(i)};
        all.push_back(world.ask_owner<entity_reply>(ann.id, rename, i % 3));
      } else if (world.one_in(2)) {
        all.push_back(world.ask_owner<entity_reply>(ann.id, get_message{ann.session, message_id{}}, i % 3));
      } else {
        all.push_back(world.ask_owner<entity_reply>(ann.id, get_user{ann.session}, i % 3));
      }
      for (auto steps = world.dice()() % 20; steps > 0; --steps)
        world.step();
    }
    for (const auto& each : all) {
      const auto answer = world.wait_for<entity_reply>(each);
      const auto code = answer ? errc::none : answer.error().code;
      EXPECT_TRUE(answer || code == errc::unauthorized || code == errc::not_found) << to_string(code);
    }
    world.run();
    EXPECT_FALSE(world.database->people.contains(ann.id));
    EXPECT_FALSE(world.live_owner(ann.id));
  });
}

TEST(Races, RunsThatAreShownAgainstPassivation) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    const auto ticket = world.chat(ann, "say 20 words");
    std::vector<asked<entity_reply>> all;
    for (int i = 0; i < 12; ++i) {
      if (world.one_in(2))
        all.push_back(world.ask_owner<entity_reply>(ann.id, get_run{ann.session, ticket.run.id}, i % 3));
      else if (world.one_in(4))
        all.push_back(world.ask_owner<entity_reply>(ann.id, cancel_run{ann.session, ticket.run.id}, i % 3));
      for (auto steps = world.dice()() % 12; steps > 0; --steps)
        world.step();
      if (const auto owner = world.live_owner(ann.id))
        world.ask<bool>(owner, passivate{});
    }
    for (const auto& each : all) {
      const auto answer = world.wait_for<entity_reply>(each);
      EXPECT_TRUE(answer) << to_string(answer.error().code) << answer.error().detail;
    }
  });
}

TEST(Races, TwoFirstRequestsOfOnePerson) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    std::vector<asked<entity_reply>> all;
    for (std::size_t client = 0; client < 3; ++client)
      all.push_back(world.ask_owner<entity_reply>(ann.id, get_user{ann.session}, client));
    for (const auto& each : all)
      EXPECT_TRUE(world.wait_for<entity_reply>(each));
    EXPECT_EQ(world.owners_spawned(), 1u);
    EXPECT_EQ(world.database->loads, 1);
  });
}

TEST(Races, AnswersAgainstCommits) {
  for_each_story(500, outcomes::all_succeed, {}, [](actor_world& world, const person& ann, history& story) {
    story.drive(25);
    story.finish();
    EXPECT_EQ(world.stored(ann).version, static_cast<std::int64_t>(story.acknowledged_count));
  });
}

TEST(Races, StorageWorkersThatDie) {
  for_each_story(1'000, outcomes::may_fail, {}, [](actor_world& world, const person&, history& story) {
    story.drive(20, [&] {
      switch (world.dice()() % 12) {
      case 0: world.kill_worker(world.dice()() % world.workers_spawned()); break;
      case 1: world.faults->throws_after_write = 1; break;
      case 2: world.faults->throws_before_write = 1; break;
      default: break;
      }
    });
    story.finish();
    world.failures_expected = world.faults->thrown;
  });
}

TEST(Races, WritesOfUnknownOutcomeAgainstTheReload) {
  for_each_story(1'000, outcomes::may_fail, {}, [](actor_world& world, const person&, history& story) {
    story.drive(20, [&] {
      switch (world.dice()() % 8) {
      case 0: world.database->commit_then_fail(); break;
      case 1: world.faults->writes_held_back = 1; break;
      case 2:
      case 3: world.land_held_writes(); break;
      default: break;
      }
    });
    story.finish();
    world.land_held_writes();
  });
}

TEST(Races, DeadlinesThatPass) {
  for_each_story(
    500, outcomes::may_fail, {.early_timeouts_per_mille = 50}, [](actor_world& world, const person&, history& story) {
      story.drive(20);
      world.options.early_timeouts_per_mille = 0;
    });
}

TEST(Races, AFullDiskInTheMiddleOfBatches) {
  for_each_story(500, outcomes::may_fail, {}, [](actor_world& world, const person& ann, history& story) {
    story.drive(25, [&] { world.database->refuse(world.one_in(3)); });
    world.database->refuse(false);
    story.finish();
    EXPECT_EQ(world.stored(ann).version, static_cast<std::int64_t>(story.acknowledged_count)) << "nothing is unknown";
  });
}

TEST(Races, OwnersThatDie) {
  for_each_story(500, outcomes::may_fail, {}, [](actor_world& world, const person& ann, history& story) {
    story.drive(20, [&] {
      if (const auto owner = world.live_owner(ann.id); owner && world.one_in(5))
        caf::anon_send_exit(owner, caf::exit_reason::kill);
    });
  });
}

/// The write of an owner that dies may land after its successor has loaded what there was.
TEST(Races, WriteOfADeadOwnerAgainstItsSuccessor) {
  for_each_story(1'000, outcomes::may_fail, {.has_lagging_workers = true},
    [](actor_world& world, const person& ann, history& story) {
      story.finish();
      story.write();
      for (auto steps = world.dice()() % 12; steps > 0 && world.step(); --steps)
        story.observe();
      caf::anon_send_exit(world.live_owner(ann.id), caf::exit_reason::kill);
      story.read();
    });
}

TEST(Races, ParallelUsesOfARefreshToken) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    world.hold_writer();  // all arrive before the winner's exchange is durable: none is late
    std::vector<asked<session_grant>> all;
    for (std::uint8_t i = 0; i < 4; ++i)
      all.push_back(world.ask_owner<session_grant>(
        ann.id, rotate_session{ann.session, hash_of(1), hash_of(static_cast<std::uint8_t>(10 + i))}, i % 3));
    world.run();
    world.let_go();
    std::vector<std::uint8_t> winners;
    for (std::uint8_t i = 0; i < 4; ++i)
      if (world.wait_for<session_grant>(all[i]))
        winners.push_back(static_cast<std::uint8_t>(10 + i));
    ASSERT_EQ(winners.size(), 1u);
    world.run();
    ASSERT_EQ(world.stored(ann).sessions.size(), 1u) << "a loser ends nothing";
    EXPECT_EQ(world.stored(ann).sessions.at(ann.session).refresh_hash, hash_of(winners.front()));
  });
}

TEST(Races, ChatsWithOneKey) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    std::vector<asked<run_ticket>> all;
    for (int i = 0; i < 4; ++i) {
      all.push_back(world.ask_chat(ann, "say 3 words", thread, key_of("k")));
      for (auto steps = world.dice()() % 40; steps > 0; --steps)
        world.step();
    }
    std::set<run_id> runs;
    for (const auto& each : all)
      if (const auto ticket = world.wait_for<run_ticket>(each))
        runs.insert(ticket->run.id);
    EXPECT_EQ(runs.size(), 1u);
    world.run();
    EXPECT_EQ(world.stored(ann).runs.size(), 1u);
  });
}

TEST(Races, ChatAgainstAnotherRequestWithItsKey) {
  std::size_t chats = 0;
  for_each_seed(500, [&](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    const bool is_chat_first = world.dice()() % 2 == 0;
    asked<run_ticket> chat;
    if (is_chat_first)
      chat = world.ask_chat(ann, "say 3 words", thread, key_of("k"));
    for (auto steps = world.dice()() % 40; steps > 0; --steps)
      world.step();
    const auto post =
      world.ask_owner<entity_reply>(ann.id, create_conversation{ann.session, "Runs", std::nullopt, key_of("k", 2)});
    for (auto steps = world.dice()() % 40; steps > 0; --steps)
      world.step();
    if (!is_chat_first)
      chat = world.ask_chat(ann, "say 3 words", thread, key_of("k"));
    const bool has_chatted = world.wait_for<run_ticket>(chat).has_value();
    const bool has_posted = world.wait_for<entity_reply>(post).has_value();
    EXPECT_NE(has_chatted, has_posted);
    world.run();
    EXPECT_EQ(world.stored(ann).runs.size(), has_chatted ? 1u : 0u);
    EXPECT_EQ(world.stored(ann).conversations.size(), has_posted ? 2u : 1u);
    chats += has_chatted;
  });
  EXPECT_GT(chats, 50u);
  EXPECT_LT(chats, 450u);
}

}  // namespace genesis
