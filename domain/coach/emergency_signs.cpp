#include "domain/coach/emergency_signs.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/emergency_cues.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/relatives.hpp"

#include <algorithm>
#include <ranges>
#include <span>

namespace genesis::coach {

namespace {

using clause = std::span<const folded_word>;

clause clause_around(const folded_text& words, const phrase_book::hit& sign) {
  auto begin = sign.begin;
  while (begin > 0 && !words[begin].begins_clause)
    --begin;
  auto end = sign.end;
  while (end < words.size() && !words[end].begins_clause)
    ++end;
  return clause{words}.subspan(begin, end - begin);
}

bool has_any(clause words, std::initializer_list<std::string_view> any) {
  return std::ranges::any_of(words, [&](const folded_word& each) { return is_one_of(each.text, any); });
}

bool is_year(std::string_view word) {
  return word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) &&
         std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_of_now(clause words) {
  return has_any(words, {"just", "now", "currently", "today", "tonight", "having", "is", "minutes", "hours", "ahora",
                          "acaba", "acabo", "hoy", "minutos", "horas", "esta", "teniendo", "sufriendo"});
}

/// "two years ago", "last year", "in 2019", "hace tres meses", "de joven".
bool is_long_ago(clause words) {
  const bool is_counted = has_any(words, {"years", "year", "months", "decades", "anos", "ano", "meses", "decadas"}) &&
                          has_any(words, {"ago", "last", "back", "hace", "pasado"});
  return is_counted || has_any(words, {"childhood", "infancia", "nino", "nina"}) ||
         std::ranges::any_of(words, [](const folded_word& each) { return is_year(each.text); });
}

/// "my dad had ...", "mi padre tuvo ...": of somebody else, and told as history.
bool is_anothers_past(clause words) {
  const bool is_another = std::ranges::any_of(words, [](const folded_word& each) { return is_relative(each.text); }) ||
                          has_any(words, {"he", "she", "family", "familia", "history", "antecedentes"});
  const bool is_own = has_any(words, {"i", "im", "ive", "tuve", "sufri", "yo"});
  return is_another && !is_own &&
         has_any(words, {"had", "suffered", "died", "survived", "recovered", "lost", "committed", "history", "tuvo",
                          "sufrio", "murio", "fallecio", "hubo", "suicido", "antecedentes", "familia", "family"});
}

/// Signs that are the name of an illness and are told of others as a piece of their past. What a body shows at the
/// moment (`my wife fainted`) is news.
bool is_named_illness(const folded_text& words, const phrase_book::hit& sign) {
  return std::ranges::any_of(clause{words}.subspan(sign.begin, sign.end - sign.begin), [](const folded_word& each) {
    return each.text.starts_with("suicid") ||
           is_one_of(each.text, {"attack", "stroke", "infarto", "ataque", "paro", "arrest", "ictus", "embolia",
                                  "derrame", "apoplejia", "overdose", "sobredosis", "overdosed"});
  });
}

enum class tense : std::uint8_t { present, own_past, anothers_past };

tense tense_of(const folded_text& words, const phrase_book::hit& sign, emergency_kind kind) {
  const auto around = clause_around(words, sign);
  if (is_of_now(around))
    return tense::present;
  if (is_anothers_past(around) && (is_named_illness(words, sign) || is_long_ago(around)))
    return tense::anothers_past;
  // Who has tried once is asked about today.
  const bool may_be_own_past = kind != emergency_kind::self_harm && kind != emergency_kind::poisoning;
  return may_be_own_past && is_long_ago(around) ? tense::own_past : tense::present;
}

}  // namespace

emergency_reading read_emergency(const folded_text& words) {
  static const phrase_book signs{emergency_cues(), common_words};
  static const phrase_book harmless{harmless_cues(), common_words};
  static const phrase_book relief{relief_cues(), common_words};
  emergency_reading reading;
  const auto excuses = harmless.find(words);
  for (const auto& sign : signs.find(words)) {
    const bool is_harmless = std::ranges::any_of(
      excuses, [&](const phrase_book::hit& each) { return each.begin < sign.end && sign.begin < each.end; });
    if (is_harmless)
      continue;
    if (is_denied(words, sign.begin, denial_reach::narrow)) {
      reading.is_over = true;
      continue;
    }
    const auto kind = static_cast<emergency_kind>(signs.cue_at(sign.cue).meaning);
    switch (tense_of(words, sign, kind)) {
    case tense::present: reading.present = reading.present.value_or(kind); break;
    case tense::own_past: reading.past = reading.past.value_or(kind); break;
    case tense::anothers_past: reading.is_somebody_elses_loss |= kind == emergency_kind::self_harm; break;
    }
  }
  const auto comforts = relief.find(words);
  reading.is_over =
    !reading.present && (reading.is_over || std::ranges::any_of(comforts, [&](const phrase_book::hit& each) {
      return !is_denied(words, each.begin, denial_reach::wide);
    }));
  return reading;
}

}  // namespace genesis::coach
