#include "tests/actors/memory_store.hpp"
#include "tests/storage/fixtures.hpp"

namespace genesis::storage {
namespace {

TEST(MemoryStore, FailsOnDemandAndOnlyOnce) {
  const auto shared = std::make_shared<memory_database>();
  memory_store first(shared);
  memory_store second(shared);
  const auto who = add_person(first, 1);
  shared->fail_next(errc::unavailable);
  EXPECT_EQ(code_of(second.answer(load_user{who})), errc::unavailable);
  EXPECT_EQ(second.answer(load_user{who})->version, 1);
  EXPECT_EQ(shared->loads, 2);
}

TEST(MemoryStore, WritesAndLosesTheAnswerOnDemand) {
  const auto shared = std::make_shared<memory_database>();
  memory_store store(shared);
  const auto who = add_person(store, 1);
  shared->commit_then_fail();
  EXPECT_EQ(store.answer(load_user{who})->version, 1);
  EXPECT_EQ(code_of(write_alone(store, batch_of(who, 1, {put_password{"new"}}))), errc::outcome_unknown);
  EXPECT_EQ(store.answer(find_credentials_of{who})->password_hash, "new");
}

TEST(MemoryStore, RefusesToWriteWhileItsDiskIsFull) {
  const auto shared = std::make_shared<memory_database>();
  memory_store store(shared);
  const auto who = add_person(store, 1);
  shared->refuse(true);
  EXPECT_EQ(code_of(write_alone(store, batch_of(who, 1, {put_password{"new"}}))), errc::unavailable);
  EXPECT_EQ(code_of(store.answer(load_user{who, 1, true})), errc::unavailable);
  EXPECT_EQ(store.answer(load_user{who})->version, 1);
  shared->refuse(false);
  EXPECT_TRUE(write_alone(store, batch_of(who, 1, {put_password{"new"}})));
}

}  // namespace
}  // namespace genesis::storage
