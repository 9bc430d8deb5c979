#include "tests/actors/actor_fixture.hpp"

namespace genesis {

class ChunkWriter : public ActorTest {
protected:
  storage::run_chunk chunk(const person& who, std::int64_t first, std::int64_t count) {
    storage::run_chunk made{who.id, 1, run_of(who), {}};
    for (auto seq = first; seq < first + count; ++seq) {
      run_event event;
      event.seq = seq;
      event.text = "w ";
      made.events.push_back(event);
    }
    return made;
  }
  run_id run_of(const person& who) {
    auto& row = world.stored(who);
    if (row.runs.empty()) {
      run made;
      made.id.value = who.id.value;
      made.conversation = world.add_conversation(who);
      made.status = run_status::running;
      row.runs.emplace(made.id, made);
    }
    return row.runs.begin()->first;
  }
};

TEST_F(ChunkWriter, WritesTheChunksOfATickTogether) {
  std::vector<asked<storage::write_receipt>> all;
  std::vector<person> people;
  for (std::uint32_t i = 10; i < 30; ++i) {
    people.push_back(world.add_person(i));
    all.push_back(world.ask<storage::write_receipt>(world.chunks, chunk(people.back(), 1, 3)));
  }
  for (const auto& each : all)
    EXPECT_TRUE(world.wait_for<storage::write_receipt>(each));
  EXPECT_EQ(world.database->chunk_writes, 1);
  for (const auto& who : people)
    EXPECT_EQ(world.stored(who).events_of(run_of(who)).size(), 3u);
}

TEST_F(ChunkWriter, AnswersWhenTheChunkIsDurable) {
  const auto answer = world.ask<storage::write_receipt>(world.chunks, chunk(ann, 1, 3));
  world.run_until([&] {
    EXPECT_TRUE(!answer->has_value() || world.stored(ann).chunks.contains(run_of(ann)));
    return answer->has_value();
  });
  EXPECT_TRUE(world.wait_for<storage::write_receipt>(answer));
}

TEST_F(ChunkWriter, TellsEverybodyWhoseChunkFailedAndGoesOn) {
  world.database->refuse(true);
  const auto first = world.ask<storage::write_receipt>(world.chunks, chunk(ann, 1, 3));
  const auto second = world.ask<storage::write_receipt>(world.chunks, chunk(ann, 1, 3));
  EXPECT_CODE(world.wait_for<storage::write_receipt>(first), errc::unavailable);
  EXPECT_CODE(world.wait_for<storage::write_receipt>(second), errc::unavailable);
  world.database->refuse(false);
  EXPECT_TRUE(world.get<storage::write_receipt>(world.chunks, chunk(ann, 1, 3)));
}

TEST_F(ChunkWriter, LeavesOutTheChunksOfAnEndedRun) {
  const auto id = run_of(ann);
  world.stored(ann).runs.at(id).status = run_status::success;
  EXPECT_TRUE(world.get<storage::write_receipt>(world.chunks, chunk(ann, 1, 3)));
  EXPECT_FALSE(world.stored(ann).chunks.contains(id));
}

TEST_F(ChunkWriter, AnswersWhoWaitsWhenItDies) {
  const auto answer = world.ask<storage::write_receipt>(world.chunks, chunk(ann, 1, 3));
  world.run();
  caf::anon_send_exit(world.chunks, caf::exit_reason::kill);
  world.run();
  ASSERT_TRUE(answer->has_value());
  EXPECT_CODE(**answer, errc::unavailable);
}

}  // namespace genesis
