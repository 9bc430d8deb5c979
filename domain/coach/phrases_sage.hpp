#pragma once

#include "domain/coach/wording.hpp"

#include <array>

// Sage's texts: energy, macros, protein and water, and why a plan is refused.

namespace genesis::coach::phrases {

inline constexpr phrase purpose_energy_target{"your daily energy", "tu energía diaria"};
inline constexpr phrase purpose_resting_energy{"your resting energy", "tu gasto en reposo"};
inline constexpr phrase purpose_macros{"your macros", "tus macros"};
inline constexpr phrase purpose_protein{"your protein", "tu proteína"};
inline constexpr phrase purpose_water{"how much water you need", "cuánta agua necesitas"};

// Energy target

inline constexpr auto lead_lose =
  std::to_array<phrase>({{"To lose weight at a pace you can keep, eat about {target} a day.",
                           "Para perder peso a un ritmo que puedas mantener, come unas {target} al día."},
    {"About {target} a day is the number I'd work with to bring your weight down steadily.",
      "Yo trabajaría con unas {target} al día para que tu peso baje poco a poco."},
    {"Aim for about {target} a day: enough of a gap to lose weight, not so much that training suffers.",
      "Apunta a unas {target} al día: suficiente diferencia para perder peso sin que el entrenamiento lo pague."}});
inline constexpr phrase lead_maintain{
  "About {target} a day should hold your weight where it is.", "Con unas {target} al día deberías mantener tu peso."};
inline constexpr phrase lead_gain{"To build muscle without piling on fat, eat about {target} a day.",
  "Para ganar músculo sin acumular grasa de más, come unas {target} al día."};
inline constexpr phrase lead_recomposition{
  "For recomposition I'd set you at about {target} a day, a small deficit that still feeds your training.",
  "Para una recomposición te pondría en unas {target} al día: un déficit pequeño que todavía alimenta el "
  "entrenamiento."};
inline constexpr phrase lead_performance{
  "To perform, eat what you use: about {target} a day.", "Para rendir, come lo que gastas: unas {target} al día."};
inline constexpr phrase lead_bound{
  "I'd set you at about {target} a day, and no lower.", "Te pondría en unas {target} al día, y no menos."};
inline constexpr auto lead_then =
  std::to_array<phrase>({{"Then it would be about {target} a day.", "Entonces serían unas {target} al día."},
    {"In that case I'd say about {target} a day.", "En ese caso te pondría en unas {target} al día."}});
inline constexpr phrase lead_wish_less{
  "{target} a day is {gap} less than you use, so expect to lose roughly {mass} a week.",
  "{target} al día son {gap} menos de lo que gastas, así que cuenta con perder más o menos {mass} por semana."};
inline constexpr phrase lead_wish_more{
  "{target} a day is {gap} more than you use, so expect to gain roughly {mass} a week.",
  "{target} al día son {gap} más de lo que gastas, así que cuenta con ganar más o menos {mass} por semana."};
inline constexpr phrase lead_wish_same{"{target} a day is close to what you use, so your weight should hold.",
  "{target} al día es casi lo que gastas, así que tu peso debería mantenerse."};
inline constexpr phrase wish_too_fast{"It's allowed, but it is faster than the 1% of your body weight a week that "
                                      "keeps muscle; I'd rather see you near {better}.",
  "Se puede, pero va más rápido que el 1 % de tu peso por semana con el que se conserva el músculo; preferiría verte "
  "cerca de {better}."};
inline constexpr phrase duration{"At that rate {change} take about {weeks} weeks, give or take a few.",
  "A ese ritmo, {change} llevan unas {weeks} semanas, arriba o abajo."};

inline constexpr phrase energy_path{"At rest your body uses about {resting} ({formula}, from {basis}). With {activity} "
                                    "that makes {maintenance} a day{change}.",
  "En reposo tu cuerpo gasta unas {resting} ({formula}, con {basis}). Con {activity} son {maintenance} al "
  "día{change}."};
inline constexpr phrase change_minus{", and I took {percent} off", ", y de ahí he quitado un {percent}"};
inline constexpr phrase change_plus{", and I added {percent}", ", y he sumado un {percent}"};

inline constexpr phrase basis_measures{"{weight}, {height} and an age of {age}", "{weight}, {height} y {age} años"};
inline constexpr phrase basis_composition{"{weight} with {fat} body fat", "{weight} y un {fat} de grasa corporal"};

inline constexpr phrase activity_sedentary{"a sedentary routine", "una rutina sedentaria"};
inline constexpr phrase activity_light{"light activity", "una actividad ligera"};
inline constexpr phrase activity_moderate{"a moderately active week", "una semana moderadamente activa"};
inline constexpr phrase activity_active{"an active week", "una semana activa"};
inline constexpr phrase activity_very_active{"a very active week", "una semana muy activa"};

inline constexpr phrase bound_by_floor{
  "The full {percent} cut would land at {requested}. I don't plan below {floor} without a doctor, so I stopped there.",
  "El recorte completo del {percent} te dejaría en {requested}. No planifico por debajo de {floor} sin un médico, así "
  "que me "
  "he quedado ahí."};
inline constexpr phrase bound_by_maintenance{"I left out the usual cut: what you use is already below {floor}, the "
                                             "least I plan without a doctor, so here more movement "
                                             "is a better lever than less food.",
  "No he aplicado el recorte habitual: lo que gastas ya está por debajo de {floor}, el mínimo que planifico sin un "
  "médico, así "
  "que aquí funciona mejor moverte más que comer menos."};

inline constexpr phrase tip_energy_prime{
  "Run it for two weeks, weigh in on three mornings a week, and judge the average. Then we adjust.",
  "Aplícalo dos semanas, pésate tres mañanas por semana y juzga la media. Después ajustamos."};
inline constexpr phrase tip_energy_longevity{"Give it two or three weeks without rushing, and watch the trend rather "
                                             "than any single morning. Small, steady steps are the "
                                             "ones that last.",
  "Dale dos o tres semanas sin prisa y mira la tendencia, no una mañana suelta. Los pasos pequeños y constantes son "
  "los que "
  "duran."};
inline constexpr phrase expected_loss{
  "The gap to what you use is {gap} a day, or roughly {mass} a week if we count {density} of body weight. Real bodies "
  "wobble around that.",
  "La diferencia con lo que gastas es de {gap} al día, más o menos {mass} por semana si contamos {density} de peso. "
  "El cuerpo real oscila alrededor de eso."};

inline constexpr phrase arithmetic_mifflin{
  "Step by step: 10 × {weight} + 6.25 × {height} − 5 × {age} {constant} = {resting}; times {factor} for activity = "
  "{maintenance}; times {share} for the goal = {requested}.",
  "Paso a paso: 10 × {weight} + 6,25 × {height} − 5 × {age} {constant} = {resting}; por {factor} de actividad = "
  "{maintenance}; por {share} del objetivo = {requested}."};
inline constexpr phrase arithmetic_general{"Step by step: {resting} at rest, times {factor} for activity = "
                                           "{maintenance}; times {share} for the goal = {requested}.",
  "Paso a paso: {resting} en reposo, por {factor} de actividad = {maintenance}; por {share} del objetivo = "
  "{requested}."};

inline constexpr phrase partial_range{"What I can say already: at rest you use about {resting} ({formula}), so a whole "
                                      "day lies somewhere between {low} (sedentary) "
                                      "and {high} (very active).",
  "Lo que ya puedo decirte: en reposo gastas unas {resting} ({formula}), así que el día completo queda entre {low} "
  "(sedentario) "
  "y {high} (muy activo)."};
inline constexpr phrase partial_maintenance{"What I can say already: about {maintenance} a day holds your weight; "
                                            "losing would mean some {lose}, gaining muscle some {gain}.",
  "Lo que ya puedo decirte: con unas {maintenance} al día mantienes tu peso; para perder serían unas {lose} y para "
  "ganar "
  "músculo, unas {gain}."};
inline constexpr phrase partial_protein{
  "Meanwhile, one thing holds in any case: {low} to {high} of protein a day suit your {weight}.",
  "Mientras tanto, algo vale en cualquier caso: entre {low} y {high} de proteína al día le van bien a tus {weight}."};
inline constexpr phrase partial_nothing{"Meanwhile, build each meal around a palm of protein, plenty of vegetables and "
                                        "a fist of starch; that is a sound start "
                                        "without any numbers.",
  "Mientras tanto, monta cada comida con una palma de proteína, mucha verdura y un puño de hidratos; es un buen "
  "comienzo "
  "sin números."};

// Resting energy

inline constexpr phrase lead_resting{"At rest you use about {kcal} a day ({formula}, from {basis}).",
  "En reposo gastas unas {kcal} al día ({formula}, con {basis})."};
inline constexpr phrase resting_meaning{
  "That is what a day in bed would cost you, not what you should eat: with {activity} it becomes about {maintenance}.",
  "Eso es lo que te costaría un día entero en la cama, no lo que debes comer: con {activity} sube a unas "
  "{maintenance}."};
inline constexpr phrase resting_meaning_plain{
  "That is what a day in bed would cost you, not what you should eat; your activity comes on top.",
  "Eso es lo que te costaría un día entero en la cama, no lo que debes comer; la actividad se suma aparte."};
inline constexpr phrase resting_other{
  "{formula} would say {kcal}; differences of that size are normal between formulas.",
  "{formula} daría {kcal}; diferencias así son normales entre fórmulas."};

// Macros and protein

inline constexpr phrase lead_macros{
  "For {kcal} a day: {protein} of protein, {carbs} of carbohydrate and {fat} of fat, with about {fibre} of fibre.",
  "Para {kcal} al día: {protein} de proteína, {carbs} de hidratos y {fat} de grasa, con unos {fibre} de fibra."};
inline constexpr phrase macros_path{
  "The energy is your target from {formula} for {goal}. Protein comes first at {factor}, fat takes about {share} of "
  "the energy, and carbohydrate fills the rest.",
  "La energía sale de {formula} y de tu objetivo de {goal}. Primero va la proteína, a {factor}; la grasa se lleva "
  "cerca del {share} de la energía y los hidratos completan el resto."};
inline constexpr phrase macros_wish_path{
  "Protein comes first at {factor}, fat takes about {share} of the energy, and carbohydrate fills the rest.",
  "Primero va la proteína, a {factor}; la grasa se lleva cerca del {share} de la energía y los hidratos completan "
  "el resto."};
inline constexpr phrase meals_lead{"Over {count} meals that could be:", "Repartido en {count} comidas quedaría así:"};
inline constexpr phrase meal_line{"- Meal {meal}: {kcal}, with {protein} protein, {carbs} carbs and {fat} fat",
  "- Comida {meal}: {kcal}, con {protein} de proteína, {carbs} de hidratos y {fat} de grasa"};
inline constexpr phrase tip_macros_prime{
  "If you track one number, track protein. The other two can trade places within the calories.",
  "Si solo vas a controlar un número, que sea la proteína. Los otros dos pueden intercambiarse dentro de las "
  "calorías."};
inline constexpr phrase tip_macros_longevity{"Don't chase the gram: get the protein most days, choose whole foods for "
                                             "the rest, and the numbers will look after themselves.",
  "No persigas el gramo exacto: llega a la proteína casi todos los días, elige alimentos poco procesados y los números "
  "salen "
  "solos."};
inline constexpr phrase macros_infeasible{"I can't make a sensible split of {kcal} for your {weight}: the least "
                                          "protein, fat and carbohydrate you need already come to "
                                          "{smallest}. That is the lowest I'd go.",
  "No puedo hacer un reparto sensato de {kcal} para tus {weight}: el mínimo de proteína, grasa e hidratos que "
  "necesitas ya suma "
  "{smallest}. De ahí no bajaría."};

inline constexpr phrase lead_protein{
  "Aim for about {protein} of protein a day, around {factor} g for each of your {weight}.",
  "Apunta a unos {protein} de proteína al día, alrededor de {factor} g por cada uno de tus {weight}."};
inline constexpr phrase lead_protein_pounds{
  "Aim for about {protein} of protein a day, around {factor} g per pound of body weight.",
  "Apunta a unos {protein} de proteína al día, alrededor de {factor} g por libra de peso."};
inline constexpr phrase protein_path{"It suits your goal ({goal}) and covers the {plateau} beyond which the studies "
                                     "pooled by Morton and colleagues (2018) see no extra "
                                     "muscle.",
  "Encaja con tu objetivo ({goal}) y cubre los {plateau} a partir de los cuales los estudios reunidos por Morton y su "
  "equipo (2018) ya "
  "no ven más músculo."};
inline constexpr phrase protein_meals{
  "Over {count} meals that is roughly {each} each time.", "En {count} comidas son unos {each} cada vez."};
inline constexpr phrase protein_foods{
  "To picture 25 to 30 g: {foods}.", "Para hacerte una idea de 25 a 30 g: {foods}."};

inline constexpr phrase goal_lose{"losing weight", "perder peso"};
inline constexpr phrase goal_maintain{"maintaining", "mantenerte"};
inline constexpr phrase goal_gain{"gaining muscle", "ganar músculo"};
inline constexpr phrase goal_recomposition{"recomposition", "recomposición"};
inline constexpr phrase goal_performance{"performance", "rendimiento"};

// Water

inline constexpr phrase lead_water{"Plan on about {total} of water a day in all. Food brings around a fifth of it, so "
                                   "roughly {drinks} from drinks will do on a "
                                   "calm day.",
  "Cuenta con unos {total} de agua al día en total. La comida aporta más o menos una quinta parte, así que en un día "
  "tranquilo "
  "basta con beber unos {drinks}."};
inline constexpr phrase water_path{
  "That is the adequate intake of the European Food Safety Authority (EFSA 2010) for {group}, in a mild climate.",
  "Es la ingesta adecuada de la Autoridad Europea de Seguridad Alimentaria (EFSA 2010) para {group}, con clima "
  "templado."};
inline constexpr phrase water_reason{
  "The European Food Safety Authority (EFSA 2010) looked at what healthy {group} in a mild climate take in: {total} a "
  "day. Four fifths of that, {drinks}, come from drinks and the rest with the food.",
  "La Autoridad Europea de Seguridad Alimentaria (EFSA 2010) miró cuánta agua toman {group} con buena salud y clima "
  "templado: {total} al día. Cuatro quintas partes, {drinks}, vienen de bebidas y el resto, de la comida."};
inline constexpr phrase group_men{"men", "los hombres"};
inline constexpr phrase group_women{"women", "las mujeres"};
inline constexpr phrase group_pregnant{"pregnant women", "mujeres embarazadas"};
inline constexpr phrase group_lactating{"women who breastfeed", "mujeres que dan el pecho"};
inline constexpr phrase water_sweat{"Training comes on top: weigh yourself before and after a hard session, and drink "
                                    "back about a litre for every kilo you lost.",
  "El entrenamiento va aparte: pésate antes y después de una sesión dura y bebe más o menos un litro por cada kilo que "
  "hayas "
  "perdido."};
inline constexpr phrase water_sweat_pounds{"Training comes on top: weigh yourself before and after a hard session, and "
                                           "drink back about 16 fl oz for every pound you lost.",
  "El entrenamiento va aparte: pésate antes y después de una sesión dura y bebe unas 16 fl oz por cada libra que hayas "
  "perdido."};
inline constexpr phrase per_kilo{"{value} g per kilo", "{value} g por kilo"};
inline constexpr phrase per_pound{"{value} g per pound", "{value} g por libra"};
inline constexpr phrase density_kilo{"7,700 kcal per kilo", "7700 kcal por kilo"};
inline constexpr phrase density_pound{"3,500 kcal per pound", "3500 kcal por libra"};
inline constexpr phrase group_young{"people of your age", "personas de tu edad"};
inline constexpr phrase water_partial{
  "Until then: adult men do well on about {men} a day in all and women on about {women}, food included (EFSA 2010).",
  "Mientras tanto: a un hombre adulto le bastan unos {men} al día en total y a una mujer unos {women}, comida incluida "
  "(EFSA 2010)."};

// Refusals

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
inline constexpr phrase refuse_light_aim{
  "I won't plan for {weight}: at {height} that is a body mass index of {bmi}, under the 18.5 where the WHO speaks of "
  "underweight. The lightest I'd aim for with you is {least}.",
  "No voy a planificar para llegar a {weight}: con {height} es un índice de masa corporal de {bmi}, por debajo de los "
  "18,5 en los que la OMS habla de bajo peso. Lo mínimo a lo que apuntaría contigo son {least}."};
inline constexpr phrase refuse_light_aim_unknown{
  "I won't plan for {weight}: for hardly any adult is that a healthy weight.",
  "No voy a planificar para llegar a {weight}: para casi ningún adulto es un peso sano."};
inline constexpr phrase light_aim_help{
  "If a number on the scale weighs on your mind, a doctor or dietitian is the right person to talk to.",
  "Si te obsesiona un número en la báscula, lo mejor es hablarlo con un médico o un dietista."};

inline constexpr phrase impossible_value{
  "{value} is outside what I can work with ({low} to {high}). Tell me the right number and I'll do the sum.",
  "{value} queda fuera de lo que puedo calcular (de {low} a {high}). Dime el número correcto y hago la cuenta."};
inline constexpr phrase years_of_age{"{count} years", "{count} años"};
inline constexpr phrase repetitions_count{"{count} reps", "{count} repeticiones"};
inline constexpr phrase partial_hold{"What I can say already: about {maintenance} a day holds your weight.",
  "Lo que ya puedo decirte: con unas {maintenance} al día mantienes tu peso."};

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
