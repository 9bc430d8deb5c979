#include "domain/coach/mass_meanings.hpp"

#include "domain/coach/clause_around.hpp"
#include "domain/coach/denials.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace genesis::coach {

namespace {

constexpr double year_min = 1950;  // "in 2019"

bool is_recent(std::string_view word) {
  return is_one_of(word, {"today", "morning", "yesterday", "now", "just", "tonight", "hoy", "ayer", "ahora", "manana",
                           "recien", "currently"});
}

bool tells_past(std::string_view word) {
  if (is_one_of(word, {"ago", "hace", "last", "pasado", "pasada", "before", "antes", "when", "cuando", "once",
                        "formerly", "originally", "back", "then", "entonces", "highest", "heaviest", "start",
                        "beginning", "previously", "maximo", "inicio", "principio", "former"}))
    return true;
  const auto year = number_of(word);
  return year && word.size() == 4 && *year >= year_min && *year < 2100;
}

bool is_change_verb(std::string_view word) {
  return is_one_of(word, {"lose", "losing", "drop", "dropping", "shed", "gain", "gaining", "perder", "bajar", "ganar",
                           "subir", "adelgazar", "rebajar", "quitarme", "aumentar", "engordar", "pierdo", "perdiendo"});
}

/// "from 110 kg" of somebody who has left it: "I went from 110 kg to 90", "I'm down from 95 kg".
bool is_left_behind(const clause_around& around) {
  return is_one_of(around.before(1), {"from", "desde", "de"}) &&
         around.any_before(
           [](std::string_view word) {
             return is_one_of(word, {"went", "gone", "dropped", "came", "down", "up", "lost", "gained", "pase", "baje",
                                      "bajado", "pasado", "subi", "subido", "adelgace", "engorde"});
           },
           4);
}

/// "I lost 30 kg", "he bajado 20 kilos": a change that is over.
bool is_past_change(const clause_around& around) {
  const auto is_meant = [](std::string_view word) {
    return is_one_of(word, {"lost", "gained", "dropped", "perdi", "perdido", "bajado", "baje", "gane", "ganado",
                             "subido", "subi", "engordado", "engorde", "adelgazado", "adelgace", "aumentado"});
  };
  return is_meant(around.before(1)) ||
         (is_one_of(around.before(1),
            {"about", "around", "over", "almost", "unos", "casi", "like", "already", "ya", "another", "otros"}) &&
           is_meant(around.before(2))) ||
         (around.before(1) == "on" && around.before(2) == "put" && is_one_of(around.before(3), {"have", "ive", "i"}));
}

/// The nearest verb before the number decides whether the weight is one of the past.
bool is_past_weight(const clause_around& around) {
  const auto is_of_then = [&] {
    const bool is_then =
      around.any_before(tells_past) || around.any_after(tells_past) || around.any_in_lead(tells_past);
    return is_then && !around.any_before(is_recent) && !around.any_after(is_recent);
  };
  for (std::size_t steps = 1; steps <= clause_around::looked_back_max && !around.before(steps).empty(); ++steps) {
    const auto word = around.before(steps);
    const auto next_back = around.before(steps + 1);
    if (is_one_of(word, {"pesaba", "pesabas"}))
      return true;
    // "I've been trying to get down to 80 kg"
    if (is_change_verb(word) || is_one_of(word, {"get", "go", "reach", "hit", "llegar", "alcanzar"}))
      return false;
    if ((word == "weigh" || word == "be") && next_back == "to" && around.before(steps + 2) == "used")
      return true;
    if (word == "pesar")
      return is_one_of(next_back, {"solia"}) ||
             (next_back == "a" && is_one_of(around.before(steps + 2), {"llegue", "llegado"}));
    if (is_one_of(word, {"weigh", "im", "am", "peso", "estoy", "is", "are"}) && next_back != "de")
      return false;
    if (is_one_of(word, {"started", "began", "empece", "empezado"}))
      return true;
    // "my weight was 80 kg" is what the scale has just said; "I was 110 kg" is no more.
    if (is_one_of(word, {"was", "were", "been", "estaba", "estuve"}))
      return is_of_then() || (next_back != "weight" && next_back != "peso" && !around.any_before(is_recent) &&
                               !around.any_after(is_recent));
    if (is_one_of(word, {"weighed", "pese"})) {
      const bool is_supposed = is_one_of(around.before(steps + 2), {"if"});
      return !is_supposed && is_of_then();
    }
  }
  return false;
}

/// The nearest of the words that wait for a weight or change one decides: "until I'm 70 kg", not "how long to lose 5
/// kg".
bool is_awaited(const clause_around& around) {
  for (std::size_t steps = 1; steps <= clause_around::looked_back_max && !around.before(steps).empty(); ++steps) {
    const auto word = around.before(steps);
    if (is_change_verb(word) || is_one_of(word, {"have", "been", "was", "did", "llevo", "train", "lift"}))
      return false;
    if (is_one_of(word, {"until", "till", "til", "hasta", "pesare", "pesaremos", "tardare", "tardaria", "tardo",
                          "falta", "faltan", "llegare", "ill"}))
      return true;
    if (word == "i" && is_one_of(around.before(steps + 1), {"will", "would"}))
      return true;
    if (word == "will" && around.before(steps + 1) == "i")
      return true;
    if (is_one_of(word, {"long", "soon"}) && around.before(steps + 1) == "how")
      return true;
  }
  return false;
}

/// "5 kg heavier", "3 kilos menos que", "I'm down 5 kg", "5 kg over". Not "80 kg more or less", "80 kg down from 90".
std::optional<mass_meaning> difference_in(const clause_around& around) {
  const auto next = around.after(1);
  const auto second = around.after(2);
  const bool is_loose = is_one_of(second, {"or", "o", "from", "desde", "de"});
  if (is_one_of(next, {"heavier", "over", "above", "overweight", "extra"}) ||
      (is_one_of(next, {"more", "mas", "up"}) && !is_loose) || (next == "de" && second == "mas") ||
      (next == "de" && second == "sobrepeso") || (next == "too" && second == "heavy") ||
      (next == "por" && second == "encima"))
    return mass_meaning::heavier;
  if (is_one_of(next, {"lighter", "below", "under", "short"}) ||
      (is_one_of(next, {"less", "menos", "down"}) && !is_loose) || (next == "de" && second == "menos") ||
      (next == "por" && second == "debajo"))
    return mass_meaning::lighter;
  if (is_one_of(next, {"away", "off"}) || (next == "to" && second == "go"))
    return mass_meaning::heavier;
  if (is_one_of(around.before(1), {"down", "up"}) && is_one_of(around.before(2), {"im", "am", "ive", "been"}))
    return around.before(1) == "up" ? mass_meaning::heavier : mass_meaning::lighter;
  return std::nullopt;
}

}  // namespace

mass_meaning meaning_of_mass(const folded_text& words, const quantity& number) {
  const clause_around around{words, number};
  if (is_left_behind(around) || is_past_change(around))
    return mass_meaning::past;
  if (const auto difference = difference_in(around); difference && !around.any_before(is_change_verb, 4))
    return *difference;
  if (is_past_weight(around))
    return mass_meaning::past;
  return is_awaited(around) ? mass_meaning::awaited : mass_meaning::present;
}

bool is_wished_difference(const folded_text& words, const quantity& number) {
  const clause_around around{words, number};
  return is_one_of(around.before(1), {"be", "weigh", "ser", "estar", "pesar"}) &&
         around.any_before([](std::string_view word) {
           return is_one_of(word, {"want", "wanna", "like", "love", "goal", "hope", "quiero", "quisiera", "gustaria"});
         });
}

}  // namespace genesis::coach
