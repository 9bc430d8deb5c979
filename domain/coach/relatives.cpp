#include "domain/coach/relatives.hpp"

#include "domain/coach/denials.hpp"

#include <algorithm>
#include <array>

namespace genesis::coach {

namespace {

struct relative {
  std::string_view word;
  std::optional<genesis::sex> sex;
};
constexpr auto relatives = std::to_array<relative>({
  {"husband", sex::male},
  {"dad", sex::male},
  {"father", sex::male},
  {"grandfather", sex::male},
  {"grandpa", sex::male},
  {"brother", sex::male},
  {"son", sex::male},
  {"uncle", sex::male},
  {"boyfriend", sex::male},
  {"nephew", sex::male},
  {"wife", sex::female},
  {"mum", sex::female},
  {"mom", sex::female},
  {"mother", sex::female},
  {"grandmother", sex::female},
  {"grandma", sex::female},
  {"sister", sex::female},
  {"daughter", sex::female},
  {"aunt", sex::female},
  {"girlfriend", sex::female},
  {"niece", sex::female},
  {"friend", {}},
  {"partner", {}},
  {"cousin", {}},
  {"kid", {}},
  {"child", {}},
  {"colleague", {}},
  {"neighbour", {}},
  {"marido", sex::male},
  {"esposo", sex::male},
  {"padre", sex::male},
  {"papa", sex::male},
  {"abuelo", sex::male},
  {"hermano", sex::male},
  {"hijo", sex::male},
  {"tio", sex::male},
  {"novio", sex::male},
  {"primo", sex::male},
  {"amigo", sex::male},
  {"sobrino", sex::male},
  {"mujer", sex::female},
  {"esposa", sex::female},
  {"madre", sex::female},
  {"mama", sex::female},
  {"abuela", sex::female},
  {"hermana", sex::female},
  {"hija", sex::female},
  {"tia", sex::female},
  {"novia", sex::female},
  {"prima", sex::female},
  {"amiga", sex::female},
  {"sobrina", sex::female},
  {"pareja", {}},
  {"vecino", sex::male},
  {"vecina", sex::female},
});

const relative* relative_of(std::string_view word) noexcept {
  const auto found = std::ranges::find(relatives, word, &relative::word);
  return found == relatives.end() ? nullptr : &*found;
}

/// "should she", "she weighs", "want her to", "debe pesar": what is asked is asked of the other one, whoever tells of
/// it.
bool asks_of_a_third(const folded_text& words) {
  return std::ranges::adjacent_find(words, [](const folded_word& first, const folded_word& second) {
    return (is_one_of(first.text, {"should", "does", "must", "can", "could"}) &&
             is_one_of(second.text, {"she", "he", "they"})) ||
           (is_one_of(first.text, {"want", "help", "get"}) && is_one_of(second.text, {"her", "him"})) ||
           (is_one_of(first.text, {"que", "cuanto"}) &&
             is_one_of(second.text, {"coma", "baje", "adelgace", "pierda"})) ||
           (is_one_of(first.text, {"debe", "puede", "necesita", "tiene"}) &&
             is_one_of(second.text, {"comer", "perder", "bajar", "adelgazar", "pesar"}));
  }) != words.end();
}

/// "should I", "can I", "do I", "puedo": what is asked is asked of oneself.
bool asks_of_oneself(const folded_text& words) {
  return std::ranges::adjacent_find(words,
           [](const folded_word& first, const folded_word& second) {
             return is_one_of(first.text, {"should", "do", "must", "can", "could", "am", "shall", "will"}) &&
                    second.text == "i";
           }) != words.end() ||
         std::ranges::any_of(words, [](const folded_word& each) { return is_one_of(each.text, {"debo", "puedo"}); });
}

bool is_first_person(std::string_view word) noexcept {
  return is_one_of(word, {"i", "im", "ive", "id", "me", "myself", "yo", "soy", "tengo", "mido", "debo", "deberia",
                           "puedo", "quiero", "necesito", "peso"});
}

/// "my wife ..." and "she ..." where a clause begins or a conjunction leads to one; not "with my wife".
bool is_third_subject(const folded_text& words, std::size_t at) {
  const auto word = [&](std::size_t i) { return i < words.size() ? std::string_view{words[i].text} : ""; };
  const bool is_mine = is_one_of(word(at), {"my", "mi", "our", "nuestro", "nuestra"});
  auto named = at + 1;
  while (is_one_of(word(named), {"little", "big", "older", "younger", "old", "best", "eldest", "mejor"}))
    ++named;
  const bool is_relatives = is_mine && relative_of(word(named)) != nullptr;
  // "he" is the Spanish "I have" too: "he dormido mal".
  const bool is_he =
    word(at) == "he" && is_one_of(word(at + 1), {"is", "was", "has", "had", "weighs", "eats", "can", "should", "wants",
                                                  "needs", "will", "does", "says", "trains", "also", "just"});
  const bool is_pronoun = is_he || is_one_of(word(at), {"she", "shes", "hes", "ella"});
  const bool is_verb = is_one_of(word(at), {"pesa", "mide", "weighs"});  // "mide 180 y pesa 90" of a husband
  if (!is_relatives && !is_pronoun && !is_verb)
    return false;
  return is_verb || at == 0 || words[at].begins_clause ||
         is_one_of(word(at - 1), {"and", "but", "y", "e", "pero", "because", "porque", "that", "while", "mientras",
                                   "since", "if", "si", "when", "cuando", "hi", "hello", "hola", "so", "also"});
}

/// A word that leads back to the person: "I", "my weight", "peso"; or to what they ask.
bool is_first_subject(const folded_text& words, std::size_t at) {
  const std::string_view word = words[at].text;
  const std::string_view before = at > 0 ? std::string_view{words[at - 1].text} : "";
  const std::string_view next = at + 1 < words.size() ? std::string_view{words[at + 1].text} : "";
  if (word == "peso")  // "tiene un peso de 90 kg", "su peso"
    return !is_one_of(before, {"un", "su", "el", "de", "of"});
  if (is_one_of(word, {"my", "mi"}))
    return is_one_of(next, {"weight", "height", "age", "goal", "peso", "altura", "edad", "objetivo", "bmi", "imc"});
  return is_first_person(word) || is_one_of(word, {"how", "what", "whats", "which", "should", "cuanto", "cuanta",
                                                    "cuantas", "cuantos", "entreno", "como"});
}

}  // namespace

bool is_relative(std::string_view word) noexcept {
  return relative_of(word) != nullptr;
}

std::optional<other_person> person_asked_about(const folded_text& words) {
  std::optional<other_person> found;
  const bool is_of_a_third = asks_of_a_third(words) && !asks_of_oneself(words);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at].text;
    if (is_first_person(word) && !is_of_a_third)
      return std::nullopt;
    // "my wife", "mi mujer"; "mujer" alone tells the sex of whoever asks.
    const bool is_mine = at > 0 && is_one_of(words[at - 1].text, {"my", "mi", "our", "nuestro", "nuestra"});
    if (const auto* each = relative_of(word); each != nullptr && is_mine && !found)
      found = other_person{each->sex};
  }
  return found;
}

folded_text words_of_oneself(const folded_text& words) {
  folded_text own;
  bool is_of_another = false;
  bool drops_mark = false;  // what was left out began the clause
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (is_third_subject(words, at))
      is_of_another = true;
    else if (is_of_another && is_first_subject(words, at))
      is_of_another = false;
    if (is_of_another) {
      drops_mark = true;
      continue;
    }
    own.push_back(words[at]);
    own.back().begins_clause = own.back().begins_clause || drops_mark;
    drops_mark = false;
  }
  return own;
}

bool speaks_of_oneself(const folded_text& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool is_own =
      at > 0 && is_one_of(words[at - 1].text, {"my", "mi"}) &&
      is_one_of(words[at].text, {"weight", "height", "age", "goal", "peso", "altura", "edad", "objetivo"});
    if (is_first_person(words[at].text) || is_own)
      return true;
  }
  return false;
}

}  // namespace genesis::coach
