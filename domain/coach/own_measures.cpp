#include "domain/coach/own_measures.hpp"

#include "domain/coach/answers.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/phrases_trends.hpp"
#include "domain/coach/records.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <string>
#include <string_view>

namespace genesis::coach {

namespace {

constexpr std::size_t question_words_max = 9;

struct known_question {
  std::string_view text;
  own_measure_question means;
};

constexpr own_measure_question weight{own_measure::weight, true};
constexpr own_measure_question named_weight{own_measure::weight, false};
constexpr own_measure_question height{own_measure::height, true};
constexpr own_measure_question named_height{own_measure::height, false};

/// Without the words of `is_beside_the_point`.
constexpr auto questions = std::to_array<known_question>({
  {"how much do i weigh", weight},
  {"how much am i weighing", weight},
  {"how heavy am i", weight},
  {"what do i weigh", weight},
  {"what is my weight", weight},
  {"whats my weight", weight},
  {"what was my weight", weight},
  {"what did i weigh", weight},
  {"how much did i weigh", weight},
  {"what was my weigh in", weight},
  {"whats my weigh in", weight},
  {"do you know my weight", weight},
  {"how is my weight", named_weight},
  {"hows my weight", named_weight},
  {"my weight", named_weight},
  {"cuanto peso", weight},
  {"cuanto estoy pesando", weight},
  {"cual es mi peso", weight},
  {"cual fue mi peso", weight},
  {"cual era mi peso", weight},
  {"cuanto pesaba", weight},
  {"cuanto pese", weight},
  {"que peso tenia", weight},
  {"que peso tengo", weight},
  {"sabes mi peso", weight},
  {"sabes cuanto peso", weight},
  {"como esta mi peso", named_weight},
  {"que tal mi peso", named_weight},
  {"mi peso", named_weight},
  {"how tall am i", height},
  {"what height am i", height},
  {"what is my height", height},
  {"whats my height", height},
  {"do you know my height", height},
  {"my height", named_height},
  {"cuanto mido", height},
  {"cual es mi altura", height},
  {"cual es mi estatura", height},
  {"que altura tengo", height},
  {"que estatura tengo", height},
  {"sabes cuanto mido", height},
  {"mi altura", named_height},
  {"mi estatura", named_height},
});

bool is_beside_the_point(std::string_view word) noexcept {
  return is_one_of(
    word, {"hi", "hello", "hey", "hola", "please", "por", "favor", "tell", "show", "me", "dime", "body", "current",
            "currently", "latest", "newest", "last", "the", "time", "now", "today", "right", "exactly", "again",
            "ahora", "hoy", "mismo", "actual", "actualmente", "ultimo", "la", "ultima", "vez", "registrado"});
}

/// Of the question, or where that goes on with one before ("in pounds?"), of the latest that says.
own_measure measure_meant(const composer& answer) {
  if (const auto asked = read_own_measure(fold(answer.asked().question)))
    return asked->what;
  for (const auto& each : answer.asked().history | std::views::reverse)
    if (each.role == message_role::user)
      if (const auto asked = read_own_measure(fold(each.content)))
        return asked->what;
  return own_measure::weight;
}

void tell_weight(composer& answer) {
  const auto& words = answer.words();
  if (const auto told = answer.said().weight_kg)
    return answer.paragraph(answer.say(phrases::weight_as_told, {{"weight", words.mass(*told)}}));
  const auto& known = answer.asked().person.weight_kg;
  if (!known) {
    answer.paragraph(answer.say(phrases::weight_unknown));
    return answer.show(profile_gaps{{"weight_kg"}});
  }
  answer.paragraph(answer.say(phrases::weight_as_recorded,
    {{"weight", words.mass(known->value)}, {"date", words.date(day_of(known->recorded_at))}}));
  if (!answer.is_brief())
    answer.paragraph(answer.say(phrases::weight_trend_offer));
}

void tell_height(composer& answer) {
  const auto& words = answer.words();
  if (const auto told = answer.said().height_cm)
    return answer.paragraph(answer.say(phrases::height_as_told, {{"height", words.height(*told)}}));
  const auto& known = answer.asked().person.height_cm;
  if (known)
    return answer.paragraph(answer.say(phrases::height_in_profile, {{"height", words.height(*known)}}));
  answer.paragraph(answer.say(phrases::height_unknown));
  answer.show(profile_gaps{{"height_cm"}});
}

}  // namespace

std::optional<own_measure_question> read_own_measure(const folded_text& words) {
  if (words.size() > question_words_max)
    return std::nullopt;
  std::string text;
  for (const auto& each : words)
    if (!is_beside_the_point(each.text))
      (text += text.empty() ? "" : " ") += each.text;
  const auto* const found = std::ranges::find(questions, text, &known_question::text);
  return found == questions.end() ? std::nullopt : std::optional{found->means};
}

void answer_own_measures(composer& answer) {
  if (measure_meant(answer) == own_measure::height)
    tell_height(answer);
  else
    tell_weight(answer);
}

}  // namespace genesis::coach
