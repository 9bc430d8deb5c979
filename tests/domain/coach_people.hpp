#pragma once

#include "domain/coach/intent.hpp"
#include "domain/coach/reply.hpp"
#include "domain/coach/specialists.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::test {

/// A moment that the tests of the coach call now.
inline timestamp coach_now() {
  return parse_rfc3339("2026-03-02T09:00:00.000Z").value();
}

/// A man of 30 with 80 kg and 180 cm, moderately active, who wants to lose weight: rests at 1,780 kcal, uses 2,759.
inline coach::turn tom_asks(std::string question) {
  coach::turn asked;
  asked.now = coach_now();
  asked.person.full_name = "Tom Baker";
  asked.person.date_of_birth = parse_iso_date("1995-09-14");
  asked.person.sex = sex::male;
  asked.person.height_cm = 180;
  asked.person.weight_kg = latest_measurement{{}, parse_rfc3339("2026-02-27T07:00:00.000Z").value(), 80};
  asked.person.activity_level = activity_level::moderate;
  asked.person.goal = goal::lose_weight;
  asked.question = std::move(question);
  return asked;
}

/// Adds a question and its answer to what was said before.
inline void add_exchange(coach::turn& asked, std::string question, std::string answer = "...") {
  message each;
  each.created_at = asked.now;
  each.role = message_role::user;
  each.content = std::move(question);
  asked.history.push_back(each);
  each.role = message_role::assistant;
  each.content = std::move(answer);
  asked.history.push_back(each);
}

/// The same man, asking `question` after the others.
inline coach::turn after(std::initializer_list<std::string> earlier, std::string question) {
  auto asked = tom_asks(std::move(question));
  for (const auto& each : earlier)
    add_exchange(asked, each);
  return asked;
}

/// What whoever is responsible answers.
inline coach::reply ask(const coach::turn& asked) {
  const auto what = coach::read_intent(asked);
  return coach::answer(what.agents.front(), asked, what);
}

/// What a question of his is taken for.
inline std::string intent_of(const std::string& question) {
  return coach::read_intent(tom_asks(question)).name;
}

/// The first artifact of this kind that a reply shows.
template <class Artifact>
std::optional<Artifact> shown(const coach::reply& told) {
  for (const auto& step : told.steps)
    if (const auto* each = std::get_if<coach::shows>(&step))
      if (const auto* data = std::get_if<Artifact>(&each->artifact.data))
        return *data;
  return std::nullopt;
}

/// The kinds of the safety notices that a reply shows, in order.
inline std::vector<std::string> notices(const coach::reply& told) {
  std::vector<std::string> kinds;
  for (const auto& step : told.steps)
    if (const auto* each = std::get_if<coach::shows>(&step))
      if (const auto* notice = std::get_if<safety_notice>(&each->artifact.data))
        kinds.push_back(notice->kind);
  return kinds;
}

inline bool warns_of(const coach::reply& told, std::string_view kind) {
  return std::ranges::count(notices(told), kind) != 0;
}

}  // namespace genesis::test
