#include "domain/coach/understanding.hpp"

#include "domain/coach/facts.hpp"
#include "domain/coach/listener.hpp"
#include "domain/coach/wishes.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <vector>

namespace genesis::coach {

namespace {

constexpr std::size_t history_bytes_max = 4'000;  // of one earlier question; what it is about shows early

/// True for topics whose answer is a plan or a number to act on, which waits while an emergency is not over.
bool is_a_plan(topic what) {
  switch (what) {
  case topic::unsafe_target:
  case topic::macros:
  case topic::protein:
  case topic::one_rep_max:
  case topic::heart_rate_zones:
  case topic::readiness:
  case topic::energy_target:
  case topic::training_advice: return true;
  default: return false;
  }
}

/// How sure a reading is: strong cues, and no other topic close behind.
double confidence_of(const topic_reading& reading, bool is_follow_up) {
  if (reading.what == topic::emergency)
    return 1;
  if (reading.score <= 0)
    return is_follow_up ? 0.7 : 0.3;
  const auto strength = std::min(reading.score, 4.0) / 4.0;
  const auto rivalry = std::min(reading.next_score / reading.score, 1.0);
  const auto confidence = 0.6 + 0.37 * strength - 0.2 * rivalry * strength;
  return std::round(confidence * 100) / 100;
}

}  // namespace

understanding understand(const turn& asked) {
  listener ear{asked};
  std::vector<const message*> questions;
  for (const auto& earlier : asked.history | std::views::reverse) {
    if (earlier.role == message_role::user)
      questions.push_back(&earlier);
    if (questions.size() == questions_remembered_max)
      break;
  }
  for (const auto* question : questions | std::views::reverse)
    ear.hear(std::string_view{question->content}.substr(0, history_bytes_max), question->created_at);
  ear.hear(asked.question, asked.now);

  understanding found;
  const auto& reading = ear.reading();
  found.spoken = language_of(asked);
  found.what = reading.what;
  found.emergency = reading.emergency;
  found.has_sore_chest = reading.has_sore_chest;
  found.subject = reading.subject;
  found.is_follow_up = ear.is_follow_up();
  found.keeps_topic = ear.keeps_topic();
  found.said = for_answer(ear.said());
  found.said_now = ear.said_now();
  found.told = ear.told();
  found.answers_question = ear.answers_question();
  found.misses_question = ear.misses_question();
  found.said.wants_reason = ear.said_now().wants_reason;
  found.said.impossible = ear.said_now().impossible;
  found.said.aims = ear.said_now().aims;
  found.person = with_facts(asked.person, found.said, asked.now);
  found.said.units = ear.units();
  found.said.keeps_units = found.said_now.keeps_units;
  found.units = found.said.units.value_or(found.said.used_units.value_or(asked.person.units));
  found.confidence = confidence_of(reading, found.is_follow_up);
  const bool may_be_unsafe = found.what != topic::emergency && found.what != topic::eating_disorder;
  // A loss that leads too far stays one however the talk of it goes on.
  const bool goes_on = is_about_energy(found.what) && is_too_light_an_aim(found.said, found.person);
  if (may_be_unsafe && (goes_on || is_unsafe(ear.said_now(), found.person)))
    found.what = topic::unsafe_target;
  found.ends_emergency = ear.ends_emergency();
  if (const auto open = ear.open_emergency(); open && is_a_plan(found.what)) {
    found.what = topic::emergency;
    found.emergency = open;
    found.confidence = 1;
    found.is_reminder = true;
  }
  return found;
}

}  // namespace genesis::coach
