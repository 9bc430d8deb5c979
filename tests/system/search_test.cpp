#include "tests/system/person.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace genesis::system_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Somebody with a conversation, and what they find in it.
class writer_of_messages {
public:
  writer_of_messages(const program& server, std::string email)
      : person_(server, std::move(email)), conversation_(person_.new_conversation()) {}

  void say(const std::string& text) {
    const auto said = person_.call(
      "POST", "/api/v1/conversations/" + conversation_ + "/messages", R"({"content":)" + json_string(text) + '}');
    EXPECT_EQ(said.status, 201) << said.body;
  }

  answer search(const std::string& query) { return person_.get("/api/v1/messages/search?q=" + query); }

  std::vector<std::string> find(const std::string& query) {
    const auto given = search(query);
    EXPECT_EQ(given.status, 200) << query << ": " << given.body;
    const auto found = given.json();
    std::vector<std::string> texts;
    for (const auto& each : found.at("data").as_array())
      texts.emplace_back(each.at("message").at("content").as_string());
    return texts;
  }

  [[nodiscard]] const std::string& conversation() const { return conversation_; }
  person& operator*() { return person_; }
  person* operator->() { return &person_; }

private:
  person person_;
  std::string conversation_;
};

TEST(Search, FindsMessagesInAllConversations) {
  const program server;
  writer_of_messages ann{server, "ann@example.com"};
  ann.say("I was running by the river");
  ann.say("Corr\u00eda cada ma\u00f1ana con mis perros");
  ann.say("Swimming");
  const auto other = ann->new_conversation();
  ann->call("POST", "/api/v1/conversations/" + other + "/messages", R"({"content":"Run!"})");

  EXPECT_THAT(ann.find("runs"), UnorderedElementsAre("I was running by the river", "Run!"));
  EXPECT_THAT(ann.find("correr+manana"), ElementsAre("Corr\u00eda cada ma\u00f1ana con mis perros"));
  EXPECT_THAT(ann.find("%22by+the+river%22"), ElementsAre("I was running by the river"));
  EXPECT_THAT(ann.find("run+-river"), ElementsAre("Run!"));
  EXPECT_THAT(ann.find("swi*"), ElementsAre("Swimming"));
  EXPECT_THAT(ann.find("cycling"), IsEmpty());
}

TEST(Search, FindsWhatTheCoachHasSaid) {
  const program server;
  person ann{server, "ann@example.com"};
  const auto talk = ann.call("POST", "/api/v1/chat", R"({"message":"How many calories do I burn at rest?"})").json();
  const auto found = ann.get("/api/v1/messages/search?q=rest").json();
  std::set<std::string> roles;
  for (const auto& each : found.at("data").as_array())
    roles.insert(std::string{each.at("message").at("role").as_string()});
  EXPECT_TRUE(roles.contains("user")) << boost::json::serialize(found);
  const auto answer = std::string{talk.at("message").at("content").as_string()};
  EXPECT_EQ(ann.get("/api/v1/messages/search?q=" + answer.substr(0, answer.find(' '))).status, 200);
}

TEST(Search, ShowsWhereAMessageWasHit) {
  const program server;
  writer_of_messages ann{server, "ann@example.com"};
  ann.say("Squats, then <b>squat</b>");
  const auto hit = ann.search("squat").json().at("data").at(0);
  EXPECT_EQ(boost::json::serialize(hit.at("snippet")),
    R"([{"text":"Squats","is_match":true},{"text":", then <b>","is_match":false},)"
    R"({"text":"squat","is_match":true},{"text":"</b>","is_match":false}])");
  EXPECT_GT(hit.at("score").as_double(), 0);
}

TEST(Search, IsReadPageByPage) {
  const program server;
  writer_of_messages ann{server, "ann@example.com"};
  for (int i = 0; i < 7; ++i)
    ann.say("squat number " + std::to_string(i));
  std::set<std::string> found;
  std::string target = "squat&limit=3";
  for (int pages = 1;; ++pages) {
    const auto page = ann.search(target).json();
    for (const auto& each : page.at("data").as_array())
      EXPECT_TRUE(found.insert(std::string{each.at("message").at("id").as_string()}).second) << "shown twice";
    if (!page.at("has_more").as_bool()) {
      EXPECT_TRUE(page.at("next_cursor").is_null());
      EXPECT_EQ(pages, 3);
      break;
    }
    ASSERT_LT(pages, 3);
    target = "squat&limit=3&after=" + std::string{page.at("next_cursor").as_string()};
  }
  EXPECT_EQ(found.size(), 7u);
}

TEST(Search, SaysWhereAQueryCannotBeRead) {
  const program server;
  writer_of_messages ann{server, "ann@example.com"};
  const auto refused = ann.search("protein+%22after+training");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.code(), "MALFORMED_REQUEST");
  EXPECT_THAT(refused.body, HasSubstr(R"("field":"q")"));
  EXPECT_THAT(refused.body, HasSubstr("at character 9: this quotation mark is not closed"));
  EXPECT_EQ(ann->get("/api/v1/messages/search").status, 400) << "without q";
  EXPECT_EQ(ann.search("").status, 400);
  EXPECT_EQ(ann.search("-run").status, 400);
  EXPECT_EQ(ann.search("run&after=x").status, 400);
  EXPECT_EQ(ann.search("run&limit=0").status, 400);
  EXPECT_EQ(ann.search("run%00").status, 400);
}

TEST(Search, RefusesWhatIsNoUtf8) {
  const program server;
  person someone{server, "someone@example.com"};
  for (const auto* text : {"%ff", "%c3", "%ed%a0%80", "hello%ff"}) {
    const auto given = someone.get(std::string{"/api/v1/messages/search?q="} + text);
    EXPECT_EQ(given.status, 400) << text;
    EXPECT_TRUE(given.body.contains("must be UTF-8")) << given.body;
  }
  EXPECT_EQ(someone.get("/api/v1/messages/search?q=%c3%a9").status, 200);
}

TEST(Search, TakesTheCursorsOfSearchesOnly) {
  const program server;
  writer_of_messages ann{server, "ann@example.com"};
  for (int i = 0; i < 3; ++i)
    ann.say("squat");
  const auto list = ann->get("/api/v1/conversations/" + ann.conversation() + "/messages?limit=1").json();
  EXPECT_EQ(ann.search("squat&after=" + std::string{list.at("next_cursor").as_string()}).status, 400);
}

TEST(Search, ShowsNobodyElsesMessagesAndForgetsWhatIsDeleted) {
  const program server;
  writer_of_messages ann{server, "ann@example.com"};
  writer_of_messages bob{server, "bob@example.com"};
  ann.say("squats of ann");
  bob.say("squats of bob");
  EXPECT_THAT(ann.find("squat"), ElementsAre("squats of ann"));
  EXPECT_EQ(ann->call("DELETE", "/api/v1/conversations/" + ann.conversation()).status, 204);
  EXPECT_THAT(ann.find("squat"), IsEmpty());
  EXPECT_THAT(bob.find("squat"), ElementsAre("squats of bob"));
}

}  // namespace
}  // namespace genesis::system_test
