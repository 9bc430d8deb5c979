#include "tests/http/gunzip.hpp"
#include "tests/system/database_file.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

/// Exports as clients get them.
namespace genesis::system_test {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr std::string_view all_messages = "/api/v1/messages/export";
constexpr std::string_view everything = "/api/v1/users/me/export";

/// Gives somebody a conversation with so many messages, in a file that no server uses. The number tells conversations
/// apart, the texts are what SQL makes of `i`. Messages are not put into the full-text index.
std::string add_messages(
  database_file& file, const std::string& user, int number, int count, const std::string& texts) {
  const auto id = "0198c5a2-8e40-7f1b-8a52-" + std::to_string(100'000'000'000 + number);
  const auto trigger = file.column("select sql from sqlite_master where name = 'messages_search_insert'").at(0);
  file.run("begin immediate");
  file.run("drop trigger messages_search_insert");
  file.run("insert into conversations (id, user_id, is_archived, message_count, created_at, updated_at, revision) "
           "values ('" +
           id + "', '" + user + "', 0, " + std::to_string(count) + ", " + std::to_string(1'000 + number) +
           ", 2000, 1)");
  file.run(
    "insert into messages (id, user_id, conversation_id, seq, role, agent_name, content, status, artifacts, "
    "metadata, created_at, updated_at, revision) with recursive n (i) as (select 1 union all select i + 1 from n "
    "where i < " +
    std::to_string(count) + ") select printf('0198c5a3-%04d-7f1b-8a52-%012d', " + std::to_string(number) + ", i), '" +
    user + "', '" + id +
    "', i, case i % 2 when 0 then 'assistant' else 'user' end, case i % 2 when 0 then 'sage' end, " + texts +
    ", 'complete', '[]', '{\"n\":' || i || '}', i, i, 1 from n");
  file.run(trigger);
  file.run("commit");
  return id;
}

/// Texts that each form has to write with care.
constexpr auto awkward_texts =
  "case i % 5 when 0 then '=1+' || i when 1 then 'say \"' || i || '\", twice' when 2 then 'two' || char(13, 10) || "
  "'lines ' || i when 3 then '''quoted'' ' || i else 'caf' || char(233) || ' ' || char(128170) || char(9) || i end";

/// A server that was stopped for what is done with its database.
class Exports : public ::testing::Test {
protected:
  template <class Change>
  void change_database(Change change) {
    ASSERT_EQ(server.end(), 0);
    {
      database_file file{server.data() / "genesis.db"};
      change(file);
    }
    server.start();
  }
  /// Polls until the metric has this value.
  void expect_metric(std::string_view name, std::string_view label, double value) {
    http_peer observer{server.port()};
    const auto until = std::chrono::steady_clock::now() + patience;
    double now = -1;
    while ((now = metric(observer, name, label)) != value && std::chrono::steady_clock::now() < until) {
    }
    EXPECT_EQ(now, value) << name << ' ' << label;
  }
  void expect_ended(std::string_view how) {
    expect_metric("genesis_exports_ended_total", "outcome=\"" + std::string{how} + '"', 1);
    expect_metric("genesis_exports", {}, 0);
  }

  program server{{"--limits.rate_enabled=false"}};
  person ann{server, "ann@example.com"};
};

std::vector<json::object> lines_of(std::string_view ndjson) {
  std::vector<json::object> lines;
  while (!ndjson.empty()) {
    const auto end = ndjson.find('\n');
    if (end == std::string_view::npos) {
      ADD_FAILURE() << "the last line has no end";
      break;
    }
    lines.push_back(json::parse(ndjson.substr(0, end)).as_object());
    ndjson.remove_prefix(end + 1);
  }
  return lines;
}

/// Reads as strictly as RFC 4180 is written.
std::vector<std::vector<std::string>> records_of(std::string_view csv) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  while (!csv.empty()) {
    std::string value;
    if (csv.starts_with('"')) {
      csv.remove_prefix(1);
      for (;;) {
        const auto mark = csv.find('"');
        if (mark == std::string_view::npos)
          throw std::runtime_error("a quotation mark is not closed");
        value += csv.substr(0, mark);
        csv.remove_prefix(mark + 1);
        if (!csv.starts_with('"'))
          break;
        value += '"';
        csv.remove_prefix(1);
      }
    } else {
      const auto end = std::min(csv.find_first_of(",\r\n\""), csv.size());
      value = csv.substr(0, end);
      csv.remove_prefix(end);
    }
    record.push_back(std::move(value));
    if (csv.starts_with(',')) {
      csv.remove_prefix(1);
    } else if (csv.starts_with("\r\n")) {
      csv.remove_prefix(2);
      records.push_back(std::exchange(record, {}));
    } else {
      throw std::runtime_error("a record does not end: " + std::string{csv.substr(0, 20)});
    }
  }
  return records;
}

/// What the lists show of one conversation, oldest first.
std::vector<json::object> listed_messages(person& who, const std::string& conversation) {
  std::vector<json::object> all;
  std::string after;
  for (;;) {
    const auto page = who.get("/api/v1/conversations/" + conversation + "/messages?limit=100&order=asc" + after).json();
    for (const auto& each : page.at("data").as_array())
      all.push_back(each.as_object());
    if (!page.at("has_more").as_bool())
      return all;
    after = "&after=" + member(page, "next_cursor");
  }
}

TEST_F(Exports, HaveEveryMessageAsTheListsShowIt) {
  std::string first;
  std::string second;
  change_database([&](database_file& file) {
    second = add_messages(file, ann.id(), 2, 1'300, awkward_texts);
    first = add_messages(file, ann.id(), 1, 40, awkward_texts);
  });
  const auto third = ann.new_conversation();
  ann.call("POST", "/api/v1/chat", R"({"message":"How much water?","conversation_id":)" + json_string(third) + '}');
  person bob{server, "bob@example.com"};
  bob.call("POST", "/api/v1/chat", R"({"message":"Not mine"})");

  std::vector<json::object> expected;
  for (const auto& each : {first, second, third})
    for (auto& message : listed_messages(ann, each))
      expected.push_back(std::move(message));
  ASSERT_EQ(expected.size(), 1'342u);
  const auto given = ann.get(all_messages);
  EXPECT_EQ(given.status, 200);
  EXPECT_TRUE(given.is_whole);
  EXPECT_EQ(given["Content-Type"], "application/x-ndjson");
  EXPECT_EQ(lines_of(given.body), expected);
  expect_ended("complete");

  const auto alone = ann.get(std::string{all_messages} + "?conversation_id=" + first);
  EXPECT_EQ(lines_of(alone.body), std::vector(expected.begin(), expected.begin() + 40));
  EXPECT_EQ(bob.get(std::string{all_messages} + "?conversation_id=" + first).status, 404);
  EXPECT_EQ(bob.call("HEAD", std::string{all_messages} + "?conversation_id=" + first).status, 404);
  EXPECT_EQ(ann.call("HEAD", std::string{all_messages} + "?conversation_id=" + first).status, 200);
  expect_metric("genesis_export_rows_total", {}, 1'342 + 40);
}

TEST_F(Exports, MayFollowEachOtherAtOnce) {
  for (int i = 0; i < 200; ++i)
    ASSERT_EQ(ann.get(all_messages).status, 200) << i;
  expect_metric("genesis_exports", {}, 0);
}

TEST_F(Exports, SayTheSameAsCsvAndAsGzip) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, 1'100, awkward_texts); });
  const auto lines = lines_of(ann.get(all_messages).body);
  const auto csv = ann.call("GET", all_messages, {}, {{"Accept", "text/csv"}});
  EXPECT_EQ(csv["Content-Type"], "text/csv; charset=utf-8; header=present");
  const auto records = records_of(csv.body);
  ASSERT_EQ(records.size(), lines.size() + 1);
  const auto& names = records.front();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    ASSERT_EQ(records[i + 1].size(), names.size());
    ASSERT_EQ(lines[i].size(), names.size());
    for (std::size_t column = 0; column < names.size(); ++column) {
      const auto& value = lines[i].at(names[column]);
      auto cell = records[i + 1][column];
      if (names[column] == "content") {
        EXPECT_FALSE(cell.starts_with('=')) << "a spreadsheet takes it for a formula";
        if (cell.starts_with('\''))
          cell.erase(0, 1);
      }
      const auto text = value.is_null()     ? std::string{}
                        : value.is_string() ? std::string{value.get_string()}
                                            : json::serialize(value);
      EXPECT_EQ(cell, text) << names[column] << " of line " << i;
    }
  }

  for (const auto* form : {"?format=ndjson", "?format=csv"}) {
    const auto target = std::string{all_messages} + form;
    const auto plain = ann.get(target);
    const auto coded = ann.call("GET", target, {}, {{"Accept-Encoding", "gzip"}});
    EXPECT_EQ(coded["Content-Encoding"], "gzip");
    EXPECT_EQ(plain.field("Content-Encoding"), std::nullopt);
    EXPECT_LT(coded.body.size(), plain.body.size() / 4);
    EXPECT_EQ(http::testing::gunzip(coded.body), plain.body);
  }
}

TEST_F(Exports, ChooseTheFormByTheQueryThenByAccept) {
  const auto type_for = [&](std::string_view query, const std::string& accept) {
    const auto given = ann.call("GET", std::string{all_messages} + std::string{query}, {}, {{"Accept", accept}});
    return given.status == 200 ? given["Content-Type"].substr(0, given["Content-Type"].find(';'))
                               : std::to_string(given.status) + ' ' + given.code();
  };
  EXPECT_EQ(type_for("", "*/*"), "application/x-ndjson");
  EXPECT_EQ(type_for("", "text/*"), "text/csv");
  EXPECT_EQ(type_for("", "text/csv;q=0.5, application/x-ndjson;q=0.4"), "text/csv");
  EXPECT_EQ(type_for("", "application/json"), "406 NOT_ACCEPTABLE");
  EXPECT_EQ(type_for("?format=csv", "application/x-ndjson"), "text/csv");
  EXPECT_EQ(type_for("?format=ndjson", "application/json"), "application/x-ndjson");
  EXPECT_EQ(type_for("?format=xml", "*/*"), "400 MALFORMED_REQUEST");
  EXPECT_EQ(ann.call("GET", everything, {}, {{"Accept", "text/csv"}}).status, 406);
}

TEST_F(Exports, AreFilesThatNobodyKeeps) {
  for (const auto target : {all_messages, everything}) {
    const auto given = ann.get(target);
    const auto head = ann.call("HEAD", target);
    for (const auto* each : {&given, &head}) {
      EXPECT_EQ(each->status, 200);
      EXPECT_EQ((*each)["Cache-Control"], "no-store, no-transform");
      EXPECT_EQ((*each)["Vary"], "Accept, Accept-Encoding");
      EXPECT_EQ(each->field("ETag"), std::nullopt);
      EXPECT_EQ((*each)["X-Content-Type-Options"], "nosniff");
      EXPECT_THAT((*each)["Content-Disposition"],
        MatchesRegex("attachment; filename=\"genesis-[a-z]+-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.ndjson\""));
    }
    EXPECT_EQ(head.body, "");
  }
  EXPECT_THAT(ann.get(std::string{all_messages} + "?format=csv")["Content-Disposition"], HasSubstr(".csv\""));
  expect_metric("genesis_exports_started_total", {}, 3);  // HEAD begins none
}

TEST_F(Exports, HaveEverythingThatIsKeptOfAPerson) {
  const auto talk = ann.new_conversation();
  const auto asked =
    ann.call("POST", "/api/v1/chat", R"({"message":"How much water?","conversation_id":)" + json_string(talk) + '}')
      .json();
  ann.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":80})");
  ann.new_plans_and_log();
  const auto key = ann.call("POST", "/api/v1/api-keys", R"({"name":"watch","scopes":["read"]})").json();

  std::map<std::string, std::vector<json::object>> things;
  const auto lines = lines_of(ann.get(everything).body);
  for (auto each : lines) {
    const auto type = member(each, "type");
    each.erase("type");
    things[type].push_back(std::move(each));
  }
  EXPECT_EQ(lines.back(), (json::object{{"type", "end"}, {"lines", lines.size() - 1}}));

  const auto list = [&](const std::string& target) {
    std::vector<json::object> all;
    const auto page = ann.get(target).json();
    for (const auto& each : page.at("data").as_array())
      all.push_back(each.as_object());
    return all;
  };
  EXPECT_EQ(things["profile"], std::vector{ann.get("/api/v1/users/me").json()});
  EXPECT_EQ(things["preferences"], std::vector{ann.get("/api/v1/users/me/preferences").json()});
  EXPECT_EQ(things["session"], list("/api/v1/sessions"));
  EXPECT_EQ(things["api_key"], list("/api/v1/api-keys"));
  EXPECT_EQ(things["conversation"], list("/api/v1/conversations?archived=all"));
  EXPECT_EQ(things["message"], listed_messages(ann, talk));
  EXPECT_EQ(things["run"], std::vector{ann.get("/api/v1/runs/" + member(asked.at("run").as_object(), "id")).json()});
  EXPECT_EQ(things["progress"], list("/api/v1/progress"));
  EXPECT_EQ(things["workout_plan"], list("/api/v1/workout-plans"));
  EXPECT_EQ(things["nutrition_plan"], list("/api/v1/nutrition-plans"));
  EXPECT_EQ(things["nutrition_log"], list("/api/v1/nutrition-logs"));

  api_client watch{server};
  const auto seen = watch.call("GET", everything, {}, {{"X-API-Key", member(key, "key")}});
  EXPECT_EQ(seen.status, 200);
  EXPECT_THAT(seen.body, ::testing::Not(HasSubstr("\"session\"")));
  EXPECT_THAT(seen.body, ::testing::Not(HasSubstr("\"api_key\"")));
}

TEST_F(Exports, KeepTheConnection) {
  for (int i = 0; i < 3; ++i) {
    ann.call("POST", "/api/v1/conversations/" + ann.new_conversation() + "/messages", R"({"content":"Hello"})");
    EXPECT_EQ(lines_of(ann.get(all_messages).body).size(), static_cast<std::size_t>(i) + 1);
  }
}

TEST_F(Exports, AreReadByClientsThatSendNothingMoreAndByOldOnes) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, 3'000, "'message ' || i"); });
  const auto expected = ann.get(all_messages).body;
  http_peer half{server.port()};
  half.send(ann.request("GET", all_messages));
  half.finish_sending();
  EXPECT_EQ(half.read_answer().body, expected);
  http_peer old{server.port()};
  auto request = ann.request("GET", all_messages);
  request.replace(request.find("HTTP/1.1"), 8, "HTTP/1.0");
  old.send(request);
  const auto given = old.read_answer();
  EXPECT_FALSE(given.is_chunked);
  EXPECT_EQ(given.body, expected);
}

// --- readers that are slow, and readers that leave

constexpr int very_many = 100'000;
constexpr int many = 40'000;  // three times what fits into the buffers of sockets
constexpr auto three_hundred_bytes = "i || ' ' || substr(hex(zeroblob(150)), 1, 293)";
constexpr std::size_t growth_max = std::size_t{32} * 1'024 * 1'024;

/// An export whose head has come, and of which nothing more is read.
struct stalled_export {
  stalled_export(const program& server, const person& who) : peer(server.port(), 4'096) {
    peer.send(who.request("GET", all_messages));
    head = peer.read_head();
    EXPECT_EQ(head.status, 200);
  }
  http_peer peer;
  answer head;
};

TEST_F(Exports, TakeABoundedAmountOfMemory) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, very_many, three_hundred_bytes); });
  person bob{server, "bob@example.com"};
  ann.get("/api/v1/users/me");
  const auto before = server.resident_bytes();
  stalled_export slow{server, ann};
  std::size_t lines = 0;
  std::size_t bytes = 0;
  while (const auto piece = slow.peer.read_chunk(slow.head)) {
    if (bytes / 5'000'000 != (bytes + piece->size()) / 5'000'000) {
      EXPECT_TRUE(server.has_grown_less(before, growth_max)) << bytes;
      EXPECT_EQ(bob.get("/api/v1/users/me").status, 200);
    }
    bytes += piece->size();
    lines += static_cast<std::size_t>(std::ranges::count(*piece, '\n'));
  }
  EXPECT_TRUE(slow.peer.is_complete());
  EXPECT_EQ(lines, static_cast<std::size_t>(very_many));
  EXPECT_TRUE(server.has_grown_less(before, growth_max));
  expect_ended("complete");
}

TEST_F(Exports, StopReadingWhenTheirReaderStopsAndEndWhenItLeaves) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, many, three_hundred_bytes); });
  http_peer observer{server.port()};
  {
    const stalled_export slow{server, ann};
    expect_metric("genesis_exports", {}, 1);
    double rows = -1;
    for (double now = 0; now != rows; now = metric(observer, "genesis_export_rows_total"))  // as far as buffers go
      rows = now;
    EXPECT_LT(rows, many / 2);
    EXPECT_TRUE(slow.peer.is_quiet() || rows > 0);
    const auto refused = ann.get(all_messages);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.code(), "OVERLOADED");
    EXPECT_EQ(refused["Retry-After"], "1");
    EXPECT_EQ(ann.call("HEAD", all_messages).status, 200) << "takes no place";
    for (const auto& [condition, status] : {std::pair{"*", 304}, std::pair{"nonsense", 400}})
      EXPECT_EQ(ann.call("GET", all_messages, {}, {{"If-None-Match", condition}}).status, status) << "nor does this";
    EXPECT_EQ(ann.call("GET", all_messages, {}, {{"If-Match", "\"x\""}}).status, 412);
  }
  expect_ended("left");
  EXPECT_LT(metric(observer, "genesis_export_rows_total"), many / 2);
  EXPECT_EQ(ann.get(all_messages).status, 200) << "the place is free again";
}

TEST_F(Exports, AreCutWhenTheirPersonSignsOut) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, many, three_hundred_bytes); });
  auto phone = ann.log_in_again();
  stalled_export slow{server, phone};
  EXPECT_EQ(phone.call("POST", "/api/v1/auth/logout").status, 204);
  while (slow.peer.read_chunk(slow.head)) {
  }
  EXPECT_FALSE(slow.peer.is_complete()) << "a stream that was cut never ends like a good one";
  expect_ended("revoked");
}

/// HTTP/1.0 has no last chunk, and proxies speak it: nginx does, unless it is told otherwise.
TEST_F(Exports, ThatEndWithTheConnectionAreCutWithAReset) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, many, three_hundred_bytes); });
  auto phone = ann.log_in_again();
  http_peer old{server.port(), 4'096};
  auto request = phone.request("GET", all_messages);
  request.replace(request.find("HTTP/1.1"), 8, "HTTP/1.0");
  old.send(request);
  const auto head = old.read_head();
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(phone.call("POST", "/api/v1/auth/logout").status, 204);
  while (old.read_chunk(head)) {
  }
  EXPECT_FALSE(old.is_complete());
  expect_ended("revoked");
}

TEST_F(Exports, DoNotHoldUpTheEndOfTheServer) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, many, three_hundred_bytes); });
  stalled_export slow{server, ann};
  EXPECT_EQ(server.end(), 0);
  while (slow.peer.read_chunk(slow.head)) {
  }
  EXPECT_FALSE(slow.peer.is_complete());
  server.start();
}

TEST_F(Exports, AreBrokenOffAfterTheirLongestTime) {
  change_database([&](database_file& file) { add_messages(file, ann.id(), 1, many, three_hundred_bytes); });
  server.end();
  server.start({"--limits.rate_enabled=false", "--exports.duration_max=1s"});
  stalled_export slow{server, ann};
  expect_ended("late");
  while (slow.peer.read_chunk(slow.head)) {
  }
  EXPECT_FALSE(slow.peer.is_complete());
}

}  // namespace
}  // namespace genesis::system_test
