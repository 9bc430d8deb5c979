#include "http/bodies.hpp"
#include "http/schema.hpp"

#include <gmock/gmock.h>

namespace genesis::http {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

const timestamp now = *parse_rfc3339("2026-03-01T12:00:00Z");

std::vector<std::string> rules(const field_errors& errors) {
  std::vector<std::string> all;
  for (const auto& each : errors)
    all.push_back(each.field + ": " + each.rule);
  return all.empty() ? std::vector<std::string>{"accepted"} : all;
}

template <class T>
std::vector<std::string> faults(const accepted<T>& read) {
  if (!read)
    return rules(read.error().errors);
  if constexpr (requires { read->faults; })
    return rules(read->faults);
  else
    return {"accepted"};
}

std::string with_days(std::string_view days) {
  return R"({"name":"Legs","days":)" + std::string{days} + '}';
}

TEST(PlanBodies, ReadAWorkoutPlan) {
  const auto read = read_new_workout_plan(
    R"({"name":"Legs","goal":"gain_muscle","notes":"Slow","is_active":true,"starts_on":"2026-03-02","ends_on":"2026-03-02",)"
    R"("days":[{"exercises":[{"sets":3,"load_kg":62.50,"name":"Squat \u00e9","reps_min":5.0}],"name":"A"},{"name":"B"}]})",
    now);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->name, "Legs");
  EXPECT_EQ(read->goal, goal::gain_muscle);
  EXPECT_EQ(read->notes, "Slow");
  EXPECT_TRUE(read->is_active);
  EXPECT_EQ(read->starts_on, parse_iso_date("2026-03-02"));
  EXPECT_EQ(read->ends_on, parse_iso_date("2026-03-02"));
  EXPECT_EQ(read->days_json,
    "[{\"name\":\"A\",\"weekday\":null,\"exercises\":[{\"name\":\"Squat \u00e9\",\"sets\":3,\"reps_min\":5,"
    "\"reps_max\":null,\"seconds\":null,\"load_kg\":62.5,\"rest_seconds\":null,\"note\":null}]},"
    "{\"name\":\"B\",\"weekday\":null,\"exercises\":[]}]");
}

TEST(PlanBodies, NeedOfAWorkoutPlanNothingButAName) {
  const auto read = read_new_workout_plan(R"({"name":"Legs"})", now);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->is_active);
  EXPECT_EQ(read->days_json, "[]");
  EXPECT_THAT(faults(read_new_workout_plan("{}", now)), ElementsAre("name: required"));
}

TEST(PlanBodies, NameEveryFaultOfAWorkoutPlan) {
  EXPECT_THAT(
    faults(read_new_workout_plan(
      R"({"name":" ","goal":"fun","starts_on":"2026-03-02","ends_on":"2026-03-01","id":"x","days":[)"
      R"({"name":"A","weekday":"monday","exercises":[{"name":"Squat","sets":0,"reps_min":9,"reps_max":8},{"sets":21}]},7]})",
      now)),
    UnorderedElementsAre("name: blank", "goal: enum", "ends_on: range", "id: read_only", "days[0].weekday: enum",
      "days[0].exercises[0].sets: range", "days[0].exercises[0].reps_max: range", "days[0].exercises[1].name: required",
      "days[0].exercises[1].sets: range", "days[1]: type"));
  EXPECT_THAT(faults(read_new_workout_plan(with_days("null"), now)), ElementsAre("days: type"));
  EXPECT_THAT(faults(read_new_workout_plan(with_days(R"([{"name":"A","exercises":null}])"), now)),
    ElementsAre("days[0].exercises: type"));
}

TEST(PlanBodies, BoundTheNumberOfDaysAndExercises) {
  const auto many = [](std::size_t count, const std::string& each) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i)
      all += (i == 0 ? "" : ",") + each;
    return '[' + all + ']';
  };
  EXPECT_THAT(faults(read_new_workout_plan(with_days(many(14, R"({"name":"A"})")), now)), ElementsAre("accepted"));
  EXPECT_THAT(
    faults(read_new_workout_plan(with_days(many(15, R"({"name":"A"})")), now)), ElementsAre("days: max_items"));
  const auto exercises = [&](std::size_t count) {
    return with_days(R"([{"name":"A","exercises":)" + many(count, R"({"name":"B","sets":1})") + "}]");
  };
  EXPECT_THAT(faults(read_new_workout_plan(exercises(30), now)), ElementsAre("accepted"));
  EXPECT_THAT(faults(read_new_workout_plan(exercises(31), now)), ElementsAre("days[0].exercises: max_items"));
}

TEST(PlanBodies, BoundTheBytesOfDaysAsTheyAreKept) {
  // Quotes take two bytes each where they are kept, however they are sent.
  const auto days_of = [](std::size_t bytes) {
    const std::string empty = R"({"name":"A","weekday":null,"exercises":[]})";
    const std::string exercise =
      R"({"name":"B","sets":1,"reps_min":null,"reps_max":null,"seconds":null,"load_kg":null,)"
      R"("rest_seconds":null,"note":""})";
    std::string all;
    std::size_t size = 2;
    for (int day = 0; day < 14 && size < bytes; ++day) {
      std::string inner;
      for (int i = 0; i < 30 && size + (i == 0 ? empty.size() + 1 : 0) + exercise.size() + 1 < bytes; ++i) {
        const auto left = bytes - size - (i == 0 ? empty.size() + 1 : 0) - exercise.size() - 1;
        const auto note = std::min<std::size_t>(left, 500);
        auto each = exercise;
        each.insert(each.size() - 2, std::string(note, 'x'));
        size += (i == 0 ? empty.size() + (day == 0 ? 0 : 1) : 1) + each.size();
        inner += (inner.empty() ? "" : ",") + each;
      }
      if (inner.empty())
        break;
      all += (all.empty() ? "" : ",") + (R"({"name":"A","weekday":null,"exercises":[)" + inner + "]}");
    }
    return '[' + all + ']';
  };
  const auto fits = days_of(plan_parts_bytes_max);
  ASSERT_LE(fits.size(), plan_parts_bytes_max);
  ASSERT_GT(fits.size() + 500, plan_parts_bytes_max);
  EXPECT_THAT(faults(read_new_workout_plan(with_days(fits), now)), ElementsAre("accepted"));
  EXPECT_THAT(
    faults(read_new_workout_plan(with_days(days_of(plan_parts_bytes_max + 700)), now)), ElementsAre("days: length"));
  EXPECT_THAT(
    faults(read_workout_plan_patch(with_days(days_of(plan_parts_bytes_max + 700)), now)), ElementsAre("days: length"));
}

TEST(PlanBodies, ReadChangesOfAWorkoutPlan) {
  const auto read = read_workout_plan_patch(R"({"goal":null,"is_active":false,"ends_on":"2026-03-02","days":[]})", now);
  ASSERT_TRUE(read);
  EXPECT_THAT(read->faults, testing::IsEmpty());
  EXPECT_EQ(read->changes.name, std::nullopt);
  EXPECT_TRUE(read->changes.goal && !*read->changes.goal);
  EXPECT_FALSE(read->changes.notes);
  EXPECT_EQ(read->changes.is_active, false);
  EXPECT_FALSE(read->changes.starts_on);
  EXPECT_EQ(read->changes.ends_on, std::optional{parse_iso_date("2026-03-02")});
  EXPECT_EQ(read->changes.days_json, "[]");
  EXPECT_EQ(read_workout_plan_patch("{}", now)->changes.days_json, std::nullopt);
  EXPECT_THAT(
    faults(read_workout_plan_patch(
      R"({"name":null,"days":[{"name":"A","exercises":[{"name":"B","sets":1,"reps_min":2,"reps_max":1}]}]})", now)),
    UnorderedElementsAre("name: type", "days[0].exercises[0].reps_max: range"));
}

constexpr std::string_view targets = R"("energy_kcal":1800,"protein_g":130,"carbs_g":190,"fat_g":55.5)";

TEST(PlanBodies, ReadANutritionPlan) {
  const auto read =
    read_new_nutrition_plan(R"({"name":"Cut",)" + std::string{targets} +
                              R"(,"fibre_g":30,"water_litres":2.5,)"
                              R"("meals":[{"share_pct":25,"name":"Breakfast"},{"name":"Rest","energy_kcal":1350}]})",
      now);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->energy_kcal, 1'800);
  EXPECT_EQ(read->protein_g, 130);
  EXPECT_EQ(read->carbs_g, 190);
  EXPECT_EQ(read->fat_g, 55.5);
  EXPECT_EQ(read->fibre_g, 30);
  EXPECT_EQ(read->water_litres, 2.5);
  EXPECT_EQ(read->meals_json, R"([{"name":"Breakfast","share_pct":25,"energy_kcal":null,"note":null},)"
                              R"({"name":"Rest","share_pct":null,"energy_kcal":1350,"note":null}])");
}

TEST(PlanBodies, NameEveryFaultOfANutritionPlan) {
  EXPECT_THAT(faults(read_new_nutrition_plan(R"({"name":"Cut"})", now)),
    UnorderedElementsAre("energy_kcal: required", "protein_g: required", "carbs_g: required", "fat_g: required"));
  EXPECT_THAT(
    faults(read_new_nutrition_plan(
      R"({"name":"Cut","energy_kcal":799,"protein_g":-1,"carbs_g":1001,"fat_g":"much","fibre_g":201,"water_litres":21,)"
      R"("meals":[{"name":"A","share_pct":50,"energy_kcal":900},{"name":"B","share_pct":101}]})",
      now)),
    UnorderedElementsAre("energy_kcal: range", "protein_g: range", "carbs_g: range", "fat_g: type", "fibre_g: range",
      "water_litres: range", "meals[0].energy_kcal: exclusive", "meals[1].share_pct: range"));
}

TEST(PlanBodies, ReadChangesOfANutritionPlan) {
  const auto read = read_nutrition_plan_patch(
    R"({"name":"Slow","notes":null,"protein_g":140,"fibre_g":null,"water_litres":3,"meals":[{"name":"A"}]})", now);
  ASSERT_TRUE(read);
  EXPECT_THAT(read->faults, testing::IsEmpty());
  EXPECT_EQ(read->changes.name, "Slow");
  EXPECT_TRUE(read->changes.notes && !*read->changes.notes);
  EXPECT_EQ(read->changes.protein_g, 140);
  EXPECT_EQ(read->changes.energy_kcal, std::nullopt);
  EXPECT_TRUE(read->changes.fibre_g && !*read->changes.fibre_g);
  EXPECT_EQ(read->changes.water_litres, std::optional{std::optional{3.0}});
  EXPECT_EQ(read->changes.meals_json, R"([{"name":"A","share_pct":null,"energy_kcal":null,"note":null}])");
}

TEST(PlanBodies, ReadAnEntryOfTheFoodDiary) {
  const auto read = read_new_nutrition_log(
    R"({"log_date":"2026-02-28","meal":"lunch","description":"Rice","energy_kcal":650.5,"fat_g":null,"carbs_g":80})",
    now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->log_date, *parse_iso_date("2026-02-28"));
  EXPECT_EQ(read->meal, meal::lunch);
  EXPECT_EQ(read->description, "Rice");
  EXPECT_EQ(read->energy_kcal, 650.5);
  EXPECT_EQ(read->carbs_g, 80);
  EXPECT_EQ(read->fat_g, std::nullopt);
  EXPECT_THAT(faults(read_new_nutrition_log("{}", now)),
    UnorderedElementsAre("log_date: required", "meal: required", "description: required", "energy_kcal: required"));
}

TEST(PlanBodies, HoldTheDayOfAnEntryBetween1900AndTomorrow) {
  const auto on = [](std::string_view day) {
    return faults(read_new_nutrition_log(
      R"({"meal":"other","description":"x","energy_kcal":1,"log_date":")" + std::string{day} + R"("})", now));
  };
  EXPECT_THAT(on("1900-01-01"), ElementsAre("accepted"));
  EXPECT_THAT(on("1899-12-31"), ElementsAre("log_date: range"));
  EXPECT_THAT(on("2026-03-03"), ElementsAre("accepted")) << "in Kiribati it is the second already";
  EXPECT_THAT(on("2026-03-04"), ElementsAre("log_date: range"));
  EXPECT_THAT(on("yesterday"), ElementsAre("log_date: format"));
}

TEST(PlanBodies, ReadChangesOfAnEntry) {
  const auto read = read_nutrition_log_patch(
    R"({"log_date":"2026-02-27","meal":"snack","protein_g":3,"note":null,"fibre_g":null})", now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->changes.log_date, parse_iso_date("2026-02-27"));
  EXPECT_EQ(read->changes.meal, meal::snack);
  EXPECT_EQ(read->changes.description, std::nullopt);
  EXPECT_EQ(read->changes.protein_g, std::optional{std::optional{3.0}});
  EXPECT_TRUE(read->changes.note && !*read->changes.note);
  EXPECT_TRUE(read->changes.fibre_g && !*read->changes.fibre_g);
  EXPECT_FALSE(read->changes.fat_g);
  EXPECT_THAT(faults(read_nutrition_log_patch(R"({"energy_kcal":20001,"meal":null,"revision":1})", now)),
    UnorderedElementsAre("energy_kcal: range", "meal: type", "revision: read_only"));
}

/// Faults of parts come on top of those that the schema finds.
TEST(PlanBodies, NameNoMoreThanAThousandFaults) {
  std::string days;
  for (int day = 0; day < 14; ++day) {
    std::string exercises;
    for (int i = 0; i < 30; ++i)
      exercises +=
        (i == 0 ? "" : ",") + std::string{R"({"sets":0,"reps_min":2,"reps_max":1,"load_kg":-1,"seconds":0})"};
    days += (day == 0 ? "" : ",") + (R"({"exercises":[)" + exercises + "]}");
  }
  const auto read = read_new_workout_plan(with_days('[' + days + ']'), now);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().errors.size(), field_errors_max);
}

}  // namespace
}  // namespace genesis::http
