#include "domain/coach/answers.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/folded_text.hpp"
#include "domain/coach/phrases_nexus.hpp"
#include "domain/coach/relatives.hpp"
#include "domain/safety.hpp"

namespace genesis::coach {

namespace {

const phrase& first_aid(emergency_kind kind) {
  switch (kind) {
  case emergency_kind::heart: return phrases::emergency_heart;
  case emergency_kind::stroke: return phrases::emergency_stroke;
  case emergency_kind::breathing: return phrases::emergency_breathing;
  case emergency_kind::allergy: return phrases::emergency_allergy;
  case emergency_kind::fainting: return phrases::emergency_fainting;
  case emergency_kind::other: return phrases::emergency_other;
  case emergency_kind::bleeding: return phrases::emergency_bleeding;
  case emergency_kind::poisoning: return phrases::emergency_poisoning;
  case emergency_kind::self_harm: return phrases::emergency_self_harm;
  case emergency_kind::embolism: return phrases::emergency_embolism;
  case emergency_kind::rhythm: return phrases::emergency_rhythm;
  case emergency_kind::childs_poisoning: return phrases::emergency_childs_poisoning;
  case emergency_kind::injury: return phrases::emergency_injury;
  case emergency_kind::muscle_breakdown: return phrases::emergency_muscle_breakdown;
  }
  return phrases::emergency_heart;
}

/// The person feels faint, or does so in training, and is awake to tell: "I feel dizzy and faint when I train".
bool feels_faint(const composer& answer) {
  const auto words = fold(answer.asked().question);
  bool is_own = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at].text;
    if (is_one_of(word, {"i", "im", "me", "siento", "estoy"}))
      is_own = true;
    const auto is_almost = [&](std::size_t back) {
      return back <= at && is_one_of(words[at - back].text, {"almost", "nearly", "casi"});
    };
    if (is_almost(1) || is_almost(2))
      continue;
    if (is_relative(word) ||
        is_one_of(word, {"fainted", "passed", "collapsed", "unconscious", "out", "blacked", "he", "she", "somebody",
                          "someone", "alguien", "desmaye", "desmayo", "desmayado", "desmayada", "desplomado",
                          "inconsciente", "despierta", "conocimiento"}))
      return false;
  }
  return is_own;
}

/// A plan is asked for while an emergency is still open.
void remind_of_emergency(composer& answer, emergency_kind kind) {
  const bool is_of_the_mind = kind == emergency_kind::self_harm || kind == emergency_kind::poisoning;
  answer.paragraph(answer.say(is_of_the_mind ? phrases::still_in_danger : phrases::still_an_emergency));
  answer.paragraph(answer.say(is_of_the_mind ? phrases::call_crisis_line : phrases::call_if_still_there));
  answer.paragraph(answer.say(phrases::tell_when_over));
}

}  // namespace

void answer_emergency(composer& answer) {
  // The notice goes out first, so that a client can act on it before the text has been read.
  answer.show(notice_of(safety_kind::emergency));
  const auto kind = answer.talk().emergency.value_or(emergency_kind::heart);
  if (answer.talk().is_reminder)
    return remind_of_emergency(answer, kind);
  if (kind == emergency_kind::self_harm) {
    answer.paragraph(answer.say(phrases::emergency_self_harm));
    answer.paragraph(answer.say(phrases::call_crisis_line));
    return answer.paragraph(answer.say(phrases::stay_with_somebody));
  }
  if (kind == emergency_kind::fainting && feels_faint(answer)) {
    answer.paragraph(answer.say(phrases::faint_stop));
    answer.paragraph(answer.say(phrases::faint_call));
    return answer.paragraph(answer.say(phrases::faint_doctor));
  }
  answer.paragraph(answer.say(phrases::call_now));
  answer.paragraph(answer.say(first_aid(kind)));
  if (kind == emergency_kind::poisoning)
    answer.paragraph(answer.say(phrases::call_crisis_line));
  if (!answer.is_brief() && kind != emergency_kind::childs_poisoning)
    answer.paragraph(answer.say(phrases::after_emergency));
}

void answer_eating_disorder(composer& answer) {
  answer.paragraph(answer.say(phrases::eating_disorder_care));
  answer.show(notice_of(safety_kind::eating_disorder));
  answer.paragraph(answer.say(phrases::eating_disorder_help));
}

}  // namespace genesis::coach
