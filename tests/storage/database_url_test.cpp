#include "storage/database_url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DatabaseUrl, NamesAFileOfSqlite) {
  EXPECT_EQ(database_url::parse("sqlite:///var/lib/genesis/g.db")->file(), "/var/lib/genesis/g.db");
  EXPECT_EQ(database_url::parse("sqlite://data/g.db")->file(), "data/g.db");
  EXPECT_EQ(database_url::parse("sqlite://data/g.db")->kind(), engine::sqlite);
  EXPECT_EQ(database_url{std::filesystem::path{"a.db"}}.text(), "a.db");
}

TEST(DatabaseUrl, NamesAPostgresqlDatabase) {
  const auto url = database_url::parse("postgresql://me:se'cr%2Fet@db.example:5433/health?sslmode=verify-full").value();
  EXPECT_EQ(url.kind(), engine::postgresql);
  EXPECT_EQ(url.text(), "postgresql://me@db.example:5433/health");
  const auto words = url.connect_string({}, {});
  EXPECT_THAT(words, HasSubstr("password='se\\'cr/et'"));
  EXPECT_THAT(words, HasSubstr("sslmode='verify-full'"));
  EXPECT_EQ(database_url::parse("postgres://me@/health?host=/run/pg&port=1")->text(),
    "postgresql://me@/health?host=/run/pg&port=1");
  EXPECT_EQ(database_url::parse("postgresql://a:1,b:2/health")->text(), "postgresql:///health?host=a,b&port=1,2");
}

TEST(DatabaseUrl, KeepsWhatItSaysOverDefaultsAndUnderWhatIsForced) {
  const auto url = database_url::parse("postgresql://db/health?connect_timeout=7&client_encoding=LATIN1").value();
  const auto words =
    url.connect_string({{"connect_timeout", "2"}, {"application_name", "it's \\ me"}}, {{"client_encoding", "UTF8"}});
  EXPECT_THAT(words, HasSubstr("connect_timeout='7'"));
  EXPECT_THAT(words, Not(HasSubstr("connect_timeout='2'")));
  EXPECT_THAT(words, HasSubstr("application_name='it\\'s \\\\ me'"));
  EXPECT_GT(words.find("client_encoding='UTF8'"), words.find("client_encoding='LATIN1'")) << "the last one holds";
}

TEST(DatabaseUrl, RefusesWhatItCannotReadAndNeverRepeatsIt) {
  for (const auto* const each :
    {"", "sqlite://", "genesis.db", "mysql://me:hush@db/x", "postgresql://", "postgresql://me:hush@db",
      "postgresql://me:hush@db/", "postgresql://me:hush@db/x?hush=1", "postgresql://me:hush%zz@db/x",
      "postgresql://[hush/x", "postgresql://me:hush/er@db:5432/x", "postgresql://me:p@hush@db/x",
      "postgresql://me@db:hush/x", "postgresql://me:12/hush@db:5432/x", "postgresql://me:/hush@db/x"}) {
    const auto refused = database_url::parse(each);
    ASSERT_FALSE(refused) << each;
    EXPECT_EQ(refused.error().code, errc::invalid_argument) << each;
    EXPECT_THAT(refused.error().detail, HasSubstr("storage.url"));
    EXPECT_THAT(refused.error().detail, Not(HasSubstr("hush")));
  }
  EXPECT_FALSE(database_url::parse(std::string_view{"postgresql://db/x\0y", 19}));
}

TEST(DatabaseUrl, RefusesTheWhiteSpaceThatWouldNotReachTheServer) {
  for (const auto* const each : {"postgresql://me:hush%20%20hush@db/x", "postgresql://me:hush%09hush@db/x",
         "postgresql://me:hush%0Ahush@db/x", "postgresql://me:hush%0D@db/x"}) {
    const auto refused = database_url::parse(each);
    ASSERT_FALSE(refused) << each;
    EXPECT_EQ(refused.error().code, errc::invalid_argument) << each;
    EXPECT_THAT(refused.error().detail, HasSubstr("PGPASSWORD"));
    EXPECT_THAT(refused.error().detail, Not(HasSubstr("hush")));
  }
  EXPECT_THAT(database_url::parse("postgresql://me:one%20two@db/x")->connect_string({}, {}), HasSubstr("'one two'"));
}

}  // namespace
}  // namespace genesis::storage
