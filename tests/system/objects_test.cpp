#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace genesis::system_test {
namespace {

/// Everything that a change of one kind of object needs.
struct entity {
  std::string target;
  std::string_view verb;  ///< Of a change; empty where there is none.
  std::string body;
};

std::vector<entity> entities_of(person& owner) {
  const auto conversation = owner.new_conversation();
  const auto message = member(
    owner.call("POST", "/api/v1/conversations/" + owner.new_conversation() + "/messages", R"({"content":"Hello"})"),
    "id");
  const auto record = member(owner.call("POST", "/api/v1/progress", R"({"metric":"soreness","value":2})"), "id");
  const auto made = owner.new_plans_and_log();
  const auto path_in = [&](const std::string& prefix) { return prefix + made.at(prefix); };
  return {
    {path_in("/api/v1/workout-plans/"), "PATCH", R"({"days":[{"name":"Rest"}]})"},
    {path_in("/api/v1/nutrition-plans/"), "PATCH", R"({"water_litres":3})"},
    {path_in("/api/v1/nutrition-logs/"), "PATCH", R"({"log_date":"2026-03-02"})"},
    {"/api/v1/users/me", "PATCH", R"({"height_cm":181})"},
    {"/api/v1/users/me/preferences", "PUT",
      R"({"personality":"longevity","response_length":"short","preferred_agents":[],"training_days":["mon"],)"
      R"("session_minutes":45,"meals_per_day":4,"theme":"dark","notifications":{"a":true}})"},
    {"/api/v1/conversations/" + conversation, "PATCH", R"({"title":"New"})"},
    {"/api/v1/messages/" + message, "", ""},
    {"/api/v1/progress/" + record, "PATCH", R"({"note":"worse"})"},
  };
}

TEST(Objects, CarryTagsThatSaveTransfersAndGuardChanges) {
  const program server;
  person someone{server, "tags@example.com"};
  person other{server, "other-tags@example.com"};
  const auto theirs = entities_of(other);
  const auto mine = entities_of(someone);
  for (std::size_t i = 0; i < mine.size(); ++i) {
    const auto& [target, verb, body] = mine[i];
    SCOPED_TRACE(target);
    const auto first = someone.get(target);
    const auto tag = first["ETag"];
    ASSERT_TRUE(tag.size() > 2 && tag.starts_with('"') && tag.ends_with('"')) << tag;
    EXPECT_NE(other.get(theirs[i].target)["ETag"], tag);

    for (const auto& known : {tag, "W/" + tag, "\"x\", " + tag, std::string{"*"}}) {
      for (const auto* method : {"GET", "HEAD"}) {
        const auto same = someone.call(method, target, {}, {{"If-None-Match", known}});
        EXPECT_EQ(same.status, 304) << known;
        EXPECT_EQ(same["ETag"], tag);
        EXPECT_EQ(same["Cache-Control"], "private, no-cache, max-age=0");
      }
    }
    EXPECT_EQ(someone.call("GET", target, {}, {{"If-None-Match", "\"x\""}}).status, 200);
    if (verb.empty())
      continue;

    EXPECT_EQ(someone.call(verb, target, body, {{"If-Match", "\"x\""}}).code(), "PRECONDITION_FAILED");
    EXPECT_EQ(someone.call(verb, target, body, {{"If-Match", "W/" + tag}}).status, 412);
    EXPECT_EQ(someone.call(verb, target, body, {{"If-Match", "nonsense"}}).status, 400);
    EXPECT_EQ(someone.get(target)["ETag"], tag);
    const auto changed = someone.call(verb, target, body, {{"If-Match", tag}});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_NE(changed["ETag"], tag);
    EXPECT_EQ(changed.json().at("revision").as_int64(), first.json().at("revision").as_int64() + 1);
    EXPECT_EQ(someone.call(verb, target, body, {{"If-Match", tag}}).status, 412);
    EXPECT_EQ(someone.call(verb, target, body, {{"If-Match", tag + ", " + changed["ETag"]}}).status, 200);
    EXPECT_EQ(someone.call(verb, target, body, {{"If-Match", "*"}}).status, 200);
    EXPECT_EQ(someone.call("GET", target, {}, {{"If-None-Match", tag}}).status, 200);
    if (target.contains("/users/"))
      continue;
    EXPECT_EQ(someone.call("DELETE", target, {}, {{"If-Match", tag}}).status, 412);
    EXPECT_EQ(someone.call("DELETE", target, {}, {{"If-Match", someone.get(target)["ETag"]}}).status, 204);
    EXPECT_EQ(someone.get(target).status, 404);
    EXPECT_EQ(someone.call("DELETE", target).status, 404);
  }
}

TEST(Objects, ListsCarryTagsOfTheirContent) {
  const program server;
  person someone{server, "list-tags@example.com"};
  for (const auto* list : {"/api/v1/conversations", "/api/v1/progress", "/api/v1/workout-plans",
         "/api/v1/nutrition-plans", "/api/v1/nutrition-logs"}) {
    const auto tag = someone.get(list)["ETag"];
    EXPECT_EQ(someone.call("GET", list, {}, {{"If-None-Match", tag}}).status, 304);
    someone.new_conversation();
    someone.call("POST", "/api/v1/progress", R"({"metric":"energy","value":3})");
    someone.new_plans_and_log();
    const auto grown = someone.call("GET", list, {}, {{"If-None-Match", tag}});
    EXPECT_EQ(grown.status, 200);
    EXPECT_NE(grown["ETag"], tag);
  }
}

TEST(Objects, LongListsAreTheSameAsShortOnes) {
  const program server;
  person someone{server, "long-list@example.com"};
  const auto messages = "/api/v1/conversations/" + someone.new_conversation() + "/messages";
  std::string metadata = R"({"deepest":1})";
  for (int i = 1; i < 29; ++i)
    metadata = R"({"a":)" + metadata + '}';
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(
      someone
        .call("POST", messages,
          R"({"content":")" + std::string(30'000, static_cast<char>('a' + i)) + R"(","metadata":)" + metadata + '}')
        .status,
      201);
  const auto whole = someone.get(messages);
  EXPECT_EQ(whole.status, 200);
  const auto list = whole.json();
  EXPECT_EQ(list.at("data").as_array().size(), 4U);
  for (const auto& each : list.at("data").as_array()) {
    const auto alone = someone.get("/api/v1/messages/" + member(each.as_object(), "id"));
    EXPECT_NE(whole.body.find(alone.body), std::string::npos);
  }
  EXPECT_EQ(someone.call("GET", messages, {}, {{"If-None-Match", whole["ETag"]}}).status, 304);
  EXPECT_EQ(someone.get(messages + "?limit=1")["Cache-Control"], whole["Cache-Control"]);
}

/// Walks a list from page to page and calls `between` after each.
template <class F>
std::vector<std::string> walk(person& who, const std::string& target, F between) {
  std::vector<std::string> ids;
  std::string cursor;
  for (int pages = 0; pages < 50; ++pages) {
    const auto page = who.get(target + (cursor.empty() ? "" : "&after=" + cursor));
    EXPECT_EQ(page.status, 200) << page.body;
    const auto body = page.json();
    for (const auto& each : body.at("data").as_array())
      ids.push_back(member(each.as_object(), "id"));
    EXPECT_EQ(body.at("has_more").as_bool(), body.at("next_cursor").is_string());
    if (!body.at("has_more").as_bool())
      return ids;
    cursor = member(body, "next_cursor");
    between();
  }
  ADD_FAILURE() << "the list does not end";
  return ids;
}

/// Adding items while somebody pages through the list neither repeats nor hides what was there.
void expect_stable(person& who, const std::string& list, const std::function<std::string()>& add) {
  std::vector<std::string> there;
  for (int i = 0; i < 7; ++i)
    there.push_back(add());
  const auto mark = list.contains('?') ? "&" : "?";
  const auto newest_first = walk(who, list + mark + "limit=3", add);
  EXPECT_EQ(newest_first, std::vector<std::string>(there.rbegin(), there.rend())) << list;

  int additions = 0;
  const auto oldest_first = walk(who, list + mark + "limit=3&order=asc", [&] {
    if (additions++ < 2)
      there.push_back(add());
  });
  ASSERT_GE(oldest_first.size(), there.size()) << list;
  // The additions of the first walk stand between those of before and those of now.
  const std::set<std::string> different(oldest_first.begin(), oldest_first.end());
  EXPECT_EQ(different.size(), oldest_first.size()) << list;
  for (const auto& id : there)
    EXPECT_TRUE(different.contains(id)) << list;
  EXPECT_TRUE(std::equal(there.begin(), there.begin() + 7, oldest_first.begin())) << list;
  EXPECT_EQ(oldest_first.back(), there.back()) << list;
}

TEST(Objects, ListsPageStablyWhileTheyGrow) {
  const program server;
  person someone{server, "pages@example.com"};
  expect_stable(someone, "/api/v1/conversations", [&] { return someone.new_conversation(); });
  const auto conversation = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  expect_stable(someone, messages, [&] { return member(someone.call("POST", messages, R"({"content":"x"})"), "id"); });
  // Records of the same moment too: then the id decides.
  expect_stable(someone, "/api/v1/progress?metric=energy", [&] {
    return member(
      someone.call("POST", "/api/v1/progress", R"({"metric":"energy","value":3,"recorded_at":"2026-03-01T07:30:00Z"})"),
      "id");
  });
  expect_stable(someone, "/api/v1/workout-plans",
    [&] { return member(someone.call("POST", "/api/v1/workout-plans", R"({"name":"Legs"})"), "id"); });
  expect_stable(someone, "/api/v1/nutrition-logs?from=2026-03-01&to=2026-03-01", [&] {
    return member(someone.call("POST", "/api/v1/nutrition-logs",
                    R"({"log_date":"2026-03-01","meal":"lunch","description":"Rice","energy_kcal":500})"),
      "id");
  });
}

TEST(Objects, ListsRefuseFaultyQueriesAndIgnoreUnknownOnes) {
  const program server;
  person someone{server, "queries@example.com"};
  const auto conversation = someone.new_conversation();
  for (int i = 0; i < 3; ++i)
    someone.new_conversation();
  const auto cursor = member(someone.get("/api/v1/conversations?limit=1"), "next_cursor");
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  for (const auto& list : {std::string{"/api/v1/conversations"}, messages, std::string{"/api/v1/progress"},
         std::string{"/api/v1/workout-plans"}, std::string{"/api/v1/nutrition-plans"},
         std::string{"/api/v1/nutrition-logs"}}) {
    for (const auto* query :
      {"limit=0", "limit=101", "limit=x", "limit=", "limit=-1", "order=up", "after=nonsense", "after=%ff"}) {
      const auto given = someone.get(list + '?' + query);
      EXPECT_EQ(given.status, 400) << list << ' ' << query;
      EXPECT_EQ(given.code(), "MALFORMED_REQUEST");
    }
    EXPECT_EQ(someone.get(list + "?limit=100&colour=blue&utm_source=x").status, 200);
  }
  EXPECT_EQ(someone.get("/api/v1/progress?after=" + cursor).status, 400);
  EXPECT_EQ(someone.get(messages + "?after=" + cursor).status, 400);
  EXPECT_EQ(someone.get("/api/v1/conversations?archived=maybe").status, 400);
  EXPECT_EQ(someone.get("/api/v1/progress?metric=mood").status, 400);
  EXPECT_EQ(someone.get("/api/v1/progress?from=yesterday").status, 400);
  EXPECT_EQ(someone.get("/api/v1/workout-plans?after=" + cursor).status, 400);
  EXPECT_EQ(someone.get("/api/v1/nutrition-plans?active=maybe").status, 400);
  EXPECT_EQ(someone.get("/api/v1/nutrition-logs?from=2026-03-01T00:00:00Z").status, 400);
}

std::size_t count_of(person& who, const std::string& list) {
  return who.get(list).json().at("data").as_array().size();
}

TEST(Objects, ListsFilter) {
  const program server;
  person someone{server, "filters@example.com"};
  const auto archived = someone.new_conversation();
  someone.new_conversation();
  EXPECT_EQ(someone.call("PATCH", "/api/v1/conversations/" + archived, R"({"archived":true})").status, 200);
  EXPECT_EQ(count_of(someone, "/api/v1/conversations"), 1U);
  EXPECT_EQ(count_of(someone, "/api/v1/conversations?archived=true"), 1U);
  EXPECT_EQ(count_of(someone, "/api/v1/conversations?archived=all"), 2U);
  for (const auto* day : {"01", "02", "03"})
    for (const auto* metric : {"energy", "stress"})
      EXPECT_EQ(
        someone
          .call("POST", "/api/v1/progress",
            R"({"metric":")" + std::string{metric} + R"(","value":3,"recorded_at":"2026-03-)" + day + R"(T12:00:00Z"})")
          .status,
        201);
  EXPECT_EQ(count_of(someone, "/api/v1/progress"), 6U);
  EXPECT_EQ(count_of(someone, "/api/v1/progress?metric=energy"), 3U);
  EXPECT_EQ(count_of(someone, "/api/v1/progress?metric=energy&from=2026-03-02T12:00:00Z"), 2U);
  EXPECT_EQ(count_of(someone, "/api/v1/progress?from=2026-03-02T00:00:00Z&to=2026-03-03T12:00:00Z"), 2U);
}

TEST(Objects, KeepTextAndMetadataAsTheyWereGiven) {
  program server;
  person someone{server, "text@example.com"};
  const auto messages = "/api/v1/conversations/" + someone.new_conversation() + "/messages";
  const std::string metadata =
    R"({"b":1.50,"a":[1e2,-0.0,{"z":null}],"big":12345678901234567890,"ü":"\u00fc\ud83c\udfcb","":{}})";
  const std::string content = "e\u0301 \u00e9 \u202e\u200b \U0001F3CB\U0001F3FD\u200D\u2640\uFE0F \\ \" \t\n end ";
  const auto made =
    someone.call("POST", messages, R"({"content":)" + json_string(content) + R"(,"metadata":)" + metadata + '}');
  ASSERT_EQ(made.status, 201) << made.body;
  const auto target = made["Location"];
  const auto expect_same = [&](const answer& given) {
    EXPECT_EQ(member(given, "content"), content);
    EXPECT_NE(given.body.find(R"("metadata":)" + metadata), std::string::npos) << given.body;
  };
  expect_same(made);
  expect_same(someone.get(target));
  EXPECT_EQ(server.end(), 0);
  server.start();
  expect_same(someone.get(target));
  EXPECT_EQ(someone.get(target).body, made.body);

  EXPECT_EQ(someone.call("POST", messages, R"({"content":"a\u0000b"})").status, 422);
  EXPECT_EQ(someone.call("POST", messages, R"({"content":"\ud800"})").status, 400);
  const auto sized = [&](std::size_t bytes) {
    return someone
      .call("POST", messages, R"({"content":"x","metadata":{"a":")" + std::string(bytes - 8, 'm') + R"("}})")
      .status;
  };
  EXPECT_EQ(sized(4'096), 201);
  EXPECT_EQ(sized(4'097), 422);
  const auto long_text = [&](std::size_t characters) {
    std::string text;
    for (std::size_t i = 0; i < characters; ++i)
      text += "\u00fc";
    return someone.call("POST", messages, R"({"content":")" + text + R"("})").status;
  };
  EXPECT_EQ(long_text(32'768), 201);
  EXPECT_EQ(long_text(32'769), 422);
}

TEST(Objects, NumberTheMessagesOfAConversationDensely) {
  const program server;
  person someone{server, "dense@example.com"};
  const auto conversation = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  for (int i = 1; i <= 5; ++i)
    EXPECT_EQ(member(someone.call("POST", messages, R"({"content":"x"})"), "seq"), std::to_string(i));
  const auto talk =
    someone.call("POST", "/api/v1/chat", R"({"message":"Hello","conversation_id":)" + json_string(conversation) + '}')
      .json();
  EXPECT_EQ(member(talk.at("message").as_object(), "seq"), "7");
  const auto shown = someone.get("/api/v1/conversations/" + conversation).json();
  EXPECT_EQ(member(shown, "message_count"), "7");
  EXPECT_EQ(member(shown, "last_message_at"), member(talk.at("message").as_object(), "created_at"));
}

TEST(Objects, ShowTheLatestMeasurementsInTheProfile) {
  const program server;
  person someone{server, "latest@example.com"};
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"weight_kg":81.5})").status, 200);
  const auto list = someone.get("/api/v1/progress").json();
  const auto& written = list.at("data").as_array().at(0).as_object();
  EXPECT_EQ(member(written, "source"), "profile");
  EXPECT_EQ(member(written, "value"), boost::json::serialize(boost::json::value(81.5)));
  someone.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":90,"recorded_at":"2020-01-01T00:00:00Z"})");
  EXPECT_EQ(someone.get("/api/v1/users/me").json().at("weight_kg").to_number<double>(), 81.5);
  const auto latest = someone.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":79.25})");
  EXPECT_EQ(someone.get("/api/v1/users/me").json().at("weight_kg").to_number<double>(), 79.25);
  EXPECT_EQ(someone.call("DELETE", latest["Location"]).status, 204);
  EXPECT_EQ(someone.get("/api/v1/users/me").json().at("weight_kg").to_number<double>(), 81.5);
}

struct creation {
  std::string target;
  std::string body;
  std::string other_body;
};

TEST(Objects, AreMadeOncePerIdempotencyKey) {
  program server;
  person someone{server, "once@example.com"};
  person other{server, "twice@example.com"};
  const auto messages = "/api/v1/conversations/" + someone.new_conversation() + "/messages";
  const std::vector<creation> creations{
    {"/api/v1/conversations", R"({"title":"One"})", R"({"title":"Two"})"},
    {messages, R"({"content":"One"})", R"({"content":"Two"})"},
    {"/api/v1/progress", R"({"metric":"energy","value":3})", R"({"metric":"energy","value":4})"},
    {"/api/v1/workout-plans", R"({"name":"One","is_active":true})", R"({"name":"Two"})"},
    {"/api/v1/nutrition-logs", R"({"log_date":"2026-03-01","meal":"lunch","description":"Rice","energy_kcal":500})",
      R"({"log_date":"2026-03-01","meal":"lunch","description":"Rice","energy_kcal":501})"},
  };
  std::vector<answer> firsts;
  for (std::size_t i = 0; i < creations.size(); ++i) {
    const auto& [target, body, other_body] = creations[i];
    SCOPED_TRACE(target);
    const auto key = "key-" + std::to_string(i);
    const auto post = [&](const std::string& what, const std::string& with) {
      return someone.call("POST", target, what, {{"Idempotency-Key", with}});
    };
    EXPECT_EQ(post(body, "").status, 400);
    EXPECT_EQ(post(body, "\"\"").status, 400);
    EXPECT_EQ(post(body, std::string(256, 'k')).status, 400);
    EXPECT_EQ(post(body, key + std::string(255 - key.size(), 'k')).status, 201);
    // A request that was refused leaves the key free.
    EXPECT_EQ(post(R"({"nonsense":1})", key).status, 422);
    const auto first = post(body, key);
    ASSERT_EQ(first.status, 201) << first.body;
    const auto again = post(body, '"' + key + '"');
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again["Location"], first["Location"]);
    const auto reused = post(other_body, key);
    EXPECT_EQ(reused.status, 422);
    EXPECT_EQ(reused.code(), "IDEMPOTENCY_KEY_REUSED");
    firsts.push_back(first);
  }
  const std::string same{creations[0].target};
  for (const auto& target : {same + '?', "http://genesis.test" + same, "/%61" + same.substr(2)}) {
    http_peer peer{server.port()};
    peer.send(someone.request("POST", target, creations[0].body, {{"Idempotency-Key", "key-0"}}));
    const auto again = peer.read_answer();
    EXPECT_EQ(again.status, 201) << "another spelling of the same target: " << target;
    EXPECT_EQ(again["Location"], firsts[0]["Location"]) << target;
  }
  EXPECT_EQ(
    someone.call("POST", creations[0].target + "?x=1", creations[0].body, {{"Idempotency-Key", "key-0"}}).status, 422);
  EXPECT_EQ(someone.call("POST", creations[2].target, creations[2].body, {{"Idempotency-Key", "key-0"}}).status, 422);
  const auto theirs = other.call("POST", creations[0].target, creations[0].body, {{"Idempotency-Key", "key-0"}});
  EXPECT_EQ(theirs.status, 201);
  EXPECT_NE(member(theirs, "id"), member(firsts[0], "id"));

  for (const bool crashes : {false, true}) {
    if (crashes)
      server.crash();
    else
      EXPECT_EQ(server.end(), 0);
    server.start();
    for (std::size_t i = 0; i < creations.size(); ++i) {
      const auto again =
        someone.call("POST", creations[i].target, creations[i].body, {{"Idempotency-Key", "key-" + std::to_string(i)}});
      EXPECT_EQ(again.status, 201);
      EXPECT_EQ(again.body, firsts[i].body);
      EXPECT_EQ(again["Location"], firsts[i]["Location"]);
    }
  }
}

TEST(Objects, SayWhenTheFirstRequestOfAKeyIsStillRunning) {
  const program server{{"--storage.busy_timeout=1900ms"}};
  person someone{server, "running@example.com"};
  const auto request = someone.request("POST", "/api/v1/conversations", R"({"title":"x"})", {{"Idempotency-Key", "k"}});
  http_peer first{server.port()};
  http_peer second{server.port()};
  {
    const write_lock held{server.data() / "genesis.db"};
    first.send(request);
    second.send(request);
    wait_for_answers({&first, &second}, 1);
  }
  std::vector<answer> both{first.read_answer(), second.read_answer()};
  std::ranges::sort(both, {}, &answer::status);
  EXPECT_EQ(both[0].status, 201);
  EXPECT_EQ(both[1].status, 409);
  EXPECT_EQ(both[1].code(), "IDEMPOTENCY_IN_PROGRESS");
  EXPECT_TRUE(both[1].field("Retry-After"));
  EXPECT_EQ(
    someone.call("POST", "/api/v1/conversations", R"({"title":"x"})", {{"Idempotency-Key", "k"}}).body, both[0].body);
}

}  // namespace
}  // namespace genesis::system_test
