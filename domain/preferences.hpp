#pragma once

#include "domain/agent.hpp"
#include "domain/user.hpp"
#include "domain/validation.hpp"

#include <map>

namespace genesis {

enum class personality : std::uint8_t { prime, longevity };
template <>
inline constexpr auto enum_names<personality> = std::to_array<std::pair<personality, std::string_view>>(
  {{personality::prime, "prime"}, {personality::longevity, "longevity"}});

/// How much an answer may say.
enum class response_length : std::uint8_t { brief, normal, detailed };
template <>
inline constexpr auto enum_names<response_length> = std::to_array<std::pair<response_length, std::string_view>>(
  {{response_length::brief, "short"}, {response_length::normal, "normal"}, {response_length::detailed, "long"}});

enum class weekday : std::uint8_t { mon, tue, wed, thu, fri, sat, sun };
template <>
inline constexpr auto enum_names<weekday> =
  std::to_array<std::pair<weekday, std::string_view>>({{weekday::mon, "mon"}, {weekday::tue, "tue"},
    {weekday::wed, "wed"}, {weekday::thu, "thu"}, {weekday::fri, "fri"}, {weekday::sat, "sat"}, {weekday::sun, "sun"}});

enum class colour_theme : std::uint8_t { system, light, dark };
template <>
inline constexpr auto enum_names<colour_theme> = std::to_array<std::pair<colour_theme, std::string_view>>(
  {{colour_theme::system, "system"}, {colour_theme::light, "light"}, {colour_theme::dark, "dark"}});

inline constexpr range session_minutes_range{10, 240};
inline constexpr range meals_per_day_range{1, 8};
inline constexpr std::size_t notifications_count_max = 50;  ///< Kinds of notification a person may switch.

/// How a person wants to be coached.
struct preferences {
  genesis::personality personality = genesis::personality::prime;
  genesis::response_length response_length = genesis::response_length::normal;
  std::vector<agent> preferred_agents;
  std::vector<weekday> training_days;
  std::int64_t session_minutes = 60;
  std::int64_t meals_per_day = 3;
  colour_theme theme = colour_theme::system;
  std::map<std::string, bool> notifications;
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;
  user_id owner;  ///< Whose they are; also what the API shows as their id.

  friend bool operator==(const preferences&, const preferences&) = default;
};

/// A person and how they want to be coached.
struct known_person {
  user person;
  preferences prefs;

  friend bool operator==(const known_person&, const known_person&) = default;
};

/// People that one question may name: what fits into one answer and one statement.
inline constexpr std::size_t people_per_question_max = 100;

/// Read-only members that a replacement of preferences carried along; each must be what it is now.
struct carried_read_only {
  std::optional<user_id> id;
  std::optional<timestamp> created_at;
  std::optional<timestamp> updated_at;
  std::optional<std::int64_t> revision;
};

/// The read-only members that a replacement would change: each is a fault.
field_errors changed_read_only(const carried_read_only& carried, const preferences& current);

}  // namespace genesis
