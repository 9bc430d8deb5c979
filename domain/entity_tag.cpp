#include "domain/entity_tag.hpp"

#include <algorithm>
#include <iterator>

namespace genesis {

std::string entity_tag(const uuid& object, std::int64_t revision, char part, std::int64_t timeline) {
  std::string tag;
  tag.reserve(48);
  tag += '"';
  tag += part;
  for (const char c : to_string(object))
    if (c != '-')
      tag += c;
  tag += '.';
  tag += std::to_string(revision);
  if (timeline > 1) {
    tag += '.';
    tag += std::to_string(timeline);
  }
  tag += '"';
  return tag;
}

bool precondition::holds_for(const std::string& current) const {
  return (any || std::ranges::find(tags, current) != tags.end()) != is_negated;
}

precondition both(const precondition& one, const precondition& other) {
  if (one.is_negated && other.is_negated) {
    precondition neither{one.any || other.any, one.tags, true};
    neither.tags.insert(neither.tags.end(), other.tags.begin(), other.tags.end());
    return neither;
  }
  // One of them names what may be there: what is left of that is what the other one lets pass.
  const auto& named = one.is_negated ? other : one;
  const auto& filter = one.is_negated ? one : other;
  if (named.any)
    return filter;
  precondition left;
  std::ranges::copy_if(
    named.tags, std::back_inserter(left.tags), [&](const std::string& tag) { return filter.holds_for(tag); });
  return left;
}

}  // namespace genesis
