#include "domain/energy.hpp"
#include "domain/heart_rate.hpp"
#include "domain/hydration.hpp"
#include "domain/macros.hpp"
#include "domain/readiness.hpp"
#include "domain/strength.hpp"
#include "domain/weight_trend.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace genesis::test {
namespace {

const std::filesystem::path folder = std::filesystem::path{GENESIS_SOURCE_DIR} / "tests/domain/transcripts";

std::vector<std::filesystem::path> transcript_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{folder})
    if (entry.path().extension() == ".txt")
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in{file};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The numbers of an artifact line of a file: `[artifact TYPE] name=value ...`.
std::map<std::string, std::string> artifact_in(const std::string& file, std::size_t question, const std::string& type) {
  std::istringstream lines{content_of(folder / file)};
  std::size_t questions = 0;
  for (std::string line; std::getline(lines, line);) {
    questions += line.starts_with("> ") ? 1 : 0;
    if (questions != question || !line.starts_with("[artifact " + type + "]"))
      continue;
    std::map<std::string, std::string> fields;
    std::istringstream words{line};
    for (std::string word; words >> word;)
      if (const auto equals = word.find('='); equals != std::string::npos)
        fields[word.substr(0, equals)] = word.substr(equals + 1);
    return fields;
  }
  ADD_FAILURE() << file << ": question " << question << " has no " << type;
  return {};
}

double number(const std::map<std::string, std::string>& fields, const std::string& name) {
  const auto found = fields.find(name);
  if (found == fields.end()) {
    ADD_FAILURE() << "no " << name;
    return std::nan("");
  }
  return std::stod(found->second);
}

/// Rewrites the files instead of comparing them. Whoever does so reads the difference as the person would.
bool is_writing() {
  return std::getenv("GENESIS_WRITE_TRANSCRIPTS") != nullptr;  // NOLINT(concurrency-mt-unsafe): no other thread runs
}

TEST(CoachTranscripts, AreTwenty) {
  EXPECT_GE(transcript_files().size(), 20u);
}

TEST(CoachTranscripts, AreWhatTheCoachAnswers) {
  for (const auto& file : transcript_files()) {
    SCOPED_TRACE(file.filename().string());
    const auto dialogue = read_transcript(file);
    ASSERT_FALSE(dialogue.exchanges.empty());
    const auto text = render(dialogue, play(dialogue));
    if (is_writing())
      std::ofstream{file} << text;
    EXPECT_EQ(content_of(file), text);
  }
}

TEST(CoachTranscripts, GiveTheDisclaimerAtMostOnce) {
  for (const auto& file : transcript_files()) {
    SCOPED_TRACE(file.filename().string());
    std::size_t count = 0;
    for (const auto& each : play(read_transcript(file)))
      count += each.text.contains("not a doctor: take") || each.text.contains("no tu médico: toma") ? 1 : 0;
    EXPECT_LE(count, 1u);
  }
}

TEST(CoachTranscripts, LeaveNoPlaceUnfilledAndNoSpaceDoubled) {
  for (const auto& file : transcript_files())
    for (const auto& each : play(read_transcript(file))) {
      SCOPED_TRACE(file.filename().string() + ": " + each.asked.question);
      EXPECT_FALSE(each.text.empty());
      for (const auto* fault : {"{", "}", "  ", " ,", " .", "\n\n\n", " nan", "inf ", "-0 "})
        EXPECT_FALSE(each.text.contains(fault)) << "'" << fault << "' in " << each.text;
    }
}

/// What must hold of every artifact, whoever asks.
struct invariants {
  void operator()(const resting_energy& it) const { EXPECT_GT(it.kcal_per_day, 500); }
  void operator()(const energy_target& it) const {
    EXPECT_NEAR(it.maintenance_kcal, it.resting_kcal * it.activity_factor, 1e-9);
    EXPECT_GE(it.target_kcal, std::min(it.floor_kcal, it.maintenance_kcal) - 1e-9);
  }
  void operator()(const macro_targets& it) const {
    EXPECT_NEAR(it.kcal, 4 * it.protein_g + 4 * it.carbs_g + 9 * it.fat_g, 1e-9);
    double protein_g = 0;
    for (const auto& meal : it.per_meal)
      protein_g += meal.protein_g;
    EXPECT_NEAR(protein_g, it.protein_g, 1e-9);
  }
  void operator()(const one_rep_max& it) const {
    EXPECT_TRUE(std::ranges::any_of(it.estimates, [&](const auto& each) { return each.kg == it.kg; }));
  }
  void operator()(const heart_rate_zones& it) const {
    ASSERT_EQ(it.zones.size(), 5u);
    for (const auto& zone : it.zones)
      EXPECT_LT(zone.low_bpm, zone.high_bpm);
  }
  void operator()(const weight_trend& it) const {
    EXPECT_LE(it.low, it.change_kg_per_week);
    EXPECT_LE(it.change_kg_per_week, it.high);
  }
  void operator()(const progress_trend& it) const {
    EXPECT_LE(it.low, it.change_per_week);
    EXPECT_LE(it.change_per_week, it.high);
  }
  void operator()(const readiness& it) const { EXPECT_TRUE(it.score >= 1 && it.score <= 5); }
  void operator()(const water_target& it) const { EXPECT_TRUE(it.litres >= 1.5 && it.litres <= 3.5); }
  void operator()(const profile_gaps& it) const { EXPECT_FALSE(it.fields.empty()); }
  void operator()(const safety_notice& it) const { EXPECT_FALSE(it.kind.empty()); }
};

TEST(CoachTranscripts, ShowOnlySoundArtifactsWithSources) {
  for (const auto& file : transcript_files())
    for (const auto& each : play(read_transcript(file)))
      for (const auto& step : each.told.steps)
        if (const auto* shown = std::get_if<coach::shows>(&step)) {
          SCOPED_TRACE(file.filename().string() + ": " + each.asked.question);
          std::visit(invariants{}, shown->artifact.data);
          const bool is_number = !std::holds_alternative<profile_gaps>(shown->artifact.data) &&
                                 !std::holds_alternative<safety_notice>(shown->artifact.data);
          EXPECT_EQ(!shown->artifact.sources.empty(), is_number);
        }
}

/// One number of one artifact in a file, and what the formulas make of the head of that file.
struct expectation {
  std::string file;
  std::size_t question;
  std::string type;
  std::string field;
  double value;
};

TEST(CoachTranscripts, HoldTheNumbersThatTheFormulasGive) {
  constexpr auto man = reference_sex::male;
  constexpr auto woman = reference_sex::female;
  const double tom_resting = mifflin_st_jeor_kcal(man, 80, 180, 30);
  const double ana_resting = mifflin_st_jeor_kcal(woman, 72.4, 165, 31);
  const std::vector<expectation> expectations{
    {"01_losing_weight_en.txt", 2, "energy_target", "resting_kcal", 1780},
    {"01_losing_weight_en.txt", 2, "energy_target", "target_kcal", 2207.2},
    {"01_losing_weight_en.txt", 3, "energy_target", "target_kcal", tom_resting * 1.725 * 0.8},
    {"01_losing_weight_en.txt", 4, "macro_targets", "protein_g", 176},
    {"02_losing_weight_es.txt", 2, "energy_target", "target_kcal", ana_resting * 1.55 * 0.8},
    {"02_losing_weight_es.txt", 4, "water_target", "litres", 2.0},
    {"03_one_rep_max_en.txt", 1, "one_rep_max", "kg", 100 * (1 + 5 / 30.0)},
    {"03_one_rep_max_en.txt", 3, "one_rep_max", "kg", 112.5},
    {"04_one_rep_max_es.txt", 1, "one_rep_max", "kg", 60 * (1 + 8 / 30.0)},
    {"04_one_rep_max_es.txt", 3, "one_rep_max", "kg", 65 * (1 + 5 / 30.0)},
    {"06_progress_es.txt", 2, "energy_target", "target_kcal", ana_resting * 1.55 * 1.1},
    {"07_readiness_en.txt", 1, "readiness", "score", (2 + 2 + 3 + 3) / 4.0 - 0.5},
    {"07_readiness_en.txt", 2, "heart_rate_zones", "max_bpm", 208 - 0.7 * 30},
    {"08_readiness_es.txt", 1, "readiness", "score", 4.0},
    {"09_empty_profile_en.txt", 4, "energy_target", "target_kcal", mifflin_st_jeor_kcal(man, 88, 183, 34) * 1.55 * 0.8},
    {"10_empty_profile_es.txt", 5, "energy_target", "target_kcal", mifflin_st_jeor_kcal(woman, 64, 162, 41) * 1.2},
    {"11_unsafe_en.txt", 1, "energy_target", "target_kcal", 2207.2},
    {"15_underweight_and_young.txt", 2, "water_target", "litres", 2.0},
    {"17_imperial_long_en.txt", 1, "energy_target", "resting_kcal", katch_mcardle_kcal(77.1, 31)},
    {"17_imperial_long_en.txt", 2, "energy_target", "resting_kcal", harris_benedict_kcal(woman, 77.1, 170.2, 37)},
    {"17_imperial_long_en.txt", 5, "one_rep_max", "kg", 225 * 0.45359237 * (1 + 6 / 30.0)},
    {"19_training_en.txt", 7, "heart_rate_zones", "max_bpm", 187},
    {"21_floor_and_hypothesis_es.txt", 1, "energy_target", "target_kcal", 1200},
    {"21_floor_and_hypothesis_es.txt", 2, "energy_target", "resting_kcal", mifflin_st_jeor_kcal(woman, 75, 155, 63)},
    {"21_floor_and_hypothesis_es.txt", 3, "energy_target", "activity_factor", 1.375},
    {"21_floor_and_hypothesis_es.txt", 5, "resting_energy", "kcal_per_day", harris_benedict_kcal(woman, 56, 155, 63)},
    {"22_asked_specialists_en.txt", 1, "macro_targets", "protein_g", 160},
    {"22_asked_specialists_en.txt", 2, "energy_target", "target_kcal", 1780 * 1.55 * 1.1},
    {"26_paces_and_units_en.txt", 2, "one_rep_max", "kg", 100 * (1 + 5 / 30.0)},
    {"26_paces_and_units_en.txt", 4, "energy_target", "target_kcal",
      mifflin_st_jeor_kcal(woman, 77.1, 170.2, 37) * 1.375 - 550},
    {"26_paces_and_units_en.txt", 7, "heart_rate_zones", "max_bpm", 208 - 0.7 * 50},
    {"27_paces_and_signs_es.txt", 2, "energy_target", "target_kcal", 1200},
    {"27_paces_and_signs_es.txt", 4, "energy_target", "target_kcal", ana_resting * 1.2 + 72.4 * 0.005 * 1100},
    {"28_short_replies_en.txt", 7, "energy_target", "target_kcal",
      mifflin_st_jeor_kcal(woman, 68, 170, 36) * 1.55 - 550},
    {"28_short_replies_en.txt", 10, "energy_target", "target_kcal",
      mifflin_st_jeor_kcal(woman, 68, 170, 36) * 1.55 - 550},
    {"29_short_replies_es.txt", 3, "energy_target", "target_kcal", mifflin_st_jeor_kcal(man, 82, 178, 41) * 1.55 * 1.1},
    {"29_short_replies_es.txt", 7, "macro_targets", "protein_g", 160},
    {"30_trends_en.txt", 3, "progress_trend", "change_per_week", 1.9},
    {"30_trends_en.txt", 7, "readiness", "score", (2 + 3 + 2 + 3) / 4.0},
    {"31_trends_es.txt", 6, "readiness", "score", (2 + 2 + 2 + 2) / 4.0},
  };
  for (const auto& [file, question, type, field, value] : expectations) {
    SCOPED_TRACE(file + " question " + std::to_string(question) + " " + field);
    EXPECT_NEAR(number(artifact_in(file, question, type), field), value, 1e-6);
  }
}

}  // namespace
}  // namespace genesis::test
