#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace genesis::load {

/// Somebody the generator acts for.
struct person {
  std::string user_id;
  std::string access_token;
  std::string refresh_token;  ///< Empty where the file has none.
  std::string conversation;   ///< Empty until `open_conversations` has made one.
  std::string talk;           ///< A conversation that the file names; empty where it names none.
  std::string entity_tag;     ///< Of what is read again and again, with its quotes; empty where the file has none.
};

/// Reads what `genesis demo --people N --tokens FILE` writes: one JSON object a line, with `user_id`, `access_token`
/// and `refresh_token`, and `conversation_id` perhaps; a script may have added `entity_tag`. Fails with a sentence that
/// names the line.
std::expected<std::vector<person>, std::string> read_people(const std::filesystem::path& file);

}  // namespace genesis::load
