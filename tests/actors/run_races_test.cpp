#include "tests/actors/actor_fixture.hpp"

#include <algorithm>

namespace genesis {

namespace {

/// Readers of one run that come, lag and go; and what has to hold of each of them.
class audience {
public:
  audience(actor_world& where, run_actor run) : world_(where), run_(std::move(run)) {}

  void meddle() {
    switch (world_.dice()() % 6) {
    case 0:
    case 1:
      join(static_cast<std::int64_t>(world_.dice()() % 4) * static_cast<std::int64_t>(world_.dice()() % 5));
      break;
    case 2:
      if (!readers_.empty())
        leave(world_.dice()() % readers_.size());
      break;
    default: give_credit(); break;
    }
  }

  void join(std::int64_t after = 0) {
    readers_.push_back({world_.attach(run_, after, world_.one_in(3)), after, false});
  }

  void give_credit() {
    for (auto& each : readers_)
      if (!each.has_left)
        world_.give_credit(*each.reader);
  }

  /// Lets everybody who stayed read to the end.
  void finish() {
    join();
    const auto is_over = [&] {
      give_credit();
      return std::ranges::all_of(readers_,
        [](const member& each) { return each.has_left || each.reader->has_ended || each.reader->is_dropped; });
    };
    EXPECT_TRUE(world_.run_until(is_over)) << "a reader was not told the end";
  }

  /// Everybody saw a dense part of the same log, and those who stayed its one end.
  void check() const {
    const auto& whole = readers_.back().reader->events;
    ASSERT_FALSE(whole.empty());
    EXPECT_EQ(whole.front().type, "start");
    EXPECT_EQ(std::ranges::count(whole, "end", &seen_event::type), 1);
    EXPECT_EQ(whole.back().type, "end");
    for (std::size_t i = 0; i < whole.size(); ++i)
      EXPECT_EQ(whole[i].seq, static_cast<std::int64_t>(i) + 1);
    for (const auto& each : readers_) {
      EXPECT_FALSE(each.reader->is_dropped);
      const auto& seen = each.reader->events;
      if (seen.empty())
        continue;
      // A place ahead of the log when the reader came is taken for its end at that time.
      const auto first = static_cast<std::size_t>(seen.front().seq) - 1;
      EXPECT_LE(first, static_cast<std::size_t>(each.after));
      ASSERT_LE(first + seen.size(), whole.size());
      EXPECT_TRUE(std::equal(seen.begin(), seen.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)));
      EXPECT_TRUE(each.has_left || first + seen.size() == whole.size());
    }
  }

  [[nodiscard]] const std::vector<seen_event>& whole() const { return readers_.back().reader->events; }
  [[nodiscard]] std::string status() const { return whole().empty() ? "" : whole().back().payload; }

private:
  struct member {
    reading_ptr reader;
    std::int64_t after = 0;
    bool has_left = false;
  };

  void leave(std::size_t index) {
    auto& each = readers_[index];
    if (each.has_left)
      return;
    each.has_left = true;
    world_.detach(*each.reader);
  }

  actor_world& world_;
  run_actor run_;
  std::vector<member> readers_;
};

world_options with_chunks(std::uint64_t seed) {
  world_options options{.seed = seed};
  options.settings.runs.persist_bytes = 500;
  return options;
}

bool has_ended_in_store(actor_world& world, const person& who, const run_id& id) {
  const auto& runs = world.stored(who).runs;
  const auto it = runs.find(id);
  return it != runs.end() && has_ended(it->second.status);
}

void some_steps(actor_world& world, std::uint64_t most) {
  for (auto steps = world.dice()() % most; steps > 0; --steps)
    world.step();
}

}  // namespace

TEST(RunRaces, ReadersComeAndGoWhileItEnds) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto ticket = world.chat(ann, "say 60 words");
    audience readers{world, ticket.actor};
    for (int i = 0; i < 15; ++i) {
      readers.meddle();
      some_steps(world, 12);
    }
    readers.finish();
    readers.check();
    EXPECT_EQ(readers.status(), "success");
    world.run();
    EXPECT_EQ(world.stored(ann).events_of(ticket.run.id).size(), readers.whole().size());
  });
}

TEST(RunRaces, ReadersComeAndGoWhileItIsCancelled) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto ticket = world.chat(ann, "say 120 words");
    audience readers{world, ticket.actor};
    const auto when = static_cast<int>(world.dice()() % 12);
    std::vector<asked<entity_reply>> stops;
    for (int i = 0; i < 12; ++i) {
      readers.meddle();
      if (i >= when && i < when + 2)
        stops.push_back(world.ask_owner<entity_reply>(ann.id, cancel_run{ann.session, ticket.run.id}));
      some_steps(world, 8);
    }
    readers.finish();
    readers.check();
    for (const auto& each : stops) {
      const auto answer = world.wait_for<entity_reply>(each);
      ASSERT_TRUE(answer) << to_string(answer.error().code);
      EXPECT_EQ(*answer->body, "run " + readers.status()) << "who stops is told how it ended";
    }
    EXPECT_TRUE(has_ended_in_store(world, ann, ticket.run.id));
  });
}

TEST(RunRaces, ReadersComeAndGoWhileItFails) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto ticket = world.chat(ann, "say 60 words");
    audience readers{world, ticket.actor};
    for (int i = 0; i < 12; ++i) {
      readers.meddle();
      world.database->refuse(world.one_in(2));
      some_steps(world, 12);
    }
    readers.finish();
    readers.check();
    world.database->refuse(false);
    world.advance(std::chrono::seconds{30});
    const auto& runs = world.stored(ann).runs;
    if (const auto it = runs.find(ticket.run.id); it != runs.end())
      EXPECT_EQ(name_of(it->second.status), readers.status()) << "what is stored is what readers were told";
    else
      EXPECT_EQ(readers.status(), "error");
  });
}

/// What is stored of an answer changes with its revision alone, whatever the run was told of its attempts.
TEST(RunRaces, EndsOfUnknownOutcome) {
  for_each_seed(1'000, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    const auto asked_chat = world.ask_chat(ann, "say 20 words", thread);
    ASSERT_TRUE(world.run_until([&] { return asked_chat->has_value() && !world.stored(ann).runs.empty(); }));
    const auto ticket = ***asked_chat;
    world.options.early_timeouts_per_mille = 5;
    std::map<std::int64_t, message> shown;
    std::size_t ends = 0;
    const auto observe = [&] {
      const auto& now = world.stored(ann).messages.at(ticket.run.assistant_message);
      const auto [it, is_new] = shown.emplace(now.revision, now);
      EXPECT_EQ(it->second, now) << "changed under an unchanged revision";
      ends += is_new && now.revision > 1;
    };
    for (int i = 0; i < 15; ++i) {
      switch (world.dice()() % 4) {
      case 0: world.database->commit_then_fail(); break;
      case 1: world.faults->writes_held_back = 1; break;
      case 2: world.land_held_writes(); break;
      default: world.ask_owner<entity_reply>(ann.id, cancel_run{ann.session, ticket.run.id}); break;
      }
      for (auto steps = world.dice()() % 30; steps > 0 && world.step(); --steps)
        observe();
    }
    world.options.early_timeouts_per_mille = 0;
    world.run_until(
      [&] {
        observe();
        return false;
      },
      std::chrono::minutes{5});
    world.land_held_writes();
    observe();
    EXPECT_TRUE(has_ended_in_store(world, ann, ticket.run.id));
    EXPECT_EQ(ends, 1u) << "one end of one run";
  });
}

/// The first of a conversation goes because the disk is full; the question of the second is still on its way there.
TEST(RunRaces, NeverSpeaksBeforeItsQuestionIsStored) {
  for_each_seed(1'000, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_lagging_workers = true}};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_conversation{ann.session, thread}));
    world.database->refuse(true);
    const auto first = world.ask_chat(ann, "say 9 words", thread);
    const auto second = world.ask_chat(ann, "say 9 words", thread);
    ASSERT_TRUE(world.run_until([&] { return world.database->groups == 1; }));
    world.database->refuse(false);
    const auto ticket = world.wait_for<run_ticket>(second);
    ASSERT_TRUE(world.wait_for<run_ticket>(first) && ticket);
    const auto reader = world.attach(ticket->actor);
    world.run_until([&] {
      EXPECT_TRUE(reader->text().empty() || world.stored(ann).runs.contains(ticket->run.id))
        << "speaks before the commit";
      return reader->has_ended;
    });
    EXPECT_EQ(reader->last()->payload, "success");
  });
}

TEST(RunRaces, QuestionsAgainstTheDeletionOfTheirConversation) {
  std::size_t refused = 0;
  for_each_seed(300, [&](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_conversation{ann.session, thread}));
    // Something is being written: what comes now is decided together.
    const auto before = world.ask_owner<entity_reply>(ann.id, create_conversation{ann.session, "Runs", {}, {}});
    for (auto steps = world.dice()() % 8; steps > 0; --steps)
      world.step();
    const auto removed = world.ask_owner<entity_reply>(ann.id, delete_conversation{ann.session, thread, std::nullopt});
    for (auto steps = world.dice()() % 30; steps > 0; --steps)
      world.step();
    const auto asked = world.ask_chat(ann, "say 2 words", thread);
    EXPECT_TRUE(world.wait_for<entity_reply>(before));
    EXPECT_TRUE(world.wait_for<entity_reply>(removed));
    const auto ticket = world.wait_for<run_ticket>(asked);
    if (!ticket) {
      EXPECT_CODE(ticket, errc::not_found);
      return;
    }
    const auto outcome = world.get<run_outcome>(ticket->actor, await_run{});
    ASSERT_TRUE(outcome);
    if (!outcome->run.failure) {  // the deletion came upon it
      EXPECT_EQ(outcome->run.status, run_status::cancelled);
      return;
    }
    ++refused;
    EXPECT_EQ(outcome->run.failure->code, "NOT_FOUND") << "nothing is away";
    EXPECT_FALSE(outcome->run.failure->is_retryable);
  });
  EXPECT_GT(refused, 10u);
}

/// Whoever deletes the account while it asks is told that, not of a conversation that is missing.
TEST(RunRaces, QuestionsAgainstTheDeletionOfTheirAccount) {
  std::size_t refused = 0;
  for_each_seed(300, [&](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    const auto first = world.ask_chat(ann, "say 2 words", thread);
    for (auto steps = world.dice()() % 60; steps > 0; --steps)
      world.step();
    const auto removed = world.ask_owner<entity_reply>(ann.id, delete_user{ann.session, std::nullopt});
    for (auto steps = world.dice()() % 30; steps > 0; --steps)
      world.step();
    const auto second = world.ask_chat(ann, "say 2 words", thread);
    const auto listed = world.ask_owner<page<message>>(ann.id, get_messages{ann.session, thread, {}});
    EXPECT_TRUE(world.wait_for<entity_reply>(removed));
    for (const auto& asked : {first, second}) {
      const auto ticket = world.wait_for<run_ticket>(asked);
      if (!ticket) {
        EXPECT_CODE(ticket, errc::unauthorized);
        ++refused;
        continue;
      }
      const auto outcome = world.get<run_outcome>(ticket->actor, await_run{});
      ASSERT_TRUE(outcome);
      EXPECT_TRUE(!outcome->run.failure || outcome->run.failure->code == "UNAUTHORIZED") << outcome->run.failure->code;
    }
    const auto page = world.wait_for<genesis::page<message>>(listed);
    EXPECT_TRUE(page || page.error().code == errc::unauthorized) << to_string(page.error().code);
  });
  EXPECT_GT(refused, 10u);
}

TEST(RunRaces, NeverTellsAnEndThatIsNotStored) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto ticket = world.chat(ann, "say 10 words");
    const auto reader = world.attach(ticket.actor);
    world.run_until([&] {
      EXPECT_TRUE(!reader->has_ended || has_ended_in_store(world, ann, ticket.run.id)) << "the end before its commit";
      return reader->has_ended;
    });
    EXPECT_EQ(reader->last()->payload, "success");
  });
}

TEST(RunRaces, ShutdownWithStreamsOpen) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    std::vector<person> people;
    std::vector<run_ticket> tickets;
    std::vector<reading_ptr> readers;
    for (std::uint32_t i = 1; i <= 3; ++i) {
      people.push_back(world.add_person(i));
      tickets.push_back(world.chat(people.back(), "say 200 words"));
      readers.push_back(world.attach(tickets.back().actor));
      some_steps(world, 30);
    }
    const auto bye = world.ask<bool>(world.shard, begin_shutdown{});
    EXPECT_TRUE(world.run_until([&] { return bye->has_value(); }, std::chrono::seconds{2}));
    world.run();
    for (std::size_t i = 0; i < people.size(); ++i) {
      EXPECT_TRUE(readers[i]->has_ended);
      EXPECT_TRUE(has_ended_in_store(world, people[i], tickets[i].run.id)) << "answered before it was stored";
    }
  });
}

TEST(RunRaces, OwnerDiesWithRunsActive) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    const auto first = world.chat(ann, "say 60 words", thread);
    const auto second = world.chat(ann, "say 60 words", thread);
    audience of_first{world, first.actor};
    audience of_second{world, second.actor};
    of_first.join();
    of_second.join();
    some_steps(world, 120);
    if (const auto owner = world.live_owner(ann.id))
      caf::anon_send_exit(owner, caf::exit_reason::kill);
    of_first.finish();
    of_second.finish();
    of_first.check();
    of_second.check();
    world.run();
    for (const auto* each : {&first, &second}) {
      const auto& readers = each == &first ? of_first : of_second;
      const bool was_stored = world.stored(ann).runs.contains(each->run.id);
      const auto shown = world.get_from_owner<entity_reply>(ann.id, get_run{ann.session, each->run.id});
      EXPECT_EQ(shown.has_value(), was_stored);
      if (!was_stored)
        continue;
      EXPECT_TRUE(has_ended_in_store(world, ann, each->run.id));
      EXPECT_TRUE(readers.status() != "success" || *shown->body == "run success") << "a success that is not stored";
      const auto joined = world.get_from_owner<run_ticket>(ann.id, join_run{ann.session, each->run.id});
      ASSERT_TRUE(joined);
      const auto replay = world.read_to_end(joined->actor);
      EXPECT_EQ("run " + replay->last()->payload, *shown->body);
    }
  });
}

TEST(RunRaces, RunActorDiesWhileOthersWait) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    const auto first = world.chat(ann, "say 60 words", thread);
    const auto second = world.chat(ann, "say 10 words", thread);
    const auto reader = world.attach(second.actor);
    some_steps(world, 80);
    caf::anon_send_exit(first.actor, caf::exit_reason::kill);
    EXPECT_TRUE(world.run_until([&] { return reader->has_ended; })) << "the conversation is blocked";
    EXPECT_EQ(reader->last()->payload, "success");
    world.run();
    EXPECT_TRUE(has_ended_in_store(world, ann, first.run.id));
  });
}

TEST(RunRaces, ConversationDeletedUnderThoseWhoJoin) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_lagging_workers = true}};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    const auto ticket = world.chat(ann, "say 5 words", thread);
    world.read_to_end(ticket.actor);
    world.advance(std::chrono::minutes{1});
    const auto ask = [&](std::size_t client) {
      return world.ask_owner<run_ticket>(ann.id, join_run{ann.session, ticket.run.id}, client);
    };
    std::vector<asked<run_ticket>> before;
    const auto removed =
      world.ask_owner<entity_reply>(ann.id, delete_conversation{ann.session, thread, std::nullopt}, 2);
    for (std::size_t i = 0; i < 4; ++i) {
      before.push_back(ask(i % 2));
      some_steps(world, 20);
    }
    EXPECT_TRUE(world.wait_for<entity_reply>(removed));
    for (const auto& each : before)
      world.wait_for<run_ticket>(each);
    EXPECT_CODE(world.wait_for<run_ticket>(ask(0)), errc::not_found);
  });
}

TEST(RunRaces, ConversationDeletedUnderItsRuns) {
  for_each_seed(500, [](std::uint64_t seed) {
    actor_world world{with_chunks(seed)};
    const auto ann = world.add_person(1);
    const auto thread = world.add_conversation(ann);
    audience readers{world, world.chat(ann, "say 40 words", thread).actor};
    readers.join();
    const auto waiting = world.chat(ann, "say 40 words", thread);
    some_steps(world, 80);
    const auto removed =
      world.ask_owner<entity_reply>(ann.id, delete_conversation{ann.session, thread, std::nullopt}, 1);
    some_steps(world, 20);
    patch_user innocent{ann.session, {}, std::nullopt};
    innocent.changes.full_name = std::optional<std::string>{"Ann"};
    const auto renamed = world.ask_owner<entity_reply>(ann.id, innocent, 2);
    const auto answer = world.wait_for<entity_reply>(renamed);
    EXPECT_TRUE(answer) << "an innocent write fails: " << to_string(answer.error().code);
    EXPECT_TRUE(world.wait_for<entity_reply>(removed));
    readers.finish();
    readers.check();
    world.run();
    EXPECT_TRUE(world.stored(ann).runs.empty());
    EXPECT_TRUE(world.stored(ann).messages.empty());
  });
}

}  // namespace genesis
