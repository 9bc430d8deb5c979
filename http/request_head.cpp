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

std::optional<std::string> request_head::joined(std::string_view name) const {
  std::optional<std::string> all_values;
  for (const auto& [field_name, value] : fields_) {
    if (!same_ignoring_case(view(field_name), name))
      continue;
    if (all_values)
      *all_values += ", ";
    else
      all_values.emplace();
    *all_values += view(value);
  }
  return all_values;
}

}  // namespace genesis::http
