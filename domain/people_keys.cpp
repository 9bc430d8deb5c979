#include "domain/people_keys.hpp"

#include <bitset>
#include <cstddef>

namespace genesis {

namespace {

/// Of every person's key; `h` stands for a digit of the id.
constexpr std::string_view prefix = "user:";
constexpr std::string_view shape = "user:hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

/// Whether a character of the pattern other than `*` may stand at that place of a key.
bool may_stand(char each, std::size_t place) noexcept {
  static constexpr std::string_view digits = "0123456789abcdef";
  const bool is_digit = place >= prefix.size() && shape[place] == 'h';
  return each == '?' || (is_digit ? digits.contains(each) : each == shape[place]);
}

/// Notes how much of a key the pattern can stand for, while it is read once.
bool may_match_a_person(std::string_view pattern) noexcept {
  using lengths = std::bitset<shape.size() + 1>;
  lengths reached;
  reached[0] = true;
  for (const char each : pattern) {
    lengths next;
    for (std::size_t i = 0; i <= shape.size(); ++i)
      if (each == '*')
        next[i] = reached[i] || (i > 0 && next[i - 1]);
      else
        next[i] = i > 0 && reached[i - 1] && may_stand(each, i - 1);
    reached = next;
  }
  return reached[shape.size()];
}

}  // namespace

result<key_pattern> parse_people_pattern(std::string_view text) {
  if (text.contains('@'))
    return fail(errc::invalid_argument,
      "must name a person by id, not by e-mail address: user:ID; 'genesis user list' shows the ids");
  auto pattern = key_pattern::parse(text);
  if (pattern && !may_match_a_person(text))
    return fail(errc::invalid_argument,
      "matches no key that there can be: the only kind is user:ID, and 'genesis user list' shows the ids");
  return pattern;
}

}  // namespace genesis
