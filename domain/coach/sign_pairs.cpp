#include "domain/coach/sign_pairs.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/phrase_book.hpp"

#include <array>
#include <optional>

namespace genesis::coach {

namespace {

enum half : std::size_t {
  swollen_leg,
  painful_calf,
  exerted,  ///< Says that the legs, or the breath, had work to do.
  short_breath,
  spent_breath,  ///< What a stair does too.
  at_rest,
  racing_heart,
  faintness,
  left_arm,
  lifting,  ///< Says that an arm, or sweat, had work to do.
  aching_jaw,
  cold_sweat,
  sweating,
  tight_chest,
  head_blow,
  concussed,
  tight_throat,
  hives,
  allergen,
  stopped_sweating,
  confused,
  low_sugar,
  trembling,
  vomiting,
  coffee_grounds,
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
  {racing_heart, 1, "heart|heartbeat|pulse _ skipping|skips|skipped|missing|misses _ beat|beats"},
  {racing_heart, 1, "skipping|skipped|missing|missed _ heartbeat|heartbeats"},
  {racing_heart, 1, "corazon|pulso _ salta|saltan|saltando|saltado _ latido|latidos"},
  {racing_heart, 1, "me|le salta|saltan _ corazon"},
  {racing_heart, 1, "latidos irregulares|saltados|raros"},
  {racing_heart, 1, "vuelco|vuelcos _ corazon"},
  {racing_heart, 1, "corazon _ vuelco|vuelcos|irregular"},
  {faintness, 1, "faint|fainting|fainted|lightheaded|dizzy|dizziness|woozy"},
  {faintness, 1, "light headed|headedness"},
  {faintness, 1, "pass|passing|black|blacking out"},
  {faintness, 1, "seeing spots|stars"},
  {faintness, 1, "vision _ black|dark|tunnel|fading|blurry"},
  {faintness, 1, "mareo|mareos|mareado|mareada|marea|mareando|desmay*|desvanec*|desfallec*"},
  {faintness, 1, "nubla|nublada|nublando _ vista"},
  {faintness, 1, "vista _ nubla|nublada|nublando"},
  {left_arm, 1,
    "left arm|shoulder _ heavy|heaviness|ache|aches|aching|hurts|hurting|pain|painful|tingling|tingles|tingly|weak"},
  {left_arm, 1, "pain|pains|ache|aching|heaviness|heavy|tingling _ left arm"},
  {left_arm, 1, "duele|dolor|hormigueo|pesadez|molestia _ brazo izquierdo"},
  {left_arm, 1, "brazo izquierdo _ pesa|pesado|duele|hormigueo|dolor|pesadez|molesta|raro"},
  {lifting, 1,
    "run|running|ran|sprint|sprints|training|trained|workout|jog|jogging|climb|climbing|cycling|gym|session"},
  {lifting, 1, "curls|curl|bench|benching|lifting|weights|press|presses|pushups|pullups|rows|exercise|exercising"},
  {lifting, 1, "correr|corriendo|entrenar|entreno|entrenamiento|entrenando|gimnasio|pesas|curl|press|ejercicio|banca"},
  {aching_jaw, 1, "jaw _ ache|aches|aching|hurts|hurting|pain|painful"},
  {aching_jaw, 1, "pain|ache|aching _ jaw"},
  {aching_jaw, 1, "duele|dolor|duelen _ mandibula"},
  {aching_jaw, 1, "mandibula _ duele|dolor|dolorida"},
  {cold_sweat, 1, "cold|clammy sweat|sweats|sweating|sweaty"},
  {cold_sweat, 1, "sweat|sweating|sweaty _ cold|clammy"},
  {cold_sweat, 1, "cold and clammy|sweaty"},
  {cold_sweat, 1, "clammy"},
  {cold_sweat, 1, "sudor|sudores|sudo|sudando|suda _ frio|fria|frios"},
  {sweating, 1, "sweating|sweaty"},
  {sweating, 1, "drenched|soaked|dripping|pouring|covered|bathed _ sweat"},
  {sweating, 1, "breaking|broke|broken|break out _ sweat"},
  {sweating, 1, "sudando|sudo"},
  {sweating, 1, "empapado|empapada _ sudor"},
  {tight_chest, 1, "tight|heavy|constricted chest"},
  {head_blow, 1, "hit|banged|bumped|struck|smashed|knocked|whacked|cracked my|his|her|the head"},
  {head_blow, 1, "fell|landed on|onto my|his|her head"},
  {head_blow, 1, "blow|knock|bang|bump to|on my|his|her|the head"},
  {head_blow, 1, "head injury|trauma"},
  {head_blow, 1, "golpe|golpee|golpeado|golpeo|di|dado|dio|cai|caido _ en|la|de la cabeza"},
  {head_blow, 1, "golpe|golpee|golpeado|golpeo|di|dado|dio|cai|caido _ cabeza"},
  {concussed, 1,
    "vomit|vomiting|vomited|puking|puked|confused|confusion|dizzy|dizziness|drowsy|sleepy|nauseous|nausea"},
  {concussed, 1, "throwing|threw up"},
  {concussed, 1, "blurry|blurred|double vision"},
  {concussed, 1, "vision _ blurry|blurred|double"},
  {concussed, 1, "cant|cannot|dont remember"},
  {concussed, 1, "blacked|passed out"},
  {concussed, 1, "vomit*|confuso|confusa|confusion|mareo|mareos|mareado|mareada|nauseas|somnoliento|somnolienta"},
  {concussed, 1, "veo doble|borroso"},
  {concussed, 1, "no recuerdo|acuerdo"},
  {tight_throat, 1, "throat _ tight|tightness|tightening|tightens|itchy|itches|itching"},
  {tight_throat, 1, "tight|tightness|tightening _ throat"},
  {tight_throat, 1, "garganta _ apretada|cerrada|aprieta|tensa|pica|estrecha|opresion"},
  {tight_throat, 1, "aprieta|pica|opresion|presion _ garganta"},
  {hives, 1, "hives|welts|urticaria|ronchas|habones|sarpullido"},
  {hives, 1, "rash all|everywhere"},
  {allergen, 1,
    "nut|nuts|peanut|peanuts|cashews|walnuts|shellfish|prawns|prawn|shrimp|shrimps|lobster|sesame|bee|wasp"},
  {allergen, 1, "stung|sting|penicillin|antibiotic|antibiotics|allergic|allergy"},
  {allergen, 1, "nueces|nuez|cacahuete|cacahuetes|mani|marisco|mariscos|gambas|langostinos|abeja|avispa|penicilina"},
  {allergen, 1, "antibiotico|alergico|alergica|alergia|sesamo|almendras"},
  {stopped_sweating, 1, "stopped|quit sweating"},
  {stopped_sweating, 1, "not|isnt|arent sweating"},
  {stopped_sweating, 1, "no longer sweating|sweat"},
  {stopped_sweating, 1, "dont|cant|doesnt sweat anymore"},
  {stopped_sweating, 1, "deje|dejado|dejo|deja de sudar"},
  {stopped_sweating, 1, "ya no sudo|suda"},
  {confused, 1, "confused|confusion|disoriented|delirious|dizzy|dizziness|headache|nauseous|nausea|lightheaded|weird"},
  {confused, 1, "confuso|confusa|desorientado|desorientada|mareo|mareado|mareada|nauseas|delira|delirando|aturdido"},
  {low_sugar, 1, "sugar|glucose|azucar|glucosa|glucemia _ 2*|3*|4*|5*|low|baja|bajo|bajisima"},
  {low_sugar, 1, "hypoglycemia|hypoglycaemia|hypo|hipoglucemia|bajon|bajada de azucar"},
  {trembling, 1, "shaking|shaky|trembling|trembly|sweating|sweaty|confused|blurry"},
  {trembling, 1, "tiemblo|tiembla|temblando|temblor|temblores|tembloroso|temblorosa|sudo|sudando|sudor|sudores"},
  {trembling, 1, "mareo|mareado|mareada|confuso|confusa"},
  {vomiting, 1, "vomit*|puked|puking|puke"},
  {vomiting, 1, "threw|throwing|throw|thrown up"},
  {coffee_grounds, 1, "coffee grounds"},
  {coffee_grounds, 1, "posos|borra de|del cafe"},
});

struct constellation {
  half first;
  half second;
  emergency_kind kind;
  std::optional<half> unless;  ///< Makes it an everyday thing.
};

/// Signs of a clot that has reached the lungs, of a heart out of its rhythm or without blood, of breath that fails
/// without work to do, of a hurt brain, of anaphylaxis, of heat, of low sugar and of bleeding inside.
constexpr auto constellations = std::to_array<constellation>({
  {swollen_leg, short_breath, emergency_kind::embolism, {}},
  {swollen_leg, spent_breath, emergency_kind::embolism, {}},
  {painful_calf, short_breath, emergency_kind::embolism, exerted},
  {racing_heart, faintness, emergency_kind::rhythm, {}},
  {short_breath, at_rest, emergency_kind::breathing, {}},
  {racing_heart, short_breath, emergency_kind::rhythm, exerted},
  {left_arm, cold_sweat, emergency_kind::heart, {}},
  {left_arm, sweating, emergency_kind::heart, lifting},
  {left_arm, aching_jaw, emergency_kind::heart, {}},
  {left_arm, short_breath, emergency_kind::heart, lifting},
  {left_arm, faintness, emergency_kind::heart, lifting},
  {aching_jaw, cold_sweat, emergency_kind::heart, {}},
  {aching_jaw, short_breath, emergency_kind::heart, lifting},
  {tight_chest, short_breath, emergency_kind::heart, {}},
  {tight_chest, cold_sweat, emergency_kind::heart, {}},
  {head_blow, concussed, emergency_kind::injury, {}},
  {tight_throat, hives, emergency_kind::allergy, {}},
  {tight_throat, allergen, emergency_kind::allergy, {}},
  {hives, short_breath, emergency_kind::allergy, {}},
  {hives, faintness, emergency_kind::allergy, {}},
  {stopped_sweating, confused, emergency_kind::other, {}},
  {low_sugar, trembling, emergency_kind::other, {}},
  {vomiting, coffee_grounds, emergency_kind::bleeding, {}},
});

}  // namespace

std::vector<sign_pair> find_sign_pairs(const folded_text& words, std::span<const phrase_book::hit> excuses) {
  static const phrase_book book{cues, common_words};
  std::array<std::optional<phrase_book::hit>, half_count> found;
  for (const auto& hit : book.find(words)) {
    auto& first = found[static_cast<std::size_t>(book.cue_at(hit.cue).meaning)];
    if (!first && !is_excused(hit, excuses) && !is_denied(words, hit.begin, denial_reach::narrow))
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
