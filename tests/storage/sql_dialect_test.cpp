#include "storage/sql_dialect.hpp"

#include <gtest/gtest.h>

namespace genesis::storage {
namespace {

TEST(SqlDialect, DiffersOnlyWhereTheDatabasesCannotShareAText) {
  for (const auto& each : all_statements()) {
    EXPECT_EQ(statement_for(engine::sqlite, each.id).sql, each.sql);
    const bool differs = each.id == statement_id::begin_read || each.id == statement_id::begin_write ||
                         each.id == statement_id::select_people || each.id == statement_id::select_runs ||
                         each.id == statement_id::insert_message || each.id == statement_id::upsert_message ||
                         each.id == statement_id::interrupt_message || each.id == statement_id::search_messages ||
                         each.id == statement_id::list_locked_people;
    EXPECT_EQ(statement_for(engine::postgresql, each.id).sql != each.sql, differs) << each.name;
    EXPECT_EQ(statement_for(engine::postgresql, each.id).name, each.name);
  }
}

TEST(SqlDialect, NumbersParameters) {
  const auto [text, count] =
    with_parameters("update t set a = :a, b = b + :a_1 where c = ':no' and (d, e) < (:key, :id)", "$");
  EXPECT_EQ(text, "update t set a = $1, b = b + $2 where c = ':no' and (d, e) < ($3, $4)");
  EXPECT_EQ(count, 4);
  EXPECT_EQ(with_parameters("begin", "$"), (std::pair<std::string, int>{"begin", 0}));
}

}  // namespace
}  // namespace genesis::storage
