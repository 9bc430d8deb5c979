#include "domain/coach/composer.hpp"

#include "domain/coach/phrases.hpp"
#include "domain/coach/told_facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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
  for (auto& each : arguments)
    if (auto* value = std::get_if<double>(&each.value))
      *value = std::round(*value * 100) / 100;  // as many decimals as an artifact shows
  reply_.steps.emplace_back(uses_tool{std::move(name), std::move(arguments), ok});
}

void composer::show(artifact_data data, std::vector<artifact_source> sources) {
  shows_numbers_ = shows_numbers_ || !sources.empty();
  has_asked_ = has_asked_ || std::holds_alternative<profile_gaps>(data);
  has_refused_ = has_refused_ || std::holds_alternative<safety_notice>(data);
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
  const bool is_single = gaps.fields.size() == 1;
  if (talk_.answers_question)
    acknowledge(*this);
  else if (talk_.misses_question)
    paragraph(say(phrases::not_understood));
  const auto& ask = talk_.answers_question || talk_.misses_question
                      ? (is_single ? phrases::missing_field_more : phrases::missing_fields_more)
                      : (is_single ? phrases::missing_field : phrases::missing_fields);
  paragraph(say(ask, {{"purpose", say(purpose)}, {"fields", fields_in_words(words_, gaps.fields)},
                       {"question", is_single ? question_for(words_, gaps.fields.front()) : std::string{}}}));
  show(gaps);
}

void composer::say_once(const phrase& what) {
  auto text = say(what);
  if (!has_said(text))
    paragraph(std::move(text));
}

void composer::advise(const phrase& prime, const phrase& longevity, std::initializer_list<slot> slots) {
  auto text = say(for_personality(prime, longevity), slots);
  if (!is_brief() && !said().wants_reason && !has_said(text))
    paragraph(std::move(text));
}

bool composer::has_said(std::string_view text) const {
  return std::ranges::any_of(asked_.history,
    [&](const message& earlier) { return earlier.role == message_role::assistant && earlier.content.contains(text); });
}

bool composer::is_disclaimed() const {
  // The history is the end of a long conversation; whatever it no longer shows is taken as said.
  const bool is_cut = !asked_.history.empty() && asked_.history.front().seq > 1;
  return is_cut || std::ranges::any_of(std::array{phrases::disclaimer, phrases::disclaimer_plain},
                     [&](const phrase& it) { return has_said(it.english) || has_said(it.spanish); });
}

reply composer::finish() {
  const bool speaks_last = reply_.what.agents.empty() || reply_.what.agents.back() == who_;
  if (is_about_health_ && speaks_last && !is_disclaimed())
    paragraph(say(shows_numbers_ ? phrases::disclaimer : phrases::disclaimer_plain));
  return std::move(reply_);
}

std::string fields_in_words(const wording& words, std::span<const std::string> fields) {
  struct named {
    std::string_view field;
    phrase brief;
    phrase full;
  };
  static constexpr auto names = std::to_array<named>({{"date_of_birth", phrases::brief_age, phrases::full_age},
    {"sex", phrases::brief_sex, phrases::full_sex}, {"height_cm", phrases::brief_height, phrases::full_height},
    {"weight_kg", phrases::brief_weight, phrases::full_weight},
    {"body_fat_pct", phrases::brief_body_fat, phrases::full_body_fat},
    {"activity_level", phrases::brief_activity, phrases::full_activity},
    {"goal", phrases::brief_goal, phrases::full_goal}});
  constexpr std::size_t full_count_max = 2;
  std::vector<std::string> texts;
  for (const auto& field : fields) {
    const auto* found = std::ranges::find(names, field, &named::field);
    if (found == names.end())
      texts.push_back(field);
    else
      texts.push_back(words.say(fields.size() <= full_count_max ? found->full : found->brief));
  }
  return fields.size() <= full_count_max ? words.all_of(texts)
                                         : words.say(phrases::your_fields, {{"fields", words.all_of(texts)}});
}

std::string question_for(const wording& words, std::string_view field) {
  using question = std::pair<std::string_view, phrase>;
  static constexpr auto questions = std::to_array<question>({{"date_of_birth", phrases::ask_age},
    {"sex", phrases::ask_sex}, {"height_cm", phrases::ask_height}, {"weight_kg", phrases::ask_weight},
    {"body_fat_pct", phrases::ask_body_fat}, {"activity_level", phrases::ask_activity}, {"goal", phrases::ask_goal}});
  const auto* found = std::ranges::find(questions, field, &question::first);
  return found == questions.end() ? std::string{} : words.say(found->second);
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
