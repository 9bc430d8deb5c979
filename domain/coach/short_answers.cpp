#include "domain/coach/short_answers.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/mass_meanings.hpp"
#include "domain/coach/number_reader.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/coach/ratings.hpp"
#include "domain/coach/sex_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace genesis::coach {

namespace {

using measure = impossible_value::kind_type;

// What people are: decides which of several questions a bare number answers. The bounds of the fields are wider.
constexpr range usual_age_years{13, 100};
constexpr range usual_height_cm{120, 230};
constexpr range usual_weight_kg{30, 250};
constexpr range usual_body_fat_pct{5, 60};
constexpr range stated_age_range{1, 120};
constexpr double metres_max = 2.72;  // of `height_cm_range`
constexpr range feet_range{4, 7};
constexpr double training_days_max = 7;
constexpr std::size_t impossible_count_max = 3;

/// A question that a number answers.
struct number_field {
  std::string_view name;
  measure kind;
  range usual;
  range allowed;
};
constexpr auto number_fields = std::to_array<number_field>({
  {"date_of_birth", measure::age_years, usual_age_years, stated_age_range},
  {"height_cm", measure::height_cm, usual_height_cm, height_cm_range},
  {"weight_kg", measure::weight_kg, usual_weight_kg, weight_kg_range},
  {"body_fat_pct", measure::body_fat_pct, usual_body_fat_pct, body_fat_pct_range},
  {"sleep_quality", measure::rating, range_of(progress_metric::sleep_quality),
    range_of(progress_metric::sleep_quality)},
  {"sleep_hours", measure::sleep_hours, {2, 14}, range_of(progress_metric::sleep_hours)},
  {"soreness", measure::rating, range_of(progress_metric::soreness), range_of(progress_metric::soreness)},
  {"energy", measure::rating, range_of(progress_metric::energy), range_of(progress_metric::energy)},
  {"motivation", measure::rating, range_of(progress_metric::motivation), range_of(progress_metric::motivation)},
});

template <class Value>
struct word_choice {
  std::string_view word;
  Value value;
};

constexpr auto activity_words = std::to_array<word_choice<activity_level>>({
  {"sedentary", activity_level::sedentary},
  {"sedentario", activity_level::sedentary},
  {"sedentaria", activity_level::sedentary},
  {"low", activity_level::light},
  {"light", activity_level::light},
  {"lightly", activity_level::light},
  {"poco", activity_level::light},
  {"poca", activity_level::light},
  {"baja", activity_level::light},
  {"bajo", activity_level::light},
  {"ligera", activity_level::light},
  {"ligero", activity_level::light},
  {"ligeramente", activity_level::light},
  {"moderate", activity_level::moderate},
  {"moderately", activity_level::moderate},
  {"medium", activity_level::moderate},
  {"average", activity_level::moderate},
  {"normal", activity_level::moderate},
  {"media", activity_level::moderate},
  {"medio", activity_level::moderate},
  {"moderada", activity_level::moderate},
  {"moderado", activity_level::moderate},
  {"moderadamente", activity_level::moderate},

  {"active", activity_level::active},
  {"high", activity_level::active},
  {"activo", activity_level::active},
  {"activa", activity_level::active},

});

constexpr auto goal_words = std::to_array<word_choice<goal>>({
  {"lose", goal::lose_weight},
  {"losing", goal::lose_weight},
  {"loss", goal::lose_weight},
  {"slim", goal::lose_weight},
  {"perder", goal::lose_weight},
  {"bajar", goal::lose_weight},
  {"adelgazar", goal::lose_weight},
  {"maintain", goal::maintain},
  {"maintaining", goal::maintain},
  {"maintenance", goal::maintain},
  {"stay", goal::maintain},
  {"mantener", goal::maintain},
  {"mantenerme", goal::maintain},
  {"mantenimiento", goal::maintain},
  {"muscle", goal::gain_muscle},
  {"gain", goal::gain_muscle},
  {"bulk", goal::gain_muscle},
  {"ganar", goal::gain_muscle},
  {"musculo", goal::gain_muscle},
  {"recomposition", goal::recomposition},
  {"recomp", goal::recomposition},
  {"recomposicion", goal::recomposition},
  {"performance", goal::performance},
  {"perform", goal::performance},
  {"rendimiento", goal::performance},
  {"rendir", goal::performance},
});

class answer_reader {
public:
  answer_reader(const folded_text& words, std::span<const std::string> asked, unit_system units, mentions& said)
      : words_(words), numbers_(read_quantities(words)), asked_(asked), units_(units), said_(said) {}

  bool read() {
    for (const auto& field : asked_)
      is_answered_ = is_answered_ || holds(field);
    note_told();
    read_words();
    read_feet();
    for (const auto& number : numbers_)
      if (is_taken(number) || is_of_another_time(number))
        continue;
      else if (number.unit == unit::none)
        take(number);
      else
        take_measured(number);
    return is_answered_;
  }

private:
  [[nodiscard]] bool asks(std::string_view field) const { return std::ranges::find(asked_, field) != asked_.end(); }

  /// What was asked for stands in the reply already, in words that need no question.
  [[nodiscard]] bool holds(std::string_view field) const {
    if (field == "date_of_birth")
      return said_.age_years.has_value();
    if (field == "sex")
      return said_.sex.has_value();
    if (field == "height_cm")
      return said_.height_cm.has_value();
    if (field == "weight_kg")
      return said_.weight_kg.has_value();
    if (field == "body_fat_pct")
      return said_.body_fat_pct.has_value();
    if (field == "activity_level")
      return said_.activity_level.has_value();
    if (field == "max_heart_rate_bpm")
      return said_.max_bpm.has_value();
    if (field == "goal")
      return said_.goal.has_value();
    const auto metric = parse_enum<progress_metric>(field);
    return metric && told_reading(said_, *metric).has_value();
  }

  void read_words() {
    for (std::size_t at = 0; at < words_.size(); ++at)
      read_word(at);
  }

  void read_word(std::size_t at) {
    const std::string_view word = words_[at].text;
    if (asks("sex") && !said_.sex)
      if (const auto* found = sex_word_of(word); found != nullptr && (!found->is_letter || stands_alone(at))) {
        said_.sex = found->sex;
        is_answered_ = true;
      }
    if (asks("activity_level") && !said_.activity_level)
      if (const auto level = activity_at(at)) {
        said_.activity_level = level;
        is_answered_ = true;
      }
    if (asks("goal") && !said_.goal && !is_denied(words_, at, denial_reach::narrow))
      if (const auto* found = std::ranges::find(goal_words, word, &word_choice<goal>::word);
        found != goal_words.end()) {
        said_.goal = found->value;
        is_answered_ = true;
      }
  }

  [[nodiscard]] std::optional<activity_level> activity_at(std::size_t at) const {
    const std::string_view word = words_[at].text;
    const bool ends = at + 1 >= words_.size() || words_[at + 1].begins_clause;
    if (is_one_of(word, {"very", "muy"}) && ends)
      return activity_level::very_active;
    // "not much", "no mucho"
    if (is_one_of(word, {"much", "mucho", "mucha"}) && is_denied(words_, at, denial_reach::narrow))
      return activity_level::light;
    const auto* found = std::ranges::find(activity_words, word, &word_choice<activity_level>::word);
    if (found == activity_words.end())
      return std::nullopt;
    return is_denied(words_, at, denial_reach::wide) ? activity_level::light : found->value;
  }

  [[nodiscard]] bool stands_alone(std::size_t at) const {
    return words_[at].begins_clause && (at + 1 >= words_.size() || words_[at + 1].begins_clause);
  }

  /// "5 11" of somebody who measures in feet.
  void read_feet() {
    if (units_ != unit_system::imperial || !asks("height_cm") || said_.height_cm)
      return;
    for (std::size_t i = 0; i + 1 < numbers_.size(); ++i) {
      const auto& feet = numbers_[i];
      const auto& inches = numbers_[i + 1];
      const bool are_bare = feet.unit == unit::none && inches.unit == unit::none && feet.end == inches.begin;
      if (!are_bare || words_[inches.begin].begins_clause || !feet_range.contains(feet.value) || inches.value >= 12)
        continue;
      said_.height_cm = feet.value * cm_per_foot + inches.value * cm_per_inch;
      is_answered_ = true;
      numbers_.erase(
        numbers_.begin() + static_cast<std::ptrdiff_t>(i), numbers_.begin() + static_cast<std::ptrdiff_t>(i) + 2);
      return;
    }
  }

  /// What was read for what its words say, before any bare number is.
  void note_told() {
    const auto note = [this](const auto& value) {
      if (value)
        told_.push_back(std::abs(static_cast<double>(*value)));
    };
    note(said_.weight_kg);
    note(said_.height_cm);
    note(said_.age_years);
    note(said_.goal_weight_kg);
    note(said_.training_days);
    note(said_.sleep_hours);
    note(said_.intake_kcal);
    note(said_.resting_bpm);
    note(said_.max_bpm);
    note(said_.change_kg);
    for (const auto& each : said_.impossible)
      told_.push_back(each.value);
  }

  /// The number is one of those. Each is met once: "5 hours, 5" is a time and a rating.
  [[nodiscard]] bool is_taken(const quantity& number) {
    constexpr double hair = 1e-6;
    const auto behind = number.begin > 0 ? std::string_view{words_[number.begin - 1].text} : std::string_view{};
    const auto met = std::ranges::find_if(told_, [&](double value) {
      return std::abs(value - number.value) < hair || std::abs(value - number.value * 100) < hair ||
             std::abs(value - number.value * kg_per_pound) < hair;
    });
    if (met == told_.end())
      return is_rating(number, behind);
    told_.erase(met);
    return true;
  }

  /// "I used to weigh 110 kg": no answer to what one weighs.
  [[nodiscard]] bool is_of_another_time(const quantity& number) const {
    const bool may_be_a_mass = number.unit == unit::kilograms || number.unit == unit::none;
    return may_be_a_mass && meaning_of_mass(words_, number) != mass_meaning::present;
  }

  /// A rating that was told with its name, or the scale of one: "sore 4 of 5".
  [[nodiscard]] bool is_rating(const quantity& number, std::string_view behind) const {
    if (said_.ratings.any() && is_one_of(behind, {"of", "de", "sobre", "out"}))
      return true;
    for (auto back = number.begin; back > 0 && back + 4 > number.begin; --back) {
      const std::string_view word = words_[back - 1].text;
      if (is_one_of(word, {"sore", "soreness", "agujetas", "energy", "energia", "motivation", "motivated", "motivacion",
                            "quality", "calidad", "motivado", "motivada"}))
        return true;
      if (words_[back - 1].begins_clause)
        break;
    }
    return false;
  }

  void take(const quantity& number) {
    const auto* field = field_for(number.value);
    if (field == nullptr)
      return take_days(number.value);
    is_answered_ = true;
    last_ = position_of(*field);
    const auto value = in_unit_of(*field, number.value);
    const bool is_whole_only = field->kind == measure::rating || field->kind == measure::age_years;
    const bool is_whole = value == std::floor(value);
    if (!field->allowed.contains(value) || (is_whole_only && !is_whole) || words_[number.begin].is_negative)
      return refuse(*field, value);
    keep(*field, value);
  }

  /// "7 hours", "680 kg": a unit tells what it answers.
  void take_measured(const quantity& number) {
    const std::string_view name = number.unit == unit::kilograms     ? "weight_kg"
                                  : number.unit == unit::centimetres ? "height_cm"
                                  : number.unit == unit::years       ? "date_of_birth"
                                  : number.unit == unit::hours       ? "sleep_hours"
                                                                     : "";
    const auto* field = std::ranges::find(number_fields, name, &number_field::name);
    if (field == number_fields.end() || !asks(name) || holds(name))
      return;
    is_answered_ = true;
    if (field->allowed.contains(number.value))
      keep(*field, number.value);
    else
      refuse(*field, number.value);
  }

  void refuse(const number_field& field, double value) {
    if (said_.impossible.size() < impossible_count_max)
      said_.impossible.push_back({field.kind, value, field.allowed});
  }

  /// Days of training a week, where the activity was asked for and nothing that a number could be.
  void take_days(double value) {
    if (!asks("activity_level") || said_.activity_level || value < 0 || value > training_days_max ||
        value != std::floor(value))
      return;
    if (value >= 1)
      said_.training_days = static_cast<int>(value);
    said_.activity_level = activity_of_training(value);
    is_answered_ = true;
  }

  /// The question that a bare number answers: one that it fits, the next in the order asked before one that was passed
  /// over; when it fits none, the only one there is, or the first.
  [[nodiscard]] const number_field* field_for(double value) const {
    const number_field* first = nullptr;
    const number_field* passed_over = nullptr;
    for (std::size_t at = 0; at < asked_.size(); ++at) {
      const auto* field = std::ranges::find(number_fields, std::string_view{asked_[at]}, &number_field::name);
      if (field == number_fields.end() || holds(asked_[at]))
        continue;
      if (first == nullptr)
        first = field;
      if (!field->usual.contains(in_unit_of(*field, value)) || is_feet_or_pounds(*field, value))
        continue;
      if (at >= last_)
        return field;
      if (passed_over == nullptr)
        passed_over = field;
    }
    if (passed_over != nullptr)
      return passed_over;
    // "3" to "how active are you?" beside other questions is days a week, and no age.
    return first != nullptr && asks("activity_level") && !said_.activity_level && value <= training_days_max ? nullptr
                                                                                                             : first;
  }

  /// Somebody who weighs in pounds means those by "170" when both weight and height are asked for.
  [[nodiscard]] bool is_feet_or_pounds(const number_field& field, double value) const {
    return units_ == unit_system::imperial && field.kind == measure::height_cm && value > metres_max &&
           asks("weight_kg") && !said_.weight_kg;
  }

  [[nodiscard]] double in_unit_of(const number_field& field, double value) const {
    if (field.kind == measure::height_cm && value <= metres_max)
      return value * 100;
    return field.kind == measure::weight_kg && units_ == unit_system::imperial ? value * kg_per_pound : value;
  }

  [[nodiscard]] std::size_t position_of(const number_field& field) const {
    return static_cast<std::size_t>(std::ranges::find(asked_, field.name) - asked_.begin());
  }

  void keep(const number_field& field, double value) {
    if (field.name == "date_of_birth")
      said_.age_years = static_cast<int>(value);
    else if (field.name == "height_cm")
      said_.height_cm = value;
    else if (field.name == "weight_kg")
      said_.weight_kg = value;
    else if (field.name == "body_fat_pct")
      said_.body_fat_pct = value;
    else if (field.name == "sleep_hours")
      said_.sleep_hours = value;
    else if (field.name == "sleep_quality")
      said_.ratings.sleep_quality = value;
    else if (field.name == "soreness")
      said_.ratings.soreness = value;
    else if (field.name == "energy")
      said_.ratings.energy = value;
    else if (field.name == "motivation")
      said_.ratings.motivation = value;
  }

  const folded_text& words_;
  std::vector<quantity> numbers_;
  std::vector<double> told_;
  std::span<const std::string> asked_;
  unit_system units_;
  mentions& said_;
  std::size_t last_ = 0;  ///< Of `asked_`, what the number before answered.
  bool is_answered_ = false;
};

}  // namespace

bool read_short_answer(
  const folded_text& words, std::span<const std::string> asked, unit_system units, mentions& said) {
  return answer_reader{words, asked, units, said}.read();
}

}  // namespace genesis::coach
