#pragma once

#include "domain/coach/wording.hpp"

// What the coach says, in English and Spanish. Texts only: which one is said, and with which numbers, is decided beside
// the calculations in the specialists' files.

namespace genesis::coach::phrases {

inline constexpr phrase disclaimer{"(I'm a coach, not a doctor: take these numbers as good estimates, and check with a "
                                   "professional if you have a medical "
                                   "condition or something feels wrong.)",
  "(Soy tu coach, no tu médico: toma estas cifras como buenas estimaciones y consulta a un profesional si tienes "
  "alguna "
  "enfermedad o notas algo raro.)"};

inline constexpr phrase disclaimer_plain{
  "(I'm a coach, not a doctor: check with a professional if you have a medical condition or something feels wrong.)",
  "(Soy tu coach, no tu médico: consulta a un profesional si tienes alguna enfermedad o notas algo raro.)"};

inline constexpr phrase about_somebody_else{
  "For somebody else I go by what you tell me about them, not by your profile; \"you\" is them from here on.",
  "Para otra persona me guío por lo que me cuentes de ella y no por tu perfil; el «tú» que sigue es esa persona."};

inline constexpr phrase handed_over{
  "{other} asked me to take this one.", "{other} me pasa esta pregunta, que es más de lo mío."};

inline constexpr phrase missing_field{
  "One thing is still missing to work out {purpose}. {question} Tell me here, or put it in your profile and I'll "
  "remember it for good.",
  "Para calcular {purpose} solo me falta una cosa. {question} Dímelo aquí, o ponlo en tu perfil y ya lo recordaré "
  "siempre."};
inline constexpr phrase missing_fields{
  "To work out {purpose} I still need {fields}. Tell me here, all in one line if you like, or add them to your profile "
  "so that I remember them for good.",
  "Para calcular {purpose} todavía me faltan {fields}. Dímelos aquí, en una sola línea si quieres, o añádelos a tu "
  "perfil y ya los recordaré siempre."};
inline constexpr phrase missing_field_more{"One thing left. {question}", "Solo me falta una cosa. {question}"};
inline constexpr phrase missing_fields_more{"Now I still need {fields}.", "Ahora me faltan {fields}."};
inline constexpr phrase ask_age{"How old are you?", "¿Cuántos años tienes?"};
inline constexpr phrase ask_sex{
  "Are you a woman or a man? The formulas differ.", "¿Eres mujer u hombre? Las fórmulas cambian."};
inline constexpr phrase ask_height{"How tall are you?", "¿Cuánto mides?"};
inline constexpr phrase ask_weight{"How much do you weigh?", "¿Cuánto pesas?"};
inline constexpr phrase ask_body_fat{"What is your body fat percentage?", "¿Qué porcentaje de grasa corporal tienes?"};
inline constexpr phrase ask_activity{
  "How active are you: sedentary, lightly, moderately, active or very active? Days of training a week will do too.",
  "¿Cómo de activo es tu día a día: sedentario, ligero, moderado, activo o muy activo? También me vale cuántos días "
  "entrenas por semana."};
inline constexpr phrase ask_goal{
  "What are you after: losing weight, maintaining, gaining muscle, recomposition or performance?",
  "¿Qué buscas: perder peso, mantenerte, ganar músculo, recomposición o rendimiento?"};
inline constexpr phrase not_understood{"I couldn't make an answer out of that; a rough guess will do.",
  "No he sabido leer ahí una respuesta; me vale una aproximación."};
inline constexpr phrase noted{"Got it: {facts}.", "Apuntado: {facts}."};

// What was told in the conversation, and where it would have to go to stay.
inline constexpr phrase going_by_told{
  "I'm going by what you told me here: {facts}.", "Me guío por lo que me has contado aquí: {facts}."};
inline constexpr phrase keep_in_progress{
  "What you tell me here I know for this conversation only: log it in your progress if it should count from now on.",
  "Lo que me cuentas aquí solo me sirve para esta conversación: apúntalo en tu progreso si debe contar a partir de "
  "ahora."};
inline constexpr phrase keep_in_profile{
  "What you tell me here I know for this conversation only: put it in your profile if it should count from now on.",
  "Lo que me cuentas aquí solo me sirve para esta conversación: ponlo en tu perfil si debe contar a partir de ahora."};
inline constexpr phrase keep_in_both{
  "What you tell me here I know for this conversation only. If it should count from now on, log measurements in your "
  "progress and put the rest in your profile.",
  "Lo que me cuentas aquí solo me sirve para esta conversación. Si debe contar a partir de ahora, apunta las medidas "
  "en "
  "tu progreso y pon lo demás en tu perfil."};
inline constexpr phrase told_age{"{value} years old", "{value} años"};
inline constexpr phrase told_male{"a man", "hombre"};
inline constexpr phrase told_female{"a woman", "mujer"};
inline constexpr phrase told_height{"{value} tall", "{value} de altura"};
inline constexpr phrase told_body_fat{"{value} body fat", "{value} de grasa corporal"};
inline constexpr phrase told_sedentary{"sedentary", "una vida sedentaria"};
inline constexpr phrase told_light{"lightly active", "poca actividad"};
inline constexpr phrase told_moderate{"moderately active", "actividad moderada"};
inline constexpr phrase told_active{"active", "mucha actividad"};
inline constexpr phrase told_very_active{"very active", "muchísima actividad"};
inline constexpr phrase told_days_one{"one day of training a week", "un día de entrenamiento por semana"};
inline constexpr phrase told_days{"{value} days of training a week", "{value} días de entrenamiento por semana"};
inline constexpr phrase told_loss{"losing {value} a week", "perder {value} por semana"};
inline constexpr phrase told_gain{"gaining {value} a week", "ganar {value} por semana"};
inline constexpr phrase told_aim{"a weight of {value} to reach", "llegar a {value}"};
inline constexpr phrase told_left_out{"no {food}", "sin {food}"};
inline constexpr phrase told_allergy{"allergic to {food}", "alergia ({food})"};
inline constexpr phrase told_pregnant{"pregnant", "embarazada"};
inline constexpr phrase told_not_pregnant{"not pregnant", "no estás embarazada"};
inline constexpr phrase told_lactating{"breastfeeding", "das el pecho"};
inline constexpr phrase pregnancy_changes{
  "That changes what I do: no calories and no deficit from me until it's over, those are for your midwife or doctor. "
  "For water I count 0.3 litres a day more (EFSA 2010), and with training the rule is that they know what you do and "
  "that you stop at bleeding, pain, dizziness or contractions.",
  "Eso cambia lo que hago: hasta que pase, nada de calorías ni de déficit por mi parte, que son cosa de tu matrona o "
  "de tu médico. De agua cuento 0,3 litros más al día (EFSA 2010), y para entrenar la regla es que ellos sepan lo que "
  "haces y que pares si hay sangrado, dolor, mareo o contracciones."};
inline constexpr phrase lactation_changes{
  "That changes what I do: while you breastfeed I plan no calories and no deficit, those are for your midwife or "
  "doctor, and for water I count 0.7 litres a day more (EFSA 2010).",
  "Eso cambia lo que hago: mientras das el pecho no planifico calorías ni déficits, que son cosa de tu matrona o de tu "
  "médico, y de agua cuento 0,7 litros más al día (EFSA 2010)."};
inline constexpr phrase told_goal{"{value} as your goal", "tu objetivo, {value}"};

inline constexpr phrase your_fields{"your {fields}", "tu {fields}"};
inline constexpr phrase brief_age{"age", "edad"};
inline constexpr phrase brief_sex{"sex", "sexo"};
inline constexpr phrase brief_height{"height", "altura"};
inline constexpr phrase brief_weight{"weight", "peso"};
inline constexpr phrase brief_body_fat{"body fat", "grasa corporal"};
inline constexpr phrase brief_activity{"activity level", "nivel de actividad"};
inline constexpr phrase brief_goal{"goal", "objetivo"};
inline constexpr phrase full_age{"your age", "tu edad"};
inline constexpr phrase full_sex{
  "your sex (the formulas differ for men and women)", "tu sexo (las fórmulas cambian entre hombres y mujeres)"};
inline constexpr phrase full_height{"your height", "tu altura"};
inline constexpr phrase full_weight{"your weight", "tu peso"};
inline constexpr phrase full_body_fat{"your body fat percentage", "tu porcentaje de grasa corporal"};
inline constexpr phrase full_activity{
  "how active you are (from sedentary to very active)", "tu nivel de actividad (de sedentario a muy activo)"};
inline constexpr phrase full_goal{"your goal (lose weight, maintain, gain muscle, recomposition or performance)",
  "tu objetivo (perder peso, mantenerte, ganar músculo, recomposición o rendimiento)"};

inline constexpr phrase stated_here{"stated in this conversation", "dicho en esta conversación"};

// Whoever answers adds this when a pain in the chest was told as soreness.
inline constexpr phrase sore_chest{
  "About your chest: sore muscles hurt when you press or stretch them and ease within days. If you feel pressure "
  "instead, "
  "if the pain spreads to an arm or the jaw, or with short breath, sweat or nausea, call 112 or 911 at once.",
  "Sobre tu pecho: un músculo con agujetas duele al apretarlo o estirarlo y mejora en pocos días. Si en cambio notas "
  "presión, el dolor se va al brazo o a la mandíbula, o hay falta de aire, sudor o náuseas, llama enseguida al 112 o "
  "al "
  "911."};

}  // namespace genesis::coach::phrases
