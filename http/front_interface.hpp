#pragma once

#include "actors/interfaces.hpp"
#include "http/exchange.hpp"

namespace genesis::http {

/// A complete request: checked by the front desk, its body read.
struct request_arrived {
  exchange_ptr request;
};

/// Dispatches the requests of one I/O thread, to which it is pinned; hosts the readers of that thread's streams.
using front_actor = reader_host_actor::extend<caf::reacts_to<request_arrived>,
  // Ends every stream with a word about why; answers when the connections have been told.
  caf::replies_to<begin_shutdown>::with<bool>>;

}  // namespace genesis::http

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::http::request_arrived)
