#include "tests/storage/fixtures.hpp"

#include <gmock/gmock.h>

#include <array>

namespace genesis::storage {
namespace {

using ::testing::HasSubstr;

/// A connection that holds the write lock until it goes.
class lock_holder {
public:
  explicit lock_holder(const std::filesystem::path& file) {
    database_ = std::move(*connection::open({.database = file}));
    database_->run_script("begin immediate");
  }

private:
  std::unique_ptr<connection> database_;
};

write_batch long_note(const user_id& who, std::int64_t version, std::uint32_t number) {
  auto record = record_of(number, number);
  record.note = std::string(60'000, 'n');
  return batch_of(who, version, {put_progress{record}});
}

class GroupCommit : public SqlStore {
protected:
  std::int64_t database_bytes() {
    auto& database = writer_->database();
    return std::stoll(database.ask("pragma page_count")[0][0]) * std::stoll(database.ask("pragma page_size")[0][0]);
  }
};

TEST_F(GroupCommit, WritesManyPeopleInOneTransaction) {
  std::vector<write_batch> batches;
  for (std::uint32_t i = 1; i <= 50; ++i) {
    const auto who = add_person(*writer_, i);
    batches.push_back(batch_of(who, 1, {put_conversation{conversation_of(i)}}));
  }
  std::vector<const write_batch*> group;
  for (const auto& each : batches)
    group.push_back(&each);
  const auto log_before = std::filesystem::file_size(directory_.file("genesis.db-wal"));

  const auto written = writer_->write(group);

  for (const auto& each : written)
    EXPECT_EQ(each->version, 2);
  // Fifty commits of their own would have written the shared pages fifty times.
  EXPECT_LT(std::filesystem::file_size(directory_.file("genesis.db-wal")) - log_before, 50u * 3 * 4'096);
}

TEST_F(GroupCommit, AnEmptyGroupIsWrittenAtOnce) {
  EXPECT_TRUE(writer_->write(std::span<const write_batch* const>{}).empty());
}

TEST_F(GroupCommit, AFullDiskFailsTheWholeGroupAndNothingOfItStays) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  const auto cid = add_person(*writer_, 3);
  const auto database_bytes_max = database_bytes() + 40'000;
  ASSERT_TRUE(writer_->set_max_bytes(database_bytes_max));
  const auto fits = batch_of(ann, 1, {put_password{"changed"}});
  const auto too_big = long_note(bob, 1, 1);
  const auto behind = batch_of(cid, 1, {put_password{"changed"}});
  const std::array<const write_batch*, 3> group{&fits, &too_big, &behind};

  const auto refused = writer_->write(group);

  EXPECT_EQ(code_of(refused[1]), errc::unavailable);
  EXPECT_TRUE(refused[1].error().detail.starts_with(
    "the database's file has reached storage.max_bytes (" + std::to_string(database_bytes_max) + "), or the disk"))
    << refused[1].error().detail;
  EXPECT_FALSE(writer_->database().is_in_transaction());
  const auto is_written = [&](const user_id& who) { return writer_->answer(load_user{who})->version == 2; };
  EXPECT_EQ(refused[0].has_value(), is_written(ann));
  EXPECT_EQ(refused[2].has_value(), is_written(cid));
  EXPECT_FALSE(is_written(bob));

  ASSERT_TRUE(writer_->set_max_bytes(0));
  EXPECT_TRUE(write_alone(*writer_, too_big));
  EXPECT_TRUE(is_written(bob));
}

TEST_F(GroupCommit, ATransactionThatIsRolledBackUnderneathFailsEveryBatch) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  // The trigger stands for a fault after which SQLite rolls back by itself, finished savepoints included.
  writer_->database().run_script(
    "create temp trigger fault after insert on main.progress_records begin select raise(rollback, 'fault'); end");
  const auto good = batch_of(ann, 1, {put_password{"changed"}});
  const auto faulty = long_note(bob, 1, 1);
  const auto behind = batch_of(ann, 2, {put_password{"changed again"}});
  const std::array<const write_batch*, 3> group{&good, &faulty, &behind};

  for (const auto& each : writer_->write(group))
    EXPECT_EQ(code_of(each), errc::unavailable);

  EXPECT_EQ(writer_->answer(load_user{ann})->version, 1);
  EXPECT_EQ(writer_->answer(find_credentials_of{ann})->password_hash, "hash1");
  EXPECT_TRUE(write_alone(*writer_, good));
}

TEST_F(GroupCommit, AStatementBeyondItsTimeOutIsStoppedAndNothingIsWritten) {
  const auto who = add_person(*writer_, 1);
  store_options options;
  options.database = directory_.file();
  options.statement_timeout = std::chrono::milliseconds{1};
  const auto hurried = std::move(*sql_store::open(options, access::writer));
  hurried->database().run_script(
    "create temp trigger slow after insert on main.progress_records begin select count(*) from (with recursive "
    "n(i) as (select 1 union all select i + 1 from n where i < 100000000) select i from n); end");

  const auto written = write_alone(*hurried, batch_of(who, 1, {put_progress{record_of(1, 1)}}));

  EXPECT_EQ(code_of(written), errc::unavailable);
  EXPECT_THAT(written.error().detail, HasSubstr("time-out"));
  EXPECT_FALSE(hurried->database().is_in_transaction());
  EXPECT_EQ(hurried->answer(load_user{who})->version, 1);
}

TEST_F(GroupCommit, ARemovedFileIsNoticedBeforeTheCommit) {
  const auto who = add_person(*writer_, 1);
  std::filesystem::remove(directory_.file());
  const auto written = write_alone(*writer_, batch_of(who, 1, {put_password{"lost"}}));
  EXPECT_EQ(code_of(written), errc::unavailable);
  EXPECT_THAT(written.error().detail, HasSubstr("removed or replaced"));
  EXPECT_EQ(code_of(writer_->answer(load_user{who, 1, true})), errc::unavailable);
  EXPECT_EQ(code_of(writer_->write(append_run_chunks{})), errc::unavailable);
}

TEST_F(GroupCommit, ARemovedLogIsNoticedBeforeTheCommit) {
  const auto who = add_person(*writer_, 1);
  const auto reader = open(access::reader);
  EXPECT_TRUE(*reader->answer(check_database{}));
  std::filesystem::remove(directory_.file("genesis.db-wal"));
  const auto written = write_alone(*writer_, batch_of(who, 1, {put_password{"lost in a crash"}}));
  EXPECT_EQ(code_of(written), errc::unavailable);
  EXPECT_THAT(written.error().detail, HasSubstr("removed or replaced"));
  EXPECT_EQ(code_of(reader->answer(check_database{})), errc::unavailable);
}

/// What another program does that opens the file: it makes an index of its own, and neither sees the other's locks.
TEST_F(GroupCommit, ARemovedIndexIsNoticedBeforeTheCommit) {
  const auto who = add_person(*writer_, 1);
  const auto reader = open(access::reader);
  std::filesystem::remove(directory_.file("genesis.db-shm"));
  const auto written = write_alone(*writer_, batch_of(who, 1, {put_password{"another's"}}));
  EXPECT_EQ(code_of(written), errc::unavailable);
  EXPECT_THAT(written.error().detail, HasSubstr("removed or replaced"));
  EXPECT_EQ(code_of(reader->answer(check_database{})), errc::unavailable);
}

TEST_F(GroupCommit, AnIndexThatComesBackIsNotTrustedAnyMore) {
  const auto who = add_person(*writer_, 1);
  const auto index = directory_.file("genesis.db-shm");
  std::filesystem::rename(index, directory_.file("aside"));
  EXPECT_EQ(code_of(writer_->answer(check_database{})), errc::unavailable);
  std::filesystem::rename(directory_.file("aside"), index);
  EXPECT_EQ(code_of(writer_->answer(check_database{})), errc::unavailable) << "somebody may have come in between";
  EXPECT_EQ(code_of(write_alone(*writer_, batch_of(who, 1, {put_password{"lost"}}))), errc::unavailable);
}

TEST_F(GroupCommit, AnIndexThatGoesWithTheFileComesBackWithIt) {
  const auto who = add_person(*writer_, 1);
  const std::array names{"genesis.db", "genesis.db-shm", "genesis.db-wal"};
  for (const auto* name : names)
    std::filesystem::rename(directory_.file(name), directory_.file(name).string() + ".aside");
  EXPECT_EQ(code_of(writer_->answer(check_database{})), errc::unavailable);
  for (const auto* name : names)
    std::filesystem::rename(directory_.file(name).string() + ".aside", directory_.file(name));
  EXPECT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_password{"kept"}})));
}

TEST_F(GroupCommit, WithoutItsIndexTheLogIsLeftAlone) {
  const auto who = add_person(*writer_, 1);
  auto reader = open(access::reader);
  const auto log = directory_.file("genesis.db-wal");
  const auto main_before = std::filesystem::file_size(directory_.file());
  const auto log_before = std::filesystem::file_size(log);
  ASSERT_GT(log_before, 0U);
  std::filesystem::remove(directory_.file("genesis.db-shm"));
  writer_.reset();
  reader.reset();
  EXPECT_EQ(std::filesystem::file_size(directory_.file()), main_before);
  EXPECT_EQ(std::filesystem::file_size(log), log_before) << "closing has moved nothing";
  EXPECT_EQ(open(access::reader)->answer(load_user{who})->version, 1) << "which is found by the next start";
}

/// Takes the database's file away when a commit has run.
class thief : public statement_observer {
public:
  explicit thief(std::filesystem::path file) : file_(std::move(file)) {}
  void on_statement(const statement_run& run) noexcept override {
    std::error_code ignored;
    if (run.id == statement_id::commit)
      std::filesystem::remove(file_, ignored);
  }

private:
  std::filesystem::path file_;
};

TEST_F(GroupCommit, AFileThatGoesDuringTheCommitLeavesItsOutcomeUnknown) {
  const auto who = add_person(*writer_, 1);
  thief observer{directory_.file()};
  store_options options;
  options.database = directory_.file();
  options.observer = &observer;
  const auto robbed = std::move(*sql_store::open(options, access::writer));
  EXPECT_EQ(code_of(write_alone(*robbed, batch_of(who, 1, {put_password{"lost"}}))), errc::outcome_unknown);
  EXPECT_EQ(code_of(write_alone(*robbed, batch_of(who, 1, {put_password{"lost"}}))), errc::unavailable);
}

TEST_F(GroupCommit, AReplacedFileIsNoticedBeforeTheCommit) {
  const auto who = add_person(*writer_, 1);
  ASSERT_TRUE(migrate(directory_.file("other.db")));
  std::filesystem::rename(directory_.file("other.db"), directory_.file());
  EXPECT_EQ(code_of(write_alone(*writer_, batch_of(who, 1, {put_password{"lost"}}))), errc::unavailable);
}

TEST_F(GroupCommit, AnotherWritersLockMakesItUnavailable) {
  const auto who = add_person(*writer_, 1);
  const auto batch = batch_of(who, 1, {put_password{"x"}});
  {
    const lock_holder lock(directory_.file());
    EXPECT_EQ(code_of(write_alone(*writer_, batch)), errc::unavailable);
    EXPECT_EQ(code_of(writer_->answer(load_user{who, 1, true})), errc::unavailable);
    EXPECT_EQ(code_of(writer_->write(append_run_chunks{})), errc::unavailable);
    EXPECT_EQ(writer_->answer(load_user{who})->version, 1) << "reading waits for no writer";
  }
  EXPECT_TRUE(write_alone(*writer_, batch));
}

TEST_F(GroupCommit, ABatchThatIsRefusedLeavesNoTraceOfItsEarlierMutations) {
  const auto who = add_person(*writer_, 1);
  const auto written = write_alone(*writer_,
    batch_of(who, 1, {put_conversation{conversation_of(1)}, put_message{message_of(1, id_of<conversation_id>(9), 1)}}));
  EXPECT_EQ(code_of(written), errc::conflict);
  EXPECT_EQ(code_of(writer_->answer(find_conversation{who, id_of<conversation_id>(1)})), errc::not_found);
  EXPECT_EQ(writer_->answer(load_user{who})->version, 1);
}

/// Writes so many notes of 15 pages, forty a transaction.
void write_long_notes(store& target, const user_id& who, std::int64_t& version, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; i += 40) {
    std::vector<mutation> notes;
    for (std::uint32_t j = 0; j < 40; ++j)
      notes.push_back(long_note(who, version, static_cast<std::uint32_t>(version) * 100 + j).mutations.front());
    ASSERT_TRUE(write_alone(target, batch_of(who, version, std::move(notes))));
    ++version;
  }
}

TEST_F(GroupCommit, LeavesTheLogToWhatFollowsTheAnswers) {
  const auto who = add_person(*writer_, 1);
  std::int64_t version = 1;
  writer_->settle();
  const auto empty = std::filesystem::file_size(directory_.file());
  write_long_notes(*writer_, who, version, 160);
  writer_->settle();
  EXPECT_EQ(std::filesystem::file_size(directory_.file()), empty) << "too few pages to be worth it";
  write_long_notes(*writer_, who, version, 160);
  EXPECT_EQ(std::filesystem::file_size(directory_.file()), empty) << "no write waits for it";
  writer_->settle();
  EXPECT_GT(std::filesystem::file_size(directory_.file()), empty + 320 * 60'000);
}

TEST_F(GroupCommit, EmptiesTheLogByItselfWhenNobodyElseDoes) {
  const auto who = add_person(*writer_, 1);
  std::int64_t version = 1;
  write_long_notes(*writer_, who, version, 3'000);
  EXPECT_LT(std::filesystem::file_size(directory_.file("genesis.db-wal")), 18'000 * 4'120);
}

TEST_F(GroupCommit, TriesAgainToEmptyALogThatIsBeingRead) {
  const auto who = add_person(*writer_, 1);
  std::int64_t version = 1;
  const auto reader = open(access::reader);
  reader->database().run_script("begin; select count(*) from users");
  const auto empty = std::filesystem::file_size(directory_.file());
  write_long_notes(*writer_, who, version, 320);
  writer_->settle();
  EXPECT_EQ(std::filesystem::file_size(directory_.file()), empty) << "the reader sees the file as it was";
  reader->database().run_script("commit");
  writer_->settle();
  EXPECT_EQ(std::filesystem::file_size(directory_.file()), empty) << "not at every opportunity";
  write_long_notes(*writer_, who, version, 80);
  writer_->settle();
  EXPECT_GT(std::filesystem::file_size(directory_.file()), empty + 320 * 60'000);
}

TEST_F(GroupCommit, TakesSavepointsOnlyBehindABatchThatLeftSomethingToUndo) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  savepoint_counter seen;
  const auto store = open(access::writer, &seen);
  const auto version_of = [&](const user_id& who) { return store->answer(load_user{who})->version; };
  const auto fits = batch_of(ann, 1, {put_password{"changed"}});
  const auto stale = batch_of(bob, 7, {put_password{"stale"}});
  const auto fenced = store->write(std::array{&stale, &fits});
  EXPECT_EQ(code_of(fenced[0]), errc::fenced);
  EXPECT_TRUE(fenced[1]);
  EXPECT_EQ(seen.count, 0);

  const auto fits_too = batch_of(ann, 2, {put_password{"changed again"}});
  const auto misfit =
    batch_of(bob, 1, {put_conversation{conversation_of(2)}, put_message{message_of(1, id_of<conversation_id>(9), 1)}});
  const auto written = store->write(std::array{&fits_too, &misfit});
  EXPECT_TRUE(written[0]);
  EXPECT_EQ(code_of(written[1]), errc::conflict);
  EXPECT_EQ(version_of(ann), 3) << "written once";
  EXPECT_EQ(version_of(bob), 1);
  EXPECT_EQ(code_of(store->answer(find_conversation{bob, id_of<conversation_id>(2)})), errc::not_found);
  EXPECT_EQ(seen.count, 2);

  // Who sends misfits for ever makes few groups be written twice.
  int groups = 0;
  for (int before = -1; before != seen.count && groups < 100; ++groups) {
    before = seen.count;
    EXPECT_TRUE(write_alone(*store, batch_of(ann, version_of(ann), {put_password{"x"}})));
  }
  EXPECT_EQ(groups, 16) << "fifteen with savepoints, and one without";
}

TEST_F(GroupCommit, ARefusedBatchThatIsAloneIsWrittenOnce) {
  const auto who = add_person(*writer_, 1);
  savepoint_counter seen;
  const auto store = open(access::writer, &seen);
  EXPECT_EQ(code_of(write_alone(*store, batch_of(who, 1, {put_message{message_of(1, id_of<conversation_id>(9), 1)}}))),
    errc::conflict);
  EXPECT_TRUE(write_alone(*store, batch_of(who, 1, {put_password{"x"}})));
  EXPECT_EQ(seen.count, 0);
}

TEST_F(GroupCommit, RefusesToTakeOverARowOfSomebodyElse) {
  const auto [ann, talk] = add_person_with_conversation(1);
  const auto bob = add_person(*writer_, 2);
  EXPECT_EQ(code_of(write_alone(*writer_, batch_of(bob, 1, {put_conversation{conversation_of(1)}}))), errc::conflict);
  EXPECT_TRUE(writer_->answer(find_conversation{ann, talk}));
}

TEST_F(GroupCommit, ErrorsNeverShowWhatWasWritten) {
  const auto [who, talk] = add_person_with_conversation(1);
  auto first = message_of(1, talk, 1);
  auto second = message_of(2, talk, 1);
  second.content = "my secret pain";
  const auto written = write_alone(*writer_, batch_of(who, 2, {put_message{first}, put_message{second}}));
  EXPECT_EQ(code_of(written), errc::conflict);
  EXPECT_THAT(written.error().detail, ::testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace genesis::storage
