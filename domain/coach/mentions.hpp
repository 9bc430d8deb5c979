#pragma once

#include "domain/coach/aims.hpp"
#include "domain/coach/diets.hpp"
#include "domain/coach/folded_text.hpp"
#include "domain/coach/past_spans.hpp"
#include "domain/coach/relatives.hpp"
#include "domain/energy.hpp"
#include "domain/heart_rate.hpp"
#include "domain/progress.hpp"
#include "domain/range.hpp"
#include "domain/strength.hpp"
#include "domain/user.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace genesis::coach {

/// A lift whose name the coach knows in both languages.
enum class lift : std::uint8_t { bench_press, squat, deadlift, overhead_press, row, pull_up };

/// A number that cannot be what the person says it is: `I weigh 900 kg`.
struct impossible_value {
  enum class kind_type : std::uint8_t {
    weight_kg,
    height_cm,
    age_years,
    body_fat_pct,
    lifted_kg,
    repetitions,
    rating,
    sleep_hours,
    max_bpm
  };
  kind_type kind = kind_type::weight_kg;
  double value = 0;
  range allowed;
};

/// How somebody says that they feel today, each from 1 to 5 as the records have it: 5 is the best, of soreness the
/// worst.
struct told_ratings {
  std::optional<double> sleep_quality;
  std::optional<double> soreness;
  std::optional<double> energy;
  std::optional<double> motivation;
  bool is_soreness_read = false;  ///< From a word ("sore"), and not told as a number.
  bool is_energy_read = false;    ///< Likewise ("tired").

  [[nodiscard]] bool any() const noexcept { return sleep_quality || soreness || energy || motivation; }
};

/// What a question states beside its topic: measures, wishes and choices. All of it is the person's own word for this
/// question and never changes the profile. Measures outside the profile's ranges are among `impossible`.
struct mentions {
  /// The question plays with its facts: `if I weighed 75 kg`, `and for 90 kg?`.
  bool is_supposed = false;
  /// The question is about somebody else, whom the profile says nothing of.
  std::optional<other_person> about;
  std::vector<impossible_value> impossible;

  std::optional<double> weight_kg;
  std::optional<double> height_cm;
  std::optional<double> body_fat_pct;
  std::optional<int> age_years;
  std::optional<genesis::sex> sex;
  std::optional<genesis::activity_level> activity_level;
  int activity_steps = 0;  ///< `if I train more` is 1, `less` is -1.
  std::optional<genesis::goal> goal;
  std::optional<genesis::goal> unwanted_goal;  ///< "I don't want to lose weight".
  bool owns_goal = false;                      ///< The goal is told as the person's own: `I want to lose weight`.
  bool asks_expenditure = false;               ///< What one burns, whatever one is after; no goal was said with it.
  std::optional<int> training_days;            ///< Per week.
  std::optional<int> meals_per_day;

  std::optional<double> intake_kcal;  ///< Energy per day that the person wants to eat.
  std::optional<double> change_kg;    ///< Weight to lose (below 0) or gain.
  std::optional<double> change_days;  ///< In how many days.
  /// "0.5 kg a week", whether to lose or to gain; the goal tells which. Whatever a change in so many days comes to is
  /// not here.
  std::optional<double> pace_kg_per_week;
  std::optional<double> goal_weight_kg;  ///< "I want to weigh 65 kg".
  std::optional<double> goal_bmi;        ///< "I want a BMI of 20".
  harmful_aims aims;
  told_diet diet;

  std::optional<double> lifted_kg;
  std::optional<int> repetitions;  ///< May be more than any formula bears.
  int in_reserve = 0;
  std::optional<lift> lift_name;
  std::optional<double> resting_bpm;
  std::optional<double> max_bpm;  ///< The maximal heart rate as the person knows it.
  std::optional<double> sleep_hours;
  told_ratings ratings;
  std::vector<progress_metric> metrics;  ///< Named as something that is recorded, for its trend.
  std::optional<day_span> past;          ///< `last month`, `since 3 February`.

  std::optional<resting_energy_formula> resting_formula;
  std::optional<one_rep_max_formula> strength_formula;
  std::optional<max_heart_rate_formula> heart_formula;
  std::optional<unit_system> units;       ///< Asked for: `and in pounds?`
  bool keeps_units = false;               ///< Asked for from here on: `please use pounds`.
  std::optional<unit_system> used_units;  ///< What all masses and lengths of the question are written in.

  bool is_pregnant = false;
  bool denies_pregnancy = false;  ///< "I'm not pregnant any more": takes back what was told before.
  bool is_lactating = false;
  bool has_eating_disorder = false;
  bool uses_insulin = false;
  bool has_diabetes = false;
  bool has_kidney_disease = false;
  bool names_rest = false;      ///< `and at rest?`
  bool wants_low_carb = false;  ///< Keto and the like.
  bool asks_pace = false;       ///< How fast to lose or gain.
  bool asks_diary = false;      ///< What was eaten, as the food diary has it.
  bool asks_to_save = false;    ///< To make a plan of what was said.
  bool wants_reason = false;    ///< `why?`, `how did you get that?`

  /// True when something was stated that a calculation can use.
  [[nodiscard]] bool has_facts() const noexcept;
  /// True when something was said of what the person is after: a goal, a change, its pace or what to eat.
  [[nodiscard]] bool has_wish() const noexcept;
};

/// What surrounds a question and decides what its bare numbers mean.
struct number_context {
  unit_system units = unit_system::metric;  ///< Of a number without a unit.
  bool is_about_lifting = false;            ///< The talk is of a lift, so that a mass is on the bar.
  bool is_about_training = false;           ///< The talk is of training, so that `4 days` are days of training.
  bool is_about_energy = false;             ///< The talk is of energy, so that `and 1,400?` are kcal.
  double last_change_kg = 0;                ///< Talked of before, below 0 to lose: what `and 15?` is another of.
  bool is_about_pulse = false;              ///< The talk is of the heart, so that a maximum is of its rate.
  bool is_maximal_rate_open = false;        ///< The coach has just asked for a maximal heart rate.
  bool is_about_maximal_pulse = false;      ///< The question is for a maximal heart rate, so that `at 50` is an age.
  std::optional<calendar_day> today = {};   ///< What `by christmas` counts from.
};

/// Reads one question. What it tells of somebody else on the way (`my wife weighs 60 kg. How much should I eat?`) is
/// nobody's.
mentions read_mentions(std::string_view question, const folded_text& words, const number_context& context);

/// What holds now: everything `later` states, and of `earlier` what it leaves open.
mentions merged(const mentions& earlier, const mentions& later);

}  // namespace genesis::coach
