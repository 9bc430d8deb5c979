#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/preferences.hpp"
#include "domain/workout_plan.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

using namespace parts;

// --- what plans have in common
// ---------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 2> active_names{"true", "all"};
constexpr auto plan_parameters = joined(list_parameters,
  std::array{choice("active", "true for the active plan alone.", active_names).defaults_to(R"("all")"),
    string_field("from", "Only plans made from this moment on.").as(text_format::date_time),
    string_field("to", "Only plans made before this moment, which is not before `from`.").as(text_format::date_time)});

constexpr field plan_name(std::string_view example) {
  return string_field("name", "What the person calls it.").length(1, plan_name_length_max).shown().like(example);
}
constexpr field notes(std::string_view example) {
  return string_field("notes", "Remarks.").length(0, plan_notes_length_max).nullable().like(example);
}
constexpr field is_active = boolean_field(
  "is_active", "At most one plan of a kind is; making one active puts the other to rest, in the same step.")
                              .like("true");
constexpr field starts_on =
  string_field("starts_on", "First day.").as(text_format::date).nullable().like(R"("2026-03-02")");
constexpr field ends_on =
  string_field("ends_on", "Last day; not before starts_on.").as(text_format::date).nullable().like(R"("2026-04-26")");
constexpr field part_note =
  string_field("note", "A remark.").length(0, plan_part_note_length_max).nullable().like("null");

// --- workout plans
// ---------------------------------------------------------------------------------------------------------

constexpr std::array exercise_fields{
  string_field("name", "What is done.").length(1, exercise_name_length_max).shown().required().like(R"("Back squat")"),
  integer_field("sets", "How often, with rests between.").within(exercise_sets_range).required().like("3"),
  integer_field("reps_min", "Repetitions of a set, at least.").within(exercise_reps_range).nullable().like("5"),
  integer_field("reps_max", "At most; not below reps_min.").within(exercise_reps_range).nullable().like("8"),
  integer_field("seconds", "Length of a set that is held or run rather than counted.")
    .within(exercise_seconds_range)
    .nullable()
    .like("null"),
  number_field("load_kg", "Weight moved besides the body's own.")
    .within(exercise_load_kg_range)
    .nullable()
    .like("62.5"),
  integer_field("rest_seconds", "Rest after a set.").within(exercise_rest_seconds_range).nullable().like("120"),
  part_note,
};
constinit const schema exercise_schema{
  .name = "Exercise", .doc = "One exercise of a training day.", .fields = exercise_fields, .is_complete = true};
constinit const schema new_exercise_schema{
  .name = "NewExercise", .doc = "One exercise of a training day.", .fields = exercise_fields};

constexpr std::string_view example_exercises =
  R"([{"name":"Back squat","sets":3,"reps_min":5,"reps_max":8,"seconds":null,"load_kg":62.5,"rest_seconds":120,)"
  R"("note":null}])";

constexpr auto day_fields(const schema& exercise) {
  return std::array{
    string_field("name", "What the day is about.")
      .length(1, plan_part_name_length_max)
      .shown()
      .required()
      .like(R"("Legs")"),
    string_field("weekday", "When it is trained, if on a fixed day.").one_of<weekday>().nullable().like(R"("mon")"),
    objects_field("exercises", "In their order.", exercise)
      .at_most(workout_exercises_max)
      .defaults_to("[]")
      .like(example_exercises),
  };
}
constexpr auto workout_day_fields = day_fields(exercise_schema);
constexpr auto new_workout_day_fields = day_fields(new_exercise_schema);
constinit const schema workout_day_schema{
  .name = "WorkoutDay", .doc = "A training day of a plan.", .fields = workout_day_fields, .is_complete = true};
constinit const schema new_workout_day_schema{
  .name = "NewWorkoutDay", .doc = "A training day of a plan.", .fields = new_workout_day_fields};

constexpr field days_field(const schema& day) {
  return objects_field("days", "Training days in their order; at most 65,536 bytes of JSON.", day)
    .at_most(workout_days_max)
    .like(R"([{"name":"Legs","weekday":"mon","exercises":[{"name":"Back squat","sets":3,"reps_min":5,"reps_max":8,)"
          R"("seconds":null,"load_kg":62.5,"rest_seconds":120,"note":null}]}])");
}
static_assert(plan_parts_bytes_max == 65'536, "the documents of days and meals say so");

constexpr field plan_goal = string_field("goal", "What it is for.").one_of<goal>().nullable().like(R"("gain_muscle")");
constexpr field workout_name = plan_name(R"("Full body, three days")");
constexpr field workout_notes = notes(R"("Add 2.5 kg when all sets reach reps_max.")");

constexpr auto workout_plan_fields =
  joined(std::array{id_field("id", "The plan's id.", example_workout_plan), workout_name, plan_goal, workout_notes,
           is_active, starts_on, ends_on, days_field(workout_day_schema)},
    times);
constexpr std::array new_workout_plan_fields{workout_name.required(), plan_goal, workout_notes,
  is_active.defaults_to("false"), starts_on, ends_on, days_field(new_workout_day_schema).defaults_to("[]")};
constexpr std::array workout_plan_patch_fields{workout_name.like(R"("Full body, second block")"), plan_goal,
  workout_notes, is_active, starts_on, ends_on, days_field(new_workout_day_schema)};
constexpr auto workout_plan_list_fields = fields_of_page(workout_plan_schema);

// --- nutrition plans
// -------------------------------------------------------------------------------------------------------

constexpr std::array meal_fields{
  string_field("name", "Which meal.").length(1, plan_part_name_length_max).shown().required().like(R"("Breakfast")"),
  number_field("share_pct", "Its share of the day's energy.").within(meal_share_pct_range).nullable().like("25"),
  number_field("energy_kcal", "Its energy; either this or the share.")
    .within(meal_energy_kcal_range)
    .nullable()
    .like("null"),
  part_note.like(R"("with fruit")"),
};
constinit const schema planned_meal_schema{
  .name = "PlannedMeal", .doc = "A meal of a plan.", .fields = meal_fields, .is_complete = true};
constinit const schema new_planned_meal_schema{
  .name = "NewPlannedMeal", .doc = "A meal of a plan.", .fields = meal_fields};

constexpr field meals_field(const schema& meal) {
  return objects_field("meals", "How the day is divided, in order; at most 65,536 bytes of JSON.", meal)
    .at_most(plan_meals_max)
    .like(R"([{"name":"Breakfast","share_pct":25,"energy_kcal":null,"note":"with fruit"}])");
}

constexpr field nutrition_name = plan_name(R"("Slow cut")");
constexpr field nutrition_notes = notes(R"("Protein first.")");
constexpr std::array target_fields{
  number_field("energy_kcal", "Energy of a day.").within(plan_energy_kcal_range).like("1800"),
  number_field("protein_g", "Protein of a day.").within(plan_macro_g_range).like("130"),
  number_field("carbs_g", "Carbohydrates of a day.").within(plan_macro_g_range).like("190"),
  number_field("fat_g", "Fat of a day.").within(plan_macro_g_range).like("55"),
};
constexpr auto required_target_fields = [] {
  auto fields = target_fields;
  for (auto& each : fields)
    each.is_required = true;
  return fields;
}();
constexpr std::array nutrition_rest{
  number_field("fibre_g", "Fibre of a day.").within(plan_fibre_g_range).nullable().like("30"),
  number_field("water_litres", "Water of a day, food included.").within(plan_water_litres_range).nullable().like("2.5"),
};

constexpr auto nutrition_plan_fields = joined(std::array{id_field("id", "The plan's id.", example_nutrition_plan),
                                                nutrition_name, nutrition_notes, is_active, starts_on, ends_on},
  target_fields, nutrition_rest, std::array{meals_field(planned_meal_schema)}, times);
constexpr auto new_nutrition_plan_fields =
  joined(std::array{nutrition_name.required(), nutrition_notes, is_active.defaults_to("false"), starts_on, ends_on},
    required_target_fields, nutrition_rest, std::array{meals_field(new_planned_meal_schema).defaults_to("[]")});
constexpr auto nutrition_plan_patch_fields =
  joined(std::array{nutrition_name.like(R"("Slower cut")"), nutrition_notes, is_active, starts_on, ends_on},
    target_fields, nutrition_rest, std::array{meals_field(new_planned_meal_schema)});
constexpr auto nutrition_plan_list_fields = fields_of_page(nutrition_plan_schema);

// --- the food diary
// --------------------------------------------------------------------------------------------------------

constexpr auto log_parameters = joined(list_parameters,
  std::array{string_field("from", "Only entries from this day on.").as(text_format::date),
    string_field("to", "Only entries up to this day, which is not before `from`.").as(text_format::date)});

constexpr field nutrient_field(std::string_view name, std::string_view doc, std::string_view example) {
  return number_field(name, doc).within(log_nutrient_g_range).nullable().like(example);
}
constexpr field log_date = string_field("log_date", "The day where the person is; from 1900 to tomorrow.")
                             .as(text_format::recent_date)
                             .like(R"("2026-03-01")");
constexpr field log_meal = string_field("meal", "What it belongs to.").one_of<meal>().like(R"("breakfast")");
constexpr field log_description = string_field("description", "What was eaten or drunk.")
                                    .length(1, log_description_length_max)
                                    .shown()
                                    .like(R"("Porridge with blueberries")");
constexpr field log_energy = number_field("energy_kcal", "Its energy.").within(log_energy_kcal_range).like("380");
constexpr std::array log_rest{
  nutrient_field("protein_g", "Protein in it.", "14"),
  nutrient_field("carbs_g", "Carbohydrates in it.", "62"),
  nutrient_field("fat_g", "Fat in it.", "7.5"),
  nutrient_field("fibre_g", "Fibre in it.", "9"),
  string_field("note", "A remark.").length(0, log_note_length_max).nullable().like(R"("after the run")"),
};

constexpr auto nutrition_log_fields = joined(
  std::array{id_field("id", "The entry's id.", example_nutrition_log), log_date, log_meal, log_description, log_energy},
  log_rest, times);
constexpr auto new_nutrition_log_fields = joined(
  std::array{log_date.required(), log_meal.required(), log_description.required(), log_energy.required()}, log_rest);
constexpr auto nutrition_log_patch_fields =
  joined(std::array{log_date, log_meal, log_description.like(R"("Porridge with a banana")"), log_energy.like("420")},
    log_rest);
constexpr auto nutrition_log_list_fields = fields_of_page(nutrition_log_schema);

}  // namespace

constinit const field workout_days_field = days_field(new_workout_day_schema);
constinit const field planned_meals_field = meals_field(new_planned_meal_schema);

constinit const schema new_workout_plan_schema{.name = "NewWorkoutPlan",
  .doc = "A workout plan to make.",
  .fields = new_workout_plan_fields,
  .resource = &workout_plan_schema};
constinit const schema workout_plan_patch_schema{.name = "WorkoutPlanPatch",
  .doc = "What to change of a workout plan; days are replaced as a whole.",
  .fields = workout_plan_patch_fields,
  .resource = &workout_plan_schema};
constinit const schema workout_plan_schema{.name = "WorkoutPlan",
  .doc = "Training days and what is done on each.",
  .fields = workout_plan_fields,
  .is_complete = true};
constinit const schema workout_plan_list_schema{.name = "WorkoutPlanList",
  .doc = "A page of workout plans.",
  .fields = workout_plan_list_fields,
  .is_complete = true};

constinit const schema new_nutrition_plan_schema{.name = "NewNutritionPlan",
  .doc = "A nutrition plan to make.",
  .fields = new_nutrition_plan_fields,
  .resource = &nutrition_plan_schema};
constinit const schema nutrition_plan_patch_schema{.name = "NutritionPlanPatch",
  .doc = "What to change of a nutrition plan; meals are replaced as a whole.",
  .fields = nutrition_plan_patch_fields,
  .resource = &nutrition_plan_schema};
constinit const schema nutrition_plan_schema{.name = "NutritionPlan",
  .doc = "What to eat and drink on a day, and how it is divided.",
  .fields = nutrition_plan_fields,
  .is_complete = true};
constinit const schema nutrition_plan_list_schema{.name = "NutritionPlanList",
  .doc = "A page of nutrition plans.",
  .fields = nutrition_plan_list_fields,
  .is_complete = true};

constinit const schema new_nutrition_log_schema{.name = "NewNutritionLog",
  .doc = "Something eaten or drunk, to be recorded.",
  .fields = new_nutrition_log_fields,
  .resource = &nutrition_log_schema};
constinit const schema nutrition_log_patch_schema{.name = "NutritionLogPatch",
  .doc = "What to change of an entry.",
  .fields = nutrition_log_patch_fields,
  .resource = &nutrition_log_schema};
constinit const schema nutrition_log_schema{.name = "NutritionLog",
  .doc = "Something eaten or drunk on a day.",
  .fields = nutrition_log_fields,
  .is_complete = true};
constinit const schema nutrition_log_list_schema{
  .name = "NutritionLogList", .doc = "A page of entries.", .fields = nutrition_log_list_fields, .is_complete = true};

constinit const std::span<const field> plan_list_parameters = plan_parameters;
constinit const std::span<const field> nutrition_log_list_parameters = log_parameters;

}  // namespace genesis::http
