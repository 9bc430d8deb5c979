#pragma once

#include "actors/service.hpp"
#include "http/address_gate.hpp"

#include <caf/typed_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>

namespace genesis::http {

/// A connection asks to be served. `answer` is called once, on whatever thread the gate runs, with the verdict; it
/// takes it to the connection's own thread.
struct connection_arrived {
  config::ip_address address;
  std::function<void(bool)> answer;
};

/// A connection that was let in is gone.
struct connection_gone {
  config::ip_address address;
};

/// Owns the one `address_gate` of the process, so that the count of a client is exact although its connections belong
/// to several I/O threads. Not pinned: it runs on the thread whose connection woke it, as a rule without a hand-over.
using gate_actor = caf::typed_actor<caf::reacts_to<connection_arrived>, caf::reacts_to<connection_gone>>;

class gate_state {
public:
  explicit gate_state(const caf::scheduled_actor*) {}

  std::optional<address_gate> gate;
};

gate_actor::behavior_type gate_behavior(service_pointer<gate_actor, gate_state> self, std::size_t per_client_max);

}  // namespace genesis::http

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::http::connection_arrived)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::http::connection_gone)
