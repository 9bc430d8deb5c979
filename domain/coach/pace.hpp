#pragma once

#include "domain/coach/composer.hpp"

#include <optional>

namespace genesis::coach {

/// `wanted_pace` of `wishes.hpp`, of an answer.
std::optional<double> wanted_pace(const composer& answer);

/// `planned_pace` of `wishes.hpp`, of an answer.
std::optional<double> planned_pace(const composer& answer);

}  // namespace genesis::coach
