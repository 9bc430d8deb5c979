#include "domain/plan.hpp"
#include "http/routes/specs.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

#include <iterator>

/// Measurements, plans and the food diary: a list and its items each, with the same five routes.
namespace genesis::http {

namespace {

/// What is said of one route.
struct route_words {
  std::string_view operation_id;
  std::string_view summary;
  std::string_view answer;
  std::string_view description = {};
};

struct collection {
  std::string_view tag;
  std::string_view path;
  std::string_view item_path;
  route_words list;
  route_words create;
  route_words show;
  route_words change;
  route_words remove;
  const schema& item;
  const schema& items;
  const schema& made_from;
  const schema& patch;
  std::span<const field> query;
  std::string_view example_id;
  std::vector<problem_code> creation_problems = {};
};

route_spec spoken(const route_words& words, const collection& of, method verb, std::string_view path) {
  return {.verb = verb,
    .path = path,
    .operation_id = words.operation_id,
    .summary = words.summary,
    .description = words.description,
    .tag = of.tag,
    .scopes = {verb == method::get ? key_scope::read : key_scope::write}};
}

std::vector<route_spec> routes_of(const collection& what) {
  auto list = spoken(what.list, what, method::get, what.path);
  list.cache = cache_class::private_list;
  list.query = what.query;
  list.responses = {answers(what.items, what.list.answer)};

  auto create = spoken(what.create, what, method::post, what.path);
  create.cache = cache_class::private_entity;
  create.body = &what.made_from;
  create.responses = {created(what.item, what.create.answer)};
  create.problems = what.creation_problems;
  create.takes_idempotency_key = true;

  auto show = spoken(what.show, what, method::get, what.item_path);
  show.cache = cache_class::private_entity;
  show.responses = {answers(what.item, what.show.answer)};
  show.example_id = what.example_id;

  auto change = spoken(what.change, what, method::patch, what.item_path);
  change.cache = cache_class::private_entity;
  change.body = &what.patch;
  change.responses = {answers(what.item, what.change.answer)};
  change.takes_if_match = true;
  change.example_id = what.example_id;

  auto remove = spoken(what.remove, what, method::delete_, what.item_path);
  remove.responses = {no_content(what.remove.answer)};
  remove.takes_if_match = true;
  remove.example_id = what.example_id;
  return {std::move(list), std::move(create), std::move(show), std::move(change), std::move(remove)};
}

collection progress() {
  return {.tag = "Progress",
    .path = "/api/v1/progress",
    .item_path = "/api/v1/progress/{id:uuid}",
    .list = {"list_progress", "List progress records", "A page of records.", "Ordered by recorded_at."},
    .create = {"create_progress", "Record a measurement or feeling", "The record."},
    .show = {"show_progress", "Show a progress record", "The record."},
    .change = {"change_progress", "Change a progress record", "The record as changed."},
    .remove = {"delete_progress", "Delete a progress record", "The record is gone."},
    .item = progress_schema,
    .items = progress_list_schema,
    .made_from = new_progress_schema,
    .patch = progress_patch_schema,
    .query = progress_list_parameters,
    .example_id = parts::example_record};
}

constexpr std::string_view plan_list_words = "Ordered by created_at; from and to are about that as well.";
constexpr std::string_view plan_creation_words = "At most 200 of a kind. One that is active from the start puts the "
                                                 "plan that was active to rest, whose revision rises.";
constexpr std::string_view plan_change_words =
  "Making it active puts the plan that was active to rest, whose revision rises.";
static_assert(plans_per_user_max == 200, "the words about making a plan say so");

collection workout_plans() {
  return {.tag = "Workout plans",
    .path = "/api/v1/workout-plans",
    .item_path = "/api/v1/workout-plans/{id:uuid}",
    .list = {"list_workout_plans", "List workout plans", "A page of plans.", plan_list_words},
    .create = {"create_workout_plan", "Make a workout plan", "The plan.", plan_creation_words},
    .show = {"show_workout_plan", "Show a workout plan", "The plan."},
    .change = {"change_workout_plan", "Change a workout plan", "The plan as changed.", plan_change_words},
    .remove = {"delete_workout_plan", "Delete a workout plan", "The plan is gone."},
    .item = workout_plan_schema,
    .items = workout_plan_list_schema,
    .made_from = new_workout_plan_schema,
    .patch = workout_plan_patch_schema,
    .query = plan_list_parameters,
    .example_id = parts::example_workout_plan,
    .creation_problems = {problem_code::conflict}};
}

collection nutrition_plans() {
  return {.tag = "Nutrition plans",
    .path = "/api/v1/nutrition-plans",
    .item_path = "/api/v1/nutrition-plans/{id:uuid}",
    .list = {"list_nutrition_plans", "List nutrition plans", "A page of plans.", plan_list_words},
    .create = {"create_nutrition_plan", "Make a nutrition plan", "The plan.", plan_creation_words},
    .show = {"show_nutrition_plan", "Show a nutrition plan", "The plan."},
    .change = {"change_nutrition_plan", "Change a nutrition plan", "The plan as changed.", plan_change_words},
    .remove = {"delete_nutrition_plan", "Delete a nutrition plan", "The plan is gone."},
    .item = nutrition_plan_schema,
    .items = nutrition_plan_list_schema,
    .made_from = new_nutrition_plan_schema,
    .patch = nutrition_plan_patch_schema,
    .query = plan_list_parameters,
    .example_id = parts::example_nutrition_plan,
    .creation_problems = {problem_code::conflict}};
}

collection nutrition_logs() {
  return {.tag = "Nutrition logs",
    .path = "/api/v1/nutrition-logs",
    .item_path = "/api/v1/nutrition-logs/{id:uuid}",
    .list = {"list_nutrition_logs", "List entries of the food diary", "A page of entries.",
      "Ordered by log_date; from and to are days of it, both included."},
    .create = {"create_nutrition_log", "Record a meal", "The entry."},
    .show = {"show_nutrition_log", "Show an entry of the food diary", "The entry."},
    .change = {"change_nutrition_log", "Change an entry of the food diary", "The entry as changed."},
    .remove = {"delete_nutrition_log", "Delete an entry of the food diary", "The entry is gone."},
    .item = nutrition_log_schema,
    .items = nutrition_log_list_schema,
    .made_from = new_nutrition_log_schema,
    .patch = nutrition_log_patch_schema,
    .query = nutrition_log_list_parameters,
    .example_id = parts::example_nutrition_log};
}

}  // namespace

std::vector<route_spec> item_routes() {
  std::vector<route_spec> all;
  for (const auto& each : {progress(), workout_plans(), nutrition_plans(), nutrition_logs()}) {
    auto routes = routes_of(each);
    all.insert(all.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
  }
  return all;
}

}  // namespace genesis::http
