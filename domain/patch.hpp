#pragma once

#include <optional>

namespace genesis {

/// A field of a patch: absent, cleared, or set.
template <class T>
using patched = std::optional<std::optional<T>>;

/// Gives a field what the patch says of it, if anything.
template <class Patch, class Field>
void assign(const Patch& patch, Field& field) {
  if (patch)
    field = *patch;
}

}  // namespace genesis
