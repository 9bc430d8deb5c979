#include "domain/body.hpp"
#include "domain/coach/answers.hpp"
#include "domain/coach/phrases_sage.hpp"
#include "domain/conditions.hpp"
#include "domain/hydration.hpp"
#include "domain/safety.hpp"

namespace genesis::coach {

void answer_water(composer& answer) {
  answer.is_about_health();
  const auto& person = answer.person();
  const auto& words = answer.words();
  const auto water = water_target_of(person, answer.today());
  std::vector<tool_argument> arguments;
  if (person.sex)
    arguments.push_back({"sex", std::string{name_of(*person.sex)}});
  answer.use_tool("water_target", std::move(arguments), water.has_value());
  if (!water) {
    answer.ask_for(water.error(), phrases::purpose_water);
    return answer.paragraph(
      answer.say(phrases::water_partial, {{"men", words.volume(total_water_litres(reference_sex::male))},
                                           {"women", words.volume(total_water_litres(reference_sex::female))}}));
  }
  if (!answer.said().wants_reason)
    answer.paragraph(answer.say(phrases::lead_water,
      {{"total", words.volume(water->litres)}, {"drinks", words.volume(water->litres * water_share_from_drinks)}}));
  answer.show(*water, {water_source()});
  tell_water_caution(answer);
  if (!answer.explains())
    return;
  const auto& group = any_states(person.medical_conditions, health_condition::pregnancy)   ? phrases::group_pregnant
                      : any_states(person.medical_conditions, health_condition::lactation) ? phrases::group_lactating
                      : age_of(person, answer.today()).value_or(deficit_age_years_min) < deficit_age_years_min
                        ? phrases::group_young
                      : reference_sex_of(person) == reference_sex::male ? phrases::group_men
                                                                        : phrases::group_women;
  const auto& path = answer.said().wants_reason ? phrases::water_reason : phrases::water_path;
  answer.paragraph(answer.say(path, {{"group", answer.say(group)}, {"total", words.volume(water->litres)},
                                      {"drinks", words.volume(water->litres * water_share_from_drinks)}}) +
                   " " + answer.say(words.is_imperial() ? phrases::water_sweat_pounds : phrases::water_sweat));
}

}  // namespace genesis::coach
