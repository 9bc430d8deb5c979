#pragma once

#include "storage/rows.hpp"
#include "storage/stored_value.hpp"

#include <bit>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// How a value of the program is written into a second cache, outside the process, and read back: compact, with the
/// number of its layout in front. Rows are written column by column, as `each_column` names them, so that the cache and
/// the database have one list.
namespace genesis::storage {

/// What kind of thing a cached value is. Specialised for each type that is cached:
/// - `name`, a part of its keys;
/// - `layout()`, a number that changes whenever older bytes must not be read as this type any more.
/// A type that is neither `storable` nor a row has an `each_column` of its own.
template <class T>
struct cached;

template <class T>
concept cacheable = requires {
  { cached<T>::name } -> std::convertible_to<std::string_view>;
  { cached<T>::layout() } -> std::same_as<std::int64_t>;
};

/// What a value is kept under, within an installation: `user:0198c5a2-...`.
template <cacheable T>
std::string cached_key(std::string_view id) {
  return std::string{cached<T>::name} + ':' + std::string{id};
}

/// Appends values to a text: integers in as few bytes as they need, texts with their size.
class value_writer {
public:
  template <storable T>
  void operator()(const T& value) {
    put(typename stored<T>::base(stored<T>::put(value)));
  }
  template <class T>
  void operator()(const std::optional<T>& value) {
    put(std::int64_t{value.has_value()});
    if (value)
      (*this)(*value);
  }
  /// Rows of one kind.
  template <class Row>
    requires(!storable<std::vector<Row>>)
  void operator()(const std::vector<Row>& rows) {
    put(std::ssize(rows));
    for (const auto& each : rows)
      each_column(each, *this);
  }
  template <class T, class Members>
  void group(const std::optional<T>& value, Members&& members) {
    put(std::int64_t{value.has_value()});
    if (value)
      members(*value);
  }

  [[nodiscard]] std::string take() noexcept { return std::move(out_); }

private:
  void put(std::int64_t value);
  void put(double value);
  void put(std::string_view value);

  std::string out_;
};

/// Reads what `value_writer` wrote. Throws `unreadable_row` for what it cannot have written, and reads nothing beyond
/// the end.
class value_reader {
public:
  explicit value_reader(std::string_view bytes) noexcept : rest_(bytes) {}

  template <storable T>
  void operator()(T& value) {
    typename stored<T>::base base{};
    take(base);
    value = stored<T>::take(std::move(base));
  }
  template <class T>
  void operator()(std::optional<T>& value) {
    if (take_flag())
      (*this)(value.emplace());
    else
      value.reset();
  }
  template <class Row>
    requires(!storable<std::vector<Row>>)
  void operator()(std::vector<Row>& rows) {
    std::int64_t count = 0;
    take(count);
    // One at a time: a count is only a claim, and each row takes some of the bytes that are there.
    for (rows.clear(); count > 0; --count)
      each_column(rows.emplace_back(), *this);
  }
  template <class T, class Members>
  void group(std::optional<T>& value, Members&& members) {
    if (take_flag())
      members(value.emplace());
    else
      value.reset();
  }

  [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }

private:
  bool take_flag();
  void take(std::int64_t& value);
  void take(double& value);
  void take(std::string& value);

  std::string_view rest_;
};

template <cacheable T>
std::string to_cached(const T& value) {
  value_writer writer;
  writer(cached<T>::layout());
  if constexpr (storable<T>)
    writer(value);
  else
    each_column(value, writer);
  return writer.take();
}

/// Nothing for bytes of another layout and for bytes that `to_cached` cannot have made; whatever they are, reading them
/// does no harm.
template <cacheable T>
std::optional<T> from_cached(std::string_view bytes) {
  try {
    value_reader reader(bytes);
    std::int64_t layout = 0;
    reader(layout);
    if (layout != cached<T>::layout())
      return std::nullopt;
    std::optional<T> value{std::in_place};
    if constexpr (storable<T>)
      reader(*value);
    else
      each_column(*value, reader);
    return reader.is_at_end() ? std::move(value) : std::nullopt;
  } catch (const unreadable_row&) {
    return std::nullopt;
  }
}

/// Everything in memory of a person; what `preferences::owner` says is in the key already.
void each_column(row_of<user_snapshot> auto& row, auto& visit) {
  each_column(row.person, visit);
  each_column(row.prefs, visit);
  visit(row.sessions);
  visit(row.version);
  visit(row.api_keys);
  visit(row.timeline);
  const auto list = [&](auto& value) {
    visit(value.items);
    visit(value.has_more);
  };
  visit.group(row.lists.workout_plans, list);
  visit.group(row.lists.nutrition_plans, list);
  visit.group(row.lists.progress, list);
  visit.group(row.lists.conversations, list);
}

template <>
struct cached<user_snapshot> {
  static constexpr std::string_view name = "user";
  /// Rises with the columns above, which a test pins, and with each migration, which may change rows without raising
  /// anybody's version.
  static std::int64_t layout() noexcept;
};

}  // namespace genesis::storage
