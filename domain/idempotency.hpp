#pragma once

#include "domain/session.hpp"

#include <string>

namespace genesis {

/// A request that must have one effect however often it is sent: the client's key, and what the request was.
struct idempotency_key {
  std::string key;            ///< 1..255 visible characters, scoped to the person.
  secret_hash fingerprint{};  ///< SHA-256 over method, target and body.

  friend bool operator==(const idempotency_key&, const idempotency_key&) = default;
};

/// What the first request with a key did, stored in the transaction of its effect.
struct idempotency_record {
  idempotency_key key;
  int status = 0;  ///< HTTP status of the answer.
  std::string body;
  std::string location;  ///< Empty when the answer had none.
  std::string etag;      ///< Likewise.
  std::string run;       ///< Id of the run that a chat request started; empty for others.
  timestamp created_at;

  friend bool operator==(const idempotency_record&, const idempotency_record&) = default;
};

}  // namespace genesis
