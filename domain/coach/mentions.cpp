#include "domain/coach/mentions.hpp"

#include "domain/coach/calendar_words.hpp"
#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/denied_wishes.hpp"
#include "domain/coach/mention_cues.hpp"
#include "domain/coach/number_reader.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/coach/ratings.hpp"
#include "domain/coach/trend_words.hpp"
#include "domain/conditions.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace genesis::coach {

namespace {

const phrase_book& book() {
  static const phrase_book the_book{mention_cues(), common_words};
  return the_book;
}

using marks = std::array<bool, mark_count>;

template <class Value>
struct choice {
  mark said;
  Value value;
};

template <class Value, std::size_t Size>
std::optional<Value> chosen(const marks& found, const choice<Value> (&choices)[Size]) {
  for (const auto& each : choices)
    if (found[static_cast<std::size_t>(each.said)])
      return each.value;
  return std::nullopt;
}

bool is_goal(int meaning) noexcept {
  return meaning == wants_loss || meaning == wants_gain || meaning == wants_maintenance ||
         meaning == wants_recomposition || meaning == wants_performance;
}

std::optional<goal> goal_said(const marks& found) {
  if (found[wants_loss] && found[wants_gain])
    return goal::recomposition;
  return chosen<goal>(found,
    {{wants_recomposition, goal::recomposition}, {wants_loss, goal::lose_weight}, {wants_gain, goal::gain_muscle},
      {wants_maintenance, goal::maintain}, {wants_performance, goal::performance}});
}

/// A way for the weight to go, in a verb that has the body for its object or none: "I want to gain". Not "lose muscle".
std::optional<goal> goal_of_verb(const folded_text& words, std::size_t at) {
  const std::string_view verb = words[at].text;
  const bool loses = is_one_of(verb, {"lose", "losing", "perder", "bajar", "adelgazar", "cut"});
  const bool gains = is_one_of(verb, {"gain", "gaining", "ganar", "subir", "engordar", "bulk"});
  if (is_one_of(verb, {"maintain", "mantener", "mantenerme"}))
    return goal::maintain;
  if (!loses && !gains)
    return std::nullopt;
  const auto ends = [&](std::size_t here) {
    return here >= words.size() || words[here].begins_clause ||
           is_one_of(words[here].text, {"and", "y", "but", "pero", "or", "o", "now", "ahora", "sino"});
  };
  constexpr std::size_t object_reach = 3;
  bool has_object = ends(at + 1);
  for (auto here = at + 1; here <= at + object_reach && !ends(here); ++here)
    has_object =
      has_object ||
      is_one_of(words[here].text, {"weight", "fat", "kg", "kilos", "pounds", "lbs", "peso", "grasa", "libras"}) ||
      (gains && is_one_of(words[here].text, {"muscle", "mass", "size", "musculo", "masa"}));
  if (!has_object)
    return std::nullopt;
  return loses ? goal::lose_weight : goal::gain_muscle;
}

/// Settles what "I don't want to lose weight, I want to gain" is after. A bare verb is a goal beside a denied one.
void read_denied_goal(const folded_text& words, const std::vector<bool>& is_denied_wish, mentions& said) {
  for (std::size_t at = 0; at < words.size(); ++at)
    if (is_denied_wish[at] && !said.unwanted_goal)
      said.unwanted_goal = goal_of_verb(words, at);
  if (!said.unwanted_goal)
    return;
  if (said.goal == said.unwanted_goal)
    said.unwanted_goal.reset();
  for (std::size_t at = 0; at < words.size() && !said.goal; ++at)
    if (!is_denied_wish[at])
      said.goal = goal_of_verb(words, at);
}

void read_choices(const marks& found, mentions& said) {
  said.goal = goal_said(found);
  said.activity_level = chosen<activity_level>(
    found, {{is_sedentary, activity_level::sedentary}, {is_light, activity_level::light},
             {is_moderate, activity_level::moderate}, {is_very_active, activity_level::very_active},
             {is_active, activity_level::active}});
  if (!said.activity_level)
    said.activity_steps = (found[moves_more] ? 1 : 0) - (found[moves_less] ? 1 : 0);
  said.sex = chosen<sex>(found, {{is_female, sex::female}, {is_male, sex::male}});
  said.resting_formula = chosen<resting_energy_formula>(found,
    {{asks_harris_benedict, resting_energy_formula::harris_benedict},
      {asks_mifflin, resting_energy_formula::mifflin_st_jeor}, {asks_katch, resting_energy_formula::katch_mcardle}});
  said.heart_formula = chosen<max_heart_rate_formula>(
    found, {{asks_fox, max_heart_rate_formula::fox}, {asks_tanaka, max_heart_rate_formula::tanaka},
             {asks_gellish, max_heart_rate_formula::gellish}, {asks_gulati, max_heart_rate_formula::gulati},
             {asks_nes, max_heart_rate_formula::nes}});
  said.strength_formula = chosen<one_rep_max_formula>(
    found, {{asks_epley, one_rep_max_formula::epley}, {asks_brzycki, one_rep_max_formula::brzycki},
             {asks_lombardi, one_rep_max_formula::lombardi}, {asks_mayhew, one_rep_max_formula::mayhew},
             {asks_oconner, one_rep_max_formula::oconner}, {asks_wathan, one_rep_max_formula::wathan},
             {asks_lander, one_rep_max_formula::lander}});
  said.units = chosen<unit_system>(found, {{in_pounds, unit_system::imperial}, {in_kilograms, unit_system::metric}});
  said.keeps_units = said.units && found[keeps_units];
  said.lift_name = chosen<lift>(
    found, {{does_bench, lift::bench_press}, {does_squat, lift::squat}, {does_deadlift, lift::deadlift},
             {does_overhead_press, lift::overhead_press}, {does_row, lift::row}, {does_pull_up, lift::pull_up}});
  said.wants_reason = found[asks_reason];
  said.names_rest = found[names_rest];
  said.wants_low_carb = found[wants_low_carb];
  said.asks_pace = found[asks_pace];
  said.asks_diary = found[asks_diary];
  said.asks_to_save = found[asks_to_save];
}

/// "if I weighed 75 kg", "and for 90 kg?", "¿y con 75 kilos?"
bool is_supposed(const folded_text& words) {
  const auto begins_with = [&](std::string_view word) { return !words.empty() && words[0].text == word; };
  if ((begins_with("and") || begins_with("y") || begins_with("e") || begins_with("or") || begins_with("what")) &&
      !speaks_of_oneself(words))
    return true;
  const bool is_own = speaks_of_oneself(words);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at].text;
    const std::string_view next = at + 1 < words.size() ? std::string_view{words[at + 1].text} : std::string_view{};
    const bool is_if = word == "if" && is_one_of(next, {"i", "im", "ive", "my", "we", "the", "one"});
    const bool is_si = word == "si" && !next.empty() && !words[at + 1].begins_clause &&
                       !is_one_of(next, {"es", "puede", "posible", "se", "quiero"});
    if (is_if || is_si || (word == "would" && next == "i") ||
        is_one_of(word, {"suppose", "supposing", "imagine", "supon", "supongamos", "imagina", "pesara", "pesase",
                          "pesaria", "midiera", "tuviera", "fuera", "entrenara", "entrenase"}))
      return true;
    // "how much at 75 kg?", "maximum for age 50", "a los 50": numbers to reckon with, unless somebody says whose they
    // are.
    const bool is_mass = at + 2 < words.size() && number_of(next) &&
                         is_one_of(words[at + 2].text, {"kg", "kgs", "kilos", "lb", "lbs", "pounds", "libras"});
    const bool is_age = (is_one_of(next, {"age", "edad"}) || number_of(next)) && !is_own;
    if ((is_mass || is_age) && is_one_of(word, {"at", "for", "with", "con", "para", "los"}) &&
        !(at > 0 && is_one_of(words[at - 1].text, {"im", "am", "estoy", "ando"})))
      return true;
  }
  return false;
}

/// "I train mon wed fri", "entreno lunes, miércoles y viernes". Days to choose from ("monday or tuesday?") are none.
void read_training_weekdays(const folded_text& words, mentions& said) {
  const auto count = weekdays_named(words);
  const bool is_choice = std::ranges::any_of(words, [](const folded_word& each) {
    return is_one_of(each.text, {"or", "o", "should", "debo", "deberia", "since", "desde", "last", "pasado"});
  });
  if (count < 2 || is_choice)
    return;
  said.training_days = count;
  said.activity_level = activity_of_training(count);
}

/// The words as a text again, with a mark wherever there was one.
std::string text_of(const folded_text& words) {
  std::string text;
  for (const auto& word : words) {
    text += word.begins_clause ? ", " : " ";
    text += word.text;
  }
  return text;
}

/// `own` is the part of the question that speaks of the person. An eating disorder counts whoever is said to have it:
/// it is told of "a friend" often enough.
void read_conditions(std::string_view question, std::string_view own, mentions& said) {
  if (said.about)
    return;  // theirs
  said.is_pregnant = states(own, health_condition::pregnancy);
  said.is_lactating = states(own, health_condition::lactation);
  said.has_eating_disorder = states(question, health_condition::eating_disorder);
  said.uses_insulin = states(own, health_condition::insulin);
  said.has_diabetes = states(own, health_condition::diabetes);
  said.has_kidney_disease = states(own, health_condition::kidney_disease);
}

}  // namespace

bool mentions::has_facts() const noexcept {
  return weight_kg || height_cm || body_fat_pct || age_years || sex || activity_level || activity_steps != 0 || goal ||
         meals_per_day || intake_kcal || change_kg || pace_kg_per_week || goal_weight_kg || goal_bmi ||
         !impossible.empty() || lifted_kg || repetitions || resting_bpm || max_bpm || sleep_hours || ratings.any() ||
         resting_formula || strength_formula || heart_formula || units;
}

bool mentions::has_wish() const noexcept {
  return goal || intake_kcal || change_kg || pace_kg_per_week || goal_weight_kg || goal_bmi;
}

mentions read_mentions(std::string_view question, const folded_text& all_words, const number_context& context) {
  mentions said;
  said.about = person_asked_about(all_words);
  const auto words = said.about ? all_words : words_of_oneself(all_words);
  marks found{};
  const auto is_denied_wish = denied_wishes(words);
  const auto hits = book().find(words);
  const auto meaning_of = [](const phrase_book::hit& hit) { return book().cue_at(hit.cue).meaning; };
  std::vector<phrase_book::hit> expenditures;
  std::ranges::copy_if(
    hits, std::back_inserter(expenditures), [&](const auto& hit) { return meaning_of(hit) == asks_expenditure; });
  for (const auto& hit : hits) {
    const auto meaning = meaning_of(hit);
    // "what is my maintenance?" asks for a number and aims at nothing.
    const bool is_no_aim = meaning == wants_maintenance && is_excused(hit, expenditures);
    if (!is_no_aim && (!is_denied_wish[hit.begin] || !is_goal(meaning)))
      found[static_cast<std::size_t>(meaning)] = true;
  }
  read_choices(found, said);
  read_denied_goal(words, is_denied_wish, said);
  if (said.about && said.about->sex)
    said.sex = said.about->sex;
  // "max" alone is of a lift, unless the talk is of the heart.
  const bool is_about_lifting = context.is_about_lifting || said.lift_name.has_value() ||
                                said.strength_formula.has_value() || found[lifts] ||
                                (found[asks_maximum] && !found[names_pulse] && !context.is_about_pulse);
  auto around = context;
  around.is_about_lifting = is_about_lifting;
  around.is_about_training = context.is_about_training || found[trains];
  around.is_about_pulse = found[names_pulse] || (context.is_about_pulse && !is_about_lifting);
  around.is_about_maximal_pulse = found[names_pulse] && (found[asks_maximum] || said.heart_formula.has_value());
  read_numbers(words, around, said);
  if (around.is_about_training && !said.training_days && !said.activity_level)
    read_training_weekdays(words, said);
  read_ratings(words, said);
  if (context.today)
    said.past = past_span(words, *context.today);
  said.metrics = named_metrics(words);
  said.is_supposed = is_supposed(all_words);
  said.owns_goal = said.goal && found[owns_goal];
  if (!said.goal && found[runs_a_race])
    said.goal = goal::performance;  // for this question: a race to run does not undo what somebody is after
  // A weight change that is spelt out settles the goal too.
  if (said.change_kg && !said.goal)
    said.goal = *said.change_kg < 0 ? goal::lose_weight : goal::gain_muscle;
  said.asks_expenditure = found[asks_expenditure] && !said.has_wish();
  read_conditions(question, words.size() == all_words.size() ? std::string{question} : text_of(words), said);
  said.denies_pregnancy = found[denies_pregnancy] && !said.is_pregnant && !said.about && !said.is_supposed;
  said.aims = read_aims(all_words);
  said.diet = read_diet(words);
  return said;
}

mentions merged(const mentions& earlier, const mentions& later) {
  auto both = later;
  const auto fill = [](auto& field, const auto& older) {
    if (!field)
      field = older;
  };
  both.about = later.about ? later.about : earlier.about;
  // A set is one fact: a new weight must not meet the repetitions of another set, unless nothing else is said.
  const bool is_new_set = later.lifted_kg && later.repetitions;
  fill(both.weight_kg, earlier.weight_kg);
  fill(both.height_cm, earlier.height_cm);
  fill(both.body_fat_pct, earlier.body_fat_pct);
  fill(both.age_years, earlier.age_years);
  fill(both.sex, earlier.sex);
  if (later.activity_steps == 0 && !later.activity_level) {
    both.activity_level = earlier.activity_level;
    both.activity_steps = earlier.activity_steps;
  } else if (later.activity_steps != 0) {
    both.activity_level = earlier.activity_level;
    both.activity_steps = earlier.activity_steps + later.activity_steps;
  }
  if (!later.change_kg && !later.intake_kcal && !later.goal && !later.goal_weight_kg && !later.goal_bmi) {
    both.intake_kcal = earlier.intake_kcal;
    both.change_kg = earlier.change_kg;
    both.change_days = earlier.change_days;
    fill(both.pace_kg_per_week, earlier.pace_kg_per_week);
    both.goal_weight_kg = earlier.goal_weight_kg;
    both.goal_bmi = earlier.goal_bmi;
  }
  fill(both.goal, earlier.goal);
  both.asks_expenditure = later.asks_expenditure || (earlier.asks_expenditure && !later.has_wish());
  fill(both.training_days, earlier.training_days);
  fill(both.meals_per_day, earlier.meals_per_day);
  if (!is_new_set) {
    fill(both.lifted_kg, earlier.lifted_kg);
    fill(both.repetitions, earlier.repetitions);
    if (later.in_reserve == 0)
      both.in_reserve = earlier.in_reserve;
  }
  fill(both.lift_name, earlier.lift_name);
  fill(both.resting_bpm, earlier.resting_bpm);
  fill(both.sleep_hours, earlier.sleep_hours);
  fill(both.ratings.sleep_quality, earlier.ratings.sleep_quality);
  if (!both.ratings.soreness)
    both.ratings.is_soreness_read = earlier.ratings.is_soreness_read;
  if (!both.ratings.energy)
    both.ratings.is_energy_read = earlier.ratings.is_energy_read;
  fill(both.ratings.soreness, earlier.ratings.soreness);
  fill(both.ratings.energy, earlier.ratings.energy);
  fill(both.ratings.motivation, earlier.ratings.motivation);
  if (both.metrics.empty())
    both.metrics = earlier.metrics;
  fill(both.past, earlier.past);
  fill(both.resting_formula, earlier.resting_formula);
  fill(both.strength_formula, earlier.strength_formula);
  // A maximum is told or estimated, as was said last.
  if (!later.heart_formula)
    fill(both.max_bpm, earlier.max_bpm);
  if (!later.max_bpm)
    fill(both.heart_formula, earlier.heart_formula);
  fill(both.used_units, earlier.used_units);
  both.diet = merged(earlier.diet, later.diet);
  both.is_pregnant = both.is_pregnant || (earlier.is_pregnant && !later.denies_pregnancy);
  both.is_lactating = both.is_lactating || earlier.is_lactating;
  both.has_eating_disorder = both.has_eating_disorder || earlier.has_eating_disorder;
  both.uses_insulin = both.uses_insulin || earlier.uses_insulin;
  both.has_diabetes = both.has_diabetes || earlier.has_diabetes;
  both.has_kidney_disease = both.has_kidney_disease || earlier.has_kidney_disease;
  return both;
}

}  // namespace genesis::coach
