#pragma once

#include "domain/agent.hpp"
#include "domain/coach/folded_text.hpp"
#include "domain/text_enum.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace genesis::coach {

/// What a question can be about. The names are those of `intent::name`; where two topics fit equally well, the earlier
/// one here wins.
enum class topic : std::uint8_t {
  emergency,
  eating_disorder,
  unsafe_target,
  illness,
  pain,
  medical_question,
  low_mood,
  macros,
  protein,
  water,
  one_rep_max,
  heart_rate_zones,
  readiness,
  sleep,
  weight_trend,
  progress_trend,
  body_mass_index,
  resting_energy,
  profile_gaps,
  progress_log,
  energy_target,
  training_advice,
  own_measures,
  capabilities,
  thanks,
  farewell,
  greeting,
  out_of_scope,
};

}  // namespace genesis::coach

namespace genesis {

template <>
inline constexpr auto enum_names<coach::topic> = std::to_array<std::pair<coach::topic, std::string_view>>(
  {{coach::topic::emergency, "emergency"}, {coach::topic::eating_disorder, "eating_disorder"},
    {coach::topic::unsafe_target, "unsafe_target"}, {coach::topic::illness, "illness"}, {coach::topic::pain, "pain"},
    {coach::topic::medical_question, "medical_question"}, {coach::topic::low_mood, "low_mood"},
    {coach::topic::macros, "macros"}, {coach::topic::protein, "protein"}, {coach::topic::water, "water"},
    {coach::topic::one_rep_max, "one_rep_max"}, {coach::topic::heart_rate_zones, "heart_rate_zones"},
    {coach::topic::readiness, "readiness"}, {coach::topic::sleep, "sleep"},
    {coach::topic::weight_trend, "weight_trend"}, {coach::topic::progress_trend, "progress_trend"},
    {coach::topic::body_mass_index, "body_mass_index"}, {coach::topic::resting_energy, "resting_energy"},
    {coach::topic::profile_gaps, "profile_gaps"}, {coach::topic::progress_log, "progress_log"},
    {coach::topic::energy_target, "energy_target"}, {coach::topic::training_advice, "training_advice"},
    {coach::topic::own_measures, "own_measures"}, {coach::topic::capabilities, "capabilities"},
    {coach::topic::thanks, "thanks"}, {coach::topic::farewell, "farewell"}, {coach::topic::greeting, "greeting"},
    {coach::topic::out_of_scope, "out_of_scope"}});

}  // namespace genesis

namespace genesis::coach {

/// What kind of help an emergency needs.
enum class emergency_kind : std::uint8_t {
  heart,
  stroke,
  breathing,
  allergy,
  fainting,
  other,  ///< Heat stroke, seizure, low sugar and the like.
  bleeding,
  poisoning,
  self_harm,
  embolism,          ///< A clot in a leg, or on its way to the lungs.
  rhythm,            ///< A heart that races without work to do.
  childs_poisoning,  ///< A child has swallowed what it should not.
  injury,            ///< A blow to the head with signs of the brain, or legs without feeling.
  muscle_breakdown,  ///< Urine as dark as cola: muscle in the blood.
};

/// What training advice is asked for.
enum class training_subject : std::uint8_t {
  general,
  schedule,
  volume,
  repetitions,
  progression,
  deload,
  warm_up,
  cardio
};

/// What the words of one question alone point at.
struct topic_reading {
  topic what = topic::out_of_scope;
  double score = 0;       ///< Strength of the cues, 0 for none.
  double next_score = 0;  ///< That of the topic that came second.
  std::optional<emergency_kind> emergency;
  bool has_sore_chest = false;           ///< Pain in the chest that is told as that of its muscles.
  bool denies_emergency = false;         ///< Names a sign only to deny it, or says that it is over.
  bool shows_disordered_eating = false;  ///< Tells of purging, starving or an eating disorder, whatever else it asks.
  training_subject subject = training_subject::general;
  bool continues = false;     ///< Begins like a follow-up: `and ...`, `y ...`, `what about ...`.
  bool is_question = false;   ///< Begins with a question word: `what ...`, `cuánto ...`.
  bool is_statement = false;  ///< Begins with the person: `I'm 34 ...`, `peso 80 kilos ...`.
};

/// Reads the topic. An emergency wins over everything, however long the rest of the text is.
topic_reading read_topic(const folded_text& words);

/// True for small talk, which is no topic that a follow-up can continue.
constexpr bool is_social(topic what) noexcept {
  return what == topic::greeting || what == topic::thanks || what == topic::farewell || what == topic::capabilities ||
         what == topic::out_of_scope;
}

}  // namespace genesis::coach
