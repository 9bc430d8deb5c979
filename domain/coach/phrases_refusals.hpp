#pragma once

#include "domain/coach/wording.hpp"

// Why a plan or an aim is refused, and what to do instead; values that cannot be.

namespace genesis::coach::phrases {

inline constexpr phrase refuse_eating_disorder{
  "I'd rather not give you calories or deficits. With an eating disorder, now or in the past, numbers from an app can "
  "do real "
  "harm, and you deserve someone who knows you: your doctor, a psychologist or a dietitian with experience in it.",
  "Prefiero no darte calorías ni déficits. Con un trastorno de la conducta alimentaria, actual o pasado, los números "
  "de una app "
  "pueden hacer mucho daño, y mereces a alguien que te conozca: tu médico, un psicólogo o un dietista con experiencia "
  "en ello."};
inline constexpr phrase refuse_pregnancy{"During pregnancy I don't plan calories, and certainly no deficit: what you "
                                         "and the baby need changes by the month. Your "
                                         "midwife or doctor can set it with you.",
  "Durante el embarazo no planifico calorías, y mucho menos un déficit: lo que necesitáis el bebé y tú cambia cada "
  "mes. Tu "
  "matrona o tu médico pueden fijarlo contigo."};
inline constexpr phrase refuse_training_pregnancy{
  "During pregnancy I judge no readiness, loads or heart rates: your midwife or doctor should know what you do, and "
  "you "
  "stop at bleeding, pain, dizziness, contractions or fluid. Where they see nothing against it, 150 minutes of "
  "activity "
  "a week at a pace at which you can still talk are advised, strength included (ACOG 2020).",
  "Durante el embarazo no valoro recuperación, cargas ni pulsaciones: tu matrona o tu médico deben saber lo que haces, "
  "y "
  "paras si hay sangrado, dolor, mareo, contracciones o pérdida de líquido. Si no ven nada en contra, se aconsejan 150 "
  "minutos de actividad a la semana a un ritmo al que todavía puedas hablar, fuerza incluida (ACOG 2020)."};
inline constexpr phrase profile_says_pregnant{
  "Your profile still says that you are pregnant: take it out of your medical conditions there, and I'll plan again.",
  "Tu perfil todavía dice que estás embarazada: quítalo allí de tus condiciones médicas y vuelvo a planificar."};
inline constexpr phrase refuse_lactation{"While you breastfeed I don't plan calories or a deficit: milk takes several "
                                         "hundred of them a day, and eating too little can "
                                         "cost you supply and energy. Ask your midwife or doctor to set it with you.",
  "Mientras das el pecho no planifico calorías ni déficits: producir leche gasta varios cientos al día, y comer de "
  "menos puede "
  "quitarte leche y energía. Pide a tu matrona o a tu médico que lo ajuste contigo."};
inline constexpr phrase refuse_underage{
  "You're under 18, so I won't plan a deficit: your body is still building bone, muscle and hormones. If your weight "
  "worries you, "
  "talk with your parents and a paediatrician or dietitian; they can look at growth, not only at the scale.",
  "Tienes menos de 18 años, así que no voy a planificarte un déficit: tu cuerpo todavía está formando hueso, músculo y "
  "hormonas. "
  "Si te preocupa el peso, háblalo con tus padres y con un pediatra o dietista: miran el crecimiento, no solo la "
  "báscula."};
inline constexpr phrase refuse_underweight{"I won't plan a deficit for you: with {weight} at {height} your body mass "
                                           "index is {bmi}, under the 18.5 where the WHO speaks of "
                                           "underweight. Eating less would cost you muscle, bone and sleep. A doctor "
                                           "or dietitian is the right person to talk to about "
                                           "your weight.",
  "No voy a planificarte un déficit: con {weight} y {height} tu índice de masa corporal es {bmi}, por debajo de los "
  "18,5 en los "
  "que la OMS habla de bajo peso. Comer menos te costaría músculo, hueso y sueño. Para hablar de tu peso, lo mejor es "
  "un médico "
  "o un dietista."};
inline constexpr phrase refuse_diabetes{
  "With insulin in play I won't plan a deficit on my own: eating less without adjusting the doses can drop your sugar "
  "dangerously low. Your diabetes team can change both together.",
  "Con insulina de por medio no voy a planificarte un déficit por mi cuenta: comer menos sin ajustar las dosis puede "
  "bajarte el azúcar de forma peligrosa. Tu equipo de diabetes puede cambiar las dos cosas a la vez."};
inline constexpr phrase caution_diabetes{
  "Because of your diabetes, show this to your doctor before you change what you eat: your medicine may have to change "
  "with it, and low sugar is the danger.",
  "Por tu diabetes, enséñaselo a tu médico antes de cambiar lo que comes: puede que la medicación tenga que cambiar "
  "también, y el peligro son las bajadas de azúcar."};
inline constexpr phrase caution_kidney{
  "Because of your kidneys, have your nephrologist or dietitian agree to it first.",
  "Por tus riñones, que tu nefrólogo o dietista le dé antes el visto bueno."};
inline constexpr phrase refuse_protein_kidney{
  "I won't give you a protein number: with kidney disease the right amount depends on how well the kidneys filter, and "
  "what suits a healthy lifter can be too much. Your nephrologist or a renal dietitian sets it.",
  "No voy a darte una cifra de proteína: con una enfermedad renal la cantidad adecuada depende de cómo filtren los "
  "riñones, y lo que le va bien a alguien sano puede ser demasiado. La fija tu nefrólogo o un dietista renal."};

inline constexpr phrase refuse_substance{
  "I won't help with that: drugs to get lean or big (clenbuterol, DNP, steroids, ephedrine, diet pills, laxatives and "
  "the like) can damage the heart, the liver or the balance of salts, and DNP kills at doses close to those that work.",
  "En eso no te voy a ayudar: las sustancias para definir o ganar volumen (clembuterol, DNP, esteroides, efedrina, "
  "pastillas para adelgazar, laxantes y similares) pueden dañar el corazón, el hígado o el equilibrio de sales, y el "
  "DNP mata a dosis cercanas a las que hacen efecto."};
inline constexpr phrase substance_help{
  "If you already take something, tell a doctor what and how much; with a racing heart, fever or chest pain call your "
  "emergency number (112 or 911). What I can do is find you a target that works with food and training alone.",
  "Si ya tomas algo, cuéntale a un médico qué y cuánto; con el corazón acelerado, fiebre o dolor en el pecho, llama a "
  "emergencias (112 o 911). Lo que sí puedo hacer es buscarte un objetivo que funcione solo con comida y "
  "entrenamiento."};
inline constexpr phrase refuse_fast{"I won't plan {period} without food. Beyond a day or so a fast costs muscle and "
                                    "can upset your heart rhythm, above all "
                                    "when you eat again, so it belongs under a doctor's eyes.",
  "No voy a planificar {period} sin comer. Más allá de un día, un ayuno cuesta músculo y puede alterar el ritmo del "
  "corazón, sobre todo al volver a comer, así que es cosa de un médico."};
inline constexpr phrase refuse_water_fast{"I won't plan a fast on water. Beyond a day or so it costs muscle and can "
                                          "upset your heart rhythm, above all when you "
                                          "eat again, so it belongs under a doctor's eyes.",
  "No voy a planificar un ayuno solo con agua. Más allá de un día cuesta músculo y puede alterar el ritmo del corazón, "
  "sobre todo al volver a comer, así que es cosa de un médico."};
inline constexpr phrase fast_instead{
  "Ask me how much to eat to lose weight and I'll work out a daily amount you can live with.",
  "Pregúntame cuánto comer para bajar de peso y te calculo una cantidad diaria con la que se puede vivir."};
inline constexpr phrase refuse_no_food{
  "I won't plan eating nothing. Beyond a day or so without food the body burns muscle, and it can upset your heart "
  "rhythm, above all when you eat again, so it belongs under a doctor's eyes.",
  "No voy a planificar dejar de comer. Más allá de un día sin comida el cuerpo quema músculo y se puede alterar el "
  "ritmo "
  "del corazón, sobre todo al volver a comer, así que es cosa de un médico."};
inline constexpr phrase fast_support{
  "If food has become a fight, a doctor or a psychologist can help, and it is worth telling somebody close to you.",
  "Si la comida se ha vuelto una lucha, un médico o un psicólogo puede ayudarte, y vale la pena contárselo a alguien "
  "cercano."};
inline constexpr phrase refuse_drying{
  "I won't help with losing weight as water. Sauna suits, sweating it off and not drinking take no fat: the weight is "
  "back with the next glasses, and meanwhile the body overheats and heart and kidneys suffer. Wrestlers have died of "
  "it "
  "(CDC, MMWR 1998;47:105-108).",
  "No voy a ayudarte a perder peso en forma de agua. Los trajes de sauna, sudar kilos y no beber no quitan grasa: el "
  "peso vuelve con los siguientes vasos y, mientras tanto, el cuerpo se recalienta y sufren el corazón y los riñones. "
  "Ha habido luchadores que han muerto así (CDC, MMWR 1998;47:105-108)."};
inline constexpr phrase drying_instead{
  "What works instead: drink when you're thirsty and lose fat ahead of time, up to about 1% of your weight a week. Ask "
  "me how much to eat for it; if you compete, choose the class that you reach that way.",
  "Lo que sí funciona: bebe cuando tengas sed y pierde grasa con tiempo, hasta un 1 % de tu peso por semana. "
  "Pregúntame "
  "cuánto comer para eso; si compites, elige la categoría a la que llegues así."};
inline constexpr phrase drying_signs{
  "If you have gone without drinking and feel dizzy, confused or hot without sweat, drink, cool down and call your "
  "emergency number (112 or 911).",
  "Si llevas tiempo sin beber y notas mareo, confusión o calor sin sudor, bebe, refréscate y llama a emergencias (112 "
  "o "
  "911)."};
inline constexpr phrase refuse_water{
  "{amount} is too much water. Kidneys pass about a litre an hour at best (EFSA 2010); what comes on top thins the "
  "sodium in your blood, and that (hyponatraemia) can end in seizures.",
  "{amount} es demasiada agua. Los riñones dejan pasar como mucho cerca de un litro por hora (EFSA 2010); lo que sobra "
  "diluye el sodio de la sangre, y eso (hiponatremia) puede acabar en convulsiones."};
inline constexpr phrase amount_a_day{"{amount} a day", "{amount} al día"};
inline constexpr phrase amount_an_hour{"{amount} an hour", "{amount} por hora"};
inline constexpr phrase water_instead{
  "What I'd do instead: drink when you're thirsty, on a calm day about {drinks} in all, more only as you sweat.",
  "Lo que haría en su lugar: bebe cuando tengas sed, en un día tranquilo unos {drinks} en total, y más solo si sudas."};
inline constexpr phrase water_instead_unknown{
  "What I'd do instead: drink when you're thirsty; on a calm day {women} to {men} from drinks are enough for most "
  "adults, more only as you sweat.",
  "Lo que haría en su lugar: bebe cuando tengas sed; en un día tranquilo a casi cualquier adulto le bastan entre "
  "{women} y {men} de bebidas, y más solo si sudas."};
inline constexpr phrase water_signs{
  "If you have drunk that much already and have a headache, nausea or confusion, stop drinking and call your emergency "
  "number (112 or 911). A thirst that never ends is one for a doctor.",
  "Si ya has bebido tanto y tienes dolor de cabeza, náuseas o confusión, deja de beber y llama a emergencias (112 o "
  "911). Una sed que no se quita es para el médico."};
inline constexpr phrase refuse_training{
  "I won't plan {hours} hours of training for every day. Muscle, tendons and heart adapt in the hours between "
  "sessions; "
  "without them come injuries, broken sleep and exhaustion that lasts for months, and professionals of endurance reach "
  "half of that after years.",
  "No voy a planificar {hours} horas de entrenamiento al día. El músculo, los tendones y el corazón se adaptan en las "
  "horas entre sesiones; sin ellas llegan lesiones, mal sueño y un agotamiento que dura meses, y los profesionales de "
  "resistencia llegan a la mitad después de años."};
inline constexpr phrase training_instead{
  "What I'd do instead: three to five sessions of 45 to 90 minutes a week, with at least one full day off, walks in "
  "between, and a tenth more each week at most. Tell me your goal and your days and we'll lay it out.",
  "Lo que haría en su lugar: de tres a cinco sesiones de 45 a 90 minutos por semana, con al menos un día libre "
  "completo, "
  "paseos entre medias y, como mucho, una décima parte más cada semana. Dime tu objetivo y tus días y lo organizamos."};
inline constexpr phrase refuse_light_aim{
  "I won't plan for {weight}: at {height} that is a body mass index of {bmi}, under the 18.5 where the WHO speaks of "
  "underweight. The lightest I'd aim for with you is {least}.",
  "No voy a planificar para llegar a {weight}: con {height} es un índice de masa corporal de {bmi}, por debajo de los "
  "18,5 en los que la OMS habla de bajo peso. Lo mínimo a lo que apuntaría contigo son {least}."};
inline constexpr phrase refuse_light_aim_unknown{
  "I won't plan for {weight}: for hardly any adult is that a healthy weight.",
  "No voy a planificar para llegar a {weight}: para casi ningún adulto es un peso sano."};
inline constexpr phrase refuse_light_index{
  "I won't plan for a body mass index of {bmi}: under 18.5 the WHO speaks of underweight, and down there the body pays "
  "with muscle, bone and hormones.",
  "No voy a planificar para llegar a un índice de masa corporal de {bmi}: por debajo de 18,5 la OMS habla de bajo "
  "peso, "
  "y ahí el cuerpo paga con músculo, hueso y hormonas."};
inline constexpr phrase light_aim_help{
  "If a number on the scale weighs on your mind, a doctor or dietitian is the right person to talk to.",
  "Si te obsesiona un número en la báscula, lo mejor es hablarlo con un médico o un dietista."};

inline constexpr phrase impossible_value{
  "{value} is outside what I can work with ({low} to {high}). Tell me the right number and I'll do the sum.",
  "{value} queda fuera de lo que puedo calcular (de {low} a {high}). Dime el número correcto y hago la cuenta."};
inline constexpr phrase impossible_asked_again{
  "{value} is outside what I can work with ({low} to {high}). Once more, please. {question}",
  "{value} queda fuera de lo que puedo calcular (de {low} a {high}). Vamos otra vez. {question}"};
inline constexpr phrase hours_of_sleep{"{count} hours", "{count} horas"};
inline constexpr phrase years_of_age{"{count} years", "{count} años"};
inline constexpr phrase repetitions_count{"{count} reps", "{count} repeticiones"};

inline constexpr phrase still_can_help{
  "I'm glad to help with training, sleep, water or building strength in the meantime.",
  "Mientras tanto, cuenta conmigo para el entrenamiento, el sueño, el agua o ganar fuerza."};
inline constexpr phrase offer_gain{"If you like, I'll work out what it takes to hold or gain weight instead.",
  "Si quieres, te calculo lo que hace falta para mantener o subir de peso."};

inline constexpr phrase refuse_below_floor{"I won't plan {asked} a day with you. It is under {floor}, the least I go "
                                           "to without a doctor, and down there the body pays with "
                                           "muscle, sleep and mood long before fat.",
  "No voy a planificarte {asked} al día. Eso está por debajo de {floor}, lo mínimo a lo que llego sin un médico, y ahí "
  "el cuerpo paga "
  "con músculo, sueño y ánimo mucho antes que con grasa."};
inline constexpr phrase instead_target{"What I'd do instead: about {target} a day. From your {maintenance} of daily "
                                       "use ({formula}) that is still a real deficit, and one "
                                       "you can keep.",
  "Lo que haría en su lugar: unas {target} al día. Partiendo de las {maintenance} que gastas ({formula}) sigue siendo "
  "un déficit de "
  "verdad, y uno que puedes mantener."};
inline constexpr phrase instead_maintenance{"What I'd do instead: eat about {target} a day, which is what you use "
                                            "({formula}), and let more walking and strength training "
                                            "make the difference.",
  "Lo que haría en su lugar: come unas {target} al día, que es lo que gastas ({formula}), y deja que caminar más y "
  "entrenar "
  "fuerza marquen la diferencia."};
inline constexpr phrase instead_unknown{
  "Tell me your age, sex, height, weight and how active you are, and I'll find you a target that works.",
  "Dime tu edad, sexo, altura, peso y nivel de actividad y te busco un objetivo que funcione."};
inline constexpr phrase prescribed{"If a doctor has prescribed a diet that low, follow it with them and not with me.",
  "Si un médico te ha pautado una dieta tan baja, síguela con esa supervisión y no conmigo."};

inline constexpr phrase refuse_rapid_loss{"{change} in {period} is too fast: that would be {rate} of your body weight "
                                          "a week, and above 1.5% most of what goes is water and "
                                          "muscle, and it comes back.",
  "{change} en {period} es demasiado rápido: sería un {rate} de tu peso por semana y, por encima del 1,5 %, lo que se "
  "va es sobre "
  "todo agua y músculo, y vuelve."};
inline constexpr phrase refuse_rapid_loss_unknown{"{change} in {period} is too fast for almost anybody: that is "
                                                  "{per_week} a week, mostly water and muscle, and it comes back.",
  "{change} en {period} es demasiado rápido para casi cualquiera: son {per_week} por semana, sobre todo agua y "
  "músculo, y vuelve."};
inline constexpr phrase steady_pace{
  "A pace that lasts for you is up to about {pace} a week, 1% of your weight (Garthe and colleagues 2011), so plan on "
  "{time} to lose {change}.",
  "Un ritmo que dura en tu caso es de hasta unos {pace} por semana, el 1 % de tu peso (Garthe y su equipo, 2011), así "
  "que cuenta con {time} para perder {change}."};
inline constexpr phrase steady_pace_week{
  "A pace that lasts for you is up to about {pace} a week, 1% of your weight (Garthe and colleagues 2011).",
  "Un ritmo que dura en tu caso es de hasta unos {pace} por semana, el 1 % de tu peso (Garthe y su equipo, 2011)."};
inline constexpr phrase rapid_professional{
  "If there's a medical reason for the hurry, that belongs in your doctor's hands.",
  "Si hay un motivo médico para tanta prisa, eso debe llevarlo tu médico."};
inline constexpr phrase period_days{"{count} days", "{count} días"};
inline constexpr phrase period_day{"one day", "un día"};
inline constexpr phrase period_weeks{"{count} weeks", "{count} semanas"};
inline constexpr phrase period_week{"one week", "una semana"};
inline constexpr phrase period_months{"{count} months", "{count} meses"};
inline constexpr phrase period_month{"one month", "un mes"};

}  // namespace genesis::coach::phrases
