#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/mentions.hpp"
#include "domain/coach/reply.hpp"
#include "domain/coach/topic.hpp"
#include "domain/time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::coach {

/// True for topics that are told from the whole body and its goal, so that a new weight or goal goes to them.
bool is_about_energy(topic what) noexcept;

/// Follows a conversation, question by question, oldest first: what each is about, what holds from one to the next, and
/// what the coach asked for in between.
class listener {
public:
  /// `asked` must outlive the listener; its question and history are not read.
  explicit listener(const turn& asked) : asked_(asked) {}

  /// `at` is when it was said: how somebody feels is of that day.
  void hear(std::string_view question, timestamp at);

  [[nodiscard]] const topic_reading& reading() const { return now_; }
  [[nodiscard]] const mentions& said() const { return said_; }
  [[nodiscard]] const mentions& said_now() const { return said_now_; }
  /// What the person has told of themself and is not only supposed.
  [[nodiscard]] const mentions& told() const { return told_; }
  [[nodiscard]] bool is_follow_up() const { return is_follow_up_; }
  /// The latest question replies to what the coach asked before it.
  [[nodiscard]] bool answers_question() const { return answers_question_; }
  /// The latest question stands where a reply was asked for, and nothing can be read from it: "I don't know".
  [[nodiscard]] bool misses_question() const { return misses_question_; }
  /// An emergency that was told of and not yet said to be over.
  [[nodiscard]] std::optional<emergency_kind> open_emergency() const { return open_emergency_; }
  /// The latest question says that an emergency told of before is over.
  [[nodiscard]] bool ends_emergency() const { return ends_emergency_; }
  [[nodiscard]] bool keeps_topic() const { return is_follow_up_ && now_.what == topic_before_; }
  /// The units asked for with the latest question, else for the whole talk.
  [[nodiscard]] std::optional<unit_system> units() const { return said_now_.units ? said_now_.units : talk_units_; }

private:
  [[nodiscard]] number_context context() const;
  void hear_answer(const folded_text& words);
  [[nodiscard]] bool may_miss(const folded_text& words) const;
  [[nodiscard]] bool may_answer(const folded_text& words) const;
  void settle_goal_weight();
  void settle_unwanted_goal();
  void follow_emergency();
  void part_persons(const folded_text& words);
  void correct_topic(std::size_t word_count);
  void settle_records(std::size_t word_count);
  void settle(topic what);
  void join();
  void start_anew();
  void settle_trend();
  void remember();
  void note_open_questions();
  bool continues_previous(const folded_text& words);
  [[nodiscard]] bool has_facts_for(topic what) const;
  [[nodiscard]] bool is_only_a_formula(std::size_t word_count) const;

  const turn& asked_;
  topic_reading now_;
  mentions said_now_;
  mentions said_;
  mentions own_;  ///< Of the person, while the talk is of somebody else.
  mentions told_;
  std::optional<unit_system> talk_units_;   ///< Asked for from some question on.
  std::vector<std::string> open_;           ///< What the coach has just asked for: names of `missing_for`.
  topic open_topic_ = topic::out_of_scope;  ///< What it was asked for.
  std::optional<topic> previous_;           ///< The topic a follow-up would continue.
  std::optional<topic> topic_before_;       ///< What `previous_` was before the latest question.
  training_subject subject_ = training_subject::general;
  std::optional<emergency_kind> emergency_;
  std::optional<topic> energy_topic_;  ///< The latest one about energy.
  std::optional<emergency_kind> open_emergency_;
  std::size_t heard_count_ = 0;
  bool ends_emergency_ = false;
  bool is_right_after_emergency_ = false;
  bool is_follow_up_ = false;
  bool answers_question_ = false;
  bool misses_question_ = false;
  bool stands_alone_ = false;
};

}  // namespace genesis::coach
