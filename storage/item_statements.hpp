#pragma once

#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/progress.hpp"
#include "domain/workout_plan.hpp"
#include "storage/statements.hpp"

/// Which statements put, remove and find the things of a person that are kept in one way: a row each, by id and owner.
namespace genesis::storage {

template <class T>
struct item_statements;

template <>
struct item_statements<progress_record> {
  static constexpr auto upsert = statement_id::upsert_progress;
  static constexpr auto remove = statement_id::delete_progress;
  static constexpr auto select = statement_id::select_progress;
};

template <>
struct item_statements<workout_plan> {
  static constexpr auto upsert = statement_id::upsert_workout_plan;
  static constexpr auto remove = statement_id::delete_workout_plan;
  static constexpr auto select = statement_id::select_workout_plan;
  static constexpr auto standing = statement_id::select_workout_plan_standing;
  static constexpr auto newest_first = statement_id::list_workout_plans_newest_first;
  static constexpr auto oldest_first = statement_id::list_workout_plans_oldest_first;
};

template <>
struct item_statements<nutrition_plan> {
  static constexpr auto upsert = statement_id::upsert_nutrition_plan;
  static constexpr auto remove = statement_id::delete_nutrition_plan;
  static constexpr auto select = statement_id::select_nutrition_plan;
  static constexpr auto standing = statement_id::select_nutrition_plan_standing;
  static constexpr auto newest_first = statement_id::list_nutrition_plans_newest_first;
  static constexpr auto oldest_first = statement_id::list_nutrition_plans_oldest_first;
};

template <>
struct item_statements<nutrition_log> {
  static constexpr auto upsert = statement_id::upsert_nutrition_log;
  static constexpr auto remove = statement_id::delete_nutrition_log;
  static constexpr auto select = statement_id::select_nutrition_log;
};

}  // namespace genesis::storage
