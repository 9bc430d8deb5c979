#include "domain/coach/intent.hpp"
#include "domain/coach/past_spans.hpp"
#include "domain/coach/trend_words.hpp"
#include "domain/progress_trend.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// How what a person records changes.

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::after;
using test::ask;
using test::intent_of;
using test::shown;
using test::text_of;
using test::tom_asks;
using ::testing::ElementsAre;

void record(turn& asked, progress_metric metric, int days_ago, double value) {
  progress_record each;
  each.metric = metric;
  each.value = value;
  each.recorded_at = asked.now - std::chrono::days{days_ago};
  asked.records.push_back(each);
}

/// Ten entries over the last 28 days that fall, by `step` a time, from `first`.
turn with_entries(progress_metric metric, double first, double step, std::string question) {
  auto asked = tom_asks(std::move(question));
  for (int i = 0; i < 10; ++i)
    record(asked, metric, 27 - 3 * i, first + step * i);
  return asked;
}

std::size_t record_sources(const reply& told) {
  std::size_t count = 0;
  for (const auto& step : told.steps)
    if (const auto* each = std::get_if<shows>(&step))
      for (const auto& source : each->artifact.sources)
        count += source.kind == artifact_source::kind_type::record ? 1 : 0;
  return count;
}

TEST(CoachTrends, AnswerEveryMetric) {
  struct asked_metric {
    progress_metric metric;
    double first;
    double step;
    const char* english;
    const char* spanish;
  };
  const std::vector<asked_metric> all{
    {progress_metric::body_fat_pct, 25, -0.2, "how did my body fat change?", "¿cómo ha cambiado mi grasa corporal?"},
    {progress_metric::waist_cm, 90, -0.4, "how did my waist change?", "¿cómo ha evolucionado mi cintura?"},
    {progress_metric::resting_heart_rate_bpm, 60, -0.5, "how has my resting heart rate changed?",
      "¿cómo ha cambiado mi frecuencia cardíaca en reposo?"},
    {progress_metric::sleep_hours, 8, -0.1, "how did my sleep change?", "¿cómo ha cambiado mi sueño?"},
    {progress_metric::sleep_quality, 4.5, -0.2, "how did my sleep quality change?",
      "¿cómo ha cambiado la calidad de mi sueño?"},
    {progress_metric::soreness, 4.5, -0.2, "how has my soreness changed?", "¿cómo han evolucionado mis agujetas?"},
    {progress_metric::energy, 4.5, -0.2, "how did my energy change?", "¿cómo ha cambiado mi energía?"},
    {progress_metric::motivation, 4.5, -0.2, "how is my motivation trending?", "¿cómo ha cambiado mi motivación?"},
    {progress_metric::stress, 4.5, -0.2, "how did my stress change?", "¿cómo ha evolucionado mi estrés?"}};
  for (const auto& each : all)
    for (const auto* question : {each.english, each.spanish}) {
      const auto told = ask(with_entries(each.metric, each.first, each.step, question));
      ASSERT_EQ(told.what.name, "progress_trend") << question;
      EXPECT_EQ(told.what.agents.front(), agent::stella);
      const auto trend = shown<progress_trend>(told);
      ASSERT_TRUE(trend) << question << text_of(told);
      EXPECT_EQ(trend->metric, name_of(each.metric));
      EXPECT_NEAR(trend->change_per_week, each.step * 7 / 3, 1e-9) << question;
      EXPECT_EQ(record_sources(told), 10u) << question;
    }
}

TEST(CoachTrends, AnswerForTheDaysThatWereAsked) {
  for (const auto& [question, count] :
    {std::pair{"how did my waist change over the last two weeks?", 5u},
      std::pair{"how did my waist change since february 17?", 5u}, std::pair{"how did my waist change last month?", 9u},
      std::pair{"¿cómo cambió mi cintura en las últimas dos semanas?", 5u},
      std::pair{"¿cómo ha cambiado mi cintura desde el 17 de febrero?", 5u},
      std::pair{"¿cómo cambió mi cintura el mes pasado?", 9u}}) {
    const auto told = ask(with_entries(progress_metric::waist_cm, 90, -0.4, question));
    ASSERT_TRUE(shown<progress_trend>(told)) << question << ": " << text_of(told);
    EXPECT_EQ(shown<progress_trend>(told)->points.size(), count) << question;
  }
  const auto weight = ask(with_entries(progress_metric::weight_kg, 82, -0.2, "how did my weight change last month?"));
  ASSERT_TRUE(shown<weight_trend>(weight)) << text_of(weight);
  EXPECT_EQ(shown<weight_trend>(weight)->points.size(), 9u) << "not the second of March";
}

TEST(CoachTrends, AnswerSeveralMetricsAndFollowUps) {
  auto asked = with_entries(progress_metric::waist_cm, 90, -0.4, "how did my weight and waist change last month?");
  for (int i = 0; i < 10; ++i)
    record(asked, progress_metric::weight_kg, 27 - 3 * i, 82 - 0.2 * i);
  const auto both = text_of(ask(asked));
  EXPECT_TRUE(both.contains("Your weight is coming down")) << both;
  EXPECT_TRUE(both.contains("Your waist has come down")) << both;
  asked.question = "and my waist?";
  add_exchange(asked, "how did my weight change last month?");
  EXPECT_EQ(shown<progress_trend>(ask(asked)).value().points.size(), 9u) << "of the same month";
  asked.question = "and over the last two weeks?";
  add_exchange(asked, "and my waist?");
  EXPECT_EQ(shown<progress_trend>(ask(asked)).value().points.size(), 5u);
  asked.question = "and my sleep?";
  EXPECT_EQ(ask(asked).what.name, "progress_trend");
}

TEST(CoachTrends, SayPlainlyWhenThereIsTooLittle) {
  auto asked = tom_asks("how did my stress change last month?");
  EXPECT_TRUE(text_of(ask(asked)).contains("no entries of your stress between 1 February and 28 February"));
  record(asked, progress_metric::stress, 10, 4);
  const auto told = ask(asked);
  EXPECT_TRUE(text_of(told).contains("one entry")) << text_of(told);
  EXPECT_TRUE(text_of(told).contains("4 out of 5 on 20 February")) << text_of(told);
  EXPECT_FALSE(shown<progress_trend>(told));
}

TEST(CoachTrends, TellNoiseFromChange) {
  auto asked = tom_asks("how has my stress changed?");
  for (const auto& [ago, value] :
    {std::pair{20, 2}, std::pair{15, 4}, std::pair{10, 2}, std::pair{5, 4}, std::pair{1, 2}})
    record(asked, progress_metric::stress, ago, value);
  const auto text = text_of(ask(asked));
  EXPECT_TRUE(text.contains("no change that I can tell")) << text;
  EXPECT_FALSE(text.contains("way we want")) << text;
}

TEST(CoachTrends, AreAskedForInManyWays) {
  for (const auto* question : {"how did my waist do last month?", "did my resting heart rate go up last month?",
         "how is my waist?", "¿cómo dormí el mes pasado?", "how did I sleep last month?", "¿cómo va mi estrés?",
         "how has my sleep been over the last two weeks?", "¿cuánto ha bajado mi cintura este mes?"})
    EXPECT_EQ(intent_of(question), "progress_trend") << question;
}

TEST(CoachTrends, LeaveOtherQuestionsAlone) {
  EXPECT_EQ(intent_of("how did I sleep?"), "sleep");
  EXPECT_EQ(intent_of("how much sleep do I need?"), "sleep");
  EXPECT_EQ(intent_of("what are my heart rate zones?"), "heart_rate_zones");
  EXPECT_EQ(intent_of("I'm so stressed lately"), "low_mood");
  EXPECT_NE(intent_of("¿cuánta energía necesito?"), "progress_trend");
  EXPECT_NE(intent_of("how can I improve my sleep?"), "progress_trend");
  EXPECT_EQ(intent_of("I've been stressed since last month"), "low_mood");
  EXPECT_EQ(intent_of("How am I doing?"), "weight_trend");
  EXPECT_EQ(intent_of("What's my waist trend?"), "progress_trend");
  EXPECT_EQ(intent_of("what's the trend of my hips?"), "progress_log");
  EXPECT_EQ(intent_of("my resting heart rate has changed and my chest hurts"), "emergency");
}

TEST(CoachTrends, NameTheNewestOfManyRecords) {
  for (const auto metric : {progress_metric::waist_cm, progress_metric::weight_kg}) {
    auto asked = tom_asks(metric == progress_metric::waist_cm ? "how did my waist change?" : "how is my weight trend?");
    std::erase_if(asked.records, [&](const progress_record& each) { return each.metric == metric; });
    for (int days_ago = 27; days_ago >= 0; --days_ago)
      for (int i = 0; i < 5; ++i)
        record(asked, metric, days_ago, 90 - 0.01 * days_ago);
    EXPECT_EQ(record_sources(ask(asked)), 60U);
  }
}

TEST(CoachTrends, LookBackNinetyDays) {
  EXPECT_TRUE(text_of(ask(tom_asks("how has my stress changed since last year?"))).contains("90 days"));
}

calendar_day day(const char* text) {
  return parse_iso_date(text).value();
}

TEST(CoachPastSpans, AreReadInBothLanguages) {
  const auto today = day("2026-03-02");
  const auto span = [&](std::string_view text) { return past_span(fold(text), today); };
  const auto from = [&](std::string_view text) {
    const auto found = span(text);
    return found && found->to == today ? to_iso_date(found->from) : "none";
  };
  EXPECT_EQ(span("last month"), (day_span{day("2026-02-01"), day("2026-02-28")}));
  EXPECT_EQ(span("el mes pasado"), (day_span{day("2026-02-01"), day("2026-02-28")}));
  EXPECT_EQ(span("in january"), (day_span{day("2026-01-01"), day("2026-01-31")}));
  EXPECT_EQ(span("en diciembre"), (day_span{day("2025-12-01"), day("2025-12-31")}));
  EXPECT_EQ(from("over the last two weeks"), "2026-02-16");
  EXPECT_EQ(from("las dos últimas semanas"), "2026-02-16");
  EXPECT_EQ(from("in the last month"), "2026-01-31");
  EXPECT_EQ(from("en el último mes"), "2026-01-31");
  EXPECT_EQ(from("since 3 February"), "2026-02-03");
  EXPECT_EQ(from("since February 3"), "2026-02-03");
  EXPECT_EQ(from("desde el 3 de febrero"), "2026-02-03");
  EXPECT_EQ(from("since 2026-02-03"), "2026-02-03");
  EXPECT_EQ(from("since january"), "2026-01-01");
  EXPECT_EQ(from("since december"), "2025-12-01");
  EXPECT_EQ(from("since monday"), "2026-02-23") << "today is one";
  EXPECT_EQ(from("desde hace 10 días"), "2026-02-20");
  EXPECT_EQ(from("three weeks ago"), "2026-02-09");
  EXPECT_EQ(from("this month"), "2026-03-01");
  EXPECT_EQ(from("since 29 February"), "2024-02-29") << "the last one that there was";
  EXPECT_EQ(from("las 522 últimas semanas"), "2016-02-29");
  for (const auto* too_long :
    {"las 523 últimas semanas", "over the last 523 weeks", "trend over the 99999999999999999999 last weeks"})
    EXPECT_FALSE(span(too_long)) << too_long;
  EXPECT_FALSE(span("how much should I eat?"));
  EXPECT_FALSE(span("since 2026-02-31"));
}

TEST(CoachTrendWords, NameWhatIsRecorded) {
  const auto named = [](std::string_view text) { return named_metrics(fold(text)); };
  EXPECT_THAT(named("my waist and my weight"), ElementsAre(progress_metric::weight_kg, progress_metric::waist_cm));
  EXPECT_THAT(named("sleep quality"), ElementsAre(progress_metric::sleep_quality));
  EXPECT_THAT(named("mi energía y mi estrés"), ElementsAre(progress_metric::energy, progress_metric::stress));
  EXPECT_TRUE(named("how much energy do I burn?").empty());
}

}  // namespace
}  // namespace genesis::coach
