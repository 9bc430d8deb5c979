#include "domain/coach/intent.hpp"

#include "domain/coach/understanding.hpp"

#include <algorithm>

namespace genesis::coach {

namespace {

agent usual_agent(topic what) noexcept {
  switch (what) {
  case topic::unsafe_target:
  case topic::macros:
  case topic::protein:
  case topic::water:
  case topic::resting_energy:
  case topic::energy_target: return agent::sage;
  case topic::one_rep_max:
  case topic::heart_rate_zones:
  case topic::training_advice: return agent::blaze;
  case topic::weight_trend:
  case topic::progress_trend:
  case topic::progress_log:
  case topic::own_measures:
  case topic::body_mass_index: return agent::stella;
  case topic::illness:
  case topic::pain:
  case topic::low_mood:
  case topic::medical_question:
  case topic::readiness:
  case topic::sleep: return agent::wave;
  default: return agent::nexus;
  }
}

}  // namespace

bool can_answer(agent who, topic what) noexcept {
  if (what == topic::emergency || what == topic::eating_disorder)
    return who == agent::nexus;
  if (who == usual_agent(what) || is_social(what) || what == topic::profile_gaps)
    return true;
  switch (who) {
  case agent::blaze: return what == topic::protein || what == topic::readiness;
  case agent::stella: return what == topic::resting_energy;
  case agent::wave: return what == topic::water || what == topic::heart_rate_zones;
  default: return false;
  }
}

intent read_intent(const turn& asked) {
  const auto found = understand(asked);
  auto who = usual_agent(found.what);
  if (asked.asked_for && can_answer(*asked.asked_for, found.what)) {
    who = *asked.asked_for;
  } else if (!is_social(found.what)) {
    const auto preferred =
      std::ranges::find_if(asked.prefs.preferred_agents, [&](agent each) { return can_answer(each, found.what); });
    if (preferred != asked.prefs.preferred_agents.end())
      who = *preferred;
  }
  return {std::string{name_of(found.what)}, found.confidence, {who}};
}

}  // namespace genesis::coach
