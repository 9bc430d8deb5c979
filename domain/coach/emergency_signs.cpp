#include "domain/coach/emergency_signs.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/denials.hpp"
#include "domain/coach/despair.hpp"
#include "domain/coach/emergency_cues.hpp"
#include "domain/coach/muscle_pains.hpp"
#include "domain/coach/overdoses.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/relatives.hpp"
#include "domain/coach/sign_pairs.hpp"

#include <algorithm>
#include <ranges>
#include <span>
#include <vector>

namespace genesis::coach {

namespace {

using clause = std::span<const folded_word>;

/// Where a sign stands, and what it is one of.
struct found_sign {
  std::size_t begin = 0;
  std::size_t end = 0;
  emergency_kind kind = emergency_kind::other;
};

clause clause_around(const folded_text& words, const found_sign& sign) {
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
  const auto is_of_youth = [](const folded_word& first, const folded_word& second) {
    return is_one_of(first.text, {"de", "era", "siendo"}) &&
           is_one_of(second.text, {"nino", "nina", "pequeno", "pequena"});
  };
  return is_counted || has_any(words, {"childhood", "infancia"}) ||
         std::ranges::adjacent_find(words, is_of_youth) != words.end() ||
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
bool is_named_illness(const folded_text& words, const found_sign& sign) {
  return std::ranges::any_of(clause{words}.subspan(sign.begin, sign.end - sign.begin), [](const folded_word& each) {
    return each.text.starts_with("suicid") ||
           is_one_of(each.text, {"attack", "stroke", "infarto", "ataque", "paro", "arrest", "ictus", "embolia",
                                  "derrame", "apoplejia", "overdose", "sobredosis", "overdosed"});
  });
}

enum class tense : std::uint8_t { present, own_past, anothers_past };

tense tense_of(const folded_text& words, const found_sign& sign) {
  const auto around = clause_around(words, sign);
  if (is_of_now(around))
    return tense::present;
  if (is_anothers_past(around) && (is_named_illness(words, sign) || is_long_ago(around)))
    return tense::anothers_past;
  // Who has tried once is asked about today.
  const bool may_be_own_past = sign.kind != emergency_kind::self_harm && sign.kind != emergency_kind::poisoning &&
                               sign.kind != emergency_kind::childs_poisoning;
  return may_be_own_past && is_long_ago(around) ? tense::own_past : tense::present;
}

/// What the words of a text say on their own account.
struct sign_reading {
  std::vector<found_sign> signs;
  bool denies_one = false;
  bool is_chest_soreness = false;
};

bool is_pain_of_the_chest(const folded_text& words, const found_sign& sign) {
  return sign.kind == emergency_kind::heart &&
         has_any(clause{words}.subspan(sign.begin, sign.end - sign.begin), {"chest", "pecho"});
}

sign_reading find_signs(const folded_text& words, std::span<const phrase_book::hit> excuses) {
  static const phrase_book book{emergency_cues(), common_words};
  sign_reading found;
  const auto pains = read_muscle_pains(words);
  for (const auto& hit : book.find(words)) {
    if (is_excused(hit, excuses))
      continue;
    const found_sign each{hit.begin, hit.end, static_cast<emergency_kind>(book.cue_at(hit.cue).meaning)};
    if (is_denied(words, hit.begin, denial_reach::narrow))
      found.denies_one = true;
    else if (is_pain_of_the_chest(words, each) && pains.is_chest_soreness)
      found.is_chest_soreness = true;
    else if (each.kind != emergency_kind::embolism || !pains.is_calf_strain)
      found.signs.push_back(each);
  }
  if (pains.is_alarming_soreness)
    found.signs.push_back({0, words.size(), emergency_kind::heart});
  if (const auto at = find_overdose(words))
    found.signs.push_back({*at, *at + 1, emergency_kind::poisoning});
  return found;
}

/// Short breath tells least: with a pressure in the chest it is the heart's, with a swollen throat an allergy's.
bool is_told_better_by(std::optional<emergency_kind> known, emergency_kind next) {
  return !known || (*known == emergency_kind::breathing && next != emergency_kind::fainting);
}

/// Breath and faintness alone tell less than what they stand beside.
bool is_told_better_by_a_pair(std::optional<emergency_kind> kind) {
  return !kind || *kind == emergency_kind::breathing || *kind == emergency_kind::fainting;
}

}  // namespace

emergency_reading read_emergency(const folded_text& words) {
  static const phrase_book relief{relief_cues(), common_words};
  static const phrase_book harmless{harmless_cues(), common_words};
  emergency_reading reading;
  const auto excuses = harmless.find(words);
  const auto found = find_signs(words, excuses);
  reading.is_chest_soreness = found.is_chest_soreness;
  for (const auto& each : found.signs)
    switch (tense_of(words, each)) {
    case tense::present:
      if (is_told_better_by(reading.present, each.kind))
        reading.present = each.kind;
      break;
    case tense::own_past: reading.past = reading.past.value_or(each.kind); break;
    case tense::anothers_past: reading.is_somebody_elses_loss |= each.kind == emergency_kind::self_harm; break;
    }
  for (const auto& pair : find_sign_pairs(words, excuses)) {
    const auto when = tense_of(words, {pair.begin, pair.end, pair.kind});
    if (when == tense::present && is_told_better_by_a_pair(reading.present))
      reading.present = pair.kind;
    else if (when == tense::own_past)
      reading.past = reading.past.value_or(pair.kind);
  }
  if (!reading.present && is_despair(words))
    reading.present = emergency_kind::self_harm;
  const auto comforts = relief.find(words);
  reading.is_over =
    !reading.present && (found.denies_one || std::ranges::any_of(comforts, [&](const phrase_book::hit& each) {
      return !is_denied(words, each.begin, denial_reach::wide);
    }));
  return reading;
}

}  // namespace genesis::coach
