#include "domain/coach/answers.hpp"
#include "domain/coach/phrases.hpp"
#include "domain/coach/phrases_sage.hpp"
#include "domain/energy.hpp"
#include "domain/safety.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::coach {

namespace {

constexpr double steady_loss_share = 0.01;  // of the body weight a week: what `pace_of` calls steady

bool forbids_any_plan(safety_kind kind) {
  return kind == safety_kind::eating_disorder || kind == safety_kind::pregnancy || kind == safety_kind::lactation;
}

std::string refusal_in_words(const composer& answer, safety_kind kind) {
  const auto& words = answer.words();
  const auto& person = answer.person();
  switch (kind) {
  case safety_kind::eating_disorder: return answer.say(phrases::refuse_eating_disorder);
  case safety_kind::pregnancy: return answer.say(phrases::refuse_pregnancy);
  case safety_kind::lactation: return answer.say(phrases::refuse_lactation);
  case safety_kind::underage: return answer.say(phrases::refuse_underage);
  case safety_kind::underweight:
    return answer.say(phrases::refuse_underweight,
      {{"weight", words.mass(person.weight_kg->value)}, {"height", words.height(*person.height_cm)},
        {"bmi", words.number(body_mass_index_of(person).value_or(0), 1)}});
  default: return {};
  }
}

std::string period_in_words(const composer& answer, double days) {
  const auto count = [&](double value, const phrase& one, const phrase& several) {
    return value == 1 ? answer.say(one) : answer.say(several, {{"count", answer.words().number(value, 1)}});
  };
  if (days < 7)
    return count(days, phrases::period_day, phrases::period_days);
  if (std::fmod(days, 7) == 0)
    return count(days / 7, phrases::period_week, phrases::period_weeks);
  if (days >= 30)
    return count(std::round(days / 30.4), phrases::period_month, phrases::period_months);
  return count(days, phrases::period_day, phrases::period_days);
}

void refuse_low_intake(composer& answer) {
  const auto& words = answer.words();
  const auto sex = reference_sex_of(answer.person()).value_or(reference_sex::female);
  const auto asked_kcal = *answer.said().intake_kcal;
  answer.paragraph(answer.say(
    phrases::refuse_below_floor, {{"asked", words.kcal(asked_kcal)}, {"floor", words.kcal(energy_floor_kcal(sex))}}));
  answer.show(notice_of(safety_kind::below_energy_floor));
  const auto target =
    energy_target_of(answer.person(), answer.today(), {answer.said().resting_formula, goal::lose_weight, {}});
  const auto formula = answer.said().resting_formula.value_or(usual_formula(answer.person()));
  auto arguments = profile_arguments(answer);
  arguments.push_back({"goal", std::string{name_of(goal::lose_weight)}});
  answer.use_tool("energy_target", std::move(arguments), target.has_value());
  if (!target) {
    answer.paragraph(answer.say(phrases::instead_unknown) + " " + answer.say(phrases::prescribed));
    answer.show(target.error());
    return;
  }
  const bool is_deficit = target->target_kcal < target->maintenance_kcal;
  answer.paragraph(answer.say(is_deficit ? phrases::instead_target : phrases::instead_maintenance,
                     {{"target", words.kcal(target->target_kcal)},
                       {"maintenance", words.kcal(target->maintenance_kcal)}, {"formula", source_of(formula).title}}) +
                   " " + answer.say(phrases::prescribed));
  answer.show(*target, {source_of(formula), answer.weight_source()});
}

void refuse_rapid_loss(composer& answer) {
  const auto& words = answer.words();
  const auto kg = std::abs(*answer.said().change_kg);
  const auto per_week = kg / *answer.said().change_days * 7;
  const auto period = period_in_words(answer, *answer.said().change_days);
  const auto& weight = answer.person().weight_kg;
  std::string text;
  if (weight) {
    const auto pace = weight->value * steady_loss_share;
    text = answer.say(phrases::refuse_rapid_loss, {{"change", words.mass(kg)}, {"period", period},
                                                    {"rate", words.percent(per_week / weight->value * 100, 1)}}) +
           " " +
           answer.say(phrases::steady_pace,
             {{"pace", words.mass(pace)}, {"weeks", words.number(std::ceil(kg / pace))}, {"change", words.mass(kg)}});
  } else {
    text = answer.say(phrases::refuse_rapid_loss_unknown,
      {{"change", words.mass(kg)}, {"period", period}, {"per_week", words.mass(per_week)}});
  }
  answer.use_tool("weight_pace", {{"change_kg_per_week", -per_week}});
  answer.paragraph(text);
  answer.show(notice_of(safety_kind::rapid_weight_loss));
  answer.paragraph(answer.say(phrases::rapid_professional));
}

}  // namespace

bool refuse_energy_plan(composer& answer, bool is_deficit_wanted) {
  const auto refusals = deficit_refusals(answer.person(), answer.today());
  const auto reason =
    std::ranges::find_if(refusals, [&](safety_kind kind) { return is_deficit_wanted || forbids_any_plan(kind); });
  if (reason == refusals.end())
    return false;
  answer.use_tool("deficit_check", profile_arguments(answer));
  answer.paragraph(refusal_in_words(answer, *reason));
  answer.show(notice_of(*reason));
  answer.paragraph(answer.say(*reason == safety_kind::underweight ? phrases::offer_gain : phrases::still_can_help));
  return true;
}

void answer_unsafe_target(composer& answer) {
  answer.is_about_health();
  if (refuse_energy_plan(answer, true))
    return;
  if (answer.said().intake_kcal)
    refuse_low_intake(answer);
  else if (answer.said().change_kg && answer.said().change_days)
    refuse_rapid_loss(answer);
  else
    answer.paragraph(answer.say(phrases::instead_unknown));
}

}  // namespace genesis::coach
