#include "domain/coach/age_beside_sex.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/sex_words.hpp"
#include "domain/coach/surroundings.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::coach {

namespace {

constexpr range told_age_years{5, 100};  // "girl, 12"; fewer are as often a count

const sex_word* sex_beside(const folded_text& words, const quantity& number) {
  const surroundings around{words, number};
  const auto at = number.begin;
  if (at > 1 && is_one_of(words[at - 1].text, {"of", "de", "aged"}))
    return sex_word_of(words[at - 2].text);
  if (at > 0)
    if (const auto* before = sex_word_of(words[at - 1].text); before != nullptr && around.ends_clause()) {
      // "F 36" and "M, 30": a letter alone is a sex only where the text or a clause begins with it.
      if (!before->is_letter || words[at - 1].begins_clause)
        return before;
    }
  if (number.end < words.size() && (around.begins_clause() || around.before({"im", "am"}, 1)))
    if (const auto* behind = sex_word_of(words[number.end].text); behind != nullptr && !behind->is_letter)
      return behind;
  return nullptr;
}

/// "35F" and "(28m)", also where the letter has been read as a unit; not "35m sprints".
const sex_word* letter_behind(const folded_text& words, std::span<const quantity> numbers, const quantity& number) {
  const surroundings around{words, number};
  const auto at = number.begin + 1;
  if (at >= words.size() || !(around.begins_clause() || around.before({"im", "am"}, 1)))
    return nullptr;
  const auto* found = sex_word_of(words[at].text);
  if (number.begin != numbers.front().begin || std::ranges::count(words, words[at].text, &folded_word::text) > 1)
    return nullptr;  // "60m, 100m and 200m" are distances
  const bool ends = at + 1 >= words.size() || words[at + 1].begins_clause ||
                    is_one_of(words[at + 1].text, {"and", "y", "here", "but"}) ||
                    number_of(words[at + 1].text).has_value();
  // "H" behind a number is hours.
  return found != nullptr && found->is_letter && found->text != "h" && ends ? found : nullptr;
}

}  // namespace

std::optional<aged_person> age_beside_sex(
  const folded_text& words, std::span<const quantity> numbers, const quantity& number) {
  const auto age = number_of(words[number.begin].text).value_or(0);
  if (!told_age_years.contains(age) || age != std::floor(age))
    return std::nullopt;
  const auto* found = number.unit == unit::none ? sex_beside(words, number) : nullptr;
  if (found == nullptr)
    found = letter_behind(words, numbers, number);
  return found == nullptr ? std::nullopt : std::optional{aged_person{static_cast<int>(age), found->sex}};
}

}  // namespace genesis::coach
