#pragma once

#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/progress.hpp"
#include "domain/workout_plan.hpp"

#include <variant>

namespace genesis {

/// Something was removed.
template <class T>
struct removed_item {
  decltype(T::id) id;
};

/// What a mutation means to lists.
using page_change = std::variant<conversation, removed_item<conversation>, message, progress_record,
  removed_item<progress_record>, workout_plan, removed_item<workout_plan>, nutrition_plan, removed_item<nutrition_plan>,
  nutrition_log, removed_item<nutrition_log>>;

}  // namespace genesis
