#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

namespace genesis::system_test {
namespace {

/// `genesis chat` in a pipe, with a login file of its own.
std::unique_ptr<child_process> start_chat(const program& server, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{"chat", "--url", "http://127.0.0.1:" + std::to_string(server.port()), "--email",
    "pipe@example.com", "--login", (server.home() / "login.json").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return std::make_unique<child_process>(
    arguments, server.home(), std::vector<std::string>{"GENESIS_CHAT_PASSWORD=" + std::string{good_password}});
}

std::string answers_in(const program& server, std::string_view condition = "1") {
  std::string all;
  for (const auto& each :
    database_file{server.data() / "genesis.db"}.column("select content from messages where role = 'assistant' and " +
                                                       std::string{condition} + " order by created_at, seq"))
    all += each;
  return all;
}

TEST(ChatProgram, RegistersAsksAndRemembers) {
  const program server;
  const auto chat = start_chat(server, {"--register"});
  chat->write_input("How much water should I drink?\n\nAnd how much should I sleep?\n");
  chat->close_input();
  EXPECT_EQ(chat->wait(), 0) << chat->err();
  database_file database{server.data() / "genesis.db"};
  const auto answers = database.column("select content from messages where role = 'assistant' order by seq");
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(database.number("select count(*) from conversations"), 1);
  for (const auto& each : answers)
    EXPECT_NE(chat->out().find(each.substr(0, each.find_first_of("\n"))), std::string::npos) << chat->out();

  // Signed in by now, and in the same conversation.
  const auto again = start_chat(server);
  again->write_input("Thank you\n");
  again->close_input();
  EXPECT_EQ(again->wait(), 0) << again->err();
  EXPECT_EQ(database.number("select count(*) from conversations"), 1);
  EXPECT_EQ(database.number("select count(*) from messages"), 6);
  EXPECT_EQ(database.number("select count(*) from users"), 1);
}

TEST(ChatProgram, FailsWithASentence) {
  const program server;
  const auto chat = start_chat(server);  // nobody has registered
  chat->write_input("Hello\n");
  EXPECT_EQ(chat->wait(), 1);
  EXPECT_TRUE(chat->err().starts_with("genesis: ")) << chat->err();
  EXPECT_EQ(chat->out(), "");
}

TEST(ChatProgram, ComesBackByItselfWhenTheServerIsKilledInTheMiddle) {
  program server{{"--coach.tokens_per_second=20", "--runs.persist_interval=10ms"}};
  const auto chat = start_chat(server, {"--register"});
  chat->write_input("How much should I eat to lose weight?\n");
  const auto until = std::chrono::steady_clock::now() + patience;
  while (chat->out().size() < 20)
    ASSERT_LT(std::chrono::steady_clock::now(), until) << chat->err();
  server.crash();
  server.start({"--http.port=" + std::to_string(server.port())});
  // The answer was cut for good: what was said stays, the program says so and stops, as a pipe expects.
  EXPECT_EQ(chat->wait(), 1);
  EXPECT_TRUE(chat->err().contains("genesis: ")) << chat->err();
  const auto kept = answers_in(server, "status = 'incomplete'");
  ASSERT_FALSE(kept.empty());
  EXPECT_TRUE(chat->out().contains(kept.substr(0, 20))) << chat->out();

  const auto again = start_chat(server);
  again->write_input("How much should I eat to lose weight?\n");
  again->close_input();
  EXPECT_EQ(again->wait(), 0) << again->err();
}

// Chunks come each second and words ten times as often: the client has seen more than storage when the server dies.
TEST(ChatProgram, EndsAnAnswerOfWhichACrashTookWhatItHasSeen) {
  program server{{"--coach.tokens_per_second=10"}};
  const auto chat = start_chat(server, {"--register"});
  chat->write_input("How much should I eat to lose weight?\n");
  const auto until = std::chrono::steady_clock::now() + patience;
  database_file database{server.data() / "genesis.db"};
  while (database.number("select count(*) from run_chunks") == 0)
    ASSERT_LT(std::chrono::steady_clock::now(), until) << chat->err();
  const auto stored = chat->out().size();
  while (chat->out().size() < stored + 8)
    ASSERT_LT(std::chrono::steady_clock::now(), until) << chat->err();
  server.crash();
  const auto seen = chat->out();
  server.start({"--http.port=" + std::to_string(server.port())});
  EXPECT_EQ(chat->wait(), 1);
  EXPECT_TRUE(chat->err().contains("stopped in the middle of this answer")) << chat->err();
  EXPECT_TRUE(chat->out().starts_with(seen)) << chat->out();
  const auto kept = answers_in(server, "status = 'incomplete'");
  ASSERT_FALSE(kept.empty());
  EXPECT_EQ(chat->out().find(kept), chat->out().rfind(kept)) << "said once: " << chat->out();
}

}  // namespace
}  // namespace genesis::system_test
