#pragma once

#include "domain/error.hpp"

#include <type_traits>
#include <utility>

namespace genesis::storage {

/// Turns the exception in flight into an error; only for use inside a `catch`. What SQLite and PostgreSQL report
/// becomes `unavailable` (busy, full, unreadable, read-only, overdue, deadlocked, or the connection is lost),
/// `email_taken`, `conflict` or `internal`. The detail is the database's own message, which names tables and columns
/// and never shows values.
error current_error() noexcept;

namespace detail {
template <class T>
struct result_of {
  using type = result<T>;
};
template <class T>
struct result_of<result<T>> {
  using type = result<T>;
};
}  // namespace detail

/// Calls `work` and gives its value, or its result, or the error that it threw. The only place of this folder that
/// catches.
template <class Work>
auto attempt(Work&& work) -> typename detail::result_of<std::invoke_result_t<Work>>::type {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
      std::forward<Work>(work)();
      return {};
    } else {
      return std::forward<Work>(work)();
    }
  } catch (...) {
    return std::unexpected(current_error());
  }
}

}  // namespace genesis::storage
