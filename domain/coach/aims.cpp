#include "domain/coach/aims.hpp"

#include "domain/coach/aim_cues.hpp"
#include "domain/coach/clause_around.hpp"
#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/periods.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace genesis::coach {

namespace {

using marks = std::array<bool, aim_mark_count>;
using word_list = std::span<const std::string_view>;

constexpr double thirst_days_min = 0.5;  // half a day without a drink is a night and a lazy morning

constexpr auto drinks = std::to_array<std::string_view>({"drink", "drinking", "drank", "chug", "water", "fluids",
  "liquids", "beber", "bebo", "bebi", "bebiendo", "bebido", "bebere", "agua", "liquido", "liquidos", "tomar", "tomo"});
constexpr auto no_drinks = std::to_array<std::string_view>({"sweat", "sweated", "lost", "lose", "pool", "tank",
  "bottle", "aquarium", "sudo", "sude", "pierdo", "perdido", "piscina", "botella", "deposito"});
constexpr auto trainings = std::to_array<std::string_view>({"train", "training", "trained", "exercise", "exercising",
  "workout", "workouts", "gym", "cardio", "run", "running", "swim", "swimming", "cycle", "cycling", "lift", "lifting",
  "crossfit", "sport", "sports", "entrenar", "entreno", "entrenando", "entrene", "entrenamiento", "entrenamientos",
  "ejercicio", "gimnasio", "correr", "corro", "corriendo", "nadar", "nado", "deporte", "pesas", "pedalear"});
constexpr auto other_pastimes = std::to_array<std::string_view>({"sleep", "sleeping", "slept", "work", "working", "sit",
  "sitting", "study", "studying", "eat", "eating", "meals", "fast", "fasting", "stand", "standing", "desk", "job",
  "office", "dormir", "duermo", "durmiendo", "comer", "como", "comidas", "trabajo", "trabajar", "trabajando", "sentado",
  "sentada", "estudio", "estudiar", "ayuno", "ayunar", "oficina", "pie"});

bool holds(word_list words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Which words are near a quantity, on either side of it.
class vicinity : public clause_around {
public:
  using clause_around::clause_around;

  /// How far the nearest of the words stands, at most `steps_max`; beyond, one more than that.
  [[nodiscard]] std::size_t distance_to(word_list any, std::size_t steps_max) const {
    for (std::size_t steps = 1; steps <= steps_max; ++steps)
      if (holds(any, before(steps)) || holds(any, after(steps)))
        return steps;
    return steps_max + 1;
  }
  /// "work out 8 hours" is no work.
  [[nodiscard]] bool is_workout() const {
    for (std::size_t steps = 1; steps <= 3; ++steps)
      if (before(steps) == "out" && is_one_of(before(steps + 1), {"work", "working", "worked"}))
        return true;
    return false;
  }
  [[nodiscard]] bool has(word_list any, std::size_t steps_max) const {
    return distance_to(any, steps_max) <= steps_max;
  }
};

void keep_greater(std::optional<double>& kept, double value) {
  kept = std::max(kept.value_or(value), value);
}

/// "in an hour", "within 2 hours", "en 30 minutos" behind an amount: how many hours. `steps` is where the unit stands.
double hours_behind(const vicinity& around, std::size_t steps) {
  const auto count = steps > 1 ? number_of(around.after(steps - 1)).value_or(1) : 1;
  const bool is_minutes = is_one_of(around.after(steps), {"minutes", "minute", "min", "minutos", "minuto"});
  return std::max(is_minutes ? count / minutes_per_hour : count, 1 / minutes_per_hour);
}

/// An amount to drink and what it is per: a day unless the words behind it say otherwise.
void read_drink(const vicinity& around, double litres, harmful_aims& aims) {
  constexpr std::size_t steps_max = 5;
  if (!around.has(drinks, steps_max) || around.has(no_drinks, 3))
    return;
  for (std::size_t steps = 1; steps <= steps_max; ++steps) {
    const auto word = around.after(steps);
    if (word.empty() || is_one_of(word, {"day", "daily", "dia", "diario", "diarios", "and", "y", "before", "antes"}))
      break;
    if (is_one_of(word, {"week", "weekly", "semana", "semanal", "semanales"}))
      return keep_greater(aims.drink_litres_per_day, litres / days_per_week);
    if (is_one_of(word, {"month", "mes", "year", "ano"}))
      return;
    if (is_one_of(word, {"hour", "hours", "hora", "horas", "minutes", "minutos", "min"}))
      return keep_greater(aims.drink_litres_per_hour, litres / hours_behind(around, steps));
  }
  keep_greater(aims.drink_litres_per_day, litres);
}

/// "7 hours a day", "7 horas diarias", "every day for 7 hours", "7 hours 6 days a week".
bool is_daily(const vicinity& around) {
  constexpr std::size_t steps_max = 5;
  constexpr int almost_daily = 5;  // days a week
  for (std::size_t steps = 1; steps <= steps_max; ++steps) {
    const auto behind = around.after(steps);
    const auto last = steps > 1 ? around.after(steps - 1) : std::string_view{};
    if (is_one_of(behind, {"daily", "everyday", "diario", "diarios", "diarias", "diariamente"}) ||
        (is_one_of(behind, {"day", "dia", "dias"}) &&
          is_one_of(last, {"a", "per", "each", "every", "al", "por", "cada", "los", "all"})))
      return true;
    if (is_one_of(behind, {"days", "dias"}) && number_of(last).value_or(0) >= almost_daily)
      return true;
    const auto ahead = around.before(steps);
    if (is_one_of(ahead, {"daily", "everyday", "diariamente", "diario"}) ||
        (is_one_of(ahead, {"day", "dia", "dias"}) &&
          is_one_of(around.before(steps + 1), {"every", "each", "cada", "los"})))
      return true;
  }
  return false;
}

void read_training(const vicinity& around, double hours, harmful_aims& aims) {
  constexpr std::size_t steps_max = 6;
  const auto distance = around.distance_to(trainings, steps_max);
  const bool is_training =
    around.is_workout() || (distance <= steps_max && distance < around.distance_to(other_pastimes, steps_max));
  if (is_training && is_daily(around))
    keep_greater(aims.training_hours_per_day, hours);
}

/// "Should I stop eating?", "quiero dejar de comer": a clause that ends without saying what, or when, not to eat. Not
/// `I can't stop eating`.
bool stops_eating(const folded_text& words) {
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    const bool is_english =
      is_one_of(words[at].text, {"stop", "quit", "stopping", "quitting"}) && is_one_of(words[at + 1].text, {"eating"});
    const bool is_spanish = at + 2 < words.size() && is_one_of(words[at].text, {"dejar", "dejo", "dejare"}) &&
                            words[at + 1].text == "de" && words[at + 2].text == "comer";
    if (!is_english && !is_spanish)
      continue;
    const auto next = at + (is_spanish ? 3 : 2);
    const bool ends = next >= words.size() || words[next].begins_clause ||
                      is_one_of(words[next].text, {"and", "now", "today", "tomorrow", "y", "hoy", "ya", "manana"});
    constexpr std::size_t looked_back_max = 5;
    bool is_another_matter = false;
    for (std::size_t back = 1; back <= looked_back_max && back <= at; ++back)
      is_another_matter |= is_one_of(words[at - back].text,
        {"cant", "cannot", "couldnt", "when", "what", "unable", "puedo", "consigo", "logro", "cuando", "hora"});
    if (ends && !is_another_matter)
      return true;
  }
  return false;
}

void read_fast(const marks& found, const folded_text& words, harmful_aims& aims) {
  if (found[fasts_in_bouts])
    return;
  const bool gives_up = found[gives_up_food] || stops_eating(words);
  const auto days = longest_period_days(words);
  const bool is_on_water = found[lives_on_water] && (days || found[goes_without_food] || gives_up);
  if (found[goes_without_food] || gives_up || is_on_water)
    aims.fast_days = days;
  aims.wants_water_fast = is_on_water && !days;
  aims.wants_no_food = gives_up && !days;
}

void read_thirst(const marks& found, const folded_text& words, harmful_aims& aims) {
  const bool is_long = longest_period_days(words).value_or(0) >= thirst_days_min;
  const bool is_thirst = found[goes_without_water] && (is_long || found[for_the_scale]) && !found[harmless_thirst];
  aims.dries_out = found[dries_out] || is_thirst;
}

}  // namespace

harmful_aims read_aims(const folded_text& words) {
  static const phrase_book book{aim_cues(), common_words};
  marks found{};
  for (const auto& hit : book.find(words)) {
    const auto what = book.cue_at(hit.cue).meaning;
    const bool may_be_denied = what == names_substance || what == dries_out;
    if (!may_be_denied || !is_denied(words, hit.begin, denial_reach::wide))
      found[static_cast<std::size_t>(what)] = true;
  }
  harmful_aims aims;
  aims.names_substance = found[names_substance] && !found[harmless_substance];
  read_fast(found, words, aims);
  read_thirst(found, words, aims);
  for (const auto& number : read_quantities(words)) {
    const vicinity around{words, number};
    if (number.unit == unit::litres)
      read_drink(around, number.value, aims);
    else if (number.unit == unit::hours)
      read_training(around, number.value, aims);
  }
  return aims;
}

std::optional<safety_kind> harm_of(const harmful_aims& aims) noexcept {
  if (aims.names_substance)
    return safety_kind::unsafe_substance;
  if (aims.wants_water_fast || aims.wants_no_food || aims.fast_days.value_or(0) > fast_days_max)
    return safety_kind::prolonged_fast;
  if (aims.dries_out)
    return safety_kind::rapid_weight_loss;
  if (aims.drink_litres_per_day.value_or(0) > drink_litres_per_day_max ||
      aims.drink_litres_per_hour.value_or(0) > drink_litres_per_hour_max)
    return safety_kind::excess_water;
  if (aims.training_hours_per_day.value_or(0) > training_hours_per_day_max)
    return safety_kind::excess_training;
  return std::nullopt;
}

}  // namespace genesis::coach
