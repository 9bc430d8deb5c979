#pragma once

#include "actors/encoders.hpp"
#include "domain/coach/reply.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "domain/run.hpp"

#include <span>
#include <string>
#include <vector>

namespace genesis::cli {

/// A conversation with the built-in coach, as the server would have stored it once its runs' events have gone.
struct told_conversation {
  conversation thread;
  std::vector<message> messages;
  std::vector<run> runs;
};

/// Has the coach answer the questions one after the other, each with what the person had recorded by then. `person`
/// needs no weight; `turn.now` is the moment of the first question, a minute and a half lies between two.
told_conversation tell_conversation(
  coach::turn turn, std::span<const std::string> questions, const encoders& encode, uuid_source& ids);

/// What the demo person has talked about with the coach, in English and in Spanish. Oldest first; the last one is of
/// the last morning on record.
std::vector<told_conversation> demo_conversations(const user& person, const preferences& prefs,
  std::span<const progress_record> records, timestamp now, const encoders& encode, uuid_source& ids);

}  // namespace genesis::cli
