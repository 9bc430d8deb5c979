#include "domain/coach/pace.hpp"

#include "domain/coach/wishes.hpp"

namespace genesis::coach {

std::optional<double> wanted_pace(const composer& answer) {
  return wanted_pace(answer.said(), answer.person());
}

std::optional<double> planned_pace(const composer& answer) {
  return planned_pace(answer.said(), answer.person());
}

}  // namespace genesis::coach
