#include "domain/preferences.hpp"

namespace genesis {

field_errors changed_read_only(const carried_read_only& carried, const preferences& current) {
  field_errors faults;
  const auto compare = [&](std::string_view name, const auto& given, const auto& is) {
    if (given && *given != is)
      faults.push_back({std::string{name}, "read_only", "cannot be changed"});
  };
  compare("id", carried.id, current.owner);
  compare("created_at", carried.created_at, current.created_at);
  compare("updated_at", carried.updated_at, current.updated_at);
  compare("revision", carried.revision, current.revision);
  return faults;
}

}  // namespace genesis
