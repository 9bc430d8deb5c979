#include "tests/storage/fixtures.hpp"
#include "tests/storage/postgres_server.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <stdexcept>

/// Stores over a real primary and a replica that streams from it.
namespace genesis::storage {
namespace {

using ::testing::HasSubstr;

class Replica : public ::testing::Test {
protected:
  Replica() {
    writer_ = open(primary(), access::writer);
    who_ = add_person(*writer_, 1);
    replica_->catch_up_with(primary());
    reader_ = open(*replica_, access::replica);
  }

  static postgres_server& primary() {
    static postgres_server server;
    return server;
  }
  result<std::unique_ptr<sql_store>> try_to_open(const postgres_server& server, access mode) const {
    store_options options;
    options.database = server.location_of(database_);
    options.locates_commits = mode == access::writer;
    return sql_store::open(options, mode);
  }
  std::unique_ptr<sql_store> open(const postgres_server& server, access mode) const {
    auto opened = try_to_open(server, mode);
    if (!opened)
      throw std::runtime_error(opened.error().detail);
    return std::move(*opened);
  }
  /// Writes a conversation; where the log stands behind it.
  log_position write() {
    ++version_;
    const auto written = write_alone(
      *writer_, batch_of(who_, version_, {put_conversation{conversation_of(static_cast<std::uint32_t>(version_))}}));
    return written.value().position.value();
  }
  std::size_t listed() { return reader_->answer(list_conversations{who_}).value().items.size(); }

  std::string database_ = primary().create_database();
  std::unique_ptr<postgres_server> replica_ = std::make_unique<postgres_server>(&primary());
  std::unique_ptr<sql_store> writer_;
  std::unique_ptr<sql_store> reader_;
  user_id who_;
  std::int64_t version_ = 0;
};

TEST_F(Replica, HasWhatWasWrittenWhenItHasReplayedUpToThePlaceThatTheWriteTold) {
  const auto first = write();
  replica_->catch_up_with(primary());
  EXPECT_TRUE(*reader_->has_seen(first));
  EXPECT_EQ(listed(), 1U);

  replica_->pause_replay();
  const auto second = write();
  EXPECT_GT(second, first);
  EXPECT_TRUE(*reader_->has_seen(first));
  EXPECT_FALSE(*reader_->has_seen(second));
  EXPECT_EQ(listed(), 1U);

  replica_->resume_replay();
  replica_->catch_up_with(primary());
  EXPECT_TRUE(*reader_->has_seen(second));
  EXPECT_EQ(listed(), 2U);
}

TEST_F(Replica, EveryKindOfCommitTellsItsPlaceAndTheWriterKnowsTheLast) {
  const auto at_first = writer_->position().value();
  const auto chunks = writer_->write(append_run_chunks{});
  ASSERT_TRUE(chunks && chunks->position);
  const auto written = write();
  EXPECT_GE(written, *chunks->position);
  EXPECT_GT(written, at_first);
  EXPECT_EQ(writer_->position(), written);
  EXPECT_GE(open(primary(), access::writer)->position().value(), written) << "also when somebody else wrote it";
}

TEST_F(Replica, ABatchThatFailedHasNoPlaceAndItsNeighboursDo) {
  const auto good = batch_of(who_, 1, {put_conversation{conversation_of(7)}});
  const auto fenced = batch_of(who_, 9, {put_conversation{conversation_of(8)}});
  const std::array<const write_batch*, 2> both{&good, &fenced};
  const auto written = writer_->write(both);
  EXPECT_TRUE(written[0] && written[0]->position);
  EXPECT_EQ(written[1].error().code, errc::fenced);
}

TEST_F(Replica, ServersTellHowTheyStandToEachOther) {
  const auto place = write();
  replica_->catch_up_with(primary());
  const auto above = writer_->answer(inspect_server{}).value();
  const auto below = reader_->answer(inspect_server{}).value();
  EXPECT_FALSE(above.is_replica);
  EXPECT_TRUE(below.is_replica);
  EXPECT_GE(above.position, place);
  EXPECT_GE(below.position, place);
  EXPECT_EQ(above.identity, below.identity);
  EXPECT_EQ(above.timeline, std::optional<std::int64_t>{1});
  EXPECT_EQ(below.timeline, above.timeline);
}

TEST_F(Replica, ServersTellARoleWithoutRightsAllButTheTimelineOfAReplica) {
  primary().sql(database_,
    "do $$ begin if not exists (select from pg_roles where rolname = 'app') then create role app "
    "login; end if; end $$");
  replica_->catch_up_with(primary());
  const auto told_by = [&](const postgres_server& server, access mode) {
    store_options options;
    options.database =
      database_url::parse("postgresql://app@/" + database_ + "?host=" + server.socket_directory()).value();
    auto opened = sql_store::open(options, mode);
    if (!opened)
      throw std::runtime_error(opened.error().detail);
    return (*opened)->answer(inspect_server{}).value();
  };
  const auto above = told_by(primary(), access::reader);
  const auto below = told_by(*replica_, access::replica);
  EXPECT_EQ(above.identity, writer_->answer(inspect_server{}).value().identity);
  EXPECT_EQ(below.identity, above.identity);
  EXPECT_TRUE(below.is_replica);
  EXPECT_TRUE(above.timeline);
  EXPECT_FALSE(below.timeline);
}

/// That a new primary is another server shows also while a replica of the dead one has nobody to receive from.
TEST_F(Replica, TellsItsTimelineWhenItsPrimaryIsDead) {
  postgres_server doomed;
  const auto database = doomed.create_database();
  const postgres_server orphan{&doomed};
  orphan.catch_up_with(doomed);
  doomed.stop();
  orphan.wait_until("not exists (select from pg_stat_wal_receiver)");
  store_options options;
  options.database = orphan.location_of(database);
  const auto opened = sql_store::open(options, access::replica);
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ((*opened)->answer(inspect_server{}).value().timeline, std::optional<std::int64_t>{1});
}

TEST_F(Replica, ServersOfOtherDatabasesHaveOtherIdentities) {
  const auto own = writer_->answer(inspect_server{}).value().identity;
  database_ = primary().create_database();
  EXPECT_NE(open(primary(), access::writer)->answer(inspect_server{}).value().identity, own);
  const postgres_server another;
  another.sql("postgres", "create database " + database_);
  EXPECT_NE(open(another, access::writer)->answer(inspect_server{}).value().identity, own);
}

TEST_F(Replica, TakesNoChanges) {
  const auto batch = batch_of(who_, 1, {put_conversation{conversation_of(7)}});
  EXPECT_EQ(write_alone(*reader_, batch).error().code, errc::unavailable);
}

TEST_F(Replica, WhenPromotedAnswersNothingNewerAndOpensNoMore) {
  const auto before = write();
  replica_->catch_up_with(primary());
  EXPECT_TRUE(*reader_->has_seen(before));
  replica_->promote();
  const auto after = write();
  const auto seen = reader_->has_seen(after);
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().code, errc::unavailable);
  const auto condition = reader_->answer(inspect_server{}).value();
  EXPECT_FALSE(condition.is_replica);
  EXPECT_EQ(condition.timeline, std::optional<std::int64_t>{2});
  const auto opened = try_to_open(*replica_, access::replica);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().detail, HasSubstr("standby"));
}

/// The one that has taken over may lack what the other one had confirmed.
TEST_F(Replica, WhenItTakesOverConnectionsTellItByTheTimeline) {
  EXPECT_EQ(writer_->timeline(), 1);
  EXPECT_EQ(writer_->answer(load_user{who_})->timeline, 1);
  EXPECT_EQ(reader_->timeline(), 0) << "nothing is kept that a replica has answered";
  replica_->promote();
  const auto after = open(*replica_, access::writer);
  EXPECT_EQ(after->timeline(), 2);
  EXPECT_EQ(open(*replica_, access::reader)->timeline(), 2);
  EXPECT_EQ(after->answer(load_newer{who_, 1, 1, 2}).value(), std::nullopt);
  EXPECT_EQ(after->answer(load_newer{who_, 1, 1, 1}).value()->timeline, 2);
}

TEST_F(Replica, WhenItDiesItsConnectionIsLostAndAnotherOneServes) {
  const auto place = write();
  replica_->stop();
  EXPECT_FALSE(reader_->has_seen(place));
  EXPECT_TRUE(reader_->is_lost());
  EXPECT_FALSE(try_to_open(*replica_, access::replica));
  replica_->start();
  replica_->catch_up_with(primary());
  reader_ = open(*replica_, access::replica);
  EXPECT_TRUE(*reader_->has_seen(place));
  EXPECT_EQ(listed(), 1U);
}

TEST_F(Replica, APrimaryIsNotOpenedAsOne) {
  EXPECT_FALSE(try_to_open(primary(), access::replica));
}

}  // namespace
}  // namespace genesis::storage
