#include "http/cursor.hpp"
#include "http/queries.hpp"

#include <gmock/gmock.h>

namespace genesis::http {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

query_parameters parsed(std::string_view text) {
  return *query_parameters::parse(text);
}

template <class T>
std::vector<std::string> faults(const accepted<T>& read) {
  if (read)
    return {"accepted"};
  EXPECT_EQ(read.error().status(), 400);
  std::vector<std::string> all;
  for (const auto& each : read.error().errors)
    all.push_back(each.field + ": " + each.rule);
  return all;
}

TEST(Queries, TakesTwentyOfTheNewestWhenNothingIsSaid) {
  const auto read = read_conversations_query(parsed("unknown=1&colour=red"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->page.limit, 20);
  EXPECT_EQ(read->page.order, list_order::newest_first);
  EXPECT_EQ(read->page.after, std::nullopt);
  EXPECT_EQ(read->archived, archived_filter::active);
}

TEST(Queries, ReadsThePagesOfListsThatTakeNothingElse) {
  const list_position position{1'000, *parse_uuid("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01")};
  const auto keys = to_cursor(list_kind::api_keys, position);
  const auto sessions = to_cursor(list_kind::sessions, position);
  EXPECT_EQ(read_api_keys_query(parsed("limit=5&order=asc&after=" + keys))->after, position);
  EXPECT_EQ(read_sessions_query(parsed("limit=5&order=asc&after=" + sessions))->limit, 5);
  EXPECT_THAT(faults(read_api_keys_query(parsed("after=" + sessions))), ElementsAre("after: cursor"));
  EXPECT_THAT(faults(read_sessions_query(parsed("limit=0"))), ElementsAre("limit: range"));
}

TEST(Queries, ReadsEveryParameterOfAList) {
  const list_position position{1'000, *parse_uuid("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01")};
  const auto read =
    read_progress_query(parsed("limit=100&order=asc&after=" + to_cursor(list_kind::progress, position) +
                               "&metric=stress&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00%2B01:00"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->page.limit, 100);
  EXPECT_EQ(read->page.order, list_order::oldest_first);
  EXPECT_EQ(read->page.after, position);
  EXPECT_EQ(read->metric, progress_metric::stress);
  EXPECT_EQ(read->from, parse_rfc3339("2026-03-01T00:00:00Z"));
  EXPECT_EQ(read->until, parse_rfc3339("2026-03-01T23:00:00Z"));
}

TEST(Queries, ReadsWhichConversationsAreWanted) {
  EXPECT_EQ(read_conversations_query(parsed("archived=false"))->archived, archived_filter::active);
  EXPECT_EQ(read_conversations_query(parsed("archived=true"))->archived, archived_filter::archived);
  EXPECT_EQ(read_conversations_query(parsed("archived=all"))->archived, archived_filter::all);
}

TEST(Queries, ReadsWhichPlansAreWanted) {
  const list_position position{1'000, *parse_uuid("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01")};
  const auto cursor = to_cursor(list_kind::workout_plans, position);
  const auto read = read_workout_plans_query(
    parsed("active=true&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&order=asc&after=" + cursor));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->only_active);
  EXPECT_EQ(read->from, parse_rfc3339("2026-03-01T00:00:00Z"));
  EXPECT_EQ(read->until, parse_rfc3339("2026-03-02T00:00:00Z"));
  EXPECT_EQ(read->page.after, position);
  EXPECT_FALSE(read_nutrition_plans_query(parsed("active=all"))->only_active);
  EXPECT_THAT(faults(read_nutrition_plans_query(parsed("after=" + cursor))), ElementsAre("after: cursor"));
  EXPECT_THAT(faults(read_workout_plans_query(parsed("active=false&from=2026-03-01"))),
    UnorderedElementsAre("active: enum", "from: format"));
}

TEST(Queries, ReadsWhichDaysOfTheFoodDiaryAreWanted) {
  const auto read = read_nutrition_logs_query(parsed("from=2026-03-01&to=2026-03-02&limit=3"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->from, parse_iso_date("2026-03-01"));
  EXPECT_EQ(read->to, parse_iso_date("2026-03-02"));
  EXPECT_EQ(read->page.limit, 3);
  EXPECT_THAT(faults(read_nutrition_logs_query(parsed("from=2026-02-30&to=2026-03-01T00:00:00Z"))),
    UnorderedElementsAre("from: format", "to: format"));
}

TEST(Queries, ReadsWhatIsWantedBesideTheProfile) {
  EXPECT_TRUE(read_user_view_query(parsed("colour=red"))->is_empty());
  const auto read = read_user_view_query(parsed("include=progress,preferences"));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->progress && read->preferences);
  EXPECT_FALSE(read->workout_plans || read->nutrition_plans);
  const auto all = read_user_view_query(parsed("include=preferences,workout_plans,nutrition_plans,progress,progress"));
  EXPECT_TRUE(all->preferences && all->workout_plans && all->nutrition_plans && all->progress);
  for (const auto* text : {"include=", "include=x", "include=progress,", "include=progress,%20preferences"})
    EXPECT_THAT(faults(read_user_view_query(parsed(text))), ElementsAre("include: enum")) << text;
  EXPECT_THAT(
    faults(read_user_view_query(parsed("include=progress&include=progress"))), ElementsAre("include: repeated"));
}

TEST(Queries, ReadsUpToAHundredIdsOfPeople) {
  const auto ids = [](int count) {
    std::string list;
    for (int i = 0; i < count; ++i)
      list += (i == 0 ? "" : ",") + std::string{"0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1"} + std::to_string(100 + i);
    return list;
  };
  EXPECT_EQ(read_people_query(parsed("ids=" + ids(100)))->users.size(), 100u);
  EXPECT_THAT(faults(read_people_query(parsed("ids=" + ids(101)))), ElementsAre("ids: max_items"));
  EXPECT_EQ(read_people_query(parsed("ids=" + ids(3) + ',' + ids(3)))->users.size(), 3u) << "each once";
  EXPECT_THAT(faults(read_people_query(parsed(""))), ElementsAre("ids: required"));
  EXPECT_THAT(faults(read_people_query(parsed("ids="))), ElementsAre("ids: format"));
  EXPECT_THAT(faults(read_people_query(parsed("ids=" + ids(2) + ",me"))), ElementsAre("ids: format"));
}

TEST(Queries, NamesEveryFaultyParameter) {
  EXPECT_THAT(faults(read_progress_query(parsed("limit=0&order=up&after=x&metric=steps&from=yesterday&to="))),
    UnorderedElementsAre("limit: range", "order: enum", "after: cursor", "metric: enum", "from: format", "to: format"));
  EXPECT_THAT(faults(read_conversations_query(parsed("limit=101&archived=1"))),
    UnorderedElementsAre("limit: range", "archived: enum"));
  EXPECT_THAT(faults(read_messages_query(parsed("limit=ten"))), ElementsAre("limit: type"));
}

TEST(Queries, RefusesARangeThatEndsBeforeItBegins) {
  const auto moments = [](std::string_view from, std::string_view to) {
    return parsed("from=" + std::string{from} + "&to=" + std::string{to});
  };
  const auto turned = moments("2026-03-01T00:00:00Z", "2026-02-28T23:59:59.999Z");
  EXPECT_THAT(faults(read_progress_query(turned)), ElementsAre("to: range"));
  EXPECT_THAT(faults(read_workout_plans_query(turned)), ElementsAre("to: range"));
  EXPECT_THAT(faults(read_nutrition_plans_query(turned)), ElementsAre("to: range"));
  EXPECT_THAT(faults(read_nutrition_logs_query(moments("2026-03-02", "2026-03-01"))), ElementsAre("to: range"));
  const auto same = moments("2026-03-01T00:00:00Z", "2026-03-01T01:00:00%2B01:00");
  EXPECT_TRUE(read_progress_query(same));
  EXPECT_TRUE(read_workout_plans_query(same));
  EXPECT_TRUE(read_nutrition_logs_query(moments("2026-03-01", "2026-03-01")));
}

TEST(Queries, RefusesAParameterGivenTwice) {
  EXPECT_THAT(faults(read_messages_query(parsed("limit=1&limit=1"))), ElementsAre("limit: repeated"));
  EXPECT_THAT(faults(read_messages_query(parsed("x=1&x=1"))), ElementsAre("accepted"));
}

TEST(Queries, RefusesTheCursorOfAnotherList) {
  const auto cursor = to_cursor(list_kind::messages, {1, {}});
  EXPECT_THAT(faults(read_messages_query(parsed("after=" + cursor))), ElementsAre("accepted"));
  EXPECT_THAT(faults(read_conversations_query(parsed("after=" + cursor))), ElementsAre("after: cursor"));
}

TEST(Queries, ReadsWhatIsSearchedFor) {
  const auto read = read_message_search_query(parsed("q=leg+%22after+training%22&limit=5"));
  ASSERT_TRUE(read);
  EXPECT_THAT(
    read->sought.terms, ElementsAre(search_term{"leg", false, false}, search_term{"after training", false, false}));
  EXPECT_EQ(read->page.limit, 5);
}

TEST(Queries, SaysWhereASearchCannotBeRead) {
  EXPECT_THAT(faults(read_message_search_query(parsed("limit=5"))), ElementsAre("q: required"));
  EXPECT_THAT(faults(read_message_search_query(parsed("q="))), ElementsAre("q: length"));
  EXPECT_THAT(faults(read_message_search_query(parsed("q=-run"))), ElementsAre("q: syntax"));
  const auto refused = read_message_search_query(parsed("q=leg+%22day"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().errors.front().message, "at character 5: this quotation mark is not closed");
}

TEST(Queries, ReadsTheFormAndPlaceOfAStream) {
  const auto read = read_run_stream_query(parsed("after=17&format=ndjson"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->after, 17);
  EXPECT_EQ(read->format, stream_format::ndjson);
  EXPECT_EQ(read_run_stream_query(parsed(""))->after, std::nullopt);
  EXPECT_EQ(read_run_stream_query(parsed("format=sse"))->format, stream_format::sse);
  EXPECT_THAT(
    faults(read_run_stream_query(parsed("after=-1&format=xml"))), UnorderedElementsAre("after: type", "format: enum"));
}

TEST(Queries, ReadsTheFormAndTheConversationOfAnExport) {
  const auto read = read_export_query(parsed("format=csv&conversation_id=0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->format, export_format::csv);
  EXPECT_EQ(to_string(*read->conversation), "0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02");
  EXPECT_EQ(read_export_query(parsed("format=ndjson"))->format, export_format::ndjson);
  EXPECT_EQ(read_export_query(parsed(""))->format, std::nullopt);
  EXPECT_EQ(read_export_query(parsed(""))->conversation, std::nullopt);
  EXPECT_THAT(faults(read_export_query(parsed("format=xml&conversation_id=7"))),
    UnorderedElementsAre("format: enum", "conversation_id: format"));
}

TEST(Queries, IgnoresThePlaceInAStreamThatOnlyBegins) {
  const auto read = read_chat_stream_query(parsed("after=x"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->after, std::nullopt);
}

TEST(Queries, TakesWholeNumbersInOneSpellingOnly) {
  for (const auto* text : {"00", "01", "1.0", "1e1", "%2B1", "-0", "%201", ""}) {
    EXPECT_THAT(faults(read_run_stream_query(parsed("after=" + std::string{text}))), ElementsAre("after: type"))
      << text;
    EXPECT_THAT(faults(read_messages_query(parsed("limit=" + std::string{text}))), ElementsAre("limit: type")) << text;
  }
  EXPECT_EQ(read_run_stream_query(parsed("after=0"))->after, 0);
}

}  // namespace
}  // namespace genesis::http
