#include "storage/gathered_rows.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace genesis::storage {
namespace {

gathered_rows three_columns() {
  gathered_rows rows;
  for (int row = 0; row < 2; ++row) {
    rows.begin_row();
    rows.put(std::int64_t{1});
    rows.put("text");
    rows.put(1.5);
  }
  return rows;
}

TEST(GatheredRows, MakeAnInsertOfManyRows) {
  EXPECT_EQ(
    three_columns().statement_for("insert into t (a, b, c) values (:a, cast(:b as tsvector), :c) on conflict (a) do "
                                  "update set b = excluded.b where t.c = excluded.c"),
    "insert into t (a, b, c) select gathered_1, cast(gathered_2 as tsvector), gathered_3 from unnest(cast(:gathered_1 "
    "as bigint[]), cast(:gathered_2 as text[]), cast(:gathered_3 as double precision[])) as gathered (gathered_1, "
    "gathered_2, gathered_3) on conflict (a) do update set b = excluded.b where t.c = excluded.c");
}

TEST(GatheredRows, MakeAnUpdateOfManyRows) {
  EXPECT_EQ(three_columns().statement_for("update t set a = a + :steps, b = :b where c = :c"),
    "update t set a = a + gathered_1, b = gathered_2 from unnest(cast(:gathered_1 as bigint[]), cast(:gathered_2 as "
    "text[]), cast(:gathered_3 as double precision[])) as gathered (gathered_1, gathered_2, gathered_3) where c = "
    "gathered_3");
}

TEST(GatheredRows, RefuseStatementsOfAnotherShape) {
  EXPECT_THROW(std::ignore = three_columns().statement_for("delete from t where a = :a"), std::logic_error);
  EXPECT_THROW(std::ignore = three_columns().statement_for("insert into t select :a"), std::logic_error);
  EXPECT_THROW(std::ignore = three_columns().statement_for("update t set a = :a"), std::logic_error);
}

TEST(GatheredRows, RefuseAColumnOfAnotherKind) {
  auto rows = three_columns();
  rows.begin_row();
  EXPECT_THROW(rows.put("text"), std::logic_error);
}

TEST(GatheredRows, CountAndForget) {
  auto rows = three_columns();
  EXPECT_EQ(rows.rows(), 2);
  rows.clear();
  EXPECT_EQ(rows.rows(), 0);
}

}  // namespace
}  // namespace genesis::storage
