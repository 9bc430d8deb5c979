#include "domain/coach/answers.hpp"
#include "domain/coach/phrases_trends.hpp"
#include "domain/coach/records.hpp"
#include "domain/coach/trend_span.hpp"
#include "domain/progress_trend.hpp"

#include <cctype>
#include <cmath>
#include <numeric>

namespace genesis::coach {

namespace {

constexpr double minutes_per_hour_of_sleep = 60;

const phrase& subject_of(progress_metric metric) {
  switch (metric) {
  case progress_metric::weight_kg: return phrases::trend_of_weight;
  case progress_metric::body_fat_pct: return phrases::trend_of_body_fat;
  case progress_metric::waist_cm: return phrases::trend_of_waist;
  case progress_metric::resting_heart_rate_bpm: return phrases::trend_of_resting_rate;
  case progress_metric::sleep_hours: return phrases::trend_of_sleep_hours;
  case progress_metric::sleep_quality: return phrases::trend_of_sleep_quality;
  case progress_metric::soreness: return phrases::trend_of_soreness;
  case progress_metric::energy: return phrases::trend_of_energy;
  case progress_metric::motivation: return phrases::trend_of_motivation;
  case progress_metric::stress: return phrases::trend_of_stress;
  }
  return phrases::trend_of_weight;
}

std::string capitalised(std::string text) {
  if (!text.empty())
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

std::string level_in_words(const composer& answer, progress_metric metric, double value) {
  const auto& words = answer.words();
  switch (metric) {
  case progress_metric::weight_kg: return words.mass(value);
  case progress_metric::body_fat_pct: return words.percent(value, 1);
  case progress_metric::waist_cm: return words.length(value);
  case progress_metric::resting_heart_rate_bpm: return words.beats(value);
  case progress_metric::sleep_hours: return answer.say(phrases::hours_of_trend, {{"value", words.number(value, 1)}});
  default: return answer.say(phrases::rating_of_trend, {{"value", words.number(value, 1)}});
  }
}

/// A difference of two values of the metric.
std::string change_in_words(const composer& answer, progress_metric metric, double value) {
  const auto& words = answer.words();
  switch (metric) {
  case progress_metric::weight_kg: return words.pace(value);
  case progress_metric::waist_cm: return words.length(value);
  case progress_metric::resting_heart_rate_bpm: return words.beats(value, 1);
  case progress_metric::sleep_hours:
    return answer.say(
      phrases::minutes_of_trend, {{"value", words.number(std::round(value * minutes_per_hour_of_sleep))}});
  default: return answer.say(phrases::points_of_trend, {{"value", words.number(value, 2)}});
  }
}

bool is_told_from_noise(const progress_trend& trend) {
  return trend.low > 0 || trend.high < 0;
}

/// The way a metric ought to go: above 0 up, below 0 down, 0 where it depends on more than the metric.
int wanted_way(const composer& answer, progress_metric metric) {
  switch (metric) {
  case progress_metric::weight_kg: return 0;  // has a trend of its own
  case progress_metric::body_fat_pct:
  case progress_metric::waist_cm: {
    const auto goal = answer.person().goal;
    return goal == goal::lose_weight || goal == goal::recomposition ? -1 : 0;
  }
  case progress_metric::resting_heart_rate_bpm:
  case progress_metric::soreness:
  case progress_metric::stress: return -1;
  case progress_metric::sleep_hours:
  case progress_metric::sleep_quality:
  case progress_metric::energy:
  case progress_metric::motivation: return 1;
  }
  return 0;
}

std::string verdict(const composer& answer, progress_metric metric, const progress_trend& trend) {
  const auto wanted = wanted_way(answer, metric);
  if (wanted == 0 || !is_told_from_noise(trend))
    return {};
  if (wanted * trend.change_per_week > 0)
    return answer.say(phrases::trend_right_way);
  // Cutting calories or sleeping more does nothing for a tape by itself.
  const bool is_of_the_body = metric == progress_metric::body_fat_pct || metric == progress_metric::waist_cm;
  if (is_of_the_body)
    return {};
  return answer.say(
    metric == progress_metric::resting_heart_rate_bpm ? phrases::resting_rate_rising : phrases::trend_wrong_way);
}

/// The values that the line through the points has on the first and the last day.
std::pair<double, double> ends_of(const progress_trend& trend) {
  const auto day_of_point = [](const metric_point& point) { return std::chrono::sys_days{point.date}; };
  const auto first = day_of_point(trend.points.front());
  const auto count = static_cast<double>(trend.points.size());
  double mean = 0;
  double mean_days = 0;
  for (const auto& point : trend.points) {
    mean += point.value / count;
    mean_days += static_cast<double>((day_of_point(point) - first).count()) / count;
  }
  const auto per_day = trend.change_per_week / std::chrono::days{std::chrono::weeks{1}}.count();
  const auto length = static_cast<double>((day_of_point(trend.points.back()) - first).count());
  return {mean - per_day * mean_days, mean + per_day * (length - mean_days)};
}

std::string path(const composer& answer, progress_metric metric, const progress_trend& trend) {
  const auto& words = answer.words();
  const auto count = static_cast<double>(trend.points.size());
  const auto mean = std::accumulate(trend.points.begin(), trend.points.end(), 0.0,
                      [](double sum, const metric_point& point) { return sum + point.value; }) /
                    count;
  const auto [first, last] = ends_of(trend);
  const auto in_range = [&](double value) {
    const auto allowed = range_of(metric);
    return level_in_words(answer, metric, std::clamp(value, allowed.low, allowed.high));
  };
  auto text = answer.say(phrases::trend_between,
    {{"first_date", words.date(trend.points.front().date)}, {"last_date", words.date(trend.points.back().date)},
      {"count", words.number(count)}, {"mean", level_in_words(answer, metric, mean)}, {"first", in_range(first)},
      {"last", in_range(last)}});
  if (!is_told_from_noise(trend))
    return text;
  const auto [nearer, farther] = std::minmax({std::abs(trend.low), std::abs(trend.high)});
  return text + " " +
         answer.say(phrases::trend_interval,
           {{"low", change_in_words(answer, metric, nearer)}, {"high", change_in_words(answer, metric, farther)}});
}

void tell_gap(composer& answer, progress_metric metric, const day_span& span) {
  const auto& words = answer.words();
  const auto found = records_within(answer.asked().records, metric, span);
  const auto subject = answer.say(subject_of(metric));
  if (found.empty())
    return answer.paragraph(answer.say(
      phrases::trend_no_records, {{"subject", subject}, {"from", words.date(span.from)}, {"to", words.date(span.to)}}));
  const auto& last = *latest_record(found, metric);
  const auto count =
    found.size() == 1 ? answer.say(phrases::entries_one)
                      : answer.say(phrases::entries_many, {{"count", words.number(static_cast<double>(found.size()))}});
  answer.paragraph(answer.say(phrases::trend_few_records,
    {{"subject", subject}, {"count", count}, {"from", words.date(span.from)}, {"to", words.date(span.to)},
      {"last", level_in_words(answer, metric, last.value)}, {"date", words.date(day_of(last.recorded_at))}}));
}

void tell_trend(composer& answer, progress_metric metric, const day_span& span) {
  const auto trend = progress_trend_of(answer.asked().records, metric, span.from, span.to);
  answer.use_tool("progress_trend",
    {{"metric", std::string{name_of(metric)}}, {"from", to_iso_date(span.from)}, {"to", to_iso_date(span.to)}},
    trend.has_value());
  if (!trend) {
    tell_gap(answer, metric, span);
    return answer.show(profile_gaps{{std::string{name_of(metric)}}});
  }
  const auto subject = answer.say(subject_of(metric));
  const auto rate = change_in_words(answer, metric, std::abs(trend->change_per_week));
  const auto& lead = !is_told_from_noise(*trend)  ? phrases::trend_held
                     : trend->change_per_week < 0 ? phrases::trend_fell
                                                  : phrases::trend_rose;
  auto text = capitalised(answer.say(
    lead, {{"subject", is_told_from_noise(*trend) || !answer.words().is_spanish() ? capitalised(subject) : subject},
            {"rate", rate}}));
  if (answer.explains())
    text += " " + path(answer, metric, *trend);
  if (const auto last = verdict(answer, metric, *trend); !last.empty())
    text += " " + last;
  answer.paragraph(std::move(text));
  answer.show(*trend, trend_sources(straight_line_source(), records_within(answer.asked().records, metric, span)));
}

}  // namespace

void answer_progress_trend(composer& answer) {
  answer.is_about_health();
  const auto span = trend_span_of(answer);
  for (const auto metric : answer.said().metrics)
    if (metric == progress_metric::weight_kg)
      answer_weight_trend(answer);  // with its own line, and a word when it falls too fast
    else
      tell_trend(answer, metric, span);
  if (answer.said().metrics.empty())  // asked for by name alone
    return answer.paragraph(answer.say(phrases::looks_back));
  const bool names_weight = answer.said().metrics.front() == progress_metric::weight_kg;
  if (is_beyond_records(answer, span) && !names_weight)
    answer.paragraph(answer.say(phrases::looks_back));
}

}  // namespace genesis::coach
