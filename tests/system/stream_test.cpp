#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <optional>

namespace genesis::system_test {
namespace {

using strings = std::vector<std::string>;

constexpr auto question = R"({"message":"How much should I eat to lose weight?"})";

/// A profile with which the coach uses its tools.
void fill_profile(person& who) {
  const auto given = who.call("PATCH", "/api/v1/users/me",
    R"({"sex":"male","height_cm":180,"weight_kg":80,"date_of_birth":"1996-03-01","activity_level":"moderate","goal":"lose_weight"})");
  ASSERT_EQ(given.status, 200) << given.body;
}

/// Numbered from 1 without gaps, `start` first and `end` last, nothing after it.
void expect_whole_run(const std::vector<stream_event>& events, std::string_view status = "success") {
  ASSERT_GE(events.size(), 2U);
  for (std::size_t i = 0; i < events.size(); ++i)
    EXPECT_EQ(events[i].seq, static_cast<std::int64_t>(i) + 1) << events[i].text();
  EXPECT_EQ(events.front().type, "start");
  EXPECT_EQ(events.back().type, "end");
  EXPECT_EQ(events.back().member("status"), status);
  EXPECT_EQ(events.back().member("message_id"), events.front().member("message_id"));
}

strings from(const strings& all, std::size_t first) {
  return {all.begin() + static_cast<std::ptrdiff_t>(std::min(first, all.size())), all.end()};
}

std::string run_target(std::string_view run) {
  return "/api/v1/runs/" + std::string{run};
}

TEST(Streams, SayTheSameInBothForms) {
  const program server;
  person someone{server, "forms@example.com"};
  fill_profile(someone);
  auto stream = someone.ask(question);
  for (const auto& [name, value] : fields{{"Content-Type", "text/event-stream"},
         {"Cache-Control", "no-store, no-transform"}, {"X-Accel-Buffering", "no"}, {"Transfer-Encoding", "chunked"}})
    EXPECT_EQ(stream.head()[name], value);
  EXPECT_FALSE(stream.head()["X-Request-ID"].empty());
  EXPECT_FALSE(stream.head().field("Content-Encoding"));
  const auto events = stream.rest();
  EXPECT_TRUE(stream.is_complete());
  expect_whole_run(events);
  const std::vector<std::pair<std::string_view, strings>> members{
    {"start", {"run_id", "conversation_id", "user_message_id", "message_id", "agent"}},
    {"intent", {"intent", "confidence", "agents"}}, {"agent_start", {"agent", "name"}},
    {"tool_start", {"tool", "arguments"}}, {"tool_end", {"tool", "ok"}}, {"token", {"text", "agent"}},
    {"artifact", {"type", "data", "sources"}}, {"usage", {"input_tokens", "output_tokens", "estimated"}},
    {"end", {"status", "message_id"}}};
  for (const auto& [type, names] : members) {
    const auto found = std::ranges::find(events, type, &stream_event::type);
    ASSERT_NE(found, events.end()) << type;
    strings keys;
    for (const auto& each : found->data)
      keys.emplace_back(each.key());
    EXPECT_EQ(keys, names) << type;
  }
  // The connection goes on with the next request.
  stream.peer().send(request_text("GET", "/health/live"));
  EXPECT_EQ(stream.peer().read_answer().status, 200);

  const auto run = events.front().member("run_id");
  EXPECT_EQ(texts_of(someone.resume(run, 0, stream_form::ndjson).rest()), texts_of(events));
  const auto message = someone.get("/api/v1/messages/" + events.front().member("message_id")).json();
  EXPECT_EQ(member(message, "content"), text_of(events));
  EXPECT_EQ(member(message, "status"), "complete");
  EXPECT_EQ(member(message, "run_id"), run);
  EXPECT_EQ(member(someone.get(run_target(run)), "last_seq"), std::to_string(events.size()));
}

TEST(Streams, ChooseTheirFormByQueryThenAccept) {
  const program server;
  person someone{server, "accept@example.com"};
  const auto form_for = [&](std::string_view query, const fields& head) {
    http_peer peer{server.port()};
    peer.send(someone.request("POST", "/api/v1/chat/stream" + std::string{query}, R"({"message":"Hello"})", head));
    return peer.read_answer()["Content-Type"];
  };
  EXPECT_EQ(form_for("", {}), "text/event-stream");
  EXPECT_EQ(form_for("", {{"Accept", "application/json"}}), "text/event-stream");
  EXPECT_EQ(form_for("", {{"Accept", "image/png"}}), "text/event-stream");
  EXPECT_EQ(form_for("", {{"Accept", "*/*"}}), "text/event-stream");
  EXPECT_EQ(form_for("", {{"Accept", "application/x-ndjson"}}), "application/x-ndjson");
  EXPECT_EQ(form_for("", {{"Accept", "text/event-stream;q=0.1, application/x-ndjson"}}), "application/x-ndjson");
  EXPECT_EQ(form_for("?format=ndjson", {{"Accept", "text/event-stream"}}), "application/x-ndjson");
  EXPECT_EQ(form_for("?format=sse", {{"Accept", "application/x-ndjson"}}), "text/event-stream");
  EXPECT_EQ(form_for("?format=xml", {}), "application/problem+json");
}

TEST(Streams, BeginBeforeAnythingIsStored) {
  const program server{{"--storage.busy_timeout=1900ms"}};
  person someone{server, "early@example.com"};
  someone.new_conversation();
  std::optional<stream_reader> stream;
  std::vector<stream_event> events;
  {
    const write_lock held{server.data() / "genesis.db"};
    stream = someone.ask(R"({"message":"Hello"})");
    events.push_back(stream->next_event());
    EXPECT_EQ(events.front().type, "start");
  }
  for (auto& each : stream->rest())
    events.push_back(std::move(each));
  expect_whole_run(events);
}

TEST(Streams, SayWhenTheRunCouldNotBeStored) {
  const program server{{"--storage.busy_timeout=100ms"}};
  person someone{server, "unstored@example.com"};
  std::vector<stream_event> events;
  {
    const write_lock held{server.data() / "genesis.db"};
    auto stream = someone.ask(R"({"message":"Hello"})");
    events = stream.rest();
    EXPECT_TRUE(stream.is_complete());
  }
  EXPECT_EQ(types_of(events), (strings{"start", "error", "end"}));
  EXPECT_EQ(events[1].member("code"), "UNAVAILABLE");
  EXPECT_EQ(events[1].member("retryable"), "true");
  EXPECT_EQ(events[2].member("status"), "error");
  EXPECT_EQ(someone.get(run_target(events[0].member("run_id"))).status, 404);
  EXPECT_EQ(someone.get("/api/v1/conversations/" + events[0].member("conversation_id")).status, 404);
  expect_whole_run(someone.ask(R"({"message":"Hello"})").rest());
}

TEST(Streams, ResumeAtEveryEventWithExactlyTheRest) {
  program server;
  person someone{server, "resume@example.com"};
  fill_profile(someone);
  const auto events = someone.ask(question).rest();
  expect_whole_run(events);
  const auto all = texts_of(events);
  const auto run = events.front().member("run_id");
  for (std::size_t after = 0; after < all.size(); ++after) {
    const auto form = after % 2 == 0 ? stream_form::sse : stream_form::ndjson;
    auto stream = someone.resume(run, static_cast<std::int64_t>(after), form);
    EXPECT_EQ(texts_of(stream.rest()), from(all, after)) << after;
    EXPECT_TRUE(stream.is_complete());
  }
  const auto nothing = someone.get(run_target(run) + "/stream?after=" + std::to_string(all.size()));
  EXPECT_EQ(nothing.status, 204);
  EXPECT_EQ(types_of(someone.resume(run, 100'000).rest()), strings{"end"});
  for (const auto* query : {"?after=-1", "?after=x", "?after=", "?after=9000000000000001"})
    EXPECT_EQ(someone.get(run_target(run) + "/stream" + query).status, 400) << query;
  const auto resumed = [&](const std::string& query, const fields& ids) {
    return someone.call("GET", run_target(run) + "/stream" + query, {}, ids);
  };
  for (const auto* query : {"", "?after=0"}) {
    for (const auto* bad : {"x", "-1", "1.5", "", "007", "9000000000000001", "99999999999999999999"}) {
      const auto refused = resumed(query, {{"Last-Event-ID", bad}});
      EXPECT_EQ(refused.status, 400) << query << ' ' << bad;
      EXPECT_TRUE(refused.body.contains("Last-Event-ID")) << refused.body;
    }
    EXPECT_EQ(resumed(query, {{"Last-Event-ID", "1"}, {"Last-Event-ID", "1"}}).status, 400) << query;
  }
  // EventSource repeats its URL and adds what it has seen since.
  EXPECT_EQ(resumed("?after=0", {{"Last-Event-ID", std::to_string(all.size())}}).status, 204);
  EXPECT_EQ(resumed("?after=" + std::to_string(all.size()), {{"Last-Event-ID", "0"}}).status, 200);

  // What was live is replayed the same after the process has changed, in peace and in a crash.
  for (const bool crashes : {false, true}) {
    if (crashes)
      server.crash();
    else
      EXPECT_EQ(server.end(), 0);
    server.start();
    EXPECT_EQ(texts_of(someone.resume(run, 0).rest()), all);
    EXPECT_EQ(texts_of(someone.resume(run, 10, stream_form::ndjson).rest()), from(all, 10));
    EXPECT_EQ(someone.get(run_target(run) + "/stream?after=" + std::to_string(all.size())).status, 204);
  }
}

TEST(Streams, ReachEveryReaderAndOutliveTheirs) {
  const program server{{"--coach.tokens_per_second=300"}};
  person someone{server, "readers@example.com"};
  fill_profile(someone);
  std::vector<stream_event> seen;
  std::string run;
  {
    auto first = someone.ask(question);
    seen.push_back(first.next_event());
    run = seen.front().member("run_id");
    EXPECT_FALSE(first.is_complete());
  }  // leaves before the first token
  auto sse = someone.resume(run, 0);
  auto ndjson = someone.resume(run, 0, stream_form::ndjson);
  auto late = sse.until("token");
  const auto at = *late.back().seq;
  auto resumed = someone.resume(run, at);
  EXPECT_EQ(member(someone.get(run_target(run)), "status"), "running");
  const auto rest = texts_of(resumed.rest());
  auto whole = texts_of(late);
  for (const auto& each : texts_of(sse.rest()))
    whole.push_back(each);
  const auto other = ndjson.rest();
  expect_whole_run(other);
  EXPECT_EQ(whole, texts_of(other));
  EXPECT_EQ(rest, from(whole, static_cast<std::size_t>(at)));
}

TEST(Streams, ReachAClientThatSendsNothingMore) {
  const program server{{"--coach.tokens_per_second=300"}};
  person someone{server, "half@example.com"};
  http_peer peer{server.port()};
  peer.send(someone.request("POST", "/api/v1/chat/stream", question));
  peer.finish_sending();
  stream_reader stream{std::move(peer), stream_form::sse};
  expect_whole_run(stream.rest());
  EXPECT_TRUE(stream.is_complete());
  EXPECT_TRUE(stream.peer().is_closed_silently());
}

TEST(Streams, AreCancelledByTheirRunAndKeepWhatWasSaid) {
  const program server{{"--coach.tokens_per_second=20"}};
  person someone{server, "cancel@example.com"};
  auto stream = someone.ask(question);
  auto events = stream.until("token");
  const auto run = events.front().member("run_id");
  EXPECT_EQ(member(someone.get(run_target(run)), "status"), "running");
  auto neighbour = someone.resume(run, 0);
  neighbour.until("token");
  const auto cancelled = someone.call("POST", run_target(run) + "/cancel");
  EXPECT_EQ(cancelled.status, 200);
  EXPECT_EQ(member(cancelled, "status"), "cancelled");
  for (auto& each : stream.rest())
    events.push_back(std::move(each));
  expect_whole_run(events, "cancelled");
  EXPECT_TRUE(stream.is_complete());
  EXPECT_EQ(neighbour.rest().back().member("status"), "cancelled");
  const auto again = someone.call("POST", run_target(run) + "/cancel");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, cancelled.body);
  const auto message = someone.get("/api/v1/messages/" + events.front().member("message_id")).json();
  EXPECT_EQ(member(message, "content"), text_of(events));
  EXPECT_EQ(member(message, "status"), "incomplete");
  // It cost what was said, not what would have been.
  const auto words = std::to_string(std::ranges::count(events, "token", &stream_event::type));
  ASSERT_EQ(events[events.size() - 2].type, "usage");
  EXPECT_EQ(events[events.size() - 2].member("output_tokens"), words);
  EXPECT_EQ(member(cancelled.json().at("usage").as_object(), "output_tokens"), words);
}

TEST(Streams, QueueEightQuestionsOfAConversationAndRefuseTheNinth) {
  const program server{{"--coach.tokens_per_second=1"}};
  person someone{server, "queue@example.com"};
  const auto conversation = someone.new_conversation();
  const auto body = R"({"message":"Hello","conversation_id":)" + json_string(conversation) + '}';
  std::vector<stream_reader> streams;
  strings runs;
  for (int i = 0; i <= 8; ++i) {
    streams.push_back(someone.ask(body));
    runs.push_back(streams.back().next_event().member("run_id"));
    if (i == 0)
      continue;
    const auto queued = streams.back().next_event();
    EXPECT_EQ(queued.type, "queued");
    EXPECT_EQ(queued.member("position"), std::to_string(i));
    EXPECT_EQ(member(someone.get(run_target(runs.back())), "status"), "queued");
  }
  const auto ninth = someone.call("POST", "/api/v1/chat/stream", body);
  EXPECT_EQ(ninth.status, 429);
  EXPECT_EQ(ninth.code(), "OVERLOADED");
  EXPECT_TRUE(ninth.field("Retry-After"));
  EXPECT_EQ(someone.call("POST", "/api/v1/chat", body).status, 429);

  // One that waits can be cancelled, and makes room; another conversation has a turn of its own.
  EXPECT_EQ(member(someone.call("POST", run_target(runs[3]) + "/cancel"), "status"), "cancelled");
  EXPECT_EQ(streams[3].rest().back().member("status"), "cancelled");
  EXPECT_EQ(someone.ask(R"({"message":"Hello"})").until("token").back().type, "token");
  streams.push_back(someone.ask(body));
  runs.push_back(streams.back().next_event().member("run_id"));
  EXPECT_EQ(streams.back().next_event().type, "queued");
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i == 3)
      continue;
    EXPECT_EQ(streams[i].until("token").back().type, "token") << i;
    EXPECT_EQ(someone.call("POST", run_target(runs[i]) + "/cancel").status, 200);
    EXPECT_EQ(streams[i].rest().back().member("status"), "cancelled");
  }
  // Removing a conversation ends what is being said in it.
  auto last = someone.ask(body);
  last.until("token");
  EXPECT_EQ(someone.call("DELETE", "/api/v1/conversations/" + conversation).status, 204);
  EXPECT_EQ(last.rest().back().member("status"), "cancelled");
  EXPECT_EQ(someone.get(run_target(runs[0])).status, 404);
}

TEST(Streams, BeatWhileTheyAreSilent) {
  const program server{{"--coach.tokens_per_second=1", "--http.heartbeat=100ms"}};
  person someone{server, "beat@example.com"};
  for (const auto form : {stream_form::sse, stream_form::ndjson}) {
    auto stream = someone.ask(R"({"message":"Hello"})", form);
    stream.until("token");
    EXPECT_EQ(stream.next()->type, "heartbeat");
    while (stream.next()->type == "heartbeat") {
    }
  }
}

TEST(Streams, OfOneIdempotencyKeyAreOneRun) {
  program server;
  person someone{server, "key@example.com"};
  const fields key{{"Idempotency-Key", "one"}};
  const auto first = someone.ask(question, stream_form::sse, key).rest();
  expect_whole_run(first);
  EXPECT_EQ(texts_of(someone.ask(question, stream_form::sse, key).rest()), texts_of(first));
  EXPECT_EQ(
    someone.call("POST", "/api/v1/chat/stream", R"({"message":"Other"})", key).code(), "IDEMPOTENCY_KEY_REUSED");
  const auto waited = someone.call("POST", "/api/v1/chat", question, {{"Idempotency-Key", "two"}});
  EXPECT_EQ(waited.status, 200);
  EXPECT_EQ(someone.call("POST", "/api/v1/chat", question, {{"Idempotency-Key", "two"}}).body, waited.body);
  server.crash();
  server.start();
  EXPECT_EQ(texts_of(someone.ask(question, stream_form::sse, key).rest()), texts_of(first));
  EXPECT_EQ(someone.call("POST", "/api/v1/chat", question, {{"Idempotency-Key", "two"}}).body, waited.body);
  EXPECT_EQ(someone.get("/api/v1/conversations").json().at("data").as_array().size(), 2U);
}

TEST(Streams, PointToTheRunWhenWaitingForItTakesTooLong) {
  const program server{{"--coach.tokens_per_second=1", "--http.request_timeout=8001ms"}};
  person someone{server, "wait@example.com"};
  const auto given = someone.call("POST", "/api/v1/chat", question);
  ASSERT_EQ(given.status, 202) << given.body;
  const auto body = given.json();
  const auto& run = body.at("run").as_object();
  EXPECT_EQ(given["Location"], run_target(member(run, "id")));
  EXPECT_EQ(member(run, "status"), "running");
  auto stream = someone.resume(member(run, "id"), 0);
  stream.until("token");
  EXPECT_EQ(someone.call("POST", given["Location"] + "/cancel").status, 200);
  expect_whole_run(someone.resume(member(run, "id"), 0).rest(), "cancelled");
}

TEST(Streams, AreCondensedWhenTheirEventsAreNotKept) {
  program server{{"--runs.keep=0s"}};
  person someone{server, "condensed@example.com"};
  fill_profile(someone);
  const auto events = someone.ask(question).rest();
  expect_whole_run(events);
  const auto run = events.front().member("run_id");
  EXPECT_EQ(server.end(), 0);
  server.start();
  const auto until = std::chrono::steady_clock::now() + patience;
  while (someone.get(run_target(run) + "/stream?after=3").code() != "REPLAY_EXPIRED")
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  EXPECT_EQ(someone.get(run_target(run) + "/stream?after=" + std::to_string(events.size())).status, 204);
  for (const auto form : {stream_form::sse, stream_form::ndjson}) {
    const auto replay = someone.resume(run, 0, form).rest();
    ASSERT_GE(replay.size(), 4U);
    EXPECT_EQ(replay.front().type, "start");
    for (const auto* id : {"run_id", "conversation_id", "user_message_id", "message_id"})
      EXPECT_EQ(replay.front().member(id), events.front().member(id));
    EXPECT_EQ(replay[1].type, "token");
    EXPECT_EQ(text_of(replay), text_of(events));
    EXPECT_EQ(replay.back().text(), events.back().text());
    const auto artifact = std::ranges::find(events, "artifact", &stream_event::type);
    ASSERT_EQ(replay[2].type, "artifact");
    EXPECT_EQ(replay[2].data, artifact->data);
  }
}

constexpr int stalled_readers = 8;

/// Two answers of 100,000 events as the server keeps them while they are read, each once however many read it.
constexpr std::size_t growth_max = 150'000'000;

TEST(Streams, DropReadersThatTakeNothingAndNobodyElse) {
  // Paced, so that readers keep up, those of a slow build too, and events are not merged: 7 MB of them, more than the
  // kernel holds for the one that stalls.
  const program server{{"--coach.repeat_tokens=100000", "--coach.tokens_per_second=5000",
    "--runs.reader_drop_bytes=300000", "--log.level=warn"}};
  person slow{server, "slow@example.com"};
  person quick{server, "quick@example.com"};
  const auto before = server.resident_bytes();
  const auto stall = [&](const std::string& request) {
    http_peer peer{server.port(), 4'096};
    peer.send(request);
    return stream_reader{std::move(peer), stream_form::sse};
  };
  auto stalled = stall(slow.request("POST", "/api/v1/chat/stream", R"({"message":"Hello"})"));
  const auto start = stalled.next_event();
  const auto run = start.member("run_id");
  std::vector<stream_reader> others;
  for (int i = 1; i < stalled_readers; ++i)
    others.push_back(stall(slow.request("GET", run_target(run) + "/stream")));
  // The run itself and everybody else go on.
  auto other = slow.resume(run, 0);
  auto read_meanwhile = std::async(std::launch::async, [&other] { return other.rest(); });
  const auto theirs = quick.ask(R"({"message":"Hello"})").rest();
  EXPECT_EQ(theirs.back().member("status"), "success");
  const auto whole = read_meanwhile.get();
  ASSERT_EQ(whole.back().member("status"), "success");
  const auto dropped = [&] {
    api_client client{server};
    return client.call("GET", "/metrics")
             .body.find("genesis_readers_dropped_total " + std::to_string(stalled_readers)) != std::string::npos;
  };
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!dropped())
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  EXPECT_TRUE(server.has_grown_less(before, growth_max));

  // It reads what had reached it, finds the stream cut, and goes on where it was.
  std::vector<stream_event> read{start};
  for (auto& each : stalled.rest())
    read.push_back(std::move(each));
  EXPECT_FALSE(stalled.is_complete());
  EXPECT_NE(read.back().type, "end");
  for (auto& each : slow.resume(run, *read.back().seq).rest())
    read.push_back(std::move(each));
  EXPECT_EQ(read.back().text(), whole.back().text());
  EXPECT_EQ(text_of(read), text_of(whole));
}

}  // namespace
}  // namespace genesis::system_test
