#include "http/bodies.hpp"
#include "http/body_fields.hpp"
#include "http/schemas.hpp"

/// The bodies of plans and of the food diary.
namespace genesis::http {

namespace {

void add(field_errors& faults, std::string name, std::string_view rule, std::string message) {
  if (faults.size() < field_errors_max)
    faults.push_back({std::move(name), std::string{rule}, std::move(message)});
}

void check_size(const body_fields& in, const field& what, field_errors& faults) {
  if (const auto text = in.canonical(what); text && text->size() > plan_parts_bytes_max)
    add(faults, std::string{what.name}, "length",
      "must have at most " + std::to_string(plan_parts_bytes_max) + " bytes of JSON");
}

/// What is wrong with training days whose fields are sound each by itself.
void check_days(const body_fields& in, field_errors& faults) {
  check_size(in, workout_days_field, faults);
  in.for_each("days", [&](std::size_t day, const body_fields& members) {
    members.for_each("exercises", [&](std::size_t place, const body_fields& exercise) {
      const auto least = exercise.integer("reps_min");
      const auto most = exercise.integer("reps_max");
      if (least && most && *most < *least)
        add(faults, "days[" + std::to_string(day) + "].exercises[" + std::to_string(place) + "].reps_max", "range",
          "must not be below reps_min");
    });
  });
}

/// Likewise, with meals.
void check_meals(const body_fields& in, field_errors& faults) {
  check_size(in, planned_meals_field, faults);
  in.for_each("meals", [&](std::size_t place, const body_fields& meal) {
    if (meal.number("share_pct") && meal.number("energy_kcal"))
      add(faults, "meals[" + std::to_string(place) + "].energy_kcal", "exclusive", "must not stand beside share_pct");
  });
}

/// Likewise, with the days from which and up to which a new plan holds.
void check_period(const body_fields& in, field_errors& faults) {
  for (auto& each : period_faults(in.day("starts_on"), in.day("ends_on")))
    add(faults, std::move(each.field), each.rule, std::move(each.message));
}

patched<calendar_day> patched_day(const body_fields& in, std::string_view name) {
  return in.patch(name, [&](auto member) { return in.day(member); });
}

patched<double> patched_number(const body_fields& in, std::string_view name) {
  return in.patch(name, [&](auto member) { return in.number(member); });
}

}  // namespace

accepted<workout_plan> read_new_workout_plan(std::string_view body, timestamp now) {
  const auto build = [](const body_fields& in) {
    workout_plan made;
    made.name = in.text("name").value_or(std::string{});
    made.goal = in.named<goal>("goal");
    made.notes = in.text("notes");
    made.is_active = in.boolean("is_active").value_or(false);
    made.starts_on = in.day("starts_on");
    made.ends_on = in.day("ends_on");
    made.days_json = in.canonical(workout_days_field).value_or(made.days_json);
    return made;
  };
  const auto check = [](const body_fields& in, field_errors& faults) {
    check_period(in, faults);
    check_days(in, faults);
  };
  return read_body(body, new_workout_plan_schema, now, build, check);
}

accepted<item_change<workout_plan>> read_workout_plan_patch(std::string_view body, timestamp now) {
  return read_faulty_body(body, workout_plan_patch_schema, now, [](const body_fields& in, field_errors faults) {
    check_days(in, faults);
    return item_change<workout_plan>{.changes = {.name = in.text("name"),
                                       .goal = in.patched_name<goal>("goal"),
                                       .notes = in.patched_text("notes"),
                                       .is_active = in.boolean("is_active"),
                                       .starts_on = patched_day(in, "starts_on"),
                                       .ends_on = patched_day(in, "ends_on"),
                                       .days_json = in.canonical(workout_days_field)},
      .faults = std::move(faults)};
  });
}

accepted<nutrition_plan> read_new_nutrition_plan(std::string_view body, timestamp now) {
  const auto build = [](const body_fields& in) {
    nutrition_plan made;
    made.name = in.text("name").value_or(std::string{});
    made.notes = in.text("notes");
    made.is_active = in.boolean("is_active").value_or(false);
    made.starts_on = in.day("starts_on");
    made.ends_on = in.day("ends_on");
    made.energy_kcal = in.number("energy_kcal").value_or(0);
    made.protein_g = in.number("protein_g").value_or(0);
    made.carbs_g = in.number("carbs_g").value_or(0);
    made.fat_g = in.number("fat_g").value_or(0);
    made.fibre_g = in.number("fibre_g");
    made.water_litres = in.number("water_litres");
    made.meals_json = in.canonical(planned_meals_field).value_or(made.meals_json);
    return made;
  };
  const auto check = [](const body_fields& in, field_errors& faults) {
    check_period(in, faults);
    check_meals(in, faults);
  };
  return read_body(body, new_nutrition_plan_schema, now, build, check);
}

accepted<item_change<nutrition_plan>> read_nutrition_plan_patch(std::string_view body, timestamp now) {
  return read_faulty_body(body, nutrition_plan_patch_schema, now, [](const body_fields& in, field_errors faults) {
    check_meals(in, faults);
    return item_change<nutrition_plan>{.changes = {.name = in.text("name"),
                                         .notes = in.patched_text("notes"),
                                         .is_active = in.boolean("is_active"),
                                         .starts_on = patched_day(in, "starts_on"),
                                         .ends_on = patched_day(in, "ends_on"),
                                         .energy_kcal = in.number("energy_kcal"),
                                         .protein_g = in.number("protein_g"),
                                         .carbs_g = in.number("carbs_g"),
                                         .fat_g = in.number("fat_g"),
                                         .fibre_g = patched_number(in, "fibre_g"),
                                         .water_litres = patched_number(in, "water_litres"),
                                         .meals_json = in.canonical(planned_meals_field)},
      .faults = std::move(faults)};
  });
}

accepted<nutrition_log> read_new_nutrition_log(std::string_view body, timestamp now) {
  return read_body(body, new_nutrition_log_schema, now, [](const body_fields& in) {
    nutrition_log made;
    made.log_date = in.day("log_date").value_or(calendar_day{});
    made.meal = in.named<meal>("meal").value_or(meal::other);
    made.description = in.text("description").value_or(std::string{});
    made.energy_kcal = in.number("energy_kcal").value_or(0);
    made.protein_g = in.number("protein_g");
    made.carbs_g = in.number("carbs_g");
    made.fat_g = in.number("fat_g");
    made.fibre_g = in.number("fibre_g");
    made.note = in.text("note");
    return made;
  });
}

accepted<item_change<nutrition_log>> read_nutrition_log_patch(std::string_view body, timestamp now) {
  return read_faulty_body(body, nutrition_log_patch_schema, now, [](const body_fields& in, field_errors faults) {
    return item_change<nutrition_log>{.changes = {.log_date = in.day("log_date"),
                                        .meal = in.named<meal>("meal"),
                                        .description = in.text("description"),
                                        .energy_kcal = in.number("energy_kcal"),
                                        .protein_g = patched_number(in, "protein_g"),
                                        .carbs_g = patched_number(in, "carbs_g"),
                                        .fat_g = patched_number(in, "fat_g"),
                                        .fibre_g = patched_number(in, "fibre_g"),
                                        .note = in.patched_text("note")},
      .faults = std::move(faults)};
  });
}

}  // namespace genesis::http
