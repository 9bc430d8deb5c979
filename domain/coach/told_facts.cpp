#include "domain/coach/told_facts.hpp"

#include "domain/coach/facts.hpp"
#include "domain/coach/goals.hpp"
#include "domain/coach/pace.hpp"
#include "domain/coach/phrases.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace genesis::coach {

namespace {

/// Which facts an answer is worked out with.
struct facts_used {
  bool age = false;
  bool sex = false;
  bool height = false;
  bool weight = false;
  bool body_fat = false;
  bool activity = false;
  bool goal = false;
  bool training_days = false;
  bool diet = false;
  bool maternity = false;
};

facts_used facts_of(topic what, const mentions& said) noexcept {
  switch (what) {
  case topic::energy_target:
  case topic::macros:
    return {.age = true, .sex = true, .height = true, .weight = true, .body_fat = true, .activity = true, .goal = true};
  case topic::protein:
    return {.age = true,
      .sex = true,
      .height = true,
      .weight = true,
      .body_fat = true,
      .activity = true,
      .goal = true,
      .diet = true};
  case topic::resting_energy: return {.age = true, .sex = true, .height = true, .weight = true, .body_fat = true};
  case topic::body_mass_index: return {.height = true, .weight = true};
  case topic::water: return {.sex = true, .maternity = true};
  case topic::heart_rate_zones: return {.age = !said.max_bpm};
  case topic::training_advice: return {.training_days = true};
  default: return {};
  }
}

constexpr facts_used all_facts{.age = true,
  .sex = true,
  .height = true,
  .weight = true,
  .body_fat = true,
  .activity = true,
  .goal = true,
  .diet = true,
  .maternity = true};

/// Facts in words, and where in the records each belongs.
class told_list {
public:
  explicit told_list(const composer& answer) : answer_(answer) {}

  void add(const mentions& told, facts_used used) {
    const auto& words = answer_.words();
    if (used.age && told.age_years)
      put(phrases::told_age, words.number(*told.age_years));
    if (used.sex && told.sex && *told.sex != sex::unspecified)
      put(*told.sex == sex::male ? phrases::told_male : phrases::told_female, {});
    if (used.height && told.height_cm)
      put(phrases::told_height, words.height(*told.height_cm));
    if (used.weight && told.weight_kg)
      measure(words.mass(*told.weight_kg));
    if (used.body_fat && told.body_fat_pct)
      measure(answer_.say(phrases::told_body_fat, {{"value", words.percent(*told.body_fat_pct, 1)}}));
    if (told.training_days && (used.training_days || used.activity))
      put(*told.training_days == 1 ? phrases::told_days_one : phrases::told_days, words.number(*told.training_days));
    else if (used.activity && told.activity_level)
      put(activity_in_words(*told.activity_level), {});
    if (used.maternity && told.is_pregnant)
      put(phrases::told_pregnant, {});
    if (used.maternity && told.denies_pregnancy)
      texts_.push_back(answer_.say(phrases::told_not_pregnant));
    if (used.maternity && told.is_lactating)
      put(phrases::told_lactating, {});
    if (used.diet)
      for (auto& text : diet_in_words(words, told.diet)) {
        texts_.push_back(std::move(text));
        has_profile_fact_ = true;
      }
    if (used.goal)
      add_wish(told);
  }

  /// A wish lives in the talk: a profile has a goal and no pace.
  void add_wish(const mentions& told) {
    const auto& words = answer_.words();
    const auto pace = told.pace_kg_per_week || told.change_days ? wanted_pace(answer_) : std::nullopt;
    if (pace)
      texts_.push_back(
        answer_.say(*pace < 0 ? phrases::told_loss : phrases::told_gain, {{"value", words.pace(std::abs(*pace))}}));
    else if (told.goal_weight_kg)
      texts_.push_back(answer_.say(phrases::told_aim, {{"value", words.mass(*told.goal_weight_kg)}}));
    else if (told.goal && told.change_kg)  // in so much weight, which no profile holds
      texts_.push_back(answer_.say(phrases::told_goal, {{"value", goal_in_words(words, *told.goal)}}));
    else if (told.goal)
      put(phrases::told_goal, goal_in_words(words, *told.goal));
  }

  [[nodiscard]] bool is_empty() const { return texts_.empty(); }
  [[nodiscard]] std::string in_words() const { return answer_.words().all_of(texts_); }

  /// How to make what is in the list stay; null when there is no place for it.
  [[nodiscard]] const phrase* how_to_keep() const {
    if (has_measure_ && has_profile_fact_)
      return &phrases::keep_in_both;
    return has_measure_ ? &phrases::keep_in_progress : has_profile_fact_ ? &phrases::keep_in_profile : nullptr;
  }

private:
  static const phrase& activity_in_words(activity_level level) {
    switch (level) {
    case activity_level::sedentary: return phrases::told_sedentary;
    case activity_level::light: return phrases::told_light;
    case activity_level::moderate: return phrases::told_moderate;
    case activity_level::active: return phrases::told_active;
    case activity_level::very_active: return phrases::told_very_active;
    }
    return phrases::told_moderate;
  }

  void put(const phrase& what, std::string value) {
    texts_.push_back(answer_.say(what, {{"value", std::move(value)}}));
    has_profile_fact_ = true;
  }
  void measure(std::string text) {
    texts_.push_back(std::move(text));
    has_measure_ = true;
  }

  const composer& answer_;
  std::vector<std::string> texts_;
  bool has_measure_ = false;
  bool has_profile_fact_ = false;
};

/// Once in a conversation, whatever the facts are.
void tell_how_to_keep(composer& answer, const told_list& facts) {
  for (const auto* hint : {&phrases::keep_in_progress, &phrases::keep_in_profile, &phrases::keep_in_both})
    if (answer.has_said(*hint))
      return;
  if (const auto* hint = facts.how_to_keep(); hint != nullptr)
    answer.paragraph(answer.say(*hint));
}

/// What was told before this question and not again with it, nor replaced by it.
mentions remembered(const understanding& talk) {
  auto told = talk.told;
  const auto drop = [](auto& field, const auto& now) {
    if (now)
      field.reset();
  };
  const auto& now = talk.said_now;
  drop(told.age_years, now.age_years);
  drop(told.sex, now.sex);
  drop(told.height_cm, now.height_cm);
  drop(told.weight_kg, now.weight_kg);
  drop(told.body_fat_pct, now.body_fat_pct);
  drop(told.activity_level, now.activity_level);
  drop(told.training_days, now.activity_level);
  forget(told.diet, now.diet);
  told.is_pregnant = told.is_pregnant && !now.is_pregnant;
  told.is_lactating = told.is_lactating && !now.is_lactating;
  told.denies_pregnancy = false;  // that is over with its question
  if (now.has_wish() || talk.said.asks_expenditure)
    forget_wish(told);
  return told;
}

}  // namespace

bool acknowledge(composer& answer) {
  told_list facts{answer};
  facts.add(told_by(answer.talk().said_now), all_facts);
  const auto& now = answer.talk().said_now;
  if (!facts.is_empty())
    answer.paragraph(answer.say(phrases::noted, {{"facts", facts.in_words()}}));
  if (now.is_pregnant && !now.about)
    answer.paragraph(answer.say(phrases::pregnancy_changes));
  else if (now.is_lactating && !now.about)
    answer.paragraph(answer.say(phrases::lactation_changes));
  return !facts.is_empty();
}

void tell_how_to_keep(composer& answer) {
  told_list facts{answer};
  facts.add(answer.talk().told, all_facts);
  tell_how_to_keep(answer, facts);
}

void tell_told_facts(composer& answer, topic what) {
  const auto used = facts_of(what, answer.said());
  if (answer.said().about || answer.said().wants_reason)
    return;
  told_list before{answer};
  before.add(remembered(answer.talk()), used);
  const bool is_plain_follow_up = answer.talk().is_follow_up;  // the talk of it goes on: no need to say it again
  if (!before.is_empty() && !is_plain_follow_up)
    answer.paragraph(answer.say(phrases::going_by_told, {{"facts", before.in_words()}}));
  told_list all{answer};
  all.add(answer.talk().told, used);
  tell_how_to_keep(answer, all);
}

}  // namespace genesis::coach
