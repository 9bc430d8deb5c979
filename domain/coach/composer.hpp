#pragma once

#include "domain/coach/reply.hpp"
#include "domain/coach/understanding.hpp"
#include "domain/coach/wording.hpp"

#include <initializer_list>
#include <string>
#include <vector>

namespace genesis::coach {

/// Puts one specialist's answer together, step by step, and knows how the person wants it told.
///
/// Paragraphs are set apart by an empty line, so that the texts of all steps, in order, read as one answer.
class composer {
public:
  composer(agent who, const turn& asked, const intent& what);

  [[nodiscard]] const understanding& talk() const { return talk_; }
  [[nodiscard]] const user& person() const { return talk_.person; }
  [[nodiscard]] const mentions& said() const { return talk_.said; }
  [[nodiscard]] const turn& asked() const { return asked_; }
  [[nodiscard]] calendar_day today() const { return day_of(asked_.now); }
  [[nodiscard]] const wording& words() const { return words_; }
  [[nodiscard]] agent who() const { return who_; }

  [[nodiscard]] bool is_brief() const { return asked_.prefs.response_length == response_length::brief; }
  [[nodiscard]] bool is_detailed() const { return asked_.prefs.response_length == response_length::detailed; }
  /// Whether how a number came about belongs in the text: always but in a short answer, and whenever the person asks
  /// why.
  [[nodiscard]] bool explains() const { return !is_brief() || said().wants_reason; }

  [[nodiscard]] std::string say(const phrase& what, std::initializer_list<slot> slots = {}) const {
    return words_.say(what, slots);
  }
  /// One of several phrases that mean the same; which one changes from answer to answer of a conversation.
  [[nodiscard]] const phrase& one_of(std::span<const phrase> variants) const;
  /// The phrase for the person's personality.
  [[nodiscard]] const phrase& for_personality(const phrase& prime, const phrase& longevity) const {
    return asked_.prefs.personality == personality::prime ? prime : longevity;
  }

  void use_tool(std::string name, std::vector<tool_argument> arguments, bool ok = true);
  void show(artifact_data data, std::vector<artifact_source> sources = {});
  /// Adds a paragraph; an empty text adds nothing.
  void paragraph(std::string text);
  /// Ends the answer with a piece of advice in the person's style. Left out of short answers, of explanations, and when
  /// the conversation has it already.
  void advise(const phrase& prime, const phrase& longevity, std::initializer_list<slot> slots = {});
  /// True when the conversation has the phrase, which has no places to fill.
  [[nodiscard]] bool has_said(const phrase& what) const { return has_said(words_.say(what)); }
  /// Adds a paragraph unless the conversation has it already.
  void say_once(const phrase& what);
  /// Says that this answer is about health, so that the conversation gets its disclaimer.
  void is_about_health() { is_about_health_ = true; }

  /// Where a measure comes from: the record with its date, or what the person said in this conversation.
  [[nodiscard]] artifact_source weight_source() const;
  [[nodiscard]] artifact_source body_fat_source() const;

  /// Tells which fields are missing for what, and adds them as an artifact.
  void ask_for(const profile_gaps& gaps, const phrase& purpose);

  /// True when the answer stands on numbers or advice, and neither asks for what is missing nor refuses.
  [[nodiscard]] bool has_answered() const { return !has_asked_ && !has_refused_; }

  reply finish();

private:
  /// The conversation has its disclaimer.
  [[nodiscard]] bool is_disclaimed() const;
  [[nodiscard]] bool has_said(std::string_view text) const;

  agent who_;
  const turn& asked_;
  understanding talk_;
  wording words_;
  reply reply_;
  bool has_text_ = false;
  bool is_about_health_ = false;
  bool shows_numbers_ = false;
  bool has_asked_ = false;
  bool has_refused_ = false;
};

/// Fields of the profile in words: a few with what they are for, many in short ("your age, sex and height").
std::string fields_in_words(const wording& words, std::span<const std::string> fields);

/// How a field of the profile is asked for alone: "How old are you?"; empty for a name that is none.
std::string question_for(const wording& words, std::string_view field);

/// `weight_kg` -> 82.5 and the like, of what the person's profile holds and the formulas use.
std::vector<tool_argument> profile_arguments(const composer& answer);

}  // namespace genesis::coach
