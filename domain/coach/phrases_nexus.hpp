#pragma once

#include "domain/coach/wording.hpp"

#include <array>

// Nexus's texts: small talk, what the coach can do, and emergencies.

namespace genesis::coach::phrases {

inline constexpr auto greetings =
  std::to_array<phrase>({{"Hi{name}! Good to see you.", "¡Hola{name}! Me alegra verte por aquí."},
    {"Hello{name}! What are we working on today?", "¡Hola{name}! ¿En qué trabajamos hoy?"}});
inline constexpr phrase greeting_offer{"Ask me how much to eat, what your training should look like, how your weight "
                                       "is moving or whether today is a day to rest.",
  "Pregúntame cuánto comer, cómo plantear tu entrenamiento, cómo evoluciona tu peso o si hoy toca descansar."};
inline constexpr phrase greeting_gaps{
  "We haven't met properly yet: with {fields} I can give you numbers of your own. No need to type it all at once.",
  "Todavía no nos conocemos bien: con {fields} puedo darte números a tu medida. No hace falta que me lo cuentes todo "
  "de golpe."};

inline constexpr auto welcomes =
  std::to_array<phrase>({{"You're welcome{name}. Come back whenever you want to check a number or a plan.",
                           "¡De nada{name}! Vuelve cuando quieras revisar un número o un plan."},
    {"Any time{name}. Good luck with the next session.", "¡Para eso estoy{name}! Suerte con la próxima sesión."}});

inline constexpr phrase heard{"Good. Ask whenever you want to go on.", "Perfecto. Pregunta cuando quieras seguir."};

inline constexpr phrase farewell{"See you soon{name}. Take care!", "¡Hasta pronto{name}! Cuídate mucho."};

inline constexpr phrase capabilities_lead{
  "I'm software, not a person: a small team of specialists who answer from your records and published formulas.",
  "Soy un programa, no una persona: un pequeño equipo de especialistas que responden con tus registros y fórmulas "
  "publicadas."};
inline constexpr phrase capabilities_sage{
  "- Sage, nutrition: daily energy, macros, protein and water (\"how much should I eat to lose weight?\")",
  "- Sage, nutrición: energía diaria, macros, proteína y agua («¿cuánto debo comer para bajar de peso?»)"};
inline constexpr phrase capabilities_blaze{"- Blaze, training: your one-rep max, heart rate zones, sets, progression "
                                           "and schedule (\"I benched 100 kg for 5, what's my max?\")",
  "- Blaze, entrenamiento: tu repetición máxima, zonas de frecuencia cardíaca, series, progresión y reparto semanal "
  "(«hice 5 con "
  "100 kg en banca, ¿cuál es mi máximo?»)"};
inline constexpr phrase capabilities_stella{
  "- Stella, progress: where your weight is really heading (\"how am I doing?\")",
  "- Stella, progreso: hacia dónde va de verdad tu peso («¿cómo voy?»)"};
inline constexpr phrase capabilities_wave{
  "- Wave, recovery: whether to train today, and sleep (\"should I train today?\")",
  "- Wave, recuperación: si hoy conviene entrenar, y el sueño («¿debería entrenar hoy?»)"};
inline constexpr phrase capabilities_limits{
  "I don't diagnose, prescribe or write recipes, and I refuse diets that would harm you.",
  "No diagnostico, no receto ni escribo recetas de cocina, y rechazo las dietas que te harían daño."};

inline constexpr phrase out_of_scope{
  "That one is outside what I can answer well, and I'd rather say so than invent something.",
  "Eso queda fuera de lo que puedo responder bien, y prefiero decírtelo a inventarme algo."};
inline constexpr phrase out_of_scope_offer{"Where I'm useful: how much to eat, macros, protein and water, your one-rep "
                                           "max, heart rate zones and training basics, your weight "
                                           "trend, recovery and sleep. Put it in your own words and we'll start there.",
  "Donde sí puedo ayudarte: cuánto comer, macros, proteína y agua, tu repetición máxima, zonas de frecuencia cardíaca "
  "y las bases "
  "del entrenamiento, la tendencia de tu peso, la recuperación y el sueño. Cuéntamelo con tus palabras y empezamos."};

inline constexpr phrase told_and_no_question{
  "What shall we do with it: how much to eat, your heart rate zones, your body mass index?",
  "¿Qué hacemos con eso: cuánto comer, tus zonas de frecuencia cardíaca, tu índice de masa corporal?"};

inline constexpr phrase profile_known{"Here is what I know about you: {facts}.", "Esto es lo que sé de ti: {facts}."};
inline constexpr phrase profile_empty{
  "So far I know nothing about your body or your goals.", "De momento no sé nada de tu cuerpo ni de tus objetivos."};
inline constexpr phrase profile_missing{
  "Still missing: {fields}. With that I can work out your numbers instead of guessing.",
  "Todavía falta: {fields}. Con eso puedo calcular tus números en lugar de suponerlos."};
inline constexpr phrase profile_complete{
  "That's everything my formulas need.", "Es todo lo que necesitan mis fórmulas."};
inline constexpr phrase fact_age{"{value} years old", "{value} años"};
inline constexpr phrase fact_male{"male", "hombre"};
inline constexpr phrase fact_female{"female", "mujer"};
inline constexpr phrase fact_height{"{value} tall", "{value} de altura"};
inline constexpr phrase fact_weight{"{value} on {date}", "{value} el {date}"};
inline constexpr phrase fact_body_fat{"{value} body fat", "{value} de grasa corporal"};
inline constexpr phrase fact_activity{"activity {value}", "actividad {value}"};
inline constexpr phrase fact_goal{"your goal is {value}", "tu objetivo es {value}"};
inline constexpr phrase level_sedentary{"sedentary", "sedentaria"};
inline constexpr phrase level_light{"light", "ligera"};
inline constexpr phrase level_moderate{"moderate", "moderada"};
inline constexpr phrase level_active{"high", "alta"};
inline constexpr phrase level_very_active{"very high", "muy alta"};

// Emergencies. Short, imperative, the call first.

inline constexpr phrase call_now{"Call your local emergency number now: 112 in Europe, 911 in most of the Americas. "
                                 "Please don't wait to see if it passes.",
  "Llama ahora mismo a emergencias: 112 en Europa, 911 en la mayor parte de América. No esperes a ver si se pasa."};
inline constexpr phrase emergency_heart{"Stop whatever you're doing, sit down and stay still. Chest pain or pressure "
                                        "can be the heart, above all with sweating, nausea or pain "
                                        "in the arm or jaw. Don't drive yourself; have somebody stay with you.",
  "Deja lo que estés haciendo, siéntate y no te esfuerces. Un dolor o una presión en el pecho puede venir del corazón, "
  "sobre todo con "
  "sudor frío, náuseas o dolor en el brazo o la mandíbula. No conduzcas; que alguien se quede contigo."};
inline constexpr phrase emergency_stroke{"A drooping face, a weak arm or trouble speaking can be a stroke, and every "
                                         "minute counts. Note the time it began, and don't eat, drink "
                                         "or drive.",
  "La cara caída, un brazo sin fuerza o dificultad para hablar pueden ser un ictus, y cada minuto cuenta. Apunta a qué "
  "hora empezó y "
  "no comas, bebas ni conduzcas."};
inline constexpr phrase emergency_breathing{
  "If something is stuck in the throat and coughing doesn't bring it up: five firm blows between the shoulder blades, "
  "then five sharp thrusts above the navel, in turn until it is out. Otherwise sit upright, loosen anything tight and "
  "try to breathe slowly. If you have a rescue inhaler, use it while help is on the way.",
  "Si hay algo atascado en la garganta y toser no lo saca: cinco golpes fuertes entre los omóplatos y luego cinco "
  "compresiones por encima del ombligo, por turnos hasta que salga. Si no, siéntate con la espalda recta, afloja la "
  "ropa y procura respirar despacio. Si tienes un inhalador de rescate, úsalo mientras llega la ayuda."};
inline constexpr phrase emergency_allergy{"A swelling face or throat, hives or trouble breathing can be anaphylaxis. "
                                          "If you have an adrenaline pen, use it now, lie down with your "
                                          "legs up, and stay where people can see you.",
  "Hinchazón de cara o garganta, ronchas o dificultad para respirar pueden ser una anafilaxia. Si tienes un "
  "autoinyector de adrenalina, "
  "úsalo ya, túmbate con las piernas en alto y quédate a la vista de alguien."};
inline constexpr phrase faint_stop{
  "If you feel it now, stop at once, sit or lie down with your legs raised, and don't stay alone.",
  "Si lo notas ahora, para enseguida, siéntate o túmbate con las piernas en alto y no te quedes a solas."};
inline constexpr phrase faint_call{
  "Call your local emergency number, 112 in Europe or 911 in most of the Americas, if you pass out, if your chest "
  "hurts "
  "or presses, your heart races or stumbles, breath or words fail you, one side goes weak, or it doesn't pass within "
  "minutes of lying down.",
  "Llama a emergencias, al 112 en Europa o al 911 en gran parte de América, si te desmayas, si te duele o te oprime el "
  "pecho, si el corazón se acelera o da saltos, si te falta el aire o el habla, si se te debilita un lado, o si no se "
  "pasa en unos minutos en reposo."};
inline constexpr phrase faint_doctor{
  "Faintness in training can come from the heart: see a doctor before the next session, and until then don't train, "
  "drive or swim.",
  "Marearse hasta casi desmayarse al entrenar puede venir del corazón: ve a un médico antes de la próxima sesión y, "
  "hasta entonces, no entrenes, ni conduzcas, ni nades."};
inline constexpr phrase only_two_languages{
  "I understand English and Spanish only: ask me again in one of them and I'll gladly help. In an emergency call 112 "
  "or "
  "911. / Solo entiendo inglés y español; en una emergencia, llama al 112 o al 911.",
  "Solo entiendo español e inglés: pregúntame otra vez en uno de los dos y te ayudo con gusto. En una emergencia, "
  "llama al "
  "112 o al 911. / I understand English and Spanish only; in an emergency call 112 or 911."};
inline constexpr phrase emergency_fainting{
  "Whoever doesn't wake up and isn't breathing normally needs chest compressions at once: push hard and fast on the "
  "middle of the chest, about two a second, until help comes, and have somebody fetch a defibrillator. Whoever "
  "breathes "
  "but doesn't wake up belongs on their side. Somebody who has come round should lie down with the legs raised, and "
  "not train until a doctor has looked at it.",
  "Quien no despierta y no respira con normalidad necesita compresiones ya: empuja fuerte y rápido en el centro del "
  "pecho, unas dos por segundo, hasta que llegue la ayuda, y que alguien busque un desfibrilador. Quien respira pero "
  "no "
  "despierta debe quedar de lado. Quien ya ha vuelto en sí debe tumbarse con las piernas en alto y no entrenar hasta "
  "que lo vea un médico."};
inline constexpr phrase emergency_other{
  "Stop whatever you're doing and don't stay alone. Overheated: into the shade, clothes off, cool with water. Low "
  "sugar "
  "and awake: sugar or juice now. A seizure: keep hard things away, don't hold the person down, and lay them on their "
  "side afterwards. A blow to the head or to the back: keep still until help comes.",
  "Deja lo que estés haciendo y no te quedes a solas. Por calor: a la sombra, quita ropa y enfría con agua. Azúcar "
  "baja "
  "y despierto: azúcar o zumo ya. Una convulsión: aparta lo duro, no sujetes a la persona y ponla de lado después. Un "
  "golpe en la cabeza o en la espalda: no te muevas hasta que llegue la ayuda."};
inline constexpr phrase emergency_bleeding{"Press hard on the wound with a clean cloth and keep pressing until help "
                                           "comes. Blood that is coughed up or vomited always needs a "
                                           "doctor at once.",
  "Aprieta fuerte sobre la herida con un paño limpio y no sueltes hasta que llegue la ayuda. Si se tose o se vomita "
  "sangre, hace falta un "
  "médico de inmediato."};
inline constexpr phrase emergency_self_harm{"I'm really glad you told me, and I'm sorry it hurts this much. You don't "
                                            "have to carry it alone right now: please talk to somebody who "
                                            "can be with you.",
  "Gracias por contármelo; siento mucho que duela tanto. No tienes que cargar con esto a solas: habla ahora con "
  "alguien que pueda estar "
  "contigo."};
inline constexpr phrase call_crisis_line{"If you might act on it, call your emergency number now (112 in Europe, 911 "
                                         "in most of the Americas). Lines that listen day and night: "
                                         "988 in the United States and Canada, 116 123 in the United Kingdom and "
                                         "Ireland, 024 in Spain, 800 911 2000 in Mexico.",
  "Si crees que podrías hacerte daño, llama ya a emergencias (112 en Europa, 911 en la mayor parte de América). Líneas "
  "que escuchan día y "
  "noche: 024 en España, 800 911 2000 en México, 988 en Estados Unidos."};
inline constexpr phrase stay_with_somebody{"Move away from anything you could hurt yourself with, and ask a friend or "
                                           "a relative to come over. The training can wait; you matter "
                                           "more.",
  "Aléjate de cualquier cosa con la que pudieras hacerte daño y pide a una amistad o a un familiar que venga. El "
  "entrenamiento puede "
  "esperar; tú importas más."};
inline constexpr phrase emergency_poisoning{
  "Don't wait until you feel something: with some medicines the first hours seem harmless. Don't make yourself sick, "
  "keep the packet for the paramedics, and don't stay alone.",
  "No esperes a notar algo: con algunos medicamentos las primeras horas parecen inofensivas. No provoques el vómito, "
  "guarda el envase para los sanitarios y no te quedes a solas."};
inline constexpr phrase emergency_embolism{
  "A calf or leg that is swollen and hurts can hold a blood clot, and short breath can mean that it has reached the "
  "lungs. Sit or lie still, don't rub or massage the leg, don't walk it off, and have somebody stay with you.",
  "Una pantorrilla o pierna hinchada que duele puede tener un coágulo, y la falta de aire puede significar que ha "
  "llegado a los pulmones. Quédate en reposo, no frotes ni masajees la pierna, no intentes caminarlo y que alguien se "
  "quede contigo."};
inline constexpr phrase emergency_rhythm{
  "A heart that races without effort, with dizziness, faintness or short breath, can be out of its rhythm. Lie down "
  "before you fall, keep still, take no coffee or stimulants, don't drive, and have somebody stay with you.",
  "Un corazón que se acelera sin esfuerzo, con mareo, desmayo o falta de aire, puede haber perdido el ritmo. Túmbate "
  "antes de caerte, no te muevas, nada de café ni estimulantes, no conduzcas y que alguien se quede contigo."};
inline constexpr phrase emergency_childs_poisoning{
  "Do so even if the child seems well. Don't make them vomit and give nothing to eat or drink unless you're told to; "
  "take away what is left in the mouth, and keep the packet or what remains for the paramedics. Poison centres answer "
  "day and night: 1-800-222-1222 in the United States, 111 in the United Kingdom, 915 620 420 in Spain.",
  "Hazlo aunque parezca estar bien. No provoques el vómito y no le des de comer ni beber si no te lo indican; retira "
  "lo "
  "que quede en la boca y guarda el envase o los restos para los sanitarios. Los centros de toxicología atienden día y "
  "noche: 915 620 420 en España, 1-800-222-1222 en Estados Unidos."};
inline constexpr phrase emergency_injury{
  "After a blow to the head, or with legs that don't feel or move: keep still, don't bend or twist the neck or back, "
  "take nothing to eat or drink, and don't stay alone. Whoever vomits or grows drowsy is turned on their side, with "
  "head and back in one line.",
  "Tras un golpe en la cabeza, o con las piernas sin sensibilidad o sin fuerza: no te muevas, no dobles ni gires el "
  "cuello ni la espalda, no comas ni bebas y no te quedes a solas. A quien vomite o se adormezca hay que ponerlo de "
  "lado, con cabeza y espalda alineadas."};
inline constexpr phrase emergency_muscle_breakdown{
  "Urine as dark as cola can mean that muscle is breaking down into the blood (rhabdomyolysis) or that there is blood "
  "in it, and the kidneys suffer from both. Don't train, take no ibuprofen or other painkillers of its kind, sip water "
  "if you can, and have blood and urine tested today.",
  "Una orina oscura como la cola puede significar que el músculo se está descomponiendo en la sangre (rabdomiólisis) o "
  "que lleva sangre, y los riñones sufren con las dos cosas. No entrenes, no tomes ibuprofeno ni parecidos, bebe agua "
  "a "
  "sorbos si puedes y que te analicen sangre y orina hoy mismo."};
inline constexpr phrase still_an_emergency{
  "Before any number or plan: earlier you told me of something that can be an emergency, and I don't know yet that it "
  "is over.",
  "Antes de cualquier número o plan: hace un momento me contaste algo que puede ser una urgencia y todavía no sé que "
  "haya pasado."};
inline constexpr phrase call_if_still_there{
  "If it is still there or comes back, call your emergency number now (112 in Europe, 911 in most of the Americas). If "
  "it has passed, have a doctor look at it before you train or change what you eat.",
  "Si sigue o vuelve, llama ahora mismo a emergencias (112 en Europa, 911 en la mayor parte de América). Si ha pasado, "
  "que te vea un médico antes de entrenar o de cambiar lo que comes."};
inline constexpr phrase still_in_danger{
  "Before any number or plan: what you told me earlier matters more. Are you safe right now, and is somebody with you?",
  "Antes de cualquier número o plan: lo que me contaste importa más. ¿Estás a salvo ahora, hay alguien contigo?"};
inline constexpr phrase tell_when_over{
  "Tell me when it's over or a doctor has seen you, and we'll take up your question.",
  "Dime cuando haya pasado o te haya visto un médico y retomamos tu pregunta."};
inline constexpr phrase glad_it_is_over{
  "I'm glad to hear it. Keep to what the doctor told you, and call again at once if it comes back. What would you like "
  "to know?",
  "Me alegra saberlo. Sigue lo que te haya dicho el médico y, si vuelve, llama otra vez enseguida. ¿Qué querías "
  "saber?"};
inline constexpr phrase after_emergency{
  "Once a doctor has seen you, I'll gladly help you find your way back to training.",
  "Cuando te haya visto un médico, te ayudo con mucho gusto a volver a entrenar."};

inline constexpr phrase eating_disorder_care{"Thank you for trusting me with that. What you describe deserves proper "
                                             "care, and not a number from me: calories or targets could make "
                                             "it worse.",
  "Gracias por confiármelo. Lo que describes merece una atención de verdad y no un número mío: las calorías o los "
  "objetivos podrían "
  "empeorarlo."};
inline constexpr phrase eating_disorder_help{
  "Please talk to your doctor, a psychologist or a dietitian who works with eating disorders, and tell somebody close "
  "to you today. If "
  "you feel faint, have chest pain or can't keep fluids down, call your emergency number (112 or 911).",
  "Habla con tu médico, con un psicólogo o con un dietista que trabaje los trastornos de la conducta alimentaria, y "
  "cuéntaselo hoy a "
  "alguien cercano. Si sientes que te desmayas, te duele el pecho o no retienes líquidos, llama a emergencias (112 o "
  "911)."};

}  // namespace genesis::coach::phrases
