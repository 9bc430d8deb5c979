#include "auth/email.hpp"

#include <algorithm>

namespace genesis::auth {

namespace {

constexpr std::size_t local_length_max = 64;  // RFC 5321 4.5.3.1.1
constexpr std::size_t label_length_max = 63;  // RFC 1035 2.3.4

bool is_letter(char each) noexcept {
  return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
}
bool is_digit(char each) noexcept {
  return each >= '0' && each <= '9';
}

/// RFC 5322 3.2.3
bool is_atext(char each) noexcept {
  static constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~";
  return is_letter(each) || is_digit(each) || others.find(each) != std::string_view::npos;
}

/// Whether each part between dots satisfies the predicate.
template <class Predicate>
bool all_parts(std::string_view text, Predicate is_good) {
  for (;;) {
    const auto dot = text.find('.');
    if (!is_good(text.substr(0, dot)))
      return false;
    if (dot == std::string_view::npos)
      return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_atom(std::string_view part) {
  return !part.empty() && std::ranges::all_of(part, is_atext);
}

bool is_label(std::string_view part) {
  return !part.empty() && part.size() <= label_length_max && part.front() != '-' && part.back() != '-' &&
         std::ranges::all_of(part, [](char each) { return is_letter(each) || is_digit(each) || each == '-'; });
}

bool is_domain(std::string_view text) {
  const auto last = text.substr(text.rfind('.') + 1);  // npos + 1 is the beginning
  return all_parts(text, is_label) && !std::ranges::all_of(last, is_digit);
}

char to_lower(char each) noexcept {
  return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
}

}  // namespace

result<std::string> normalise_email(std::string_view text) {
  if (text.size() < email_length_min || text.size() > email_length_max)
    return fail(errc::invalid_argument, "must have 3 to 254 characters");
  if (!std::ranges::all_of(text, [](char each) { return each > ' ' && each < 0x7f; }))
    return fail(errc::invalid_argument, "must have no spaces and no characters outside ASCII");
  if (std::ranges::count(text, '@') != 1)
    return fail(errc::invalid_argument, "must have exactly one @");
  const auto at = text.find('@');
  const auto local = text.substr(0, at);
  if (local.size() > local_length_max || !all_parts(local, is_atom))
    return fail(errc::invalid_argument,
      "must have 1 to 64 letters, digits or !#$%&'*+-/=?^_`{|}~ before the @, with single dots between them");
  if (!is_domain(text.substr(at + 1)))
    return fail(errc::invalid_argument, "must have the name of a host behind the @");
  std::string out(text);
  std::ranges::transform(out, out.begin(), to_lower);
  return out;
}

}  // namespace genesis::auth
