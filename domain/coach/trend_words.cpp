#include "domain/coach/trend_words.hpp"

#include "domain/coach/common_words.hpp"
#include "domain/coach/phrase_book.hpp"

#include <array>
#include <bitset>

namespace genesis::coach {

namespace {

constexpr int names(progress_metric metric) {
  return static_cast<int>(metric);
}

constexpr auto cues = std::to_array<cue>({
  {names(progress_metric::weight_kg), 1, "weight|weigh|peso"},
  {names(progress_metric::body_fat_pct), 1, "body fat"},
  {names(progress_metric::body_fat_pct), 1, "fat percentage|percent"},
  {names(progress_metric::body_fat_pct), 1, "grasa corporal"},
  {names(progress_metric::body_fat_pct), 1, "porcentaje de grasa"},
  {names(progress_metric::waist_cm), 1, "waist|waistline|cintura"},
  {names(progress_metric::resting_heart_rate_bpm), 1, "resting heart|pulse|hr"},
  {names(progress_metric::resting_heart_rate_bpm), 1, "my heart rate"},
  {names(progress_metric::resting_heart_rate_bpm), 1, "my pulse"},
  {names(progress_metric::resting_heart_rate_bpm), 1, "pulso|pulsaciones|cardiaca _ reposo"},
  {names(progress_metric::resting_heart_rate_bpm), 1, "mi pulso|frecuencia"},
  {names(progress_metric::resting_heart_rate_bpm), 1, "mis pulsaciones"},
  {names(progress_metric::sleep_hours), 1, "sleep|sleeping|slept|sueno|dormir|duermo|dormido|dormi|durmiendo"},
  {names(progress_metric::sleep_quality), 1, "sleep quality"},
  {names(progress_metric::sleep_quality), 1, "quality of _ sleep"},
  {names(progress_metric::sleep_quality), 1, "calidad de|del _ sueno"},
  {names(progress_metric::soreness), 1, "soreness|agujetas"},
  {names(progress_metric::energy), 1, "my energy"},
  {names(progress_metric::energy), 1, "energy level|levels"},
  {names(progress_metric::energy), 1, "mi energia"},
  {names(progress_metric::energy), 1, "nivel|niveles de energia"},
  {names(progress_metric::motivation), 1, "motivation|motivacion"},
  {names(progress_metric::stress), 1, "stress|estres"},
});

}  // namespace

std::vector<progress_metric> named_metrics(const folded_text& words) {
  static const phrase_book book{cues, common_words};
  std::bitset<enum_names<progress_metric>.size()> named;
  for (const auto& hit : book.find(words))
    named.set(static_cast<std::size_t>(book.cue_at(hit.cue).meaning));
  // "sleep quality" names the quality, not the hours.
  if (named[static_cast<std::size_t>(progress_metric::sleep_quality)])
    named.reset(static_cast<std::size_t>(progress_metric::sleep_hours));
  std::vector<progress_metric> metrics;
  for (const auto& [metric, name] : enum_names<progress_metric>)
    if (named[static_cast<std::size_t>(metric)])
      metrics.push_back(metric);
  return metrics;
}

}  // namespace genesis::coach
