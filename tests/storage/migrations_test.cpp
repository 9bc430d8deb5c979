#include "storage/migrations.hpp"
#include "tests/storage/fixtures.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr migration first{1, "0001_first", "create table a (x integer); insert into a values (1);"};
constexpr migration second{2, "0002_second", "create table b (y integer);"};
constexpr migration broken{2, "0002_broken", "create table b (y integer); insert into nowhere values (1);"};

class Migrations : public ::testing::Test {
protected:
  template <class... Steps>
  result<migration_report> apply(const Steps&... steps) {
    const std::array<migration, sizeof...(steps)> all{steps...};
    return migrate(directory_.file(), {.migrations = all});
  }
  std::string count_of(const std::filesystem::path& file, const std::string& table) {
    const auto database = connection::open({.database = file});
    return (*database)->ask("select count(*) from " + table)[0][0];
  }

  database_directory directory_;
};

TEST(EmbeddedMigrations, AreNumberedWithoutGaps) {
  std::int64_t number = 0;
  for (const auto& each : embedded_migrations()) {
    EXPECT_EQ(each.number, ++number);
    EXPECT_EQ(std::stoll(std::string{each.name.substr(0, 4)}), number);
    EXPECT_FALSE(each.sql.empty());
  }
  EXPECT_GE(number, 1);
}

/// A database that applied a migration refuses a program whose text of it differs. What changes the schema is a new
/// file.
TEST(EmbeddedMigrations, NeverChange) {
  const auto checksum_named = [](std::string_view name, engine kind = engine::sqlite) {
    const auto found = std::ranges::find(embedded_migrations(), name, &migration::name);
    return found == embedded_migrations().end() ? std::string{} : checksum_of(*found, kind);
  };
  EXPECT_EQ(checksum_named("0001_initial"), "a482459676eec0e6f23aab6afbd2258328c04cd2ad13470d3b1506ca472156d1");
  EXPECT_EQ(checksum_named("0002_api_keys"), "d4d6fdc0b2ce5ba860b59bd2f2956aef614eeda9b2fbc6237209de6631e18553");
  EXPECT_EQ(checksum_named("0003_invitations"), "ef2fa8006fc0d6e05e6013e13ad2fcb0e75acaf807e80429048aacdd7425e121");
  EXPECT_EQ(checksum_named("0004_plans"), "cb08eb95f3d2a0d0404e6ab525a7f2b9ad1f20622f65b13dd0d2423cf91232f9");
  EXPECT_EQ(checksum_named("0005_message_search"), "aa499607584bec661bfd899bb8bb534c3d6077c692ff689dc97ca1ca724266fe");
  EXPECT_EQ(checksum_named("0005_message_search", engine::postgresql),
    "bcc706a669389f9eefb090048aa045c07a6d8360c3362089c3e21b8ec3c01ff3");
  EXPECT_EQ(
    checksum_named("0006_message_search_queue"), "f55518632e38f1079750c6b24a90cade5919e29d191fc0dbd4887326a9e9e7fd");
  EXPECT_EQ(checksum_named("0006_message_search_queue", engine::postgresql),
    "2d1afee99619fa375af27b86649725046321139cc3b1f4a2f6b122ea02a8f995");
  EXPECT_EQ(checksum_named("0007_message_search_by_person"),
    "80c15595e443228d588b3926f0ccecd2e3c9ce66c9100ee2d2ab95c38b265fa4");
  EXPECT_EQ(checksum_named("0007_message_search_by_person", engine::postgresql),
    "68965710b7e2e56312d0f30d0579ac956e7c735bc19ab86186992b4e73c1c010");
}

TEST(Checksum, IsTheSha256OfTheText) {
  EXPECT_EQ(checksum_of({1, "x", "abc"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(Migrations, MakeANewDatabaseOnce) {
  const auto made = migrate(directory_.file());
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->applied.front(), "0001_initial");
  EXPECT_EQ(made->backup, std::nullopt) << "there was nothing to copy";
  EXPECT_THAT(migrate(directory_.file())->applied, IsEmpty());
  EXPECT_THAT(*pending_migrations(directory_.file()), IsEmpty());
}

TEST_F(Migrations, AreKnownBeforeThereIsAFile) {
  EXPECT_EQ(pending_migrations(directory_.file())->size(), embedded_migrations().size());
  EXPECT_FALSE(std::filesystem::exists(directory_.file()));
}

TEST_F(Migrations, CopyAnExistingDatabaseFirst) {
  ASSERT_TRUE(apply(first));

  const auto report = apply(first, second);

  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_THAT(report->applied, ElementsAre("0002_second"));
  ASSERT_EQ(report->backup, directory_.file("genesis.db.before-2"));
  EXPECT_EQ(count_of(*report->backup, "a"), "1");
  EXPECT_EQ(count_of(*report->backup, "sqlite_master where name = 'b'"), "0");
  EXPECT_EQ(count_of(directory_.file(), "b"), "0");
  EXPECT_EQ(std::filesystem::status(*report->backup).permissions(),
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  for (const auto& entry : std::filesystem::directory_iterator(directory_.path()))
    EXPECT_THAT(entry.path().string(), ::testing::Not(HasSubstr("before-2."))) << "a partial copy was left behind";
}

TEST_F(Migrations, RefuseAChangedOne) {
  ASSERT_TRUE(apply(first));
  const auto refused = apply(migration{1, "0001_first", "create table a (x text)"});
  EXPECT_EQ(code_of(refused), errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("0001_first was changed"));
}

TEST_F(Migrations, RefuseARenamedOne) {
  ASSERT_TRUE(apply(first));
  EXPECT_EQ(code_of(apply(migration{1, "0001_other", first.sql})), errc::conflict);
}

TEST_F(Migrations, RefuseAMissingOne) {
  ASSERT_TRUE(apply(first, second));
  const auto refused = apply(second);
  EXPECT_EQ(code_of(refused), errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("0001_first"));
}

TEST_F(Migrations, RefuseANewerDatabase) {
  ASSERT_TRUE(apply(first, second));
  const auto refused = apply(first);
  EXPECT_EQ(code_of(refused), errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("newer than the program"));
  EXPECT_THAT(refused.error().detail, HasSubstr("0002_second"));
}

TEST_F(Migrations, RefuseToFillAGap) {
  ASSERT_TRUE(apply(second));
  const auto refused = apply(first, second);
  EXPECT_EQ(code_of(refused), errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("0001_first"));
}

TEST_F(Migrations, RefuseTheDatabaseOfAnotherProgram) {
  {
    const auto foreign = connection::open({.database = directory_.file(), .may_create = true});
    (*foreign)->run_script("create table their_things (x integer)");
  }
  const auto refused = migrate(directory_.file());
  EXPECT_EQ(code_of(refused), errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("another program"));
}

TEST_F(Migrations, OnlyReportWhenTheyAreNotAllowed) {
  const std::array all{first, second};
  const auto refusal = [&] { return migrate(directory_.file(), {.allow = false, .migrations = all}).error(); };
  EXPECT_EQ(refusal().code, errc::conflict);
  EXPECT_THAT(refusal().detail, HasSubstr(": the database is empty; run 'genesis migrate'"));
  EXPECT_FALSE(std::filesystem::exists(directory_.file()));
  ASSERT_TRUE(apply(first));
  EXPECT_THAT(refusal().detail, HasSubstr("migration 0002_second has not been applied; run 'genesis migrate'"));
  ASSERT_TRUE(apply(first, second));
  EXPECT_TRUE(migrate(directory_.file(), {.allow = false, .migrations = all}));
}

TEST_F(Migrations, AFailingOneIsUndoneAndNamed) {
  ASSERT_TRUE(apply(first));
  const auto failed = apply(first, broken);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().detail, HasSubstr("0002_broken"));
  EXPECT_EQ(count_of(directory_.file(), "sqlite_master where name = 'b'"), "0");
  EXPECT_THAT(apply(first, second)->applied, ElementsAre("0002_second"));
}

}  // namespace
}  // namespace genesis::storage
