#include "domain/coach/sex_words.hpp"

#include <algorithm>
#include <array>

namespace genesis::coach {

namespace {

constexpr auto sex_words = std::to_array<sex_word>({
  {"male", sex::male},
  {"man", sex::male},
  {"guy", sex::male},
  {"hombre", sex::male},
  {"varon", sex::male},
  {"chico", sex::male},
  {"m", sex::male, true},
  {"h", sex::male, true},
  {"female", sex::female},
  {"woman", sex::female},
  {"girl", sex::female},
  {"lady", sex::female},
  {"mujer", sex::female},
  {"chica", sex::female},
  {"f", sex::female, true},
});

}  // namespace

const sex_word* sex_word_of(std::string_view text) noexcept {
  const auto* found = std::ranges::find(sex_words, text, &sex_word::text);
  return found == sex_words.end() ? nullptr : &*found;
}

}  // namespace genesis::coach
