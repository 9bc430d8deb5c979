#include "domain/coach/sign_pairs.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/phrase_book.hpp"

#include <array>
#include <optional>

namespace genesis::coach {

namespace {

enum half : int {
  swollen_leg,
  painful_calf,
  exerted,  ///< Says that the legs, or the breath, had work to do.
  short_breath,
  spent_breath,  ///< What a stair does too.
  at_rest,
  racing_heart,
  faintness,
  half_count,
};

constexpr auto cues = std::to_array<cue>({
  {swollen_leg, 1, "calf|leg|shin|thigh _ swollen|swelling|swelled|swells|puffy"},
  {swollen_leg, 1, "swollen|swelling _ calf|leg|shin|thigh"},
  {swollen_leg, 1, "pantorrilla|pierna|gemelo|muslo _ hinchada|hinchado|hincha|inflamada|inflamado|hinchazon"},
  {swollen_leg, 1, "hinchada|hinchado|hincha|inflamada|inflamado|hinchazon _ pantorrilla|pierna|gemelo|muslo"},
  {painful_calf, 1, "calf _ pain|painful|hurts|hurting|aches|tender|throbbing|sore|red|hot|warm"},
  {painful_calf, 1, "pain|painful|tender|throbbing|sore|red|hot _ calf"},
  {painful_calf, 1, "duele|dolor|dolorida _ pantorrilla|gemelo"},
  {painful_calf, 1, "pantorrilla|gemelo _ duele|dolor|dolorida|dolorido|roja|rojo|caliente"},
  {exerted, 1, "run|running|ran|sprint|sprints|sprinting|training|workout|jog|jogging|stairs|climb|climbing|cycling"},
  {exerted, 1, "correr|corriendo|corri|entrenar|entreno|entrenamiento|sprint|sprints|escaleras|subir|subiendo|bici"},
  {short_breath, 1, "short|shortness of breath"},
  {short_breath, 1, "breathless|breathlessness"},
  {short_breath, 1, "cant|cannot|cant|hard|hardly|trouble|difficulty|struggling|struggle _ breathe|breathing"},
  {short_breath, 1, "catch|catching my|his|her breath"},
  {short_breath, 1, "falta|faltando _ aire|aliento|respiracion"},
  {short_breath, 1, "cuesta|dificultad|dificultades|problemas|puedo|puede _ respirar"},
  {short_breath, 1, "me ahogo|asfixio"},
  {short_breath, 1, "disnea"},
  {spent_breath, 1, "out of breath"},
  {spent_breath, 1, "winded|panting|jadeo|jadeando"},
  {spent_breath, 1, "sin aliento|aire"},
  {at_rest, 1, "at rest"},
  {at_rest, 1, "sitting|lying|doing down|still|here|nothing|in|on"},
  {at_rest, 1, "in|on _ bed|sofa|couch|chair"},
  {at_rest, 1, "no|any reason"},
  {at_rest, 1, "suddenly|sudden"},
  {at_rest, 1, "woke|woken|wake|wakes|waking"},
  {at_rest, 1, "en reposo|cama"},
  {at_rest, 1, "sentado|sentada|tumbado|tumbada|acostado|acostada|quieto|quieta"},
  {at_rest, 1, "sin hacer nada|esfuerzo"},
  {at_rest, 1, "sin motivo|razon|esfuerzo"},
  {at_rest, 1, "de repente|pronto|golpe"},
  {racing_heart, 1, "heart|heartbeat _ racing|raced|races|pounding|fluttering|galloping|irregular|irregularly|crazy"},
  {racing_heart, 1, "heart|heartbeat|pulse _ beating|going|beats _ fast|hard|irregularly|quickly|wildly"},
  {racing_heart, 1, "racing|pounding|irregular heart|heartbeat|pulse"},
  {racing_heart, 1, "pulse _ racing|pounding"},
  {racing_heart, 1, "palpitations|tachycardia"},
  {racing_heart, 1, "rate|pulse _ 13*|14*|15*|16*|17*|18*|19*|200|210|220 _ rest|resting|sitting|lying|bed"},
  {racing_heart, 1, "resting _ rate|pulse _ 13*|14*|15*|16*|17*|18*|19*|200|210|220"},
  {racing_heart, 1, "corazon _ acelerado|acelera|acelerando|disparado|dispara|desbocado|galope|mil|rapido|loco"},
  {racing_heart, 1, "corazon _ late|latiendo|va _ rapido|deprisa|fuerte|irregular|mil"},
  {racing_heart, 1, "pulso|pulsaciones _ acelerado|aceleradas|disparado|disparadas|rapido|rapidas|mil|irregular"},
  {racing_heart, 1, "palpitaciones|taquicardia|taquicardias"},
  {racing_heart, 1,
    "pulso|pulsaciones|frecuencia|corazon _ 13*|14*|15*|16*|17*|18*|19*|200|210|220 _ reposo|sentado|sentada"},
  {racing_heart, 1, "13*|14*|15*|16*|17*|18*|19*|200|210|220 pulsaciones|latidos _ reposo|sentado|sentada|cama"},
  {faintness, 1, "faint|fainting|fainted|lightheaded|dizzy|dizziness|woozy"},
  {faintness, 1, "light headed|headedness"},
  {faintness, 1, "pass|passing|black|blacking out"},
  {faintness, 1, "seeing spots|stars"},
  {faintness, 1, "vision _ black|dark|tunnel|fading|blurry"},
  {faintness, 1, "mareo|mareos|mareado|mareada|marea|mareando|desmay*|desvanec*|desfallec*"},
  {faintness, 1, "nubla|nublada|nublando _ vista"},
  {faintness, 1, "vista _ nubla|nublada|nublando"},
});

struct constellation {
  half first;
  half second;
  emergency_kind kind;
  std::optional<half> unless;  ///< Makes it an everyday thing.
};

/// Signs of a clot that has reached the lungs, of a heart out of its rhythm, and of breath that fails without work to
/// do.
constexpr auto constellations = std::to_array<constellation>({
  {swollen_leg, short_breath, emergency_kind::embolism, {}},
  {swollen_leg, spent_breath, emergency_kind::embolism, {}},
  {painful_calf, short_breath, emergency_kind::embolism, exerted},
  {racing_heart, faintness, emergency_kind::rhythm, {}},
  {short_breath, at_rest, emergency_kind::breathing, {}},
  {racing_heart, short_breath, emergency_kind::rhythm, exerted},
});

}  // namespace

std::vector<sign_pair> find_sign_pairs(const folded_text& words) {
  static const phrase_book book{cues, common_words};
  std::array<std::optional<phrase_book::hit>, half_count> found;
  for (const auto& hit : book.find(words)) {
    auto& first = found[static_cast<std::size_t>(book.cue_at(hit.cue).meaning)];
    if (!first && !is_denied(words, hit.begin, denial_reach::narrow))
      first = hit;
  }
  std::vector<sign_pair> pairs;
  for (const auto& each : constellations) {
    const auto& one = found[each.first];
    const auto& other = found[each.second];
    if (!one || !other || (each.unless && found[*each.unless]))
      continue;
    const auto& earlier = one->begin <= other->begin ? *one : *other;
    pairs.push_back({each.kind, earlier.begin, earlier.end});
  }
  return pairs;
}

}  // namespace genesis::coach
