#include "http/gate_actor.hpp"

namespace genesis::http {

gate_actor::behavior_type gate_behavior(service_pointer<gate_actor, gate_state> self, std::size_t per_client_max) {
  self->serve_as(actor_kind::gate);
  self->state.gate.emplace(per_client_max);
  return {
    [self](const connection_arrived& what) {
      const bool may_stay = self->state.gate->enter(what.address);
      // A verdict that does not arrive counts nobody: the connection ends with its time to arrive.
      if (!contain("gate", [&] { what.answer(may_stay); }) && may_stay)
        self->state.gate->leave(what.address);
    },
    [self](const connection_gone& what) { self->state.gate->leave(what.address); },
  };
}

}  // namespace genesis::http
