#pragma once

namespace genesis {

/// An inclusive range of allowed values. The bounds of the API (its schemas) and of the commands come from here.
struct range {
  double low;
  double high;

  [[nodiscard]] constexpr bool contains(double value) const noexcept {
    return value >= low && value <= high;  // false for NaN
  }
};

}  // namespace genesis
