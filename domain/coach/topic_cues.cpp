#include "domain/coach/topic_cues.hpp"

#include "domain/coach/topic.hpp"

#include <array>

/// What people tear, break, pull or twist.
#define GENESIS_PARTS_THAT_TEAR                                                                                        \
  "muscle|muscles|hamstring|ligament|acl|mcl|meniscus|tendon|achilles|calf|quad|groin|pec|biceps|"                     \
  "rotator|labrum|wrist|ankle|arm|leg|knee|shoulder|elbow|foot|toe|finger|hand|hip|rib|ribs|collarbone"
#define GENESIS_PARTES_QUE_SE_ROMPEN                                                                                   \
  "muneca|tobillo|brazo|pierna|rodilla|hombro|codo|pie|dedo|mano|cadera|costilla|clavicula|ligamento|"                 \
  "ligamentos|menisco|cruzado|gemelo|isquio|isquios|tendon|aquiles|musculo"

namespace genesis::coach {

namespace {

constexpr int about(topic what) {
  return static_cast<int>(what);
}
constexpr int in(training_subject subject) {
  return static_cast<int>(subject);
}

constexpr auto topics = std::to_array<cue>({
  {about(topic::eating_disorder), 4, "anorex*|bulimi*"},
  {about(topic::eating_disorder), 4, "eating disorder"},
  {about(topic::eating_disorder), 4, "trastorno _ aliment*"},
  {about(topic::eating_disorder), 8, "make|making|made|forcing|force myself throw|vomit|sick|puke"},
  {about(topic::eating_disorder), 8, "make|making|made|force|forcing myself to throw|vomit|be|puke"},
  {about(topic::eating_disorder), 4, "throw|throwing up _ after _ eat|eating|meal|meals|food|binge"},
  {about(topic::eating_disorder), 4, "purge|purging|purged"},
  {about(topic::eating_disorder), 4, "laxative|laxatives|laxantes|laxante _ after|eating|meal|meals|despues|comer"},
  {about(topic::eating_disorder), 4, "i|ive|been use|take|taking|abuse|abused|using|on _ laxative|laxatives"},
  {about(topic::eating_disorder), 4, "tomo|uso|tomado _ laxante|laxantes"},
  {about(topic::eating_disorder), -4, "should|can|could|would|may i _ laxative|laxatives"},
  {about(topic::eating_disorder), 4, "vomito|vomitar _ comer|comida|como"},
  {about(topic::eating_disorder), 4, "provoc*|induzco|inducirme _ vomito|vomitar"},
  {about(topic::eating_disorder), 4, "me hago|fuerzo|obligo _ vomitar"},
  {about(topic::eating_disorder), 4, "meto|metiendo _ dedos _ garganta|vomitar"},
  {about(topic::eating_disorder), 4, "starve|starving myself"},
  {about(topic::eating_disorder), 4, "havent eaten _ days"},
  {about(topic::eating_disorder), 4, "stopped eating completely|altogether|entirely|anything|at"},
  {about(topic::eating_disorder), 4, "llevo _ dias sin comer"},
  {about(topic::eating_disorder), 4, "deje|dejado de comer completamente|totalmente|nada|del|por"},
  {about(topic::eating_disorder), 4, "binge|binging|atracon|atracones"},
  {about(topic::eating_disorder), 4, "cant|cannot|couldnt stop eating"},
  {about(topic::eating_disorder), 4, "no puedo|consigo|logro dejar|parar de comer"},
  {about(topic::eating_disorder), -4,
    "stop eating chocolate|sugar|sweets|bread|pizza|cookies|chips|crisps|snacks|candy|cheese|nuts|junk|fast|at|these|"
    "this|between"},
  {about(topic::eating_disorder), -4,
    "de comer chocolate|dulces|azucar|pan|pizza|galletas|patatas|queso|chuches|snacks|por|entre|estos|este|esto"},

  {about(topic::illness), 7,
    "flu|fever|feverish|sick|covid|gripe|fiebre|resfriado|resfriada|catarro|enfermo|enferma|gripa"},
  {about(topic::illness), 7, "a|have cold"},

  {about(topic::low_mood), 2.6, "sad|depressed|depression|anxious|anxiety|stressed|lonely|overwhelmed|hopeless"},
  {about(topic::low_mood), 2.6,
    "triste|deprimido|deprimida|depresion|ansiedad|ansioso|ansiosa|estresado|estresada|agobiado|agobiada"},

  {about(topic::pain), 2.5, "hurt|hurts|hurting|pain|painful|ache|aches|injur*|sprain*|strained"},
  {about(topic::pain), 2.5, "duele|duelen|dolor|dolores|dolorido|dolorida|lesion*|molestia|molestias|esguince"},
  {about(topic::pain), 2, "swollen|swelling|hinchado|hinchada|hinchados|hinchadas|hinchazon|inflamado|inflamada"},
  // An injury is no soreness: whoever names one does not train on it, whatever they ask.
  {about(topic::pain), 8, "concussion|concussed|fracture|fractured|tendonitis|tendinitis|bursitis|sciatica|dislocated"},
  {about(topic::pain), 8,
    "tore|pulled|ruptured|broke|twisted|strained|dislocated|popped my|a|the|some " GENESIS_PARTS_THAT_TEAR},
  {about(topic::pain), 8,
    "tore|pulled|ruptured|broke|twisted|strained|dislocated|popped my left|right " GENESIS_PARTS_THAT_TEAR},
  {about(topic::pain), 8, "torn|pulled|ruptured|broken|twisted|strained|dislocated " GENESIS_PARTS_THAT_TEAR},
  {about(topic::pain), 8, "herniated|bulging|slipped disc|disk|discs"},
  {about(topic::pain), 8, "had|after|since|from|recovering _ surgery|operation"},
  {about(topic::pain), 8,
    "conmocion|fractura|fracturas|fracturado|fracturada|tendinitis|bursitis|ciatica|luxacion|"
    "desgarro|contractura"},
  {about(topic::pain), 8, "hernia|hernias _ discal|disco|lumbar|cervical"},
  {about(topic::pain), 8,
    "rompi|roto|torci|torcido|fracture|desgarre|disloque el|la|un|una|los " GENESIS_PARTES_QUE_SE_ROMPEN},
  {about(topic::pain), 8, "rotura de|del " GENESIS_PARTES_QUE_SE_ROMPEN "|fibras"},
  {about(topic::pain), 8, GENESIS_PARTES_QUE_SE_ROMPEN " roto|rota|rotos|torcido|torcida|desgarrado"},
  {about(topic::pain), 8, "operaron|operado|operada|cirugia _ rodilla|hombro|espalda|cadera|tobillo|codo|muneca|mano"},
  {about(topic::medical_question), 3, "diagnos*|medication*|medicine*|medicament*|pastillas|pills|prescri*"},
  {about(topic::medical_question), 3, "diabet*|hypertens*|hipertens*|tiroid*|thyroid"},
  {about(topic::medical_question), 3, "blood pressure|sugar"},
  {about(topic::medical_question), 3, "palpitations|palpitaciones|dizzy|dizziness|mareo|mareos|mareado|mareada"},
  {about(topic::medical_question), 4, "heart _ racing|pounding|fluttering|races _ rest|sitting|lying|bed|sofa|couch"},
  {about(topic::medical_question), 4, "corazon _ acelerado|acelera|desbocado _ reposo|sentado|sentada|cama|sofa"},
  {about(topic::medical_question), 4, "heart|heartbeat|pulse _ irregular|skipping|skips|skipped|fluttering|flutters"},
  {about(topic::medical_question), 4, "irregular heartbeat|pulse|rhythm"},
  {about(topic::medical_question), 4, "corazon|pulso|latido|latidos _ irregular|irregulares|salta|saltan|aletea"},
  {about(topic::medical_question), 4, "salta|saltan _ corazon"},
  {about(topic::medical_question), 3, "short|shortness of breath"},
  {about(topic::medical_question), 3, "falta de aire|aliento"},

  {about(topic::macros), 3, "macro|macros|macronutri*"},
  {about(topic::macros), 3, "carb|carbs|carbohydrate|carbohydrates|carbohidratos|hidratos"},
  {about(topic::macros), 3, "how much _ fat|fibre|fiber"},
  {about(topic::macros), 3, "cuanta _ grasa|fibra"},
  {about(topic::macros), 3, "keto|ketogenic|cetogenic*|atkins"},
  {about(topic::macros), 3, "fat|carb|carbs|fibre|fiber intake"},
  {about(topic::macros), 3, "ingesta|consumo de grasa|grasas|hidratos|fibra"},
  {about(topic::macros), 2, "fiber|fibre|fibra"},
  {about(topic::macros), 3, "meal plan|plans"},
  {about(topic::macros), 3, "plan|menu _ comidas|alimentacion|semanal"},
  {about(topic::macros), 2, "grams|gramos _ fat|grasa"},
  {about(topic::macros), 2.5, "split|spread|divide|distribute|reparto|repartir|distribuir|reparte _ meals|comidas|dia"},

  {about(topic::protein), 3, "protein|proteins|proteic*|proteina|proteinas|protes"},

  {about(topic::water), 2.5, "water|agua"},
  {about(topic::water), 3, "hydrat*|dehydrat*|hidratacion|hidratar*|hidratad*|deshidrat*"},
  {about(topic::water), 1.5, "drink|drinking|beber|bebo|liquido|liquidos|fluids"},
  {about(topic::water), 1, "how much|many _ drink|litres|liters|glasses"},
  {about(topic::water), 1, "cuanto|cuanta|cuantos _ beber|bebo|litros|vasos"},

  {about(topic::one_rep_max), 3, "1|one rm"},
  {about(topic::one_rep_max), 3, "rm"},
  {about(topic::one_rep_max), 3, "1|one|single rep|repetition max|maximum"},
  {about(topic::one_rep_max), 3, "repeticion maxima"},
  {about(topic::one_rep_max), 1.5, "max|maximum|maximo|maxima"},
  {about(topic::one_rep_max), 1.2, "bench|benched|squat|squatted|squats|deadlift|deadlifts|deadlifted|lifted"},
  {about(topic::one_rep_max), 1.2, "banca|sentadilla|sentadillas|levante|levanto"},
  {about(topic::one_rep_max), 1.2, "peso muerto"},
  {about(topic::one_rep_max), 1.2, "press militar|overhead"},
  {about(topic::one_rep_max), 3, "brzycki|brzicki|epley|lombardi|mayhew|oconner|oconnor|wathan|lander"},
  {about(topic::one_rep_max), 1.5, "how much|heavy|strong _ lift|bench|squat|deadlift|strong"},
  {about(topic::one_rep_max), 1.5, "cuanto _ levantar|levanto|banca"},

  {about(topic::heart_rate_zones), 3, "heart rate"},
  {about(topic::heart_rate_zones), 3, "frecuencia|ritmo cardiaca|cardiaco"},
  {about(topic::heart_rate_zones), 3, "zone|zona 1|2|3|4|5|one|two|three|four|five|dos|tres|cuatro|cinco"},
  {about(topic::heart_rate_zones), 2, "zone|zones|zona|zonas"},
  {about(topic::heart_rate_zones), 3, "hr|fc max|maxima|zones|zone|zonas"},
  {about(topic::heart_rate_zones), 3, "max|maximal|maximum hr"},
  {about(topic::heart_rate_zones), 2.5, "pulse|pulso|pulsaciones|hrmax|mhr|fcmax|fcm"},
  {about(topic::heart_rate_zones), 3, "karvonen|tanaka|gellish|gulati"},
  {about(topic::heart_rate_zones), 2, "fox"},
  {about(topic::heart_rate_zones), 1, "bpm|lpm|ppm"},

  {about(topic::readiness), 3.5,
    "should|can|could|shall|may i _ train|workout|exercise|lift|run|gym _ today|tonight|now|tomorrow"},
  {about(topic::readiness), 3.5, "should|can|could|shall i _ work out _ today|tonight|now"},
  {about(topic::readiness), 3, "should|can i _ train|workout|exercise|rest"},
  {about(topic::readiness), 3, "should i work out"},
  {about(topic::readiness), -3, "how|what|when|where|why should|can|do|must i train|workout|exercise"},
  {about(topic::readiness), -3, "how|what|when|where|why should|can|do|must i work out"},
  {about(topic::readiness), 3, "readiness|recovery|recovered|recovering|recover"},
  {about(topic::readiness), 3, "am i ready"},
  {about(topic::readiness), 3, "ready to train"},
  {about(topic::readiness), 2.5, "rest day"},
  {about(topic::readiness), 2.5, "tired|exhausted|fatigue|fatigued|sore|soreness|overtrain*|drained|wiped"},
  {about(topic::readiness), 3.5, "debo|deberia|puedo|podria|conviene|toca _ entren*|correr|gimnasio _ hoy|manana"},
  {about(topic::readiness), 3, "debo|deberia|puedo|conviene _ entrenar|descansar"},
  {about(topic::readiness), -3, "como|que|cuando|cuanto|donde debo|deberia|puedo|conviene _ entrenar"},
  {about(topic::readiness), 3, "hoy _ entren*|descanso|descansar"},
  {about(topic::readiness), 3, "entreno|entrenar _ hoy"},
  {about(topic::readiness), 3, "recuper*|sobreentren*"},
  {about(topic::readiness), 2.5, "dia de descanso"},
  {about(topic::readiness), 2.5,
    "cansado|cansada|agotado|agotada|fatiga|fatigado|fatigada|agujetas|reventado|reventada"},

  {about(topic::sleep), 2.7, "sleep|slept|sleeping|asleep|insomnia|nap|naps"},
  {about(topic::sleep), 2.7, "dormir|duermo|dormi|dormido|duermes|durmiendo|sueno|insomnio|siesta"},

  {about(topic::weight_trend), 3, "how _ am i|im doing|going|progressing"},
  {about(topic::weight_trend), 3, "how|hows _ my _ going|coming|looking"},
  {about(topic::weight_trend), 3, "progress|progressing|trend"},
  {about(topic::weight_trend), 3.5, "am i _ losing|gaining|making"},
  {about(topic::weight_trend), 3, "on track"},
  {about(topic::weight_trend), 2, "results|resultados"},
  {about(topic::weight_trend), 3, "weight _ changing|changed|going|plateau|stuck|stalled|history|moving"},
  {about(topic::weight_trend), 3, "have i lost|gained"},
  {about(topic::weight_trend), 3, "ive|have lost|gained"},
  {about(topic::weight_trend), 3, "how much _ have i lost|gained"},
  {about(topic::weight_trend), 3, "como _ voy|vamos"},
  {about(topic::weight_trend), 3, "que tal _ voy|vamos"},
  {about(topic::weight_trend), 3, "progreso|progresando|tendencia|evolucion|evoluciona|avance|avances"},
  {about(topic::weight_trend), 3.5, "estoy _ bajando|perdiendo|adelgazando|ganando|subiendo|avanzando|progresando"},
  {about(topic::weight_trend), 3, "como _ va _ peso"},
  {about(topic::weight_trend), 3, "peso _ estancado|baja|cambia|estanca"},
  {about(topic::weight_trend), 3, "he|cuanto _ perdido|bajado|adelgazado|ganado|subido"},

  {about(topic::weight_trend), 3.5, "weight _ change|changes|changed|develop*|evolv*|trend*|been"},
  {about(topic::weight_trend), 3.5, "did|have i _ lose|lost|gain|gained|drop|dropped _ last|since|past|this"},
  {about(topic::weight_trend), 3.5, "ha|cambiado|cambio|evolucionado|variado _ peso"},
  {about(topic::weight_trend), 3.5, "peso _ cambiado|cambio|evolucionado|evolucion|variado|ido"},
  {about(topic::weight_trend), 3.5, "peso _ ultimo|ultima|ultimos|ultimas|pasado|pasada|desde"},

  {about(topic::weight_trend), -3, "how much|many should|can|must|do i eat"},
  {about(topic::weight_trend), -3, "cuanto|cuanta debo|deberia|puedo|tengo _ comer"},
  {about(topic::weight_trend), 3, "kg|kgs|kilos|kilo|pounds|lbs|lb heavier|lighter"},
  {about(topic::weight_trend), 3, "kg|kgs|kilos|kilo|libras mas|menos que"},
  {about(topic::weight_trend), 3, "im|am|ive|been up|down _ kg|kgs|kilos|kilo|pounds|lbs|lb"},

  // A measure and a word of change, in either order; which measures they are, `named_metrics` tells.
  {about(topic::progress_trend), 6,
    "waist|waistline|fat|rate|pulse|hr|sleep|sleeping|quality|soreness|levels|level|energy|motivation|stress _ "
    "change|changes|changed|changing|trend|trends|trending|evolv*|improved|improving|develop*|progress*|gone|going|"
    "moved|"
    "dropped|fallen|risen|increased|decreased|rising|falling|worse|better _ "
    "since|last|past|over|this|week|weeks|month"},
  {about(topic::progress_trend), 6,
    "how|has|did|is|hows|have|whats|what|show|my _ "
    "waist|waistline|fat|rate|pulse|hr|sleep|sleeping|quality|soreness|levels|level|energy|motivation|stress _ "
    "change|changes|changed|changing|trend|trends|trending|evolv*|improved|improving|develop*|progress*|gone|going|"
    "moved|"
    "dropped|fallen|risen|increased|decreased|rising|falling"},
  {about(topic::progress_trend), 6,
    "trend|trends|evolution|progress|history|changes of|in|for _ "
    "waist|waistline|fat|rate|pulse|hr|sleep|sleeping|quality|soreness|levels|level|energy|motivation|stress"},
  {about(topic::progress_trend), 6,
    "how was|were|has|is|hows _ "
    "waist|waistline|fat|rate|pulse|hr|sleep|sleeping|quality|soreness|levels|level|energy|motivation|stress _ "
    "last|past|since|over|been|lately|recently"},
  {about(topic::progress_trend), 6,
    "waist|waistline|fat|rate|pulse|hr|quality|soreness|stress|motivation _ "
    "do|doing|go|goes|went|rise|rose|fall|fell|drop "
    "_ up|down|last|past|since|over|lately|recently|this"},
  {about(topic::progress_trend), 6, "how is|are|hows my waist|waistline|stress|motivation|soreness"},
  {about(topic::progress_trend), 6, "how is|hows my resting heart rate"},
  {about(topic::progress_trend), 6, "como dormi _ mes|meses|semanas|desde"},
  {about(topic::progress_trend), 6, "how did i sleep _ month|months|weeks|since"},
  {about(topic::progress_trend), 6,
    "cintura|grasa|corporal|pulso|pulsaciones|frecuencia|reposo|sueno|calidad|agujetas|energia|motivacion|estres _ "
    "cambiado|cambio|evolucion|evolucionado|variado|mejorado|empeorado|bajado|subido|aumentado|disminuido|"
    "tendencia|ido|va|van|progreso"},
  {about(topic::progress_trend), 6,
    "cambiado|cambio|evolucion|evolucionado|evoluciona|variado|mejorado|empeorado|bajado|subido|tendencia|progreso|va|"
    "van|ido _ "
    "cintura|grasa|corporal|pulso|pulsaciones|frecuencia|reposo|sueno|calidad|agujetas|energia|motivacion|estres"},
  {about(topic::progress_trend), 6,
    "como|que _ "
    "cintura|grasa|corporal|pulso|pulsaciones|frecuencia|reposo|sueno|calidad|agujetas|energia|motivacion|estres _ "
    "ultimo|ultima|ultimos|ultimas|pasado|pasada|desde|este|esta|ultimamente"},
  {about(topic::progress_trend), 6, "como|cuanto he dormido _ mes|meses|semanas|desde"},

  {about(topic::body_mass_index), 4.5, "bmi|imc"},
  {about(topic::body_mass_index), 4.5, "body mass index"},
  {about(topic::body_mass_index), 4.5, "masa corporal"},
  {about(topic::body_mass_index), 3, "overweight|underweight|obese|sobrepeso|obesidad|obeso|obesa"},
  {about(topic::body_mass_index), 3, "ideal|healthy|right weight"},
  {about(topic::body_mass_index), 3, "peso ideal|saludable"},
  {about(topic::body_mass_index), 3, "how much should i weigh"},
  {about(topic::body_mass_index), 3, "cuanto deberia|debo|tendria _ pesar"},

  {about(topic::resting_energy), 3, "bmr|rmr|basal|tmb"},
  {about(topic::resting_energy), 3, "resting energy|metabol*|calories|kcal|expenditure"},
  {about(topic::resting_energy), 2.2, "metabolism|metabolic|metabolismo|metabolica"},
  {about(topic::resting_energy), 4, "burn|use|spend|consume|calories|kcal|energy|expenditure _ at rest"},
  {about(topic::resting_energy), 4, "burn|use|spend|consume|calories|kcal|energy _ while|when|im resting"},
  {about(topic::resting_energy), 4, "burn|use|spend|consume _ doing nothing"},
  {about(topic::resting_energy), 4,
    "gasto|gasta|quemo|quema|consumo|consume|calorias|kcal|energia|energetico|calorico _ reposo"},
  {about(topic::resting_energy), 4, "gasto|gasta|quemo|quema|consumo|consume _ sin hacer nada"},
  {about(topic::resting_energy), 2, "harris*|mifflin*|katch*"},

  {about(topic::profile_gaps), 3.5, "what|which _ know _ about me"},
  {about(topic::profile_gaps), 3, "my|the profile"},
  {about(topic::profile_gaps), 3, "missing|data|information|info _ profile|me|need"},
  {about(topic::profile_gaps), 3, "what|which _ data|information|info|missing"},
  {about(topic::profile_gaps), 3, "what _ do you need"},
  {about(topic::profile_gaps), 3.5, "que _ sabes de mi"},
  {about(topic::profile_gaps), 3, "mi|el perfil"},
  {about(topic::profile_gaps), 3, "que|cuales _ datos|informacion"},
  {about(topic::profile_gaps), 3, "que _ te|me falta"},
  {about(topic::profile_gaps), 3, "que necesitas"},

  {about(topic::progress_log), 4, "log|record|enter|save|note _ weight|kg|kilos|lbs|pounds|waist|sleep|steps"},
  {about(topic::progress_log), 4,
    "registra|registrar|apunta|apuntar|anota|anotar|guarda _ peso|kg|kilos|cintura|sueno"},
  {about(topic::progress_log), 5, "change|set|update|switch|edit|correct my goal|height|weight|profile|age|birthday"},
  {about(topic::progress_log), 5,
    "cambia|cambiar|cambiame|actualiza|actualizar|pon|poner|edita|editar _ mi objetivo|altura|peso|perfil|edad"},
  {about(topic::progress_log), 6, "hip|hips|cadera _ trend|progress|going|changing|tendencia|evolucion|progreso"},
  {about(topic::progress_log), 6, "trend|progress|tendencia|evolucion|progreso _ hip|hips|cadera"},
  {about(topic::progress_log), 1, "my weight is|was"},
  {about(topic::progress_log), 1, "weigh|weighed _ today|morning"},
  {about(topic::progress_log), 1, "hoy _ peso|pese"},
  {about(topic::progress_log), 1, "peso|pese _ hoy"},

  {about(topic::energy_target), 1.6, "how much|many _ eat|eating|consume"},
  {about(topic::energy_target), 1.6, "what _ should|can|do i eat"},
  {about(topic::energy_target), 1.5, "calorie|calories|caloric|kcal|kcals|cals"},
  {about(topic::energy_target), 2, "how many calories|kcal"},
  {about(topic::energy_target), 2.5, "how much|fast|many|quickly _ lose|gain _ week|weekly|month"},
  {about(topic::energy_target), 2.5, "how fast|quickly should|can|could i _ lose|gain"},
  {about(topic::energy_target), 2.5, "how much weight|fat should|can|could i lose|gain"},
  {about(topic::energy_target), 2.5, "safe|healthy|sustainable|recommended rate|pace"},
  {about(topic::energy_target), 2.5, "cuanto|cuantos _ perder|bajar|adelgazar|ganar|subir _ semana|semanal|mes"},
  {about(topic::energy_target), 2.5, "que ritmo _ perder|bajar|adelgazar|ganar|subir"},
  {about(topic::energy_target), 2.5, "tdee|maintenance|deficit|surplus|superavit|mantenimiento"},
  {about(topic::energy_target), 2.5, "energy _ do i burn|use|spend|expend"},
  {about(topic::energy_target), 2.5, "energia _ quemo|gasto|consumo"},
  {about(topic::energy_target), 2.5, "what|much do i burn|expend _ day|daily"},
  {about(topic::energy_target), 2.5, "energy|calorie|caloric|total|daily expenditure"},
  {about(topic::energy_target), 2.5, "gasto energetico|calorico|diario|total"},
  {about(topic::energy_target), 2.5, "cuanto quemo|gasto al|por|en|cada dia"},
  {about(topic::energy_target), 1.2, "diet|dieta|nutrition|nutricion"},
  {about(topic::energy_target), 1.5, "hunger|hungry|hambre|hambriento|hambrienta"},
  {about(topic::energy_target), 0.8, "comer|eat|eating"},
  {about(topic::energy_target), 1.8, "lose|losing|drop|shed _ weight|fat|belly|kilos|kg|pounds|lbs|lb|kilo"},
  {about(topic::energy_target), 1.8, "weight|fat loss"},
  {about(topic::energy_target), 1.5, "slim|cutting|bulk|bulking|recomp|recompo*"},
  {about(topic::energy_target), 1.6, "gain|put _ weight|mass|kilos|kg|pounds"},
  {about(topic::energy_target), 1.2, "gain|build _ muscle"},
  {about(topic::energy_target), 1.6, "cuanto|cuanta|que _ comer|como|comida"},
  {about(topic::energy_target), 1.5, "caloria|calorias|caloric*|kilocalorias"},
  {about(topic::energy_target), 2, "cuantas calorias|kcal"},
  {about(topic::energy_target), 1.8, "bajar|perder|rebajar|quemar _ peso|grasa|panza|barriga|kilos|kg|kilo|libras"},
  {about(topic::energy_target), 1.8, "adelgaz*"},
  {about(topic::energy_target), 1.6, "ganar|subir|aumentar _ peso|masa|kilos|kg"},
  {about(topic::energy_target), 1.2, "ganar|aumentar _ musculo|muscular"},
  {about(topic::energy_target), 1.5, "definicion|volumen"},

  {about(topic::training_advice), 3.5,
    "bench|squat|deadlift|press|lift|lifts|banca|sentadilla|muerto _ stuck|plateau|stalled|sube|estancado|estancada"},
  {about(topic::training_advice), 2.2, "how|what|when|where should|can|do|must i train|workout|exercise|lift"},
  {about(topic::training_advice), 2.2, "how|what|when|where should|can|do|must i work out"},
  {about(topic::training_advice), 2.2, "how|what to train"},
  {about(topic::training_advice), 2.2, "como|que|cuando|cuanto|donde debo|deberia|puedo|conviene|tengo _ entrenar"},
  {about(topic::training_advice), 2.2, "como|que entreno|entrenar"},
  {about(topic::training_advice), 3, "how many reps|repetitions"},
  {about(topic::training_advice), 3, "cuantas repeticiones"},
  {about(topic::training_advice), 3, "rep range|ranges"},
  {about(topic::training_advice), 2.5, "routine|rutina|workout|workouts"},
  {about(topic::training_advice), 2.5, "training|workout|exercise plan|program|programme|schedule|split|routine"},
  {about(topic::training_advice), 2.5, "plan|programa de entrenamiento"},
  {about(topic::training_advice), 3, "how many sets|days|times _ train|week|workout|muscle|sets|gym"},
  {about(topic::training_advice), 3, "how many sets"},
  {about(topic::training_advice), 3, "how often _ train|exercise|workout|lift|run|gym"},
  {about(topic::training_advice), 3, "cuantas|cuantos series|dias|veces _ entren*|semana|series|musculo|gimnasio"},
  {about(topic::training_advice), 3, "cuantas series"},
  {about(topic::training_advice), 3, "deload|descarga"},
  {about(topic::training_advice), 2, "split|overload|sobrecarga"},
  {about(topic::training_advice), 2.5, "add|increase|raise|more _ weight|load _ bar|lift|lifts|exercise|when"},
  {about(topic::training_advice), 2.5, "when _ add|increase|raise _ weight|load"},
  {about(topic::training_advice), 2.5, "subir|subo|aumentar|aumento _ carga|cargas"},
  {about(topic::training_advice), 2.5, "cuando _ subir|subo|aumentar|aumento _ peso|carga"},
  {about(topic::training_advice), 2.5, "warm|warming up"},
  {about(topic::training_advice), 2.5, "warmup|calentar|calentamiento|caliento"},
  {about(topic::training_advice), 2, "cardio|aerobic|aerobico|hiit|resistencia|endurance"},
  {about(topic::training_advice), 1.6, "stronger|strength|fuerza|fuerte|hypertrophy|hipertrofia"},
  {about(topic::training_advice), 1.3, "build|gain|grow|ganar|aumentar _ muscle|musculo|muscular"},
  {about(topic::training_advice), 1.2,
    "train|training|exercise|exercises|entrenar|entreno|entrenamiento|ejercicio|ejercicios"},
  {about(topic::training_advice), 1.2, "gym|gimnasio|running|correr|run|beginner|principiante"},
  {about(topic::training_advice), 1.2, "work|working out"},

  {about(topic::capabilities), 4, "what|how _ can|do you _ do|help|answer"},
  {about(topic::capabilities), 4, "who|what are you"},
  {about(topic::capabilities), 4, "are you _ real|human|person|ai|bot|robot|machine"},
  {about(topic::capabilities), 4, "eres _ real|humano|humana|persona|ia|bot|robot|maquina"},
  {about(topic::capabilities), 4, "who is|are sage|blaze|stella|wave|nexus"},
  {about(topic::capabilities), 3, "how _ you|this work|works"},
  {about(topic::capabilities), 1, "help|ayuda|ayudame"},
  {about(topic::capabilities), 4, "que _ puedes|sabes hacer"},
  {about(topic::capabilities), 4, "que|como _ puedes|puede ayudar*"},
  {about(topic::capabilities), 4, "quien|que eres"},
  {about(topic::capabilities), 4, "quien|quienes _ sage|blaze|stella|wave|nexus"},
  {about(topic::capabilities), 3, "como funciona|funcionas"},
  {about(topic::capabilities), 3, "que haces|ofreces"},

  {about(topic::thanks), 1, "thank|thanks|thx|gracias|cheers"},
  {about(topic::farewell), 1, "bye|goodbye|adios|chao"},
  {about(topic::farewell), 1, "hasta luego|pronto|manana"},
  {about(topic::thanks), 0.9, "ok|okay|vale|perfect|perfecto|genial|great|cool|awesome"},
  {about(topic::thanks), -0.9, "is|are|be it|this|that|they ok|okay"},
  {about(topic::thanks), -0.9, "ok|okay to|for"},
  {about(topic::thanks), -0.9, "how much|many _ ok|okay"},

  {about(topic::greeting), 0.9, "hi|hello|hey|hola|holi|buenas|hiya|howdy"},
  {about(topic::greeting), 0.9, "good morning|afternoon|evening|day"},
  {about(topic::greeting), 0.9, "buenos dias"},
  {about(topic::greeting), 0.9, "how are you"},
  {about(topic::greeting), 0.9, "que tal|hay|onda"},
  {about(topic::greeting), 0.9, "como estas"},

  {about(topic::out_of_scope), 4,
    "weather|clima|president|presidente|bitcoin|stocks|poem|poema|joke|chiste|movie|pelicula"},
  {about(topic::out_of_scope), 4, "recipe|recipes|receta|recetas|python|homework|deberes|football|futbol"},
  {about(topic::out_of_scope), 4,
    "steroid*|esteroid*|creatin*|supplement*|suplement*|ozempic|semaglutid*|caffeine|cafeina"},
  {about(topic::out_of_scope), 6, "calories|kcal|cals|protein|carbs|fat in|of|has|have a|an|one|two|three|100|1|the"},
  {about(topic::out_of_scope), -6, "in|of a|one|the day|week|meal|month|deficit|surplus|cut|bulk|morning|evening"},
  {about(topic::out_of_scope), 6,
    "calories|kcal|cals|protein|carbs|calorias|proteina|proteinas|hidratos "
    "in|of|has|do|does|are|de|en|tiene|tienen|hay "
    "_ banana|bananas|apple|apples|egg|eggs|bread|rice|chicken|pizza|burger|avocado|milk|chocolate|oats|tuna|platano|"
    "platanos|manzana|huevo|huevos|pan|arroz|pollo|hamburguesa|aguacate|leche|avena|atun"},
  {about(topic::out_of_scope), 6,
    "calorias|kcal|proteina|proteinas|hidratos tiene|tienen|lleva|llevan un|una|el|la|los|las|cien|100"},
  {about(topic::out_of_scope), 5,
    "how do i|you do|perform|execute _ squat|squats|deadlift|deadlifts|bench|pushup|plank|"
    "push|pull|lunge|lunges|row|rows|press|curl|curls"},
  {about(topic::out_of_scope), 5, "how to do|perform|squat|deadlift|bench"},
  {about(topic::out_of_scope), 5, "proper|correct|good|right|squat|deadlift|bench form|technique"},
  {about(topic::out_of_scope), 5, "como se hace|hacen|hago _ sentadilla|sentadillas|press|peso|dominadas|plancha|remo"},
  {about(topic::out_of_scope), 5, "tecnica de|del|para|correcta"},
  {about(topic::training_advice), -2.5, "killing|killed me"},
  {about(topic::readiness), 2.6, "workout|training|session|gym|exercise _ killing|killed|destroyed me"},
  {about(topic::readiness), 2.6, "entreno|entrenamiento|sesion|rutina|gimnasio _ matando|mata|mato"},
  {about(topic::out_of_scope), 4, "alcohol|beer|cerveza|wine|vino"},
  {about(topic::out_of_scope), 4, "capital of|de"},
  {about(topic::out_of_scope), 4, "tiempo _ hace|hara"},
  {about(topic::out_of_scope), 4,
    "running|walking|swimming|cycling|correr|caminar|nadar|bici _ burn|burns|quema|queman"},
  {about(topic::out_of_scope), 4,
    "burn|burned|quema|queman|quemo _ running|walking|swimming|cycling|correr|corriendo|caminando|nadando"},
  {about(topic::out_of_scope), 3.5, "eat|comer|como _ before|after|antes|despues"},
  {about(topic::out_of_scope), 3, "exercise|exercises|ejercicio|ejercicios _ for|para"},
});

constexpr auto training = std::to_array<cue>({
  {in(training_subject::schedule), 2, "how many|often _ days|times|train|workout"},
  {in(training_subject::schedule), 2, "cuantos|cuantas dias|veces"},
  {in(training_subject::schedule), 1.5, "split|routine|rutina|plan|program|programa|programme|schedule"},
  {in(training_subject::volume), 2.5, "sets|series"},
  {in(training_subject::repetitions), 2.5, "reps|repetitions|repeticiones"},
  {in(training_subject::repetitions), 2.5, "rep range|ranges"},
  {in(training_subject::progression), 2.5, "add|increase|raise|heavier _ weight|load"},
  {in(training_subject::progression), 2.5, "subir|subo|aumentar|aumento _ peso|carga|cargas"},
  {in(training_subject::progression), 2,
    "progressive|overload|sobrecarga|progression|progresion|stronger|fuerza|fuerte|strength"},
  {in(training_subject::progression), 2, "stuck|plateau|stalled|estancado|estancada|sube"},
  {in(training_subject::deload), 3, "deload|descarga"},
  {in(training_subject::warm_up), 3, "warm|warming up"},
  {in(training_subject::warm_up), 3, "warmup|calentar|calentamiento|caliento"},
  {in(training_subject::cardio), 2.5, "cardio|aerobic|aerobico|hiit|run|running|correr|endurance|resistencia"},
});

}  // namespace

std::span<const cue> topic_cues() {
  return topics;
}
std::span<const cue> training_cues() {
  return training;
}

}  // namespace genesis::coach
