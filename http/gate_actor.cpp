#include "http/gate_actor.hpp"

namespace genesis::http {

gate_actor::behavior_type gate_behavior(gate_actor::stateful_pointer<gate_state> self, std::size_t per_client_max) {
  self->state.gate.emplace(per_client_max);
  return {
    [self](const connection_arrived& what) { what.answer(self->state.gate->enter(what.address)); },
    [self](const connection_gone& what) { self->state.gate->leave(what.address); },
  };
}

}  // namespace genesis::http
