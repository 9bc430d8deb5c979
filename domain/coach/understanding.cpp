#include "domain/coach/understanding.hpp"

#include "domain/coach/folded_text.hpp"
#include "domain/coach/periods.hpp"
#include "domain/energy.hpp"
#include "domain/safety.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <utility>

namespace genesis::coach {

namespace {

constexpr std::size_t history_bytes_max = 4'000;  // of one earlier question; what it is about shows early
constexpr double sure_score = 2;                  // from here on a question stands on its own
constexpr std::size_t fragment_words_max = 5;     // "with harris-benedict?", "in pounds"
constexpr double change_kg_told_min = 0.5;        // less is what a glass of water weighs
constexpr double change_kg_per_week_max = 1.5;    // too fast for anybody of up to 100 kg

/// Of what was said earlier, the facts that outlive their question: those the profile does not hold, and what safety
/// needs.
mentions lasting(const mentions& said, const user& person) {
  mentions kept;
  const auto keep = [](auto& field, const auto& value, bool is_in_profile) {
    if (!is_in_profile)
      field = value;
  };
  // What the profile holds stands again with the next question, unless the person told of a body that must not lose.
  const bool is_light =
    said.weight_kg && is_unsafe_aim(*said.weight_kg, said.height_cm ? said.height_cm : person.height_cm);
  keep(kept.weight_kg, said.weight_kg, person.weight_kg.has_value() && !is_light);
  keep(kept.height_cm, said.height_cm, person.height_cm.has_value());
  const bool is_minor = said.age_years && *said.age_years < deficit_age_years_min;
  keep(kept.age_years, said.age_years, person.date_of_birth.has_value() && !is_minor);
  keep(kept.body_fat_pct, said.body_fat_pct, person.body_fat_pct.has_value());
  keep(kept.sex, said.sex, person.sex && *person.sex != sex::unspecified);
  keep(kept.activity_level, said.activity_level, person.activity_level.has_value());
  keep(kept.goal, said.goal, person.goal.has_value());
  kept.units = said.units;
  kept.is_pregnant = said.is_pregnant;
  kept.is_lactating = said.is_lactating;
  kept.has_eating_disorder = said.has_eating_disorder;
  kept.uses_insulin = said.uses_insulin;
  kept.has_diabetes = said.has_diabetes;
  kept.has_kidney_disease = said.has_kidney_disease;
  return kept;
}

/// Somebody of whom nothing is known but what is said; the rest that answers need (units, language) is the asker's.
user stranger_to(const user& person) {
  user other;
  other.units = person.units;
  other.locale = person.locale;
  return other;
}

user with_facts(const user& person, const mentions& said, timestamp now) {
  auto known = said.about ? stranger_to(person) : person;
  const auto measured = [&](double value) { return latest_measurement{{}, now, value}; };
  if (said.weight_kg)
    known.weight_kg = measured(*said.weight_kg);
  if (said.body_fat_pct)
    known.body_fat_pct = measured(*said.body_fat_pct);
  if (said.height_cm)
    known.height_cm = said.height_cm;
  if (said.sex)
    known.sex = said.sex;
  if (said.goal)
    known.goal = said.goal;
  if (said.age_years)
    known.date_of_birth = (day_of(now).year() - std::chrono::years{*said.age_years}) / std::chrono::January / 1;
  if (said.activity_level)
    known.activity_level = said.activity_level;
  if (known.activity_level && said.activity_steps != 0) {
    const auto level = std::clamp(static_cast<int>(*known.activity_level) + said.activity_steps, 0, 4);
    known.activity_level = static_cast<activity_level>(level);
  }
  // The words that `conditions.hpp` looks for, as if the profile had them.
  if (said.is_pregnant)
    known.medical_conditions.emplace_back("pregnancy");
  if (said.is_lactating)
    known.medical_conditions.emplace_back("breastfeeding");
  if (said.has_eating_disorder)
    known.medical_conditions.emplace_back("eating disorder");
  if (said.uses_insulin)
    known.medical_conditions.emplace_back("on insulin");
  if (said.has_diabetes)
    known.medical_conditions.emplace_back("diabetes");
  if (said.has_kidney_disease)
    known.medical_conditions.emplace_back("kidney disease");
  return known;
}

/// True for topics whose answer changes with what a person states about the body, training or goal.
bool uses_facts(topic what) {
  switch (what) {
  case topic::pain:
  case topic::illness:
  case topic::medical_question:
  case topic::low_mood:
  case topic::emergency:
  case topic::eating_disorder: return false;
  default: return true;
  }
}

/// True for topics whose answer is a plan or a number to act on, which waits while an emergency is not over.
bool is_a_plan(topic what) {
  switch (what) {
  case topic::unsafe_target:
  case topic::macros:
  case topic::protein:
  case topic::one_rep_max:
  case topic::heart_rate_zones:
  case topic::readiness:
  case topic::energy_target:
  case topic::training_advice: return true;
  default: return false;
  }
}

/// True for topics that are told from the whole body and its goal, so that a new weight or goal goes to them.
bool is_about_energy(topic what) {
  return what == topic::energy_target || what == topic::macros || what == topic::protein ||
         what == topic::resting_energy;
}

/// Follows a conversation, question by question.
class listener {
public:
  explicit listener(const turn& asked) : asked_(asked) {}

  void hear(std::string_view question) {
    const auto words = fold(question);
    now_ = read_topic(words);
    said_now_ = read_mentions(question, words, context());
    settle_goal_weight();
    follow_emergency();
    correct_topic();
    topic_before_ = previous_;
    part_persons(words);
    is_follow_up_ = previous_ && continues_previous(words.size());
    if (is_follow_up_) {
      said_ = merged(said_, said_now_);
      if (!stands_alone_) {
        now_.what = *previous_;
        now_.emergency = emergency_;
        now_.subject = subject_;
      }
    } else {
      if (now_.what == topic::out_of_scope)
        said_now_.units.reset();  // "what's 100 kg in pounds?" is no wish for the rest of the talk
      const bool ends_talk_of_another = said_.about && !said_now_.about;
      said_ = merged(lasting(ends_talk_of_another ? own_ : said_, asked_.person), said_now_);
    }
    if (!is_social(now_.what) && now_.what != topic::unsafe_target) {
      previous_ = now_.what;
      subject_ = now_.subject;
      emergency_ = now_.emergency;
    }
    if (is_about_energy(now_.what))
      energy_topic_ = now_.what;
    is_right_after_emergency_ = now_.what == topic::emergency && !is_follow_up_;
  }

  [[nodiscard]] const topic_reading& reading() const { return now_; }
  [[nodiscard]] const mentions& said() const { return said_; }
  [[nodiscard]] const mentions& said_now() const { return said_now_; }
  [[nodiscard]] bool is_follow_up() const { return is_follow_up_; }
  /// An emergency that was told of and not yet said to be over.
  [[nodiscard]] std::optional<emergency_kind> open_emergency() const { return open_emergency_; }
  /// The latest question says that an emergency told of before is over.
  [[nodiscard]] bool ends_emergency() const { return ends_emergency_; }
  [[nodiscard]] bool keeps_topic() const { return is_follow_up_ && now_.what == topic_before_; }

private:
  [[nodiscard]] number_context context() const {
    number_context around;
    around.units = asked_.person.units;
    around.is_about_lifting = previous_ == topic::one_rep_max;
    around.is_about_training = previous_ == topic::training_advice;
    around.is_about_energy = previous_ == topic::energy_target || previous_ == topic::macros;
    around.today = day_of(asked_.now);
    return around;
  }

  /// A weight to reach is a weight to lose or gain.
  void settle_goal_weight() {
    const auto height_cm = said_now_.height_cm ? said_now_.height_cm
                           : said_now_.about   ? std::nullopt
                                               : asked_.person.height_cm;
    if (said_now_.goal_bmi && height_cm && !said_now_.goal_weight_kg)
      said_now_.goal_weight_kg = *said_now_.goal_bmi * (*height_cm / 100) * (*height_cm / 100);
    if (!said_now_.goal_weight_kg || said_now_.change_kg)
      return;
    const auto& profile = asked_.person.weight_kg;
    const auto now_kg = said_now_.weight_kg ? said_now_.weight_kg
                        : profile           ? std::optional{profile->value}
                                            : said_.weight_kg;
    if (!now_kg)
      return;
    said_now_.change_kg = *said_now_.goal_weight_kg - *now_kg;
    said_now_.goal = *said_now_.change_kg < 0 ? goal::lose_weight : goal::gain_muscle;
  }

  void follow_emergency() {
    if (now_.emergency)
      open_emergency_ = now_.emergency;
    ends_emergency_ = open_emergency_ && now_.denies_emergency && !now_.emergency;
    if (ends_emergency_)
      open_emergency_.reset();
  }

  /// Keeps what was said of the person apart from what is said of somebody else, of whom it holds only that an eating
  /// disorder is about: it is asked for "a friend" often enough.
  void part_persons(const folded_text& words) {
    if (said_now_.about && !said_.about) {
      own_ = said_;
      said_ = {};
      said_.goal = own_.goal;
      said_.has_eating_disorder = own_.has_eating_disorder;
    } else if (said_.about && !said_now_.about && speaks_of_oneself(words)) {
      said_ = own_;
    }
  }

  /// What the numbers of a question say about its topic when the words leave it open.
  void correct_topic() {
    const bool states_illness = said_now_.uses_insulin || said_now_.has_diabetes || said_now_.has_kidney_disease;
    if (states_illness && now_.what == topic::out_of_scope)
      settle(topic::medical_question);
    said_now_.has_eating_disorder = said_now_.has_eating_disorder || now_.shows_disordered_eating;
    if (said_now_.has_eating_disorder && now_.what != topic::emergency)
      now_.what = topic::eating_disorder;
    if (now_.score >= sure_score)
      return;
    if (said_now_.lifted_kg && said_now_.repetitions)
      settle(topic::one_rep_max);
    else if (said_now_.intake_kcal || said_now_.change_kg || said_now_.pace_kg_per_week || said_now_.goal_weight_kg)
      settle(topic::energy_target);
  }

  void settle(topic what) {
    now_.what = what;
    now_.next_score = now_.score;
    now_.score = sure_score;
  }

  bool continues_previous(std::size_t word_count) {
    stands_alone_ = false;
    if (now_.what == topic::emergency || now_.what == topic::eating_disorder)
      return false;
    // Whoever adds a word to an emergency is not sent away with it; after that, life goes on.
    if (*previous_ == topic::emergency)
      return !ends_emergency_ && is_right_after_emergency_ &&
             (now_.what == topic::out_of_scope || now_.what == topic::pain);
    if (is_social(now_.what) && now_.what != topic::out_of_scope)
      return false;
    const bool asks_why = said_now_.wants_reason && now_.score == 0;
    const bool has_content = has_facts_for(*previous_) || asks_why;
    if (now_.score < sure_score || is_only_a_formula(word_count)) {
      const bool is_addition =
        now_.continues || now_.is_statement || asks_why || (word_count <= fragment_words_max && !now_.is_question);
      if (has_content && is_addition) {
        // "and for 90 kg?" behind water goes back to the energy that was asked for before.
        const bool is_of_the_body = said_now_.goal || said_now_.weight_kg || said_now_.activity_level;
        if (*previous_ == topic::water && energy_topic_ && is_of_the_body)
          previous_ = topic_before_ = energy_topic_;
        return true;
      }
    }
    stands_alone_ = true;
    const bool asks_more_of_it = now_.what == *previous_ && said_now_.wants_reason;
    return (now_.continues || asks_more_of_it) && now_.what != topic::out_of_scope;
  }

  /// True when the question states something that the answer on a topic is told from.
  [[nodiscard]] bool has_facts_for(topic what) const {
    const auto& now = said_now_;
    const bool is_of_anybody = now.units || !now.impossible.empty();
    switch (what) {
    case topic::one_rep_max:
      return is_of_anybody || now.lifted_kg || now.repetitions || now.strength_formula || now.in_reserve != 0;
    case topic::water:
      if (energy_topic_)
        break;  // to which a weight or a goal goes back
      return is_of_anybody || now.sex || now.age_years || now.is_pregnant || now.is_lactating;
    default: break;
    }
    return now.has_facts() && uses_facts(what);
  }

  /// "with harris-benedict?" after a question that uses resting energy.
  [[nodiscard]] bool is_only_a_formula(std::size_t word_count) const {
    const bool uses_resting_energy =
      *previous_ == topic::energy_target || *previous_ == topic::macros || *previous_ == topic::resting_energy;
    return now_.what == topic::resting_energy && said_now_.resting_formula && uses_resting_energy &&
           (now_.continues || word_count <= fragment_words_max);
  }

  const turn& asked_;
  topic_reading now_;
  mentions said_now_;
  mentions said_;
  mentions own_;                       ///< Of the person, while the talk is of somebody else.
  std::optional<topic> previous_;      ///< The topic a follow-up would continue.
  std::optional<topic> topic_before_;  ///< What `previous_` was before the latest question.
  training_subject subject_ = training_subject::general;
  std::optional<emergency_kind> emergency_;
  std::optional<topic> energy_topic_;  ///< The latest one about energy.
  std::optional<emergency_kind> open_emergency_;
  bool ends_emergency_ = false;
  bool is_right_after_emergency_ = false;
  bool is_follow_up_ = false;
  bool stands_alone_ = false;
};

bool is_below_floor(const mentions& said, const user& person) {
  const auto sex = reference_sex_of(person).value_or(reference_sex::female);
  return said.intake_kcal && !said.wants_reason && *said.intake_kcal < energy_floor_kcal(sex);
}

bool is_too_fast(const mentions& said, const user& person) {
  if (const auto pace = said.pace_kg_per_week) {
    if (person.goal == goal::gain_muscle)
      return false;
    return person.weight_kg ? pace_notice(-*pace, person.weight_kg->value).has_value() : *pace > change_kg_per_week_max;
  }
  if (!said.change_kg || !said.change_days || *said.change_kg >= 0)
    return false;
  if (-*said.change_kg < change_kg_told_min)
    return false;
  const auto per_week = *said.change_kg / *said.change_days * days_per_week;
  if (!person.weight_kg)
    return -per_week > change_kg_per_week_max;
  return pace_notice(per_week, person.weight_kg->value).has_value();
}

/// Asks for what nobody should do, whatever the question is about.
bool is_unsafe(const mentions& said, const user& person) {
  return harm_of(said.aims) || is_too_light_an_aim(said, person) || is_below_floor(said, person) ||
         is_too_fast(said, person);
}

/// How sure a reading is: strong cues, and no other topic close behind.
double confidence_of(const topic_reading& reading, bool is_follow_up) {
  if (reading.what == topic::emergency)
    return 1;
  if (reading.score <= 0)
    return is_follow_up ? 0.7 : 0.3;
  const auto strength = std::min(reading.score, 4.0) / 4.0;
  const auto rivalry = std::min(reading.next_score / reading.score, 1.0);
  const auto confidence = 0.6 + 0.37 * strength - 0.2 * rivalry * strength;
  return std::round(confidence * 100) / 100;
}

}  // namespace

understanding understand(const turn& asked) {
  listener ear{asked};
  std::vector<const message*> questions;
  for (const auto& earlier : asked.history | std::views::reverse) {
    if (earlier.role == message_role::user)
      questions.push_back(&earlier);
    if (questions.size() == questions_remembered_max)
      break;
  }
  for (const auto* question : questions | std::views::reverse)
    ear.hear(std::string_view{question->content}.substr(0, history_bytes_max));
  ear.hear(asked.question);

  understanding found;
  const auto& reading = ear.reading();
  found.spoken = language_of(asked);
  found.what = reading.what;
  found.emergency = reading.emergency;
  found.has_sore_chest = reading.has_sore_chest;
  found.subject = reading.subject;
  found.is_follow_up = ear.is_follow_up();
  found.keeps_topic = ear.keeps_topic();
  found.said = ear.said();
  found.said.wants_reason = ear.said_now().wants_reason;
  found.said.impossible = ear.said_now().impossible;
  found.said.aims = ear.said_now().aims;
  found.person = with_facts(asked.person, found.said, asked.now);
  found.units = found.said.units.value_or(found.said.used_units.value_or(asked.person.units));
  found.confidence = confidence_of(reading, found.is_follow_up);
  const bool may_be_unsafe = found.what != topic::emergency && found.what != topic::eating_disorder;
  // A loss that leads too far stays one however the talk of it goes on.
  const bool goes_on = is_about_energy(found.what) && is_too_light_an_aim(found.said, found.person);
  if (may_be_unsafe && (goes_on || is_unsafe(ear.said_now(), found.person)))
    found.what = topic::unsafe_target;
  found.ends_emergency = ear.ends_emergency();
  if (const auto open = ear.open_emergency(); open && is_a_plan(found.what)) {
    found.what = topic::emergency;
    found.emergency = open;
    found.confidence = 1;
    found.is_reminder = true;
  }
  return found;
}

std::optional<double> aimed_weight_kg(const mentions& said, const user& person) noexcept {
  if (said.goal_weight_kg)
    return said.goal_weight_kg;
  if (said.change_kg && *said.change_kg < 0 && person.weight_kg)
    return person.weight_kg->value + *said.change_kg;
  return std::nullopt;
}

bool is_too_light_an_aim(const mentions& said, const user& person) {
  const auto kg = aimed_weight_kg(said, person);
  if (!kg)
    return said.goal_bmi && *said.goal_bmi < deficit_bmi_min;
  return is_unsafe_aim(*kg, person.height_cm) && (!person.weight_kg || *kg < person.weight_kg->value);
}

}  // namespace genesis::coach
