#include "domain/coach/specialists.hpp"

#include "domain/coach/answers.hpp"
#include "domain/coach/intent.hpp"
#include "domain/coach/language.hpp"
#include "domain/coach/phrases.hpp"
#include "domain/coach/phrases_nexus.hpp"
#include "domain/coach/told_facts.hpp"

namespace genesis::coach {

namespace {

void add_answer(topic what, composer& answer) {
  switch (what) {
  case topic::emergency: return answer_emergency(answer);
  case topic::eating_disorder: return answer_eating_disorder(answer);
  case topic::unsafe_target: return answer_unsafe_target(answer);
  case topic::illness: return answer_illness(answer);
  case topic::pain: return answer_pain(answer);
  case topic::low_mood: return answer_low_mood(answer);
  case topic::medical_question: return answer_medical_question(answer);
  case topic::macros: return answer_macros(answer);
  case topic::protein: return answer_protein(answer);
  case topic::water: return answer_water(answer);
  case topic::one_rep_max: return answer_one_rep_max(answer);
  case topic::heart_rate_zones: return answer_heart_rate_zones(answer);
  case topic::readiness: return answer_readiness(answer);
  case topic::sleep: return answer_sleep(answer);
  case topic::weight_trend: return answer_weight_trend(answer);
  case topic::progress_trend: return answer_progress_trend(answer);
  case topic::body_mass_index: return answer_body_mass_index(answer);
  case topic::resting_energy: return answer_resting_energy(answer);
  case topic::profile_gaps: return answer_profile_gaps(answer);
  case topic::progress_log: return answer_progress_log(answer);
  case topic::own_measures: return answer_own_measures(answer);
  case topic::energy_target: return answer_energy_target(answer);
  case topic::training_advice: return answer_training_advice(answer);
  case topic::capabilities: return answer_capabilities(answer);
  case topic::thanks: return answer_thanks(answer);
  case topic::farewell: return answer_farewell(answer);
  case topic::greeting: return answer_greeting(answer);
  case topic::out_of_scope: return answer_out_of_scope(answer);
  }
}

/// True for topics that are answered whatever numbers stand beside them.
bool is_about_harm(topic what) {
  switch (what) {
  case topic::emergency:
  case topic::eating_disorder:
  case topic::unsafe_target:
  case topic::illness:
  case topic::pain:
  case topic::low_mood:
  case topic::medical_question: return true;
  default: return false;
  }
}

/// True for topics whose answers send somebody to train.
bool is_about_effort(topic what) {
  switch (what) {
  case topic::one_rep_max:
  case topic::heart_rate_zones:
  case topic::readiness:
  case topic::training_advice: return true;
  default: return false;
  }
}

}  // namespace

reply answer(agent who, const turn& asked, const intent& what) {
  composer told{who, asked, what};
  const auto about = parse_enum<topic>(what.name).value_or(told.talk().what);
  if (is_social(about) && is_in_another_language(asked.question)) {
    told.paragraph(told.say(phrases::only_two_languages));
    return told.finish();
  }
  const bool is_handed_over = asked.asked_for && *asked.asked_for != who && *asked.asked_for != agent::nexus &&
                              !can_answer(*asked.asked_for, about) && about != topic::emergency &&
                              about != topic::eating_disorder;
  if (is_handed_over)
    told.paragraph(told.say(phrases::handed_over, {{"other", std::string{display_name(*asked.asked_for)}}}));
  if (told.said().about && !is_about_harm(about) && !is_social(about))
    told.paragraph(told.say(phrases::about_somebody_else));
  if (!is_about_harm(about) && tell_impossible(told))
    return told.finish();
  if (!is_about_effort(about) || !refuse_effort(told))
    add_answer(about, told);
  if (told.has_answered())
    tell_told_facts(told, about);
  if (told.talk().has_sore_chest && about != topic::emergency)
    told.paragraph(told.say(phrases::sore_chest));
  return told.finish();
}

}  // namespace genesis::coach
