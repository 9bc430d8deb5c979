#include "storage/table_digest.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace genesis::storage {
namespace {

using kind = table_cell::kind_type;

table_cell text_of(std::string_view value) {
  return {.kind = kind::text, .text = value};
}
table_cell whole(std::int64_t value) {
  return {.kind = kind::integer, .integer = value, .text = {}};
}
table_cell real_of(double value) {
  return {.kind = kind::real, .real = value, .text = {}};
}

std::string digest_of(const std::vector<table_row>& rows) {
  table_digest sum;
  for (const auto& each : rows)
    sum.add(each);
  EXPECT_EQ(sum.rows(), std::ssize(rows));
  return sum.text();
}

TEST(TableDigest, IsTheSameInEveryOrder) {
  const table_row first{text_of("a"), whole(1)};
  const table_row second{text_of("b"), whole(2)};
  EXPECT_EQ(digest_of({first, second}), digest_of({second, first}));
  EXPECT_EQ(digest_of({}).size(), 64U);
}

TEST(TableDigest, TellsWhatIsNotTheSame) {
  const std::vector<table_row> rows{
    {},
    {{}},
    {text_of("")},
    {text_of(""), text_of("")},
    {text_of("0")},
    {whole(0)},
    {real_of(0)},
    {real_of(std::numeric_limits<double>::denorm_min())},
    {whole(1)},
    {text_of("ab"), text_of("c")},
    {text_of("a"), text_of("bc")},
    {text_of("a"), whole(1)},
    {whole(1), text_of("a")},
  };
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows.size(); ++j)
      EXPECT_EQ(digest_of({rows[i]}) == digest_of({rows[j]}), i == j) << i << " and " << j;
}

TEST(TableDigest, CountsARowAsOftenAsItIsThere) {
  const table_row row{text_of("a")};
  EXPECT_NE(digest_of({row}), digest_of({row, row}));
  EXPECT_NE(digest_of({row, row}), digest_of({}));
}

TEST(TableDigest, TakesTheTwoZerosForOne) {
  EXPECT_EQ(digest_of({{real_of(-0.0)}}), digest_of({{real_of(0.0)}}));
}

}  // namespace
}  // namespace genesis::storage
