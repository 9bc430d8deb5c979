#include "domain/coach/answers.hpp"
#include "domain/coach/phrases_refusals.hpp"
#include "domain/coach/told_facts.hpp"

namespace genesis::coach {

namespace {

using kind = impossible_value::kind_type;

std::string in_words(const composer& answer, kind what, double value) {
  const auto& words = answer.words();
  switch (what) {
  case kind::weight_kg:
  case kind::lifted_kg: return words.mass(value);
  case kind::height_cm: return words.number(value, 1) + " cm";
  case kind::age_years: return answer.say(phrases::years_of_age, {{"count", words.number(value)}});
  case kind::body_fat_pct: return words.percent(value, 1);
  case kind::rating: return words.number(value, 1);
  case kind::sleep_hours: return answer.say(phrases::hours_of_sleep, {{"count", words.number(value, 1)}});
  case kind::max_bpm: return words.beats(value);
  case kind::repetitions: return answer.say(phrases::repetitions_count, {{"count", words.number(value, 1)}});
  }
  return {};
}

std::string_view profile_field(kind what) noexcept {
  switch (what) {
  case kind::weight_kg: return "weight_kg";
  case kind::height_cm: return "height_cm";
  case kind::age_years: return "date_of_birth";
  case kind::body_fat_pct: return "body_fat_pct";
  case kind::lifted_kg:
  case kind::repetitions:
  case kind::rating:
  case kind::sleep_hours:
  case kind::max_bpm: return {};
  }
  return {};
}

}  // namespace

bool tell_impossible(composer& answer) {
  profile_gaps gaps;
  if (!answer.said().impossible.empty() && answer.talk().answers_question)
    acknowledge(answer);
  for (const auto& each : answer.said().impossible) {
    const bool is_counted =
      each.kind == kind::repetitions || each.kind == kind::age_years || each.kind == kind::sleep_hours;
    const auto field = profile_field(each.kind);
    const auto question = question_for(answer.words(), field);
    answer.paragraph(answer.say(question.empty() ? phrases::impossible_value : phrases::impossible_asked_again,
      {{"value", in_words(answer, each.kind, each.value)},
        {"low", is_counted ? answer.words().number(each.allowed.low) : in_words(answer, each.kind, each.allowed.low)},
        {"high", in_words(answer, each.kind, each.allowed.high)}, {"question", question}}));
    if (!field.empty())
      gaps.fields.emplace_back(field);
  }
  if (!gaps.fields.empty())
    answer.show(gaps);
  return !answer.said().impossible.empty();
}

}  // namespace genesis::coach
