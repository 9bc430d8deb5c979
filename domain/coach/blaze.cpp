#include "domain/coach/answers.hpp"
#include "domain/coach/phrases_blaze.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/coach/records.hpp"
#include "domain/heart_rate.hpp"
#include "domain/strength.hpp"

#include <algorithm>

namespace genesis::coach {

namespace {

constexpr double example_load_kg = 80;
constexpr double small_plates_kg = 2.5;

std::string lift_in_words(const composer& answer) {
  const auto which = answer.said().lift_name;
  if (!which)
    return {};
  switch (*which) {
  case lift::bench_press: return answer.say(phrases::lift_bench_press);
  case lift::squat: return answer.say(phrases::lift_squat);
  case lift::deadlift: return answer.say(phrases::lift_deadlift);
  case lift::overhead_press: return answer.say(phrases::lift_overhead_press);
  case lift::row: return answer.say(phrases::lift_row);
  case lift::pull_up: return answer.say(phrases::lift_pull_up);
  }
  return {};
}

/// "bench press " before the noun in English, " de press de banca" behind it in Spanish.
std::string lift_beside_noun(const composer& answer) {
  const auto name = lift_in_words(answer);
  if (name.empty())
    return {};
  return answer.words().is_spanish() ? answer.say(phrases::of_the_lift, {{"lift", name}}) : name + " ";
}

std::string repetitions_in_words(const composer& answer, int count, int in_reserve = 0) {
  const auto& words = answer.words();
  auto text = count == 1 ? answer.say(phrases::repetitions_one)
                         : answer.say(phrases::repetitions_many, {{"count", words.number(count)}});
  if (in_reserve > 0)
    text = answer.say(phrases::with_reserve, {{"reps", text}, {"count", words.number(in_reserve)}});
  return text;
}

std::string title_of(std::string_view formula_name) {
  const auto formula = parse_enum<one_rep_max_formula>(formula_name);
  return formula ? source_of(*formula).title : std::string{formula_name};
}

void ask_for_set(composer& answer) {
  const auto& said = answer.said();
  const auto& words = answer.words();
  answer.use_tool("one_rep_max", {}, false);
  if (said.lifted_kg)
    answer.paragraph(answer.say(phrases::ask_for_repetitions, {{"weight", words.mass(*said.lifted_kg)}}));
  else if (said.repetitions)
    answer.paragraph(answer.say(phrases::ask_for_load, {{"reps", repetitions_in_words(answer, *said.repetitions)}}));
  else
    answer.paragraph(answer.say(phrases::ask_for_set, {{"weight", words.plates(example_load_kg)}}));
}

void tell_set_is_too_long(composer& answer) {
  const auto& said = answer.said();
  answer.use_tool("one_rep_max", {{"repetitions", static_cast<double>(*said.repetitions)}}, false);
  answer.paragraph(
    answer.say(phrases::set_too_long, {{"reps", repetitions_in_words(answer, *said.repetitions, said.in_reserve)},
                                        {"most", answer.words().number(repetitions_told_max)},
                                        {"reliable", answer.words().number(repetitions_reliable_max)}}));
  answer.paragraph(answer.say(phrases::set_too_long_instead));
}

void tell_spread(composer& answer, const one_rep_max& found) {
  const auto& words = answer.words();
  const auto [low, high] = std::ranges::minmax(found.estimates, {}, &one_rep_max_estimate::kg);
  answer.paragraph(
    answer.say(phrases::spread, {{"low", words.mass(low.kg)}, {"low_formula", title_of(low.formula)},
                                  {"high", words.mass(high.kg)}, {"high_formula", title_of(high.formula)}}));
}

void list_estimates(composer& answer, const one_rep_max& found) {
  auto text = answer.say(phrases::estimates_lead);
  for (const auto& each : found.estimates)
    text += "\n" + answer.say(phrases::estimate_line,
                     {{"formula", title_of(each.formula)}, {"kg", answer.words().mass(each.kg)}});
  answer.paragraph(text);
}

const phrase& zone_line(int zone) {
  switch (zone) {
  case 1: return phrases::zone_1;
  case 2: return phrases::zone_2;
  case 3: return phrases::zone_3;
  case 4: return phrases::zone_4;
  default: return phrases::zone_5;
  }
}

/// The latest resting heart rate: what the person says, or the last one on record.
std::optional<double> resting_rate(const composer& answer) {
  if (answer.said().resting_bpm)
    return answer.said().resting_bpm;
  const auto* record = latest_record(answer.asked().records, progress_metric::resting_heart_rate_bpm);
  return record != nullptr ? std::optional{record->value} : std::nullopt;
}

artifact_source resting_rate_source(const composer& answer) {
  const auto* record = latest_record(answer.asked().records, progress_metric::resting_heart_rate_bpm);
  return answer.said().resting_bpm || record == nullptr
           ? stated_source(answer.words(), name_of(progress_metric::resting_heart_rate_bpm))
           : record_source(*record);
}

/// By the maximum that the person told, else by what a formula makes of the age.
from_profile<heart_rate_zones> zones_for(
  const composer& answer, std::optional<double> rate, max_heart_rate_formula formula) {
  if (const auto told = answer.said().max_bpm)
    return zones_of_maximum(*told, rate);
  return heart_rate_zones_of(answer.person(), answer.today(), rate, formula);
}

std::vector<tool_argument> zone_arguments(
  const composer& answer, std::optional<double> rate, max_heart_rate_formula formula) {
  std::vector<tool_argument> arguments;
  const auto told = answer.said().max_bpm;
  const auto age = age_of(answer.person(), answer.today());
  if (told)
    arguments.push_back({"max_heart_rate_bpm", *told});
  else if (age)
    arguments.push_back({"age_years", static_cast<double>(*age)});
  if (rate)
    arguments.push_back({"resting_heart_rate_bpm", *rate});
  if (!told)
    arguments.push_back({"formula", std::string{name_of(formula)}});
  return arguments;
}

std::string schedule(const composer& answer) {
  const auto days = answer.said().training_days.value_or(static_cast<int>(answer.asked().prefs.training_days.size()));
  if (days == 0)
    return answer.say(phrases::schedule_unknown);
  const auto count = days == 1 ? answer.say(phrases::days_one)
                               : answer.say(phrases::days_many, {{"count", answer.words().number(days)}});
  const auto& text = days <= 2   ? phrases::schedule_two
                     : days == 3 ? phrases::schedule_three
                     : days == 4 ? phrases::schedule_four
                                 : phrases::schedule_many;
  return answer.say(text, {{"days", count}});
}

std::string volume(const composer& answer) {
  const bool is_beginner = answer.person().experience_level == experience_level::beginner;
  return answer.say(is_beginner ? phrases::volume_beginner : phrases::volume_basics);
}

std::string progression(const composer& answer) {
  const auto& words = answer.words();
  return answer.say(phrases::progression_basics,
    {{"step", words.is_imperial() ? words.plates(5 * kg_per_pound) : words.plates(small_plates_kg)}});
}

void tell_warm_up(composer& answer) {
  answer.paragraph(answer.say(phrases::warm_up_basics));
  const auto kg = answer.said().lifted_kg;
  if (!kg)
    return;
  const auto& words = answer.words();
  answer.paragraph(
    answer.say(phrases::warm_up_loads, {{"weight", words.mass(*kg)}, {"first", words.plates(*kg * 0.4)},
                                         {"second", words.plates(*kg * 0.6)}, {"third", words.plates(*kg * 0.8)}}));
}

void tell_cardio(composer& answer) {
  auto text = answer.say(phrases::cardio_basics);
  const auto rate = resting_rate(answer);
  const auto formula = max_heart_rate_formula::tanaka;
  const auto zones = zones_for(answer, rate, formula);
  if (zones && zones->zones.size() > 1) {
    const auto& words = answer.words();
    const auto& second = zones->zones[1];
    text +=
      " " + answer.say(phrases::cardio_zone_2,
              {{"low", words.number(second.low_bpm)}, {"high", words.beats(second.high_bpm)},
                {"formula", answer.said().max_bpm ? answer.say(phrases::by_told_maximum) : source_of(formula).title}});
  }
  answer.paragraph(text);
  if (!answer.is_brief())
    answer.paragraph(answer.say(phrases::cardio_strength));
}

}  // namespace

void answer_one_rep_max(composer& answer) {
  const auto& said = answer.said();
  if (said.repetitions && *said.repetitions + said.in_reserve > repetitions_told_max)
    return tell_set_is_too_long(answer);
  if (!said.lifted_kg || !said.repetitions)
    return ask_for_set(answer);
  auto found = one_rep_max_of(*said.lifted_kg, *said.repetitions, said.in_reserve);
  const auto formula = said.strength_formula.value_or(one_rep_max_formula::epley);
  std::vector<tool_argument> arguments{{"weight_kg", *said.lifted_kg},
    {"repetitions", static_cast<double>(*said.repetitions)}, {"in_reserve", static_cast<double>(said.in_reserve)},
    {"formula", std::string{name_of(formula)}}};
  answer.use_tool("one_rep_max", std::move(arguments), found.has_value());
  if (!found)
    return answer.paragraph(answer.say(phrases::set_out_of_range));
  if (const auto wanted = std::ranges::find(found->estimates, name_of(formula), &one_rep_max_estimate::formula);
    wanted != found->estimates.end())
    found->kg = wanted->kg;
  answer.is_about_health();
  const auto& words = answer.words();
  const bool is_single = *said.repetitions + said.in_reserve == 1;
  const bool is_epley = formula == one_rep_max_formula::epley;
  const bool is_arithmetic = said.wants_reason && !is_single && (is_epley || formula == one_rep_max_formula::brzycki);
  const auto& arithmetic = is_epley ? phrases::arithmetic_epley : phrases::arithmetic_brzycki;
  const auto& lead = is_single ? phrases::lead_single : is_arithmetic ? arithmetic : phrases::lead_one_rep_max;
  answer.paragraph(answer.say(lead,
    {{"weight", words.mass(*said.lifted_kg)},
      {"reps", is_arithmetic ? words.number(*said.repetitions + said.in_reserve)
                             : repetitions_in_words(answer, *said.repetitions, said.in_reserve)},
      {"lift", lift_beside_noun(answer)}, {"max", words.mass(found->kg)}, {"formula", source_of(formula).title}}));
  answer.show(*found, {source_of(formula)});
  const bool is_same_set_again = answer.talk().keeps_topic && !said.wants_reason;
  const bool is_unreliable = *said.repetitions + said.in_reserve > repetitions_reliable_max;
  if (is_single || ((is_same_set_again || !answer.explains()) && !is_unreliable))
    return;
  if (answer.is_detailed() || said.wants_reason)
    list_estimates(answer, *found);
  else
    tell_spread(answer, *found);
  if (is_unreliable)
    return answer.paragraph(answer.say(phrases::many_repetitions));
  answer.advise(phrases::loads_prime, phrases::loads_longevity,
    {{"light", words.plates(found->kg * 0.8)}, {"heavy", words.plates(found->kg * 0.85)}});
}

void answer_heart_rate_zones(composer& answer) {
  answer.is_about_health();
  const auto rate = resting_rate(answer);
  const auto formula = answer.said().heart_formula.value_or(max_heart_rate_formula::tanaka);
  const auto found = zones_for(answer, rate, formula);
  answer.use_tool("heart_rate_zones", zone_arguments(answer, rate, formula), found.has_value());
  if (!found) {
    answer.ask_for(found.error(), phrases::purpose_heart_rate_zones);
    return answer.paragraph(answer.say(phrases::zones_error));
  }
  const auto& words = answer.words();
  const bool is_by_reserve = uses_reserve(found->max_bpm, rate);
  const bool is_told = answer.said().max_bpm.has_value();
  const auto& by_reserve = is_told ? phrases::lead_zones_told_reserve : phrases::lead_zones_reserve;
  const auto& by_share = is_told ? phrases::lead_zones_told_share : phrases::lead_zones_share;
  auto text = answer.say(
    is_by_reserve ? by_reserve : by_share, {{"max", words.beats(found->max_bpm)}, {"formula", source_of(formula).title},
                                             {"age", words.number(age_of(answer.person(), answer.today()).value_or(0))},
                                             {"rest", words.number(rate.value_or(0))}});
  for (const auto& zone : found->zones)
    text += "\n" + answer.say(
                     zone_line(zone.zone), {{"low", words.number(zone.low_bpm)}, {"high", words.beats(zone.high_bpm)}});
  answer.paragraph(text);
  std::vector<artifact_source> sources{is_told ? stated_source(words, "max_heart_rate_bpm") : source_of(formula)};
  if (is_by_reserve) {
    sources.push_back(karvonen_source());
    sources.push_back(resting_rate_source(answer));
  }
  answer.show(*found, std::move(sources));
  if (!answer.explains() || answer.talk().keeps_topic)
    return;
  if (!is_told)
    answer.paragraph(
      answer.say(phrases::zones_error) + (is_by_reserve ? "" : " " + answer.say(phrases::zones_no_rest)));
  else if (!is_by_reserve)
    answer.paragraph(answer.say(phrases::zones_no_rest));
  answer.advise(phrases::zones_prime, phrases::zones_longevity);
}

void answer_training_advice(composer& answer) {
  answer.is_about_health();
  switch (answer.talk().subject) {
  case training_subject::schedule:
    answer.paragraph(schedule(answer));
    if (!answer.is_brief())
      answer.paragraph(volume(answer));
    break;
  case training_subject::volume:
    answer.paragraph(volume(answer));
    if (!answer.is_brief())
      answer.paragraph(answer.say(phrases::volume_landmarks));
    break;
  case training_subject::repetitions:
    answer.paragraph(answer.say(phrases::repetitions_basics));
    if (!answer.is_brief())
      answer.paragraph(answer.say(phrases::repetitions_effort));
    break;
  case training_subject::progression:
    answer.paragraph(progression(answer));
    if (!answer.is_brief())
      answer.paragraph(answer.say(phrases::progression_stuck));
    break;
  case training_subject::deload:
    answer.paragraph(answer.say(phrases::deload_basics));
    if (!answer.is_brief())
      answer.paragraph(answer.say(phrases::deload_compare));
    break;
  case training_subject::warm_up: tell_warm_up(answer); break;
  case training_subject::cardio: tell_cardio(answer); break;
  case training_subject::general:
    answer.paragraph(schedule(answer));
    answer.paragraph(volume(answer) + " " + progression(answer));
    break;
  }
  answer.advise(phrases::training_prime, phrases::training_longevity);
}

}  // namespace genesis::coach
