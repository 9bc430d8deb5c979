#include "http/transport.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view http_response::header(std::string_view name) const {
  const auto found =
    std::ranges::find_if(headers, [name](const http_header& field) { return equal_ignoring_case(field.name, name); });
  return found == headers.end() ? std::string_view{} : std::string_view{found->value};
}

}  // namespace genesis::http
