#pragma once

#include "domain/coach/wording.hpp"

// Wave's texts: readiness, sleep and pain.

namespace genesis::coach::phrases {

inline constexpr phrase readiness_low{"Yes, go and train: you score {score} out of 5, which means little fatigue. "
                                      "Today is a day for the session you had planned, or for the "
                                      "heavy one.",
  "Sí, entrena: sacas {score} sobre 5, es decir, poca fatiga. Hoy es día de la sesión que tenías prevista, o de la "
  "pesada."};
inline constexpr phrase readiness_moderate{"Yes, with a little restraint: you score {score} out of 5, a moderate "
                                           "fatigue. Keep the session, but leave two or three reps in the tank "
                                           "and skip the last hard set.",
  "Sí, con algo de freno: sacas {score} sobre 5, una fatiga moderada. Haz la sesión, pero guárdate dos o tres "
  "repeticiones y quita la "
  "última serie dura."};
inline constexpr phrase readiness_high{"Make it an easy day: you score {score} out of 5, so fatigue is high. Half the "
                                       "sets at a comfortable weight, or 30 minutes of walking, will "
                                       "do you more good than pushing through.",
  "Hoy, suave: sacas {score} sobre 5, así que la fatiga es alta. La mitad de las series con un peso cómodo, o 30 "
  "minutos caminando, te "
  "harán más bien que apretar."};
inline constexpr phrase readiness_severe{"Rest today: you score {score} out of 5, which is severe fatigue. A short "
                                         "walk and an early night are the training. If it stays like this "
                                         "for several days, talk to a doctor.",
  "Hoy toca descansar: sacas {score} sobre 5, una fatiga muy alta. Un paseo corto y acostarte temprano son el "
  "entrenamiento. Si sigues así "
  "varios días, consulta a un médico."};
inline constexpr phrase readiness_path{"It comes from your own entries of the last 24 hours: {entries}.",
  "Sale de tus propios registros de las últimas 24 horas: {entries}."};
inline constexpr phrase readiness_path_told{
  "It comes from what you told me: {entries}.", "Sale de lo que me has contado: {entries}."};
inline constexpr phrase readiness_path_mixed{"It comes from what you told me and your entries of the last 24 hours: "
                                             "{entries}.",
  "Sale de lo que me has contado y de tus registros de las últimas 24 horas: {entries}."};
inline constexpr phrase provisional_span{"With {entries}, you land somewhere between {low} and {high} out of 5.",
  "Con {entries}, quedas en algún punto entre {low} y {high} sobre 5."};
inline constexpr phrase provisional_rest{
  "So it's an easy day whatever the rest says: half the sets at a comfortable weight, or a walk.",
  "Así que hoy toca suave, diga lo que diga lo demás: la mitad de las series con un peso cómodo, o un paseo."};
inline constexpr phrase provisional_careful{"So that's a moderate fatigue at best: train if you like, but leave two or "
                                            "three reps in the tank and try no records.",
  "Es decir, una fatiga moderada en el mejor de los casos: entrena si te apetece, pero guárdate dos o tres "
  "repeticiones "
  "y nada de récords."};
inline constexpr phrase provisional_train{
  "Go and train: little fatigue, whatever the rest says.", "Entrena: hay poca fatiga, diga lo que diga lo demás."};
inline constexpr phrase provisional_open{
  "That decides nothing yet; start easy, and let the warm-up have the last word.",
  "Con eso todavía no se decide nada: empieza suave y que el calentamiento tenga la última palabra."};
inline constexpr phrase readiness_missing_more{
  "To pin it down, tell me {fields} too: a number from 1 to 5 each{hours}, here or in your progress.",
  "Para afinar, dime también {fields}: un número del 1 al 5 para cada cosa{hours}, aquí o en tu "
  "progreso."};
inline constexpr phrase readiness_arithmetic{
  "I take the mean of four marks from 1 to 5: sleep {sleep} (the lower of its quality and full 90-minute cycles), "
  "freshness {fresh} (6 minus "
  "soreness), energy {energy} and motivation {motivation}. That gives {score}.",
  "Hago la media de cuatro notas del 1 al 5: sueño {sleep} (la menor entre su calidad y los ciclos completos de 90 "
  "minutos), frescura "
  "{fresh} (6 menos las agujetas), energía {energy} y motivación {motivation}. Sale {score}."};
inline constexpr phrase readiness_weakest_sleep{"What pulls it down most is sleep.", "Lo que más lo baja es el sueño."};
inline constexpr phrase readiness_weakest_soreness{
  "What pulls it down most is soreness.", "Lo que más lo baja son las agujetas."};
inline constexpr phrase readiness_weakest_energy{
  "What pulls it down most is energy.", "Lo que más lo baja es la energía."};
inline constexpr phrase readiness_weakest_motivation{
  "What pulls it down most is motivation.", "Lo que más lo baja es la motivación."};
inline constexpr phrase readiness_raised_rate{
  "Your resting heart rate is {now}, against {usual} as usual, which costs half a point.",
  "Tu frecuencia en reposo es de {now}, frente a {usual} habituales, y eso resta medio punto."};
inline constexpr phrase entry_sleep_hours{"{value} hours of sleep", "{value} horas de sueño"};
inline constexpr phrase entry_sleep_quality{"sleep quality {value}", "calidad de sueño {value}"};
inline constexpr phrase entry_soreness{"soreness {value}", "agujetas {value}"};
inline constexpr phrase entry_energy{"energy {value}", "energía {value}"};
inline constexpr phrase as_i_read_it{"(as I read your words)", "(así leo tus palabras)"};
inline constexpr phrase entry_motivation{"motivation {value}", "motivación {value}"};
inline constexpr phrase readiness_prime{"Decide in the warm-up: if the second set feels wrong, cut it there.",
  "Decide en el calentamiento: si la segunda serie no va, corta ahí."};
inline constexpr phrase readiness_longevity{
  "One session more or less changes nothing; a year of listening to yourself changes everything.",
  "Una sesión más o menos no cambia nada; un año escuchándote lo cambia todo."};

inline constexpr phrase readiness_missing{
  "To judge today I need to know how you are, and these are missing: {fields}. Give each a number from 1 to 5{hours}, "
  "here in one line or in your progress, and I'll work it out.",
  "Para valorar el día necesito saber cómo estás hoy, y me falta: {fields}. Ponle a cada cosa un número del 1 al "
  "5{hours}, aquí en una línea o en tu progreso, y lo calculo."};
inline constexpr phrase hours_for_sleep{" (hours for sleep)", " (horas en el caso del sueño)"};
inline constexpr phrase readiness_rule_of_thumb{
  "Until then a simple rule: after a decent night, and with soreness that fades as you warm up, train; with fever, "
  "sharp pain or a second bad "
  "night in a row, rest.",
  "Mientras tanto, una regla sencilla: si has dormido bien y las agujetas se van al calentar, entrena; con fiebre, "
  "dolor agudo o la segunda "
  "noche mala seguida, descansa."};
inline constexpr phrase readiness_short_night{
  "After {hours} of sleep I'd keep it easy in any case.", "Con {hours} de sueño, en cualquier caso yo iría suave."};
inline constexpr phrase metric_sleep_quality{"sleep quality", "calidad de sueño"};
inline constexpr phrase metric_sleep_hours{"hours of sleep", "horas de sueño"};
inline constexpr phrase metric_soreness{"soreness", "agujetas"};
inline constexpr phrase metric_energy{"energy", "energía"};
inline constexpr phrase metric_motivation{"motivation", "motivación"};

// Sleep

inline constexpr phrase sleep_average{"Over the last week you slept {mean} a night on average, from {count}.",
  "En la última semana has dormido {mean} por noche de media, según {count}."};
inline constexpr phrase sleep_single{
  "Your only entry of the last week is {mean}.", "Tu único registro de la última semana es de {mean}."};
inline constexpr phrase sleep_stated{"You slept {hours}.", "Has dormido {hours}."};
inline constexpr phrase sleep_enough{
  "That meets the {least} that sleep physicians recommend for your age (AASM, Watson et al. 2015), so protect it.",
  "Llega a las {least} que recomiendan los especialistas del sueño para tu edad (AASM, Watson et al. 2015), así que "
  "cuídalo."};
inline constexpr phrase sleep_short{"That is under the {least} that sleep physicians recommend for your age (AASM, "
                                    "Watson et al. 2015); {gap} more a night would be the best "
                                    "training aid you can get.",
  "Queda por debajo de las {least} que recomiendan los especialistas del sueño para tu edad (AASM, Watson et al. "
  "2015); {gap} más por noche "
  "serían tu mejor ayuda para entrenar."};
inline constexpr phrase sleep_train_easy{"After a night like that, train easy or not at all today.",
  "Después de una noche así, hoy entrena suave o descansa."};
inline constexpr phrase sleep_general{"Adults do best on at least 7 hours a night (AASM, Watson et al. 2015), and hard "
                                      "training pushes the need up rather than down.",
  "Un adulto necesita al menos 7 horas por noche (AASM, Watson et al. 2015), y entrenar duro sube la necesidad en vez "
  "de bajarla."};
inline constexpr phrase sleep_general_young{"At your age 8 to 10 hours a night are right (AASM, Paruthi et al. 2016); "
                                            "that's when your body builds what you trained.",
  "A tu edad lo suyo son de 8 a 10 horas por noche (AASM, Paruthi et al. 2016): es cuando tu cuerpo construye lo que "
  "entrenas."};
inline constexpr phrase sleep_advice_prime{
  "Three levers: the same wake-up time every day, no caffeine in the eight hours before bed, and a cool, dark room.",
  "Tres palancas: la misma hora de levantarte todos los días, nada de cafeína en las ocho horas previas y una "
  "habitación fresca y oscura."};
inline constexpr phrase sleep_advice_longevity{"Start gently: get up at the same hour every day, seek daylight in the "
                                               "morning, and give the last hour before bed to something quiet.",
  "Empieza con calma: levántate siempre a la misma hora, busca luz natural por la mañana y dedica la última hora a "
  "algo tranquilo."};
inline constexpr phrase sleep_log{
  "Log your hours and how well you slept, and I can tell how it moves with your training.",
  "Registra tus horas y cómo has dormido y podré decirte cómo se mueve con tu entrenamiento."};
inline constexpr phrase sleep_doctor{
  "If you lie awake most nights for weeks, or somebody notices that you stop breathing in your sleep, see a doctor.",
  "Si pasas semanas sin poder dormir casi ninguna noche, o alguien nota que dejas de respirar mientras duermes, "
  "consulta a un médico."};
inline constexpr phrase nights_many{"{count} entries", "{count} registros"};
inline constexpr phrase hours_one{"1 hour", "1 hora"};
inline constexpr phrase hours_many{"{count} hours", "{count} horas"};
inline constexpr phrase minutes_many{"{count} minutes", "{count} minutos"};

// Illness, low mood, pain and medical questions

inline constexpr phrase illness_lead{"Get well first. A cold that stays in nose and throat allows an easy walk or half "
                                     "a session; with fever, a chesty cough or aching limbs, "
                                     "rest until you've been free of it for a full day.",
  "Primero ponte bien. Un resfriado de nariz y garganta permite un paseo suave o media sesión; con fiebre, tos de "
  "pecho o dolor en todo el "
  "cuerpo, descansa hasta llevar un día entero sin ello."};
inline constexpr phrase illness_back{"Come back at about half your usual sets, and see a doctor if the fever lasts "
                                     "longer than three days or breathing gets hard. A week off "
                                     "costs you nothing you won't have back in two.",
  "Vuelve con la mitad de tus series, y consulta a un médico si la fiebre pasa de tres días o te cuesta respirar. Una "
  "semana parado no te "
  "quita nada que no recuperes en dos."};

inline constexpr phrase low_mood_lead{"I'm sorry things feel heavy right now. Some days a short walk in daylight, a "
                                      "proper meal and an early night help more than any plan, "
                                      "and so does telling somebody how you are.",
  "Siento que estés pasando un momento pesado. Hay días en que un paseo corto con luz, una buena comida y acostarte "
  "temprano ayudan más que "
  "cualquier plan, y contarle a alguien cómo estás, también."};
inline constexpr phrase low_mood_help{"If it has lasted for two weeks or more, please talk to a doctor or a "
                                      "psychologist. And if you ever think of hurting yourself, call 112 or "
                                      "911 at once, or 988 in the United States.",
  "Si dura ya dos semanas o más, habla con un médico o un psicólogo. Y si alguna vez piensas en hacerte daño, llama "
  "enseguida al 112 o al "
  "911, o al 024 en España."};

inline constexpr phrase pain_lead{"I'm sorry that hurts. I can't tell from here what it is, and I don't diagnose, so "
                                  "take this as caution and not as treatment.",
  "Siento que te duela. Desde aquí no puedo saber qué es, y no hago diagnósticos, así que tómalo como prudencia y no "
  "como tratamiento."};
inline constexpr phrase pain_training{"Leave out whatever brings the pain on, and train what doesn't. Discomfort up to "
                                      "3 out of 10 that is gone the next day is usually fine to "
                                      "work around; sharp pain, swelling, numbness or pain at night is not.",
  "Deja fuera lo que provoca el dolor y entrena lo demás. Una molestia de hasta 3 sobre 10 que al día siguiente ha "
  "desaparecido suele "
  "permitir seguir; un dolor agudo, hinchazón, hormigueo o dolor por la noche, no."};
inline constexpr phrase pain_doctor{
  "If it lasts longer than two weeks, gets worse, or came from a fall, have a doctor or physiotherapist look at it.",
  "Si dura más de dos semanas, empeora o viene de una caída, que lo vea un médico o un fisioterapeuta."};
inline constexpr phrase medical_lead{
  "That is a question for your doctor or pharmacist: I don't diagnose, and I don't advise on illnesses or medicines.",
  "Esa pregunta es para tu médico o farmacéutico: no hago diagnósticos ni aconsejo sobre enfermedades o medicamentos."};
inline constexpr phrase medical_offer{
  "Once you know what you're allowed to do, I'll gladly help with food, training and recovery around it.",
  "Cuando sepas qué puedes hacer, te ayudo con mucho gusto con la comida, el entrenamiento y la recuperación."};

}  // namespace genesis::coach::phrases
