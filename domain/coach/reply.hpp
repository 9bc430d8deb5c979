#pragma once

#include "domain/agent.hpp"
#include "domain/artifact.hpp"
#include "domain/message.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/user.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace genesis::coach {

/// How far back the coach sees what a person records.
inline constexpr std::chrono::days records_window{90};

/// Everything the coach may look at to answer one question: the person's own records and nothing else.
struct turn {
  user person;
  preferences prefs;
  std::vector<progress_record> records;  ///< Of `records_window`, all metrics, oldest first.
  std::vector<message> history;          ///< The conversation before the question, oldest first.
  std::string question;
  std::optional<agent> asked_for;  ///< The specialist the person named in the request, if any.
  timestamp now;
};

/// What a person wants, as `nexus` reads it.
struct intent {
  std::string name;           ///< For instance `energy_target`, `macros`, `one_rep_max`, `greeting`, `emergency`.
  double confidence = 0;      ///< 0 to 1.
  std::vector<agent> agents;  ///< Who answers, in order; at least one.
};

struct tool_argument {
  std::string name;
  std::variant<double, std::string> value;
};

/// A specialist takes the word.
struct speaks {
  agent who = agent::nexus;
};
/// A tool was run over the person's records. `ok` is false when it could not give a result (a gap in the profile, for
/// instance).
struct uses_tool {
  std::string tool;
  std::vector<tool_argument> arguments;
  bool ok = true;
};
/// Text to stream; Markdown-free plain text, paragraphs apart by an empty line, lists as lines that begin with `- `.
struct says {
  std::string text;
};
struct shows {
  genesis::artifact artifact;
};
using step = std::variant<speaks, uses_tool, says, shows>;

/// An answer in the order it is told.
struct reply {
  intent what;
  std::vector<step> steps;
};

}  // namespace genesis::coach
