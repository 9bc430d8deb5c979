#include "storage/invariants.hpp"
#include "tests/storage/store_under_test.hpp"

#include <gmock/gmock.h>

namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A sound database of each engine, with one of everything.
class Invariants : public ::testing::TestWithParam<engine> {
protected:
  Invariants() {
    if (GetParam() == engine::postgresql) {
      borrowed_ = postgres_server::shared().borrow_database();
      database_ = postgres_server::shared().location_of(borrowed_);
    } else {
      EXPECT_TRUE(migrate(directory_.file()));
      database_ = directory_.file();
    }
    store_options options;
    options.database = database_;
    auto opened = sql_store::open(options, access::writer);
    EXPECT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    const auto who = add_person(*store_, 1);
    const auto talk = conversation_of(1);
    auto counted = talk;
    counted.message_count = 2;
    EXPECT_TRUE(write_alone(*store_,
      batch_of(who, 1,
        {put_conversation{talk}, put_message{message_of(1, talk.id, 1)}, put_message{message_of(2, talk.id, 2)},
          put_conversation{counted}, put_progress{record_of(1, 1'000)}})));
  }
  ~Invariants() override {
    store_ = nullptr;
    if (!borrowed_.empty())
      postgres_server::shared().give_back(std::move(borrowed_));
  }

  std::vector<std::string> broken_after(const std::string& sql) {
    store_->database().run_script(sql);
    std::vector<std::string> sentences;
    const auto found = check_invariants(database_);
    EXPECT_TRUE(found) << found.error().detail;
    for (const auto& each : found.value_or(std::vector<invariant_finding>{}))
      if (each.violations != 0)
        sentences.emplace_back(each.sentence);
    return sentences;
  }

  database_directory directory_;
  std::string borrowed_;
  database_url database_;
  std::unique_ptr<sql_store> store_;
};

TEST_P(Invariants, HoldInASoundDatabaseAndAreToldAsTheyAreFound) {
  EXPECT_THAT(broken_after("select 1"), IsEmpty());
  std::size_t told = 0;
  const auto found = check_invariants(database_, [&](const invariant_finding&) { ++told; });
  ASSERT_TRUE(found);
  EXPECT_EQ(told, found->size());
  EXPECT_GE(told, invariants().size());
}

TEST_P(Invariants, AreSeenToBeBroken) {
  EXPECT_THAT(
    broken_after("update conversations set message_count = 3"), ElementsAre("every conversation counts its messages"));
  EXPECT_THAT(broken_after("update conversations set message_count = 2; update messages set seq = 9 where seq = 2"),
    ElementsAre("the messages of a conversation are numbered from 1 without gaps"));
  EXPECT_THAT(
    broken_after("update messages set seq = 2 where seq = 9; update users set weight_record_id = 'x', weight_kg "
                 "= 1"),
    ElementsAre("a profile's weight and body fat are records of that person"));
  EXPECT_THAT(broken_after("update users set weight_record_id = null, weight_kg = null, email = 'A@B'"),
    ElementsAre("every address is one person's, in lower case"));
  EXPECT_THAT(broken_after("update users set email = 'a@b'; update messages set revision = 0 where seq = 1"),
    ElementsAre("every object has a revision from 1 on"));
  EXPECT_THAT(broken_after("update messages set revision = 1; insert into user_fences values ('y', 1, 1, 1)"),
    ElementsAre("every fence belongs to a person"));
}

TEST_P(Invariants, AreNotLookedForInAnotherSchema) {
  store_->database().run_script("delete from schema_migrations where number = 3");
  EXPECT_EQ(code_of(check_invariants(database_)), errc::conflict);
  store_->database().run_script("insert into schema_migrations values (3, '0003_invitations', 'x', 1)");
}

INSTANTIATE_TEST_SUITE_P(Each, Invariants, ::testing::Values(engine::sqlite, engine::postgresql),
  [](const auto& tested) { return std::string{tested.param == engine::sqlite ? "Sqlite" : "Postgresql"}; });

}  // namespace
}  // namespace genesis::storage
