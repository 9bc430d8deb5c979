#include "cli/artifact_table.hpp"
#include "cli/chat_view.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <sstream>

namespace genesis::cli {
namespace {

boost::json::object object(std::string_view text) {
  return boost::json::parse(text).as_object();
}

class ChatView : public testing::Test {
protected:
  std::ostringstream out_;
  std::ostringstream notes_;
  chat_view pipe_{out_, notes_, false};
  chat_view terminal_{out_, notes_, true};
};

TEST_F(ChatView, WritesTheAgentBeforeItsText) {
  pipe_.show_agent("Sage");
  pipe_.show_text("Eat ");
  pipe_.show_text("well.");
  pipe_.finish_answer();
  EXPECT_EQ(out_.str(), "Sage: Eat well.\n");
}

TEST_F(ChatView, SeparatesAgentsAndEndsEachAnswerWithOneLineFeed) {
  pipe_.show_agent("Sage");
  pipe_.show_text("Eat.");
  pipe_.show_agent("Wave");
  pipe_.show_text("Sleep.\n");
  pipe_.finish_answer();
  pipe_.show_agent("Blaze");
  pipe_.finish_answer();
  EXPECT_EQ(out_.str(), "Sage: Eat.\n\nWave: Sleep.\nBlaze: \n");
}

TEST_F(ChatView, PutsTablesBehindTheText) {
  pipe_.show_agent("Sage");
  pipe_.show_artifact(object(R"({"type":"water_target","data":{"litres":2.5},"sources":[]})"));
  pipe_.show_text("Drink.");
  pipe_.finish_answer();
  EXPECT_EQ(out_.str(), "Sage: Drink.\n\nWater target\n  litres  2.5\n");
}

TEST_F(ChatView, ShowsNoTableTwice) {
  pipe_.show_artifact(object(R"({"type":"water_target","data":{"litres":2.5}})"));
  pipe_.finish_answer();
  out_.str({});
  pipe_.finish_answer();
  EXPECT_EQ(out_.str(), "");
}

TEST_F(ChatView, WritesToATerminalOnlyItsOwnEscapes) {
  terminal_.show_agent("Sa\x1b]0;x\x07ge\n");
  terminal_.show_text("a\x1b[2Jb");
  terminal_.finish_answer();
  EXPECT_EQ(out_.str(), "\x1b[1mSa]0;xge :\x1b[0m a[2Jb\n");
}

TEST_F(ChatView, KeepsNotesOutOfTheAnswer) {
  pipe_.show_text("a");
  pipe_.show_note("Wait\x1b[m.");
  pipe_.show_text("b");
  EXPECT_EQ(out_.str(), "ab");
  EXPECT_EQ(notes_.str(), "\nWait[m.\n") << "in a line of its own";
}

TEST_F(ChatView, ShowsNoTableOfAnAnswerThatWasCancelled) {
  pipe_.show_agent("Sage");
  pipe_.show_artifact(object(R"({"type":"water_target","data":{"litres":2.5}})"));
  pipe_.drop_results();
  pipe_.finish_answer();
  EXPECT_EQ(out_.str(), "Sage: \n");
}

TEST(ArtifactTable, PutsUnitsBehindValues) {
  EXPECT_EQ(artifact_table(object(R"({"type":"energy_target","data":{"resting_kcal":1780,"target_kcal":2136.456,
      "bound_by":"requested","activity_factor":1.5},"sources":[{"kind":"publication","title":"Mifflin-St Jeor",
      "reference":"Am J Clin Nutr 51:241"},{"kind":"record","title":"Your weight","reference":""}]})")),
    "Energy target\n"
    "  resting          1780 kcal\n"
    "  target           2136.46 kcal\n"
    "  bound by         requested\n"
    "  activity factor  1.5\n"
    "  from Mifflin-St Jeor: Am J Clin Nutr 51:241\n"
    "  from Your weight\n");
}

TEST(ArtifactTable, IsInThePersonsUnits) {
  const auto trend =
    object(R"({"type":"weight_trend","data":{"change_kg_per_week":-0.5,"low":-1,"litres":2,"waist_cm":86,
      "protein_g":120,"points":[{"date":"2026-11-01","kg":80,"trend_kg":80.5}]}})");
  EXPECT_EQ(artifact_table(trend, unit_system::imperial), "Weight trend\n"
                                                          "  change   -1.1 lb per week\n"
                                                          "  low      -2.2 lb per week\n"
                                                          "  fl oz    67.63\n"
                                                          "  waist    33.86 in\n"
                                                          "  protein  120 g\n"
                                                          "  points\n"
                                                          "    date        lb      trend (lb)\n"
                                                          "    2026-11-01  176.37  177.47\n");
}

TEST(ArtifactTable, GivesRecordsOfOneKindOneLine) {
  EXPECT_EQ(artifact_table(object(R"({"type":"water_target","data":{"litres":2},"sources":[
      {"kind":"record","title":"weight_kg","reference":"2026-11-01"},
      {"kind":"record","title":"weight_kg","reference":"2026-11-03"},
      {"kind":"record","title":"weight_kg","reference":"2026-11-09"},
      {"kind":"record","title":"energy","reference":"2026-11-09"}]})")),
    "Water target\n"
    "  litres  2\n"
    "  from weight kg: 2026-11-01 to 2026-11-09 (3 records)\n"
    "  from energy: 2026-11-09\n");
}

TEST(ArtifactTable, ShowsSeriesWithTheirUnitsInTheHead) {
  EXPECT_EQ(artifact_table(object(R"({"type":"heart_rate_zones","data":{"max_bpm":187,"formula":"Tanaka",
      "zones":[{"zone":1,"low_bpm":94,"high_bpm":112},{"zone":2,"low_bpm":112,"high_bpm":131}]}})")),
    "Heart rate zones\n"
    "  max      187 bpm\n"
    "  formula  Tanaka\n"
    "  zones\n"
    "    zone  low (bpm)  high (bpm)\n"
    "    1     94         112\n"
    "    2     112        131\n");
}

TEST(ArtifactTable, ShowsTheEndOfALongSeries) {
  std::string points;
  for (int day = 1; day <= 20; ++day)
    points += std::string{day > 1 ? "," : ""} + R"({"kg":)" + std::to_string(100 + day) + "}";
  const auto table = artifact_table(object(R"({"type":"weight_trend","data":{"points":[)" + points + "]}}"));
  EXPECT_NE(table.find("points (the last 14)"), std::string::npos) << table;
  EXPECT_EQ(table.find("106"), std::string::npos) << table;
  EXPECT_NE(table.find("107"), std::string::npos) << table;
  EXPECT_NE(table.find("120"), std::string::npos) << table;
}

TEST(ArtifactTable, NamesInputsAndGaps) {
  EXPECT_EQ(artifact_table(
              object(R"({"type":"resting_energy","data":{"kcal_per_day":1780,"inputs":{"weight_kg":82.5,"age":40}}})")),
    "Resting energy\n  kcal per day  1780\n  inputs\n    weight  82.5 kg\n    age     40\n");
  EXPECT_EQ(artifact_table(object(R"({"type":"profile_gaps","data":{"fields":["height_cm","date_of_birth"]}})")),
    "Profile gaps\n  fields  height, date of birth\n");
}

TEST(ArtifactTable, IsPrintableWhateverItIsGiven) {
  EXPECT_EQ(artifact_table(object(R"({"type":"a\u001b[m","data":{"b\nc":"d\u009be\n","f":null,"g":true,"h":{},"i":[],
      "j":[{"k":1},2]}})")),
    "A[m\n  bc  de\n  f   -\n  g   yes\n  i   -\n  j\n    k\n    1\n\n");
  EXPECT_EQ(artifact_table({}), "\n");
}

}  // namespace
}  // namespace genesis::cli
