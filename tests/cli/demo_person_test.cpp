#include "auth/random.hpp"
#include "cli/demo_person.hpp"
#include "cli/demo_talk.hpp"
#include "domain/coach/language.hpp"
#include "http/encoders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace genesis::cli {

namespace {

timestamp noon_of_march() {
  return parse_rfc3339("2026-03-20T19:45:12.345Z").value();
}

std::vector<progress_record> records_at(timestamp now) {
  uuid_source ids{auth::fill_random};
  return demo_records(now, ids);
}

std::vector<told_conversation> conversations_at(timestamp now) {
  uuid_source ids{auth::fill_random};
  return demo_conversations(
    demo_profile("demo@example.com"), demo_preferences(), records_at(now), now, http::json_encoders(), ids);
}

std::vector<double> values_of(const std::vector<progress_record>& records, progress_metric metric) {
  std::vector<double> values;
  for (const auto& each : records)
    if (each.metric == metric)
      values.push_back(each.value);
  return values;
}

double mean(std::span<const double> values) {
  double sum = 0;
  for (const auto each : values)
    sum += each;
  return sum / static_cast<double>(values.size());
}

}  // namespace

TEST(DemoPerson, HasTheSameValuesWheneverItIsMade) {
  const auto now = noon_of_march();
  const auto first = records_at(now);
  const auto later = records_at(now + std::chrono::hours{24 * 1'000} + std::chrono::hours{7});
  ASSERT_EQ(first.size(), later.size());
  for (const auto metric : {progress_metric::weight_kg, progress_metric::waist_cm, progress_metric::sleep_hours})
    EXPECT_EQ(values_of(first, metric), values_of(later, metric));
}

TEST(DemoPerson, KeepsToTheRangesOfTheMetrics) {
  for (const auto& each : records_at(noon_of_march())) {
    EXPECT_TRUE(range_of(each.metric).contains(each.value)) << name_of(each.metric) << ' ' << each.value;
    if (is_rating(each.metric)) {
      EXPECT_EQ(each.value, std::round(each.value)) << name_of(each.metric);
    }
  }
}

TEST(DemoPerson, HasEveryMetricButTheBodyFat) {
  std::map<progress_metric, int> counts;
  for (const auto& each : records_at(noon_of_march()))
    ++counts[each.metric];
  EXPECT_EQ(counts.size(), 9U);
  EXPECT_FALSE(counts.contains(progress_metric::body_fat_pct));
  EXPECT_GE(counts[progress_metric::waist_cm], 12);
  EXPECT_GE(counts[progress_metric::resting_heart_rate_bpm], 40);
  EXPECT_GE(counts[progress_metric::sleep_hours], 75);
}

TEST(DemoPerson, HasNinetyDaysWithSomeThatHaveNoWeight) {
  for (const auto hours : {0, 3, 9, 15, 23}) {
    const auto now = noon_of_march() + std::chrono::hours{hours};
    const auto records = records_at(now);
    EXPECT_TRUE(std::ranges::is_sorted(records, {}, &progress_record::recorded_at));
    EXPECT_LT(records.back().recorded_at, now);
    EXPECT_LT(now - records.back().recorded_at, std::chrono::hours{26}) << "the coach looks at the last day";
    const auto days = std::chrono::floor<std::chrono::days>(records.back().recorded_at) -
                      std::chrono::floor<std::chrono::days>(records.front().recorded_at);
    EXPECT_EQ(days.count(), demo_days - 1);
    const auto weights = values_of(records, progress_metric::weight_kg);
    EXPECT_GT(weights.size(), 60U);
    EXPECT_LT(weights.size(), 85U);
  }
}

TEST(DemoPerson, LosesWeightWithAPlateau) {
  std::map<int, std::vector<double>> by_day;
  const auto records = records_at(noon_of_march());
  const auto first = std::chrono::floor<std::chrono::days>(records.front().recorded_at);
  for (const auto& each : records)
    if (each.metric == progress_metric::weight_kg)
      by_day[static_cast<int>((std::chrono::floor<std::chrono::days>(each.recorded_at) - first).count()) / 10]
        .push_back(each.value);
  const auto level = [&](int tenth) { return mean(by_day.at(tenth)); };
  EXPECT_GT(level(0) - level(8), 3);
  EXPECT_LT(level(0) - level(8), 6);
  EXPECT_GT(level(0) - level(3), 1.2) << "the loss before the plateau";
  EXPECT_LT(std::abs(level(4) - level(5)), 0.4) << "the plateau";
  EXPECT_GT(level(5) - level(8), 1.0) << "the loss after it";
}

TEST(DemoPerson, IsToldFromSomebodyElse) {
  auto person = demo_profile("demo@example.com");
  EXPECT_TRUE(is_demo_profile(person));
  person.full_name = "Ann";
  EXPECT_FALSE(is_demo_profile(person));
}

TEST(DemoTalk, HasFiveConversationsOneOfThemInSpanish) {
  const auto all = conversations_at(noon_of_march());
  ASSERT_EQ(all.size(), 5U);
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, [](const told_conversation& each) { return each.thread.created_at; }));
  const auto is_spanish = [](const told_conversation& each) {
    return std::ranges::all_of(each.messages,
      [](const message& said) { return coach::detect_language(said.content) == coach::language::spanish; });
  };
  EXPECT_EQ(std::ranges::count_if(all, is_spanish), 1);
}

TEST(DemoTalk, StoresWhatTheServerWouldHaveStored) {
  const auto now = noon_of_march();
  for (const auto& [thread, messages, runs] : conversations_at(now)) {
    ASSERT_EQ(messages.size(), 2 * runs.size());
    EXPECT_EQ(thread.message_count, static_cast<std::int64_t>(messages.size()));
    EXPECT_EQ(thread.revision, static_cast<std::int64_t>(runs.size()));
    EXPECT_EQ(thread.title, messages.front().content);
    EXPECT_EQ(thread.last_message_at, messages.back().created_at);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const auto& each = messages[i];
      const auto& run = runs[i / 2];
      EXPECT_EQ(each.seq, static_cast<std::int64_t>(i + 1));
      EXPECT_EQ(each.conversation, thread.id);
      EXPECT_EQ(each.run, run.id);
      EXPECT_LT(each.updated_at, now);
      EXPECT_FALSE(each.content.empty());
      EXPECT_EQ(each.status, message_status::complete);
      EXPECT_EQ(each.role, i % 2 == 0 ? message_role::user : message_role::assistant);
      EXPECT_EQ(each.id, i % 2 == 0 ? run.user_message : run.assistant_message);
      EXPECT_EQ(each.agent.has_value(), i % 2 == 1);
    }
    for (const auto& each : runs) {
      EXPECT_EQ(each.status, run_status::success);
      ASSERT_TRUE(each.started_at && each.ended_at && each.usage);
      EXPECT_GT(each.last_seq, each.usage->output_tokens + 4);
      EXPECT_LT(each.created_at, *each.ended_at);
    }
  }
}

TEST(DemoTalk, ShowsArtifactsAndUsesTheRecords) {
  std::set<std::string> types;
  std::string last_answers;
  for (const auto& each : conversations_at(noon_of_march())) {
    for (const auto& message : each.messages)
      for (const auto* type : {"energy_target", "macro_targets", "weight_trend", "one_rep_max", "heart_rate_zones",
             "readiness", "water_target"})
        if (message.artifacts_json.find("\"type\":\"" + std::string{type} + '"') != std::string::npos)
          types.insert(type);
    last_answers = each.messages[1].content;
  }
  EXPECT_EQ(types.size(), 7U);
  EXPECT_NE(last_answers.find("out of 5"), std::string::npos) << last_answers;
}

TEST(DemoTalk, GivesEverythingAnIdOfItsOwn) {
  std::set<uuid> ids;
  std::size_t count = 0;
  for (const auto& each : conversations_at(noon_of_march())) {
    ids.insert(each.thread.id.value);
    for (const auto& message : each.messages)
      ids.insert(message.id.value);
    for (const auto& run : each.runs)
      ids.insert(run.id.value);
    count += 1 + each.messages.size() + each.runs.size();
  }
  EXPECT_EQ(ids.size(), count);
}

}  // namespace genesis::cli
