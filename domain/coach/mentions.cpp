#include "domain/coach/mentions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <span>

#include "domain/coach/common_words.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/conditions.hpp"
#include "domain/progress.hpp"

namespace genesis::coach {

namespace {

/// What a cue of a mention says.
enum mark : int {
  wants_loss, wants_maintenance, wants_gain, wants_recomposition, wants_performance,
  is_sedentary, is_light, is_moderate, is_active, is_very_active, moves_more, moves_less, trains,
  is_male, is_female,
  asks_harris_benedict, asks_mifflin, asks_katch,
  asks_fox, asks_tanaka, asks_gellish, asks_gulati, asks_nes,
  asks_epley, asks_brzycki, asks_lombardi, asks_mayhew, asks_oconner, asks_wathan, asks_lander,
  in_pounds, in_kilograms, asks_reason,
  does_bench, does_squat, does_deadlift, does_overhead_press, does_row, does_pull_up, lifts,
  mark_count,
};

constexpr auto cues = std::to_array<cue>({
  {wants_loss, 1, "lose|losing|lost|drop|dropping|shed _ weight|fat|kilos|kg|pounds|lbs|lb|kilo"},
  {wants_loss, 1, "weight|fat loss"},
  {wants_loss, 1, "slim|slimming|leaner|cutting|cut|deficit"},
  {wants_loss, 1, "get lean"},
  {wants_loss, 1, "bajar|bajando|baje|perder|perdiendo|pierdo|rebajar|quemar _ peso|grasa|kilos|kilo|kg|libras"},
  {wants_loss, 1, "perdida de peso|grasa"},
  {wants_loss, 1, "adelgaz*|definicion|definir|deficit"},
  {wants_maintenance, 1, "maintain*|maintenance"},
  {wants_maintenance, 1, "keep|stay _ weight"},
  {wants_maintenance, 1, "manten*|mantengo"},
  {wants_gain, 1, "gain|gaining|build|building|put|add|adding|bulk _ muscle|mass|size|weight|kilos|kg|pounds|lbs"},
  {wants_gain, 1, "bulk|bulking|surplus|superavit"},
  {wants_gain, 1, "get bigger"},
  {wants_gain, 1, "muscle gain|growth"},
  {wants_gain, 1, "ganar|ganando|gano|aumentar|aumentando|subir|subiendo|coger _ peso|musculo|masa|kilos|kg|muscular|libras"},
  {wants_gain, 1, "en|fase|etapa _ volumen"},
  {wants_recomposition, 1, "recomp*"},
  {wants_performance, 1, "performance|rendimiento|marathon|maraton"},
  {is_sedentary, 1, "sedentar*"},
  {is_sedentary, 1, "desk job"},
  {is_sedentary, 1, "dont|never exercise|train|workout|move"},
  {is_sedentary, 1, "no entreno"},
  {is_sedentary, 1, "no hago ejercicio|deporte"},
  {is_light, 1, "light|lightly|ligero|ligera"},
  {is_light, 1, "poco activo|activa"},
  {is_moderate, 1, "moderate|moderately|moderado|moderada|moderadamente"},
  {is_active, 1, "im active"},
  {is_active, 1, "soy activo|activa"},
  {is_very_active, 1, "very|extremely|super active"},
  {is_very_active, 1, "muy activo|activa"},
  {moves_more, 1, "train|trained|training|exercise|exercised|move|moved|walk|walked|work|run|ran _ more"},
  {moves_more, 1, "more active"},
  {moves_more, 1, "entren*|ejercicio|mover|muevo|moviera|camin*|corro|corriera|deporte _ mas"},
  {moves_more, 1, "mas activo|activa|ejercicio|deporte|entren*"},
  {moves_less, 1, "train|trained|training|exercise|exercised|move|moved|walk|walked|run|ran _ less"},
  {moves_less, 1, "less active"},
  {moves_less, 1, "entren*|ejercicio|mover|muevo|moviera|camin*|corro|corriera|deporte _ menos"},
  {moves_less, 1, "menos activo|activa|ejercicio|deporte"},
  {trains, 1, "train|trained|training|exercise|exercising|workout|workouts|gym|sport|sports|run|lift"},
  {trains, 1, "work out"},
  {trains, 1, "entren*|ejercicio|gimnasio|gym|deporte|corro"},
  {is_male, 1, "im|am _ man|guy"},
  {is_male, 1, "male|hombre|varon|masculino"},
  {is_female, 1, "im|am _ woman|girl"},
  {is_female, 1, "female|mujer|femenino"},
  {asks_harris_benedict, 1, "harris*"},
  {asks_mifflin, 1, "mifflin*"},
  {asks_katch, 1, "katch*"},
  {asks_katch, 1, "mcardle"},
  {asks_fox, 1, "fox"},
  {asks_fox, 1, "220 menos|minus"},
  {asks_tanaka, 1, "tanaka"},
  {asks_gellish, 1, "gellish"},
  {asks_gulati, 1, "gulati"},
  {asks_nes, 1, "nes"},
  {asks_epley, 1, "epley"},
  {asks_brzycki, 1, "brzycki|brzicki"},
  {asks_lombardi, 1, "lombardi"},
  {asks_mayhew, 1, "mayhew"},
  {asks_oconner, 1, "oconner|oconnor"},
  {asks_wathan, 1, "wathan|wathen"},
  {asks_lander, 1, "lander"},
  {in_pounds, 1, "in|en|to|a pounds|lbs|lb|libras|imperial"},
  {in_kilograms, 1, "in|en|to|a kilos|kg|kgs|kilograms|kilogramos|metric"},
  {asks_reason, 1, "why|explain"},
  {asks_reason, 1, "how _ did|do you calculate*|get|work|compute*|arrive"},
  {asks_reason, 1, "how come"},
  {asks_reason, 1, "where _ come|comes from"},
  {asks_reason, 1, "are you sure"},
  {asks_reason, 1, "por que"},
  {asks_reason, 1, "explica*"},
  {asks_reason, 1, "como _ calcul*|calculas|obtuviste|sacas|sacaste"},
  {asks_reason, 1, "de donde sale|salen|sacas"},
  {asks_reason, 1, "estas seguro|segura"},
  {does_bench, 1, "bench|benched|benching|benchpress"},
  {does_bench, 1, "banca|banco"},
  {does_squat, 1, "squat|squats|squatted|squatting|sentadilla|sentadillas"},
  {does_deadlift, 1, "deadlift|deadlifts|deadlifted|deadlifting"},
  {does_deadlift, 1, "peso muerto"},
  {does_overhead_press, 1, "overhead|shoulder|military press|pressed"},
  {does_overhead_press, 1, "press militar"},
  {does_row, 1, "row|rows|rowed|remo"},
  {does_pull_up, 1, "pull|chin up|ups"},
  {does_pull_up, 1, "dominada|dominadas"},
  {lifts, 1, "lift|lifts|lifted|lifting|press|pressed|rep|reps|repetitions|rm|max|maximum|levant*|repeticion*|repes|maximo|maxima"},
});

const phrase_book& book() {
  static const phrase_book the_book{cues, common_words};
  return the_book;
}

/// Words around a number that tell what it is.
class surroundings {
public:
  surroundings(const folded_text& words, const quantity& number) : words_(words), number_(number) {}

  /// One of the words stands up to `distance` words before the number.
  [[nodiscard]] bool before(std::initializer_list<std::string_view> any, std::size_t distance = 3) const {
    const auto first = number_.begin > distance ? number_.begin - distance : 0;
    return stands_between(first, number_.begin, any);
  }
  [[nodiscard]] bool after(std::initializer_list<std::string_view> any, std::size_t distance = 3) const {
    return stands_between(number_.end, std::min(number_.end + distance, words_.size()), any);
  }
  [[nodiscard]] bool near(std::initializer_list<std::string_view> any) const { return before(any, 4) || after(any, 4); }

private:
  [[nodiscard]] bool stands_between(
    std::size_t first, std::size_t last, std::initializer_list<std::string_view> any) const {
    for (auto at = first; at < last; ++at)
      if (std::ranges::find(any, words_[at].text) != any.end())
        return true;
    return false;
  }

  const folded_text& words_;
  const quantity& number_;
};

template <class Value>
void keep_if(std::optional<Value>& field, double value, range allowed) {
  if (!field && allowed.contains(value))
    field = static_cast<Value>(value);
}

/// Turns the numbers of one question into mentions.
class number_reader {
public:
  number_reader(const folded_text& words, unit_system units, bool is_about_lifting, bool is_about_training, mentions& said)
    : words_(words), numbers_(read_quantities(words)), units_(units), is_about_lifting_(is_about_lifting),
      is_about_training_(is_about_training), said_(said) {}

  void read() {
    for (const auto& number : numbers_)
      take(number);
    read_lift();
    read_period();
  }

private:
  void take(const quantity& number) {
    const surroundings around{words_, number};
    switch (number.unit) {
      case unit::kilograms: return take_mass(number, around);
      case unit::centimetres: return take_length(number, around);
      case unit::kilocalories: return take_energy(number, around);
      case unit::percent:
        if (around.near({"fat", "grasa", "bf"}))
          keep_if(said_.body_fat_pct, number.value, body_fat_pct_range);
        return;
      case unit::years: return keep_if(said_.age_years, number.value, {age_years_min, 120});
      case unit::hours:
        if (around.near({"sleep", "slept", "sleeping", "dormi", "duermo", "dormido", "dormir", "sueno"}))
          keep_if(said_.sleep_hours, number.value, range_of(progress_metric::sleep_hours));
        return;
      case unit::beats:
        if (!around.before({"max", "maximum", "maxima", "maximo"}))
          keep_if(said_.resting_bpm, number.value, range_of(progress_metric::resting_heart_rate_bpm));
        return;
      case unit::days:
      case unit::times: return take_frequency(number, around);
      case unit::meals: return keep_if(said_.meals_per_day, number.value, {1, 8});
      case unit::none: return take_bare(number, around);
      default: return;
    }
  }

  void take_mass(const quantity& number, const surroundings& around) {
    if (around.before({"weigh", "weighed", "weighing", "weight", "peso", "pesara", "pesaria", "pesase", "pesando", "pese"}) &&
        !around.before({"lose", "losing", "perder", "bajar", "muerto"}))
      return keep_if(said_.weight_kg, number.value, weight_kg_range);
    if (around.before({"lose", "losing", "drop", "shed", "perder", "bajar", "adelgazar", "rebajar", "quitarme"}))
      return keep_if(said_.change_kg, -number.value, {-weight_kg_range.high, 0});
    if (around.before({"gain", "gaining", "ganar", "subir", "aumentar", "engordar"}) && !is_about_lifting_)
      return keep_if(said_.change_kg, number.value, {0, weight_kg_range.high});
    if (is_about_lifting_ || is_followed_by_repetitions(number))
      return keep_if(said_.lifted_kg, number.value, lifted_weight_kg_range);
    keep_if(said_.weight_kg, number.value, weight_kg_range);
  }

  void take_length(const quantity& number, const surroundings& around) {
    if (!around.near({"waist", "cintura", "hip", "hips", "cadera", "neck", "cuello"}))
      keep_if(said_.height_cm, number.value, height_cm_range);
  }

  void take_energy(const quantity& number, const surroundings& around) {
    const bool is_difference = around.before({"deficit", "surplus", "superavit", "burn", "burned", "burnt", "quemo", "queme",
                                 "quemar", "extra"}) ||
      around.after({"deficit", "surplus", "less", "menos", "below", "fewer"}, 1);
    if (!is_difference)
      keep_if(said_.intake_kcal, number.value, {1, 20'000});
  }

  void take_frequency(const quantity& number, const surroundings& around) {
    if (number.value > 14 || !is_about_training_ || said_.activity_level)
      return;
    if (number.unit == unit::days && !around.near({"week", "semana", "entreno", "train", "trained", "entrenara", "entrenase"}))
      return;
    const auto times = number.value;
    if (times >= 1 && times <= 7)
      said_.training_days = static_cast<int>(times);
    said_.activity_level = times < 1 ? activity_level::sedentary
      : times <= 2                   ? activity_level::light
      : times <= 5                   ? activity_level::moderate
      : times <= 7                   ? activity_level::active
                                     : activity_level::very_active;
  }

  void take_bare(const quantity& number, const surroundings& around) {
    if (around.before({"rest", "resting", "reposo"}, 5))
      return keep_if(said_.resting_bpm, number.value, range_of(progress_metric::resting_heart_rate_bpm));
    if (around.before({"tall", "height", "altura", "mido", "estatura"})) {
      const auto cm = number.value < 3 ? number.value * 100 : number.value;
      return keep_if(said_.height_cm, cm, height_cm_range);
    }
    if (around.before({"weigh", "weighed", "peso", "pesara"}, 2) && !around.before({"muerto"}, 2) && number.value >= 20)
      return keep_if(said_.weight_kg, units_ == unit_system::imperial ? number.value * kg_per_pound : number.value,
        weight_kg_range);
    if (around.before({"age", "aged", "im", "am", "edad"}, 2) && !is_about_lifting_ && number.value == std::floor(number.value))
      return keep_if(said_.age_years, number.value, {age_years_min, 120});
    if (around.before({"rir", "reserve", "reserva"}, 2))
      said_.in_reserve = static_cast<int>(std::clamp(number.value, 0.0, double{repetitions_in_reserve_max}));
  }

  [[nodiscard]] const quantity* number_at(std::size_t word) const {
    const auto found = std::ranges::find(numbers_, word, &quantity::begin);
    return found == numbers_.end() ? nullptr : &*found;
  }

  /// `100 kg x 5`, `100 kg for 5`, `100 kg 5 reps`, `100 kilos por 5`.
  [[nodiscard]] const quantity* repetitions_behind(const quantity& weight) const {
    if (weight.end >= words_.size())
      return nullptr;
    constexpr auto joints = std::to_array<std::string_view>({"x", "for", "por", "a", "at", "times", "durante"});
    const bool is_joined = std::ranges::find(joints, words_[weight.end].text) != joints.end();
    const auto* next = number_at(weight.end + (is_joined ? 1 : 0));
    if (next == nullptr || (!is_joined && next->unit != unit::repetitions && next->unit != unit::times))
      return nullptr;
    return next->unit == unit::none || next->unit == unit::repetitions || next->unit == unit::times ? next : nullptr;
  }

  [[nodiscard]] bool is_followed_by_repetitions(const quantity& weight) const {
    return repetitions_behind(weight) != nullptr;
  }

  /// `3x5 100 kg` has sets before the cross; `5 x 100 kg` has repetitions there.
  void read_lift() {
    const auto is_count = [](const quantity& each) {
      return each.unit == unit::none && each.value >= 1 && each.value <= repetitions_max &&
        each.value == std::floor(each.value);
    };
    if (!said_.lifted_kg)
      for (const auto& each : numbers_)
        if (each.unit == unit::none && (is_about_lifting_ || words_joined_by_cross(each)) && repetitions_behind(each) &&
            each.value > repetitions_behind(each)->value && each.value >= 20) {
          keep_if(said_.lifted_kg, units_ == unit_system::imperial ? each.value * kg_per_pound : each.value,
            lifted_weight_kg_range);
          break;
        }
    if (!said_.lifted_kg && !is_about_lifting_)
      return;
    for (const auto& each : numbers_)
      if (each.unit == unit::repetitions || (each.unit == unit::times && !is_about_training_))
        keep_if(said_.repetitions, each.value, {1, repetitions_max});
    for (const auto& each : numbers_)
      if (const auto* behind = each.unit == unit::kilograms || each.value >= 20 ? repetitions_behind(each) : nullptr)
        keep_if(said_.repetitions, behind->value, {1, repetitions_max});
    if (said_.lifted_kg && !said_.repetitions)
      for (auto each = numbers_.rbegin(); each != numbers_.rend(); ++each)
        if (is_count(*each) && !surroundings{words_, *each}.before({"rir", "reserve", "reserva", "im", "am", "edad"}, 2))
          keep_if(said_.repetitions, each->value, {1, repetitions_max});
  }

  [[nodiscard]] bool words_joined_by_cross(const quantity& number) const {
    return number.end < words_.size() && words_[number.end].text == "x";
  }

  void read_period() {
    if (!said_.change_kg)
      return;
    for (const auto& each : numbers_)
      set_period(each.unit, each.value);
    constexpr auto single = std::to_array<std::string_view>({"a", "one", "un", "una", "per", "por", "this", "esta", "este",
      "each", "cada", "next", "la", "al"});
    for (std::size_t at = 0; at + 1 < words_.size(); ++at)
      if (std::ranges::find(single, words_[at].text) != single.end()) {
        const auto& next = words_[at + 1].text;
        set_period(next == "week" || next == "semana" ? unit::weeks
            : next == "month" || next == "mes"        ? unit::months
            : next == "day" || next == "dia"          ? unit::days
                                                      : unit::none,
          1);
      }
  }

  void set_period(unit what, double count) {
    const double days = what == unit::days ? 1 : what == unit::weeks ? 7 : what == unit::months ? 30.4 : 0;
    if (days > 0 && count > 0 && !said_.change_days)
      said_.change_days = days * count;
  }

  const folded_text& words_;
  std::vector<quantity> numbers_;
  unit_system units_;
  bool is_about_lifting_;
  bool is_about_training_;
  mentions& said_;
};

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

std::optional<goal> goal_said(const marks& found) {
  if (found[wants_loss] && found[wants_gain])
    return goal::recomposition;
  return chosen<goal>(found, {{wants_recomposition, goal::recomposition}, {wants_loss, goal::lose_weight},
                               {wants_gain, goal::gain_muscle}, {wants_maintenance, goal::maintain},
                               {wants_performance, goal::performance}});
}

void read_choices(const marks& found, mentions& said) {
  said.goal = goal_said(found);
  said.activity_level = chosen<activity_level>(found,
    {{is_sedentary, activity_level::sedentary}, {is_light, activity_level::light}, {is_moderate, activity_level::moderate},
      {is_very_active, activity_level::very_active}, {is_active, activity_level::active}});
  if (!said.activity_level)
    said.activity_steps = (found[moves_more] ? 1 : 0) - (found[moves_less] ? 1 : 0);
  said.sex = chosen<sex>(found, {{is_female, sex::female}, {is_male, sex::male}});
  said.resting_formula = chosen<resting_energy_formula>(found,
    {{asks_harris_benedict, resting_energy_formula::harris_benedict},
      {asks_mifflin, resting_energy_formula::mifflin_st_jeor}, {asks_katch, resting_energy_formula::katch_mcardle}});
  said.heart_formula = chosen<max_heart_rate_formula>(found,
    {{asks_fox, max_heart_rate_formula::fox}, {asks_tanaka, max_heart_rate_formula::tanaka},
      {asks_gellish, max_heart_rate_formula::gellish}, {asks_gulati, max_heart_rate_formula::gulati},
      {asks_nes, max_heart_rate_formula::nes}});
  said.strength_formula = chosen<one_rep_max_formula>(found,
    {{asks_epley, one_rep_max_formula::epley}, {asks_brzycki, one_rep_max_formula::brzycki},
      {asks_lombardi, one_rep_max_formula::lombardi}, {asks_mayhew, one_rep_max_formula::mayhew},
      {asks_oconner, one_rep_max_formula::oconner}, {asks_wathan, one_rep_max_formula::wathan},
      {asks_lander, one_rep_max_formula::lander}});
  said.units = chosen<unit_system>(found, {{in_pounds, unit_system::imperial}, {in_kilograms, unit_system::metric}});
  said.lift_name = chosen<lift>(found,
    {{does_bench, lift::bench_press}, {does_squat, lift::squat}, {does_deadlift, lift::deadlift},
      {does_overhead_press, lift::overhead_press}, {does_row, lift::row}, {does_pull_up, lift::pull_up}});
  said.wants_reason = found[asks_reason];
}

}  // namespace

bool mentions::has_facts() const noexcept {
  return weight_kg || height_cm || body_fat_pct || age_years || sex || activity_level || activity_steps != 0 || goal ||
    meals_per_day || intake_kcal || change_kg || lifted_kg || repetitions || resting_bpm || sleep_hours ||
    resting_formula || strength_formula || heart_formula || units;
}

mentions read_mentions(std::string_view question, const folded_text& words, const number_context& context) {
  marks found{};
  for (const auto& hit : book().find(words))
    found[static_cast<std::size_t>(book().cue_at(hit.cue).meaning)] = true;
  mentions said;
  read_choices(found, said);
  const bool is_about_lifting = context.is_about_lifting || said.lift_name.has_value() || said.strength_formula.has_value() || found[lifts];
  number_reader numbers{words, context.units, is_about_lifting, found[trains], said};
  numbers.read();
  // A weight change that is spelt out settles the goal too.
  if (said.change_kg && !said.goal)
    said.goal = *said.change_kg < 0 ? goal::lose_weight : goal::gain_muscle;
  said.is_pregnant = states(question, health_condition::pregnancy);
  said.is_lactating = states(question, health_condition::lactation);
  said.has_eating_disorder = states(question, health_condition::eating_disorder);
  return said;
}

mentions merged(const mentions& earlier, const mentions& later) {
  auto both = later;
  const auto fill = [](auto& field, const auto& older) {
    if (!field)
      field = older;
  };
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
  if (!later.change_kg && !later.intake_kcal && !later.goal) {
    both.intake_kcal = earlier.intake_kcal;
    both.change_kg = earlier.change_kg;
    both.change_days = earlier.change_days;
  }
  fill(both.goal, earlier.goal);
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
  fill(both.resting_formula, earlier.resting_formula);
  fill(both.strength_formula, earlier.strength_formula);
  fill(both.heart_formula, earlier.heart_formula);
  fill(both.units, earlier.units);
  both.is_pregnant = both.is_pregnant || earlier.is_pregnant;
  both.is_lactating = both.is_lactating || earlier.is_lactating;
  both.has_eating_disorder = both.has_eating_disorder || earlier.has_eating_disorder;
  return both;
}

}  // namespace genesis::coach
