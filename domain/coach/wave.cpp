#include "domain/body.hpp"
#include "domain/coach/answers.hpp"
#include "domain/coach/phrases.hpp"
#include "domain/coach/phrases_wave.hpp"
#include "domain/coach/ratings.hpp"
#include "domain/coach/records.hpp"
#include "domain/readiness.hpp"
#include "domain/safety.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace genesis::coach {

namespace {

constexpr double adult_sleep_hours_min = 7;
constexpr double young_sleep_hours_min = 8;
constexpr double short_night_hours = 6;
constexpr auto score_metrics =
  std::to_array<std::string_view>({"sleep_hours", "sleep_quality", "soreness", "energy", "motivation"});
constexpr auto sleep_window = std::chrono::hours{24 * 7};

std::string hours_in_words(const composer& answer, double hours) {
  const auto count = answer.words().number(hours, 1);
  return count == "1" ? answer.say(phrases::hours_one) : answer.say(phrases::hours_many, {{"count", count}});
}

const phrase& metric_in_words(progress_metric metric) {
  switch (metric) {
  case progress_metric::sleep_hours: return phrases::metric_sleep_hours;
  case progress_metric::soreness: return phrases::metric_soreness;
  case progress_metric::energy: return phrases::metric_energy;
  case progress_metric::motivation: return phrases::metric_motivation;
  default: return phrases::metric_sleep_quality;
  }
}

const phrase& readiness_lead(std::string_view level) {
  switch (parse_enum<fatigue_level>(level).value_or(fatigue_level::moderate)) {
  case fatigue_level::low: return phrases::readiness_low;
  case fatigue_level::moderate: return phrases::readiness_moderate;
  case fatigue_level::high: return phrases::readiness_high;
  case fatigue_level::severe: return phrases::readiness_severe;
  }
  return phrases::readiness_moderate;
}

/// The mark was made of a word ("sore"), so that the person can say what it really is.
bool is_read_from_words(const composer& answer, progress_metric metric) {
  const auto& ratings = answer.said().ratings;
  return (metric == progress_metric::soreness && ratings.is_soreness_read) ||
         (metric == progress_metric::energy && ratings.is_energy_read);
}

std::optional<double> input(const readiness& found, std::string_view name) {
  const auto at = std::ranges::find(found.inputs, name, &named_value::name);
  return at == found.inputs.end() ? std::nullopt : std::optional{at->value};
}

/// The readings of the last 24 hours, told ones among them, in words: "5 hours of sleep and soreness 4".
std::string entries_in_words(const composer& answer, std::span<const progress_record> records) {
  using entry = std::pair<progress_metric, const phrase*>;
  static constexpr auto entries = std::to_array<entry>({{progress_metric::sleep_hours, &phrases::entry_sleep_hours},
    {progress_metric::sleep_quality, &phrases::entry_sleep_quality},
    {progress_metric::soreness, &phrases::entry_soreness}, {progress_metric::energy, &phrases::entry_energy},
    {progress_metric::motivation, &phrases::entry_motivation}});
  std::vector<std::string> texts;
  for (const auto& [metric, text] : entries) {
    const auto today = recent_records(records, metric, answer.asked().now, readiness_age_max);
    if (const auto* record = latest_record(today, metric))
      texts.push_back(answer.say(*text, {{"value", answer.words().number(record->value, 1)}}) +
                      (is_read_from_words(answer, metric) ? " " + answer.say(phrases::as_i_read_it) : std::string{}));
  }
  return answer.words().all_of(texts);
}

/// Where the entries come from: the records, what was told here, or both.
const phrase& entries_path(const composer& answer, std::span<const std::string_view> metrics) {
  const auto is_told = [&](std::string_view name) {
    const auto metric = parse_enum<progress_metric>(name);
    return metric && told_reading(answer.said(), *metric);
  };
  const auto told_count = std::ranges::count_if(metrics, is_told);
  if (told_count == 0)
    return phrases::readiness_path;
  return static_cast<std::size_t>(told_count) == metrics.size() ? phrases::readiness_path_told
                                                                : phrases::readiness_path_mixed;
}

/// Points from 1 to 5 for sleep: as `readiness_score` counts it.
double sleep_points(const readiness& found) {
  const auto cycles = std::floor(input(found, "sleep_hours").value_or(0) / 1.5);
  return std::max(1.0, std::min(input(found, "sleep_quality").value_or(1), cycles));
}

/// Names what costs the most points, when something clearly does.
std::string weakest_in_words(const composer& answer, const readiness& found) {
  constexpr double weak_max = 2;
  const auto points = [&](std::string_view name) { return input(found, name).value_or(5); };
  using part = std::pair<double, const phrase*>;
  const std::array<part, 4> parts{{{sleep_points(found), &phrases::readiness_weakest_sleep},
    {6 - input(found, "soreness").value_or(1), &phrases::readiness_weakest_soreness},
    {points("energy"), &phrases::readiness_weakest_energy},
    {points("motivation"), &phrases::readiness_weakest_motivation}}};
  const auto& weakest = *std::ranges::min_element(parts, {}, &part::first);
  return weakest.first <= weak_max ? answer.say(*weakest.second) : std::string{};
}

std::string raised_rate_in_words(const composer& answer, const readiness& found) {
  const auto rate = input(found, "resting_heart_rate_bpm");
  const auto usual = input(found, "resting_baseline_bpm");
  if (!rate || !usual || *rate <= *usual + resting_raised_bpm)
    return {};
  return answer.say(
    phrases::readiness_raised_rate, {{"now", answer.words().beats(*rate)}, {"usual", answer.words().number(*usual)}});
}

std::string arithmetic(const composer& answer, const readiness& found) {
  const auto& words = answer.words();
  const auto mark = [&](std::string_view name) { return words.number(input(found, name).value_or(0), 1); };
  return answer.say(phrases::readiness_arithmetic,
    {{"sleep", words.number(sleep_points(found), 1)},
      {"fresh", words.number(6 - input(found, "soreness").value_or(0), 1)}, {"energy", mark("energy")},
      {"motivation", mark("motivation")}, {"score", words.number(found.score, 1)}});
}

std::string joined(std::initializer_list<std::string> sentences) {
  std::string text;
  for (const auto& sentence : sentences)
    if (!sentence.empty())
      text += (text.empty() ? "" : " ") + sentence;
  return text;
}

std::vector<artifact_source> readiness_sources(
  const composer& answer, std::span<const progress_record> records, const readiness& found) {
  std::vector<artifact_source> sources{readiness_source()};
  for (const auto& value : found.inputs) {
    const auto metric = parse_enum<progress_metric>(value.name);
    const auto* record = metric ? latest_record(records, *metric) : nullptr;
    if (record == nullptr)
      continue;
    const bool is_said = told_reading(answer.said(), *metric).has_value();
    sources.push_back(is_said ? stated_source(answer.words(), name_of(*metric)) : record_source(*record));
  }
  return sources;
}

double recommended_hours(const composer& answer) {
  const auto age = age_of(answer.person(), answer.today());
  return age && *age < deficit_age_years_min ? young_sleep_hours_min : adult_sleep_hours_min;
}

std::string compare_sleep(const composer& answer, double hours) {
  const auto least = recommended_hours(answer);
  const auto least_text = hours_in_words(answer, least);
  if (hours >= least)
    return answer.say(phrases::sleep_enough, {{"least", least_text}});
  const auto gap = least - hours;
  const auto gap_text =
    gap < 1 ? answer.say(phrases::minutes_many, {{"count", answer.words().number(std::round(gap * 12) * 5)}})
            : hours_in_words(answer, gap);
  return answer.say(phrases::sleep_short, {{"least", least_text}, {"gap", gap_text}});
}

/// What can be said of today while readings are missing: the span that the score lies in, when it decides anything.
std::string provisional_in_words(
  const composer& answer, std::span<const progress_record> records, const readiness_bounds& bounds) {
  constexpr int known_count_min = 2;  // one mark of four leaves everything open
  if (bounds.known_count < known_count_min)
    return {};
  const auto best = fatigue_of(bounds.high);
  const auto& advice = best == fatigue_level::high || best == fatigue_level::severe ? phrases::provisional_rest
                       : best == fatigue_level::moderate                            ? phrases::provisional_careful
                       : fatigue_of(bounds.low) == fatigue_level::low               ? phrases::provisional_train
                                                                                    : phrases::provisional_open;
  const auto& words = answer.words();
  return answer.say(
           phrases::provisional_span, {{"entries", entries_in_words(answer, records)},
                                        {"low", words.number(bounds.low, 1)}, {"high", words.number(bounds.high, 1)}}) +
         " " + answer.say(advice);
}

void tell_missing(
  composer& answer, std::span<const progress_record> records, const std::vector<progress_metric>& missing) {
  const auto& words = answer.words();
  std::vector<std::string> names;
  profile_gaps gaps;
  for (const auto metric : missing) {
    names.push_back(answer.say(metric_in_words(metric)));
    gaps.fields.emplace_back(name_of(metric));
  }
  const auto provisional = provisional_in_words(answer, records, readiness_bounds_of(records, answer.asked().now));
  answer.paragraph(provisional);
  const auto& ask = provisional.empty() ? phrases::readiness_missing : phrases::readiness_missing_more;
  const bool asks_hours = std::ranges::find(missing, progress_metric::sleep_hours) != missing.end();
  answer.paragraph(answer.say(ask,
    {{"fields", words.all_of(names)}, {"hours", asks_hours ? answer.say(phrases::hours_for_sleep) : std::string{}}}));
  answer.show(gaps);
  if (const auto hours = answer.said().sleep_hours; hours && *hours < short_night_hours)
    answer.paragraph(answer.say(phrases::readiness_short_night, {{"hours", hours_in_words(answer, *hours)}}));
  else if (provisional.empty())
    answer.paragraph(answer.say(phrases::readiness_rule_of_thumb));
}

}  // namespace

void answer_readiness(composer& answer) {
  answer.is_about_health();
  const auto records = records_with_told(answer.asked().records, answer.said(), answer.asked().now);
  const auto found = readiness_of(records, answer.asked().now);
  answer.use_tool("readiness", {}, found.has_value());
  if (!found)
    return tell_missing(answer, records, found.error());
  const auto& words = answer.words();
  answer.paragraph(answer.said().wants_reason
                     ? arithmetic(answer, *found)
                     : answer.say(readiness_lead(found->level), {{"score", words.number(found->score, 1)}}));
  answer.show(*found, readiness_sources(answer, records, *found));
  if (!answer.explains())
    return;
  answer.paragraph(
    joined({answer.say(entries_path(answer, score_metrics), {{"entries", entries_in_words(answer, records)}}),
      weakest_in_words(answer, *found), raised_rate_in_words(answer, *found)}));
  if (answer.said().sleep_hours || answer.said().ratings.any())
    answer.say_once(phrases::keep_in_progress);
  const auto level = parse_enum<fatigue_level>(found->level).value_or(fatigue_level::moderate);
  if (level == fatigue_level::low || level == fatigue_level::moderate)  // who is to rest has no warm-up to decide in
    answer.advise(phrases::readiness_prime, phrases::readiness_longevity);
}

void answer_sleep(composer& answer) {
  answer.is_about_health();
  const auto nights =
    recent_records(answer.asked().records, progress_metric::sleep_hours, answer.asked().now, sleep_window);
  answer.use_tool("sleep_average", {{"days", 7.0}}, !nights.empty());
  const auto& words = answer.words();
  if (const auto hours = answer.said().sleep_hours) {
    auto text = answer.say(phrases::sleep_stated, {{"hours", hours_in_words(answer, *hours)}}) + " " +
                compare_sleep(answer, *hours);
    if (*hours < short_night_hours)
      text += " " + answer.say(phrases::sleep_train_easy);
    answer.paragraph(text);
  } else if (!nights.empty()) {
    const auto sum = std::accumulate(nights.begin(), nights.end(), 0.0,
      [](double total, const progress_record& night) { return total + night.value; });
    const auto mean = sum / static_cast<double>(nights.size());
    const auto count = answer.say(phrases::nights_many, {{"count", words.number(static_cast<double>(nights.size()))}});
    answer.paragraph(answer.say(nights.size() == 1 ? phrases::sleep_single : phrases::sleep_average,
                       {{"mean", hours_in_words(answer, mean)}, {"count", count}}) +
                     " " + compare_sleep(answer, mean));
  } else {
    const bool is_young = recommended_hours(answer) == young_sleep_hours_min;
    answer.paragraph(answer.say(is_young ? phrases::sleep_general_young : phrases::sleep_general));
  }
  answer.advise(phrases::sleep_advice_prime, phrases::sleep_advice_longevity);
  if (answer.is_brief())
    return;
  answer.paragraph(nights.empty() ? answer.say(phrases::sleep_log) : answer.say(phrases::sleep_doctor));
}

void answer_illness(composer& answer) {
  answer.is_about_health();
  answer.paragraph(answer.say(phrases::illness_lead));
  answer.paragraph(answer.say(phrases::illness_back));
}

void answer_low_mood(composer& answer) {
  answer.paragraph(answer.say(phrases::low_mood_lead));
  answer.paragraph(answer.say(phrases::low_mood_help));
}

void answer_pain(composer& answer) {
  answer.paragraph(answer.say(phrases::pain_lead));
  answer.show(safety_notice{std::string{name_of(topic::pain)}});
  answer.paragraph(answer.say(phrases::pain_training));
  answer.paragraph(answer.say(phrases::pain_doctor));
}

void answer_medical_question(composer& answer) {
  answer.paragraph(answer.say(phrases::medical_lead));
  answer.show(safety_notice{std::string{name_of(topic::medical_question)}});
  answer.paragraph(answer.say(phrases::medical_offer));
}

}  // namespace genesis::coach
