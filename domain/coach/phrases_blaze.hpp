#pragma once

#include "domain/coach/wording.hpp"

// Blaze's texts: strength, heart rate zones and the basics of training.

namespace genesis::coach::phrases {

inline constexpr phrase purpose_heart_rate_zones{"your heart rate zones", "tus zonas de frecuencia cardíaca"};

inline constexpr phrase lift_bench_press{"bench press", "press de banca"};
inline constexpr phrase lift_squat{"squat", "sentadilla"};
inline constexpr phrase lift_deadlift{"deadlift", "peso muerto"};
inline constexpr phrase lift_overhead_press{"overhead press", "press militar"};
inline constexpr phrase lift_row{"row", "remo"};
inline constexpr phrase lift_pull_up{"pull-up", "dominadas"};

inline constexpr phrase lead_one_rep_max{"{weight} for {reps} puts your {lift}one-rep max at about {max} ({formula}).",
  "Con {weight} a {reps}, tu repetición máxima{lift} ronda los {max} ({formula})."};
inline constexpr phrase lead_single{
  "One repetition with {weight} is your {lift}one-rep max of the day; there is nothing to estimate.",
  "Una repetición con {weight} ya es tu repetición máxima{lift} de hoy; no hay nada que estimar."};
inline constexpr phrase of_the_lift{" de {lift}", " de {lift}"};
inline constexpr phrase repetitions_one{"1 rep", "1 repetición"};
inline constexpr phrase repetitions_many{"{count} reps", "{count} repeticiones"};
inline constexpr phrase with_reserve{"{reps} with {count} in reserve", "{reps} y {count} en reserva"};
inline constexpr phrase spread{"The seven formulas I compare run from {low} ({low_formula}) to {high} "
                               "({high_formula}), so treat it as a range rather than a promise.",
  "Las siete fórmulas que comparo van de {low} ({low_formula}) a {high} ({high_formula}), así que tómalo como un "
  "margen y no como una "
  "promesa."};
inline constexpr phrase many_repetitions{
  "With more than 12 reps the formulas drift apart; a hard set of 3 to 6 would tell us more.",
  "Con más de 12 repeticiones las fórmulas se separan; una serie dura de 3 a 6 nos diría más."};
inline constexpr phrase loads_prime{
  "Put it to work: {light} to {heavy} (80 to 85%) for sets of 3 to 5 builds strength.",
  "Ponlo a trabajar: de {light} a {heavy} (80 a 85 %) en series de 3 a 5 para ganar fuerza."};
inline constexpr phrase loads_longevity{"There's no need to test it for real: sets of 3 to 5 with {light} to {heavy} "
                                        "(80 to 85%), done cleanly, build the same strength with less "
                                        "risk.",
  "No hace falta comprobarlo en la barra: series de 3 a 5 con {light} a {heavy} (80 a 85 %), bien hechas, dan la misma "
  "fuerza con menos "
  "riesgo."};
inline constexpr phrase arithmetic_epley{
  "Epley multiplies the weight by 1 + reps / 30: {weight} × (1 + {reps} / 30) = {max}.",
  "Epley multiplica el peso por 1 + repeticiones / 30: {weight} × (1 + {reps} / 30) = {max}."};
inline constexpr phrase arithmetic_brzycki{
  "Brzycki multiplies the weight by 36 / (37 − reps): {weight} × 36 / (37 − {reps}) = {max}.",
  "Brzycki multiplica el peso por 36 / (37 − repeticiones): {weight} × 36 / (37 − {reps}) = {max}."};
inline constexpr phrase estimates_lead{"All estimates:", "Todas las estimaciones:"};
inline constexpr phrase estimate_line{"- {formula}: {kg}", "- {formula}: {kg}"};
inline constexpr phrase ask_for_set{
  "Give me a recent hard set, weight and reps, and I'll estimate your max: for example \"{weight} for 5\".",
  "Dime una serie dura reciente, con peso y repeticiones, y te estimo el máximo: por ejemplo, «{weight} a 5 "
  "repeticiones»."};
inline constexpr phrase ask_for_repetitions{
  "How many reps did you get with {weight}? With that I can estimate your max.",
  "¿Cuántas repeticiones hiciste con {weight}? Con eso te estimo el máximo."};
inline constexpr phrase ask_for_load{"With how much weight did you do {reps}? With that I can estimate your max.",
  "¿Con cuánto peso hiciste {reps}? Con eso te estimo el máximo."};
inline constexpr phrase set_out_of_range{
  "I can't estimate from that set: give me a weight on the bar and at most 12 reps.",
  "Con esa serie no puedo estimar nada: necesito un peso en la barra y como mucho 12 repeticiones."};
inline constexpr phrase set_too_long{"{reps} are too many to estimate a max from. Such a set tests stamina and not "
                                     "strength: the formulas hold up to about "
                                     "{reliable} reps, and beyond {most} any number from them would be made up.",
  "{reps} son demasiadas para estimar un máximo. Una serie así mide resistencia y no fuerza: las fórmulas valen hasta "
  "unas {reliable} repeticiones y, más allá de {most}, cualquier número que saliera de ellas sería inventado."};
inline constexpr phrase set_too_long_instead{"Next time take a weight that you can lift 3 to 6 times cleanly, stop "
                                             "before your form breaks, and give me weight and "
                                             "reps.",
  "La próxima vez elige un peso que puedas levantar de 3 a 6 veces con buena técnica, para antes de que se estropee y "
  "dime peso y repeticiones."};

inline constexpr phrase lead_zones_reserve{"With a maximum of about {max} ({formula}, from your age of {age}) and "
                                           "{rest} at rest, your zones by Karvonen's method are:",
  "Con un máximo de unos {max} ({formula}, por tus {age} años) y {rest} en reposo, tus zonas por el método de Karvonen "
  "son:"};
inline constexpr phrase lead_zones_share{
  "With a maximum of about {max} ({formula}, from your age of {age}), your zones as shares of the maximum are:",
  "Con un máximo de unos {max} ({formula}, por tus {age} años), tus zonas como porcentaje del máximo son:"};
inline constexpr phrase lead_zones_told_reserve{"With the maximum of {max} that you told me, in place of an estimate "
                                                "from your age, and {rest} at rest, your zones by "
                                                "Karvonen's method are:",
  "Con el máximo de {max} que me has dicho, en lugar de una estimación por la edad, y {rest} en reposo, tus zonas por "
  "el método de Karvonen son:"};
inline constexpr phrase lead_zones_told_share{
  "With the maximum of {max} that you told me, in place of an estimate from your age, your zones as shares of it are:",
  "Con el máximo de {max} que me has dicho, en lugar de una estimación por la edad, tus zonas como porcentaje de ese "
  "máximo son:"};
inline constexpr phrase by_told_maximum{"by the maximum you told me", "por el máximo que me has dicho"};
inline constexpr phrase zone_1{"- Zone 1, recovery: {low} to {high}", "- Zona 1, recuperación: de {low} a {high}"};
inline constexpr phrase zone_2{
  "- Zone 2, easy endurance: {low} to {high}", "- Zona 2, resistencia suave: de {low} a {high}"};
inline constexpr phrase zone_3{"- Zone 3, steady: {low} to {high}", "- Zona 3, ritmo sostenido: de {low} a {high}"};
inline constexpr phrase zone_4{"- Zone 4, threshold: {low} to {high}", "- Zona 4, umbral: de {low} a {high}"};
inline constexpr phrase zone_5{"- Zone 5, maximal: {low} to {high}", "- Zona 5, máxima: de {low} a {high}"};
inline constexpr phrase zones_error{"Formulas from age miss by 10 beats either way in many people, so let the talk "
                                    "test have the last word: in zone 2 you can hold a "
                                    "conversation.",
  "Las fórmulas por edad fallan hasta 10 pulsaciones en mucha gente, así que la última palabra la tiene hablar: en "
  "zona 2 puedes mantener "
  "una conversación."};
inline constexpr phrase zones_no_rest{
  "Log your resting heart rate, taken in bed in the morning, and I can fit the zones to you.",
  "Registra tu frecuencia en reposo, tomada por la mañana en la cama, y puedo ajustarte las zonas."};
inline constexpr phrase zones_prime{
  "Most of the week belongs in zone 2; one or two short sessions in zones 4 and 5 sharpen the rest.",
  "La mayor parte de la semana va en zona 2; una o dos sesiones cortas en zonas 4 y 5 afilan el resto."};
inline constexpr phrase zones_longevity{
  "If you only keep one, keep zone 2: an hour of it a few times a week is the kindest thing you can do for your heart.",
  "Si te quedas con una sola, que sea la zona 2: una hora varias veces por semana es lo mejor que puedes hacer por tu "
  "corazón."};

// Training basics

inline constexpr phrase schedule_two{"With {days} a week, train the whole body each time: a squat or leg press, a "
                                     "hinge, a push, a pull and something for the trunk.",
  "Con {days} por semana, entrena todo el cuerpo cada vez: una sentadilla o prensa, una bisagra de cadera, un empuje, "
  "un tirón y algo de "
  "tronco."};
inline constexpr phrase schedule_three{"With {days} a week, three full-body sessions work best while you're building "
                                       "up; once you've trained for a year or so, push, pull and "
                                       "legs is a fair alternative.",
  "Con {days} por semana, lo mejor son tres sesiones de cuerpo entero mientras coges base; a partir de un año "
  "entrenando, empuje, tirón y "
  "pierna es una buena alternativa."};
inline constexpr phrase schedule_four{
  "With {days} a week, split upper and lower body and do each twice: heavier first time round, more reps the second.",
  "Con {days} por semana, divide torso y pierna y haz cada uno dos veces: la primera más pesada, la segunda con más "
  "repeticiones."};
inline constexpr phrase schedule_many{
  "With {days} a week, rotate push, pull and legs, and keep at least one full day off.",
  "Con {days} por semana, rota empuje, tirón y pierna, y guarda al menos un día libre completo."};
inline constexpr phrase schedule_unknown{"How you split it depends on your days: full body on two or three, upper and "
                                         "lower on four, push, pull and legs from five on. How many "
                                         "days can you train in a normal week?",
  "El reparto depende de tus días: cuerpo entero con dos o tres, torso y pierna con cuatro, empuje, tirón y pierna a "
  "partir de cinco. "
  "¿Cuántos días puedes entrenar en una semana normal?"};
inline constexpr phrase days_one{"one day", "un día"};
inline constexpr phrase days_many{"{count} days", "{count} días"};

inline constexpr phrase volume_basics{"Count hard sets per muscle and week, those that end within four reps of "
                                      "failure: about 10 to 20 suit most people who have trained for "
                                      "a while.",
  "Cuenta las series duras por músculo y semana, las que acaban a menos de cuatro repeticiones del fallo: entre 10 y "
  "20 le van bien a casi "
  "todo el mundo que ya lleva un tiempo."};
inline constexpr phrase volume_beginner{
  "As a beginner you grow on less: 6 to 10 hard sets per muscle and week are plenty.",
  "Si estás empezando creces con menos: de 6 a 10 series duras por músculo y semana son suficientes."};
inline constexpr phrase repetitions_basics{"For strength stay at 1 to 5 reps on the big lifts, for muscle at 6 to 12, "
                                           "and up to 20 or so on small isolation work.",
  "Para fuerza, de 1 a 5 repeticiones en los básicos; para músculo, de 6 a 12, y hasta unas 20 en los ejercicios "
  "pequeños de aislamiento."};
inline constexpr phrase repetitions_effort{
  "The effort matters more than the exact count: end most sets with one to three reps left in you.",
  "Importa más el esfuerzo que el número exacto: acaba casi todas las series con una a tres repeticiones de margen."};
inline constexpr phrase volume_landmarks{
  "As landmarks, chest and triceps respond from about 6 sets, quads, biceps and side delts from 8, back from 10. That "
  "is coaches' experience "
  "(Renaissance Periodization), not trial data: start low and add a set when progress stops.",
  "Como referencia, pecho y tríceps responden desde unas 6 series, cuádriceps, bíceps y deltoides lateral desde 8, "
  "espalda desde 10. Es "
  "experiencia de entrenadores (Renaissance Periodization), no datos de ensayos: empieza por abajo y añade una serie "
  "cuando dejes de "
  "progresar."};

inline constexpr phrase progression_basics{"Use double progression: keep the weight until you reach the top of your "
                                           "rep range in every set with a rep or two to spare, then add "
                                           "{step} and start again at the bottom of the range.",
  "Usa la doble progresión: mantén el peso hasta llegar al tope de tu rango en todas las series con una o dos "
  "repeticiones de margen; "
  "entonces sube {step} y vuelve a la parte baja del rango."};
inline constexpr phrase progression_stuck{"If you miss the bottom of the range twice in a row, keep the weight; if it "
                                          "also feels like a nine out of ten, take an easier week.",
  "Si dos veces seguidas no llegas al mínimo del rango, mantén el peso; si además lo notas como un nueve sobre diez, "
  "toma una semana más "
  "suave."};

inline constexpr phrase deload_basics{"Plan an easy week about every six, or sooner when sleep, joints and motivation "
                                      "all sag: same exercises and weights, half the sets.",
  "Programa una semana suave cada seis más o menos, o antes si el sueño, las articulaciones y las ganas caen a la vez: "
  "mismos ejercicios y "
  "pesos, la mitad de series."};
inline constexpr phrase deload_compare{"Leave that week out when you compare records; it isn't a step back.",
  "No cuentes esa semana al comparar tus marcas; no es un paso atrás."};

inline constexpr phrase warm_up_basics{"Five minutes of easy movement, then ramp up on the first lift: about 40, 60 "
                                       "and 80% of the working weight for 8, 5 and 2 reps.",
  "Cinco minutos de movimiento suave y luego una rampa en el primer ejercicio: cerca del 40, 60 y 80 % del peso de "
  "trabajo a 8, 5 y 2 "
  "repeticiones."};
inline constexpr phrase warm_up_loads{"For a working weight of {weight} that is {first}, {second} and {third}.",
  "Para un peso de trabajo de {weight} son {first}, {second} y {third}."};

inline constexpr phrase cardio_basics{"Build up to 150 minutes of moderate cardio a week, or 75 vigorous (the WHO's "
                                      "guideline of 2020), most of it at a pace where you can talk.",
  "Llega poco a poco a 150 minutos de cardio moderado por semana, o 75 intensos (la guía de la OMS de 2020), casi todo "
  "a un ritmo en el que "
  "puedas hablar."};
inline constexpr phrase cardio_zone_2{"For you that is {low} to {high}, your zone 2 ({formula}).",
  "En tu caso es de {low} a {high}, tu zona 2 ({formula})."};
inline constexpr phrase cardio_strength{
  "Keep hard intervals away from leg day, or do them after lifting, never before.",
  "Aleja los intervalos duros del día de pierna, o hazlos después de las pesas, nunca antes."};

inline constexpr phrase training_prime{
  "Write every set down. What you log, you can beat.", "Apunta cada serie. Lo que registras, lo puedes superar."};
inline constexpr phrase training_longevity{
  "Leave each session feeling you could have done a little more; that is what keeps people training for decades.",
  "Termina cada sesión con la sensación de que podías un poco más; así es como se entrena durante décadas."};

}  // namespace genesis::coach::phrases
