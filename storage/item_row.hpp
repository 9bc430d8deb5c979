#pragma once

#include "storage/rows.hpp"
#include "storage/stored_value.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

/// Things of several kinds below each other in one statement. Had each kind columns of its own, a row would be a
/// hundred wide and nearly empty, and it is the columns that PostgreSQL needs its time for.
namespace genesis::storage {

/// What a row is, as its first column says it. The statements have the numbers.
enum class item_kind : std::int8_t { person, session, api_key, workout_plan, nutrition_plan, progress, conversation };

/// Texts, integers and real numbers that stand for the columns of an item, each in the order in which `each_column` has
/// those of that sort.
struct item_row {
  std::int64_t kind = 0;
  std::array<std::optional<std::string>, 7> texts;
  std::array<std::optional<std::int64_t>, 6> integers;
  std::array<std::optional<double>, 6> reals;

  [[nodiscard]] bool is(item_kind which) const noexcept { return kind == static_cast<std::int64_t>(which); }
};

void each_column(row_of<item_row> auto& row, auto& visit) {
  visit(row.kind);
  for (auto& each : row.texts)
    visit(each);
  for (auto& each : row.integers)
    visit(each);
  for (auto& each : row.reals)
    visit(each);
}

/// Reads an item out of its row. Throws `unreadable_row` for what is missing.
class item_reader {
public:
  explicit item_reader(item_row& row) noexcept : row_(row) {}

  template <storable T>
  void operator()(T& value) {
    auto& column = next<typename stored<T>::base>();
    if (!column)
      throw unreadable_row("a column of an item is empty");
    value = stored<T>::take(std::move(*column));
  }
  template <storable T>
  void operator()(std::optional<T>& value) {
    auto& column = next<typename stored<T>::base>();
    value = column ? std::optional<T>{stored<T>::take(std::move(*column))} : std::nullopt;
  }

private:
  template <class Base>
  std::optional<Base>& next() {
    if constexpr (std::is_same_v<Base, std::string>)
      return row_.texts.at(texts_++);
    else if constexpr (std::is_same_v<Base, double>)
      return row_.reals.at(reals_++);
    else
      return row_.integers.at(integers_++);
  }

  item_row& row_;
  std::size_t texts_ = 0;
  std::size_t integers_ = 0;
  std::size_t reals_ = 0;
};

/// `row` is of the kind that `T` is.
template <class T>
T item_from(item_row&& row) {
  T item;
  item_reader reader{row};
  each_column(item, reader);
  return item;
}

/// One row of what is known of somebody: the fence with the person, or a thing of theirs.
struct person_row {
  std::optional<fence_row> fence;
  std::optional<genesis::user> person;
  std::optional<preferences> prefs;
  std::optional<user_id> owner;  ///< Of the preferences: they were joined by it.
  item_row item;
};

void each_column(row_of<person_row> auto& row, auto& visit) {
  const auto columns = [&](auto& value) { each_column(value, visit); };
  visit.group(row.fence, columns);
  visit.group(row.person, columns);
  visit.group(row.prefs, columns);
  visit(row.owner);
  each_column(row.item, visit);
}

}  // namespace genesis::storage
