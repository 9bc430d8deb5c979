#include "domain/coach/number_reader.hpp"

#include "domain/coach/quantities.hpp"
#include "domain/progress.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace genesis::coach {

namespace {

constexpr range bare_kcal_range{300, 10'000};  // "and 1,400?" in a talk about energy

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
  number_reader(const folded_text& words, const number_context& context, mentions& said)
      : words_(words), numbers_(read_quantities(words)), context_(context), said_(said) {}

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
    case unit::repetitions:
      if (around.after({"reserve", "reserva"}))
        said_.in_reserve = reserve_of(number.value);
      return;
    case unit::meals: return keep_if(said_.meals_per_day, number.value, {1, 8});
    case unit::none: return take_bare(number, around);
    default: return;
    }
  }

  void take_mass(const quantity& number, const surroundings& around) {
    if (around.before(
          {"weigh", "weighed", "weighing", "weight", "peso", "pesara", "pesaria", "pesase", "pesando", "pese"}) &&
        !around.before({"lose", "losing", "perder", "bajar", "muerto"}))
      return keep_if(said_.weight_kg, number.value, weight_kg_range);
    if (around.before({"lose", "losing", "drop", "shed", "perder", "bajar", "adelgazar", "rebajar", "quitarme"}))
      return keep_if(said_.change_kg, -number.value, {-weight_kg_range.high, 0});
    if (around.before({"gain", "gaining", "ganar", "subir", "aumentar", "engordar"}) && !context_.is_about_lifting)
      return keep_if(said_.change_kg, number.value, {0, weight_kg_range.high});
    if (context_.is_about_lifting || is_followed_by_repetitions(number))
      return keep_if(said_.lifted_kg, number.value, lifted_weight_kg_range);
    keep_if(said_.weight_kg, number.value, weight_kg_range);
  }

  void take_length(const quantity& number, const surroundings& around) {
    if (!around.near({"waist", "cintura", "hip", "hips", "cadera", "neck", "cuello"}))
      keep_if(said_.height_cm, number.value, height_cm_range);
  }

  void take_energy(const quantity& number, const surroundings& around) {
    const bool is_difference = around.before({"deficit", "surplus", "superavit", "burn", "burned", "burnt", "quemo",
                                 "queme", "quemar", "extra"}) ||
                               around.after({"deficit", "surplus", "less", "menos", "below", "fewer"}, 1);
    if (!is_difference)
      keep_if(said_.intake_kcal, number.value, {1, 20'000});
  }

  void take_frequency(const quantity& number, const surroundings& around) {
    if (number.value > 14 || !context_.is_about_training || said_.activity_level)
      return;
    if (number.unit == unit::days && !context_.is_about_training &&
        !around.near({"week", "semana", "entreno", "train", "trained", "entrenara", "entrenase"}))
      return;
    const auto times = number.value;
    if (times >= 1 && times <= 7)
      said_.training_days = static_cast<int>(times);
    said_.activity_level = times < 1    ? activity_level::sedentary
                           : times <= 2 ? activity_level::light
                           : times <= 5 ? activity_level::moderate
                           : times <= 7 ? activity_level::active
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
      return keep_if(said_.weight_kg,
        context_.units == unit_system::imperial ? number.value * kg_per_pound : number.value, weight_kg_range);
    if (around.before({"age", "aged", "im", "am", "edad"}, 2) && !context_.is_about_lifting &&
        number.value == std::floor(number.value))
      return keep_if(said_.age_years, number.value, {age_years_min, 120});
    if (around.before({"rir", "reserve", "reserva"}, 2))
      said_.in_reserve = reserve_of(number.value);
    else if (context_.is_about_energy && bare_kcal_range.contains(number.value))
      keep_if(said_.intake_kcal, number.value, bare_kcal_range);
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
    const auto is_count = [](const quantity& each) {
      return each.unit == unit::none && each.value >= 1 && each.value <= repetitions_max &&
             each.value == std::floor(each.value);
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
        keep_if(said_.repetitions, each.value, {1, repetitions_max});
    for (const auto& each : numbers_)
      if (const auto* behind = each.unit == unit::kilograms || each.value >= 20 ? repetitions_behind(each) : nullptr)
        keep_if(said_.repetitions, behind->value, {1, repetitions_max});
    if (said_.lifted_kg && !said_.repetitions)
      for (auto each = numbers_.rbegin(); each != numbers_.rend(); ++each)
        if (is_count(*each) &&
            !surroundings{words_, *each}.before({"rir", "reserve", "reserva", "im", "am", "edad"}, 2))
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
    constexpr auto single = std::to_array<std::string_view>(
      {"a", "one", "un", "una", "per", "por", "this", "esta", "este", "each", "cada", "next", "la", "al"});
    for (std::size_t at = 0; at + 1 < words_.size(); ++at)
      if (std::ranges::find(single, words_[at].text) != single.end()) {
        const auto& next = words_[at + 1].text;
        set_period(next == "week" || next == "semana" ? unit::weeks
                   : next == "month" || next == "mes" ? unit::months
                   : next == "day" || next == "dia"   ? unit::days
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
  number_context context_;
  mentions& said_;
};

}  // namespace

void read_numbers(const folded_text& words, const number_context& context, mentions& said) {
  number_reader{words, context, said}.read();
}

}  // namespace genesis::coach
