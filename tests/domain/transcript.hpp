#pragma once

#include "domain/coach/reply.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace genesis::test {

/// A dialogue with the coach, as a text file.
///
/// The head says who asks and when, one `key: value` per line (`record: weight_kg 82.4 2026-02-20T07:00:00.000Z` for a
/// record). A line `> ...` is a question, `@sage` before it names the specialist asked for. Everything behind a
/// question up to the next one is the coach's answer, written by `render`.
struct transcript {
  std::string head;    ///< As it stands in the file.
  coach::turn person;  ///< Who asks; the question is empty.
  struct exchange {
    std::string question;
    std::optional<agent> asked_for;
  };
  std::vector<exchange> exchanges;
};

/// Reads head and questions, and skips the answers. Throws `std::runtime_error` that names a faulty line.
transcript read_transcript(const std::filesystem::path& file);

/// The turns of the dialogue with the coach's answers, each turn with the history of those before.
struct answered {
  coach::turn asked;
  coach::reply told;
  std::string text;
};
std::vector<answered> play(const transcript& dialogue);

/// The whole file: head, questions and answers.
std::string render(const transcript& dialogue, const std::vector<answered>& answers);

/// The concatenated text of a reply.
std::string text_of(const coach::reply& told);

/// One line per artifact, `[artifact TYPE] name=value ...`, then one per source.
std::string render(const artifact& shown);

}  // namespace genesis::test
