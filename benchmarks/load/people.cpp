#include "benchmarks/load/people.hpp"

#include <boost/json.hpp>

#include <fstream>

namespace genesis::load {

namespace {

std::string member(const boost::json::value& line, std::string_view name) {
  const auto* object = line.if_object();
  const auto* value = object == nullptr ? nullptr : object->if_contains(name);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string{} : std::string{text->data(), text->size()};
}

}  // namespace

std::expected<std::vector<person>, std::string> read_people(const std::filesystem::path& file) {
  std::ifstream in{file};
  if (!in)
    return std::unexpected("cannot read " + file.string());
  std::vector<person> people;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty())
      continue;
    boost::json::error_code ec;
    const auto value = boost::json::parse(line, ec);
    person who{.user_id = member(value, "user_id"),
      .access_token = member(value, "access_token"),
      .refresh_token = member(value, "refresh_token"),
      .conversation = {},
      .talk = member(value, "conversation_id"),
      .entity_tag = member(value, "entity_tag")};
    if (ec || who.access_token.empty())
      return std::unexpected(file.string() + ":" + std::to_string(number) + ": no object with an access_token");
    people.push_back(std::move(who));
  }
  if (people.empty())
    return std::unexpected(file.string() + " names nobody");
  return people;
}

}  // namespace genesis::load
