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
  "To work out {purpose} I still need {fields}. Tell me here, or add it to your profile so that "
  "I remember it.",
  "Para calcular {purpose} todavía me falta {fields}. Dímelo aquí o añádelo a tu perfil y así lo recordaré."};
inline constexpr phrase missing_fields{
  "To work out {purpose} I still need {fields}. Tell me here, or add them to your profile so "
  "that I remember them.",
  "Para calcular {purpose} todavía me faltan {fields}. Dímelos aquí o añádelos a tu perfil y así los recordaré."};

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
