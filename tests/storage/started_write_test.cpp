#include "tests/storage/fixtures.hpp"
#include "tests/storage/postgres_server.hpp"

#include <gmock/gmock.h>

#include <array>
#include <stdexcept>

/// Groups that go to PostgreSQL behind the commit of the one before.
namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// With commits that tell where the log stands, and without.
class StartedWrite : public ::testing::TestWithParam<bool> {
protected:
  StartedWrite() : ann_(add_person(*writer_, 1)), bob_(add_person(*writer_, 2)), cid_(add_person(*writer_, 3)) {}

  std::unique_ptr<sql_store> open() const {
    store_options options;
    options.database = postgres_server::shared().location_of(database_);
    options.statement_timeout = std::chrono::seconds{30};  // a slow disk is none of the faults that are tried
    options.locates_commits = GetParam();
    auto opened = sql_store::open(options, access::writer);
    if (!opened)
      throw std::runtime_error(opened.error().detail);
    return std::move(*opened);
  }
  std::vector<std::string> sql(const std::string& text) { return postgres_server::shared().sql(database_, text); }
  /// What a commit runs that has inserted a measurement.
  void when_committed(const std::string& statements) {
    sql("create function fault() returns trigger language plpgsql as $$ begin " + statements +
        " return null; end $$; create constraint trigger fault after insert on progress_records deferrable initially "
        "deferred for each row execute function fault()");
  }

  template <class... Batches>
  std::optional<write_results> start(const Batches&... batches) {
    return writer_->start_write(std::array<const write_batch*, sizeof...(batches)>{&batches...},
      [this](write_results results) { finished_.push_back(std::move(results)); });
  }
  static std::vector<errc> codes_of(const write_results& results) {
    std::vector<errc> codes;
    for (const auto& each : results)
      codes.push_back(code_of(each));
    return codes;
  }
  std::int64_t stored_version(const user_id& who) { return open()->answer(load_user{who})->version; }

  static write_batch password(const user_id& who, std::int64_t version) {
    return batch_of(who, version, {put_password{"changed"}});
  }
  static write_batch measurement(const user_id& who, std::int64_t version, std::uint32_t number = 1) {
    return batch_of(who, version, {put_progress{record_of(number, 1)}});
  }

  std::string database_ = postgres_server::shared().create_database();
  std::unique_ptr<sql_store> writer_ = open();
  user_id ann_;
  user_id bob_;
  user_id cid_;
  std::vector<write_results> finished_;
};

TEST_P(StartedWrite, IsFinishedByWhoeverAsksForIt) {
  const auto first = password(ann_, 1);
  ASSERT_FALSE(start(first)) << "the commit is under way";
  const auto results = writer_->finish_write();
  ASSERT_THAT(codes_of(results), ElementsAre(errc::none));
  EXPECT_EQ(results[0]->version, 2);
  EXPECT_EQ(results[0]->position.has_value(), GetParam());
  EXPECT_EQ(results[0]->timeline, writer_->timeline());
  EXPECT_THAT(finished_, IsEmpty());
  EXPECT_TRUE(is_idle(writer_->database()));
}

TEST_P(StartedWrite, IsFinishedByTheNextOneToo) {
  const auto first = password(ann_, 1);
  const auto second = password(bob_, 1);
  const auto third = password(cid_, 1);
  const auto fourth = password(ann_, 2);
  ASSERT_FALSE(start(first));
  ASSERT_FALSE(start(second, third));
  ASSERT_EQ(finished_.size(), 1U);
  EXPECT_THAT(codes_of(finished_[0]), ElementsAre(errc::none));
  ASSERT_FALSE(start(fourth));
  ASSERT_EQ(finished_.size(), 2U);
  EXPECT_THAT(codes_of(finished_[1]), ElementsAre(errc::none, errc::none));
  EXPECT_THAT(codes_of(writer_->finish_write()), ElementsAre(errc::none));
  EXPECT_EQ(finished_[0][0]->position.has_value(), GetParam());
  EXPECT_EQ(finished_[0][0]->position < finished_[1][0]->position, GetParam());
  EXPECT_EQ(stored_version(ann_), 3);
  EXPECT_EQ(stored_version(bob_), 2);
  EXPECT_TRUE(write_alone(*writer_, password(bob_, 2))) << "the connection takes everything again";
}

TEST_P(StartedWrite, IsToldOfBeforeTheNextOneIsWaitedFor) {
  const auto holder = open();
  holder->database().run_script("begin; select from user_fences where user_id = '" + to_string(bob_) + "' for update");
  const auto first = password(ann_, 1);
  const auto second = password(bob_, 1);
  ASSERT_FALSE(start(first));
  const auto let_go = [&](const write_results& results) {
    EXPECT_THAT(codes_of(results), ElementsAre(errc::none));
    holder->database().run_script("rollback");
  };
  ASSERT_FALSE(writer_->start_write(std::array{&second}, let_go)) << "which waits for the lock";
  EXPECT_THAT(codes_of(writer_->finish_write()), ElementsAre(errc::none));
}

TEST_P(StartedWrite, IsNotTouchedByOneBehindItThatDoesNotFit) {
  const auto first = password(ann_, 1);
  const auto stale = password(bob_, 7);
  const auto fits = password(cid_, 1);
  ASSERT_FALSE(start(first));
  const auto behind = start(stale, fits);
  ASSERT_TRUE(behind) << "each is written for itself, and committed";
  EXPECT_THAT(codes_of(*behind), ElementsAre(errc::fenced, errc::none));
  ASSERT_EQ(finished_.size(), 1U);
  EXPECT_THAT(codes_of(finished_[0]), ElementsAre(errc::none));
  EXPECT_EQ(stored_version(ann_), 2);
  EXPECT_EQ(stored_version(bob_), 1);
  EXPECT_EQ(stored_version(cid_), 2);
}

TEST_P(StartedWrite, IsNotTouchedByOneBehindItThatTheServerRefuses) {
  const auto first = password(ann_, 1);
  const auto alone = batch_of(bob_, 1, {put_message{message_of(1, id_of<conversation_id>(9), 1)}});
  ASSERT_FALSE(start(first));
  const auto behind = start(alone);
  ASSERT_TRUE(behind);
  EXPECT_THAT(codes_of(*behind), ElementsAre(errc::conflict));
  ASSERT_EQ(finished_.size(), 1U);
  EXPECT_THAT(codes_of(finished_[0]), ElementsAre(errc::none));
  EXPECT_TRUE(is_idle(writer_->database()));
  EXPECT_TRUE(write_alone(*writer_, password(bob_, 1)));
}

TEST_P(StartedWrite, ThatIsRefusedLeavesTheOneBehindItAsItIs) {
  when_committed("raise exception 'fault' using errcode = '53100';");
  const auto refused = measurement(ann_, 1);
  const auto behind = password(bob_, 1);
  ASSERT_FALSE(start(refused));
  ASSERT_FALSE(start(behind));
  ASSERT_EQ(finished_.size(), 1U);
  EXPECT_THAT(codes_of(finished_[0]), ElementsAre(errc::unavailable)) << "rolled back, and known to be";
  EXPECT_THAT(codes_of(writer_->finish_write()), ElementsAre(errc::none));
  EXPECT_EQ(stored_version(ann_), 1);
  EXPECT_EQ(stored_version(bob_), 2);
}

/// A person's second write decides over their first: it must not stand without it.
TEST_P(StartedWrite, ThatIsRefusedFencesWhatWasBuiltOnIt) {
  when_committed("raise exception 'fault' using errcode = '53100';");
  const auto refused = measurement(ann_, 1);
  const auto built_on_it = password(ann_, 2);
  ASSERT_FALSE(start(refused));
  const auto behind = start(built_on_it);
  ASSERT_TRUE(behind);
  EXPECT_THAT(codes_of(*behind), ElementsAre(errc::fenced));
  EXPECT_EQ(stored_version(ann_), 1);
}

TEST_P(StartedWrite, IsOfUnknownOutcomeWhenItsAnswerIsLostAndTheOneBehindItIsNotDone) {
  when_committed("perform pg_terminate_backend(pg_backend_pid());");
  const auto lost = measurement(ann_, 1);
  const auto second = password(bob_, 1);
  const auto third = password(cid_, 1);
  ASSERT_FALSE(start(lost));
  const auto behind = start(second, third);
  ASSERT_EQ(finished_.size(), 1U);
  EXPECT_THAT(codes_of(finished_[0]), ElementsAre(errc::outcome_unknown));
  ASSERT_TRUE(behind);
  EXPECT_THAT(codes_of(*behind), ElementsAre(errc::unavailable, errc::unavailable));
  EXPECT_TRUE(writer_->is_lost());
  EXPECT_EQ(stored_version(bob_), 1);
}

/// A statement that the server does not know yet is prepared when nothing else is on its way.
TEST_P(StartedWrite, IsFinishedBeforeANewStatementIsPrepared) {
  const auto first = password(ann_, 1);
  const auto second = measurement(bob_, 1);
  const auto third = batch_of(cid_, 1, {put_conversation{conversation_of(3)}});
  ASSERT_FALSE(start(first));
  ASSERT_FALSE(start(second));
  ASSERT_FALSE(start(third));
  ASSERT_EQ(finished_.size(), 2U);
  EXPECT_THAT(codes_of(finished_[0]), ElementsAre(errc::none));
  EXPECT_THAT(codes_of(finished_[1]), ElementsAre(errc::none));
  EXPECT_THAT(codes_of(writer_->finish_write()), ElementsAre(errc::none));
  EXPECT_EQ(finished_[0][0]->position.has_value(), GetParam());
  EXPECT_TRUE(writer_->answer(find_progress{bob_, id_of<progress_id>(1)}));
}

TEST_P(StartedWrite, HappensWhenItsConnectionIsClosedBehindIt) {
  const auto last = password(ann_, 1);
  ASSERT_FALSE(start(last));
  writer_ = nullptr;
  EXPECT_EQ(stored_version(ann_), 2);
}

INSTANTIATE_TEST_SUITE_P(Commits, StartedWrite, ::testing::Bool(),
  [](const auto& of) { return of.param ? std::string{"Located"} : std::string{"Unlocated"}; });

}  // namespace
}  // namespace genesis::storage
