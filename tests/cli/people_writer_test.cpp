#include "auth/random.hpp"
#include "auth/refresh_token.hpp"
#include "cli/people_writer.hpp"
#include "http/encoders.hpp"

#include <gtest/gtest.h>

#include <set>

namespace genesis::cli {

namespace {

timestamp moment() {
  return parse_rfc3339("2026-03-20T19:45:12.000Z").value();
}

session_maker maker() {
  return {config::settings{},
    std::make_shared<const auth::signing_keys>(std::vector{auth::signing_key::generate("one").value()})};
}

template <class T>
std::vector<T> changes_of(const ordered_person& person) {
  std::vector<T> found;
  for (const auto& each : person.batch.mutations)
    if (const auto* change = std::get_if<T>(&each))
      found.push_back(*change);
  return found;
}

}  // namespace

TEST(PeopleWriter, GivesEverybodyASessionThatItsTokensBelongTo) {
  const auto sessions = maker();
  const auto people =
    order_people({"abc", 1, 30, "hash"}, sessions, http::json_encoders(), moment(), auth::fill_random).value();
  ASSERT_EQ(people.size(), 30U);
  for (const auto& each : people) {
    const auto opened = changes_of<storage::put_session>(each);
    ASSERT_EQ(opened.size(), 1U);
    const auto claims = auth::verify(each.access_token, sessions.parties, *sessions.keys, moment());
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->user, each.user);
    EXPECT_EQ(claims->session, opened.front().value.id);
    EXPECT_EQ(claims->expires_at - claims->issued_at, std::chrono::minutes{15});
    const auto refresh = auth::parse_refresh_token(each.refresh_token);
    ASSERT_TRUE(refresh);
    EXPECT_EQ(refresh->user, each.user);
    EXPECT_EQ(refresh->session, opened.front().value.id);
    EXPECT_EQ(refresh->hash, opened.front().value.refresh_hash);
  }
}

TEST(PeopleWriter, GivesEverybodyAProfileAndAnAnsweredConversation) {
  const auto sessions = maker();
  const auto people =
    order_people({"abc", 5, 20, "hash"}, sessions, http::json_encoders(), moment(), auth::fill_random).value();
  std::int64_t number = 5;
  for (const auto& each : people) {
    EXPECT_EQ(each.batch.user, each.user);
    EXPECT_EQ(each.batch.version, 0);
    const auto created = changes_of<storage::create_user>(each);
    const auto weights = changes_of<storage::put_progress>(each);
    const auto threads = changes_of<storage::put_conversation>(each);
    const auto messages = changes_of<storage::put_message>(each);
    const auto runs = changes_of<storage::put_run>(each);
    ASSERT_TRUE(
      created.size() == 1 && weights.size() == 1 && threads.size() == 1 && messages.size() == 2 && runs.size() == 1);
    EXPECT_EQ(created[0].person.email, "load-abc-" + std::to_string(number++) + "@example.com");
    EXPECT_EQ(created[0].password_hash, "hash");
    ASSERT_TRUE(created[0].person.weight_kg);
    EXPECT_EQ(created[0].person.weight_kg->record, weights[0].value.id);
    EXPECT_EQ(threads[0].value.id, each.conversation);
    EXPECT_EQ(messages[1].value.conversation, each.conversation);
    EXPECT_EQ(messages[1].value.run, runs[0].value.id);
    EXPECT_EQ(runs[0].value.user_message, messages[0].value.id);
    EXPECT_EQ(runs[0].value.assistant_message, messages[1].value.id);
    EXPECT_NE(messages[1].value.artifacts_json, "[]");
  }
}

TEST(PeopleWriter, NeverGivesAnIdTwice) {
  std::set<uuid> ids;
  std::size_t count = 0;
  const auto sessions = maker();
  const auto people =
    order_people({"abc", 1, 50, "hash"}, sessions, http::json_encoders(), moment(), auth::fill_random).value();
  for (const auto& each : people) {
    ids.insert(each.user.value);
    ids.insert(changes_of<storage::put_session>(each)[0].value.id.value);
    ids.insert(changes_of<storage::put_progress>(each)[0].value.id.value);
    ids.insert(each.conversation.value);
    for (const auto& message : changes_of<storage::put_message>(each))
      ids.insert(message.value.id.value);
    ids.insert(changes_of<storage::put_run>(each)[0].value.id.value);
    count += 7;
  }
  EXPECT_EQ(ids.size(), count);
}

}  // namespace genesis::cli
