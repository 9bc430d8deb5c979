#include "benchmarks/load/raw_member.hpp"

namespace genesis::load {

std::string_view raw_member(std::string_view json, std::string_view name) noexcept {
  constexpr std::string_view before_value = "\":\"";
  for (auto at = json.find(name); at != std::string_view::npos; at = json.find(name, at + 1)) {
    auto rest = json.substr(at + name.size());
    if (at == 0 || json[at - 1] != '"' || !rest.starts_with(before_value))
      continue;
    rest.remove_prefix(before_value.size());
    for (std::size_t i = 0; i < rest.size(); i += rest[i] == '\\' ? 2 : 1)
      if (rest[i] == '"')
        return rest.substr(0, i);
    return {};
  }
  return {};
}

}  // namespace genesis::load
