#pragma once

#include "domain/coach/wording.hpp"

#include <array>

// Stella's texts: where a weight is heading.

namespace genesis::coach::phrases {

inline constexpr phrase lead_falling{
  "Your weight is coming down by about {rate} a week.", "Tu peso está bajando unos {rate} por semana."};
inline constexpr phrase lead_rising{
  "Your weight is going up by about {rate} a week.", "Tu peso está subiendo unos {rate} por semana."};
inline constexpr phrase lead_steady{
  "Your weight is holding steady: over these weeks I can't tell any change from the usual ups and downs.",
  "Tu peso está estable: en estas semanas no distingo ningún cambio de las oscilaciones normales."};
inline constexpr phrase lead_unclear{
  "I can't tell yet where your weight is heading: your weigh-ins are too few or too uneven for that.",
  "Todavía no puedo decirte hacia dónde va tu peso: tus pesajes son muy pocos o demasiado desiguales."};
inline constexpr phrase trend_path{"Between {first_date} and {last_date}, over {count} weigh-ins, the trend line went "
                                   "from {first} to {last} (smoothed as in Walker's "
                                   "Hacker's Diet).",
  "Entre el {first_date} y el {last_date}, con {count} pesajes, la línea de tendencia pasó de {first} a {last} "
  "(suavizada como en The "
  "Hacker's Diet, de Walker)."};
inline constexpr phrase interval_one_way{
  "Give or take the daily noise, the real pace lies between {low} and {high} a week (95% confidence).",
  "Descontando las oscilaciones diarias, el ritmo real está entre {low} y {high} por semana (95 % de confianza)."};
inline constexpr phrase interval_both_ways{
  "The real pace lies between a loss of {low} and a gain of {high} a week (95% confidence).",
  "El ritmo real está entre perder {low} y ganar {high} por semana (95 % de confianza)."};
inline constexpr phrase trend_method{"The line follows each new weigh-in by a tenth of the distance, so that single "
                                     "mornings hardly move it; the pace is the slope of a straight "
                                     "line through all your weigh-ins.",
  "La línea sigue a cada pesaje nuevo una décima parte de la distancia, así que una mañana suelta apenas la mueve; el "
  "ritmo es la "
  "pendiente de una recta por todos tus pesajes."};

inline constexpr phrase verdict_on_track{"For {goal} that is right on track; keep everything as it is.",
  "Para {goal} vas justo por donde toca; no cambies nada."};
inline constexpr phrase verdict_more_records{
  "I wouldn't change anything on that: weigh in on three mornings a week for two more weeks, and I can tell.",
  "Con eso no cambiaría nada: pésate tres mañanas por semana durante dos semanas más y podré decírtelo."};
inline constexpr phrase verdict_too_fast{
  "That is faster than I'd like: more than 1.5% of your body weight a week "
  "costs muscle (Garthe and colleagues 2011). Add about 200 kcal a day, and see a doctor if you "
  "weren't trying to lose this much.",
  "Va más rápido de lo que me gustaría: perder más del 1,5 % de tu peso por semana cuesta músculo (Garthe y su equipo, "
  "2011). Suma unas 200 kcal "
  "al día y, si no "
  "buscabas perder tanto, consulta a un médico."};
inline constexpr phrase verdict_fast_loss{
  "That is a little faster than planned; about 150 kcal more a day protects your training.",
  "Va algo más rápido de lo previsto; unas 150 kcal más al día protegen tu entrenamiento."};
inline constexpr phrase verdict_slow_loss{"For {goal} it's slower than it could be. Take off about 150 kcal a day, or "
                                          "add a daily walk, and look again in two weeks.",
  "Para {goal} va más lento de lo que podría. Quita unas 150 kcal al día, o suma un paseo diario, y volvemos a mirar "
  "en dos semanas."};
inline constexpr phrase verdict_slow_gain{
  "For {goal} you could push a little: add about 200 kcal a day and look again in two weeks.",
  "Para {goal} puedes apretar un poco: suma unas 200 kcal al día y volvemos a mirar en dos semanas."};
inline constexpr phrase verdict_fast_gain{
  "For {goal} that's faster than muscle grows, so part of it will be fat. About 100 kcal less a day will do.",
  "Para {goal} va demasiado rápido y una parte será grasa. Con unas 100 kcal menos al día basta."};
inline constexpr phrase verdict_drifting_down{
  "For {goal} you're drifting down; about 200 kcal more a day should level it out.",
  "Para {goal} te estás yendo hacia abajo; unas 200 kcal más al día deberían estabilizarlo."};
inline constexpr phrase verdict_drifting_up{
  "For {goal} you're drifting up; about 100 kcal less a day should level it out.",
  "Para {goal} te estás yendo hacia arriba; unas 100 kcal menos al día deberían estabilizarlo."};
inline constexpr phrase verdict_recomposition{"For recomposition that's what we want to see: the scale barely moves "
                                              "while waist and strength change. Measure your waist every two weeks.",
  "En una recomposición es lo que buscamos: la báscula apenas se mueve mientras cambian la cintura y la fuerza. Mídete "
  "la cintura cada "
  "dos semanas."};
inline constexpr phrase verdict_no_goal{
  "Whether that's good depends on your goal, which I don't know yet. What are you after?",
  "Que sea bueno depende de tu objetivo, y todavía no lo conozco. ¿Qué buscas?"};

inline constexpr phrase trend_prime{"Same scale, same hour, three mornings a week: that's all the data I need.",
  "Misma báscula, misma hora, tres mañanas por semana: no necesito más datos."};
inline constexpr phrase trend_longevity{
  "A single morning says little; salt, sleep and hormones move a kilo on their own. Trust the line, not the dot.",
  "Una mañana suelta dice poco; la sal, el sueño y las hormonas mueven un kilo por sí solas. Fíate de la línea, no del "
  "punto."};

inline constexpr phrase diary_is_elsewhere{"I can't read or write your food diary yet, so I don't know what you ate: "
                                           "you find it under your nutrition logs. Tell "
                                           "me what you want to reach and I'll work out how much to eat.",
  "Todavía no puedo leer ni escribir tu diario de comidas, así que no sé qué has comido: lo tienes en tus registros de "
  "nutrición. Dime qué buscas y te calculo cuánto comer."};
inline constexpr phrase plans_are_elsewhere{"I can't save or change plans yet. Yours are kept under your nutrition and "
                                            "workout plans: make one there and put in the "
                                            "numbers from our talk.",
  "Todavía no puedo guardar ni cambiar planes. Los tuyos están en tus planes de nutrición y de entrenamiento: crea uno "
  "allí y pon las cifras de esta conversación."};
inline constexpr phrase log_is_yours{
  "I read your records but never write them: enter a measurement in your progress, or a new goal in your profile, and "
  "from then on I use it.",
  "Leo tus registros, pero no los escribo: apunta la medida en tu progreso, o el nuevo objetivo en tu perfil, y desde "
  "entonces la uso."};
inline constexpr phrase units_are_pounds{
  "Pounds it is, for the rest of this conversation. The units in your profile decide for all the others.",
  "Hecho, en libras durante esta conversación. Para todas las demás deciden las unidades de tu perfil."};
inline constexpr phrase units_are_kilos{
  "Kilos it is, for the rest of this conversation. The units in your profile decide for all the others.",
  "Hecho, en kilos durante esta conversación. Para todas las demás deciden las unidades de tu perfil."};
inline constexpr phrase log_in_talk{
  "For this conversation alone, put it in your question: \"I weigh 77 kg, how much should I eat to gain muscle?\"",
  "Solo para esta conversación, dímelo en la pregunta: «peso 77 kg, ¿cuánto debo comer para ganar músculo?»"};

inline constexpr phrase purpose_body_mass_index{"your body mass index", "tu índice de masa corporal"};
inline constexpr phrase lead_body_mass_index{
  "Your body mass index is {bmi} ({weight} at {height}), which the World Health Organization calls {class}.",
  "Tu índice de masa corporal es {bmi} ({weight} con {height}), lo que la Organización Mundial de la Salud llama "
  "{class}."};
inline constexpr phrase bmi_underweight{"underweight", "bajo peso"};
inline constexpr phrase bmi_normal{"the normal range", "peso normal"};
inline constexpr phrase bmi_overweight{"overweight", "sobrepeso"};
inline constexpr phrase bmi_obese{"obesity", "obesidad"};
inline constexpr phrase bmi_range{"For your height the normal range goes from {low} to {high}. It can't tell muscle "
                                  "from fat, so look at your waist as well: below half your "
                                  "height is a good sign.",
  "Para tu altura, lo normal va de {low} a {high}. No distingue músculo de grasa, así que mira también la cintura: por "
  "debajo de la mitad de "
  "tu altura es buena señal."};
inline constexpr phrase bmi_doctor{
  "At this value a talk with a doctor is worth it; they look at far more than the scale.",
  "Con este valor vale la pena hablarlo con un médico, que mira mucho más que la báscula."};
inline constexpr phrase bmi_young{
  "Under 18 the adult limits don't apply: growth charts do, and a paediatrician reads them best.",
  "Con menos de 18 años los límites de adulto no valen: se usan curvas de crecimiento, y quien mejor las lee es tu "
  "pediatra."};

inline constexpr phrase no_weights{"I have no weigh-ins of yours from the last four weeks, so I can't tell where "
                                   "you're heading. Log your weight on three mornings a week; "
                                   "after one week I can draw the first line.",
  "No tengo pesajes tuyos de las últimas cuatro semanas, así que no puedo decirte hacia dónde vas. Registra tu peso "
  "tres mañanas por "
  "semana; con una semana ya puedo trazar la primera línea."};
inline constexpr phrase no_weights_between{
  "I have no weigh-ins of yours between {from} and {to}, so I can't tell how your weight moved then.",
  "No tengo pesajes tuyos entre el {from} y el {to}, así que no puedo decirte cómo se movió tu peso."};
inline constexpr phrase few_weights{"I have {count} so far, the last one {last} on {date}. That's too little for a "
                                    "trend; three weigh-ins spread over a week are the least.",
  "De momento tengo {count}, el último de {last} el {date}. Es poco para una tendencia; hacen falta al menos tres "
  "repartidos en una "
  "semana."};
inline constexpr phrase short_span{"I have {count}, all within a few days, the last one {last} on {date}. Over so "
                                   "short a time water hides everything else; another week of "
                                   "weigh-ins and I can tell.",
  "Tengo {count}, todos en pocos días, el último de {last} el {date}. En tan poco tiempo el agua lo tapa todo; con "
  "otra semana de pesajes "
  "ya podré decírtelo."};
inline constexpr phrase weigh_ins_one{"one weigh-in", "un pesaje"};
inline constexpr phrase weigh_ins_many{"{count} weigh-ins", "{count} pesajes"};

}  // namespace genesis::coach::phrases
