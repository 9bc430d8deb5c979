#include "tests/system/database_file.hpp"
#include "tests/system/writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace genesis::system_test {
namespace {

TEST(Crashes, LoseNothingThatWasAcknowledged) {
  program server{{"--http.threads=2", "--log.level=warn"}};
  std::vector<std::unique_ptr<writer>> writers;
  for (int i = 0; i < 4; ++i)
    writers.push_back(std::make_unique<writer>(server, "writer" + std::to_string(i) + "@example.com"));
  person talker{server, "talker@example.com"};
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE(round);
    std::atomic<int> acknowledged{0};
    std::vector<std::thread> threads;
    for (auto& each : writers)
      threads.emplace_back([&] { each->write(acknowledged); });
    auto stream = talker.ask(R"({"message":"How much should I eat?"})");
    const auto run = stream.next_event().member("run_id");
    const auto enough = 20 + 7 * round;  // another moment each time
    for (int now = acknowledged; now < enough; now = acknowledged)
      acknowledged.wait(now);
    server.crash();
    for (auto& each : threads)
      each.join();
    server.start();
    for (auto& each : writers)
      each->expect_everything();
    const auto shown = talker.get("/api/v1/runs/" + run);
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(member(shown, "status") == "success" || member(shown, "status") == "interrupted") << shown.body;
    database_file database{server.data() / "genesis.db"};
    EXPECT_EQ(database.number("select count(*) from runs where status in ('queued', 'running')"), 0);
    database.expect_sound();
  }
}

TEST(Crashes, LeaveRunsInterruptedWithTheirText) {
  program server{{"--coach.tokens_per_second=100", "--coach.repeat_tokens=5000", "--runs.persist_interval=10ms"}};
  person someone{server, "cut@example.com"};
  const auto conversation = someone.new_conversation();
  const auto body = R"({"message":"How much should I eat?","conversation_id":)" + json_string(conversation) + '}';
  auto stream = someone.ask(body);
  std::vector<stream_event> seen = stream.until("token");
  const auto run = seen.front().member("run_id");
  const auto waiting = someone.ask(body).next_event().member("run_id");
  database_file database{server.data() / "genesis.db"};
  const auto first_token = *seen.back().seq;
  while (
    database.number("select coalesce(max(first_seq), 0) from run_chunks where run_id = '" + run + "'") <= first_token)
    seen.push_back(stream.next_event());
  const auto before = someone.get("/api/v1/runs/" + run).json();
  const auto conversation_before = someone.get("/api/v1/conversations/" + conversation).json();
  server.crash();
  for (auto& each : stream.rest())
    seen.push_back(std::move(each));
  EXPECT_FALSE(stream.is_complete());
  server.start();

  const auto shown = someone.get("/api/v1/runs/" + run);
  EXPECT_EQ(member(shown, "status"), "interrupted");
  for (const auto* name : {"agent", "created_at", "started_at"}) {
    EXPECT_FALSE(before.at(name).is_null()) << name;
    EXPECT_EQ(shown.json().at(name), before.at(name)) << name;
  }
  EXPECT_EQ(someone.get("/api/v1/conversations/" + conversation).json(), conversation_before)
    << "nothing shown of it has changed";
  const auto replay = someone.resume(run, 0).rest();
  ASSERT_GE(replay.size(), 4U);
  EXPECT_EQ(std::to_string(replay.size()), member(shown, "last_seq"));
  EXPECT_EQ(replay.back().type, "end");
  EXPECT_EQ(replay.back().member("status"), "interrupted");
  for (std::size_t i = 0; i + 1 < replay.size() && i < seen.size(); ++i)
    EXPECT_EQ(replay[i].text(), seen[i].text());
  const auto message = someone.get("/api/v1/messages/" + seen.front().member("message_id"));
  EXPECT_EQ(member(message, "content"), text_of(replay));
  EXPECT_FALSE(text_of(replay).empty());
  EXPECT_EQ(member(message, "status"), "incomplete");
  EXPECT_EQ(member(message, "agent"), member(shown, "agent"));
  // What it read is known, and it wrote what is left of it.
  const auto usage = shown.json().at("usage").as_object();
  EXPECT_EQ(usage.at("input_tokens"), before.at("usage").at("input_tokens"));
  EXPECT_EQ(member(usage, "output_tokens"), std::to_string(std::ranges::count(replay, "token", &stream_event::type)));
  EXPECT_EQ(member(someone.get("/api/v1/runs/" + waiting), "status"), "interrupted");
  // Whoever has seen more than was stored gets the end alone, and the conversation goes on.
  EXPECT_EQ(types_of(someone.resume(run, static_cast<std::int64_t>(replay.size()) + 5).rest()),
    std::vector<std::string>{"end"});
  EXPECT_EQ(someone.ask(body).until("token").back().type, "token");
  database.expect_sound();
}

}  // namespace
}  // namespace genesis::system_test
