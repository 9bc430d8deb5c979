#include "domain/coach/answers.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/folded_text.hpp"
#include "domain/coach/goals.hpp"
#include "domain/coach/open_questions.hpp"
#include "domain/coach/phrases.hpp"
#include "domain/coach/phrases_nexus.hpp"
#include "domain/coach/told_facts.hpp"
#include "domain/energy.hpp"

#include <algorithm>
#include <array>

namespace genesis::coach {

namespace {

/// ", Ana" for somebody whose name is known.
std::string comma_first_name(const composer& answer) {
  const auto& name = answer.person().full_name;
  if (!name)
    return {};
  const auto begin = name->find_first_not_of(' ');
  if (begin == std::string::npos)
    return {};
  return ", " + name->substr(begin, name->find(' ', begin) - begin);
}

const phrase& level_in_words(activity_level level) {
  switch (level) {
  case activity_level::sedentary: return phrases::level_sedentary;
  case activity_level::light: return phrases::level_light;
  case activity_level::moderate: return phrases::level_moderate;
  case activity_level::active: return phrases::level_active;
  case activity_level::very_active: return phrases::level_very_active;
  }
  return phrases::level_sedentary;
}

std::vector<std::string> facts_of(const composer& answer) {
  const auto& person = answer.person();
  const auto& words = answer.words();
  std::vector<std::string> facts;
  const auto add = [&](
                     const phrase& what, std::string value) { facts.push_back(answer.say(what, {{"value", value}})); };
  if (const auto age = age_of(person, answer.today()))
    add(phrases::fact_age, words.number(*age));
  if (const auto sex = reference_sex_of(person))
    facts.push_back(answer.say(*sex == reference_sex::male ? phrases::fact_male : phrases::fact_female));
  if (person.height_cm)
    add(phrases::fact_height, words.height(*person.height_cm));
  if (person.weight_kg)
    facts.push_back(answer.say(phrases::fact_weight,
      {{"value", words.mass(person.weight_kg->value)}, {"date", words.date(day_of(person.weight_kg->recorded_at))}}));
  if (person.body_fat_pct)
    add(phrases::fact_body_fat, words.percent(person.body_fat_pct->value, 1));
  if (person.activity_level)
    add(phrases::fact_activity, answer.say(level_in_words(*person.activity_level)));
  if (person.goal)
    add(phrases::fact_goal, goal_in_words(words, *person.goal));
  return facts;
}

}  // namespace

void answer_greeting(composer& answer) {
  auto text = answer.say(answer.one_of(phrases::greetings), {{"name", comma_first_name(answer)}});
  if (answer.is_brief())
    return answer.paragraph(text);
  answer.paragraph(text + " " + answer.say(phrases::greeting_offer));
  const profile_gaps gaps{missing_in_profile(answer.person())};
  if (!gaps.fields.empty() && answer.asked().history.empty())
    answer.paragraph(answer.say(phrases::greeting_gaps, {{"fields", fields_in_words(answer.words(), gaps.fields)}}));
}

void answer_thanks(composer& answer) {
  // "ok" is heard, but nobody was thanked.
  const auto words = fold(answer.asked().question);
  const bool is_thanked = std::ranges::any_of(words, [](const folded_word& each) {
    return each.text.starts_with("thank") || is_one_of(each.text, {"thx", "ty", "gracias", "cheers"});
  });
  if (is_thanked)
    answer.paragraph(answer.say(answer.one_of(phrases::welcomes), {{"name", comma_first_name(answer)}}));
  else
    answer.paragraph(answer.say(phrases::heard));
}

void answer_farewell(composer& answer) {
  answer.paragraph(answer.say(phrases::farewell, {{"name", comma_first_name(answer)}}));
}

void answer_capabilities(composer& answer) {
  auto text = answer.say(phrases::capabilities_lead);
  for (const auto* line : {&phrases::capabilities_sage, &phrases::capabilities_blaze, &phrases::capabilities_stella,
         &phrases::capabilities_wave})
    text += "\n" + answer.say(*line);
  answer.paragraph(text);
  if (!answer.is_brief())
    answer.paragraph(answer.say(phrases::capabilities_limits));
}

void answer_profile_gaps(composer& answer) {
  const profile_gaps gaps{missing_in_profile(answer.person())};
  const auto facts = facts_of(answer);
  answer.use_tool("profile_gaps", {});
  answer.paragraph(facts.empty() ? answer.say(phrases::profile_empty)
                                 : answer.say(phrases::profile_known, {{"facts", answer.words().all_of(facts)}}));
  if (gaps.fields.empty())
    return answer.paragraph(answer.say(phrases::profile_complete));
  answer.paragraph(answer.say(phrases::profile_missing, {{"fields", fields_in_words(answer.words(), gaps.fields)}}));
  answer.show(gaps);
}

void answer_out_of_scope(composer& answer) {
  if (answer.talk().ends_emergency)
    return answer.paragraph(answer.say(phrases::glad_it_is_over));
  if (acknowledge(answer)) {
    tell_how_to_keep(answer);
    return answer.paragraph(answer.say(phrases::told_and_no_question));
  }
  answer.paragraph(answer.say(phrases::out_of_scope));
  answer.paragraph(answer.say(phrases::out_of_scope_offer));
}

}  // namespace genesis::coach
