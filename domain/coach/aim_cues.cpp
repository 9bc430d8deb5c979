#include "domain/coach/aim_cues.hpp"

#include <array>

namespace genesis::coach {

namespace {

constexpr auto cues = std::to_array<cue>({
  {lives_on_water, 1, "water fast|fasting|diet"},
  {lives_on_water, 1, "only|just|nothing|solely _ water"},
  {lives_on_water, 1, "live|survive|living|surviving on water"},
  {lives_on_water, 1, "nothing but water"},
  {lives_on_water, 1, "solo|solamente|unicamente|exclusivamente _ agua"},
  {lives_on_water, 1, "base de agua"},
  {lives_on_water, 1, "ayuno|dieta hidrico|de agua"},

  {goes_without_food, 1, "fasting|fasted|ayun*"},
  {goes_without_food, 1, "to|will|gonna|should|can|i fast"},
  {goes_without_food, 1, "a fast of|for"},
  {goes_without_food, 1, "water|juice fast|fasting"},
  {goes_without_food, 1, "day|hour|hr|h|week fast"},
  {goes_without_food, 1, "fast for 1*|2*|3*|4*|5*|6*|7*|8*|9*|a|two|three|four|five|six|seven|ten"},
  {goes_without_food, 1, "without food|eating|meals"},
  {goes_without_food, 1, "not|dont|wont|stop _ eat|eating anything|nothing|food"},
  {goes_without_food, 1,
    "not|dont|wont|never|stop|stopping|quit|quitting eat|eating for "
    "1*|2*|3*|4*|5*|6*|7*|8*|9*|two|three|four|five|six|seven|ten"},
  {goes_without_food, 1, "not|dont|wont|never|stop|stopping|quit|quitting eat|eating for a|one week|month|whole|full"},
  {goes_without_food, 1, "eat|eating nothing"},
  {goes_without_food, 1, "no food"},
  {goes_without_food, 1, "sin|no comer|probar nada|bocado|durante|por|1*|2*|3*|4*|5*|6*|7*|8*|9*|una|dos|tres|cuatro"},
  {goes_without_food, 1, "sin comida|alimentos|alimento"},
  {goes_without_food, 1,
    "dejar|dejo|dejare|dejando|dejara de comer por|durante|1*|2*|3*|4*|5*|6*|7*|8*|9*|una|dos|tres|cuatro|cinco"},

  {gives_up_food, 1, "stop|stopping|quit|quitting eating completely|altogether|entirely|anything|everything"},
  {gives_up_food, 1, "stop|stopping|quit|quitting eating all|any food|meals"},
  {gives_up_food, 1, "stop|stopping|quit|quitting eating to lose|drop|slim|get|be|make"},
  {gives_up_food, 1,
    "stop|stopping|quit|quitting eating until|till _ "
    "lose|lost|weigh|reach|drop|fit|skinny|thin|week|wedding|monday|tuesday|wednesday|thursday|friday|saturday|sunday"},
  {gives_up_food, 1, "not|dont|wont|never|stop|stopping|quit|quitting eat|eating at all"},
  {gives_up_food, 1, "not|dont|wont|never|stop|stopping|quit|quitting eat|eating for _ days|weeks"},
  {gives_up_food, 1, "not|dont|wont want|wanna|going|gonna|need|have _ eat|eating for _ days|weeks"},
  {gives_up_food, 1, "not|dont|wont|stop _ eat|eating anything|nothing|food for _ days|weeks"},
  {gives_up_food, 1, "without food|eating for _ days|weeks"},
  {gives_up_food, 1, "eat|eating nothing at all"},
  {gives_up_food, 1, "eat|eating nothing for _ days|weeks"},
  {gives_up_food, 1, "dejar|dejo|dejare|dejando|dejara de comer completamente|totalmente|nada|todo"},
  {gives_up_food, 1, "dejar|dejo|dejare|dejando|dejara de comer del|por todo|completo"},
  {gives_up_food, 1, "dejar|dejo|dejare|dejando|dejara de comer por|durante _ dias|semanas"},
  {gives_up_food, 1, "dejar|dejo|dejare|dejando|dejara de comer unos|varios|algunos dias"},
  {gives_up_food, 1, "dejar|dejo|dejare|dejando|dejara de comer para _ perder|bajar|adelgaz*|marcar|rebajar"},
  {gives_up_food, 1,
    "dejar|dejo|dejare|dejando|dejara de comer hasta _ "
    "perder|pierda|pese|pesar|baje|bajar|llegar|adelgace|boda|lunes|martes|miercoles|jueves|viernes|sabado|domingo"},
  {gives_up_food, 1, "sin|no comer|comere _ unos|varios|algunos dias"},
  {gives_up_food, 1, "no comer|como|comere|coma absolutamente nada"},
  {gives_up_food, 1, "no comer|comere nada de nada"},
  {gives_up_food, 1, "no comer|comere|como en absoluto"},

  {fasts_in_bouts, 1, "ramad*|intermitten*|intermiten*"},
  {fasts_in_bouts, 1, "instead of|soda|juice|coffee"},
  {fasts_in_bouts, 1, "en vez|lugar de"},
  {fasts_in_bouts, 1, "days|dias|times|veces a|per|por|la week|semana"},
  {fasts_in_bouts, 1, "at all in|before|after|on|during|until"},

  {names_substance, 1, "clenbuterol|clembuterol|clen|dnp|dinitrophenol|dinitrofenol"},
  {names_substance, 1, "steroid*|esteroid*|anabolic*|anaboliz*|trenbolon*|anavar|winstrol|dianabol|sarm|sarms"},
  {names_substance, 1, "ephedrin*|ephedra|efedrin*|efedra|phentermin*|fentermin*|sibutramin*|anfetamina*|amphetamine*"},
  {names_substance, 1, "diet|slimming|skinny|fat|weight _ pill|pills|tablets"},
  {names_substance, 1, "pill|pills|tablets to lose|slim|drop|burn"},
  {names_substance, 1, "fat burner|burners"},
  {names_substance, 1, "quemagrasas|diuretic*"},
  {names_substance, 1, "pastillas|pildoras|capsulas _ adelgazar|bajar|perder|quemar|dieta|adelgazantes"},
  {names_substance, 1, "laxative|laxatives|laxante|laxantes"},
  {harmless_substance, 1, "steroid|steroids|esteroide|esteroides cream|inhaler|injection|shot|spray|ointment|inhalado"},
  {harmless_substance, 1, "crema|inhalador|spray _ esteroid*"},
  {harmless_substance, 1, "prescribed|recetado|receto|recetaron"},

  {dries_out, 1, "sauna|sweat|sweating|plastic suit|suits|vest|vests|pants|belt"},
  {dries_out, 1, "garbage|trash|bin|plastic bag|bags|liner|wrap|layers _ run|running|sweat|sweating|train|weight|lose"},
  {dries_out, 1, "sweat|sweating|sweated off|out"},
  {dries_out, 1, "sweat|sweating _ off"},
  {dries_out, 1, "sweat|sweating _ to lose|drop|cut|shed|make"},
  {dries_out, 1,
    "lose|losing|drop|cut|shed|make _ weight|kg|kilo|kilos|pounds|pound|lbs|lb|fat by|through|with|in|using _ "
    "sauna|sweat|sweating|dehydrat*"},
  {dries_out, 1, "sauna _ lose|losing|drop|cut|shed|make _ weight|kg|kilo|kilos|pounds|pound|lbs|lb|fat"},
  {dries_out, 1, "cut|cutting|drop|dropping|shed|flush|sweat _ water weight"},
  {dries_out, 1, "lose|losing _ water weight _ fast|quick|quickly|weigh|before|fight|competition|match|show|tomorrow"},
  {dries_out, 1, "cut|cutting|drop|dropping|shed|flush|dump _ kg|kilo|kilos|pounds|pound|lbs|lb of water"},
  {dries_out, 1, "to lose _ kg|kilo|kilos|pounds|pound|lbs|lb of water"},
  {dries_out, 1, "perder|quitarme|bajar|sacar|soltar _ kilo|kilos|kg|libras de agua|liquido|liquidos"},
  {dries_out, 1, "water cut|cuts|cutting|loading|load"},
  {dries_out, 1, "cut|cutting water"},
  {dries_out, 1, "cut|cutting out|my|off|the water|fluids"},
  {dries_out, 1, "dehydrate|dehydrating _ myself|lose|weigh|weight|cut|make|purpose"},
  {dries_out, 1, "traje|trajes|chaleco|faja|fajas|pantalon|pantalones _ sauna|sudoracion|plastico"},
  {dries_out, 1, "ropa|chandal de plastico|sauna"},
  {dries_out, 1, "sudar|sudando|sudoracion para|ayuda|hace _ perder|bajar|adelgaz*|rebajar|quitar*|dar|pesaje"},
  {dries_out, 1, "sudar|sudando _ kilo|kilos|kg|libras"},
  {dries_out, 1,
    "perder|pierdo|bajar|bajo|quitarme|rebajar|dar _ peso|kilo|kilos|kg|libras|grasa con|en|a|por _ "
    "sauna|sudor|sudar|sudoracion|deshidrat*"},
  {dries_out, 1, "perder|pierdo|bajar|bajo|quitarme|rebajar|dar _ peso|kilo|kilos|kg|libras|grasa sudando"},
  {dries_out, 1, "adelgaz* con|en|a|por _ sauna|sudor|sudar|sudoracion|deshidrat*"},
  {dries_out, 1, "adelgaz* sudando"},
  {dries_out, 1, "sauna _ perder|bajar|adelgaz*|rebajar|quitarme"},
  {dries_out, 1, "plastico|plasticos|bolsas|bolsa|film _ sudar|sude"},
  {dries_out, 1, "deshidratarme|deshidratandome|deshidratarse"},
  {dries_out, 1, "corte|cortes|carga|recorte de agua"},
  {dries_out, 1, "cortar|corto|cortando|recortar|quitar|quitarme el agua"},
  {dries_out, 1, "cortar|corto|cortando|recortar agua|liquidos"},
  {dries_out, 1, "perder|eliminar|soltar|tirar|bajar _ liquido|liquidos|agua _ pesaje|combate|competicion|competir"},

  {goes_without_water, 1, "stop|stopping|quit|quitting|without drinking _ water|fluids|liquids|anything"},
  {goes_without_water, 1, "not|dont|wont|never drink|drinking any|anything|water|fluids|liquids"},
  {goes_without_water, 1, "drink|drinking nothing"},
  {goes_without_water, 1, "drink|drinking no water|fluids"},
  {goes_without_water, 1, "restrict|restricting|limit|limiting _ water|fluids"},
  {goes_without_water, 1, "without|no water|drinking|fluids"},
  {goes_without_water, 1, "dejar|dejo|dejare|dejando|dejara de beber|tomar agua|liquidos|liquido|nada"},
  {goes_without_water, 1, "dejar|dejo|dejare|dejando|dejara de beber"},
  {goes_without_water, 1, "no|sin beber|bebo|bebere|bebiendo|beba agua|nada|liquidos|liquido"},
  {goes_without_water, 1, "sin beber"},
  {goes_without_water, 1, "no|sin tomar|tomo|tomare agua|liquidos|liquido"},
  {goes_without_water, 1, "sin agua|liquidos"},
  {goes_without_water, 1, "restringir|limitar _ agua|liquidos"},
  {for_the_scale, 1, "weigh in|ins"},
  {for_the_scale, 1, "weighin|weight|scale|scales|fight|bout|lose|losing|cut|contest|competition|stage|show"},
  {for_the_scale, 1, "pesaje|peso|bascula|combate|pelea|adelgaz*|bajar|perder|rebajar|competir|competicion|tarima"},
  {harmless_thirst, 1,
    "before|after|at|during|while|with|in _ bed|bedtime|sleep|sleeping|night|eating|meal|meals|evening"},
  {harmless_thirst, 1, "before|for _ surgery|scan|operation"},
  {harmless_thirst, 1,
    "antes|despues|durante|en|mientras|por|con _ dormir|acostarme|cama|noche|comer|comida|comidas|cenar|operacion|"
    "analisis"},
  {harmless_thirst, 1, "not|dont|never drink|drinking _ enough|much|as|that|more|often|only|but|alcohol|soda|coffee"},
  {harmless_thirst, 1, "drink|drinking anything|nothing but|except"},
  {harmless_thirst, 1, "no bebo|beber|tomo|tomar _ suficiente|mucha|mucho|bastante|casi|salvo|excepto|mas|alcohol"},
  {harmless_thirst, 1, "no|without water weight|retention"},
  {harmless_thirst, 1, "doctor|nephrologist|cardiologist|medico|nefrologo|cardiologo"},
});

}  // namespace

std::span<const cue> aim_cues() {
  return cues;
}

}  // namespace genesis::coach
