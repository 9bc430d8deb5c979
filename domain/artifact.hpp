#pragma once

#include "domain/time.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace genesis {

/// Where a number comes from.
struct artifact_source {
  enum class kind_type : std::uint8_t { formula, record, publication };
  kind_type kind = kind_type::formula;
  std::string title;      ///< For instance `Mifflin-St Jeor`.
  std::string reference;  ///< For instance `Mifflin et al. 1990, Am J Clin Nutr 51:241-247`.

  friend bool operator==(const artifact_source&, const artifact_source&) = default;
};

/// A named number that went into a computation, for instance `weight_kg` = 82.5.
struct named_value {
  std::string name;
  double value = 0;

  friend bool operator==(const named_value&, const named_value&) = default;
};

// The typed results of the coach's tools. Names and members are the API's (contract, section 4); each is a plain value
// and numbers are rounded only where a comment says so.

struct resting_energy {
  double kcal_per_day = 0;
  std::string formula;
  std::vector<named_value> inputs;
};

struct energy_target {
  double resting_kcal = 0;
  double maintenance_kcal = 0;
  double target_kcal = 0;
  double floor_kcal = 0;
  std::string bound_by;  ///< requested | floor | maintenance
  double activity_factor = 0;
};

struct meal_share {
  int meal = 0;  ///< From 1.
  double kcal = 0;
  double protein_g = 0;
  double carbs_g = 0;
  double fat_g = 0;
};

struct macro_targets {
  double kcal = 0;
  double protein_g = 0;
  double carbs_g = 0;
  double fat_g = 0;
  double fibre_g = 0;
  std::vector<meal_share> per_meal;
};

struct one_rep_max_estimate {
  std::string formula;
  double kg = 0;
};

struct one_rep_max {
  double kg = 0;  ///< Epley.
  std::vector<one_rep_max_estimate> estimates;
};

struct heart_rate_zone {
  int zone = 0;  ///< From 1.
  int low_bpm = 0;
  int high_bpm = 0;
};

struct heart_rate_zones {
  double max_bpm = 0;
  std::string formula;
  std::vector<heart_rate_zone> zones;
};

struct weight_point {
  calendar_day date;
  double kg = 0;
  double trend_kg = 0;
};

struct weight_trend {
  std::vector<weight_point> points;
  double change_kg_per_week = 0;
  double low = 0;   ///< Lower end of the 95 % interval of the change, kg per week.
  double high = 0;  ///< Upper end.
};

struct metric_point {
  calendar_day date;
  double value = 0;
};

/// How a recorded measure other than the weight changes.
struct progress_trend {
  std::string metric;  ///< The name of a `progress_metric`; values are in its unit.
  std::vector<metric_point> points;
  double change_per_week = 0;
  double low = 0;   ///< Lower end of the 95 % interval of the change.
  double high = 0;  ///< Upper end.
};

struct readiness {
  double score = 0;   ///< 1 to 5.
  std::string level;  ///< low_fatigue | moderate_fatigue | high_fatigue | severe_fatigue
  std::vector<named_value> inputs;
};

struct water_target {
  double litres = 0;
};

/// Fields of the profile that an answer needs and the person has not filled in.
struct profile_gaps {
  std::vector<std::string> fields;
};

/// A reason to see a doctor, or why something was refused.
struct safety_notice {
  std::string kind;
};

using artifact_data = std::variant<resting_energy, energy_target, macro_targets, one_rep_max, heart_rate_zones,
  weight_trend, progress_trend, readiness, water_target, profile_gaps, safety_notice>;

/// A typed result of a tool, with where its numbers come from.
struct artifact {
  artifact_data data;
  std::vector<artifact_source> sources;
};

}  // namespace genesis
