// The system's clock is set while the program runs: libfaketime stands between the two.

#include "tests/system/person.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

namespace genesis::system_test {
namespace {

constexpr auto me = "/api/v1/users/me";

/// A server whose clock can be set. Its monotonic clock goes on as it is.
class ClockTest : public testing::Test {
protected:
  void SetUp() override {
#ifdef GENESIS_ADDRESS_SANITIZER
    GTEST_SKIP() << "AddressSanitizer and libfaketime both want to be the first library of the program";
#endif
  }

  /// The clock shows this much more than the time.
  void set_clock(std::string_view difference) const {
    const auto next = place_.write("next", difference);
    std::filesystem::rename(next, place_.path() / "clock");
  }

  void start(std::vector<std::string> flags = {}) {
    set_clock("+0");
    server_.emplace(std::move(flags), program::settings{"LD_PRELOAD=" GENESIS_FAKETIME_LIBRARY,
                                        "FAKETIME_TIMESTAMP_FILE=" + (place_.path() / "clock").string(),
                                        "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "NO_FAKE_STAT=1"});
  }

  /// Ends as it should, and on its own.
  void TearDown() override {
    if (server_) {
      EXPECT_EQ(server_->end(), 0);
    }
  }

  /// The year in the server's answers.
  [[nodiscard]] int year() const {
    api_client client{*server_};
    return std::stoi(client.call("GET", "/health/live")["Date"].substr(12, 4));
  }

  program& server() { return *server_; }

private:
  temporary_directory place_;
  std::optional<program> server_;
};

/// Exchanges the refresh token; the answer's status.
int refresh(person& who) {
  const auto given =
    who.call("POST", "/api/v1/auth/refresh", R"({"refresh_token":)" + json_string(who.refresh_token()) + '}');
  if (given.status == 200)
    who.take_tokens(given);
  return given.status;
}

/// Goes on as a client does whose access token is refused.
void expect_service_after_refresh(person& who) {
  const auto refused = who.get(me);
  EXPECT_EQ(refused.status, 401) << refused.body;
  EXPECT_EQ(refresh(who), 200);
  EXPECT_EQ(who.get(me).status, 200) << "a token that was just issued";
}

TEST_F(ClockTest, TokensOutliveNoJumpAndAreExchangedAfterIt) {
  start();
  person someone{server(), "tokens@example.com"};
  EXPECT_EQ(someone.get(me).status, 200);
  const auto this_year = year();

  set_clock("+2h");
  EXPECT_EQ(someone.get(me).code(), "TOKEN_EXPIRED");
  expect_service_after_refresh(someone);
  set_clock("+0");  // a token from the future, which the server remembers
  expect_service_after_refresh(someone);
  set_clock("-2h");
  expect_service_after_refresh(someone);
  set_clock("+0");
  EXPECT_EQ(someone.get(me).code(), "TOKEN_EXPIRED");
  expect_service_after_refresh(someone);

  set_clock("+366d");
  EXPECT_EQ(year(), this_year + 1);
  EXPECT_EQ(someone.get(me).code(), "TOKEN_EXPIRED");
  EXPECT_EQ(refresh(someone), 401) << "a session ends after 30 days";
  auto later = someone.log_in_again();
  EXPECT_EQ(later.get(me).status, 200);
  set_clock("+0");
  expect_service_after_refresh(later);
  EXPECT_EQ(year(), this_year);
}

TEST_F(ClockTest, ALoginAheadOfAClockThatWasSetBackIsNotFresh) {
  start();
  set_clock("+366d");
  person someone{server(), "fresh@example.com"};
  set_clock("+0");
  expect_service_after_refresh(someone);
  EXPECT_EQ(someone.call("DELETE", me).code(), "REAUTHENTICATION_REQUIRED");
  auto again = someone.log_in_again();
  EXPECT_EQ(again.call("DELETE", me).status, 204);
}

/// Somebody's device with an API key, which no jump ends.
class device {
public:
  device(const program& server, person& owner) : client_(server) {
    const auto made = owner.call("POST", "/api/v1/api-keys", R"({"name":"scale","scopes":["read","write"]})");
    EXPECT_EQ(made.status, 201) << made.body;
    key_ = member(made, "key");
  }

  answer call(std::string_view verb, std::string_view target, std::string_view body = {}, fields head = {}) {
    head.emplace_back("X-API-Key", key_);
    return client_.call(verb, target, body, std::move(head));
  }
  /// A list to its end, two at a time: one member of each. `between` is called behind each page.
  std::vector<std::string> read_list(
    const std::string& target, std::string_view name, const std::function<void()>& between) {
    std::vector<std::string> read;
    std::string after;
    for (;;) {
      const auto page = call("GET", target + "limit=2" + after).json();
      for (const auto& each : page.at("data").as_array())
        read.push_back(member(each.as_object(), name));
      if (!page.at("has_more").as_bool())
        return read;
      after = "&after=" + member(page, "next_cursor");
      between();
    }
  }

private:
  api_client client_;
  std::string key_;
};

TEST_F(ClockTest, MessagesKeepTheirOrderAndCursorsTheirPlace) {
  start();
  person someone{server(), "order@example.com"};
  device scale{server(), someone};
  const auto target = "/api/v1/conversations/" + someone.new_conversation() + "/messages";
  std::vector<std::string> said;
  const auto say = [&](std::string_view difference) {
    set_clock(difference);
    said.push_back("at " + std::string{difference} + ", " + std::to_string(said.size()));
    const auto given = scale.call("POST", target, R"({"content":")" + said.back() + R"("})");
    EXPECT_EQ(given.status, 201) << given.body;
    EXPECT_EQ(member(given, "seq"), std::to_string(said.size()));
  };
  for (const auto* const difference : {"+0", "+2h", "-2h", "+366d", "+0"})
    say(difference);
  bool is_turn = false;
  const auto read = scale.read_list(target + "?order=asc&", "content", [&] {
    if (said.size() < 8)
      say(std::exchange(is_turn, !is_turn) ? "+2h" : "-2h");
  });
  EXPECT_EQ(read, said);
  std::ranges::reverse(said);
  EXPECT_EQ(scale.read_list(target + '?', "content", [] {}), said);
}

TEST_F(ClockTest, ListsShowEverythingOnceWhateverTheClockShows) {
  start();
  person someone{server(), "lists@example.com"};
  device scale{server(), someone};
  std::vector<std::string> made;
  std::vector<std::string> recorded;
  for (const auto* const difference : {"+0", "+2h", "-2h", "+366d", "+0", "-2h"}) {
    set_clock(difference);
    made.push_back(member(scale.call("POST", "/api/v1/conversations", "{}"), "id"));
    const auto record = scale.call("POST", "/api/v1/progress", R"({"metric":"waist_cm","value":80})");
    EXPECT_EQ(record.status, 201) << record.body;
    recorded.push_back(member(record, "id"));
  }
  std::size_t turn = 0;
  const auto jump = [&] { set_clock(std::array{"+2h", "-2h", "+366d"}[turn++ % 3]); };
  EXPECT_THAT(scale.read_list("/api/v1/conversations?", "id", jump), testing::UnorderedElementsAreArray(made));
  EXPECT_THAT(scale.read_list("/api/v1/progress?", "id", jump), testing::UnorderedElementsAreArray(recorded));
}

TEST_F(ClockTest, AKeyOfIdempotencyGivesTheSameAnswerAfterAJump) {
  start();
  person someone{server(), "idempotency@example.com"};
  device scale{server(), someone};
  const auto post = [&](const std::string& key) {
    const auto given = scale.call("POST", "/api/v1/conversations", "{}", {{"Idempotency-Key", key}});
    EXPECT_EQ(given.status, 201);
    return given.body;
  };
  std::vector<std::string> bodies;
  for (const auto* const difference : {"+0", "+2h", "-2h", "+366d", "-2h", "+0"}) {
    set_clock(difference);
    for (std::size_t i = 0; i < bodies.size(); ++i)
      EXPECT_EQ(post("key-" + std::to_string(i)), bodies[i]) << difference;
    bodies.push_back(post("key-" + std::to_string(bodies.size())));
  }
}

TEST_F(ClockTest, RateLimitsNeitherOpenNorShut) {
  start({"--limits.writes_per_minute=3"});
  person someone{server(), "limited@example.com"};
  device scale{server(), someone};
  const auto write = [&] { return scale.call("PATCH", me, R"({"height_cm":180})"); };
  for (int written = 0; write().status == 200; ++written)
    ASSERT_LT(written, 3);
  for (const auto* const difference : {"+2h", "-2h", "+366d", "+0"}) {
    set_clock(difference);
    const auto given = write();
    EXPECT_EQ(given.status, 429) << difference;
    EXPECT_LE(std::stoi(given["Retry-After"]), 60) << difference;
    // Somebody new is let in as ever.
    person newcomer{server(), "new" + std::to_string(year()) + difference + "@example.com"};
    EXPECT_EQ(newcomer.call("PATCH", me, R"({"height_cm":180})").status, 200) << difference;
  }
}

TEST_F(ClockTest, WhatIsUnderWayGoesOn) {
  start({"--coach.tokens_per_second=100", "--coach.repeat_tokens=150", "--limits.rate_enabled=false"});
  person someone{server(), "running@example.com"};
  http_peer idle{server().port()};
  idle.send(request_text("GET", "/health/live"));
  EXPECT_EQ(idle.read_answer().status, 200);
  auto stream = someone.ask(R"({"message":"Hello"})");
  auto events = stream.until("token");
  for (const auto* const difference : {"+2h", "-2h", "+366d", "-366d", "+0"}) {
    set_clock(difference);
    for (int i = 0; i < 20; ++i)
      events.push_back(stream.next_event());
  }
  for (auto& each : stream.rest())
    events.push_back(std::move(each));
  EXPECT_TRUE(stream.is_complete());
  EXPECT_EQ(events.back().member("status"), "success");
  for (std::size_t i = 0; i < events.size(); ++i)
    EXPECT_EQ(events[i].seq, static_cast<std::int64_t>(i) + 1);
  idle.send(request_text("GET", "/health/live"));
  EXPECT_EQ(idle.read_answer().status, 200) << "nobody has been idle for long";
  const auto run = someone.get("/api/v1/runs/" + events.front().member("run_id"));
  EXPECT_EQ(member(run, "status"), "success");
}

}  // namespace
}  // namespace genesis::system_test
