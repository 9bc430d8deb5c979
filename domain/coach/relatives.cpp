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
