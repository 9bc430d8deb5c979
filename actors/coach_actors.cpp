#include "actors/coach_actors.hpp"

#include "actors/deadlines.hpp"
#include "actors/failure.hpp"
#include "actors/promise.hpp"
#include "domain/coach/intent.hpp"
#include "domain/coach/specialists.hpp"

#include <spdlog/spdlog.h>

namespace genesis {

namespace {

/// The answer, or `internal` when making it broke: one person's question must not cost the others their coach.
template <class Answer>
caf::result<reply_ptr> guarded(Answer answer) {
  try {
    return reply_ptr{std::make_shared<const coach::reply>(answer())};
  } catch (const std::exception& broken) {
    spdlog::error("the coach failed on a question: {}", broken.what());
    return to_caf({errc::internal, "the coach failed"});
  }
}

}  // namespace

specialist_actor::behavior_type specialist_behavior(specialist_actor::pointer self, agent who) {
  contain_failures(self, "specialist");
  return {
    [who](const ask_specialist& what) { return guarded([&] { return coach::answer(who, *what.turn, what.what); }); },
  };
}

nexus_actor::behavior_type solo_nexus_behavior(nexus_actor::pointer self) {
  contain_failures(self, "nexus");
  return {
    [](const ask_coach& what) {
      return guarded([&] {
        const auto intent = coach::read_intent(*what.turn);
        return coach::answer(intent.agents.empty() ? agent::nexus : intent.agents.front(), *what.turn, intent);
      });
    },
  };
}

nexus_actor::behavior_type nexus_behavior(nexus_actor::pointer self, specialists team) {
  contain_failures(self, "nexus");
  return {
    [self, team = std::move(team)](const ask_coach& what) -> caf::result<reply_ptr> {
      auto answer = hold_answer<reply_ptr>(self);
      coach::intent intent;
      try {
        intent = coach::read_intent(*what.turn);
      } catch (const std::exception& broken) {
        spdlog::error("the coach failed on a question: {}", broken.what());
        answer->fail({errc::internal, "the coach failed"});
        return caf::delegated<reply_ptr>{};
      }
      const auto who = intent.agents.empty() ? agent::nexus : intent.agents.front();
      self
        ->request(
          team.by_agent[static_cast<std::size_t>(who)], coach_deadline, ask_specialist{what.turn, std::move(intent)})
        .then([answer](const reply_ptr& reply) { answer->deliver(reply_ptr{reply}); },
          [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
      return caf::delegated<reply_ptr>{};
    },
  };
}

}  // namespace genesis
