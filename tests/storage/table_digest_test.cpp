#include "storage/table_digest.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace genesis::storage {
namespace {

using kind = table_cell::kind_type;

constexpr auto text = [](std::string_view value) { return table_cell::of(value); };
constexpr auto whole = [](std::int64_t value) { return table_cell::of(value); };
constexpr auto real = [](double value) { return table_cell::of(value); };

std::string digest_of(const std::vector<table_row>& rows) {
  table_digest sum;
  for (const auto& each : rows)
    sum.add(each);
  EXPECT_EQ(sum.rows(), std::ssize(rows));
  return sum.text();
}

TEST(TableDigest, IsTheSameInEveryOrder) {
  const table_row first{text("a"), whole(1)};
  const table_row second{text("b"), whole(2)};
  EXPECT_EQ(digest_of({first, second}), digest_of({second, first}));
  EXPECT_EQ(digest_of({}).size(), 64U);
}

TEST(TableDigest, TellsWhatIsNotTheSame) {
  const std::vector<table_row> rows{
    {},
    {{}},
    {text("")},
    {text(""), text("")},
    {text("0")},
    {whole(0)},
    {real(0)},
    {real(std::numeric_limits<double>::denorm_min())},
    {whole(1)},
    {text("ab"), text("c")},
    {text("a"), text("bc")},
    {text("a"), whole(1)},
    {whole(1), text("a")},
  };
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows.size(); ++j)
      EXPECT_EQ(digest_of({rows[i]}) == digest_of({rows[j]}), i == j) << i << " and " << j;
}

TEST(TableDigest, CountsARowAsOftenAsItIsThere) {
  const table_row row{text("a")};
  EXPECT_NE(digest_of({row}), digest_of({row, row}));
  EXPECT_NE(digest_of({row, row}), digest_of({}));
}

TEST(TableDigest, TakesTheTwoZerosForOne) {
  EXPECT_EQ(digest_of({{real(-0.0)}}), digest_of({{real(0.0)}}));
}

}  // namespace
}  // namespace genesis::storage
