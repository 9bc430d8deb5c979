#include "domain/coach/topic_cues.hpp"

#include <array>

#include "domain/coach/topic.hpp"

namespace genesis::coach {

namespace {

constexpr int about(topic what) {
  return static_cast<int>(what);
}
constexpr int sign_of(emergency_kind kind) {
  return static_cast<int>(kind);
}
constexpr int in(training_subject subject) {
  return static_cast<int>(subject);
}

constexpr auto emergencies = std::to_array<cue>({
  {sign_of(emergency_kind::heart), 1, "chest _ pain|pains|pressure|tight|tightness|hurts|hurting"},
  {sign_of(emergency_kind::heart), 1, "pain|pressure|tightness _ chest"},
  {sign_of(emergency_kind::heart), 1, "heart attack"},
  {sign_of(emergency_kind::heart), 1, "dolor|presion|opresion _ pecho"},
  {sign_of(emergency_kind::heart), 1, "duele|oprime|aprieta _ pecho"},
  {sign_of(emergency_kind::heart), 1, "pecho _ duele|oprime|aprieta"},
  {sign_of(emergency_kind::heart), 1, "infarto"},
  {sign_of(emergency_kind::heart), 1, "ataque al corazon"},
  {sign_of(emergency_kind::heart), 1, "ataque|paro cardiaco"},
  {sign_of(emergency_kind::heart), 1, "cardiac arrest"},
  {sign_of(emergency_kind::stroke), 1, "a|having|had|have|of stroke"},
  {sign_of(emergency_kind::stroke), 1, "face|mouth _ drooping|droops|droopy|numb"},
  {sign_of(emergency_kind::stroke), 1, "speech _ slurred"},
  {sign_of(emergency_kind::stroke), 1, "slurred speech"},
  {sign_of(emergency_kind::stroke), 1, "arm|side _ paralysed|paralyzed|gone numb"},
  {sign_of(emergency_kind::stroke), 1, "numb|numbness|weakness _ one side"},
  {sign_of(emergency_kind::stroke), 1, "derrame cerebral"},
  {sign_of(emergency_kind::stroke), 1, "ictus|embolia"},
  {sign_of(emergency_kind::stroke), 1, "cara|boca _ torcida|caida|dormida|paralizada"},
  {sign_of(emergency_kind::stroke), 1, "no puedo|puede|consigo hablar bien"},
  {sign_of(emergency_kind::breathing), 1, "cant|cannot|unable|not|hardly|barely|struggling _ breathe"},
  {sign_of(emergency_kind::breathing), 1, "trouble|difficulty breathing"},
  {sign_of(emergency_kind::breathing), 1, "choking"},
  {sign_of(emergency_kind::breathing), 1, "no|apenas puedo|puede|consigo respirar"},
  {sign_of(emergency_kind::breathing), 1, "cuesta _ respirar"},
  {sign_of(emergency_kind::breathing), 1, "me falta|ahogo|estoy _ aire|ahogando|asfixiando"},
  {sign_of(emergency_kind::breathing), 1, "me ahogo|asfixio"},
  {sign_of(emergency_kind::allergy), 1, "anaphyla*|anafila*"},
  {sign_of(emergency_kind::allergy), 1, "severe|bad|strong _ allergic|allergy reaction"},
  {sign_of(emergency_kind::allergy), 1, "allergic reaction"},
  {sign_of(emergency_kind::allergy), 1, "reaccion alergica"},
  {sign_of(emergency_kind::allergy), 1, "throat|tongue|face|lips _ swelling|swollen|swells|closing"},
  {sign_of(emergency_kind::allergy), 1, "garganta|lengua|cara|labios _ hinchada|hinchado|hinchados|hinchando|cierra|cerrando|hincha"},
  {sign_of(emergency_kind::allergy), 1, "hincha|hinchado|hinchada|cierra _ garganta|lengua|cara|labios"},
  {sign_of(emergency_kind::fainting), 1, "faint|fainted|fainting"},
  {sign_of(emergency_kind::fainting), 1, "passed|passing|pass|blacked|blacking out"},
  {sign_of(emergency_kind::fainting), 1, "lost|losing|lose consciousness"},
  {sign_of(emergency_kind::fainting), 1, "unconscious|collapsed"},
  {sign_of(emergency_kind::fainting), 1, "desmay*|inconsciente|desvanec*"},
  {sign_of(emergency_kind::fainting), 1, "perdi|pierdo|perder|perdio|perdido _ conocimiento|conciencia|consciencia"},
  {sign_of(emergency_kind::bleeding), 1, "bleeding _ stop|heavily|badly|lot"},
  {sign_of(emergency_kind::bleeding), 1, "coughing|vomiting|throwing _ blood"},
  {sign_of(emergency_kind::bleeding), 1, "sangr* _ mucho|para|parar"},
  {sign_of(emergency_kind::bleeding), 1, "vomit*|tos*|escup* _ sangre"},
  {sign_of(emergency_kind::self_harm), 1, "kill|killing|hang|hurting myself"},
  {sign_of(emergency_kind::self_harm), 1, "want|going|need|plan|thinking _ hurt|hurting|harm|harming|cut|cutting myself"},
  {sign_of(emergency_kind::self_harm), 1, "suicid*"},
  {sign_of(emergency_kind::self_harm), 1, "self harm"},
  {sign_of(emergency_kind::self_harm), 1, "want|wanna|wish|rather _ die|dead"},
  {sign_of(emergency_kind::self_harm), 1, "wanna die"},
  {sign_of(emergency_kind::self_harm), 1, "dont|not|longer want _ live|alive|exist"},
  {sign_of(emergency_kind::self_harm), 1, "no reason to live"},
  {sign_of(emergency_kind::self_harm), 1, "end|ending|take|taking my own life"},
  {sign_of(emergency_kind::self_harm), 1, "end|ending|take|taking my life"},
  {sign_of(emergency_kind::self_harm), 1, "end it all"},
  {sign_of(emergency_kind::self_harm), 1, "better off dead"},
  {sign_of(emergency_kind::self_harm), 1, "quiero|quisiera|ganas _ morir|morirme|desaparecer"},
  {sign_of(emergency_kind::self_harm), 1, "matarme|autolesion*"},
  {sign_of(emergency_kind::self_harm), 1, "quitarme|quitar|acabar|terminar _ mi|la vida"},
  {sign_of(emergency_kind::self_harm), 1, "no quiero _ vivir"},
  {sign_of(emergency_kind::self_harm), 1, "hacerme|cortarme _ dano|venas"},
});

constexpr auto harmless = std::to_array<cue>({
  {sign_of(emergency_kind::self_harm), 1, "suicide|suicides sprint|sprints|run|runs|drill|drills|grip|squad"},
  {sign_of(emergency_kind::self_harm), 1, "agarre suicida"},
  {sign_of(emergency_kind::self_harm), 1, "dead lift|lifts|lifting|hang|hangs|bug|bugs|weight"},
  {sign_of(emergency_kind::stroke), 1, "stroke volume|rate|length|technique"},
  {sign_of(emergency_kind::stroke), 1, "rowing|swimming|swim stroke"},
  {sign_of(emergency_kind::fainting), 1, "faint hearted"},
});

constexpr auto topics = std::to_array<cue>({
  {about(topic::eating_disorder), 4, "anorex*|bulimi*"},
  {about(topic::eating_disorder), 4, "eating disorder"},
  {about(topic::eating_disorder), 4, "trastorno _ aliment*"},
  {about(topic::eating_disorder), 4, "make|making myself throw|vomit|sick|puke"},
  {about(topic::eating_disorder), 4, "purge|purging|laxative|laxatives|laxantes"},
  {about(topic::eating_disorder), 4, "vomito|vomitar _ comer|comida"},
  {about(topic::eating_disorder), 4, "provoc* _ vomito"},
  {about(topic::eating_disorder), 4, "havent eaten _ days"},
  {about(topic::eating_disorder), 4, "stop|stopped eating completely|altogether|entirely"},
  {about(topic::eating_disorder), 4, "llevo _ dias sin comer"},
  {about(topic::eating_disorder), 4, "dejar|deje de comer"},
  {about(topic::eating_disorder), 4, "binge|binging|atracon|atracones"},

  {about(topic::pain), 2.5, "hurt|hurts|hurting|pain|painful|ache|aches|injur*|sprain*|strained"},
  {about(topic::pain), 2.5, "duele|duelen|dolor|dolores|lesion*|molestia|molestias|esguince"},
  {about(topic::medical_question), 3, "diagnos*|medication*|medicine*|medicament*|pastillas|pills|prescri*"},
  {about(topic::medical_question), 3, "diabet*|hypertens*|hipertens*|tiroid*|thyroid"},
  {about(topic::medical_question), 3, "blood pressure|sugar"},
  {about(topic::medical_question), 3, "palpitations|palpitaciones|dizzy|dizziness|mareo|mareos|mareado|mareada"},

  {about(topic::macros), 3, "macro|macros|macronutri*"},
  {about(topic::macros), 3, "carb|carbs|carbohydrate|carbohydrates|carbohidratos|hidratos"},
  {about(topic::macros), 3, "how much _ fat|fibre|fiber"},
  {about(topic::macros), 3, "cuanta _ grasa|fibra"},
  {about(topic::macros), 2, "fiber|fibre|fibra"},
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
  {about(topic::heart_rate_zones), 3, "hr max|zones|zone"},
  {about(topic::heart_rate_zones), 2.5, "pulse|pulso|pulsaciones|hrmax"},
  {about(topic::heart_rate_zones), 3, "karvonen|tanaka|gellish|gulati"},
  {about(topic::heart_rate_zones), 2, "fox"},
  {about(topic::heart_rate_zones), 1, "bpm|lpm|ppm"},

  {about(topic::readiness), 3.5, "should|can|could|shall|may i _ train|workout|exercise|lift|run|gym _ today|tonight|now|tomorrow"},
  {about(topic::readiness), 3.5, "should|can|could|shall i _ work out _ today|tonight|now"},
  {about(topic::readiness), 3, "should|can i _ train|workout|exercise|rest"},
  {about(topic::readiness), 3, "should i work out"},
  {about(topic::readiness), 3, "readiness|recovery|recovered|recovering|recover"},
  {about(topic::readiness), 3, "am i ready"},
  {about(topic::readiness), 3, "ready to train"},
  {about(topic::readiness), 2.5, "rest day"},
  {about(topic::readiness), 2.5, "tired|exhausted|fatigue|fatigued|sore|soreness|overtrain*|drained|wiped"},
  {about(topic::readiness), 3.5, "debo|deberia|puedo|podria|conviene|toca _ entren*|correr|gimnasio _ hoy|manana"},
  {about(topic::readiness), 3, "debo|deberia|puedo|conviene _ entrenar|descansar"},
  {about(topic::readiness), 3, "hoy _ entren*|descanso|descansar"},
  {about(topic::readiness), 3, "entreno|entrenar _ hoy"},
  {about(topic::readiness), 3, "recuper*|sobreentren*"},
  {about(topic::readiness), 2.5, "dia de descanso"},
  {about(topic::readiness), 2.5, "cansado|cansada|agotado|agotada|fatiga|fatigado|fatigada|agujetas|reventado|reventada"},

  {about(topic::sleep), 2.7, "sleep|slept|sleeping|asleep|insomnia|nap|naps"},
  {about(topic::sleep), 2.7, "dormir|duermo|dormi|dormido|duermes|durmiendo|sueno|insomnio|siesta"},

  {about(topic::weight_trend), 3, "how _ am i|im doing|going|progressing"},
  {about(topic::weight_trend), 3, "hows|how _ is|my going|coming along"},
  {about(topic::weight_trend), 3, "progress|progressing|trend"},
  {about(topic::weight_trend), 3.5, "am i _ losing|gaining|making"},
  {about(topic::weight_trend), 3, "on track"},
  {about(topic::weight_trend), 2, "results|resultados"},
  {about(topic::weight_trend), 3, "weight _ changing|changed|going|plateau|stuck|stalled|history|moving"},
  {about(topic::weight_trend), 3, "have i|ive lost|gained"},
  {about(topic::weight_trend), 3, "how much _ have i lost|gained"},
  {about(topic::weight_trend), 3, "como _ voy|vamos"},
  {about(topic::weight_trend), 3, "que tal _ voy|vamos"},
  {about(topic::weight_trend), 3, "progreso|progresando|tendencia|evolucion|evoluciona|avance|avances"},
  {about(topic::weight_trend), 3.5, "estoy _ bajando|perdiendo|adelgazando|ganando|subiendo|avanzando|progresando"},
  {about(topic::weight_trend), 3, "como _ va _ peso"},
  {about(topic::weight_trend), 3, "peso _ estancado|baja|cambia|estanca"},
  {about(topic::weight_trend), 3, "he|cuanto _ perdido|bajado|adelgazado|ganado|subido"},

  {about(topic::resting_energy), 3, "bmr|rmr|basal|tmb"},
  {about(topic::resting_energy), 3, "resting energy|metabol*|calories|expenditure"},
  {about(topic::resting_energy), 2.2, "metabolism|metabolic|metabolismo|metabolica"},
  {about(topic::resting_energy), 3.5, "burn|use|spend|consume _ at rest"},
  {about(topic::resting_energy), 3, "burn _ doing nothing"},
  {about(topic::resting_energy), 3, "gasto|gasta|quemo|calorias _ reposo"},
  {about(topic::resting_energy), 2.5, "harris*|mifflin*|katch*"},

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

  {about(topic::energy_target), 1.6, "how much|many _ eat|eating|consume"},
  {about(topic::energy_target), 1.6, "what _ should|can|do i eat"},
  {about(topic::energy_target), 1.5, "calorie|calories|caloric|kcal|kcals|cals"},
  {about(topic::energy_target), 2, "how many calories|kcal"},
  {about(topic::energy_target), 2.5, "tdee|maintenance|deficit|surplus|superavit|mantenimiento"},
  {about(topic::energy_target), 1, "diet|dieta|comer|eat|eating|nutrition|nutricion"},
  {about(topic::energy_target), 1.8, "lose|losing|drop|shed _ weight|fat|kilos|kg|pounds|lbs|lb|kilo"},
  {about(topic::energy_target), 1.8, "weight|fat loss"},
  {about(topic::energy_target), 1.5, "slim|cutting|bulk|bulking|recomp*"},
  {about(topic::energy_target), 1.6, "gain|put _ weight|mass|kilos|kg|pounds"},
  {about(topic::energy_target), 1.2, "gain|build _ muscle"},
  {about(topic::energy_target), 1.6, "cuanto|cuanta|que _ comer|como|comida|debo comer"},
  {about(topic::energy_target), 1.5, "caloria|calorias|caloric*|kilocalorias"},
  {about(topic::energy_target), 2, "cuantas calorias|kcal"},
  {about(topic::energy_target), 1.8, "bajar|perder|rebajar|quemar _ peso|grasa|kilos|kg|kilo|libras"},
  {about(topic::energy_target), 1.8, "adelgaz*"},
  {about(topic::energy_target), 1.6, "ganar|subir|aumentar _ peso|masa|kilos|kg"},
  {about(topic::energy_target), 1.2, "ganar|aumentar _ musculo|muscular"},
  {about(topic::energy_target), 1.5, "definicion|volumen"},

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
  {about(topic::training_advice), 1.2, "train|training|exercise|exercises|entrenar|entreno|entrenamiento|ejercicio|ejercicios"},
  {about(topic::training_advice), 1.2, "gym|gimnasio|running|correr|run|beginner|principiante"},
  {about(topic::training_advice), 1.2, "work|working out"},

  {about(topic::capabilities), 4, "what|how _ can|do you _ do|help|answer"},
  {about(topic::capabilities), 4, "who|what are you"},
  {about(topic::capabilities), 4, "who is|are sage|blaze|stella|wave|nexus"},
  {about(topic::capabilities), 3, "how _ you|this work|works"},
  {about(topic::capabilities), 1, "help|ayuda|ayudame"},
  {about(topic::capabilities), 4, "que _ puedes|sabes hacer"},
  {about(topic::capabilities), 4, "en que|como _ puedes|puede ayudar*"},
  {about(topic::capabilities), 4, "quien|que eres"},
  {about(topic::capabilities), 4, "quien|quienes _ sage|blaze|stella|wave|nexus"},
  {about(topic::capabilities), 3, "como funciona|funcionas"},
  {about(topic::capabilities), 3, "que haces|ofreces"},

  {about(topic::thanks), 1, "thank|thanks|thx|gracias|cheers"},
  {about(topic::thanks), 1, "bye|goodbye|adios|chao"},
  {about(topic::thanks), 1, "hasta luego|pronto|manana"},
  {about(topic::thanks), 0.9, "ok|okay|vale|perfect|perfecto|genial|great|cool|awesome"},

  {about(topic::greeting), 0.9, "hi|hello|hey|hola|holi|buenas|hiya|howdy"},
  {about(topic::greeting), 0.9, "good morning|afternoon|evening|day"},
  {about(topic::greeting), 0.9, "buenos dias"},
  {about(topic::greeting), 0.9, "how are you"},
  {about(topic::greeting), 0.9, "que tal|hay"},
  {about(topic::greeting), 0.9, "como estas"},

  {about(topic::out_of_scope), 4, "weather|clima|president|presidente|bitcoin|stocks|poem|poema|joke|chiste|movie|pelicula"},
  {about(topic::out_of_scope), 4, "recipe|recipes|receta|recetas|python|homework|deberes|football|futbol"},
  {about(topic::out_of_scope), 4, "steroid*|esteroid*|creatin*|supplement*|suplement*|ozempic|semaglutid*|caffeine|cafeina"},
  {about(topic::out_of_scope), 4, "alcohol|beer|cerveza|wine|vino"},
  {about(topic::out_of_scope), 4, "capital of|de"},
  {about(topic::out_of_scope), 4, "tiempo _ hace|hara"},
  {about(topic::out_of_scope), 4, "bmi|imc"},
});

constexpr auto training = std::to_array<cue>({
  {in(training_subject::schedule), 2, "how many|often _ days|times|train|workout"},
  {in(training_subject::schedule), 2, "cuantos|cuantas dias|veces"},
  {in(training_subject::schedule), 1.5, "split|routine|rutina|plan|program|programa|programme|schedule"},
  {in(training_subject::volume), 2.5, "sets|series"},
  {in(training_subject::progression), 2.5, "add|increase|raise|heavier _ weight|load"},
  {in(training_subject::progression), 2.5, "subir|subo|aumentar|aumento _ peso|carga|cargas"},
  {in(training_subject::progression), 2, "progressive|overload|sobrecarga|progression|progresion|stronger|fuerza|fuerte|strength"},
  {in(training_subject::progression), 2, "stuck|plateau|stalled|estancado|estancada"},
  {in(training_subject::deload), 3, "deload|descarga"},
  {in(training_subject::warm_up), 3, "warm|warming up"},
  {in(training_subject::warm_up), 3, "warmup|calentar|calentamiento|caliento"},
  {in(training_subject::cardio), 2.5, "cardio|aerobic|aerobico|hiit|run|running|correr|endurance|resistencia"},
});

}  // namespace

std::span<const cue> topic_cues() {
  return topics;
}
std::span<const cue> emergency_cues() {
  return emergencies;
}
std::span<const cue> harmless_cues() {
  return harmless;
}
std::span<const cue> training_cues() {
  return training;
}

}  // namespace genesis::coach
