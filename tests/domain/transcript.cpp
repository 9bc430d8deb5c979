#include "tests/domain/transcript.hpp"

#include "domain/coach/intent.hpp"
#include "domain/coach/specialists.hpp"

#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace genesis::test {

namespace {

std::string plain(double value) {
  std::array<char, 32> buffer{};
  const auto [end, failure] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return failure == std::errc{} ? std::string{buffer.data(), end} : "?";
}

double number_in(const std::string& text) {
  return std::stod(text);
}

timestamp time_in(const std::string& text) {
  if (const auto at = parse_rfc3339(text))
    return *at;
  throw std::runtime_error{"no time: " + text};
}

template <class Enum>
Enum value_in(const std::string& text) {
  if (const auto value = parse_enum<Enum>(text))
    return *value;
  throw std::runtime_error{"no value: " + text};
}

std::vector<std::string> words_in(const std::string& text) {
  std::istringstream words{text};
  std::vector<std::string> found;
  for (std::string word; words >> word;)
    found.push_back(word);
  return found;
}

std::vector<std::string> items_in(const std::string& text) {
  std::istringstream items{text};
  std::vector<std::string> found;
  for (std::string item; std::getline(items >> std::ws, item, ',');)
    found.push_back(item);
  return found;
}

/// "82 2026-02-20T07:00:00.000Z"
latest_measurement measurement_in(const std::string& text) {
  const auto words = words_in(text);
  return {{}, time_in(words.at(1)), number_in(words.at(0))};
}

progress_record record_in(const std::string& text) {
  const auto words = words_in(text);
  progress_record record;
  record.metric = value_in<progress_metric>(words.at(0));
  record.value = number_in(words.at(1));
  record.recorded_at = time_in(words.at(2));
  return record;
}

void set(coach::turn& asked, const std::string& key, const std::string& value) {
  auto& person = asked.person;
  auto& prefs = asked.prefs;
  if (key == "now")
    asked.now = time_in(value);
  else if (key == "name")
    person.full_name = value;
  else if (key == "date_of_birth")
    person.date_of_birth = parse_iso_date(value).value();
  else if (key == "sex")
    person.sex = value_in<sex>(value);
  else if (key == "height_cm")
    person.height_cm = number_in(value);
  else if (key == "weight_kg")
    person.weight_kg = measurement_in(value);
  else if (key == "body_fat_pct")
    person.body_fat_pct = measurement_in(value);
  else if (key == "activity_level")
    person.activity_level = value_in<activity_level>(value);
  else if (key == "goal")
    person.goal = value_in<goal>(value);
  else if (key == "experience_level")
    person.experience_level = value_in<experience_level>(value);
  else if (key == "locale")
    person.locale = value;
  else if (key == "units")
    person.units = value_in<unit_system>(value);
  else if (key == "dietary_restrictions")
    person.dietary_restrictions = items_in(value);
  else if (key == "allergies")
    person.allergies = items_in(value);
  else if (key == "medical_conditions")
    person.medical_conditions = items_in(value);
  else if (key == "personality")
    prefs.personality = value_in<personality>(value);
  else if (key == "response_length")
    prefs.response_length = value_in<response_length>(value);
  else if (key == "meals_per_day")
    prefs.meals_per_day = std::stoi(value);
  else if (key == "training_days")
    for (const auto& day : items_in(value))
      prefs.training_days.push_back(value_in<weekday>(day));
  else if (key == "record")
    asked.records.push_back(record_in(value));
  else
    throw std::runtime_error{"unknown key: " + key};
}

struct artifact_renderer {
  std::string fields(const std::vector<named_value>& values) const {
    std::string text;
    for (const auto& each : values)
      text += " " + each.name + "=" + plain(each.value);
    return text;
  }
  std::string operator()(const resting_energy& it) const {
    return "resting_energy] kcal_per_day=" + plain(it.kcal_per_day) + " formula=" + it.formula + fields(it.inputs);
  }
  std::string operator()(const energy_target& it) const {
    return "energy_target] resting_kcal=" + plain(it.resting_kcal) + " maintenance_kcal=" + plain(it.maintenance_kcal) +
           " target_kcal=" + plain(it.target_kcal) + " floor_kcal=" + plain(it.floor_kcal) +
           " bound_by=" + it.bound_by + " activity_factor=" + plain(it.activity_factor);
  }
  std::string operator()(const macro_targets& it) const {
    auto text = "macro_targets] kcal=" + plain(it.kcal) + " protein_g=" + plain(it.protein_g) +
                " carbs_g=" + plain(it.carbs_g) + " fat_g=" + plain(it.fat_g) + " fibre_g=" + plain(it.fibre_g);
    for (const auto& meal : it.per_meal)
      text += " meal_" + std::to_string(meal.meal) + "=" + plain(meal.kcal) + "/" + plain(meal.protein_g) + "/" +
              plain(meal.carbs_g) + "/" + plain(meal.fat_g);
    return text;
  }
  std::string operator()(const one_rep_max& it) const {
    auto text = "one_rep_max] kg=" + plain(it.kg);
    for (const auto& each : it.estimates)
      text += " " + each.formula + "=" + plain(each.kg);
    return text;
  }
  std::string operator()(const heart_rate_zones& it) const {
    auto text = "heart_rate_zones] max_bpm=" + plain(it.max_bpm) + " formula=" + it.formula;
    for (const auto& zone : it.zones)
      text +=
        " zone_" + std::to_string(zone.zone) + "=" + std::to_string(zone.low_bpm) + "-" + std::to_string(zone.high_bpm);
    return text;
  }
  std::string operator()(const weight_trend& it) const {
    return "weight_trend] change_kg_per_week=" + plain(it.change_kg_per_week) + " low=" + plain(it.low) +
           " high=" + plain(it.high) + " points=" + std::to_string(it.points.size()) +
           " first_trend_kg=" + plain(it.points.front().trend_kg) +
           " last_trend_kg=" + plain(it.points.back().trend_kg);
  }
  std::string operator()(const progress_trend& it) const {
    return "progress_trend] metric=" + it.metric + " change_per_week=" + plain(it.change_per_week) +
           " low=" + plain(it.low) + " high=" + plain(it.high) + " points=" + std::to_string(it.points.size());
  }
  std::string operator()(const readiness& it) const {
    return "readiness] score=" + plain(it.score) + " level=" + it.level + fields(it.inputs);
  }
  std::string operator()(const water_target& it) const { return "water_target] litres=" + plain(it.litres); }
  std::string operator()(const profile_gaps& it) const {
    std::string text = "profile_gaps]";
    for (const auto& field : it.fields)
      text += " " + field;
    return text;
  }
  std::string operator()(const safety_notice& it) const { return "safety_notice] kind=" + it.kind; }
};

std::string render(const coach::tool_argument& argument) {
  const auto* number = std::get_if<double>(&argument.value);
  return " " + argument.name + "=" + (number != nullptr ? plain(*number) : std::get<std::string>(argument.value));
}

std::string render(const answered& each) {
  const auto& what = each.told.what;
  std::string text = "[intent " + what.name + " " + plain(what.confidence);
  for (const auto who : what.agents)
    text += " " + std::string{name_of(who)};
  text += "]\n";
  for (const auto& step : each.told.steps)
    if (const auto* tool = std::get_if<coach::uses_tool>(&step)) {
      text += "[tool " + tool->tool + (tool->ok ? " ok]" : " failed]");
      for (const auto& argument : tool->arguments)
        text += render(argument);
      text += "\n";
    }
  text += "\n" + each.text + "\n\n";
  for (const auto& step : each.told.steps)
    if (const auto* shown = std::get_if<coach::shows>(&step))
      text += genesis::test::render(shown->artifact);
  return text;
}

}  // namespace

std::string render(const artifact& shown) {
  static constexpr std::array<std::string_view, 3> kinds{"formula", "record", "publication"};
  auto text = "[artifact " + std::visit(artifact_renderer{}, shown.data) + "\n";
  for (const auto& source : shown.sources)
    text += "  [" + std::string{kinds[static_cast<std::size_t>(source.kind)]} + "] " + source.title + ", " +
            source.reference + "\n";
  return text;
}

std::string text_of(const coach::reply& told) {
  std::string text;
  for (const auto& step : told.steps)
    if (const auto* said = std::get_if<coach::says>(&step))
      text += said->text;
  return text;
}

transcript read_transcript(const std::filesystem::path& file) {
  std::ifstream lines{file};
  transcript dialogue;
  std::optional<agent> asked_for;
  bool is_head = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("@")) {
      asked_for = value_in<agent>(line.substr(1));
      is_head = false;
    } else if (line.starts_with("> ")) {
      dialogue.exchanges.push_back({line.substr(2), std::exchange(asked_for, std::nullopt)});
      is_head = false;
    } else if (is_head) {
      if (const auto colon = line.find(": "); colon != std::string::npos && !line.starts_with("#"))
        set(dialogue.person, line.substr(0, colon), line.substr(colon + 2));
      if (!line.empty())
        dialogue.head += line + "\n";
    }
  }
  return dialogue;
}

std::vector<answered> play(const transcript& dialogue) {
  std::vector<answered> answers;
  auto asked = dialogue.person;
  for (const auto& exchange : dialogue.exchanges) {
    asked.question = exchange.question;
    asked.asked_for = exchange.asked_for;
    const auto what = coach::read_intent(asked);
    auto told = coach::answer(what.agents.front(), asked, what);
    auto text = text_of(told);
    answers.push_back({asked, std::move(told), text});
    message question;
    question.role = message_role::user;
    question.content = exchange.question;
    question.created_at = asked.now;
    message reply;
    reply.role = message_role::assistant;
    reply.content = text;
    asked.history.push_back(std::move(question));
    asked.history.push_back(std::move(reply));
  }
  return answers;
}

std::string render(const transcript& dialogue, const std::vector<answered>& answers) {
  auto text = dialogue.head;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    text += "\n";
    if (const auto who = dialogue.exchanges[i].asked_for)
      text += "@" + std::string{name_of(*who)} + "\n";
    text += "> " + dialogue.exchanges[i].question + "\n" + render(answers[i]);
  }
  return text;
}

}  // namespace genesis::test
