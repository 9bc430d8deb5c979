#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/user.hpp"

#include <optional>
#include <string_view>

namespace genesis::coach {

/// True for a word for somebody else: `dad`, `wife`, `friend`, `hermana`. Folded.
bool is_relative(std::string_view word) noexcept;

/// Somebody else whom a question is about.
struct other_person {
  std::optional<genesis::sex> sex;  ///< As the word for them tells.
};

/// Whom a question is about when that is not the person who asks: `and my husband, 85 kg?`, `¿cuánto debe comer mi
/// hijo?`. Nobody when the person speaks of themself too (`my dad had a stroke, should I train?`), unless what they ask
/// is asked of the other (`I think my daughter weighs too much, how much should she eat?`).
std::optional<other_person> person_asked_about(const folded_text& words);

/// The text without what it tells of somebody else on the way: "My wife weighs 60 kg. How much should I eat?" leaves
/// the question, "I'm 80 kg and my wife is 60 kg" the first half. For texts that ask about the person themself.
folded_text words_of_oneself(const folded_text& words);

/// True when the person speaks of themself: `I weigh 77 kg`, `my weight is ...`, `peso 77 kg`.
bool speaks_of_oneself(const folded_text& words);

}  // namespace genesis::coach
