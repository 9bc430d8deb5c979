#include "storage/value_check.hpp"

#include "domain/run.hpp"
#include "storage/column_lists.hpp"
#include "storage/connection.hpp"
#include "storage/row_stream.hpp"
#include "storage/stored_value.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace genesis::storage {

namespace {

/// A column with JSON in it.
struct json_column {
  std::string_view table;
  std::string_view name;
  boost::json::kind kind = boost::json::kind::array;
  std::optional<boost::json::kind> elements = boost::json::kind::string;  ///< What each element is, where it matters.
  bool (*is_known)(std::string_view element) = nullptr;                   ///< Of names of an enumeration's values.
};

template <class Enum>
bool is_name_of(std::string_view text) {
  return parse_enum<Enum>(text).has_value();
}

constexpr auto json_columns = std::to_array<json_column>({
  {"users", "dietary_restrictions"},
  {"users", "allergies"},
  {"users", "medical_conditions"},
  {"preferences", "preferred_agents", boost::json::kind::array, boost::json::kind::string, is_name_of<agent>},
  {"preferences", "training_days", boost::json::kind::array, boost::json::kind::string, is_name_of<weekday>},
  {"preferences", "notifications", boost::json::kind::object, boost::json::kind::bool_},
  {"api_keys", "scopes", boost::json::kind::array, boost::json::kind::string, is_name_of<key_scope>},
  {"messages", "artifacts", boost::json::kind::array, boost::json::kind::object},
  {"messages", "metadata", boost::json::kind::object, std::nullopt},
  {"workout_plans", "days", boost::json::kind::array, boost::json::kind::object},
  {"nutrition_plans", "meals", boost::json::kind::array, boost::json::kind::object},
});

bool is_readable(std::string_view text, const json_column& column) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(text, failure);
  if (failure || value.kind() != column.kind)
    return false;
  const auto fits = [&](const boost::json::value& each) {
    return (!column.elements || each.kind() == *column.elements) &&
           (column.is_known == nullptr || column.is_known(std::string_view{each.get_string()}));
  };
  if (const auto* list = value.if_array())
    return std::ranges::all_of(*list, fits);
  return std::ranges::all_of(value.get_object(), [&](const auto& member) { return fits(member.value()); });
}

/// Where the columns of a list, as `column_lists.hpp` has it, stand in the rows of a table.
std::vector<std::size_t> places_of(const table_layout& layout, std::string_view list) {
  std::vector<std::size_t> places;
  while (!list.empty()) {
    const auto end = std::min(list.find(", "), list.size());
    places.push_back(layout.place_of(list.substr(0, end)));
    list.remove_prefix(std::min(end + 2, list.size()));
  }
  return places;
}

/// From the first day of the earliest year of birth to the last moment that an answer can write.
constexpr bool can_be_shown(timestamp at) noexcept {
  using namespace std::chrono;
  return at >= sys_days{year{birth_year_min} / 1 / 1} && at < sys_days{year{10'000} / 1 / 1};
}

/// Whether statements look for a value by how it is written: an id in capitals is nobody's.
template <class T>
inline constexpr bool has_one_form = std::is_same_v<T, bool> || std::is_same_v<T, secret_hash> ||
                                     std::is_same_v<T, calendar_day> || std::is_same_v<T, uuid>;
template <class Kind>
inline constexpr bool has_one_form<strong_id<Kind>> = true;

/// Reads the columns of a thing out of the cells of its row, as `column_reader` does out of a statement. Throws
/// `unreadable_row`.
class cell_reader {
public:
  cell_reader(const table_row& row, const std::vector<std::size_t>& places) : row_(row), places_(places) {}

  template <storable T>
  void operator()(T& value) {
    const auto& cell = next();
    if (skips_)
      return;
    if (cell.kind == table_cell::kind_type::null)
      throw unreadable_row("a column is empty");
    const auto base = base_of<typename stored<T>::base>(cell);
    value = stored<T>::take(base);
    if constexpr (has_one_form<T>)
      if (stored<T>::put(value) != base)
        throw unreadable_row("a value is not written as it would be found");
    if constexpr (std::is_same_v<T, timestamp>)
      has_odd_time_ = has_odd_time_ || !can_be_shown(value);
  }
  template <class T>
  void operator()(std::optional<T>& value) {
    if (skips_ || is_next_null()) {
      next();
      value.reset();
    } else {
      (*this)(value.emplace());
    }
  }
  template <class T, class Members>
  void group(std::optional<T>& value, Members&& members) {
    const bool is_inside_skipped = skips_;
    const bool is_absent = skips_ = skips_ || is_next_null();
    T whole{};
    members(whole);
    value = is_absent ? std::nullopt : std::optional{std::move(whole)};
    skips_ = is_inside_skipped;
  }

  [[nodiscard]] bool has_odd_time() const noexcept { return has_odd_time_; }
  [[nodiscard]] std::size_t columns_read() const noexcept { return at_; }

private:
  template <class Base>
  static Base base_of(const table_cell& cell) {
    if constexpr (std::is_same_v<Base, std::string>)
      return std::string{cell.text};
    else if constexpr (std::is_same_v<Base, double>)
      return cell.real;
    else
      return cell.integer;
  }
  [[nodiscard]] bool is_next_null() const { return row_.at(places_.at(at_)).kind == table_cell::kind_type::null; }
  const table_cell& next() { return row_.at(places_.at(at_++)); }

  const table_row& row_;
  const std::vector<std::size_t>& places_;
  std::size_t at_ = 0;
  bool skips_ = false;
  bool has_odd_time_ = false;
};

bool is_within(const range& bounds, const std::optional<double>& value) {
  return !value || bounds.contains(*value);
}

bool is_within(const range& bounds, const std::optional<latest_measurement>& value) {
  return !value || bounds.contains(value->value);
}

bool is_within(const range& bounds, std::int64_t value) {
  return bounds.contains(static_cast<double>(value));
}

bool is_within_bounds(const user& what) {
  return is_within(height_cm_range, what.height_cm) && is_within(weight_kg_range, what.weight_kg) &&
         is_within(body_fat_pct_range, what.body_fat_pct) &&
         (!what.date_of_birth || what.date_of_birth->year() >= std::chrono::year{birth_year_min});
}

bool is_within_bounds(const preferences& what) {
  return is_within(session_minutes_range, what.session_minutes) && is_within(meals_per_day_range, what.meals_per_day);
}

bool is_within_bounds(const progress_record& what) {
  return faults_of(what).empty();
}

bool is_within_bounds(const workout_plan& what) {
  return faults_of(what).empty();
}

bool is_within_bounds(const nutrition_plan& what) {
  return faults_of(what).empty() && plan_energy_kcal_range.contains(what.energy_kcal) &&
         plan_macro_g_range.contains(what.protein_g) && plan_macro_g_range.contains(what.carbs_g) &&
         plan_macro_g_range.contains(what.fat_g) && is_within(plan_fibre_g_range, what.fibre_g) &&
         is_within(plan_water_litres_range, what.water_litres);
}

bool is_within_bounds(const nutrition_log& what) {
  const auto& grams = log_nutrient_g_range;
  return log_energy_kcal_range.contains(what.energy_kcal) && is_within(grams, what.protein_g) &&
         is_within(grams, what.carbs_g) && is_within(grams, what.fat_g) && is_within(grams, what.fibre_g) &&
         what.log_date.year() >= std::chrono::year{log_year_min};
}

bool is_within_bounds(const chunk_row& what) {
  if (const auto events = unpack_events(what.events); !events)
    throw unreadable_row(events.error().detail);
  return true;
}

template <class T>
bool is_within_bounds(const T&) {
  return true;
}

struct verdict {
  bool is_readable = true;
  bool is_within_bounds = true;
  std::size_t columns_read = 0;  ///< The last one is the one that cannot be read.
};

/// Whether a row can be read as a `T`, and is then within its bounds.
template <class T>
verdict look_at(const table_row& row, const std::vector<std::size_t>& places) {
  cell_reader reader(row, places);
  try {
    T what{};
    each_column(what, reader);
    return {.is_within_bounds = !reader.has_odd_time() && is_within_bounds(what)};
  } catch (const unreadable_row&) {
    return {.is_readable = false, .columns_read = reader.columns_read()};
  }
}

using row_look = verdict (*)(const table_row& row, const std::vector<std::size_t>& places);

/// What the rows of a table are.
struct table_meaning {
  std::string_view table;
  std::string_view columns;
  row_look look;
};

/// One row of `user_fences`.
struct owned_fence {
  user_id owner;
  fence_row fence;
};

void each_column(row_of<owned_fence> auto& row, auto& visit) {
  visit(row.owner);
  each_column(row.fence, visit);
}

/// One row of `refresh_tokens`.
struct used_token {
  user_id owner;
  secret_hash hash{};
  session_id session;
  timestamp used_at;
};

void each_column(row_of<used_token> auto& row, auto& visit) {
  visit(row.owner);
  visit(row.hash);
  visit(row.session);
  visit(row.used_at);
}

constexpr auto meanings = std::to_array<table_meaning>({
  {"user_fences", "user_id, version, epoch", look_at<owned_fence>},
  {"users", GENESIS_USER_COLUMNS, look_at<user>},
  {"preferences", GENESIS_PREFERENCES_COLUMNS, look_at<preferences>},
  {"sessions", GENESIS_SESSION_COLUMNS, look_at<session>},
  {"refresh_tokens", "user_id, hash, session_id, used_at", look_at<used_token>},
  {"api_keys", GENESIS_API_KEY_COLUMNS, look_at<api_key>},
  {"invitations", GENESIS_INVITATION_COLUMNS, look_at<invitation>},
  {"workout_plans", GENESIS_WORKOUT_PLAN_COLUMNS, look_at<workout_plan>},
  {"nutrition_plans", GENESIS_NUTRITION_PLAN_COLUMNS, look_at<nutrition_plan>},
  {"nutrition_logs", GENESIS_NUTRITION_LOG_COLUMNS, look_at<nutrition_log>},
  {"progress_records", GENESIS_PROGRESS_COLUMNS, look_at<progress_record>},
  {"conversations", GENESIS_CONVERSATION_COLUMNS, look_at<conversation>},
  {"messages", GENESIS_MESSAGE_COLUMNS, look_at<message>},
  {"runs", GENESIS_RUN_COLUMNS, look_at<run>},
  {"run_chunks", "first_seq, events", look_at<chunk_row>},
  {"idempotency_keys", GENESIS_IDEMPOTENCY_COLUMNS, look_at<idempotency_record>},
});

class table_check {
public:
  table_check(const table_layout& layout, engine kind) : layout_(layout), kind_(kind) {
    for (const auto& each : json_columns)
      if (each.table == layout.name)
        lists_.emplace_back(layout.place_of(each.name), &each);
    const auto found = std::ranges::find(meanings, layout.name, &table_meaning::table);
    if (found == meanings.end())
      throw std::logic_error("nothing says what the rows of " + std::string{layout.name} + " are");
    look_ = found->look;
    places_ = places_of(layout, found->columns);
  }

  void add(const table_row& row, value_findings& found) const {
    if (kind_ == engine::sqlite)
      if (auto fault = fault_of(layout_, row, kind_)) {
        found.misfits.add(*std::move(fault));
        return;
      }
    for (const auto& [place, column] : lists_)
      if (!is_readable(row[place].text, *column)) {
        found.unreadable_json.add(place_of(layout_, row) + ", " + std::string{column->name});
        return;
      }
    const auto seen = look_(row, places_);
    if (!seen.is_readable)
      found.unreadable.add(place_of(layout_, row) + ", " + layout_.columns[places_[seen.columns_read - 1]].name);
    else if (!seen.is_within_bounds)
      found.out_of_bounds.add(place_of(layout_, row));
  }

private:
  const table_layout& layout_;
  engine kind_;
  std::vector<std::pair<std::size_t, const json_column*>> lists_;
  row_look look_ = nullptr;
  std::vector<std::size_t> places_;
};

}  // namespace

value_findings check_values(connection& database) {
  value_findings found;
  for (const auto& layout : layouts_in(database)) {
    const table_check check(layout, database.backend().kind());
    const auto rows = read_rows(database, layout);
    table_row row;
    while (rows->next(row))
      check.add(row, found);
  }
  return found;
}

}  // namespace genesis::storage
