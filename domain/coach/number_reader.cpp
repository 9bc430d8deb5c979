#include "domain/coach/number_reader.hpp"

#include "domain/coach/age_beside_sex.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/denied_wishes.hpp"
#include "domain/coach/mass_meanings.hpp"
#include "domain/coach/maximal_rates.hpp"
#include "domain/coach/periods.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/coach/surroundings.hpp"
#include "domain/heart_rate.hpp"
#include "domain/progress.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace genesis::coach {

namespace {

using measure = impossible_value::kind_type;

constexpr std::size_t impossible_count_max = 3;   // told in one answer
constexpr range stated_age_range{1, 120};         // a child may ask too, and is then answered as one
constexpr range bare_kcal_range{300, 10'000};     // "and 1,400?" in a talk about energy
constexpr range said_repetitions_range{1, 1000};  // a set may be too long for an estimate, and is then told so
constexpr double age_years_alone_max = 100;       // "maximum at 50"
constexpr range goal_bmi_range{8, 60};
constexpr double grams_per_kg = 1000;

template <class Value>
void keep_if(std::optional<Value>& field, double value, range allowed) {
  if (!field && allowed.contains(value))
    field = static_cast<Value>(value);
}

/// Turns the numbers of one question into mentions.
class number_reader {
public:
  number_reader(const folded_text& words, const number_context& context, mentions& said)
      : words_(words), numbers_(read_quantities(words)), is_denied_wish_(denied_wishes(words)), context_(context),
        said_(said) {}

  void read() {
    for (const auto& number : numbers_)
      take(number);
    read_lift();
    read_period();
    read_units();
  }

private:
  void take(const quantity& number) {
    const surroundings around{words_, number};
    if (take_age_and_sex(number))
      return;
    switch (number.unit) {
    case unit::kilograms: return take_mass(number, around);
    case unit::centimetres: return take_length(number, around);
    case unit::kilocalories: return take_energy(number, around);
    case unit::percent:
      if (around.near({"fat", "grasa", "bf"}))
        keep_or_name(said_.body_fat_pct, number.value, body_fat_pct_range, measure::body_fat_pct);
      return;
    case unit::years: return take_years(number, around);
    case unit::hours:
      if (around.near({"sleep", "slept", "sleeping", "dormi", "duermo", "dormido", "dormir", "sueno"}))
        keep_if(said_.sleep_hours, number.value, range_of(progress_metric::sleep_hours));
      return;
    case unit::beats:
      if (take_maximal_rate(number))
        return;
      if (!around.before({"max", "maximum", "maxima", "maximo"}))
        keep_if(said_.resting_bpm, number.value, range_of(progress_metric::resting_heart_rate_bpm));
      return;
    case unit::days:
    case unit::times: return take_frequency(number, around);
    case unit::repetitions:
      if (around.after({"reserve", "reserva"}))
        said_.in_reserve = reserve_of(number.value);
      return;
    case unit::grams: return take_grams(number, around);
    case unit::meals: return keep_if(said_.meals_per_day, number.value, {1, 8});
    case unit::none: return take_bare(number, around);
    default: return;
    }
  }

  /// "male, 36, 180 cm", "I'm 35F": an age and a sex at once, but for the repetitions of a lift.
  bool take_age_and_sex(const quantity& number) {
    const auto found = context_.is_about_lifting ? std::nullopt : age_beside_sex(words_, numbers_, number);
    if (!found)
      return false;
    keep_if(said_.age_years, found->age_years, stated_age_range);
    if (!said_.sex)
      said_.sex = found->sex;
    return true;
  }

  /// Years of age; not those of training, or ago.
  void take_years(const quantity& number, const surroundings& around) {
    const bool is_named = around.after({"old", "edad", "age"}, 2) || around.before({"age", "aged", "edad"}, 2);
    const bool is_a_while = around.before({"for", "hace", "during", "durante", "llevo", "last", "past", "since",
                                            "desde", "over", "trained", "training", "entrenando"},
                              2) ||
                            around.after({"ago", "of", "de", "training", "lifting", "entrenando", "experience"}, 1);
    if (is_a_while && !is_named)
      return;
    const bool is_own = is_named || around.before({"im", "am", "is", "tengo", "tiene", "turned", "cumpli"}, 2);
    if (is_own || number.value >= age_years_min)
      keep_or_name(said_.age_years, number.value, stated_age_range, measure::age_years);
  }

  /// The word before a number, past those that only soften it.
  [[nodiscard]] std::size_t word_before(std::size_t at) const {
    while (
      at > 0 && is_one_of(words_[at - 1].text, {"about", "around", "only", "just", "like", "unos", "solo", "casi"}))
      --at;
    return at;
  }

  /// "I want to weigh 65 kg", "get down to 65 kg", "mi objetivo son 65 kilos", "bajar a 65 kilos".
  [[nodiscard]] bool is_goal_weight(const quantity& number, const surroundings& around) const {
    const auto at = word_before(number.begin);
    if (at == 0)
      return false;
    const std::string_view last = words_[at - 1].text;
    const std::string_view last_but_one = at > 1 ? std::string_view{words_[at - 2].text} : std::string_view{};
    if (last == "pesar" || (last == "weigh" && is_one_of(last_but_one, {"to", "wanna"})))
      return true;
    if (last == "be" && around.before({"weight"}, 4))
      return true;
    if (around.before({"goal", "target", "objetivo", "meta"}, 4) &&
        !around.before({"lose", "losing", "gain", "gaining", "perder", "ganar", "bajar", "subir"}, 3))
      return number.unit == unit::kilograms || around.before({"weight", "peso"}, 4);
    if (number.unit != unit::kilograms || context_.is_about_lifting)
      return false;
    if (is_one_of(last, {"reach", "hit", "alcanzar", "alcance"}))
      return true;
    const bool is_range = number_of(last_but_one).has_value();  // "lose 5 to 10 kg"
    return is_one_of(last, {"to", "a", "hasta", "en", "los"}) && !is_range &&
           around.before({"lose", "get", "down", "go", "drop", "bring", "back", "cut", "slim", "weight", "bajar",
                           "bajo", "llegar", "llego", "llegue", "llegare", "volver", "adelgazar", "quedarme", "reach"},
             4);
  }

  /// Days of the rate behind a mass: "0.5 kg a week", "un kilo al mes", "1 lb/week", "2 kilos semanales".
  [[nodiscard]] std::optional<double> rate_days_behind(const quantity& number) const {
    const auto word = [&](std::size_t at) {
      return at < words_.size() && !words_[at].begins_clause ? std::string_view{words_[at].text} : std::string_view{};
    };
    auto at = number.end;
    if (is_one_of(word(at), {"a", "per", "each", "every", "por", "al", "cada"}))
      at += word(at) == "a" && word(at + 1) == "la" ? 2 : 1;
    if (is_one_of(word(at), {"week", "weekly", "wk", "semana", "semanal", "semanales"}))
      return days_per_week;
    if (is_one_of(word(at), {"month", "monthly", "mes", "mensual", "mensuales"}))
      return days_per_month;
    if (is_one_of(word(at), {"day", "daily", "dia", "diario", "diarios"}))
      return 1;
    return std::nullopt;
  }

  /// "lose 500 g a week"; not what somebody eats.
  void take_grams(const quantity& number, const surroundings& around) {
    const auto days = rate_days_behind(number);
    if (days && *days > 1 &&
        around.before({"lose", "losing", "drop", "shed", "gain", "gaining", "perder", "perdiendo", "pierdo", "bajar",
          "bajando", "rebajar", "ganar", "subir", "aumentar"}))
      keep_if(said_.pace_kg_per_week, number.value / grams_per_kg / *days * days_per_week, {0, weight_kg_range.high});
  }

  void take_mass(const quantity& number, const surroundings& around) {
    if (is_denied_wish_[number.begin])
      return;  // "I don't want to lose 5 kg"
    if (const auto days = rate_days_behind(number); days && !context_.is_about_lifting)
      return keep_if(said_.pace_kg_per_week, number.value / *days * days_per_week, {0, weight_kg_range.high});
    if (take_other_mass(number, number.value))
      return;
    if (is_goal_weight(number, around))
      return keep_or_name(said_.goal_weight_kg, number.value, weight_kg_range, measure::weight_kg);
    if (around.before(
          {"weigh", "weighed", "weighing", "weight", "peso", "pesara", "pesaria", "pesase", "pesando", "pese"}) &&
        !around.before({"lose", "losing", "perder", "bajar", "muerto"}))
      return keep_or_name(said_.weight_kg, number.value, weight_kg_range, measure::weight_kg);
    if (around.before({"lose", "losing", "drop", "dropping", "shed", "pierdo", "perdiendo", "adelgazo", "perder",
          "bajar", "adelgazar", "rebajar", "quitarme"}))
      return keep_if(said_.change_kg, -number.value, {-weight_kg_range.high, 0});
    if (around.before({"gain", "gaining", "ganar", "subir", "aumentar", "engordar"}) && !context_.is_about_lifting)
      return keep_if(said_.change_kg, number.value, {0, weight_kg_range.high});
    if (context_.is_about_lifting || is_followed_by_repetitions(number))
      return keep_or_name(said_.lifted_kg, number.value, lifted_weight_kg_range, measure::lifted_kg);
    if (around.before({"im", "am"}, 1))
      return keep_or_name(said_.weight_kg, number.value, weight_kg_range, measure::weight_kg);
    keep_if(said_.weight_kg, number.value, weight_kg_range);
  }

  /// A mass that is not what the person weighs: one of the past, one to come, or a difference. True when it is.
  bool take_other_mass(const quantity& number, double kg) {
    const auto meaning = meaning_of_mass(words_, number);
    if (context_.is_about_lifting)
      return meaning == mass_meaning::heavier || meaning == mass_meaning::lighter;
    const bool is_difference = meaning == mass_meaning::heavier || meaning == mass_meaning::lighter;
    if (is_difference && is_wished_difference(words_, number))
      keep_if(
        said_.change_kg, meaning == mass_meaning::heavier ? kg : -kg, {-weight_kg_range.high, weight_kg_range.high});
    else if (meaning == mass_meaning::awaited)
      keep_or_name(said_.goal_weight_kg, kg, weight_kg_range, measure::weight_kg);
    return meaning != mass_meaning::present;
  }

  /// The number of a weight that is told in the unit the person weighs in: "I weigh 77", "until I'm 65".
  [[nodiscard]] static bool names_bare_weight(const surroundings& around) {
    return (around.before({"weigh", "weighed", "peso", "pesara", "pesaba", "pesare", "pesar", "pese"}, 2) &&
             !around.before({"muerto"}, 2)) ||
           around.before({"be", "im"}, 1);
  }

  void take_length(const quantity& number, const surroundings& around) {
    if (around.near({"waist", "cintura", "hip", "hips", "cadera", "neck", "cuello"}))
      return;
    if (around.before({"im", "am", "mido", "altura", "height", "estatura"}, 2) ||
        around.after({"tall", "alto", "alta"}, 1))
      return keep_or_name(said_.height_cm, number.value, height_cm_range, measure::height_cm);
    keep_if(said_.height_cm, number.value, height_cm_range);
  }

  void take_energy(const quantity& number, const surroundings& around) {
    const bool is_difference = around.before({"deficit", "surplus", "superavit", "burn", "burned", "burnt", "quemo",
                                 "queme", "quemar", "extra"}) ||
                               around.after({"deficit", "surplus", "less", "menos", "below", "fewer"}, 1);
    if (!is_difference)
      keep_if(said_.intake_kcal, number.value, {0, 20'000});
  }

  void take_frequency(const quantity& number, const surroundings& around) {
    if (number.value < 0 || number.value > 14 || !context_.is_about_training || said_.activity_level)
      return;
    if (number.unit == unit::days && !context_.is_about_training &&
        !around.near({"week", "semana", "entreno", "train", "trained", "entrenara", "entrenase"}))
      return;
    const auto times = number.value;
    if (times >= 1 && times <= 7)
      said_.training_days = static_cast<int>(times);
    said_.activity_level = activity_of_training(times);
  }

  /// "maximum heart rate at 50", "¿frecuencia máxima a los 50?"
  [[nodiscard]] bool is_age_of_a_maximum(const quantity& number, const surroundings& around) const {
    return context_.is_about_maximal_pulse && around.before({"at", "for", "los", "con", "tengo", "turning"}, 1) &&
           ends_clause(number) && number.value >= age_years_min && number.value <= age_years_alone_max &&
           number.value == std::floor(number.value);
  }

  /// "60 at rest", "60 en reposo"; not the pause between sets of "with 60 rest".
  [[nodiscard]] static bool is_followed_by_rest(const surroundings& around) {
    return around.after({"resting", "reposo"}, 1) ||
           (around.after({"at", "en", "de"}, 1) && around.after({"rest", "reposo"}, 2));
  }

  bool take_maximal_rate(const quantity& number) {
    const bool is_reply = context_.is_maximal_rate_open && is_nothing_but_rate(words_, number);
    if (!is_reply && !(context_.is_about_pulse && is_maximal_rate(words_, number)))
      return false;
    keep_or_name(said_.max_bpm, number.value, max_heart_rate_range, measure::max_bpm);
    return true;
  }

  /// "my daughter is 13", "she's 13", "mi hija de 13".
  [[nodiscard]] bool is_age_of_another(const quantity& number, const surroundings& around) const {
    if (!said_.about || number.value != std::floor(number.value))
      return false;
    const bool is_told =
      around.before({"is", "shes", "hes", "turned", "turns", "turning", "cumplio", "tiene"}, 1) ||
      (around.before({"is", "shes", "hes"}, 2) && around.before({"only", "just", "about", "now"}, 1));
    const bool is_of =
      number.begin > 1 && around.before({"of", "de", "aged"}, 1) && is_relative(words_[number.begin - 2].text);
    return (is_told && ends_clause(number)) || is_of;
  }

  /// "I want a BMI of 20", "llegar a un IMC de 20"; not "my BMI is 20".
  [[nodiscard]] bool is_goal_index(const surroundings& around) const {
    return around.before({"bmi", "imc"}, 3) &&
           around.before({"want", "wanna", "reach", "get", "goal", "target", "aim", "hit", "like", "quiero", "quisiera",
                           "llegar", "objetivo", "meta", "bajar", "alcanzar", "gustaria", "lower", "drop"},
             7);
  }

  /// "and want to lose 5 more", "quiero perder otros 5": a loss in the unit the person weighs in.
  [[nodiscard]] bool is_bare_loss(const quantity& number, const surroundings& around) const {
    const std::initializer_list<std::string_view> verbs = {
      "lose", "losing", "shed", "perder", "bajar", "adelgazar", "rebajar"};
    const bool is_other = around.before({"another", "other", "otros", "unos"}, 1);
    return !context_.is_about_lifting && around.before(verbs, is_other ? 2 : 1) &&
           (ends_clause(number) || around.after({"more", "mas"}, 1));
  }

  /// "and 15?" behind "I want to lose 8 kg".
  [[nodiscard]] bool is_another_change(const quantity& number, const surroundings& around) const {
    constexpr std::size_t words_max = 4;
    return context_.last_change_kg != 0 && words_.size() <= words_max && ends_clause(number) &&
           number.value < bare_kcal_range.low &&
           around.before({"and", "y", "about", "with", "con", "or", "o", "if", "si"}, 1);
  }

  void take_bare(const quantity& number, const surroundings& around) {
    if (around.before({"age", "aged", "edad"}, 1) || is_age_of_a_maximum(number, around))
      return keep_or_name(said_.age_years, number.value, stated_age_range, measure::age_years);
    if (take_maximal_rate(number))
      return;
    if (is_age_of_another(number, around))
      return keep_or_name(said_.age_years, number.value, stated_age_range, measure::age_years);
    if (is_goal_index(around))
      return keep_if(said_.goal_bmi, number.value, goal_bmi_range);
    if (around.before({"rest", "resting", "reposo"}, 5) || (context_.is_about_pulse && is_followed_by_rest(around)))
      return keep_if(said_.resting_bpm, number.value, range_of(progress_metric::resting_heart_rate_bpm));
    if (around.before({"tall", "height", "altura", "mido", "estatura"})) {
      const auto cm = number.value < 3 ? number.value * 100 : number.value;
      return keep_or_name(said_.height_cm, cm, height_cm_range, measure::height_cm);
    }
    const auto kg = context_.units == unit_system::imperial ? number.value * kg_per_pound : number.value;
    if (names_bare_weight(around) && ends_clause(number) && take_other_mass(number, kg))
      return;
    if (is_goal_weight(number, around))
      return keep_or_name(said_.goal_weight_kg, kg, weight_kg_range, measure::weight_kg);
    if (around.before({"weigh", "weighed", "peso", "pesara"}, 2) && !around.before({"muerto"}, 2) &&
        (number.value >= 20 || around.before({"weigh", "weighed", "peso"}, 1)))
      return keep_or_name(said_.weight_kg, kg, weight_kg_range, measure::weight_kg);
    if (around.before({"age", "aged", "im", "am", "edad"}, 2) && !context_.is_about_lifting &&
        number.value == std::floor(number.value)) {
      // "I'm 12" is an age; "I'm on day 3" is none.
      const bool is_sure = around.before({"im", "am"}, 1) && ends_clause(number);
      if (is_sure || (number.value >= age_years_min && stated_age_range.contains(number.value)))
        keep_or_name(said_.age_years, number.value, stated_age_range, measure::age_years);
      return;
    }
    // "and my husband, 85 kg, 40, 180 cm?"
    if (said_.about && begins_clause(number) && ends_clause(number))
      return keep_if(said_.age_years, number.value, stated_age_range);
    if (is_bare_loss(number, around))
      return keep_if(said_.change_kg, -kg, {-weight_kg_range.high, 0});
    if (around.before({"rir", "reserve", "reserva"}, 2))
      said_.in_reserve = reserve_of(number.value);
    else if (is_another_change(number, around))
      keep_if(
        said_.change_kg, std::copysign(kg, context_.last_change_kg), {-weight_kg_range.high, weight_kg_range.high});
    else if (context_.is_about_energy && bare_kcal_range.contains(number.value))
      keep_if(said_.intake_kcal, number.value, bare_kcal_range);
  }

  [[nodiscard]] bool begins_clause(const quantity& number) const {
    return surroundings{words_, number}.begins_clause();
  }
  [[nodiscard]] bool ends_clause(const quantity& number) const { return surroundings{words_, number}.ends_clause(); }

  /// Keeps what can be; what cannot is told to the person, who would otherwise get numbers for somebody else.
  template <class Value>
  void keep_or_name(std::optional<Value>& field, double value, range allowed, measure what) {
    if (allowed.contains(value))
      return keep_if(field, value, allowed);
    const bool is_known = std::ranges::find(said_.impossible, what, &impossible_value::kind) != said_.impossible.end();
    if (!is_known && said_.impossible.size() < impossible_count_max)
      said_.impossible.push_back({what, value, allowed});
  }

  static int reserve_of(double value) {
    return static_cast<int>(std::clamp(value, 0.0, double{repetitions_in_reserve_max}));
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
    const auto is_count = [&](const quantity& each) {
      const bool names_maximum =
        each.end < words_.size() && is_one_of(words_[each.end].text, {"rm", "rep", "repetition", "repeticion"});
      const bool is_sure =
        words_joined_by_cross(each) || surroundings{words_, each}.before({"for", "x", "por", "a"}, 1);
      const double most = is_sure ? said_repetitions_range.high : repetitions_max;
      return each.unit == unit::none && each.value >= 1 && each.value <= most && each.value == std::floor(each.value) &&
             !names_maximum;
    };
    if (!said_.lifted_kg)
      for (const auto& each : numbers_)
        if (each.unit == unit::none && (context_.is_about_lifting || words_joined_by_cross(each)) &&
            repetitions_behind(each) && each.value > repetitions_behind(each)->value && each.value >= 20) {
          keep_if(said_.lifted_kg, context_.units == unit_system::imperial ? each.value * kg_per_pound : each.value,
            lifted_weight_kg_range);
          break;
        }
    if (!said_.lifted_kg && !context_.is_about_lifting)
      return;
    for (const auto& each : numbers_)
      if ((each.unit == unit::repetitions && !surroundings{words_, each}.after({"reserve", "reserva"})) ||
          (each.unit == unit::times && !context_.is_about_training))
        keep_repetitions(each.value);
    for (const auto& each : numbers_)
      if (const auto* behind = each.unit == unit::kilograms || each.value >= 20 ? repetitions_behind(each) : nullptr)
        keep_repetitions(behind->value);
    const bool is_alone =
      context_.is_about_lifting && numbers_.size() == 1 && ends_clause(numbers_.front());  // "and for 8?"
    if ((said_.lifted_kg || is_alone) && !said_.repetitions && said_.impossible.empty())
      for (auto each = numbers_.rbegin(); each != numbers_.rend(); ++each)
        if (is_count(*each) &&
            !surroundings{words_, *each}.before({"rir", "reserve", "reserva", "im", "am", "edad"}, 2))
          keep_if(said_.repetitions, each->value, said_repetitions_range);
  }

  void keep_repetitions(double count) {
    if (!said_.repetitions && count < 1)
      keep_or_name(said_.repetitions, count, {1, repetitions_told_max}, measure::repetitions);
    keep_if(said_.repetitions, std::min(count, said_repetitions_range.high), said_repetitions_range);
  }

  [[nodiscard]] bool words_joined_by_cross(const quantity& number) const {
    return number.end < words_.size() && words_[number.end].text == "x";
  }

  /// The system of units that all masses and lengths of the question are in.
  void read_units() {
    for (const auto& number : numbers_)
      if (number.system && said_.used_units.value_or(*number.system) != *number.system)
        return said_.used_units.reset();
      else if (number.system)
        said_.used_units = number.system;
  }

  void read_period() {
    if (said_.pace_kg_per_week || (!said_.change_kg && !said_.goal_weight_kg))
      return;
    said_.change_days = period_days(words_, context_.today);
  }

  const folded_text& words_;
  std::vector<quantity> numbers_;
  std::vector<bool> is_denied_wish_;
  number_context context_;
  mentions& said_;
};

}  // namespace

activity_level activity_of_training(double times) noexcept {
  return times < 1    ? activity_level::sedentary
         : times <= 2 ? activity_level::light
         : times <= 5 ? activity_level::moderate
         : times <= 7 ? activity_level::active
                      : activity_level::very_active;
}

void read_numbers(const folded_text& words, const number_context& context, mentions& said) {
  number_reader{words, context, said}.read();
}

}  // namespace genesis::coach
