#include "actors/size_in_memory.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace genesis {

namespace {

/// Of a person in memory beside their rows and their JSON (ARCHITECTURE.md 13), a kibibyte of which is the actor's.
constexpr std::size_t owner_bytes = 3'400;

std::size_t size_of(const std::optional<std::string>& text) noexcept {
  return text ? text->size() : 0;
}

std::size_t size_of(const std::vector<std::string>& texts) noexcept {
  std::size_t bytes = texts.size() * sizeof(std::string);
  for (const auto& each : texts)
    bytes += each.size();
  return bytes;
}

std::size_t size_of(const std::optional<entity_reply>& shown) noexcept {
  return shown && shown->body ? shown->body->size() : 0;
}

std::size_t size_of(const user_data& data) noexcept {
  const auto& person = data.person;
  auto bytes = person.email.size() + size_of(person.full_name) + size_of(person.dietary_restrictions) +
               size_of(person.allergies) + size_of(person.medical_conditions) + data.sessions.size() * sizeof(session) +
               data.api_keys.size() * sizeof(api_key);
  for (const auto& each : data.sessions)
    bytes += each.user_agent.size() + each.address.size();
  for (const auto& each : data.api_keys)
    bytes += each.name.size() + each.scopes.size() * sizeof(key_scope);
  return bytes;
}

}  // namespace

std::int64_t size_in_memory(const user_data& data, const std::optional<entity_reply>& shown_person,
  const std::optional<entity_reply>& shown_prefs, std::size_t page_bytes) noexcept {
  return static_cast<std::int64_t>(
    owner_bytes + size_of(data) + size_of(shown_person) + size_of(shown_prefs) + page_bytes);
}

}  // namespace genesis
