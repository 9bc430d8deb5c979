#include "domain/body.hpp"
#include "domain/coach/answers.hpp"
#include "domain/coach/goals.hpp"
#include "domain/coach/phrases_stella.hpp"
#include "domain/coach/phrases_trends.hpp"
#include "domain/coach/records.hpp"
#include "domain/coach/trend_span.hpp"
#include "domain/safety.hpp"
#include "domain/weight_trend.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::coach {

namespace {

// Weekly changes, kg, within which a goal is on track.
constexpr range on_track_loss{-0.75, -0.25};
constexpr range on_track_gain{0.1, 0.3};
constexpr range on_track_recomposition{-0.2, 0.2};
constexpr range on_track_maintenance{-0.1, 0.1};

// WHO's classes of the body mass index.
constexpr range bmi_normal{deficit_bmi_min, 25};
constexpr double bmi_obese_min = 30;

constexpr double steady_half_width_kg = 0.5;  // how exactly a pace is known before it may be called none

bool is_told_from_noise(const weight_trend& trend) {
  return trend.low > 0 || trend.high < 0;
}

/// The change may be none, and cannot be much.
bool is_steady(const weight_trend& trend) {
  return !is_told_from_noise(trend) && trend.high - trend.low <= 2 * steady_half_width_kg;
}

range on_track(goal which) {
  switch (which) {
  case goal::lose_weight: return on_track_loss;
  case goal::gain_muscle: return on_track_gain;
  case goal::recomposition: return on_track_recomposition;
  default: return on_track_maintenance;
  }
}

const phrase& verdict(goal which, double change) {
  const auto good = on_track(which);
  const bool is_above = change > good.high;
  if (good.contains(change))
    return which == goal::recomposition ? phrases::verdict_recomposition : phrases::verdict_on_track;
  switch (which) {
  case goal::lose_weight: return is_above ? phrases::verdict_slow_loss : phrases::verdict_fast_loss;
  case goal::gain_muscle: return is_above ? phrases::verdict_fast_gain : phrases::verdict_slow_gain;
  default: return is_above ? phrases::verdict_drifting_up : phrases::verdict_drifting_down;
  }
}

std::string verdict_in_words(const composer& answer, const weight_trend& trend) {
  const auto change = trend.change_kg_per_week;
  const auto kg = trend.points.back().trend_kg;
  if (!is_told_from_noise(trend)) {
    // Neither a warning nor a change of what to eat rests on a pace that may be none.
    const auto goal = answer.person().goal;
    const bool is_wanted = goal && is_steady(trend) && on_track(*goal).contains(0);
    return is_wanted ? answer.say(verdict(*goal, 0), {{"goal", goal_in_words(answer.words(), *goal)}})
                     : answer.say(phrases::verdict_more_records);
  }
  if (pace_of(change, kg) == change_pace::too_fast && change < 0)
    return answer.say(phrases::verdict_too_fast);
  const auto goal = answer.person().goal;
  if (!goal)
    return answer.say(phrases::verdict_no_goal);
  return answer.say(verdict(*goal, change), {{"goal", goal_in_words(answer.words(), *goal)}});
}

std::string lead(const composer& answer, const weight_trend& trend) {
  if (!is_told_from_noise(trend))
    return answer.say(is_steady(trend) ? phrases::lead_steady : phrases::lead_unclear);
  const auto& text = trend.change_kg_per_week < 0 ? phrases::lead_falling : phrases::lead_rising;
  return answer.say(text, {{"rate", answer.words().mass(std::abs(trend.change_kg_per_week))}});
}

std::string path(const composer& answer, const weight_trend& trend) {
  const auto& words = answer.words();
  const auto& first = trend.points.front();
  const auto& last = trend.points.back();
  auto text =
    answer.say(phrases::trend_path, {{"first_date", words.date(first.date)}, {"last_date", words.date(last.date)},
                                      {"count", words.number(static_cast<double>(trend.points.size()))},
                                      {"first", words.mass(first.trend_kg)}, {"last", words.mass(last.trend_kg)}});
  const auto [nearer, farther] = std::minmax({std::abs(trend.low), std::abs(trend.high)});
  const auto interval =
    is_told_from_noise(trend)
      ? answer.say(phrases::interval_one_way, {{"low", words.mass(nearer)}, {"high", words.mass(farther)}})
      : answer.say(phrases::interval_both_ways, {{"low", words.mass(-trend.low)}, {"high", words.mass(trend.high)}});
  return text + " " + interval;
}

/// Shows the person that their entries are there, even when they are too few.
void tell_gap(composer& answer, trend_gap gap) {
  const auto span = trend_span_of(answer);
  const auto recent = records_within(answer.asked().records, progress_metric::weight_kg, span);
  if (gap == trend_gap::no_values || recent.empty()) {
    const auto& words = answer.words();
    return answer.paragraph(answer.said().past ? answer.say(phrases::no_weights_between,
                                                   {{"from", words.date(span.from)}, {"to", words.date(span.to)}})
                                               : answer.say(phrases::no_weights));
  }
  const auto& words = answer.words();
  const auto count = recent.size() == 1 ? answer.say(phrases::weigh_ins_one)
                                        : answer.say(phrases::weigh_ins_many,
                                            {{"count", words.number(static_cast<double>(recent.size()))}});
  const auto& last = *latest_record(recent, progress_metric::weight_kg);
  answer.paragraph(answer.say(gap == trend_gap::too_few_days ? phrases::few_weights : phrases::short_span,
    {{"count", count}, {"last", words.mass(last.value)}, {"date", words.date(day_of(last.recorded_at))}}));
}

}  // namespace

void answer_weight_trend(composer& answer) {
  answer.is_about_health();
  const auto span = trend_span_of(answer);
  const auto length = std::chrono::sys_days{span.to} - std::chrono::sys_days{span.from} + std::chrono::days{1};
  auto records = answer.asked().records;
  std::erase_if(records, [&](const progress_record& each) { return day_of(each.recorded_at) > span.to; });
  const auto trend = weight_trend_of(records, span.to, length);
  std::vector<tool_argument> arguments{{"days", static_cast<double>(length.count())}};
  if (answer.said().past)
    arguments.push_back({"to", to_iso_date(span.to)});
  answer.use_tool("weight_trend", std::move(arguments), trend.has_value());
  if (!trend) {
    tell_gap(answer, trend.error());
    return answer.show(profile_gaps{{"weight_kg"}});
  }
  answer.paragraph(answer.said().wants_reason ? answer.say(phrases::trend_method) : lead(answer, *trend));
  const day_span drawn{trend->points.front().date, trend->points.back().date};
  answer.show(*trend, trend_sources(trend_source(), records_within(records, progress_metric::weight_kg, drawn)));
  if (answer.explains())
    answer.paragraph(path(answer, *trend));
  answer.paragraph(verdict_in_words(answer, *trend));
  if (is_told_from_noise(*trend) && pace_notice(trend->change_kg_per_week, trend->points.back().trend_kg))
    answer.show(notice_of(safety_kind::rapid_weight_loss));
  if (is_beyond_records(answer, span))
    answer.paragraph(answer.say(phrases::looks_back));
  answer.advise(phrases::trend_prime, phrases::trend_longevity);
}

void answer_body_mass_index(composer& answer) {
  answer.is_about_health();
  if (refuse_energy_plan(answer, false))
    return;
  const auto& person = answer.person();
  const auto bmi = body_mass_index_of(person);
  const bool is_young = age_of(person, answer.today()).value_or(deficit_age_years_min) < deficit_age_years_min;
  answer.use_tool("body_mass_index", profile_arguments(answer), bmi.has_value() && !is_young);
  if (is_young)
    return answer.paragraph(answer.say(phrases::bmi_young));
  if (!bmi) {
    profile_gaps gaps;
    if (!person.height_cm)
      gaps.fields.emplace_back("height_cm");
    if (!person.weight_kg)
      gaps.fields.emplace_back("weight_kg");
    return answer.ask_for(gaps, phrases::purpose_body_mass_index);
  }
  const auto& words = answer.words();
  const auto& which = *bmi < bmi_normal.low    ? phrases::bmi_underweight
                      : *bmi < bmi_normal.high ? phrases::bmi_normal
                      : *bmi < bmi_obese_min   ? phrases::bmi_overweight
                                               : phrases::bmi_obese;
  answer.paragraph(answer.say(
    phrases::lead_body_mass_index, {{"bmi", words.number(*bmi, 1)}, {"weight", words.mass(person.weight_kg->value)},
                                     {"height", words.height(*person.height_cm)}, {"class", answer.say(which)}}));
  const auto kg_per_bmi = person.weight_kg->value / *bmi;
  if (answer.explains())
    answer.paragraph(answer.say(phrases::bmi_range,
      {{"low", words.mass(bmi_normal.low * kg_per_bmi)}, {"high", words.mass(bmi_normal.high * kg_per_bmi)}}));
  if (*bmi < bmi_normal.low || *bmi >= bmi_obese_min)
    answer.paragraph(answer.say(phrases::bmi_doctor));
}

void answer_progress_log(composer& answer) {
  if (answer.said().keeps_units)
    return answer.paragraph(
      answer.say(answer.words().is_imperial() ? phrases::units_are_pounds : phrases::units_are_kilos));
  if (answer.talk().said_now.asks_diary)
    return answer.paragraph(answer.say(phrases::diary_is_elsewhere));
  if (answer.talk().said_now.asks_to_save)
    return answer.paragraph(answer.say(phrases::plans_are_elsewhere));
  answer.paragraph(answer.say(phrases::log_is_yours));
  answer.paragraph(answer.say(phrases::log_in_talk));
}

}  // namespace genesis::coach
