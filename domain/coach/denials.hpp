#pragma once

#include "domain/coach/folded_text.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace genesis::coach {

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) noexcept {
  return std::ranges::find(words, word) != words.end();
}

/// How much may stand between a denial and what it denies.
enum class denial_reach : bool {
  narrow,  ///< "no chest pain", "I don't have any chest pain". What is denied from farther off may well be there.
  wide,    ///< Also "I'm not sick", "no estoy muy triste".
};

/// True when what stands at `begin` is denied in its own clause, in English or Spanish.
inline bool is_denied(const folded_text& words, std::size_t begin, denial_reach reach) {
  constexpr std::size_t looked_back_max = 4;
  for (std::size_t back = 0; back <= looked_back_max && back < begin && !words[begin - back].begins_clause; ++back) {
    const std::string_view word = words[begin - back - 1].text;
    if (is_one_of(word, {"no", "not", "without", "never", "dont", "didnt", "havent", "hasnt", "isnt", "doesnt", "sin",
                          "nunca", "ningun", "ninguna", "ni"}))
      return true;
    const bool joins = is_one_of(word,
      {"have", "had", "having", "feel", "felt", "feeling", "got", "any", "a", "the", "i", "do", "did", "tengo", "tuve",
        "tenido", "tiene", "he", "siento", "hay", "hubo", "un", "una", "el", "la", "or", "me", "ha", "more"});
    const bool joins_widely =
      reach == denial_reach::wide &&
      is_one_of(word, {"am", "im", "is", "be", "been", "was", "estoy", "estaba", "estado", "es", "soy", "muy", "very",
                        "really", "my", "mi", "taking", "take", "tomo", "ya", "nada", "anything", "use", "uso", "chest",
                        "knee", "back", "shoulder", "neck", "arm", "leg", "muscle", "joint", "head", "stomach"});
    if (!joins && !joins_widely)
      return false;
  }
  return false;
}

}  // namespace genesis::coach
