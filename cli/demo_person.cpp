#include "cli/demo_person.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::cli {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view demo_name = "Maya Torres";

/// 06:30 in Mexico City, where the demo person lives.
constexpr auto time_of_waking = 12h + 30min;

/// What varies from day to day, each with dice of its own.
enum class chance : std::uint64_t {
  weight,
  weigh_in,
  sleep,
  sleep_known,
  quality,
  soreness,
  energy,
  motivation,
  stress,
  heart_rate,
  waist,
  minute
};

/// 0 to 1, always the same for a day (SplitMix64's mixer; Steele, Lea and Flood 2014).
double dice(int day, chance what) {
  std::uint64_t z =
    (static_cast<std::uint64_t>(day) * 64 + static_cast<std::uint64_t>(what) + 1) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1p-53;
}

/// About normally distributed with a deviation of 1: the sum of three even dice has a variance of a quarter.
double noise(int day, chance what) {
  return 2 * (dice(day * 3, what) + dice(day * 3 + 1, what) + dice(day * 3 + 2, what) - 1.5);
}

double rounded(double value, double step) {
  // Divided by a whole number, so that 78.4 is the double nearest to 78.4.
  const auto per_unit = std::round(1 / step);
  return std::round(value * per_unit) / per_unit;
}

double rating(double value) {
  return std::clamp(std::round(value), 1.0, 5.0);
}

/// The weight that the scale dances around: losing, a plateau of three weeks, losing again.
double settled_weight_kg(int day) {
  constexpr double start_kg = 79.6;
  constexpr double loss_kg_per_day = 0.062;  // 0.43 kg a week
  constexpr int plateau_begins = 38;
  constexpr int plateau_ends = 58;
  const int losing = std::min(day, plateau_begins) + std::max(day - plateau_ends, 0);
  return start_kg - loss_kg_per_day * losing;
}

bool is_training_day(std::chrono::weekday day) {
  return day == std::chrono::Monday || day == std::chrono::Wednesday || day == std::chrono::Friday ||
         day == std::chrono::Saturday;
}

/// Writes what one morning brought.
class morning {
public:
  morning(std::vector<progress_record>& records, uuid_source& ids, int day, timestamp at)
      : records_(records), ids_(ids), day_(day), weekday_(std::chrono::floor<std::chrono::days>(at)),
        at_(at - std::chrono::minutes{static_cast<int>(dice(day, chance::minute) * 25)}) {}

  void write() {
    write_body();
    if (dice(day_, chance::sleep_known) > 0.08 || day_ == demo_days - 1)
      write_night();
  }

private:
  void add(progress_metric metric, double value, std::optional<std::string> note = std::nullopt) {
    progress_record record;
    record.id = ids_.next_id<progress_id>(at_);
    record.metric = metric;
    record.value = value;
    record.recorded_at = record.created_at = record.updated_at = at_;
    record.note = std::move(note);
    records_.push_back(std::move(record));
    at_ += 20s;
  }

  void write_body() {
    const bool is_away = day_ >= 66 && day_ <= 69;
    if (!is_away && (dice(day_, chance::weigh_in) > 0.15 || day_ == 0 || day_ == demo_days - 1))
      add(progress_metric::weight_kg, rounded(settled_weight_kg(day_) + 0.35 * noise(day_, chance::weight), 0.1),
        day_ == 70 ? std::optional<std::string>{"Back from four days at my sister's, without a scale."} : std::nullopt);
    if (day_ % 7 == 5)
      add(progress_metric::waist_cm,
        rounded(88.5 - 0.95 * (79.6 - settled_weight_kg(day_)) + 0.4 * noise(day_, chance::waist), 0.5));
    if (day_ % 2 == 1)
      add(
        progress_metric::resting_heart_rate_bpm, std::round(65 - day_ * 0.05 + 1.5 * noise(day_, chance::heart_rate)));
  }

  void write_night() {
    const double sleep_hours = std::clamp(7.0 + 0.8 * noise(day_, chance::sleep), 4.5, 9.5);
    const double rested = sleep_hours - 7;  // feelings follow the night
    const bool has_trained = is_training_day(weekday_ - std::chrono::days{1});
    add(progress_metric::sleep_hours, rounded(sleep_hours, 0.1));
    add(progress_metric::sleep_quality, rating(3.4 + rested + 0.5 * noise(day_, chance::quality)));
    add(progress_metric::soreness, rating((has_trained ? 2.9 : 1.8) + 0.6 * noise(day_, chance::soreness)));
    add(progress_metric::energy, rating(3.4 + 0.8 * rested + 0.5 * noise(day_, chance::energy)));
    add(progress_metric::motivation, rating(3.7 + 0.4 * rested + 0.6 * noise(day_, chance::motivation)));
    add(progress_metric::stress, rating(2.5 - 0.4 * rested + 0.7 * noise(day_, chance::stress)));
  }

  std::vector<progress_record>& records_;
  uuid_source& ids_;
  int day_;
  std::chrono::weekday weekday_;
  timestamp at_;
};

}  // namespace

user demo_profile(std::string email) {
  using std::chrono::year;
  user person;
  person.email = std::move(email);
  person.full_name = std::string{demo_name};
  person.date_of_birth = year{1991} / std::chrono::June / 14;
  person.sex = sex::female;
  person.height_cm = 168;
  person.activity_level = activity_level::moderate;
  person.goal = goal::lose_weight;
  person.experience_level = experience_level::intermediate;
  person.dietary_restrictions = {"vegetarian"};
  person.allergies = {"peanuts"};
  person.timezone = "America/Mexico_City";
  person.locale = "en";
  return person;
}

bool is_demo_profile(const user& person) {
  return person.full_name == demo_name && person.role == user_role::user;
}

preferences demo_preferences() {
  preferences wanted;
  wanted.training_days = {weekday::mon, weekday::wed, weekday::fri, weekday::sat};
  wanted.session_minutes = 50;
  wanted.meals_per_day = 4;
  wanted.notifications = {{"daily_check_in", true}, {"weekly_report", true}};
  return wanted;
}

timestamp demo_morning(timestamp now) {
  const auto latest = now - 1h - time_of_waking;
  return std::chrono::floor<std::chrono::days>(latest) + time_of_waking;
}

std::vector<progress_record> demo_records(timestamp now, uuid_source& ids) {
  std::vector<progress_record> records;
  const auto last = demo_morning(now);
  for (int day = 0; day < demo_days; ++day)
    morning{records, ids, day, last - std::chrono::days{demo_days - 1 - day}}.write();
  return records;
}

}  // namespace genesis::cli
