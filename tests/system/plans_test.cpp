#include "tests/system/person.hpp"

#include <gtest/gtest.h>

namespace genesis::system_test {
namespace {

std::string new_plan(person& who, const std::string& path, bool is_active) {
  const auto made = who.call("POST", path,
    std::string{R"({"name":"A plan","is_active":)"} + (is_active ? "true" : "false") +
      (path.contains("nutrition") ? R"(,"energy_kcal":1800,"protein_g":130,"carbs_g":190,"fat_g":55})" : "}"));
  EXPECT_EQ(made.status, 201) << made.body;
  return member(made, "id");
}

TEST(Plans, AtMostOneOfAKindIsActive) {
  program server;
  person someone{server, "plans@example.com"};
  for (const std::string path : {"/api/v1/workout-plans", "/api/v1/nutrition-plans"}) {
    SCOPED_TRACE(path);
    const auto first = new_plan(someone, path, true);
    const auto tag = someone.get(path + '/' + first)["ETag"];
    const auto second = new_plan(someone, path, true);
    const auto rested = someone.get(path + '/' + first);
    EXPECT_EQ(rested.json().at("is_active"), false);
    EXPECT_EQ(rested.json().at("revision"), 2);
    EXPECT_NE(rested["ETag"], tag);
    EXPECT_EQ(someone.call("PATCH", path + '/' + first, R"({"name":"Old"})", {{"If-Match", tag}}).status, 412)
      << "whoever knows the plan as active does not know it any more";

    EXPECT_EQ(someone.call("PATCH", path + '/' + first, R"({"is_active":true})").status, 200);
    const auto active = someone.get(path + "?active=true").json().at("data").as_array();
    ASSERT_EQ(active.size(), 1U);
    EXPECT_EQ(member(active[0].as_object(), "id"), first);
    EXPECT_EQ(someone.get(path + '/' + second).json().at("is_active"), false);
    EXPECT_EQ(someone.get(path).json().at("data").as_array().size(), 2U);
  }
  server.crash();
  server.start();
  for (const std::string path : {"/api/v1/workout-plans", "/api/v1/nutrition-plans"})
    EXPECT_EQ(someone.get(path + "?active=true").json().at("data").as_array().size(), 1U);
}

TEST(Plans, AreGivenBackAsTheyAreKept) {
  const program server;
  person someone{server, "days@example.com"};
  const auto made = someone.call("POST", "/api/v1/workout-plans",
    R"({"name":"Full body","days":[ {"exercises":[{"name":"Squat 1\/2 \u00e9","sets":3,"load_kg":62.50}],"name":"A"} ]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string kept =
    "\"days\":[{\"name\":\"A\",\"weekday\":null,\"exercises\":[{\"name\":\"Squat 1/2 \u00e9\",\"sets\":3,"
    "\"reps_min\":null,\"reps_max\":null,\"seconds\":null,\"load_kg\":62.5,"
    "\"rest_seconds\":null,\"note\":null}]}]";
  EXPECT_TRUE(made.body.contains(kept)) << made.body;
  const auto path = "/api/v1/workout-plans/" + member(made, "id");
  EXPECT_EQ(someone.get(path).body, made.body);
  EXPECT_TRUE(someone.get("/api/v1/workout-plans").body.contains(made.body));
  const auto same = someone.call(
    "PATCH", path, R"({"days":[{"name":"A","exercises":[{"name":"Squat 1/2 é","load_kg":62.5,"sets":3}]}]})");
  EXPECT_EQ(same.json().at("revision"), 1) << "the same days in another spelling";
  EXPECT_EQ(same["ETag"], made["ETag"]);
}

TEST(Plans, RefuseWhatDoesNotFitWhatIsStored) {
  const program server;
  person someone{server, "periods@example.com"};
  const auto made = someone.call(
    "POST", "/api/v1/workout-plans", R"({"name":"Spring","starts_on":"2026-03-02","ends_on":"2026-04-26"})");
  const auto path = "/api/v1/workout-plans/" + member(made, "id");
  const auto refused = someone.call("PATCH", path, R"({"starts_on":"2026-05-01","goal":"fun"})");
  EXPECT_EQ(refused.status, 422);
  const auto faults = refused.json().at("errors").as_array();
  ASSERT_EQ(faults.size(), 2U) << refused.body;
  EXPECT_EQ(member(faults[0].as_object(), "field"), "goal");
  EXPECT_EQ(member(faults[1].as_object(), "field"), "ends_on");
  EXPECT_EQ(someone.get(path)["ETag"], made["ETag"]);
  EXPECT_EQ(someone.call("PATCH", path, R"({"starts_on":"2026-05-01","ends_on":null})").status, 200);
}

TEST(Plans, AreTwoHundredOfAKindAtMost) {
  const program server{{"--limits.rate_enabled=false"}};
  person someone{server, "many-plans@example.com"};
  for (int i = 0; i < 200; ++i)
    ASSERT_EQ(someone.call("POST", "/api/v1/workout-plans", R"({"name":"Another"})").status, 201) << i;
  const auto refused = someone.call("POST", "/api/v1/workout-plans", R"({"name":"One too many"})");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "CONFLICT");
  EXPECT_EQ(member(refused, "detail"), "there are 200 plans of this kind already, as many as may be: delete one first");
  EXPECT_EQ(someone
              .call("POST", "/api/v1/nutrition-plans",
                R"({"name":"Cut","energy_kcal":1800,"protein_g":130,"carbs_g":190,"fat_g":55})")
              .status,
    201);
}

TEST(FoodDiary, ListsThePartThatIsAskedFor) {
  const program server;
  person someone{server, "diary@example.com"};
  for (const auto* day : {"2026-03-01", "2026-03-02", "2026-03-03"})
    for (const auto* meal : {"breakfast", "dinner"})
      ASSERT_EQ(someone
                  .call("POST", "/api/v1/nutrition-logs",
                    R"({"log_date":")" + std::string{day} + R"(","meal":")" + meal +
                      R"(","description":"Food","energy_kcal":500})")
                  .status,
        201);
  const auto count = [&](const std::string& query) {
    return someone.get("/api/v1/nutrition-logs" + query).json().at("data").as_array().size();
  };
  EXPECT_EQ(count(""), 6U);
  EXPECT_EQ(count("?from=2026-03-02"), 4U);
  EXPECT_EQ(count("?from=2026-03-02&to=2026-03-02"), 2U);
  EXPECT_EQ(count("?to=2026-02-28"), 0U);
  const auto list = someone.get("/api/v1/nutrition-logs?order=asc&limit=1").json().at("data").as_array();
  EXPECT_EQ(member(list[0].as_object(), "log_date"), "2026-03-01");
  EXPECT_EQ(
    member(someone.get("/api/v1/nutrition-logs?limit=1").json().at("data").as_array()[0].as_object(), "log_date"),
    "2026-03-03");
}

TEST(UserView, ShowsAPersonWithTheFirstPagesOfTheirLists) {
  const program server;
  person someone{server, "view@example.com"};
  const auto plan = new_plan(someone, "/api/v1/workout-plans", true);
  for (int i = 0; i < 21; ++i)
    ASSERT_EQ(someone.call("POST", "/api/v1/progress", R"({"metric":"energy","value":3})").status, 201);
  const auto plain = someone.get("/api/v1/users/me");
  const std::string all = "/api/v1/users/me?include=preferences,workout_plans,nutrition_plans,progress";
  const auto shown = someone.get(all);
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_TRUE(shown.body.starts_with(plain.body.substr(0, plain.body.size() - 1)));
  const auto view = shown.json();
  EXPECT_EQ(view.at("preferences"), someone.get("/api/v1/users/me/preferences").json());
  EXPECT_EQ(view.at("workout_plans"), someone.get("/api/v1/workout-plans").json());
  EXPECT_EQ(view.at("nutrition_plans"), someone.get("/api/v1/nutrition-plans").json());
  EXPECT_EQ(view.at("progress"), someone.get("/api/v1/progress").json());
  EXPECT_EQ(view.at("progress").at("has_more"), true);
  EXPECT_NE(shown["ETag"], plain["ETag"]);
  EXPECT_EQ(someone.call("GET", all, {}, {{"If-None-Match", shown["ETag"]}}).status, 304);
  EXPECT_EQ(someone.call("PATCH", "/api/v1/workout-plans/" + plan, R"({"name":"Another"})").status, 200);
  EXPECT_EQ(someone.call("GET", all, {}, {{"If-None-Match", shown["ETag"]}}).status, 200) << "it tags the whole";

  const auto some = someone.get("/api/v1/users/me?include=preferences").json();
  EXPECT_TRUE(some.contains("preferences"));
  EXPECT_FALSE(some.contains("progress") || some.contains("workout_plans"));
  EXPECT_EQ(someone.get("/api/v1/users/me?colour=blue").body, plain.body);
  EXPECT_EQ(someone.get("/api/v1/users/me?include=messages").status, 400);
}

TEST(UserView, LargeListsAreShownAsSmallOnesAre) {
  const program server;
  person someone{server, "large-view@example.com"};
  const std::string note(500, 'x');
  std::string exercises;
  for (int i = 0; i < 20; ++i)
    exercises += (i == 0 ? "" : ",") + (R"({"name":"Squat","sets":3,"note":")" + note + "\"}");
  for (int i = 0; i < 8; ++i)
    ASSERT_EQ(someone
                .call("POST", "/api/v1/workout-plans",
                  R"({"name":"Large","days":[{"name":"A","exercises":[)" + exercises + "]}]}")
                .status,
      201);
  const auto shown = someone.get("/api/v1/users/me?include=workout_plans");
  ASSERT_EQ(shown.status, 200);
  ASSERT_GT(shown.body.size(), 64U * 1'024);
  EXPECT_EQ(shown.json().at("workout_plans"), someone.get("/api/v1/workout-plans").json());
  EXPECT_EQ(
    someone.call("GET", "/api/v1/users/me?include=workout_plans", {}, {{"If-None-Match", shown["ETag"]}}).status, 304);
}

TEST(OtherPeople, AreShownToAdminsAndWrittenToTheLog) {
  program server;
  person other{server, "other-person@example.com"};
  person boss{server, "boss@example.com"};
  const auto target = "/api/v1/users?ids=" + other.id() + ',' + boss.id() + ",0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01";
  EXPECT_EQ(boss.get(target).status, 403);
  ASSERT_EQ(server.command({"user", "role", boss.email(), "admin"}), 0);
  boss = boss.log_in_again();
  const std::string trace_id = "0af7651916cd43dd8448eb211c80319c";
  const auto shown = boss.call(
    "GET", target, {}, {{"X-Request-ID", "look-1"}, {"traceparent", "00-" + trace_id + "-b7ad6b7169203331-01"}});
  ASSERT_EQ(shown.status, 200) << shown.body;
  const auto people = shown.json().at("data").as_array();
  ASSERT_EQ(people.size(), 2U) << "who is not there is left out";
  EXPECT_EQ(member(people[0].as_object(), "id"), other.id());
  EXPECT_EQ(people[0].at("preferences"), other.get("/api/v1/users/me/preferences").json());
  EXPECT_EQ(boss.get("/api/v1/users").status, 400);
  EXPECT_EQ(boss.get("/api/v1/users?ids=me").status, 400);

  ASSERT_EQ(server.command({"user", "role", boss.email(), "user"}), 0);
  EXPECT_EQ(boss.get(target).status, 403) << "whatever the token says";
  EXPECT_EQ(boss.get("/api/v1/users?ids=me").status, 403) << "and before what is wrong with the request";
  EXPECT_EQ(server.end(), 0);
  const auto log = server.log();
  const auto at = log.find("audit: " + boss.id() + " looks at the profiles of ");
  ASSERT_NE(at, std::string::npos) << log;
  const auto line = log.substr(at, log.find('\n', at) - at);
  EXPECT_TRUE(line.contains(other.id()));
  const auto ids =
    " request_id=look-1 trace_id=" + trace_id + " span_id=" + shown["traceresponse"].substr(trace_id.size() + 4, 16);
  EXPECT_TRUE(line.ends_with(ids)) << line;
}

}  // namespace
}  // namespace genesis::system_test
