#include "domain/coach/topic.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/topic_cues.hpp"

#include <algorithm>
#include <vector>

namespace genesis::coach {

namespace {

constexpr double score_min = 0.9;  // below, a word has only been touched on
constexpr std::size_t topic_count = enum_names<topic>.size();

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// "no chest pain", "I don't have any chest pain", "sin dolor en el pecho": the sign at `begin` is denied in its own
/// clause.
bool is_denied(const folded_text& words, std::size_t begin) {
  constexpr std::size_t looked_back_max = 4;
  for (std::size_t back = 0; back <= looked_back_max && back < begin && !words[begin - back].begins_clause; ++back) {
    const std::string_view word = words[begin - back - 1].text;
    if (is_one_of(word, {"no", "not", "without", "never", "dont", "didnt", "havent", "hasnt", "isnt", "sin", "nunca",
                          "ningun", "ni"}))
      return true;
    if (!is_one_of(word, {"have", "had", "having", "feel", "felt", "got", "any", "a", "the", "i", "do", "did", "tengo",
                           "tuve", "tenido", "he", "siento", "hay", "hubo", "un", "el", "la", "or", "me", "ha"}))
      return false;
  }
  return false;
}

std::optional<emergency_kind> find_emergency(const folded_text& words) {
  static const phrase_book signs{emergency_cues(), common_words};
  static const phrase_book harmless{harmless_cues(), common_words};
  const auto found = signs.find(words);
  if (found.empty())
    return std::nullopt;
  const auto excuses = harmless.find(words);
  for (const auto& sign : found) {
    const bool is_harmless = std::ranges::any_of(
      excuses, [&](const phrase_book::hit& each) { return each.begin < sign.end && sign.begin < each.end; });
    if (!is_harmless && !is_denied(words, sign.begin))
      return static_cast<emergency_kind>(signs.cue_at(sign.cue).meaning);
  }
  return std::nullopt;
}

/// Adds up the weights of the different cues of each meaning; saying a thing twice does not make it truer.
std::vector<double> scores_of(
  const phrase_book& book, const folded_text& words, std::size_t meanings, std::size_t cues) {
  std::vector<double> scores(meanings);
  std::vector<bool> counted(cues);
  for (const auto& hit : book.find(words)) {
    if (counted[hit.cue])
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
  const auto scores = scores_of(book, words, count, training_cues().size());
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
  reading.emergency = find_emergency(words);
  if (reading.emergency) {
    reading.what = topic::emergency;
    reading.score = 10;
    return reading;
  }
  const auto scores = scores_of(book, words, topic_count, topic_cues().size());
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
