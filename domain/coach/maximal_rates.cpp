#include "domain/coach/maximal_rates.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/surroundings.hpp"
#include "domain/heart_rate.hpp"

namespace genesis::coach {

namespace {

bool names_maximum(std::string_view word) {
  return is_one_of(word,
    {"max", "maximum", "maximal", "maximo", "maxima", "maximas", "hrmax", "mhr", "fcmax", "fcm", "maxes", "highest"});
}

/// True for words that may stand between a maximum and its number.
bool belongs_to_maximum(std::string_view word) {
  return is_one_of(
    word, {"heart", "rate", "hr", "pulse", "beats", "bpm", "frecuencia", "cardiaca", "cardiaco", "ritmo", "fc", "pulso",
            "pulsaciones", "latidos", "lpm", "ppm", "is", "was", "of", "at", "about", "around", "only", "just", "my",
            "a", "the", "as", "that", "i", "have", "measured", "tested", "known", "reached", "seen", "out", "es", "son",
            "era", "fue", "de", "unos", "unas", "casi", "mi", "mis", "un", "una", "el", "la", "como", "que", "tengo",
            "medida", "medido", "medi", "alcanzado", "he"});
}

/// True for words with which people put right what they have said.
bool is_of_correction(std::string_view word) {
  return is_one_of(
    word, {"sorry", "no", "oops", "ok", "okay", "well", "then", "actually", "it", "its", "meant", "mean", "rather",
            "perdon", "perdona", "bueno", "vale", "entonces", "digo", "queria", "quise", "decir"});
}

/// The maximum stands before the number.
bool is_led_by_maximum(const folded_text& words, const quantity& number) {
  auto at = number.begin;
  while (at > 0 && belongs_to_maximum(words[at - 1].text))
    --at;
  return at > 0 && names_maximum(words[at - 1].text);
}

/// The maximum stands behind it, in the same clause: "190 is my maximum", "190 de máxima".
bool leads_to_maximum(const folded_text& words, const quantity& number) {
  const auto goes_on = [&](std::size_t at) { return at < words.size() && !words[at].begins_clause; };
  auto at = number.end;
  while (goes_on(at) && belongs_to_maximum(words[at].text))
    ++at;
  return goes_on(at) && names_maximum(words[at].text);
}

/// The number is the 220 of "220 minus age", or the first of a span.
bool is_reckoned_with(const folded_text& words, const quantity& number) {
  const auto at = number.end;
  return at < words.size() && !words[at].begins_clause &&
         (is_one_of(words[at].text, {"minus", "menos", "age", "edad"}) || number_of(words[at].text));
}

}  // namespace

bool is_maximal_rate(const folded_text& words, const quantity& number) {
  if (is_reckoned_with(words, number))
    return false;
  const bool is_led = is_led_by_maximum(words, number);
  if (max_heart_rate_range.contains(number.value))
    return is_led || leads_to_maximum(words, number);
  const bool is_sure =
    number.unit == unit::beats || surroundings{words, number}.before({"is", "was", "es", "era", "fue"}, 1);
  return is_led && is_sure;
}

bool is_nothing_but_rate(const folded_text& words, const quantity& number) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool is_of_number = at >= number.begin && at < number.end;
    const std::string_view word = words[at].text;
    if (!is_of_number && !belongs_to_maximum(word) && !names_maximum(word) && !is_of_correction(word))
      return false;
  }
  return true;
}

}  // namespace genesis::coach
