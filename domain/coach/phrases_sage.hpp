#pragma once

#include "domain/coach/wording.hpp"

#include <array>

// Sage's texts: energy, macros, protein and water.

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
inline constexpr phrase lead_pace_lose{"To lose about {pace} a week, eat about {target} a day.",
  "Para perder unos {pace} por semana, come unas {target} al día."};
inline constexpr phrase lead_pace_gain{"To gain about {pace} a week, eat about {target} a day.",
  "Para ganar unos {pace} por semana, come unas {target} al día."};
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

inline constexpr phrase change_pace_minus{
  ", and your pace takes {gap} off (at {density})", ", y tu ritmo resta {gap} (a {density})"};
inline constexpr phrase change_pace_plus{
  ", and your pace adds {gap} (at {density})", ", y tu ritmo suma {gap} (a {density})"};
inline constexpr phrase pace_bound_by_floor{
  "Losing {pace} a week would take {requested} a day. I don't plan below {floor} without a doctor, so I stopped there: "
  "expect about {possible} a week, and more with more movement.",
  "Perder {pace} por semana pediría {requested} al día. No planifico por debajo de {floor} sin un médico, así que me "
  "he "
  "quedado ahí: cuenta con unos {possible} por semana, y más si te mueves más."};
inline constexpr phrase gain_bound{
  "{wanted} a week is more than a body can turn into muscle: above 0.5% of your weight a week most of it is fat, so I "
  "planned {pace}.",
  "{wanted} por semana es más de lo que un cuerpo puede convertir en músculo: por encima del 0,5 % de tu peso por "
  "semana "
  "casi todo es grasa, así que he planificado {pace}."};

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
  "{maintenance}; {last_step} = {requested}.",
  "Paso a paso: 10 × {weight} + 6,25 × {height} − 5 × {age} {constant} = {resting}; por {factor} de actividad = "
  "{maintenance}; {last_step} = {requested}."};
inline constexpr phrase arithmetic_general{"Step by step: {resting} at rest, times {factor} for activity = "
                                           "{maintenance}; {last_step} = {requested}.",
  "Paso a paso: {resting} en reposo, por {factor} de actividad = {maintenance}; {last_step} = {requested}."};
inline constexpr phrase arithmetic_share{"times {share} for the goal", "por {share} del objetivo"};
inline constexpr phrase arithmetic_pace_minus{"minus {gap} for your pace", "menos {gap} por tu ritmo"};
inline constexpr phrase arithmetic_pace_plus{"plus {gap} for your pace", "más {gap} por tu ritmo"};

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
inline constexpr phrase macros_of_whole_grams{"In whole grams that comes to {kcal}.", "En gramos enteros son {kcal}."};
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
inline constexpr phrase protein_each_meal{
  "Over {count} meals that is {parts}, in the order of the day.", "En {count} comidas son {parts}, por orden del día."};
inline constexpr phrase protein_foods{
  "To picture 25 to 30 g: {foods}.", "Para hacerte una idea de 25 a 30 g: {foods}."};

inline constexpr phrase protein_not_by_training{"How often you train doesn't move this one: protein goes by your "
                                                "weight and your goal. What moves is the energy; ask me "
                                                "how much to eat with it.",
  "Los días que entrenas no cambian esta cifra: la proteína va por tu peso y tu objetivo. Lo que cambia es la energía; "
  "pregúntame cuánto comer así."};
inline constexpr phrase macros_low_carb{"That is my balanced split, not a keto one: I don't plan below 50 g of "
                                        "carbohydrate. On keto the energy and the protein "
                                        "stay as they are and fat takes the place of nearly all the carbohydrate; plan "
                                        "it with a dietitian, and with a doctor "
                                        "if you have diabetes or take medicines.",
  "Ese es mi reparto equilibrado, no uno cetogénico: no planifico por debajo de 50 g de hidratos. En keto la energía y "
  "la "
  "proteína se quedan igual y la grasa ocupa el sitio de casi todos los hidratos; planifícalo con un dietista, y con "
  "un "
  "médico si tienes diabetes o tomas medicación."};
inline constexpr phrase steady_loss{"Up to about {pace} a week: that is 1% of your {weight}, the pace at which muscle "
                                    "is kept (Garthe and colleagues 2011). "
                                    "Half of it is easier to hold, and beyond 1.5% a week I don't plan.",
  "Hasta unos {pace} por semana: es el 1 % de tus {weight}, el ritmo con el que se conserva el músculo (Garthe y su "
  "equipo, 2011). La mitad se aguanta mejor, y por encima del 1,5 % por semana no planifico."};
inline constexpr phrase steady_gain{"Up to about {pace} a week: that is 0.25% of your {weight}; what comes faster is "
                                    "mostly fat, and beyond 0.5% a week I "
                                    "don't plan.",
  "Hasta unos {pace} por semana: es el 0,25 % de tus {weight}; lo que llega más rápido es sobre todo grasa, y por "
  "encima "
  "del 0,5 % por semana no planifico."};
inline constexpr phrase steady_unknown{"To lose, up to about 1% of your weight a week (Garthe and colleagues 2011); to "
                                       "gain, about 0.25%. Tell me your weight "
                                       "and I'll put it in numbers.",
  "Para perder, hasta un 1 % de tu peso por semana (Garthe y su equipo, 2011); para ganar, cerca de un 0,25 %. Dime tu "
  "peso y te lo pongo en cifras."};
inline constexpr phrase pace_of_target{"Your target of {target} a day comes to about {pace} a week.",
  "Tu objetivo de {target} al día son unos {pace} por semana."};
inline constexpr phrase protein_no_foods{
  "With what you leave out, none of the foods I know by heart is left; a dietitian can fill that list with you.",
  "Con lo que dejas fuera no queda ninguno de los alimentos que me sé; un dietista puede completar esa lista contigo."};

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

inline constexpr phrase partial_hold{"What I can say already: about {maintenance} a day holds your weight.",
  "Lo que ya puedo decirte: con unas {maintenance} al día mantienes tu peso."};

}  // namespace genesis::coach::phrases
