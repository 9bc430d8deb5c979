#include "domain/coach/emergency_cues.hpp"

#include "domain/coach/topic.hpp"

#include <array>

namespace genesis::coach {

namespace {

constexpr int sign_of(emergency_kind kind) {
  return static_cast<int>(kind);
}
constexpr int heart = sign_of(emergency_kind::heart);
constexpr int stroke = sign_of(emergency_kind::stroke);
constexpr int breathing = sign_of(emergency_kind::breathing);
constexpr int allergy = sign_of(emergency_kind::allergy);
constexpr int fainting = sign_of(emergency_kind::fainting);
constexpr int other = sign_of(emergency_kind::other);
constexpr int bleeding = sign_of(emergency_kind::bleeding);
constexpr int poisoning = sign_of(emergency_kind::poisoning);
constexpr int self_harm = sign_of(emergency_kind::self_harm);
constexpr int embolism = sign_of(emergency_kind::embolism);
constexpr int childs_poisoning = sign_of(emergency_kind::childs_poisoning);
constexpr int injury = sign_of(emergency_kind::injury);
constexpr int muscle_breakdown = sign_of(emergency_kind::muscle_breakdown);

constexpr auto emergencies = std::to_array<cue>({
  {heart, 1, "chest _ pain|pains|pressure|tight|tightness|hurts|hurting|crushing"},
  {heart, 1, "pain|pains|pressure|tightness|crushing|squeezing _ chest"},
  {heart, 1, "chest aches|ached|aching"},
  {heart, 1,
    "chest feels|felt|feeling|is|was|gets|got _ heavy|heaviness|crushed|squeezed|constricted|elephant|vice|vise"},
  {heart, 1, "elephant|brick|boulder _ chest"},
  {heart, 1, "sitting|pressing|squeezing|crushing|weighing on|down my|his|her chest"},
  {heart, 1, "like a|an|some weight|ton|rock|stone|elephant _ on _ chest"},
  {heart, 1, "heaviness _ chest"},
  {heart, 1, "heavy in|across|behind my|his|her|the chest"},
  {heart, 1,
    "pain|pains|pressure|tightness|squeezing|heaviness|crushing|burning in|across|on|behind|inside _ "
    "centre|center|middle _ chest"},
  {heart, 1, "pain|pains|ache|pressure|tightness|heavy|heaviness|squeezing|crushing|burning _ breastbone|sternum"},
  {heart, 1, "breastbone|sternum _ pain|pressure|tight|tightness|heavy|squeezing|aches|aching|crushed"},
  {heart, 1, "ache|aching in my chest"},
  {heart, 1, "pain _ shooting|radiating|spreading _ arm|jaw"},
  {heart, 1, "heart attack"},
  {heart, 1, "heart hurts|hurting|aches|pain|pains"},
  {heart, 1, "duele|dolor _ corazon"},
  {heart, 1, "dolor|dolores|presion|opresion|punzadas _ pecho"},
  {heart, 1, "duele|oprime|aprieta _ pecho"},
  {heart, 1, "pecho _ duele|oprime|aprieta|oprimido"},
  {heart, 1,
    "tengo|siento|noto|sentia|tiene|siente _ peso|losa|elefante|ladrillo|piedra en|sobre|encima el|mi|del pecho"},
  {heart, 1, "pesadez|losa|elefante _ pecho"},
  {heart, 1, "pecho _ aplasta|aplastan|aplastado|aplastaran|aplastando|aplastara|pesado|estruja"},
  {heart, 1, "aplasta|aplastan|aplastaran|aplastando|estruja|aplastara _ pecho"},
  {heart, 1, "dolor|presion|opresion|peso|pesadez|ardor|duele|oprime|aprieta _ esternon"},
  {heart, 1, "esternon _ duele|oprime|aprieta|arde|presion|dolor"},
  {heart, 1, "dolor|duele _ baja|irradia|extiende _ brazo|mandibula"},
  {heart, 1, "infarto"},
  {heart, 1, "ataque al|de corazon"},
  {heart, 1, "ataque|paro cardiaco"},
  {heart, 1, "cardiac arrest"},

  {stroke, 1, "a|having|had|have|of stroke"},
  {stroke, 1, "face|mouth|smile _ drooping|droops|droopy|drooped|numb"},
  {stroke, 1, "speech|words|voice _ slurred|slurring|slurry|jumbled"},
  {stroke, 1, "slurred|slurring|slur _ speech|words"},
  {stroke, 1, "trouble|difficulty|problems|struggling|struggle _ speaking|speak|talking|talk"},
  {stroke, 1, "hard to speak|talk"},
  {stroke, 1, "cant|cannot|unable _ speak|talk properly|clearly|straight|right|suddenly"},
  {stroke, 1, "words wont come"},
  {stroke, 1, "arm|leg|side|face _ paralysed|paralyzed|gone|went|suddenly numb|limp|paralysed|paralyzed"},
  {stroke, 1, "arm|leg|side _ paralysed|paralyzed"},
  {stroke, 1, "left|right arm|leg|side _ numb|limp|numbness"},
  {stroke, 1, "numb|numbness|weakness _ one|left|right side|arm|leg"},
  {stroke, 1, "cant|cannot|dont|not|longer feel _ arm|leg|side|face"},
  {stroke, 1, "cant|cannot|not move _ left|right|one arm|leg|side"},
  {stroke, 1, "suddenly|sudden _ weak|weakness|numb|numbness|confused|confusion|blind|vision|cant see|headache"},
  {stroke, 1, "suddenly|sudden weak|weakness|numb|numbness|confused|confusion|blind"},
  {stroke, 1, "worst|strongest|fiercest headache _ life|ever|had"},
  {stroke, 1, "worst|strongest _ headache _ my life"},
  {stroke, 1, "thunderclap headache"},
  {stroke, 1, "derrame cerebral"},
  {stroke, 1, "ictus|embolia|apoplejia"},
  {stroke, 1, "cara|boca _ torcida|caida|dormida|paralizada|torcido"},
  {stroke, 1, "tuerce|torcio|cae _ cara|boca"},
  {stroke, 1, "no puedo|puede|consigo|consigue|logro hablar bien|claro|claramente"},
  {stroke, 1, "cuesta|dificultad|dificultades|problemas|dificil _ hablar|articular|pronunciar|vocalizar"},
  {stroke, 1, "no _ salen _ palabras"},
  {stroke, 1, "hablo|habla|hablar _ raro|enredado|arrastrando|pastoso|arrastradas"},
  {stroke, 1, "traba|trabando _ lengua|palabras"},
  {stroke, 1, "no siento|siente|noto|nota|muevo|mueve _ brazo|pierna|lado|cara|mitad"},
  {stroke, 1, "no puedo|puede|consigo|consigue mover _ brazo|pierna izquierdo|izquierda|derecho|derecha"},
  {stroke, 1, "no puedo|puede|consigo|consigue mover _ lado|mitad|media"},
  {stroke, 1, "brazo|pierna|lado|mitad _ paralizado|paralizada|adormecido|adormecida|entumecido|entumecida"},
  {stroke, 1, "brazo|pierna|lado _ izquierdo|izquierda|derecho|derecha dormido|dormida"},
  {stroke, 1, "brazo|pierna|lado _ sin|perdido|perdi fuerza|fuerzas"},
  {stroke, 1, "perdi|perdido|pierdo|perdio _ fuerza|sensibilidad _ brazo|pierna|lado|cara"},
  {stroke, 1, "repente|pronto _ veo|vista|confuso|confusa|debil|fuerza"},
  {stroke, 1, "peor dolor de cabeza"},
  {stroke, 1, "dolor de cabeza _ fuerte|intenso|grande|horrible|bestial|brutal _ vida"},

  {breathing, 1, "cant|cannot|unable|not|hardly|barely|struggling _ breathe"},
  {breathing, 1, "trouble|difficulty breathing"},
  {breathing, 1, "choking"},
  {breathing, 1, "lips|tongue _ blue|bluish|grey|gray|purple"},
  {breathing, 1, "blue|bluish|grey|gray|purple lips|tongue"},
  {breathing, 1, "face|skin|fingertips|fingernails _ turning|turned|going|went|gone blue|bluish|grey|gray"},
  {breathing, 1, "turning|turned|going|went|gone blue _ face|lips"},
  {breathing, 1, "cyanosis|cyanotic|cianosis|cianotico|cianotica"},
  {breathing, 1, "labios|lengua _ azul|azules|azulado|azulados|azulada|morado|morados|morada|amoratado|amoratados"},
  {breathing, 1, "azules|azulados|morados|amoratados _ labios"},
  {breathing, 1, "cara|unas|dedos _ azul|azules|azulada|azulados|azuladas"},
  {breathing, 1, "dificultad|dificultades|problemas _ respirar"},
  {breathing, 1, "no|apenas puedo|puede|consigo respirar"},
  {breathing, 1, "cuesta _ respirar"},
  {breathing, 1, "me falta|ahogo|estoy _ aire|ahogando|asfixiando"},
  {breathing, 1, "me ahogo|asfixio"},
  {breathing, 1, "se esta|estan ahogando|asfixiando"},
  {breathing, 1, "se ahoga|asfixia"},
  {breathing, 1, "atragantando|atragantado|atragantada|atragante|atraganto"},
  {breathing, 1,
    "hijo|hija|bebe|nino|nina|nieto|nieta|marido|mujer|esposa|padre|madre|abuelo|abuela|amigo|amiga _ atraganta"},

  {allergy, 1, "anaphyla*|anafila*"},
  {allergy, 1, "severe|bad|strong _ allergic|allergy reaction"},
  {allergy, 1, "allergic reaction"},
  {allergy, 1, "reaccion alergica"},
  {allergy, 1, "throat|tongue|face|lips _ swelling|swollen|swells|closing|closes"},
  {allergy, 1, "garganta|lengua|cara|labios _ hinchada|hinchado|hinchados|hinchando|cierra|cerrando|hincha"},
  {allergy, 1, "hincha|hinchado|hinchada|hinchando|cierra|cerrando|cerrado|inflamando _ garganta|lengua|cara|labios"},

  {fainting, 1, "faint|fainted|fainting"},
  {fainting, 1, "passed|passing|pass|blacked|blacking out"},
  {fainting, 1, "lost|losing|lose consciousness"},
  {fainting, 1, "unconscious|collapsed"},
  {fainting, 1, "desmay*|inconsciente|desvanec*"},
  {fainting, 1, "perdi|pierdo|perder|perdio|perdido _ conocimiento|conciencia|consciencia"},
  {fainting, 1, "not|isnt breathing"},
  {fainting, 1, "no respira"},
  {fainting, 1, "has|have|got|is|theres no pulse"},
  {fainting, 1, "without a|any pulse"},
  {fainting, 1, "cant|cannot|dont|not find|feel|detect his|her|their|a|any pulse"},
  {fainting, 1, "no _ tiene|tienen|hay pulso"},
  {fainting, 1, "no le|se encuentro|siento|noto|encuentra|siente|nota _ pulso"},
  {fainting, 1, "heart has|just|suddenly stopped"},
  {fainting, 1, "heart stopped beating"},
  {fainting, 1, "he|she|dad|mum|mom|friend|husband|wife|partner wont|doesnt|isnt wake|waking|respond|responding"},
  {fainting, 1, "no despierta|reacciona"},

  {other, 1, "heatstroke"},
  {other, 1, "heat stroke"},
  {other, 1, "golpe de calor"},
  {other, 1, "insolacion"},
  {other, 1, "seizure|seizures|convulsing|convulsion|convulsions|convulsiones|convulsionando|convulsiona"},
  {injury, 1, "hit|banged _ head _ confused|dizzy|vomiting|vomited|sleepy"},
  {injury, 1, "golpe|golpee|golpeado|golpeo _ cabeza _ confuso|confusa|mareado|mareada|vomito|vomitado"},
  {injury, 1, "cant|cannot|dont|not|longer feel|move _ legs|feet"},
  {injury, 1, "no _ siento|siente|noto|nota _ piernas|pies"},
  {injury, 1, "no puedo|puede|consigo mover _ piernas|pies"},
  {injury, 1, "lost|losing all|the|any feeling|sensation _ legs|feet"},
  {injury, 1, "numb|numbness _ groin|genitals|crotch"},
  {injury, 1, "lost|losing|no control _ bladder|bowels"},
  {muscle_breakdown, 1, "brown|cola urine|pee"},
  {muscle_breakdown, 1, "cola|coke|tea|brown colored|coloured urine|pee"},
  {muscle_breakdown, 1, "urine|pee|wee|piss _ brown|cola"},
  {muscle_breakdown, 1, "urine|pee|wee|piss _ color|colour|dark _ cola|coke|tea|coffee|pepsi"},
  {muscle_breakdown, 1, "urine|pee|wee|piss _ like|resembles coke|cola|pepsi|tea|coffee"},
  {muscle_breakdown, 1, "peeing|pissing brown|cola|coke"},
  {muscle_breakdown, 1, "orina|pis|orino|meo _ marron|cola"},
  {muscle_breakdown, 1, "orina|pis|orino|meo _ color|oscura|oscuro _ cola|coca|te|cafe|marron"},
  {muscle_breakdown, 1, "orina|pis|orino|meo _ como coca|cola|te|cafe"},
  {other, 1, "sugar|glucose _ and _ shaking|shaky|sweating|trembling|confused"},
  {other, 1, "azucar|glucosa _ y _ sudando|temblando|temblores|confuso|confusa"},
  {other, 1, "sugar|glucose _ shaking|shaky|sweating|trembling|confused"},
  {other, 1, "azucar|glucosa _ sudando|temblando|temblores|confuso|confusa"},

  {bleeding, 1, "vomited|vomit|puked|coughed|peed|pissed _ blood"},
  {bleeding, 1, "vomit*|threw|throw|throwing|puked|puking _ coffee grounds"},
  {bleeding, 1, "vomit* _ posos|borra"},
  {bleeding, 1, "bleeding _ stop|heavily|badly|lot"},
  {bleeding, 1, "cant|cannot|wont|doesnt|not _ stop _ bleeding"},
  {bleeding, 1, "no para|deja|paro|puedo _ sangrar"},
  {bleeding, 1, "coughing|vomiting|throwing _ blood"},
  {bleeding, 1, "sangr* _ mucho|para|parar"},
  {bleeding, 1, "vomit*|tos*|escup* _ sangre"},

  {poisoning, 1, "overdosed|overdosing|oded"},
  {poisoning, 1, "took|taken|taking|having|had _ overdose"},
  {poisoning, 1,
    "took|taken|swallowed|swallow|ate|popped _ too|many|bottle|handful|pack|packet|box|whole|lots|loads|entire _ "
    "pill|pills|pils|tablet|tablets|capsules|paracetamol|acetaminophen|ibuprofen|aspirin|tylenol|meds|medication|"
    "medicine|xanax|antidepressants|painkillers"},
  {poisoning, 1, "took|taken|swallowed _ all _ pill|pills|pils|tablet|tablets|paracetamol|ibuprofen|painkillers"},
  {poisoning, 1, "drank|drunk|swallowed|drinking _ bleach|antifreeze|detergent|poison|pesticide|drain"},
  {poisoning, 1, "tuve|tengo|tome|tomado|hice|hecho|sufr*|una _ sobredosis"},
  {poisoning, 1,
    "tome|tomado|trague|tragado|comi|ingeri|ingerido _ bote|caja|frasco|blister|monton|muchas|muchisimas|"
    "demasiadas|demasiado|demasiados|todas|todo|punado _ "
    "pastilla|pastillas|pildoras|comprimidos|capsulas|cafeina|paracetamol|ibuprofeno|aspirinas|somniferos|medicamento|"
    "medicamentos|"
    "tranquilizantes|medicacion|antidepresivos|ansioliticos"},
  {poisoning, 1, "bebi|bebido|trague|tragado|tome|tomado _ lejia|anticongelante|detergente|veneno|raticida|pesticida"},
  {poisoning, 1, "envenene|envenenado|envenenada"},
  {poisoning, 1, "too|whole|entire much|bottle|pack|packet|box _ caffeine pills|tablets|powder"},
  {poisoning, 1, "sobredosis|intoxicacion de|por cafeina"},
  {poisoning, 1, "caffeine overdose|poisoning"},

  {childs_poisoning, 1,
    "baby|toddler|infant|child|kid|kids|children|son|daughter|grandson|granddaughter|nephew|niece|boy|girl _ "
    "swallowed|swallow|ate|eaten|drank|drunk|chewed|ingested _ "
    "pill|pills|tablet|tablets|capsules|medicine|medicines|medication|meds|paracetamol|ibuprofen|aspirin|tylenol|"
    "detergent|bleach|battery|batteries|magnet|magnets|pod|pods|cleaner|poison|nicotine|vape|antifreeze"},
  {childs_poisoning, 1,
    "1|2|3|4|5|6|7|8|9|10|18|one|two|three|four|five|six year|years|yr|month|months old _ "
    "swallowed|ate|eaten|drank|drunk|chewed|ingested _ "
    "pill|pills|tablet|tablets|capsules|medicine|medication|meds|paracetamol|ibuprofen|detergent|bleach|battery|"
    "magnet|magnets|pod|cleaner|poison|vape"},
  {childs_poisoning, 1,
    "baby|toddler|infant|child|kid|kids|son|daughter|grandson|granddaughter|nephew|niece _ took|got|taken my|into _ "
    "pill|pills|tablet|tablets|medicine|medication|meds|detergent|bleach|cleaner"},
  {childs_poisoning, 1,
    "bebe|nino|nina|ninos|hijo|hija|nene|nena|peque|crio|cria|nieto|nieta|sobrino|sobrina _ "
    "trago|traga|tragado|comido|comio|bebido|bebio|ingerido|ingirio|chupado|masticado _ "
    "pastilla|pastillas|pildora|pildoras|comprimido|comprimidos|capsula|capsulas|medicamento|medicamentos|medicina|"
    "medicinas|medicacion|paracetamol|ibuprofeno|jarabe|lejia|detergente|pila|pilas|iman|imanes|veneno|raticida|"
    "limpiador|suavizante|anticongelante"},
  {childs_poisoning, 1,
    "de un|dos|tres|cuatro|cinco|seis|siete|ocho|1|2|3|4|5|6|7|8|9|10|18 ano|anos|meses _ "
    "trago|traga|tragado|comido|comio|bebido|bebio|ingerido|chupado _ "
    "pastilla|pastillas|pildoras|comprimidos|medicamento|medicamentos|medicinas|jarabe|lejia|detergente|pila|pilas|"
    "iman|imanes|veneno"},
  {childs_poisoning, 1,
    "bebe|nino|nina|hijo|hija|nene|nena|peque|nieto|nieta|sobrino|sobrina _ tomado|tomo mis|unas|muchas|"
    "varias|todas|algunas _ pastillas|pildoras|medicamentos|medicinas"},
  {childs_poisoning, 1,
    "trago|tragado|comido|comio|bebido _ pastilla|pastillas|pila|pilas|iman|lejia|detergente _ mi|el|la "
    "bebe|nino|nina|hijo|hija|nieto|nieta"},

  {embolism, 1, "calf _ swollen|swelling|swelled _ painful|pain|hurts|hurting|sore|red|warm|hot|tender|throbbing"},
  {embolism, 1, "calf _ painful|pain|hurts|hurting|sore|red|warm|hot|tender|throbbing _ swollen|swelling|swelled"},
  {embolism, 1, "swollen|swelling _ painful|hurts|sore|red|warm|hot|tender|throbbing _ calf"},
  {embolism, 1, "painful|sore|red|warm|hot|tender|throbbing _ swollen|swelling _ calf"},
  {embolism, 1, "swollen|swelling _ calf _ painful|pain|hurts|hurting|red|warm|hot|tender|throbbing"},
  {embolism, 1, "think|might|could|maybe|have|having|got _ blood clot"},
  {embolism, 1, "think|might|could|maybe|have|having _ thrombosis|dvt|embolism"},
  {embolism, 1,
    "pantorrilla|gemelo _ hinchada|hinchado|inflamada|inflamado|hincha _ "
    "duele|dolor|dolorida|dolorido|roja|rojo|caliente"},
  {embolism, 1,
    "pantorrilla|gemelo _ duele|dolor|dolorida|dolorido|roja|rojo|caliente _ "
    "hinchada|hinchado|inflamada|inflamado|hincha"},
  {embolism, 1, "duele|dolor _ pantorrilla|gemelo _ hinchada|hinchado|inflamada|inflamado|hincha|roja|caliente"},
  {embolism, 1, "hinchada|hinchado|inflamada|inflamado|hinchazon _ pantorrilla|gemelo _ duele|dolor|roja|caliente"},
  {embolism, 1, "creo|quizas|puede|sospecho _ trombosis|trombo|coagulo"},

  {self_harm, 1, "kill|killing|hang|hurting myself"},
  {self_harm, 1,
    "want|going|gonna|need|plan|planning|thinking|urge|urges _ hurt|hurting|harm|harming|cut|cutting|starve|overdose "
    "_ myself"},
  {self_harm, 1, "harm|harmed|harming myself"},
  {self_harm, 1, "i|im|ive|been|keep|started|still cut|cutting myself"},
  {self_harm, 1,
    "cut|cutting|hurt|hurting|burn|burning|burned|scratch|hit _ myself _ purpose|deliberately|intentionally|night|"
    "nights|numb|cope|punish"},
  {self_harm, 1, "cut|cutting|slit|slitting|slash _ wrists|wrist|thighs|veins"},
  {self_harm, 1, "want|going|gonna|wanna|thinking|plan _ overdose|od"},
  {self_harm, 1,
    "want|going|gonna|wanna|thinking _ take|swallow|taking|swallowing _ all|bottle|whole|handful _ "
    "pill|pills|pils|tablets|meds"},
  {self_harm, 1,
    "want|going|gonna|wanna|thinking|voy|quiero|pienso _ take|swallow|taking|swallowing|tomar|tomarme|tragar|tragarme "
    "_ "
    "15|20|25|30|40|50|60|80|100 _ pill|pills|pils|tablets|meds|pastillas|pildoras|comprimidos|capsulas"},
  {self_harm, 1, "jump|jumping off|from _ bridge|roof|building|balcony|window"},
  {self_harm, 1, "throw|throwing myself _ train|bridge|window|traffic"},
  {self_harm, 1, "suicid*|unalive"},
  {self_harm, 1, "self harm|harming|harmed|injury"},
  {self_harm, 1, "selfharm|selfharming"},
  {self_harm, 1, "want|wanna|wish|rather _ die|dead"},
  {self_harm, 1, "wanna die"},
  {self_harm, 1, "dont|not|longer want _ live|alive|exist"},
  {self_harm, 1, "dont|not want to be here anymore"},
  {self_harm, 1, "wish _ never been born"},
  {self_harm, 1, "no reason to live"},
  {self_harm, 1, "life _ not|isnt worth living"},
  {self_harm, 1, "end|ending|take|taking my own life"},
  {self_harm, 1, "end|ending|take|taking my life"},
  {self_harm, 1, "end|ending it all"},
  {self_harm, 1, "thinking|thought|think about|of ending|end it"},
  {self_harm, 1, "want|wanna|going|gonna|ready|planning|tempted to end it"},
  {self_harm, 1, "want|wanna|wish|could to|just|i _ disappear|vanish forever"},
  {self_harm, 1, "want|wanna|like to|just disappear|vanish"},
  {self_harm, 1, "want|wanna|like to just disappear|vanish"},
  {self_harm, 1, "wish i could|would|might just|simply disappear|vanish"},
  {self_harm, 1, "wish i could|would|might disappear|vanish"},
  {self_harm, 1, "nobody|noone would|will|wouldnt even|ever|really miss me"},
  {self_harm, 1, "no one would|will|wouldnt even|ever|really miss me"},
  {self_harm, 1, "nobody|noone would|will miss me"},
  {self_harm, 1, "no one would|will miss me"},
  {self_harm, 1, "nobody|noone would|will _ miss|notice|care|cry _ if|when i|im _ died|die|gone|dead|disappeared"},
  {self_harm, 1, "no one would|will _ miss|notice|care|cry _ if|when i|im _ died|die|gone|dead|disappeared"},
  {self_harm, 1, "nadie me|lo echaria|echara _ menos"},
  {self_harm, 1, "nadie me extranaria|extranara|lloraria"},
  {self_harm, 1,
    "nadie _ notaria|lloraria|importaria|echaria _ si me|yo|muero|muriera|desapareciera|desaparezco|falto"},
  {self_harm, 1, "harto|harta|cansado|cansada de vivir|existir"},
  {self_harm, 1, "tired of living|life|existing"},
  {self_harm, 1, "better off dead|without me"},
  {self_harm, 1, "quiero|quisiera|ganas|gustaria _ morir|morirme|desaparecer"},
  {self_harm, 1, "me quiero|quisiera|gustaria matar"},
  {self_harm, 1, "matarme|autolesion*"},
  {self_harm, 1, "quitarme|quitar|acabar|terminar _ mi|la vida"},
  {self_harm, 1, "no quiero _ vivir|vivo|viva"},
  {self_harm, 1, "no quiero seguir viviendo|existiendo|aqui"},
  {self_harm, 1, "no merece|vale la pena vivir"},
  {self_harm, 1, "mejor muerto|muerta"},
  {self_harm, 1, "hacerme|cortarme _ dano|venas|munecas|brazos|piel|cortes"},
  {self_harm, 1, "ganas|necesito|necesidad|pienso|pensando|impulso _ cortarme|lastimarme"},
  {self_harm, 1,
    "me corto|cortado|corte|lastimo|quemo|rasguno _ noche|noches|brazo|brazos|muneca|munecas|venas|piel|muslo|"
    "muslos|adrede|proposito|aposta|cuchilla|misma|mismo"},
  {self_harm, 1, "me hago|hice|hecho dano _ misma|mismo|adrede|proposito|aposta"},
  {self_harm, 1, "me hago|hice|hecho cortes"},
  {self_harm, 1, "tirarme|lanzarme|arrojarme _ puente|ventana|balcon|azotea|tren|metro|vias"},
  {self_harm, 1, "saltar|salto _ puente|ventana|balcon|azotea"},
});

constexpr auto harmless = std::to_array<cue>({
  {self_harm, 1, "suicide|suicides sprint|sprints|run|runs|drill|drills|grip|squad"},
  {self_harm, 1, "agarre suicida"},
  {self_harm, 1, "dead lift|lifts|lifting|hang|hangs|bug|bugs|weight"},
  {self_harm, 1, "cut|cutting myself _ shaving|cooking|chopping|kitchen|accidentally|accident|slack|slice|piece"},
  {self_harm, 1, "cut|cutting myself off|some|a"},
  {self_harm, 1, "cut|cutting myself at the gym|work"},
  {self_harm, 1, "accidentally _ cut|hurt|burned"},
  {self_harm, 1, "me corto|cortado|corte _ pelo|cocinando|afeit*|unas|barba|accidente"},
  {self_harm, 1, "cortarme _ pelo|unas|barba|flequillo"},
  {self_harm, 1, "ending|end it early|earlier|there|today|after|at|when|by|next|soon"},
  {self_harm, 1, "ending|end it with my|some|a|stretching|stretches|cardio|him|her|this"},
  {stroke, 1, "stroke of luck|genius|inspiration|fortune|midnight"},
  {stroke, 1, "stroke volume|rate|length|technique"},
  {stroke, 1, "rowing|swimming|swim stroke"},
  {stroke, 1, "leg|legs|arm|arms day|workout|session"},
  {stroke, 1, "speaking|speak|talking|talk about|with|to|of|in|on|while|during|people"},
  {stroke, 1, "hablar de|del|en|con|sobre|ingles|contigo|mientras|publico"},
  {fainting, 1, "faint hearted"},
  {fainting, 1, "passed|passing|pass out _ couch|sofa|bed _ after work|dinner|lunch|midnight|eating|school|netflix"},
  {fainting, 1, "passed|passing|pass out _ couch|sofa|bed _ until|till|watching|reading"},
  {injury, 1, "feel|move _ legs after leg|squat|legs day|workout|session"},
  {injury, 1, "feel _ legs|feet working|work|engage|engaging|burn|burning|activate"},
  {injury, 1, "siento _ piernas|pies trabajar|activarse|trabajando|pesadas|cansadas"},
  {other, 1,
    "dog|dogs|cat|cats|puppy|kitten|horse|pet|hamster|rabbit fainted|collapsed|faints|choking|vomited|unconscious"},
  {other, 1,
    "dog|dogs|cat|cats|puppy|kitten|horse|pet|hamster|rabbit has|had|is|was|just|suddenly|keeps "
    "fainted|collapsed|fainting|choking|seizure|seizures|vomited|unconscious|swallowed"},
  {other, 1,
    "dog|dogs|cat|cats|puppy|kitten|horse|pet has|had|is|was|having a|an|no|not stroke|seizure|pulse|breathing"},
  {other, 1, "perro|perra|gato|gata|caballo|mascota|cachorro _ desmay*|convuls*|inconsciente"},
  {breathing, 1, "aire acondicionado"},
  {breathing, 1, "choking on all|so|too"},
  {breathing, 1, "choking under|in pressure|competition|competitions|matches|games"},
  {breathing, 1, "atragantado|atragantada|atragante|atraganto|atragantando con|de tanta|tanto|tantas|tantos|toda"},
  {breathing, 1, "blue|purple|grey|gray|red lip|lipstick|lips _ lipstick|gloss|balm|polish|painted|stick"},
  {breathing, 1, "lips|nails|unas|labios|dedos _ painted|polish|pintado|pintados|pintadas|pintar|esmalte|tinte"},
  {breathing, 1,
    "lips|tongue|face|lengua|labios _ blue|azul|azules|purple|morada|morados _ "
    "candy|sweets|berries|blueberries|slushy|caramelo|caramelos|helado|moras|arandanos|vino"},
});

constexpr auto relief = std::to_array<cue>({
  {0, 1, "false alarm"},
  {0, 1, "its|is|was|has|it|pain|pressure|all|completely gone|stopped|passed|over"},
  {0, 1, "went|gone away"},
  {0, 1, "im|i|am|feel|feeling _ fine|ok|okay|better|safe|recovered now|again|thanks"},
  {0, 1, "im|feel|feeling fine|better|safe"},
  {0, 1, "doctor|doctors|hospital|er|cardiologist|ambulance _ said|says|checked|cleared|saw|seen|fine|ok"},
  {0, 1, "saw|seen|went|been|got _ doctor|hospital|er|cardiologist|checked|cleared"},
  {0, 1, "just|only kidding|joking"},
  {0, 1, "falsa alarma"},
  {0, 1, "ya|se _ paso|pasado|fue|ido"},
  {0, 1, "estoy|encuentro|siento _ mejor|bien|recuperado|recuperada|salvo"},
  {0, 1, "medico|doctor|doctora|hospital|urgencias|cardiologo _ visto|vio|dijo|dice|revisado|alta|bien"},
  {0, 1, "fui|ido|estuve|vengo _ medico|hospital|urgencias|cardiologo"},
  {0, 1, "ya no _ duele|tengo|siento|noto"},
  {0, 1, "era broma"},
});

}  // namespace

std::span<const cue> emergency_cues() {
  return emergencies;
}
std::span<const cue> harmless_cues() {
  return harmless;
}
std::span<const cue> relief_cues() {
  return relief;
}

}  // namespace genesis::coach
