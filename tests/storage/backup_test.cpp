#include "storage/backup.hpp"
#include "tests/storage/fixtures.hpp"

#include <fstream>
#include <set>

namespace genesis::storage {
namespace {

namespace fs = std::filesystem;

class Backup : public SqlStore {
protected:
  std::size_t people_in(const fs::path& file) {
    store_options options;
    options.database = file;
    const auto opened = sql_store::open(options, access::reader);
    EXPECT_TRUE(opened) << opened.error().detail;
    return opened ? (*opened)->answer(list_users{})->items.size() : 0;
  }

  fs::path copy_ = directory_.file("copy.db");
};

TEST_F(Backup, CopiesWhatIsCommittedAlsoWhileAWriterIsThere) {
  add_person(*writer_, 1);
  add_person(*writer_, 2);
  std::int64_t told = 0;
  const auto bytes = copy_database(directory_.file(), copy_, [&](std::int64_t done, std::int64_t all) {
    EXPECT_LE(done, all);
    told = done;
  });
  ASSERT_TRUE(bytes) << bytes.error().detail;
  EXPECT_EQ(*bytes, static_cast<std::int64_t>(fs::file_size(copy_)));
  EXPECT_EQ(told, *bytes);
  EXPECT_EQ(fs::status(copy_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(copy_.string() + "-wal")) << "one file";
  add_person(*writer_, 3);
  EXPECT_EQ(people_in(copy_), 2U);
}

TEST_F(Backup, IsOfOneMomentWhateverIsWrittenMeanwhile) {
  add_person(*writer_, 1);
  for (int i = 0; i < 200; ++i)  // more than one step of pages
    writer_->database().run_script("insert into invitations values ('" + std::to_string(i) + "@x', '" +
                                   std::to_string(i) + std::string(20'000, 'x') + "', 'user', 1, 1)");
  std::uint32_t added = 1;
  const auto bytes =
    copy_database(directory_.file(), copy_, [&](std::int64_t, std::int64_t) { add_person(*writer_, ++added); });
  ASSERT_TRUE(bytes) << bytes.error().detail;
  EXPECT_GT(added, 2U) << "nothing was written meanwhile";
  EXPECT_EQ(people_in(copy_), 1U);
}

TEST_F(Backup, LeavesNothingOfCopiesThatWereCutOff) {
  const auto own = directory_.file().filename().string();
  const auto put = [&](const std::string& name) { std::ofstream{directory_.path() / (own + name)} << "x"; };
  const std::vector<std::string> unfinished{".genesis-unfinished", ".genesis-unfinished.genesis-unfinished.123",
    ".genesis-unfinished.genesis-unfinished.123-journal", ".before-5.genesis-unfinished.9.genesis-unfinished.9"};
  const std::vector<std::string> others{".before-5", ".restored", ".before-restore-20261128T080000Z", ".lock",
    "-wal.old", ".before-upgrade.genesis-unfinished.9"};
  for (const auto& each : unfinished)
    put(each);
  for (const auto& each : others)
    put(each);
  remove_unfinished_copies(directory_.file());
  for (const auto& each : unfinished)
    EXPECT_FALSE(fs::exists(directory_.path() / (own + each))) << each;
  for (const auto& each : others)
    EXPECT_TRUE(fs::exists(directory_.path() / (own + each))) << each;
  EXPECT_TRUE(fs::exists(directory_.file()));
}

TEST_F(Backup, TakesNoCopyThatLacksSomething) {
  add_person(*writer_, 1);
  ASSERT_TRUE(copy_database(directory_.file(), copy_));
  const auto expect_refusal = [&](const std::string& sql, const std::string& name) {
    const auto damaged = directory_.file("damaged.db");
    fs::copy_file(copy_, damaged, fs::copy_options::overwrite_existing);
    {
      const auto opened = connection::open({.database = database_url{damaged}});
      ASSERT_TRUE(opened) << opened.error().detail;
      (*opened)->run_script(sql);
    }
    const auto refused = restore_database(damaged, directory_.file());
    EXPECT_EQ(code_of(refused), errc::conflict);
    EXPECT_NE(refused.error().detail.find("has not what the migrations made (" + name + ")"), std::string::npos)
      << refused.error().detail;
  };
  expect_refusal("drop table nutrition_logs", "column nutrition_logs.carbs_g is missing, and 15 more");
  expect_refusal("alter table users drop column locale", "column users.locale is missing, and 1 more");
  expect_refusal("drop index idx_users_email", "index idx_users_email is missing");
  expect_refusal("drop index idx_users_email; create unique index idx_users_email on users (id)",
    "index idx_users_email is another");
  expect_refusal("drop trigger messages_search_insert", "trigger messages_search_insert is missing");
  EXPECT_EQ(people_in(directory_.file()), 1U);
}

TEST_F(Backup, LeavesNothingBehindWhenItFails) {
  EXPECT_EQ(code_of(copy_database(directory_.file("missing.db"), copy_)), errc::unavailable);
  std::ofstream{directory_.file("text.db")} << std::string(8'192, 'x');
  EXPECT_EQ(code_of(copy_database(directory_.file("text.db"), copy_)), errc::unavailable);
  EXPECT_EQ(code_of(copy_database(directory_.file(), directory_.path() / "no" / "copy.db")), errc::unavailable);
  for (const auto& entry : fs::directory_iterator(directory_.path()))
    EXPECT_FALSE(entry.path().filename().string().starts_with("copy.db")) << entry.path();
}

TEST_F(Backup, ComesBackInThePlaceOfWhatIsThereAndKeepsThat) {
  add_person(*writer_, 1);
  ASSERT_TRUE(copy_database(directory_.file(), copy_));
  add_person(*writer_, 2);
  writer_ = nullptr;
  const auto kept = restore_database(copy_, directory_.file());
  ASSERT_TRUE(kept) << kept.error().detail;
  ASSERT_TRUE(*kept);
  EXPECT_EQ(people_in(directory_.file()), 1U);
  EXPECT_EQ(people_in(**kept), 2U);
  EXPECT_EQ(people_in(copy_), 1U) << "it can be restored again";
}

TEST_F(Backup, KeepsWhatWasThereEachTimeWithinOneSecond) {
  add_person(*writer_, 1);
  ASSERT_TRUE(copy_database(directory_.file(), copy_));
  add_person(*writer_, 2);
  writer_ = nullptr;
  std::set<fs::path> kept;
  for (int i = 0; i < 5; ++i) {
    const auto restored = restore_database(copy_, directory_.file());
    ASSERT_TRUE(restored) << restored.error().detail;
    ASSERT_TRUE(*restored);
    EXPECT_TRUE(kept.insert(**restored).second) << **restored;
    EXPECT_EQ(people_in(**restored), i == 0 ? 2U : 1U);
  }
  EXPECT_EQ(people_in(directory_.file()), 1U);
}

TEST_F(Backup, SaysInPlainWordsWhatItCannotKeep) {
  ASSERT_TRUE(copy_database(directory_.file(), copy_));
  const auto place = directory_.file("directory.db");
  fs::create_directory(place);
  const auto refused = restore_database(copy_, place);
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_TRUE(refused.error().detail.starts_with(place.string())) << refused.error().detail;
  EXPECT_FALSE(refused.error().detail.contains("filesystem error")) << refused.error().detail;
}

/// After a crash the last commits are in the log alone.
TEST_F(Backup, KeepsTheLogOfADatabaseThatEndedUncleanly) {
  add_person(*writer_, 1);
  ASSERT_TRUE(copy_database(directory_.file(), copy_));
  add_person(*writer_, 2);
  const auto crashed = directory_.file("crashed.db");
  fs::copy_file(directory_.file(), crashed);
  fs::copy_file(directory_.file().string() + "-wal", crashed.string() + "-wal");
  ASSERT_GT(fs::file_size(crashed.string() + "-wal"), 0U);
  const auto kept = restore_database(copy_, crashed);
  ASSERT_TRUE(kept) << kept.error().detail;
  EXPECT_EQ(people_in(crashed), 1U);
  EXPECT_EQ(people_in(**kept), 2U);
}

TEST_F(Backup, ReplacesADatabaseThatCannotBeRead) {
  add_person(*writer_, 1);
  ASSERT_TRUE(copy_database(directory_.file(), copy_));
  const auto broken = directory_.file("broken.db");
  std::ofstream{broken} << std::string(8'192, 'x');
  std::ofstream{broken.string() + "-wal"} << "x";
  const auto kept = restore_database(copy_, broken);
  ASSERT_TRUE(kept) << kept.error().detail;
  EXPECT_EQ(people_in(broken), 1U);
  EXPECT_EQ(fs::file_size(**kept), 8'192U);
}

TEST_F(Backup, OfNothingIsNotRestored) {
  add_person(*writer_, 1);
  writer_ = nullptr;
  std::ofstream{directory_.file("empty.db")};
  EXPECT_EQ(code_of(restore_database(directory_.file("empty.db"), directory_.file())), errc::conflict);
  EXPECT_EQ(people_in(directory_.file()), 1U);
}

TEST_F(Backup, IsNotRestoredOverADatabaseThatIsInUse) {
  add_person(*writer_, 1);
  ASSERT_TRUE(copy_database(directory_.file(), copy_));
  writer_->database().run_script("begin immediate");
  EXPECT_EQ(code_of(restore_database(copy_, directory_.file())), errc::unavailable);
  writer_->database().run_script("rollback");
  add_person(*writer_, 2);
  EXPECT_EQ(people_in(directory_.file()), 2U);
}

TEST_F(Backup, OfAnotherProgramIsNotRestored) {
  add_person(*writer_, 1);
  const auto other = directory_.file("other.db");
  {
    const auto made = connection::open({.database = other, .may_create = true});
    ASSERT_TRUE(made);
    (*made)->run_script("create table notes (x text)");
  }
  writer_ = nullptr;
  const auto refused = restore_database(other, directory_.file());
  EXPECT_EQ(code_of(refused), errc::conflict);
  EXPECT_EQ(people_in(directory_.file()), 1U);
  EXPECT_FALSE(fs::exists(directory_.file().string() + std::string{unfinished_mark}));
}

}  // namespace
}  // namespace genesis::storage
