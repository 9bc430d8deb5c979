#include "domain/coach/muscle_pains.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/phrase_book.hpp"

#include <array>

namespace genesis::coach {

namespace {

enum pain_mark : int {
  heart_sign,
  with_effort,
  by_exercise,
  sore,
  sore_chest,
  chest_exercise,
  of_yesterday,
  calf_cause,
  pain_mark_count,
};

constexpr auto cues = std::to_array<cue>({
  {heart_sign, 1, "pressure|tight|tightness|crushing|squeezing|heavy|heaviness|stabbing|burning|gripping"},
  {heart_sign, 1, "arm|jaw"},
  {heart_sign, 1, "down|into|both|through|left|right _ arms|shoulders|back|neck"},
  {heart_sign, 1,
    "breathe|breathing|breathless|breathlessness|winded|sweating|sweaty|sweats|nause*|vomit*|dizzy|dizziness|"
    "lightheaded|faint*|palpitations|racing|clammy"},
  {heart_sign, 1, "elephant|crushed|elefante|losa|pesadez|aplast*|estruja"},
  {heart_sign, 1, "radiat*|spread*|shooting|shoots"},
  {heart_sign, 1, "presion|opresion|oprime|oprimido|aprieta|apretado|punzada|punzadas|quemazon|ardor"},
  {heart_sign, 1, "brazo|mandibula"},
  {heart_sign, 1, "hacia|hasta|ambos|baja _ brazos|hombros|espalda|cuello"},
  {heart_sign, 1, "respir*|aire|aliento|ahogo|sudor|sudores|sudando|nausea*|vomit*|mareo*|mareado|mareada|marea"},
  {heart_sign, 1, "desmay*|palpitaciones|irradia|extiende"},
  {heart_sign, 1, "short|shortness of breath"},
  {heart_sign, 1, "catch|catching my breath"},
  {heart_sign, 1, "cold sweat"},
  {heart_sign, 1, "sudo frio"},
  {with_effort, 1, "while|during"},
  {with_effort, 1, "when|whenever|every|if _ i|time do|run|walk|climb|train|exercise|exert|push|lift|bench"},
  {with_effort, 1, "with effort|exertion|exercise"},
  {with_effort, 1, "mientras|durante"},
  {with_effort, 1, "al hacer|hago|correr|entrenar|subir|caminar|andar|esforzarme|levantar|empujar"},
  {with_effort, 1, "cuando|si hago|corro|entreno|subo|camino|ando|levanto|empujo"},
  {with_effort, 1, "con el esfuerzo"},
  {with_effort, 1, "haciendo|corriendo|entrenando|subiendo"},
  {by_exercise, 1, "from _ push|pushups|pushup|pressups|bench|benching|dips|flyes|flies|weights|lifting|workout|gym"},
  {by_exercise, 1, "because|due|thanks _ push|pushups|pushup|pressups|bench|benching|dips|flyes|flies|weights|lifting"},
  {by_exercise, 1, "from _ chest day|workout|session|training"},
  {by_exercise, 1, "por|debido|culpa _ flexiones|fondos|press|aperturas|pesas|entreno|entrenamiento|gimnasio"},
  {by_exercise, 1, "de tantas|tantos|tanto|las|los|hacer|haber _ flexiones|fondos|press|aperturas|pesas"},
  {sore, 1, "sore|soreness|doms|muscle|muscles|muscular|pecs|pec|pectorals|pectoral"},
  {sore, 1, "agujetas|musculo|musculos|pectorales"},
  {sore_chest, 1, "chest _ sore|soreness|discomfort|uncomfortable"},
  {sore_chest, 1, "sore|soreness|discomfort _ chest"},
  {sore_chest, 1, "pecho _ agujetas|molesta|molestia|molestias|dolorido"},
  {sore_chest, 1, "agujetas|molestia|molestias _ pecho"},
  {chest_exercise, 1, "push|press up|ups"},
  {chest_exercise, 1, "pushups|pushup|pressups|bench|benching|benched|dips|flyes|flies"},
  {chest_exercise, 1, "chest|gym|hard day|workout|session|training"},
  {chest_exercise, 1, "flexiones|fondos|aperturas|pesas|gimnasio|entreno|entrenamiento|entrene"},
  {chest_exercise, 1, "press de|banca"},
  {chest_exercise, 1, "dia|rutina|sesion de|del pecho"},
  {of_yesterday, 1, "yesterday|ayer|anteayer"},
  {of_yesterday, 1, "days|day ago|after"},
  {calf_cause, 1, "strain|strained|pulled|tore|torn|sprain*|cramp|cramps|kicked|kick|hit|bruise*|tear|twisted"},
  {calf_cause, 1, "calf raise|raises"},
  {calf_cause, 1, "leg|legs|calves day|workout|session"},
  {calf_cause, 1, "after|from _ run|running|sprints|training|workout|football|soccer|tennis|hike|hiking|race|jumping"},
  {calf_cause, 1, "tiron|desgarro|rotura|esguince*|golpe|patada|calambre|calambres|agujetas"},
  {calf_cause, 1,
    "tras|despues|por _ correr|carrera|entrenar|entreno|entrenamiento|partido|futbol|tenis|saltar|sprints"},
});

}  // namespace

muscle_pains read_muscle_pains(const folded_text& words) {
  static const phrase_book book{cues, common_words};
  std::array<bool, pain_mark_count> found{};
  for (const auto& hit : book.find(words))
    if (!is_denied(words, hit.begin, denial_reach::narrow))
      found[static_cast<std::size_t>(book.cue_at(hit.cue).meaning)] = true;
  const bool has_cause = found[by_exercise] || (found[sore] && (found[chest_exercise] || found[of_yesterday]));
  return {.is_chest_soreness = has_cause && !found[heart_sign] && !found[with_effort],
    .is_alarming_soreness = found[sore_chest] && found[heart_sign],
    .is_calf_strain = found[calf_cause]};
}

}  // namespace genesis::coach
