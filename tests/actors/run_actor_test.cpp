#include "actors/run_state.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {

class RunActor : public ActorTest {
protected:
  std::string status_of(const run_id& id) {
    const auto shown = world.get_from_owner<entity_reply>(ann.id, get_run{ann.session, id});
    return shown ? *shown->body : std::string{to_string(shown.error().code)};
  }
  result<entity_reply> cancel(const run_id& id) {
    return world.get_from_owner<entity_reply>(ann.id, cancel_run{ann.session, id});
  }
  run_ticket join(const run_id& id) {
    const auto ticket = world.get_from_owner<run_ticket>(ann.id, join_run{ann.session, id});
    EXPECT_TRUE(ticket);
    return ticket.value_or(run_ticket{});
  }
  void expect_dense(const reading& reader, std::int64_t first = 1) {
    for (std::size_t i = 0; i < reader.events.size(); ++i)
      EXPECT_EQ(reader.events[i].seq, first + static_cast<std::int64_t>(i));
  }
};

constexpr auto whole_answer = "start intent agent_start tool_start tool_end token artifact usage end";

TEST_F(RunActor, TellsAnAnswerFromStartToEnd) {
  const auto ticket = world.chat(ann, "say 7 words");
  const auto reader = world.read_to_end(ticket.actor);
  EXPECT_EQ(reader->shape(), whole_answer);
  EXPECT_EQ(reader->text(), "word1 word2 word3 word4 word5 word6 word7 ");
  EXPECT_EQ(reader->last()->payload, "success");
  expect_dense(*reader);
  const auto& stored = world.stored(ann);
  EXPECT_EQ(stored.runs.at(ticket.run.id).status, run_status::success);
  EXPECT_EQ(stored.runs.at(ticket.run.id).last_seq, reader->last()->seq);
  EXPECT_EQ(stored.runs.at(ticket.run.id).usage->output_tokens, 7);
  EXPECT_EQ(reader->events[reader->events.size() - 2].payload, "7");
  EXPECT_EQ(stored.messages.at(ticket.run.assistant_message).content, reader->text());
  EXPECT_EQ(stored.messages.at(ticket.run.assistant_message).status, message_status::complete);
  EXPECT_EQ(stored.messages.at(ticket.run.assistant_message).artifacts_json, "[1]");
}

TEST_F(RunActor, AnswersWithTheBuiltInCoach) {
  actor_world with_coach{{.has_built_in_coach = true}};
  const auto bob = with_coach.add_person(2);
  const auto reader = with_coach.read_to_end(with_coach.chat(bob, "How much protein do I need?").actor);
  EXPECT_EQ(reader->last()->payload, "success");
  EXPECT_FALSE(reader->text().empty());
  EXPECT_EQ(reader->events[1].type, "intent");
}

TEST_F(RunActor, StartsBeforeTheCommitAndSpeaksAfterIt) {
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
  const auto asked_chat = world.ask_chat(ann, "say 3 words");
  ASSERT_TRUE(world.run_until([&] { return asked_chat->has_value(); }));
  EXPECT_TRUE(world.stored(ann).runs.empty()) << "the ticket comes before anything is stored";
  const auto reader = world.attach((**asked_chat)->actor);
  while (world.step())
    EXPECT_TRUE(world.stored(ann).runs.size() == 1 || reader->events.size() <= 1)
      << "more than start before the commit";
  EXPECT_EQ(reader->shape().substr(0, 5), "start");
  world.run_until([&] { return reader->has_ended; });
}

TEST_F(RunActor, StoresTheQuestionAndTheEmptyAnswerInOneCommit) {
  const auto conversation = world.add_conversation(ann);
  const auto ticket = world.chat(ann, "say 3 words", conversation);
  while (world.step()) {
    const auto& stored = world.stored(ann);
    EXPECT_EQ(
      stored.messages.contains(ticket.run.user_message), stored.messages.contains(ticket.run.assistant_message));
    EXPECT_EQ(stored.messages.contains(ticket.run.user_message), stored.runs.contains(ticket.run.id));
  }
  world.read_to_end(ticket.actor);
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.user_message).seq, 1);
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message).seq, 2);
  EXPECT_EQ(world.stored(ann).conversations.at(conversation).title, "say 3 words");
}

TEST_F(RunActor, RefusesAConversationOfSomebodyElse) {
  const auto conversation = world.add_conversation(world.add_person(2));
  EXPECT_CODE(world.wait_for<run_ticket>(world.ask_chat(ann, "hi", conversation)), errc::not_found);
  EXPECT_EQ(world.owners_spawned(), 1u);
}

TEST_F(RunActor, EndsAfterTheAnswerIsStored) {
  world.set_rate(1);
  const auto ticket = world.chat(ann, "say 2 words");
  const auto reader = world.attach(ticket.actor);
  world.run_until([&] {
    EXPECT_TRUE(!reader->has_ended || has_ended(world.stored(ann).runs.at(ticket.run.id).status));
    return reader->has_ended;
  });
  EXPECT_EQ(reader->last()->payload, "success");
}

// --- the queue of a conversation
// -----------------------------------------------------------------------------------------

TEST_F(RunActor, LetsOneRunOfAConversationSpeakAtATime) {
  const auto conversation = world.add_conversation(ann);
  const auto first = world.chat(ann, "say 5 words", conversation);
  const auto second = world.chat(ann, "say 6 words", conversation);
  const auto one = world.attach(first.actor);
  const auto two = world.attach(second.actor);
  world.run_until([&] {
    EXPECT_TRUE(two->text().empty() || one->has_ended) << "both speak";
    return two->has_ended;
  });
  EXPECT_EQ(two->shape(), std::string{"start queued "} + (whole_answer + 6));
  EXPECT_EQ(two->events[1].payload, "1");
  EXPECT_EQ(two->last()->payload, "success");
}

TEST_F(RunActor, RefusesTheNinthQuestionThatWaits) {
  const auto conversation = world.add_conversation(ann);
  world.set_rate(1);
  for (int i = 0; i < 9; ++i)
    world.chat(ann, "say 50 words", conversation);
  EXPECT_CODE(world.wait_for<run_ticket>(world.ask_chat(ann, "one more", conversation)), errc::overloaded);
  EXPECT_TRUE(world.wait_for<run_ticket>(world.ask_chat(ann, "elsewhere"))) << "other conversations are free";
}

TEST_F(RunActor, SpeaksInOtherConversationsAtTheSameTime) {
  world.set_rate(1);
  const auto slow = world.attach(world.chat(ann, "say 30 words").actor);
  const auto quick = world.read_to_end(world.chat(ann, "say 3 words").actor);
  EXPECT_FALSE(slow->has_ended);
  EXPECT_EQ(quick->last()->payload, "success");
}

// --- keys
// ----------------------------------------------------------------------------------------------------------------------

TEST_F(RunActor, JoinsTheRunOfAKey) {
  const auto first = world.wait_for<run_ticket>(world.ask_chat(ann, "say 3 words", std::nullopt, key_of("k")));
  const auto again = world.wait_for<run_ticket>(world.ask_chat(ann, "say 3 words", std::nullopt, key_of("k")));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->run.id, again->run.id);
  const auto reader = world.read_to_end(first->actor);
  world.advance(std::chrono::minutes{1});
  const auto later = world.wait_for<run_ticket>(world.ask_chat(ann, "say 3 words", std::nullopt, key_of("k")));
  ASSERT_TRUE(later);
  EXPECT_EQ(world.read_to_end(later->actor)->events, reader->events);
  EXPECT_EQ(world.stored(ann).runs.size(), 1u);
  EXPECT_CODE(
    world.wait_for<run_ticket>(world.ask_chat(ann, "say 4 words", std::nullopt, key_of("k", 2))), errc::key_reused);
}

TEST_F(RunActor, MakesOneRunOfManyRequestsWithOneKey) {
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
  std::vector<asked<run_ticket>> all;
  for (int i = 0; i < 4; ++i)
    all.push_back(world.ask_chat(ann, "say 3 words", std::nullopt, key_of("k")));
  const auto first = world.wait_for<run_ticket>(all[0]);
  ASSERT_TRUE(first);
  for (const auto& each : all)
    EXPECT_EQ(world.wait_for<run_ticket>(each)->run.id, first->run.id);
  world.read_to_end(first->actor);
  EXPECT_EQ(world.stored(ann).runs.size(), 1u);
}

// --- stopping
// ------------------------------------------------------------------------------------------------------------------

TEST_F(RunActor, IsCancelledBeforeItsQuestionIsStored) {
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
  const auto asked_chat = world.ask_chat(ann, "say 3 words");
  ASSERT_TRUE(world.run_until([&] { return asked_chat->has_value(); }));
  const auto& ticket = **asked_chat;
  ASSERT_TRUE(world.stored(ann).runs.empty());
  const auto stopped = world.ask<run>(ticket->actor, stop_run{});
  const auto reader = world.read_to_end(ticket->actor);
  EXPECT_EQ(reader->shape(), "start end");
  EXPECT_EQ(reader->last()->payload, "cancelled");
  EXPECT_EQ(world.wait_for<run>(stopped)->status, run_status::cancelled);
  EXPECT_EQ(world.stored(ann).runs.at(ticket->run.id).status, run_status::cancelled);
}

TEST_F(RunActor, IsCancelledWhileItWaits) {
  const auto conversation = world.add_conversation(ann);
  world.set_rate(1);
  const auto first = world.chat(ann, "say 50 words", conversation);
  const auto second = world.chat(ann, "say 5 words", conversation);
  world.run();
  EXPECT_EQ(*cancel(second.run.id)->body, "run cancelled");
  const auto reader = world.read_to_end(second.actor);
  EXPECT_EQ(reader->shape(), "start queued end");
  EXPECT_EQ(status_of(first.run.id), "run running");
}

TEST_F(RunActor, IsCancelledWhileItSpeaksAndKeepsWhatItSaid) {
  world.set_rate(1);
  const auto conversation = world.add_conversation(ann);
  const auto ticket = world.chat(ann, "say 50 words", conversation);
  const auto reader = world.attach(ticket.actor);
  world.advance(std::chrono::seconds{5});
  EXPECT_EQ(*cancel(ticket.run.id)->body, "run cancelled");
  world.run();
  EXPECT_TRUE(reader->has_ended);
  EXPECT_EQ(reader->last()->payload, "cancelled");
  const auto& answer = world.stored(ann).messages.at(ticket.run.assistant_message);
  EXPECT_EQ(answer.content, reader->text());
  EXPECT_GT(reader->text().size(), 10u);
  EXPECT_EQ(answer.status, message_status::incomplete);
  EXPECT_EQ(answer.artifacts_json, "[0]") << "it was not shown";
  const auto words = std::ranges::count(answer.content, ' ');
  EXPECT_TRUE(reader->shape().ends_with("token usage end")) << reader->shape();
  EXPECT_EQ(reader->events[reader->events.size() - 2].payload, std::to_string(words));
  EXPECT_EQ(world.stored(ann).runs.at(ticket.run.id).usage->output_tokens, words)
    << "what was said, not what was meant";
  world.set_rate(0);
  EXPECT_EQ(world.read_to_end(world.chat(ann, "say 2 words", conversation).actor)->last()->payload, "success")
    << "the place in the conversation is free";
}

TEST_F(RunActor, StaysAsItIsWhenCancelledWhileItsEndIsStoredOrLater) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto reader = world.attach(ticket.actor);
  ASSERT_TRUE(world.run_until([&] { return reader->text().ends_with("word5 "); }));
  const auto during = world.ask_owner<entity_reply>(ann.id, cancel_run{ann.session, ticket.run.id});
  EXPECT_TRUE(world.wait_for<entity_reply>(during));
  world.run_until([&] { return reader->has_ended; });
  EXPECT_EQ(*cancel(ticket.run.id)->body, "run " + reader->last()->payload);
  EXPECT_EQ(*cancel(ticket.run.id)->body, "run " + reader->last()->payload);
}

TEST_F(RunActor, LeavesNothingBehindWhenItsConversationIsDeleted) {
  world.set_rate(1);
  const auto conversation = world.add_conversation(ann);
  const auto ticket = world.chat(ann, "say 50 words", conversation);
  const auto reader = world.attach(ticket.actor);
  world.advance(std::chrono::seconds{3});
  const auto removed =
    world.get_from_owner<entity_reply>(ann.id, delete_conversation{ann.session, conversation, std::nullopt});
  ASSERT_TRUE(removed);
  world.run_until([&] { return reader->has_ended; });
  EXPECT_EQ(reader->last()->payload, "cancelled");
  EXPECT_TRUE(world.stored(ann).runs.empty());
  EXPECT_EQ(status_of(ticket.run.id), "not_found");
}

TEST_F(RunActor, SparesItsNeighboursWhenItsConversationIsDeletedUnderItsEnd) {
  const auto conversation = world.add_conversation(ann);
  const auto ticket = world.chat(ann, "say 5 words", conversation);
  const auto reader = world.attach(ticket.actor);
  ASSERT_TRUE(world.run_until([&] { return reader->text().ends_with("word5 "); }));
  // The deletion goes first, the end of the run and an innocent write wait behind it.
  const auto removed =
    world.ask_owner<entity_reply>(ann.id, delete_conversation{ann.session, conversation, std::nullopt});
  patch_user innocent{ann.session, {}, std::nullopt};
  innocent.changes.full_name = std::optional<std::string>{"Ann"};
  const auto renamed = world.ask_owner<entity_reply>(ann.id, innocent);
  EXPECT_TRUE(world.wait_for<entity_reply>(removed));
  EXPECT_TRUE(world.wait_for<entity_reply>(renamed));
  EXPECT_TRUE(world.run_until([&] { return reader->has_ended; }));
  EXPECT_TRUE(world.stored(ann).runs.empty());
}

// --- reading
// -------------------------------------------------------------------------------------------------------------------

TEST_F(RunActor, GivesExactlyTheRestFromEveryPlace) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto whole = world.read_to_end(ticket.actor);
  const auto count = static_cast<std::int64_t>(whole->events.size());
  for (std::int64_t after = 0; after < count; ++after) {
    const auto rest = world.read_to_end(ticket.actor, after);
    const std::vector<seen_event> expected{whole->events.begin() + after, whole->events.end()};
    EXPECT_EQ(rest->events, expected) << after;
  }
}

TEST_F(RunActor, ReplaysFromStorageWhatWasSaidLive) {
  auto settings = config::settings{};
  settings.runs.persist_bytes = 300;
  actor_world chunked{{.settings = settings}};
  const auto bob = chunked.add_person(2);
  chunked.set_rate(20);
  const auto ticket = chunked.chat(bob, "say 40 words");
  const auto live = chunked.read_to_end(ticket.actor);
  EXPECT_GT(chunked.database->chunk_writes, 1);
  chunked.advance(std::chrono::minutes{1});
  const auto count = static_cast<std::int64_t>(live->events.size());
  for (std::int64_t after : {std::int64_t{0}, std::int64_t{1}, std::int64_t{17}, count - 1}) {
    const auto joined = chunked.get_from_owner<run_ticket>(bob.id, join_run{bob.session, ticket.run.id});
    ASSERT_TRUE(joined);
    const auto replay = chunked.read_to_end(joined->actor, after);
    EXPECT_EQ(replay->events, (std::vector<seen_event>{live->events.begin() + after, live->events.end()})) << after;
  }
}

TEST_F(RunActor, ShowsTwoReadersTheSame) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 30 words");
  const auto one = world.attach(ticket.actor);
  world.advance(std::chrono::seconds{1});
  const auto two = world.attach(ticket.actor, 0, false, stream_format::ndjson);
  world.run_until([&] { return one->has_ended && two->has_ended; });
  EXPECT_EQ(one->events, two->events);
}

TEST_F(RunActor, GoesOnWhenItsReadersLeave) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 30 words");
  const auto reader = world.attach(ticket.actor);
  world.advance(std::chrono::seconds{1});
  world.detach(*reader);
  world.run();
  const auto seen = reader->events.size();
  world.advance(std::chrono::seconds{10});
  EXPECT_EQ(reader->events.size(), seen);
  EXPECT_EQ(world.stored(ann).runs.at(ticket.run.id).status, run_status::success);
}

TEST_F(RunActor, GivesAnOldRunAsOneToken) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto live = world.read_to_end(ticket.actor);
  world.advance(std::chrono::minutes{1});
  world.stored(ann).chunks.clear();
  const auto joined = join(ticket.run.id);
  const auto replay = world.read_to_end(joined.actor);
  EXPECT_EQ(replay->shape(), "start token artifact end");
  EXPECT_EQ(replay->text(), live->text());
  EXPECT_EQ(replay->last()->seq, live->last()->seq);
}

TEST_F(RunActor, IsThereOnceHoweverManyJoinItAfterItsEnd) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto live = world.read_to_end(ticket.actor);
  EXPECT_EQ(join(ticket.run.id).actor, ticket.actor) << "while it is still there";
  world.advance(std::chrono::minutes{1});
  const auto before = counters().runs_now.value();
  const auto reads = world.database->reads;
  std::vector<asked<run_ticket>> all;
  for (int i = 0; i < 1'000; ++i)
    all.push_back(world.ask_owner<run_ticket>(ann.id, join_run{ann.session, ticket.run.id}));
  std::set<caf::actor_id> actors;
  for (const auto& each : all)
    actors.insert(world.wait_for<run_ticket>(each)->actor.id());
  for (int i = 0; i < 10; ++i)
    actors.insert(join(ticket.run.id).actor.id());
  EXPECT_EQ(actors.size(), 1u);
  EXPECT_EQ(counters().runs_now.value() - before, 1u);
  EXPECT_EQ(world.database->reads - reads, 1);
  EXPECT_EQ(world.read_to_end(join(ticket.run.id).actor)->events, live->events);
}

TEST_F(RunActor, IsNotThereForWhoCannotReadIt) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto end = world.read_to_end(ticket.actor)->last()->seq;
  world.advance(std::chrono::minutes{1});
  const auto before = counters().runs_now.value();
  const auto ask = [&](std::int64_t after, bool only_looks = false) {
    return world.get_from_owner<run_ticket>(ann.id, join_run{ann.session, ticket.run.id, after, only_looks});
  };
  EXPECT_EQ(ask(end)->left, replay::complete);
  EXPECT_EQ(ask(end - 1, true)->left, replay::readable);
  world.stored(ann).chunks.clear();
  EXPECT_EQ(ask(end)->left, replay::complete);
  EXPECT_EQ(ask(end - 1)->left, replay::expired);
  EXPECT_EQ(ask(0, true)->left, replay::readable);
  EXPECT_EQ(counters().runs_now.value(), before);
  EXPECT_TRUE(ask(0)->actor) << "the whole answer";
  EXPECT_EQ(ask(end - 1)->left, replay::expired) << "with the actor there";
  EXPECT_EQ(counters().runs_now.value(), before + 1);
}

TEST_F(RunActor, IsNotReadBeyondTheTimeThatItsEventsAreKept) {
  const auto ticket = world.chat(ann, "say 5 words");
  world.read_to_end(ticket.actor);
  const auto ask = [&](std::int64_t after) {
    return world.get_from_owner<run_ticket>(ann.id, join_run{ann.session, ticket.run.id, after});
  };
  for (int i = 0; i < 4 * 60; ++i) {  // whoever asks all the time keeps the actor there
    world.advance(std::chrono::seconds{3});
    EXPECT_EQ(ask(3)->actor, ticket.actor) << i;
  }
  world.stored(ann).chunks.clear();
  EXPECT_EQ(ask(3)->left, replay::expired);
  const auto whole = ask(0);
  EXPECT_EQ(world.read_to_end(whole->actor)->shape(), "start token artifact end");
  EXPECT_EQ(ask(0)->actor, whole->actor);
}

TEST_F(RunActor, WaitsForWhoWasToldOfItAWhileAgo) {
  const auto ticket = world.chat(ann, "say 5 words");
  world.read_to_end(ticket.actor);
  world.advance(std::chrono::milliseconds{4'900});
  const auto joined = join(ticket.run.id);
  world.advance(std::chrono::seconds{3});
  EXPECT_TRUE(world.read_to_end(joined.actor)->has_ended);
}

TEST_F(RunActor, IsNotJoinedAfterItsConversationWasDeleted) {
  const auto conversation = world.add_conversation(ann);
  const auto ticket = world.chat(ann, "say 5 words", conversation);
  world.read_to_end(ticket.actor);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, delete_conversation{ann.session, conversation, std::nullopt}));
  EXPECT_CODE(world.get_from_owner<run_ticket>(ann.id, join_run{ann.session, ticket.run.id}), errc::not_found);
}

TEST_F(RunActor, GivesTheEndAloneToWhoHasSeenMoreThanIsKept) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto live = world.read_to_end(ticket.actor);
  const auto late = world.read_to_end(ticket.actor, live->last()->seq + 100);
  EXPECT_EQ(late->events, std::vector<seen_event>{*live->last()});
}

TEST_F(RunActor, ServesAReaderThatClaimsToBeAheadOfALiveRun) {
  world.set_rate(10);
  const auto reader = world.read_to_end(world.chat(ann, "say 20 words").actor, 1'000'000);
  ASSERT_TRUE(reader->has_ended);
  EXPECT_EQ(reader->last()->payload, "success");
}

TEST_F(RunActor, TellsWhoWaitsForTheOutcome) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto outcome = world.get<run_outcome>(ticket.actor, await_run{});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->run.status, run_status::success);
  EXPECT_EQ(outcome->answer.content, "word1 word2 word3 word4 word5 ");
  EXPECT_EQ(world.get<run_outcome>(ticket.actor, await_run{})->answer, outcome->answer);
}

TEST_F(RunActor, TellsWhoWaitsForTheQuestionToBeStored) {
  world.set_rate(1);
  const auto ticket = world.chat(ann, "say 5 words");
  const auto stored = world.get<run>(ticket.actor, await_stored{});
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->id, ticket.run.id);
  EXPECT_FALSE(has_ended(stored->status)) << "its end is not waited for";
}

TEST_F(RunActor, ShowsARunThatIsQueuedRunningAndOver) {
  world.set_rate(1);
  const auto conversation = world.add_conversation(ann);
  const auto first = world.chat(ann, "say 3 words", conversation);
  const auto second = world.chat(ann, "say 3 words", conversation);
  world.run();
  EXPECT_EQ(status_of(first.run.id), "run running");
  EXPECT_EQ(status_of(second.run.id), "run queued");
  world.read_to_end(second.actor);
  world.advance(std::chrono::minutes{1});
  EXPECT_EQ(status_of(first.run.id), "run success");
}

// --- slow readers
// ------------------------------------------------------------------------------------------------------------

class SlowReader : public ::testing::Test {
protected:
  static world_options with_small_bounds() {
    world_options options;
    options.settings.runs.reader_merge_bytes = 4'000;
    options.settings.runs.reader_drop_bytes = 40'000;
    return options;
  }
  void take_a_batch_each(std::chrono::milliseconds time, reading& slow) {
    for (int i = 0; i < 100 && !slow.has_ended && !slow.is_dropped; ++i) {
      world.advance(time);
      world.give_credit(slow);
      world.run();
    }
  }
  actor_world world{with_small_bounds()};
  person ann = world.add_person(1);
};

TEST_F(SlowReader, HasAtMostOneBatchUnderWay) {
  const auto ticket = world.chat(ann, "say 100 words");
  const auto reader = world.attach(ticket.actor, 0, true);
  world.run();
  const auto first = reader->events.size();
  EXPECT_GT(reader->unwritten, 0U);
  world.run();
  EXPECT_EQ(reader->events.size(), first);
}

TEST_F(SlowReader, IsSentMoreUntilAWindowIsOnItsWay) {
  world_options options;
  options.reader_window = 1'000;
  actor_world wide{options};
  const auto bob = wide.add_person(2);
  wide.set_rate(20);
  const auto ticket = wide.chat(bob, "say 300 words");
  const auto slow = wide.attach(ticket.actor, 0, true);
  wide.advance(std::chrono::seconds{1});
  EXPECT_GT(slow->events.size(), 15U);
  EXPECT_LT(slow->unwritten, options.reader_window);
  wide.advance(std::chrono::seconds{5});
  EXPECT_GE(slow->unwritten, options.reader_window);
  const auto seen = slow->events.size();
  wide.advance(std::chrono::seconds{1});
  EXPECT_EQ(slow->events.size(), seen) << "a full window is enough";
  wide.give_credit(*slow);
  wide.run();
  EXPECT_GT(slow->events.size(), seen + 15U) << "what was said meanwhile comes at once";
  const auto quick = wide.read_to_end(ticket.actor);
  while (!slow->has_ended) {
    ASSERT_GT(slow->unwritten, 0U);
    wide.give_credit(*slow);
    wide.run();
  }
  EXPECT_EQ(slow->text(), quick->text());
}

TEST_F(SlowReader, GetsTokensMergedAndTheSameText) {
  const auto ticket = world.chat(ann, "say 300 words");
  const auto quick = world.attach(ticket.actor);
  const auto slow = world.attach(ticket.actor, 0, true);
  world.run_until([&] { return quick->has_ended; });
  while (!slow->has_ended) {
    world.give_credit(*slow);
    world.run();
  }
  EXPECT_EQ(slow->text(), quick->text());
  EXPECT_LT(slow->events.size(), quick->events.size());
  for (std::size_t i = 1; i < slow->events.size(); ++i)
    EXPECT_LT(slow->events[i - 1].seq, slow->events[i].seq);
  EXPECT_EQ(*slow->last(), *quick->last());
}

TEST_F(SlowReader, IsDroppedWhenTheAnswerOutgrowsIt) {
  world.set_rate(1'000);
  const auto ticket = world.chat(ann, "say 9000 words");
  const auto slow = world.attach(ticket.actor, 0, true);
  const auto quick = world.attach(ticket.actor);
  EXPECT_TRUE(world.run_until([&] { return slow->is_dropped; }, std::chrono::seconds{12}));
  EXPECT_TRUE(world.run_until([&] { return quick->has_ended; }));
  EXPECT_EQ(quick->last()->payload, "success");
}

TEST_F(SlowReader, IsKeptWhileItCatchesUp) {
  const auto ticket = world.chat(ann, "say 9000 words");
  const auto quick = world.read_to_end(ticket.actor);
  const auto slow = world.attach(ticket.actor, 0, true);
  take_a_batch_each(std::chrono::seconds{4}, *slow);
  EXPECT_TRUE(slow->has_ended);
  EXPECT_EQ(slow->text(), quick->text());
}

TEST_F(SlowReader, IsKeptWhenAnAnswerComesAtOnce) {
  const auto slow = world.attach(world.chat(ann, "say 9000 words").actor, 0, true);
  take_a_batch_each(std::chrono::seconds{4}, *slow);
  EXPECT_TRUE(slow->has_ended);
}

TEST_F(SlowReader, IsDroppedWhenItIsFarBehindAndTakesNothing) {
  const auto ticket = world.chat(ann, "say 9000 words");
  world.read_to_end(ticket.actor);
  const auto slow = world.attach(ticket.actor, 0, true);
  world.advance(std::chrono::milliseconds{4'900});
  EXPECT_FALSE(slow->is_dropped);
  world.advance(std::chrono::seconds{6});
  EXPECT_TRUE(slow->is_dropped);
}

TEST_F(SlowReader, IsDroppedWhenItFallsBackMoreAndMore) {
  auto options = with_small_bounds();
  options.settings.runs.reader_merge_bytes = 1'000'000'000;  // a batch is 3,000 words
  actor_world wordy{options};
  const auto bob = wordy.add_person(2);
  wordy.set_rate(3'000);
  const auto slow = wordy.attach(wordy.chat(bob, "say 45000 words").actor, 0, true);
  for (int i = 0; i < 4 && !slow->is_dropped; ++i) {
    wordy.advance(std::chrono::seconds{4});
    wordy.give_credit(*slow);
  }
  EXPECT_TRUE(slow->is_dropped);
}

TEST_F(SlowReader, IsDroppedWhenItStalls) {
  world.set_rate(1);
  const auto ticket = world.chat(ann, "say 60 words");
  const auto slow = world.attach(ticket.actor, 0, true);
  world.advance(std::chrono::seconds{25});
  EXPECT_FALSE(slow->is_dropped);
  world.advance(std::chrono::seconds{15});
  EXPECT_TRUE(slow->is_dropped);
}

// --- chunks
// --------------------------------------------------------------------------------------------------------------------

TEST_F(RunActor, KeepsPartialTextEachSecond) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 100 words");
  world.advance(std::chrono::seconds{4});
  const auto chunk_writes = world.database->chunk_writes;
  EXPECT_GE(chunk_writes, 3);
  EXPECT_LE(chunk_writes, 5);
  std::int64_t expected = 1;
  for (const auto& event : world.stored(ann).events_of(ticket.run.id))
    EXPECT_EQ(event.seq, expected++);
  EXPECT_GT(expected, 20);
  EXPECT_EQ(world.stored(ann).version, 1) << "chunks raise no version";
}

TEST_F(RunActor, WritesAChunkWhenItHasGrownEnough) {
  world.set_rate(1'000);
  world.chat(ann, "say 900 words");
  world.advance(std::chrono::milliseconds{800});
  EXPECT_GE(world.database->chunk_writes, 2) << "before the second is over";
}

// --- a full disk
// ----------------------------------------------------------------------------------------------------------------

TEST_F(RunActor, EndsWithAnErrorWhenTheQuestionCannotBeStored) {
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
  world.database->refuse(true);
  const auto ticket = world.chat(ann, "say 5 words");
  const auto reader = world.read_to_end(ticket.actor);
  EXPECT_EQ(reader->shape(), "start error end");
  EXPECT_EQ(reader->events[1].payload, "UNAVAILABLE");
  EXPECT_EQ(reader->last()->payload, "error");
  world.run();
  EXPECT_EQ(status_of(ticket.run.id), "not_found");
}

TEST_F(RunActor, GoesOnWhenAChunkCannotBeStored) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 60 words");
  const auto reader = world.attach(ticket.actor);
  world.advance(std::chrono::seconds{1});
  world.database->refuse(true);
  world.advance(std::chrono::seconds{3});
  world.database->refuse(false);
  world.run_until([&] { return reader->has_ended; });
  EXPECT_EQ(reader->last()->payload, "success");
  EXPECT_EQ(world.stored(ann).events_of(ticket.run.id).size(), reader->events.size()) << "the end carried the rest";
}

TEST_F(RunActor, TellsThatTheAnswerIsNotSafeAndStoresThatLater) {
  world.set_rate(10);
  const auto conversation = world.add_conversation(ann);
  const auto ticket = world.chat(ann, "say 20 words", conversation);
  const auto reader = world.attach(ticket.actor);
  world.advance(std::chrono::seconds{1});
  world.database->refuse(true);
  world.run_until([&] { return reader->has_ended; });
  EXPECT_EQ(reader->shape(), std::string{whole_answer}.replace(std::string{whole_answer}.size() - 3, 3, "error end"));
  EXPECT_EQ(reader->last()->payload, "error");
  expect_dense(*reader);
  world.advance(std::chrono::seconds{20});
  world.database->refuse(false);
  world.advance(std::chrono::seconds{2});
  EXPECT_EQ(world.stored(ann).runs.at(ticket.run.id).status, run_status::error);
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message).content, reader->text());
  const auto replay = world.read_to_end(join(ticket.run.id).actor);
  EXPECT_EQ(replay->events, reader->events);
}

TEST_F(RunActor, TellsWhoWaitsOfAnEndThatCannotBeStored) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 5 words");
  const auto outcome = world.ask<run_outcome>(ticket.actor, await_run{});
  ASSERT_TRUE(world.get<run>(ticket.actor, await_stored{}));
  world.database->refuse(true);
  world.advance(std::chrono::seconds{1});
  const auto told = world.wait_for<run_outcome>(outcome);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->run.status, run_status::error);
  EXPECT_EQ(told->answer, world.stored(ann).messages.at(ticket.run.assistant_message));
  EXPECT_EQ(told->answer.status, message_status::incomplete);
  world.database->refuse(false);
  world.advance(std::chrono::seconds{10});
  EXPECT_FALSE(world.stored(ann).messages.at(ticket.run.assistant_message).content.empty());
}

TEST_F(RunActor, TakesTheEndThatIsStoredWhenItWasNotToldSo) {
  const auto conversation = world.add_conversation(ann);
  const auto ticket = world.chat(ann, "say 5 words", conversation);
  const auto reader = world.attach(ticket.actor);
  ASSERT_TRUE(world.run_until([&] { return reader->text().ends_with("word5 "); }));
  world.database->commit_then_fail();
  ASSERT_TRUE(world.run_until([&] { return reader->has_ended; }));
  EXPECT_EQ(reader->last()->payload, "error") << "nobody knows yet";
  const auto answer = world.stored(ann).messages.at(ticket.run.assistant_message);
  const auto row = world.stored(ann).runs.at(ticket.run.id);
  ASSERT_EQ(row.status, run_status::success);
  world.advance(std::chrono::seconds{6});  // it has tried again, and is still there
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message), answer);
  EXPECT_EQ(world.stored(ann).runs.at(ticket.run.id), row);
  EXPECT_EQ(status_of(ticket.run.id), "run success");
  const auto replay = world.read_to_end(join(ticket.run.id).actor);
  EXPECT_EQ(replay->shape(), whole_answer);
  EXPECT_EQ(replay->last()->payload, "success");
  EXPECT_EQ(world.read_to_end(world.chat(ann, "say 2 words", conversation).actor)->last()->payload, "success")
    << "the place in the conversation is free";
}

TEST_F(RunActor, EndsWithAnErrorWhenTheCoachIsGone) {
  caf::anon_send_exit(world.nexus, caf::exit_reason::kill);
  world.run();
  const auto reader = world.read_to_end(world.chat(ann, "say 5 words").actor);
  EXPECT_EQ(reader->shape(), "start error end");
  EXPECT_EQ(reader->last()->payload, "error");
}

// --- death
// --------------------------------------------------------------------------------------------------------------------

TEST_F(RunActor, IsInterruptedWhenTheServerLeaves) {
  world.set_rate(1);
  const auto conversation = world.add_conversation(ann);
  const auto speaking = world.chat(ann, "say 50 words", conversation);
  const auto waiting = world.chat(ann, "say 50 words", conversation);
  const auto one = world.attach(speaking.actor);
  const auto two = world.attach(waiting.actor);
  world.advance(std::chrono::seconds{3});
  EXPECT_TRUE(*world.get<bool>(world.shard, begin_shutdown{}));
  world.run();
  for (const auto& reader : {one, two}) {
    EXPECT_TRUE(reader->has_ended);
    EXPECT_EQ(reader->last()->payload, "interrupted");
  }
  EXPECT_EQ(world.stored(ann).runs.at(speaking.run.id).status, run_status::interrupted);
  EXPECT_EQ(world.stored(ann).runs.at(waiting.run.id).status, run_status::interrupted);
  EXPECT_CODE(world.get_from_owner<entity_reply>(world.add_person(5).id, get_user{}), errc::shutting_down);
}

TEST_F(RunActor, IsCutOffWhenItsOwnerDies) {
  world.set_rate(1);
  const auto ticket = world.chat(ann, "say 50 words");
  const auto reader = world.attach(ticket.actor);
  world.advance(std::chrono::seconds{5});
  caf::anon_send_exit(world.owner_of(ann.id), caf::exit_reason::kill);
  world.run();
  EXPECT_TRUE(reader->has_ended);
  EXPECT_EQ(reader->last()->payload, "interrupted");
  EXPECT_EQ(status_of(ticket.run.id), "run interrupted") << "the next owner ends what is stored";
  EXPECT_EQ(world.stored(ann).runs.at(ticket.run.id).status, run_status::interrupted);
  const auto replay = world.read_to_end(join(ticket.run.id).actor);
  EXPECT_EQ(replay->last()->type, "end");
  EXPECT_EQ(replay->last()->payload, "interrupted");
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message).content, replay->text());
}

TEST_F(RunActor, HasAnOutcomeForWhatIsStoredThoughItsOwnerDies) {
  world.set_rate(1);
  const auto ticket = world.chat(ann, "say 50 words");
  world.advance(std::chrono::seconds{5});
  const auto waiting = world.ask<run_outcome>(ticket.actor, await_run{});
  caf::anon_send_exit(world.owner_of(ann.id), caf::exit_reason::kill);
  world.run();
  const auto told = world.wait_for<run_outcome>(waiting);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->run.status, run_status::interrupted);
  EXPECT_EQ(told->answer.id, ticket.run.assistant_message);
}

TEST_F(RunActor, KeepsWhoAnsweredAndSinceWhenThoughItsOwnerDies) {
  world.set_rate(1);
  const auto ticket = world.chat(ann, "say 50 words");
  world.advance(std::chrono::seconds{5});
  const auto version = world.stored(ann).version;
  const auto begun = world.stored(ann).runs.at(ticket.run.id);
  EXPECT_EQ(begun.status, run_status::running);
  ASSERT_TRUE(begun.agent && begun.started_at && begun.usage);
  caf::anon_send_exit(world.owner_of(ann.id), caf::exit_reason::kill);
  world.run();
  EXPECT_EQ(world.stored(ann).version, version) << "a chunk raises no version";
  EXPECT_EQ(status_of(ticket.run.id), "run interrupted");
  const auto& ended = world.stored(ann).runs.at(ticket.run.id);
  EXPECT_EQ(ended.agent, begun.agent);
  EXPECT_EQ(ended.started_at, begun.started_at);
  const auto words = std::ranges::count(world.stored(ann).messages.at(ticket.run.assistant_message).content, ' ');
  EXPECT_GT(words, 0);
  EXPECT_EQ(ended.usage, (token_usage{begun.usage->input_tokens, words, true})) << "what was said, not what was meant";
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message).agent, begun.agent);
}

TEST_F(RunActor, TellsHowItBeganUntilThatIsStored) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 600 words");
  world.run();
  world.database->refuse(true);
  world.advance(std::chrono::seconds{3});
  EXPECT_FALSE(world.stored(ann).runs.at(ticket.run.id).started_at);
  world.database->refuse(false);
  world.advance(std::chrono::seconds{2});
  EXPECT_TRUE(world.stored(ann).runs.at(ticket.run.id).started_at);
}

TEST_F(RunActor, IsEndedOnceHoweverManyFindItWithoutAnEnd) {
  const auto ticket = world.chat(ann, "say 5 words");
  world.read_to_end(ticket.actor);
  world.advance(std::chrono::minutes{1});
  world.stored(ann).runs.at(ticket.run.id).status = run_status::running;
  const auto revision = world.stored(ann).messages.at(ticket.run.assistant_message).revision;
  std::vector<asked<entity_reply>> all;
  for (std::size_t client = 0; client < 3; ++client)
    all.push_back(world.ask_owner<entity_reply>(ann.id, get_run{ann.session, ticket.run.id}, client));
  for (const auto& each : all)
    EXPECT_EQ(*world.wait_for<entity_reply>(each)->body, "run interrupted");
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message).revision, revision + 1);
}

TEST_F(RunActor, KeepsTheArtifactsOfWhatItsDeadActorHasSaid) {
  const auto ticket = world.chat(ann, "say 5 words");
  world.read_to_end(ticket.actor);
  world.advance(std::chrono::minutes{1});
  auto& stored = world.stored(ann);
  const auto events = stored.events_of(ticket.run.id);
  stored.runs.at(ticket.run.id).status = run_status::running;
  stored.chunks.at(ticket.run.id) = {{1, {events.begin(), events.end() - 2}}};
  auto& answer = stored.messages.at(ticket.run.assistant_message);
  ASSERT_EQ(std::exchange(answer.artifacts_json, "[]"), "[1]");
  answer.content.clear();
  EXPECT_EQ(status_of(ticket.run.id), "run interrupted");
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message).artifacts_json, "[1]");
  EXPECT_EQ(world.stored(ann).messages.at(ticket.run.assistant_message).content, text_of(events));
}

TEST_F(RunActor, KeepsAChunkThatCameAgain) {
  world.set_rate(10);
  const auto ticket = world.chat(ann, "say 60 words");
  const auto reader = world.attach(ticket.actor);
  ASSERT_TRUE(world.run_until([&] { return world.database->chunk_writes == 1; }));
  world.database->commit_then_fail();
  ASSERT_TRUE(world.run_until([&] { return world.database->chunk_writes == 3; }));
  world.run();
  const auto kept = text_of(world.stored(ann).events_of(ticket.run.id));
  EXPECT_TRUE(reader->text().starts_with(kept));
  EXPECT_GE(kept.size() + 20, reader->text().size()) << "all but the last word or so";
  world.run_until([&] { return reader->has_ended; });
  EXPECT_EQ(text_of(world.stored(ann).events_of(ticket.run.id)), reader->text());
}

TEST_F(RunActor, NeverEndsWithSuccessWhenItsOwnerDiesUnderItsEnd) {
  const auto ticket = world.chat(ann, "say 5 words");
  const auto reader = world.attach(ticket.actor);
  const auto owner = world.owner_of(ann.id);
  ASSERT_TRUE(world.run_until([&] { return reader->text().ends_with("word5 "); }));
  world.faults->writes_held_back = 100;
  caf::anon_send_exit(owner, caf::exit_reason::kill);
  world.run();
  ASSERT_TRUE(reader->has_ended);
  const auto stored = world.stored(ann).runs.at(ticket.run.id).status;
  EXPECT_TRUE(reader->last()->payload != "success" || stored == run_status::success);
}

TEST_F(RunActor, FreesItsConversationWhenItsActorDies) {
  world.set_rate(1);
  const auto conversation = world.add_conversation(ann);
  const auto first = world.chat(ann, "say 50 words", conversation);
  const auto second = world.chat(ann, "say 3 words", conversation);
  const auto one = world.attach(first.actor);
  world.advance(std::chrono::seconds{5});
  caf::anon_send_exit(first.actor, caf::exit_reason::kill);
  world.run();
  EXPECT_TRUE(one->is_dropped);
  EXPECT_EQ(world.stored(ann).runs.at(first.run.id).status, run_status::interrupted);
  EXPECT_EQ(world.read_to_end(second.actor)->last()->payload, "success");
  const auto replay = world.read_to_end(join(first.run.id).actor);
  EXPECT_EQ(replay->last()->payload, "interrupted");
}

TEST_F(RunActor, LeavesAtOnceWithTheServerWhenItsOwnerHasLeftBefore) {
  const auto ticket = world.chat(ann, "say 9000 words");
  const auto reader = world.attach(ticket.actor, 0, true);
  world.run();
  ASSERT_TRUE(*world.get<bool>(world.owner_of(ann.id), passivate{}));
  world.give_credit(*reader);
  world.run();
  EXPECT_FALSE(reader->is_dropped) << "readers stay when the owner is idle";
  caf::anon_send_exit(world.shard, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(world.pool, caf::exit_reason::user_shutdown);
  world.run();
  EXPECT_TRUE(reader->is_dropped) << "without any time passing";
}

TEST_F(RunActor, LeavesWhenItHasEndedAndNobodyReads) {
  const auto ticket = world.chat(ann, "say 3 words");
  world.read_to_end(ticket.actor);
  world.advance(std::chrono::seconds{12});
  EXPECT_CODE(world.get<run>(ticket.actor, get_run{ann.session, ticket.run.id}), errc::unavailable);
  EXPECT_TRUE(*world.get<bool>(world.owner_of(ann.id), passivate{})) << "its owner may leave too";
}

}  // namespace genesis
