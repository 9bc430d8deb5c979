#include "domain/coach/composer.hpp"

#include <algorithm>
#include <array>

#include "domain/coach/phrases.hpp"

namespace genesis::coach {

namespace {

std::uint32_t variant_of(const turn& asked) {
  std::uint32_t hash = 2166136261u;  // FNV-1a: the same question gets the same answer on every platform
  for (const auto c : asked.question)
    hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return hash / 7 + static_cast<std::uint32_t>(asked.history.size() / 2);
}

}  // namespace

composer::composer(agent who, const turn& asked, const intent& what)
  : who_(who), asked_(asked), talk_(understand(asked)), words_(talk_.spoken, talk_.units) {
  reply_.what = what;
  reply_.steps.emplace_back(speaks{who});
  has_text_ = !what.agents.empty() && what.agents.front() != who;
}

const phrase& composer::one_of(std::span<const phrase> variants) const {
  return variants[variant_of(asked_) % variants.size()];
}

void composer::use_tool(std::string name, std::vector<tool_argument> arguments, bool ok) {
  reply_.steps.emplace_back(uses_tool{std::move(name), std::move(arguments), ok});
}

void composer::show(artifact_data data, std::vector<artifact_source> sources) {
  reply_.steps.emplace_back(shows{{std::move(data), std::move(sources)}});
}

void composer::paragraph(std::string text) {
  if (text.empty())
    return;
  reply_.steps.emplace_back(says{has_text_ ? "\n\n" + text : std::move(text)});
  has_text_ = true;
}

artifact_source composer::weight_source() const {
  const bool is_stated = said().weight_kg.has_value();
  return {artifact_source::kind_type::record, "weight_kg",
    is_stated || !person().weight_kg ? say(phrases::stated_here)
                                     : to_iso_date(day_of(person().weight_kg->recorded_at))};
}

artifact_source composer::body_fat_source() const {
  const bool is_stated = said().body_fat_pct.has_value();
  return {artifact_source::kind_type::record, "body_fat_pct",
    is_stated || !person().body_fat_pct ? say(phrases::stated_here)
                                        : to_iso_date(day_of(person().body_fat_pct->recorded_at))};
}

void composer::ask_for(const profile_gaps& gaps, const phrase& purpose) {
  std::vector<std::string> fields;
  for (const auto& field : gaps.fields)
    fields.push_back(field_in_words(words_, field));
  paragraph(say(fields.size() == 1 ? phrases::missing_fields : phrases::missing_several,
    {{"purpose", say(purpose)}, {"fields", words_.list(fields)}}));
  show(gaps);
}

bool composer::was_disclaimed() const {
  return std::ranges::any_of(asked_.history, [](const message& earlier) {
    return earlier.role == message_role::assistant &&
      (earlier.content.contains(phrases::disclaimer.english) || earlier.content.contains(phrases::disclaimer.spanish));
  });
}

reply composer::finish() {
  const bool speaks_last = reply_.what.agents.empty() || reply_.what.agents.back() == who_;
  if (is_about_health_ && speaks_last && !was_disclaimed())
    paragraph(say(phrases::disclaimer));
  return std::move(reply_);
}

std::string field_in_words(const wording& words, std::string_view field) {
  using named = std::pair<std::string_view, const phrase*>;
  static constexpr auto names = std::to_array<named>({{"date_of_birth", &phrases::field_date_of_birth},
    {"sex", &phrases::field_sex}, {"height_cm", &phrases::field_height}, {"weight_kg", &phrases::field_weight},
    {"body_fat_pct", &phrases::field_body_fat}, {"activity_level", &phrases::field_activity},
    {"goal", &phrases::field_goal}});
  const auto* found = std::ranges::find(names, field, &named::first);
  return found == names.end() ? std::string{field} : words.say(*found->second);
}

std::vector<tool_argument> profile_arguments(const composer& answer) {
  const auto& person = answer.person();
  std::vector<tool_argument> arguments;
  if (const auto age = age_of(person, answer.today()))
    arguments.push_back({"age_years", static_cast<double>(*age)});
  if (person.sex && *person.sex != sex::unspecified)
    arguments.push_back({"sex", std::string{name_of(*person.sex)}});
  if (person.height_cm)
    arguments.push_back({"height_cm", *person.height_cm});
  if (person.weight_kg)
    arguments.push_back({"weight_kg", person.weight_kg->value});
  return arguments;
}

}  // namespace genesis::coach
