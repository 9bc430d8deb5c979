#pragma once

#include <string>
#include <system_error>

namespace genesis::cli {

/// What the system says of an error number. That is read first: what an expression does beside may change it.
inline std::string errno_text(int number) {
  return std::generic_category().message(number);
}

}  // namespace genesis::cli
