#include "http/artifact_json.hpp"
#include "http/encoders.hpp"

#include <gmock/gmock.h>

namespace genesis::http {
namespace {

using testing::ElementsAre;

const artifact_source source{
  artifact_source::kind_type::publication, "Mifflin-St Jeor", "Mifflin et al. 1990, Am J Clin Nutr 51:241-247"};

std::string members_of(artifact_data data) {
  return json_encoders().artifact_fields({std::move(data), {}});
}

TEST(ArtifactJson, WritesTypeDataAndSources) {
  EXPECT_EQ(json_encoders().artifact_fields(
              {resting_energy{1386, "mifflin_st_jeor", {{"weight_kg", 68.4}, {"height_cm", 168}}}, {source}}),
    R"("type":"resting_energy","data":{"kcal_per_day":1386,"formula":"mifflin_st_jeor",)"
    R"("inputs":{"weight_kg":68.4,"height_cm":168}},)"
    R"("sources":[{"kind":"publication","title":"Mifflin-St Jeor",)"
    R"("reference":"Mifflin et al. 1990, Am J Clin Nutr 51:241-247"}])");
}

TEST(ArtifactJson, WritesEveryKindWithItsMembers) {
  EXPECT_EQ(members_of(energy_target{1400, 2170, 1736, 1200, "requested", 1.55}),
    R"("type":"energy_target","data":{"resting_kcal":1400,"maintenance_kcal":2170,"target_kcal":1736,"floor_kcal":1200,)"
    R"("bound_by":"requested","activity_factor":1.55},"sources":[])");
  EXPECT_EQ(members_of(macro_targets{1736, 130, 180, 55, 25, {{1, 579, 43.5, 60, 18}}}),
    R"("type":"macro_targets","data":{"kcal":1736,"protein_g":130,"carbs_g":180,"fat_g":55,"fibre_g":25,)"
    R"("per_meal":[{"meal":1,"kcal":579,"protein_g":43.5,"carbs_g":60,"fat_g":18}]},"sources":[])");
  EXPECT_EQ(members_of(one_rep_max{116.5, {{"epley", 116.5}, {"brzycki", 112.5}}}),
    R"("type":"one_rep_max","data":{"kg":116.5,"estimates":[{"formula":"epley","kg":116.5},)"
    R"({"formula":"brzycki","kg":112.5}]},"sources":[])");
  EXPECT_EQ(members_of(heart_rate_zones{183, "tanaka", {{1, 92, 110}}}),
    R"("type":"heart_rate_zones","data":{"max_bpm":183,"formula":"tanaka",)"
    R"("zones":[{"zone":1,"low_bpm":92,"high_bpm":110}]},"sources":[])");
  EXPECT_EQ(members_of(weight_trend{{{*parse_iso_date("2026-03-01"), 80.5, 80.25}}, -0.5, -0.75, -0.25}),
    R"("type":"weight_trend","data":{"points":[{"date":"2026-03-01","kg":80.5,"trend_kg":80.25}],)"
    R"("change_kg_per_week":-0.5,"low":-0.75,"high":-0.25},"sources":[])");
  EXPECT_EQ(members_of(progress_trend{"stress", {{*parse_iso_date("2026-03-01"), 3.5}}, -0.5, -0.75, -0.25}),
    R"("type":"progress_trend","data":{"metric":"stress","points":[{"date":"2026-03-01","value":3.5}],)"
    R"("change_per_week":-0.5,"low":-0.75,"high":-0.25},"sources":[])");
  EXPECT_EQ(members_of(readiness{3.5, "moderate", {{"soreness", 4}}}),
    R"("type":"readiness","data":{"score":3.5,"level":"moderate","inputs":{"soreness":4}},"sources":[])");
  EXPECT_EQ(members_of(water_target{2.5}), R"("type":"water_target","data":{"litres":2.5},"sources":[])");
  EXPECT_EQ(members_of(profile_gaps{{"sex", "height_cm"}}),
    R"("type":"profile_gaps","data":{"fields":["sex","height_cm"]},"sources":[])");
  EXPECT_EQ(
    members_of(safety_notice{"emergency"}), R"("type":"safety_notice","data":{"kind":"emergency"},"sources":[])");
}

TEST(ArtifactJson, GivesBackTheMembersOfStoredArtifacts) {
  const std::vector<artifact> all{{water_target{2.5}, {source}}, {profile_gaps{{"a]}\""}}, {}}};
  const auto stored = json_encoders().artifact_array(all);
  EXPECT_THAT(json_encoders().stored_artifact_fields(stored),
    ElementsAre(json_encoders().artifact_fields(all[0]), json_encoders().artifact_fields(all[1])));
  EXPECT_EQ(json_encoders().artifact_array({}), "[]");
  std::vector<run_event> events(1);  // a token among them
  for (const auto& each : all) {
    events.emplace_back().type = run_event_type::artifact;
    events.back().fields_json = json_encoders().artifact_fields(each);
  }
  EXPECT_EQ(json_encoders().artifact_array_of(events), stored);
  EXPECT_EQ(json_encoders().artifact_array_of({}), "[]");
  EXPECT_TRUE(json_encoders().stored_artifact_fields("[]").empty());
}

}  // namespace
}  // namespace genesis::http
