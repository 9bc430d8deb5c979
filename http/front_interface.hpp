#pragma once

#include "actors/interfaces.hpp"
#include "auth/signing_keys.hpp"
#include "http/exchange.hpp"
#include "http/known_key.hpp"

namespace genesis::http {

/// A complete request: checked by the front desk, its body read.
struct request_arrived {
  exchange_ptr request;
};

/// Tokens are checked with these keys from now on and, when told so, signed with the newest of them. Every front checks
/// with a new key before any signs with it, so that no token is refused for being too new.
struct use_keys {
  auth::signing_keys_ptr keys;
  bool may_sign = false;
};

/// Another front has learnt it: else whoever is let in by one thread, which knows the key, would be a stranger to the
/// next and be held up there by what others guess from the same address.
struct learn_key {
  known_key key;
};

/// Dispatches the requests of one I/O thread, to which it is pinned; hosts the readers of that thread's streams.
using front_actor = reader_host_actor::extend<caf::reacts_to<request_arrived>,
  // Ends every stream with a word about why; answers when the connections have been told.
  caf::replies_to<begin_shutdown>::with<bool>, caf::reacts_to<learn_key>,
  // From the control actor.
  caf::replies_to<use_keys>::with<bool>>;

}  // namespace genesis::http

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::http::request_arrived)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::http::learn_key)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::http::use_keys)
