#include "domain/coach/despair.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/phrase_book.hpp"

#include <array>

namespace genesis::coach {

namespace {

enum despair_mark : int {
  cannot_go_on,  ///< Despair unless something else is meant.
  is_worn_out,   ///< Despair only beside words of it.
  bleak,
  everyday,
};

constexpr auto cues = std::to_array<cue>({
  {cannot_go_on, 1, "no aguanto|soporto|resisto mas"},
  {cannot_go_on, 1, "ya no aguanto|soporto|resisto"},
  {cannot_go_on, 1, "no lo|la aguanto|soporto|resisto"},
  {cannot_go_on, 1, "no puedo aguantar|soportar mas|mas|esto"},
  {cannot_go_on, 1, "cant|cannot take|bear|stand|handle it|this anymore|longer"},
  {cannot_go_on, 1, "cant|cannot take|bear|stand|handle it|this any more|longer"},
  {cannot_go_on, 1, "cant|cannot go on"},
  {cannot_go_on, 1, "cant|cannot keep going"},
  {cannot_go_on, 1, "no puedo seguir asi|adelante"},
  {cannot_go_on, 1, "point|sense|reason of|in|to going|carrying|go|carry|keep|keeping on|going"},
  {cannot_go_on, 1, "point|sense|reason of|in|to continuing|living|existing|life|anything|everything"},
  {cannot_go_on, 1, "point of|in being alive|here"},
  {cannot_go_on, 1, "point of|in it all|anymore"},
  {cannot_go_on, 1, "want|wanna|wish|need it|this|everything all _ end|stop|over"},
  {cannot_go_on, 1, "want|wanna|wish|need everything to|would _ end|stop|over"},
  {is_worn_out, 1, "want|wanna|wish|need it|this to|would _ end|stop|over"},
  {cannot_go_on, 1, "dont|not want to be here"},
  {cannot_go_on, 1, "everyone|everybody|they|world|family|kids _ better without me"},
  {cannot_go_on, 1, "no _ veo|encuentro|hallo|tiene|tengo _ sentido|razon|razones|motivo|motivos _ vivir|vida|existir"},
  {cannot_go_on, 1, "que sentido tiene vivir|seguir|existir"},
  {cannot_go_on, 1, "que sentido tiene la|mi|esta vida"},
  {cannot_go_on, 1, "para que seguir|vivir"},
  {cannot_go_on, 1, "no _ sentido|razon|motivo|motivos seguir|continuar"},
  {cannot_go_on, 1, "no _ sentido|razon|motivo|motivos para|de|a seguir|continuar"},
  {cannot_go_on, 1, "no _ sentido|razon|motivo|motivos _ seguir|continuar viviendo|adelante|aqui"},
  {cannot_go_on, 1, "no merece|vale la pena seguir|continuar"},
  {cannot_go_on, 1, "quiero|quisiera|necesito que todo|esto _ acabe|termine|pare"},
  {cannot_go_on, 1, "quiero|quisiera|necesito que _ acabe|termine|pare todo|ya"},
  {cannot_go_on, 1, "no quiero estar|seguir aqui|vivo|viva"},
  {cannot_go_on, 1, "estarian|estaria|estaran|irian|serian|vivirian _ mejor sin mi"},
  {is_worn_out, 1, "cut|cutting|burn|burning|burned myself"},
  {is_worn_out, 1, "no puedo mas"},
  {is_worn_out, 1, "cant|cannot do this|it anymore"},
  {is_worn_out, 1, "cant|cannot do this|it any more|longer"},
  {is_worn_out, 1, "no aguanto|soporto"},
  {bleak, 1, "vida|vivir|viviendo|existir|llor*|sola|soledad|desesperad*|deprimid*|sufr*|morir|muerte|odio"},
  {bleak, 1, "sin salida|esperanza|sentido|fuerzas"},
  {bleak, 1, "no _ veo|encuentro _ sentido|salida|futuro"},
  {bleak, 1, "nadie|nada me|le|importa|merece|entiende|quiere"},
  {bleak, 1, "acabar|terminar|acabe|termine con|de todo|una|esto"},
  {bleak, 1, "con todo"},
  {bleak, 1, "life|living|crying|cry|alone|lonely|hopeless|worthless|pointless|depressed|despair|suffering|die|death"},
  {bleak, 1, "hate myself|everything|my|life"},
  {bleak, 1, "no|nobody point|way|hope|cares|one"},
  {everyday, 1,
    "hambre|dieta|plancha|serie|series|repeticiones|reps|entreno|entrenos|entrenar|entrenamiento|correr|corriendo|"
    "antojos|dulce|azucar|ayuno|calor|cardio|agujetas|rodilla|espalda|hombro|pie|flexiones|sentadillas|dominadas|ritmo|"
    "gimnasio|rutina|peso|segundos|minutos|kilometros|km|trabajo|jefe|sed|ruido|tos|bascula|dietas|entrenando"},
  {everyday, 1,
    "hunger|hungry|diet|dieting|plank|planks|set|sets|workout|workouts|training|train|run|running|cravings|sugar|fast|"
    "fasting|heat|cardio|burpees|sore|soreness|knee|back|shoulder|foot|squats|pullups|pushups|pace|gym|routine|weight|"
    "plateau|seconds|minutes|km|miles|job|boss|thirst|noise|cough|scale|scales|diets"},
});

/// Words behind "no aguanto más" that do not say what.
bool says_nothing_of_what(const folded_text& words, std::size_t at) {
  return at >= words.size() || words[at].begins_clause ||
         is_one_of(words[at].text, {"y", "pero", "asi", "esto", "todo", "ayuda", "por", "quiero", "estoy", "me", "de",
                                     "mas", "ya", "and", "but", "like", "please", "help", "i", "im", "with",
                                     "everything", "anymore", "if", "when", "now", "forever", "si"});
}

}  // namespace

bool is_despair(const folded_text& words) {
  static const phrase_book book{cues, common_words};
  bool is_open = false;
  bool is_worn = false;
  bool is_bleak = false;
  bool is_everyday = false;
  for (const auto& hit : book.find(words))
    switch (book.cue_at(hit.cue).meaning) {
    case cannot_go_on: is_open |= says_nothing_of_what(words, hit.end); [[fallthrough]];
    case is_worn_out: is_worn = true; break;
    case bleak: is_bleak = true; break;
    default: is_everyday = true; break;
    }
  return (is_worn && is_bleak) || (is_open && !is_everyday);
}

}  // namespace genesis::coach
