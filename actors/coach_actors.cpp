#include "actors/coach_actors.hpp"

#include "actors/deadlines.hpp"
#include "actors/promise.hpp"
#include "domain/coach/intent.hpp"
#include "domain/coach/specialists.hpp"

namespace genesis {

namespace {

agent first_agent(const coach::intent& intent) {
  return intent.agents.empty() ? agent::nexus : intent.agents.front();
}

}  // namespace

specialist_actor::behavior_type specialist_behavior(service_pointer<specialist_actor> self, agent who) {
  self->serve_as(actor_kind::specialist);
  return {
    [who](const ask_specialist& what) -> reply_ptr {
      return std::make_shared<const coach::reply>(coach::answer(who, *what.turn, what.what));
    },
  };
}

nexus_actor::behavior_type solo_nexus_behavior(service_pointer<nexus_actor> self) {
  self->serve_as(actor_kind::nexus);
  return {
    [](const ask_coach& what) -> reply_ptr {
      const auto intent = coach::read_intent(*what.turn);
      return std::make_shared<const coach::reply>(coach::answer(first_agent(intent), *what.turn, intent));
    },
  };
}

nexus_actor::behavior_type nexus_behavior(service_pointer<nexus_actor> self, specialists team) {
  self->serve_as(actor_kind::nexus);
  return {
    [self, team = std::move(team)](const ask_coach& what) -> caf::result<reply_ptr> {
      auto intent = coach::read_intent(*what.turn);
      const auto& who = team.by_agent[static_cast<std::size_t>(first_agent(intent))];
      const auto answer = hold_answer<reply_ptr>(self);
      self->request(who, coach_deadline, ask_specialist{what.turn, std::move(intent)})
        .then([answer](const reply_ptr& reply) { answer->deliver(reply_ptr{reply}); },
          [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
      return caf::delegated<reply_ptr>{};
    },
  };
}

}  // namespace genesis
