#pragma once

#include "domain/coach/wording.hpp"

// Stella's texts: how what is recorded beside the weight changes, and over which days; and what is recorded last.

namespace genesis::coach::phrases {

inline constexpr phrase trend_of_weight{"your weight", "tu peso"};
inline constexpr phrase trend_of_body_fat{"your body fat", "tu grasa corporal"};
inline constexpr phrase trend_of_waist{"your waist", "tu cintura"};
inline constexpr phrase trend_of_resting_rate{"your resting heart rate", "tu frecuencia cardíaca en reposo"};
inline constexpr phrase trend_of_sleep_hours{"your sleep", "tu sueño"};
inline constexpr phrase trend_of_sleep_quality{"your sleep quality", "la calidad de tu sueño"};
inline constexpr phrase trend_of_soreness{"your soreness", "tu nivel de agujetas"};
inline constexpr phrase trend_of_energy{"your energy", "tu energía"};
inline constexpr phrase trend_of_motivation{"your motivation", "tu motivación"};
inline constexpr phrase trend_of_stress{"your stress", "tu estrés"};

inline constexpr phrase weight_as_recorded{
  "Your newest weight is {weight}, from {date}.", "Tu último peso registrado es {weight}, del {date}."};
inline constexpr phrase weight_as_told{"You told me that you weigh {weight}.", "Me has dicho que pesas {weight}."};
inline constexpr phrase weight_unknown{"There is no weight of yours yet. Record one, or just tell me.",
  "Todavía no hay ningún peso tuyo. Registra uno o dímelo aquí."};
inline constexpr phrase weight_trend_offer{"Ask how your weight is moving, and I look at the weeks before.",
  "Pregúntame cómo va tu peso y miro las últimas semanas."};
inline constexpr phrase height_in_profile{"Your profile says {height}.", "En tu perfil pone {height}."};
inline constexpr phrase height_as_told{"You told me that you are {height} tall.", "Me has dicho que mides {height}."};
inline constexpr phrase height_unknown{"Your profile has no height yet. Add it there, or just tell me.",
  "En tu perfil todavía no está tu altura. Añádela allí o dímela aquí."};

inline constexpr phrase trend_fell{
  "{subject} has come down by about {rate} a week.", "{subject} ha bajado alrededor de {rate} por semana."};
inline constexpr phrase trend_rose{
  "{subject} has gone up by about {rate} a week.", "{subject} ha subido alrededor de {rate} por semana."};
inline constexpr phrase trend_held{"{subject} shows no change that I can tell from its usual ups and downs.",
  "En {subject} no veo ningún cambio que se distinga de las oscilaciones normales."};
inline constexpr phrase trend_between{
  "Between {first_date} and {last_date} you have {count} days with an entry, {mean} on average, and the straight line "
  "through them goes from {first} to {last}.",
  "Entre el {first_date} y el {last_date} tienes {count} días con registro, {mean} de media, y la recta que pasa por "
  "ellos va de {first} a {last}."};
inline constexpr phrase trend_interval{"Give or take the daily noise, the real pace lies between {low} and {high} a "
                                       "week (95% confidence).",
  "Descontando las oscilaciones diarias, el ritmo real está entre {low} y {high} por semana (95 % de confianza)."};
inline constexpr phrase trend_right_way{"That's the way we want it to go.", "Va por donde queremos que vaya."};
inline constexpr phrase trend_wrong_way{
  "That's not the way we want it to go: a lighter training week and an earlier bedtime are the first things I'd try.",
  "No va por donde queremos: una semana de entrenamiento más suave y acostarte antes es lo primero que yo probaría."};
inline constexpr phrase resting_rate_rising{
  "A resting rate that climbs for weeks often means too little recovery, or an illness on its way: take an easy week, "
  "and see a doctor if it stays up.",
  "Un pulso en reposo que sube durante semanas suele significar poca recuperación o una enfermedad en camino: tómate "
  "una semana suave y consulta a un médico si sigue alto."};

inline constexpr phrase trend_no_records{"I have no entries of {subject} between {from} and {to}, so I can't tell. Log "
                                         "it two or three times a week and I can.",
  "No tengo ningún registro de {subject} entre el {from} y el {to}, así que no puedo decirte nada. Apúntalo dos o tres "
  "veces por semana y podré."};
inline constexpr phrase trend_few_records{
  "Of {subject} I have {count} between {from} and {to}, the last one {last} on {date}. That's too little for a trend: "
  "three days spread over a week are the least.",
  "De {subject} tengo {count} entre el {from} y el {to}, el último de {last} el {date}. Es poco para una tendencia: "
  "hacen falta al menos tres días repartidos en una semana."};
inline constexpr phrase entries_one{"one entry", "un registro"};
inline constexpr phrase entries_many{"{count} entries", "{count} registros"};
inline constexpr phrase looks_back{"I look back 90 days at most.", "Solo miro los últimos 90 días."};

inline constexpr phrase hours_of_trend{"{value} hours", "{value} horas"};
inline constexpr phrase minutes_of_trend{"{value} minutes", "{value} minutos"};
inline constexpr phrase rating_of_trend{"{value} out of 5", "{value} sobre 5"};
inline constexpr phrase points_of_trend{"{value} points", "{value} puntos"};

}  // namespace genesis::coach::phrases
