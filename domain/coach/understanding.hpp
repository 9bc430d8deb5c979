#pragma once

#include "domain/coach/language.hpp"
#include "domain/coach/mentions.hpp"
#include "domain/coach/reply.hpp"
#include "domain/coach/topic.hpp"

#include <optional>

namespace genesis::coach {

/// A question with its conversation, understood: what it is about, what holds for it, and how to answer.
struct understanding {
  language spoken = language::english;
  topic what = topic::out_of_scope;
  double confidence = 0;      ///< 0 to 1.
  bool is_follow_up = false;  ///< It leans on what was said before.
  bool keeps_topic = false;   ///< A follow-up without a topic of its own: `and in pounds?`
  std::optional<emergency_kind> emergency;
  bool has_sore_chest = false;  ///< Pain in the chest that is told as that of its muscles.
  bool is_reminder = false;     ///< The emergency was told of earlier and is not known to be over.
  bool ends_emergency = false;  ///< The question says that it is over now.
  training_subject subject = training_subject::general;
  mentions said;      ///< Of this question, and of earlier ones where it continues them or where the profile is silent.
  mentions said_now;  ///< Of this question alone.
  mentions told;      ///< What the person has told of themself in this conversation, this question included.
  bool answers_question = false;  ///< It replies to what the coach asked last.
  bool misses_question = false;   ///< It stands where a reply was asked for, and nothing can be read from it.
  user person;                    ///< The profile with everything said put in: what the formulas work on.
  /// What the answer words its numbers in, one system throughout: the one this question asks for; else the one asked
  /// for with `please use pounds` earlier in the talk; else the one that the question and what it continues are written
  /// in; else the profile's. Where a question mixes both, it is the profile's too.
  unit_system units = unit_system::metric;
};

/// Earlier questions that are looked at, for what a follow-up may refer to and for what must not be forgotten.
inline constexpr std::size_t questions_remembered_max = 32;

/// Reads a question in the light of its conversation. Linear in the length of the texts; looks at the last
/// `questions_remembered_max` questions only.
understanding understand(const turn& asked);

}  // namespace genesis::coach
