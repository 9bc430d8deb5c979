#include "http/request_head.hpp"

namespace genesis::http {

std::optional<std::string_view> request_head::field(std::string_view name) const noexcept {
  for (const auto& [field_name, value] : fields_)
    if (same_ignoring_case(view(field_name), name))
      return view(value);
  return std::nullopt;
}

std::size_t request_head::field_count(std::string_view name) const noexcept {
  std::size_t count = 0;
  for (const auto& field : fields_)
    count += same_ignoring_case(view(field.name), name) ? 1 : 0;
  return count;
}

std::optional<std::string_view> request_head::list(std::string_view name, std::string& several) const {
  std::optional<std::string_view> found;
  for (const auto& [field_name, value] : fields_) {
    if (!same_ignoring_case(view(field_name), name))
      continue;
    if (!found) {
      found = view(value);
      continue;
    }
    if (several.empty())
      several = *found;
    several += ", ";
    several += view(value);
    found = several;
  }
  return found;
}

std::optional<std::string> request_head::joined(std::string_view name) const {
  std::string several;
  const auto found = list(name, several);
  return found ? std::optional<std::string>{*found} : std::nullopt;
}

}  // namespace genesis::http
