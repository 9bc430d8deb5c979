#pragma once

#include "domain/coach/composer.hpp"

namespace genesis::coach {

// One function per topic, each in the file of the specialist whose subject it is. They add steps to an answer.

// nexus.cpp
void answer_greeting(composer& answer);
void answer_thanks(composer& answer);
void answer_farewell(composer& answer);
void answer_capabilities(composer& answer);
void answer_profile_gaps(composer& answer);
void answer_out_of_scope(composer& answer);

// emergencies.cpp
void answer_emergency(composer& answer);
void answer_eating_disorder(composer& answer);

// refusals.cpp
void answer_unsafe_target(composer& answer);
/// Refuses a plan with an energy deficit, or any plan where none may be given. True when it did; nothing else is then
/// said.
bool refuse_energy_plan(composer& answer, bool is_deficit_wanted);
/// Refuses a number for protein where only a doctor may give one. True when it did.
bool refuse_protein(composer& answer);
/// Training, where the person is pregnant: what holds for everybody then, and no verdict on loads. False otherwise.
bool refuse_effort(composer& answer);
/// Sends somebody whose condition asks for it to the doctor with the plan just told.
void tell_cautions(composer& answer);
/// Only what limits how much one may drink.
void tell_water_caution(composer& answer);

// impossible.cpp
/// Names what the person says that cannot be, instead of a number for somebody else. True when there was such.
bool tell_impossible(composer& answer);

// energy_answers.cpp
void answer_energy_target(composer& answer);
void answer_resting_energy(composer& answer);

// meals.cpp
void answer_macros(composer& answer);
void answer_protein(composer& answer);

// water.cpp
void answer_water(composer& answer);

// blaze.cpp
void answer_one_rep_max(composer& answer);
void answer_heart_rate_zones(composer& answer);
void answer_training_advice(composer& answer);

// stella.cpp
void answer_weight_trend(composer& answer);
void answer_body_mass_index(composer& answer);
void answer_progress_log(composer& answer);

// trends.cpp
void answer_progress_trend(composer& answer);

// own_measures.cpp
/// Weight or height as they are recorded, or as the person has just told.
void answer_own_measures(composer& answer);

// wave.cpp
void answer_readiness(composer& answer);
void answer_sleep(composer& answer);
void answer_pain(composer& answer);
void answer_illness(composer& answer);
void answer_low_mood(composer& answer);
void answer_medical_question(composer& answer);

}  // namespace genesis::coach
