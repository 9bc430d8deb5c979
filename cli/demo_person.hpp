#pragma once

#include "domain/ids.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/user.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace genesis::cli {

/// The address of the demonstration's own account; nobody else can have it (RFC 2606 3).
inline constexpr std::string_view demo_email = "demo@example.com";

inline constexpr int demo_days = 90;  ///< How far back the demo person's records go.

/// The person of the demonstration, with a filled profile but for the measurements, which follow the records.
user demo_profile(std::string email);

/// True for an account that a demonstration made: its reset costs nobody their data.
bool is_demo_profile(const user& person);

preferences demo_preferences();

/// The last morning on which the demo person has recorded anything: at least an hour before `now`.
timestamp demo_morning(timestamp now);

/// Ninety days of a person who loses weight slowly, with a plateau, days without a weigh-in, and nights and feelings
/// that go together. Oldest first. The same values for every `now`; only days and ids move with it.
std::vector<progress_record> demo_records(timestamp now, uuid_source& ids);

}  // namespace genesis::cli
