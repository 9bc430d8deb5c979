#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

namespace genesis::system_test {
namespace {

/// Somebody who writes without pause and remembers what the server has acknowledged.
class writer {
public:
  writer(const program& server, const std::string& email)
      : who_(server, email), conversation_(who_.new_conversation()) {}

  /// Writes until the server is gone; counts each acknowledgement.
  void write(std::atomic<int>& acknowledged) {
    try {
      for (;;) {
        const auto number = std::to_string(++attempts_);
        const auto made =
          who_.call("POST", messages(), R"({"content":"number )" + number + R"("})", {{"Idempotency-Key", number}});
        if (made.status != 201)
          break;
        messages_[number] = made.body;
        const auto height = 100 + attempts_ % 100;
        const auto changed = who_.call("PATCH", "/api/v1/users/me", R"({"height_cm":)" + std::to_string(height) + '}');
        if (changed.status != 200)
          break;
        user_ = changed.body;
        acknowledged += 2;
        acknowledged.notify_all();
      }
    } catch (const std::exception&) {  // the connection has gone with the server
    }
  }

  void expect_everything() {
    for (const auto& [number, body] : messages_) {
      const auto again =
        who_.call("POST", messages(), R"({"content":"number )" + number + R"("})", {{"Idempotency-Key", number}});
      EXPECT_EQ(again.body, body);
    }
    if (!user_.empty()) {
      const auto now = revision_of(who_.get("/api/v1/users/me").body);
      EXPECT_GE(now, revision_of(user_));
      EXPECT_LE(now, revision_of(user_) + 1);  // one change may have been on its way
      if (now == revision_of(user_)) {
        EXPECT_EQ(who_.get("/api/v1/users/me").body, user_);
      }
    }
  }

private:
  static std::int64_t revision_of(std::string_view body) {
    answer given;
    given.body = body;
    return given.json().at("revision").as_int64();
  }
  [[nodiscard]] std::string messages() const { return "/api/v1/conversations/" + conversation_ + "/messages"; }

  person who_;
  std::string conversation_;
  int attempts_ = 0;
  std::map<std::string, std::string> messages_;
  std::string user_;
};

/// What must hold in the database whenever nothing runs.
void expect_sound(database_file& database) {
  EXPECT_EQ(database.column("pragma integrity_check"), std::vector<std::string>{"ok"});
  EXPECT_EQ(database.column("pragma foreign_key_check"), std::vector<std::string>{});
  EXPECT_EQ(database.number("select count(*) from (select conversation_id from messages group by conversation_id "
                            "having min(seq) <> 1 or max(seq) <> count(*))"),
    0);
  EXPECT_EQ(database.number("select count(*) from conversations c where message_count <> "
                            "(select count(*) from messages m where m.conversation_id = c.id)"),
    0);
  EXPECT_EQ(
    database.number("select count(*) from runs r where not exists (select 1 from messages m where m.id = r.message_id) "
                    "or not exists (select 1 from messages m where m.id = r.user_message_id)"),
    0);
}

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
    expect_sound(database);
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
  expect_sound(database);
}

}  // namespace
}  // namespace genesis::system_test
