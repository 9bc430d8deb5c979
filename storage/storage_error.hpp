#pragma once

#include "domain/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace genesis::storage {

/// The detail of what fails because the file, or the disk that it is on, is full.
inline constexpr std::string_view full_detail = "the database's file has reached storage.max_bytes, or the disk is "
                                                "full: raise the one (SIGHUP takes it over), or make "
                                                "room";

/// What a call on files failed at, and why, without the library's own words.
std::string words_of(const std::filesystem::filesystem_error& thrown);

/// Turns the exception in flight into an error; only for use inside a `catch`. What SQLite and PostgreSQL report
/// becomes `unavailable` (busy, full, unreadable, read-only, overdue, deadlocked, or the connection is lost),
/// `email_taken`, `conflict` or `internal`. The detail is the database's own message, which names tables and columns
/// and never shows values; that of a full file says what to do.
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
