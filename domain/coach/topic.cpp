#include "domain/coach/topic.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/emergency_signs.hpp"
#include "domain/coach/own_measures.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/topic_cues.hpp"
#include "domain/coach/trend_words.hpp"

#include <algorithm>
#include <vector>

namespace genesis::coach {

namespace {

constexpr double score_min = 0.9;           // below, a word has only been touched on
constexpr double past_emergency_score = 8;  // a heart attack two years ago outweighs whatever is asked beside it
constexpr double own_measure_score = 3;
constexpr double named_measure_score = 1;  // what it follows may say more
constexpr std::size_t topic_count = enum_names<topic>.size();

/// True for topics that one asks about by having something: `I'm not sick` is about something else.
bool is_of_complaints(topic what) {
  switch (what) {
  case topic::eating_disorder:
  case topic::illness:
  case topic::pain:
  case topic::low_mood:
  case topic::medical_question: return true;
  default: return false;
  }
}

/// Adds up the weights of the different cues of each meaning; saying a thing twice does not make it truer, and what
/// `is_skipped` does not count.
template <class IsSkipped>
std::vector<double> scores_of(
  const phrase_book& book, const folded_text& words, std::size_t meanings, std::size_t cues, IsSkipped is_skipped) {
  std::vector<double> scores(meanings);
  std::vector<bool> counted(cues);
  for (const auto& hit : book.find(words)) {
    if (counted[hit.cue] || is_skipped(hit))
      continue;
    counted[hit.cue] = true;
    const auto& said = book.cue_at(hit.cue);
    scores[static_cast<std::size_t>(said.meaning)] += said.weight;
  }
  return scores;
}

training_subject read_subject(const folded_text& words) {
  static const phrase_book book{training_cues(), common_words};
  constexpr auto count = static_cast<std::size_t>(training_subject::cardio) + 1;
  const auto scores = scores_of(book, words, count, training_cues().size(), [](const auto&) { return false; });
  const auto best = std::ranges::max_element(scores);
  return *best > 0 ? static_cast<training_subject>(best - scores.begin()) : training_subject::general;
}

bool begins_like_a_follow_up(const folded_text& words) {
  if (words.empty())
    return false;
  const std::string_view first = words[0].text;
  const std::string_view second = words.size() > 1 ? std::string_view{words[1].text} : std::string_view{};
  if (is_one_of(first, {"and", "y", "e", "but", "pero", "also", "entonces", "or"}))
    return true;
  return (first == "what" && is_one_of(second, {"about", "if"})) || (first == "how" && second == "about") ||
         (first == "que" && second == "pasa");
}

bool begins_with_a_question_word(const folded_text& words) {
  return !words.empty() &&
         is_one_of(words[0].text, {"what", "whats", "how", "which", "who", "when", "where", "que", "cual", "cuales",
                                    "cuanto", "cuanta", "cuantos", "cuantas", "como", "quien", "cuando", "donde"});
}

bool begins_with_the_person(const folded_text& words) {
  return !words.empty() && is_one_of(words[0].text,
                             {"i", "im", "ive", "my", "mi", "tengo", "soy", "peso", "mido", "entreno", "hago", "me"});
}

}  // namespace

topic_reading read_topic(const folded_text& words) {
  static const phrase_book book{topic_cues(), common_words};
  topic_reading reading;
  reading.continues = begins_like_a_follow_up(words);
  reading.is_question = begins_with_a_question_word(words) && !reading.continues;
  reading.is_statement = begins_with_the_person(words);
  const auto emergency = read_emergency(words);
  reading.emergency = emergency.present;
  reading.denies_emergency = emergency.is_over;
  reading.has_sore_chest = emergency.is_chest_soreness;
  auto scores = scores_of(book, words, topic_count, topic_cues().size(), [&](const phrase_book::hit& hit) {
    return is_of_complaints(static_cast<topic>(book.cue_at(hit.cue).meaning)) &&
           is_denied(words, hit.begin, denial_reach::wide);
  });
  reading.shows_disordered_eating = scores[static_cast<std::size_t>(topic::eating_disorder)] >= score_min;
  // "how has the pace changed?" names nothing that is recorded.
  if (auto& trend = scores[static_cast<std::size_t>(topic::progress_trend)]; trend > 0 && named_metrics(words).empty())
    trend = 0;
  if (reading.emergency) {
    reading.what = topic::emergency;
    reading.score = 10;
    return reading;
  }
  if (const auto measure = read_own_measure(words)) {
    reading.what = topic::own_measures;
    reading.score = measure->is_whole ? own_measure_score : named_measure_score;
    return reading;
  }
  if (emergency.past)
    scores[static_cast<std::size_t>(topic::medical_question)] += past_emergency_score;
  if (emergency.is_somebody_elses_loss)
    scores[static_cast<std::size_t>(topic::low_mood)] += past_emergency_score;
  const auto best = std::ranges::max_element(scores);
  if (*best < score_min)
    return reading;
  reading.what = static_cast<topic>(best - scores.begin());
  reading.score = *best;
  for (auto each = scores.begin(); each != scores.end(); ++each)
    if (each != best)
      reading.next_score = std::max(reading.next_score, *each);
  if (reading.what == topic::training_advice)
    reading.subject = read_subject(words);
  return reading;
}

}  // namespace genesis::coach
