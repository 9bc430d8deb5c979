#include "domain/entity_tag.hpp"

#include <algorithm>

namespace genesis {

std::string entity_tag(const uuid& object, std::int64_t revision, char part) {
  std::string tag;
  tag.reserve(48);
  tag += '"';
  tag += part;
  for (const char c : to_string(object))
    if (c != '-')
      tag += c;
  tag += '.';
  tag += std::to_string(revision);
  tag += '"';
  return tag;
}

bool precondition::holds_for(const std::string& current) const {
  return any || std::ranges::find(tags, current) != tags.end();
}

}  // namespace genesis
