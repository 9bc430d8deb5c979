#include "domain/conditions.hpp"

#include "domain/coach/folded_text.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

namespace genesis {

namespace {

/// What folded text is searched for: whole words; one that ends in `*` may go on. Digits are words of their own.
constexpr auto eating_disorder_terms =
  std::to_array<std::string_view>({"anorexi*", "bulimi*", "diabulimi*", "orthorexi*", "ortorexi*", "arfid", "osfed",
    "ednos", "tca", "eating disorder*", "disordered eating", "binge eat*", "compulsive eat*", "compulsive overeat*",
    "purging disorder*", "trastorno* alimentari*", "trastorno* alimentici*", "trastorno* de alimentacion",
    "trastorno* de la alimentacion", "trastorno* de conducta alimentaria", "trastorno* de la conducta alimentaria",
    "trastorno* por purga*", "desorden* alimentari*", "desorden* alimentici*", "atracon*", "comedor* compulsiv*"});
constexpr auto pregnancy_terms =
  std::to_array<std::string_view>({"pregnan*", "embaraz*", "gestante", "encinta", "expecting a baby"});
constexpr auto lactation_terms =
  std::to_array<std::string_view>({"lactation", "lactating", "breastfe*", "breast feed*", "nursing mother",
    "nursing my baby", "lactancia", "lactante", "lactando", "amamant*", "dando el pecho", "doy el pecho"});

constexpr auto insulin_terms = std::to_array<std::string_view>({"type 1 diabet*", "type one diabet*", "diabet* type 1",
  "diabet* type one", "diabet* type i", "type i diabet*", "t 1 d", "t 1 dm", "iddm", "lada", "juvenile diabetes",
  "diabet* mellitus type 1", "diabet* mellitus tipo 1", "diabet* tipo 1", "diabet* tipo uno", "diabet* tipo i", "dm 1",
  "diabet* juvenil", "on insulin", "take insulin", "taking insulin", "use insulin", "using insulin", "inject insulin",
  "insulin pump", "insulin dependent", "insulin", "con insulina", "uso insulina", "pincho insulina", "inyecto insulina",
  "pongo insulina", "tomo insulina", "bomba de insulina", "insulinodependiente", "insulino dependiente"});
constexpr auto diabetes_terms = std::to_array<std::string_view>({"diabet*", "t 2 d", "t 2 dm", "dm 2", "metformin*"});
constexpr auto kidney_terms = std::to_array<std::string_view>({"kidney disease", "kidney failure", "renal failure",
  "kidney problem*", "kidney trouble*", "kidney insufficiency", "bad kidneys", "one kidney", "single kidney",
  "kidney transplant", "renal disease", "renal insufficiency", "ckd", "dialysis", "nephropath*", "nephrit*",
  "glomerulonephrit*", "enfermedad renal", "enfermedad* del rinon", "enfermedad* de los rinones", "enfermedad de rinon",
  "insuficiencia renal", "fallo renal", "problema* renal*", "problema* de rinon*", "problema* en los rinones",
  "problema* en el rinon", "problema* del rinon", "enfermo del rinon", "enferma del rinon", "un solo rinon",
  "trasplante de rinon", "trasplante renal", "dialisis", "nefropat*", "nefrit*", "glomerulonefrit*"});

/// What only sounds like a condition.
constexpr auto lookalikes = std::to_array<std::string_view>({"insulin resistance", "insulin resistant",
  "insulin sensitivity", "insulin spike*", "insulin level*", "diabet* insipid*"});

constexpr auto denials = std::to_array<std::string_view>(
  {"no", "not", "never", "without", "dont", "doesnt", "isnt", "arent", "havent", "sin", "nunca", "ni"});

/// Words that begin a new thought, which a denial before them does not reach.
constexpr auto breaks = std::to_array<std::string_view>(
  {"and", "but", "because", "since", "though", "y", "pero", "porque", "aunque", "pues"});

/// How many words a denial reaches ahead: "no history of eating disorders", but not half a question further on.
constexpr int denial_reach_words = 4;

bool is_one_of(std::span<const std::string_view> words, std::string_view word) noexcept {
  return std::ranges::find(words, word) != words.end();
}

bool matches(std::string_view word, std::string_view pattern) noexcept {
  return pattern.ends_with('*') ? word.starts_with(pattern.substr(0, pattern.size() - 1)) : word == pattern;
}

/// True when the words of the term stand at `at`. Most words begin with another letter: no term is taken apart for
/// them.
bool stands_at(const coach::folded_text& text, std::size_t at, std::string_view term) {
  if (!text[at].text.starts_with(term.front()))
    return false;
  for (const auto part : std::views::split(term, ' ')) {
    if (at == text.size() || !matches(text[at].text, std::string_view{part}))
      return false;
    ++at;
  }
  return true;
}

/// True when a word of denial stands shortly before `at`, in the same clause. What is no longer so was so once: such
/// words deny the present only.
bool is_denied(const coach::folded_text& text, std::size_t at, bool past_counts) {
  for (int i = 0; i < denial_reach_words && at > 0 && !text[at].begins_clause; ++i) {
    --at;
    const auto& word = text[at].text;
    if (is_one_of(breaks, word))
      return false;
    if (is_one_of(denials, word)) {
      const bool is_past = text[at + 1].text == "longer" || (at > 0 && text[at - 1].text == "ya");
      return !(is_past && past_counts);
    }
  }
  return false;
}

std::span<const std::string_view> terms_of(health_condition condition) noexcept {
  switch (condition) {
  case health_condition::eating_disorder: return eating_disorder_terms;
  case health_condition::pregnancy: return pregnancy_terms;
  case health_condition::lactation: return lactation_terms;
  case health_condition::insulin: return insulin_terms;
  case health_condition::diabetes: return diabetes_terms;
  case health_condition::kidney_disease: return kidney_terms;
  }
  return {};
}

}  // namespace

bool states(std::string_view text, health_condition condition) {
  const auto words = coach::fold(text);
  const bool past_counts = condition == health_condition::eating_disorder;
  const auto is_one_of_terms = [&](std::size_t at, std::span<const std::string_view> terms) {
    return std::ranges::any_of(terms, [&](std::string_view term) { return stands_at(words, at, term); });
  };
  for (std::size_t at = 0; at < words.size(); ++at)
    if (is_one_of_terms(at, terms_of(condition)) && !is_one_of_terms(at, lookalikes) &&
        !is_denied(words, at, past_counts))
      return true;
  return false;
}

bool any_states(std::span<const std::string> texts, health_condition condition) {
  return std::ranges::any_of(texts, [condition](const std::string& text) { return states(text, condition); });
}

}  // namespace genesis
