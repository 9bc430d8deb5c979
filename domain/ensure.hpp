#pragma once

#include <stdexcept>

namespace genesis {

/// A rule that the program itself broke. Ends the one actor or connection in which it happened, which logs and counts
/// it.
struct broken_invariant : std::logic_error {
  using std::logic_error::logic_error;
};

/// Throws `broken_invariant` unless the condition holds. On in release builds too. `rule` says what must hold.
constexpr void ensure(bool condition, const char* rule) {
  if (!condition)
    throw broken_invariant(rule);
}

}  // namespace genesis
