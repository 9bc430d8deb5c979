#pragma once

#include <stdexcept>

namespace genesis {

/// A rule that the program itself broke. Ends the one actor, request or connection in which it happened; what catches it
/// logs and counts it (`actors/failure.hpp`).
struct broken_invariant : std::logic_error {
  using std::logic_error::logic_error;
};

/// Throws `broken_invariant` unless the condition holds. On in release builds too. `rule` says what must hold.
constexpr void ensure(bool condition, const char* rule) {
  if (!condition)
    throw broken_invariant(rule);
}

}  // namespace genesis
