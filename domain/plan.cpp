#include "domain/plan.hpp"

namespace genesis {

field_errors period_faults(std::optional<calendar_day> starts_on, std::optional<calendar_day> ends_on) {
  if (starts_on && ends_on && *ends_on < *starts_on)
    return {{"ends_on", "range", "must not be before starts_on"}};
  return {};
}

}  // namespace genesis
