#include "domain/coach/goals.hpp"

#include "domain/coach/phrases_sage.hpp"

namespace genesis::coach {

std::string goal_in_words(const wording& words, goal which) {
  switch (which) {
  case goal::lose_weight: return words.say(phrases::goal_lose);
  case goal::maintain: return words.say(phrases::goal_maintain);
  case goal::gain_muscle: return words.say(phrases::goal_gain);
  case goal::recomposition: return words.say(phrases::goal_recomposition);
  case goal::performance: return words.say(phrases::goal_performance);
  }
  return {};
}

}  // namespace genesis::coach
