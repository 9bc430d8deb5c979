#include "http/artifact_json.hpp"

#include <cmath>

namespace genesis::http {

namespace {

/// To the thousandth: finer than any tape or scale, and without the dust of binary fractions (2207.2000000000003).
double rounded(double value) noexcept {
  return std::round(value * 1'000) / 1'000;
}

std::string_view name_of_kind(artifact_source::kind_type kind) noexcept {
  switch (kind) {
  case artifact_source::kind_type::formula: return "formula";
  case artifact_source::kind_type::record: return "record";
  case artifact_source::kind_type::publication: return "publication";
  }
  return {};
}

/// An object whose members are the named numbers.
void write_values(json_writer& json, std::string_view name, const std::vector<named_value>& values) {
  json.key(name).begin_object();
  for (const auto& each : values)
    json.member(each.name, rounded(each.value));
  json.end_object();
}

/// An array of objects, each filled by `fill(item)`.
template <class Item, class Fill>
void write_objects(json_writer& json, std::string_view name, const std::vector<Item>& items, Fill&& fill) {
  json.key(name).begin_array();
  for (const auto& item : items) {
    json.begin_object();
    fill(item);
    json.end_object();
  }
  json.end_array();
}

struct data_writer {
  json_writer& json;

  void operator()(const resting_energy& data) const {
    json.member("kcal_per_day", rounded(data.kcal_per_day)).member("formula", data.formula);
    write_values(json, "inputs", data.inputs);
  }
  void operator()(const energy_target& data) const {
    json.member("resting_kcal", rounded(data.resting_kcal)).member("maintenance_kcal", rounded(data.maintenance_kcal));
    json.member("target_kcal", rounded(data.target_kcal)).member("floor_kcal", rounded(data.floor_kcal));
    json.member("bound_by", data.bound_by).member("activity_factor", rounded(data.activity_factor));
  }
  void operator()(const macro_targets& data) const {
    json.member("kcal", data.kcal).member("protein_g", data.protein_g).member("carbs_g", data.carbs_g);
    json.member("fat_g", data.fat_g).member("fibre_g", data.fibre_g);
    write_objects(json, "per_meal", data.per_meal, [this](const meal_share& meal) {
      json.member("meal", meal.meal).member("kcal", meal.kcal).member("protein_g", meal.protein_g);
      json.member("carbs_g", meal.carbs_g).member("fat_g", meal.fat_g);
    });
  }
  void operator()(const one_rep_max& data) const {
    json.member("kg", rounded(data.kg));
    write_objects(json, "estimates", data.estimates, [this](const one_rep_max_estimate& each) {
      json.member("formula", each.formula).member("kg", rounded(each.kg));
    });
  }
  void operator()(const heart_rate_zones& data) const {
    json.member("max_bpm", rounded(data.max_bpm)).member("formula", data.formula);
    write_objects(json, "zones", data.zones, [this](const heart_rate_zone& each) {
      json.member("zone", each.zone).member("low_bpm", each.low_bpm).member("high_bpm", each.high_bpm);
    });
  }
  void operator()(const weight_trend& data) const {
    write_objects(json, "points", data.points, [this](const weight_point& each) {
      json.member("date", each.date).member("kg", rounded(each.kg)).member("trend_kg", rounded(each.trend_kg));
    });
    json.member("change_kg_per_week", rounded(data.change_kg_per_week))
      .member("low", rounded(data.low))
      .member("high", rounded(data.high));
  }
  void operator()(const progress_trend& data) const {
    json.member("metric", data.metric);
    write_objects(json, "points", data.points,
      [this](const metric_point& each) { json.member("date", each.date).member("value", rounded(each.value)); });
    json.member("change_per_week", rounded(data.change_per_week))
      .member("low", rounded(data.low))
      .member("high", rounded(data.high));
  }
  void operator()(const readiness& data) const {
    json.member("score", rounded(data.score)).member("level", data.level);
    write_values(json, "inputs", data.inputs);
  }
  void operator()(const water_target& data) const { json.member("litres", data.litres); }
  void operator()(const profile_gaps& data) const { json.member("fields", data.fields); }
  void operator()(const safety_notice& data) const { json.member("kind", data.kind); }
};

struct type_namer {
  std::string_view operator()(const resting_energy&) const noexcept { return "resting_energy"; }
  std::string_view operator()(const energy_target&) const noexcept { return "energy_target"; }
  std::string_view operator()(const macro_targets&) const noexcept { return "macro_targets"; }
  std::string_view operator()(const one_rep_max&) const noexcept { return "one_rep_max"; }
  std::string_view operator()(const heart_rate_zones&) const noexcept { return "heart_rate_zones"; }
  std::string_view operator()(const progress_trend&) const noexcept { return "progress_trend"; }
  std::string_view operator()(const weight_trend&) const noexcept { return "weight_trend"; }
  std::string_view operator()(const readiness&) const noexcept { return "readiness"; }
  std::string_view operator()(const water_target&) const noexcept { return "water_target"; }
  std::string_view operator()(const profile_gaps&) const noexcept { return "profile_gaps"; }
  std::string_view operator()(const safety_notice&) const noexcept { return "safety_notice"; }
};

}  // namespace

std::string_view type_of(const artifact_data& data) noexcept {
  return std::visit(type_namer{}, data);
}

void write_artifact(json_writer& json, const artifact& what) {
  json.member("type", type_of(what.data));
  json.key("data").begin_object();
  std::visit(data_writer{json}, what.data);
  json.end_object();
  write_objects(json, "sources", what.sources, [&json](const artifact_source& each) {
    json.member("kind", name_of_kind(each.kind)).member("title", each.title).member("reference", each.reference);
  });
}

}  // namespace genesis::http
