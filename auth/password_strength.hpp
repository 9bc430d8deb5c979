#pragma once

#include "domain/error.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::auth {

/// log2 of 10^6 guesses: below it a password falls to an online attack that no rate limit outlasts.
inline constexpr double password_bits_min = 19.93;

/// Characters of a password that are estimated. What stands behind can only make it stronger, and zxcvbn's time grows
/// with the square of the length.
inline constexpr std::size_t estimated_length_max = 100;

/// How many guesses a password withstands, as zxcvbn estimates them.
struct password_strength {
  double bits = 0;  ///< log2 of the guesses, a lower bound for passwords longer than `estimated_length_max`.
  bool is_acceptable = false;
  /// What makes it weak and what would help, in sentences for people, the weightiest first; empty for an acceptable
  /// one. Never quotes the password.
  std::vector<std::string> advice;
};

/// Estimates a normalised password. The personal texts (e-mail address, name) and the words in them count as guessed
/// first.
///
/// Milliseconds at most, whatever the input: what is estimated is cut at 100 bytes, and at most 32 personal words of 3
/// to 64 bytes are looked for. On any thread, several at once: zxcvbn's dictionary is compiled in and constant, there
/// is nothing to initialise.
password_strength estimate_password(std::string_view password, std::span<const std::string> personal = {});

/// A new password in its normal form. Fails with `invalid_argument` and a clause that completes "password ..." when
/// `normalise_password` or its strength refuses it.
result<std::string> accept_password(std::string_view password, std::span<const std::string> personal = {});

}  // namespace genesis::auth
