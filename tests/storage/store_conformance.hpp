#pragma once

#include "tests/storage/store_under_test.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

/// What every store promises, held against those over SQLite and PostgreSQL and the one that actor tests use.
namespace genesis::storage {

class Store : public ::testing::TestWithParam<kind_of_store> {
protected:
  result<write_receipt> write(const user_id& who, std::int64_t version, std::vector<mutation> mutations) {
    return write_alone(*store_, batch_of(who, version, std::move(mutations)));
  }

  store_under_test store_{GetParam()};
  const user_id ann_ = add_person(*store_, 1);
  const user_id bob_ = add_person(*store_, 2);
};

template <class T>
std::vector<decltype(T::id)> ids_of(const std::vector<T>& items) {
  std::vector<decltype(T::id)> ids;
  for (const auto& each : items)
    ids.push_back(each.id);
  return ids;
}

/// The place of an item in its list.
template <class T>
list_position place_of(const T& item) {
  if constexpr (requires { item.recorded_at; })
    return {item.recorded_at.time_since_epoch().count(), item.id.value};
  else if constexpr (requires { item.seq; })
    return {item.seq, item.id.value};
  else if constexpr (requires { item.log_date; })
    return {day_number(item.log_date), item.id.value};
  else
    return {item.created_at.time_since_epoch().count(), item.id.value};
}

/// Reads a list page by page; `between` runs after each page.
template <class Question, class Between>
auto read_all(store& from, Question question, const Between& between) {
  std::vector<uuid> ids;
  for (int pages = 0; pages < 100; ++pages) {
    const auto part = from.answer(question);
    EXPECT_TRUE(part);
    EXPECT_LE(std::ssize(part->items), question.page.limit);
    for (const auto& each : part->items)
      ids.push_back(each.id.value);
    if (!part->has_more)
      return ids;
    question.page.after = place_of(part->items.back());
    between();
  }
  ADD_FAILURE() << "the list does not end";
  return ids;
}

}  // namespace genesis::storage
