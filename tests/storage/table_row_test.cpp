#include "storage/table_row.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace genesis::storage {
namespace {

using kind = table_cell::kind_type;

constexpr auto text = [](std::string_view value) { return table_cell::of(value); };
constexpr auto whole = [](std::int64_t value) { return table_cell::of(value); };
constexpr auto real = [](double value) { return table_cell::of(value); };

table_layout layout() {
  return {.name = "things",
    .key = {"id"},
    .columns = {{.name = "id", .characters_max = 3}, {.name = "note"},
      {.name = "is_on", .kind = column_kind::integer, .is_narrow = true}, {.name = "at", .kind = column_kind::integer},
      {.name = "weight", .kind = column_kind::real}}};
}

table_row good() {
  return {text("abc"), {}, whole(std::numeric_limits<std::int32_t>::max()),
    whole(std::numeric_limits<std::int64_t>::min()), real(0.1)};
}

std::string fault_with(std::size_t column, table_cell cell, engine target) {
  auto row = good();
  row[column] = cell;
  return fault_of(layout(), row, target).value_or("");
}

TEST(TableRow, IsGoodWhereTheProgramHasWrittenIt) {
  for (const auto target : {engine::sqlite, engine::postgresql}) {
    EXPECT_EQ(fault_of(layout(), good(), target), std::nullopt);
    EXPECT_EQ(fault_with(0, text("\u00e4\u00f6\u00fc"), target), "") << "characters count, not bytes";
    EXPECT_EQ(fault_with(4, real(std::numeric_limits<double>::infinity()), target), "");
  }
}

TEST(TableRow, NamesTheColumnOfWhatNoDatabaseOfOursHolds) {
  using std::string_view_literals::operator""sv;
  for (const auto target : {engine::sqlite, engine::postgresql}) {
    EXPECT_EQ(fault_with(1, text("a\0b"sv), target), "table things: in the row of id abc, note holds NUL");
    EXPECT_EQ(fault_with(1, text("a\xffz"), target), "table things: in the row of id abc, note is not UTF-8");
    EXPECT_EQ(fault_with(1, whole(1), target), "table things: in the row of id abc, note is not a text");
    EXPECT_EQ(fault_with(3, text("1"), target), "table things: in the row of id abc, at is not a whole number");
    EXPECT_EQ(fault_with(4, {.kind = kind::other, .text = "x"}, target),
      "table things: in the row of id abc, weight is not a number");
    EXPECT_EQ(fault_with(0, text("\xff"), target), "table things: in the row of id ?, id is not UTF-8");
  }
}

TEST(TableRow, NamesWhatOneOfThemDoesNotHold) {
  const auto too_long = fault_with(0, text("abcd"), engine::postgresql);
  EXPECT_EQ(too_long, "table things: in the row of id abcd, id has more than 3 characters");
  EXPECT_EQ(fault_with(0, text("abcd"), engine::sqlite), "");
  const auto wide = whole(std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1);
  EXPECT_EQ(
    fault_with(2, wide, engine::postgresql), "table things: in the row of id abc, is_on does not fit into 32 bits");
  EXPECT_EQ(fault_with(2, wide, engine::sqlite), "");
  const auto none = real(std::numeric_limits<double>::quiet_NaN());
  EXPECT_NE(fault_with(4, none, engine::sqlite), "");
  EXPECT_EQ(fault_with(4, none, engine::postgresql), "");
}

}  // namespace
}  // namespace genesis::storage
