#pragma once

#include "actors/encoders.hpp"
#include "auth/access_token.hpp"
#include "auth/signing_keys.hpp"
#include "config/settings.hpp"
#include "storage/mutations.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace genesis::cli {

/// How sessions are made here: as the server does it that these settings and keys belong to.
struct session_maker {
  auth::signing_keys_ptr keys;
  auth::token_parties parties;
  std::chrono::seconds access_lifetime{};
  std::chrono::seconds refresh_lifetime{};

  session_maker(const config::settings& settings, auth::signing_keys_ptr ring)
      : keys(std::move(ring)), parties{settings.auth.issuer, settings.auth.audience},
        access_lifetime(settings.auth.access_token_lifetime), refresh_lifetime(settings.auth.refresh_token_lifetime) {}
};

/// People of one order at most: they fit one group of the writer, and their answer a line.
inline constexpr std::int64_t people_per_order_max = 250;

/// A number of people for a load test.
struct people_order {
  std::string series;  ///< Part of their e-mail addresses: letters and digits.
  std::int64_t first = 1;
  std::int64_t count = 1;
  std::string password_hash;  ///< Shared by all of them.
};

/// A person who is still to be written, and what a load generator has to know of them.
struct ordered_person {
  user_id user;
  storage::write_batch batch;  ///< Of somebody whom no owner knows yet; everything but the deadline.
  std::string access_token;
  std::string refresh_token;
  conversation_id conversation;
};

/// `load-<series>-<number>@example.com`
std::string ordered_email(const people_order& order, std::int64_t number);

/// Makes them up: a filled profile with one weight, one conversation of one question and its answer, one session.
///
/// Some 0.2 ms of CPU a person, most of it for the signature: not on an I/O thread. Fails only when OpenSSL does.
result<std::vector<ordered_person>> order_people(const people_order& order, const session_maker& sessions,
  const encoders& encode, timestamp now, const uuid_source::random_fill& random);

}  // namespace genesis::cli
