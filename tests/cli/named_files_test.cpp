#include "cli/logging.hpp"
#include "cli/named_files.hpp"
#include "tests/self_signed.hpp"
#include "tests/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <unistd.h>

namespace genesis::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NamedFiles : public ::testing::Test {
protected:
  NamedFiles() {
    settings.data.directory = home.path() / "data" / "deep";
    settings.log.file = home.path() / "genesis.log";
    settings.http.tls_certificate = home.path() / "certificate.pem";
    settings.http.tls_key = home.path() / "key.pem";
    self_signed::make("a.test").write(settings.http.tls_certificate, settings.http.tls_key);
  }

  [[nodiscard]] std::vector<std::string> faulty() const {
    std::vector<std::string> names;
    for (const auto& each : faults_of_named_files(settings))
      names.push_back(each.name);
    return names;
  }

  temporary_directory home;
  config::settings settings;
};

TEST_F(NamedFiles, MayBeMadeLater) {
  EXPECT_THAT(faulty(), IsEmpty());
  settings.log.file = settings.data.directory / "genesis.log";
  EXPECT_THAT(faulty(), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(home.path() / "data")) << "they are only looked at";
}

TEST_F(NamedFiles, OfTheLogNeedADirectory) {
  settings.log.file = home.path() / "logs" / "genesis.log";
  EXPECT_THAT(faulty(), ElementsAre("log.file"));
  EXPECT_THAT(faults_of_named_files(settings).back().message,
    HasSubstr("there is no directory " + (home.path() / "logs").string() + ";"));
  EXPECT_FALSE(std::filesystem::exists(home.path() / "logs"));
}

TEST_F(NamedFiles, OfTheLogAreTheirOwnersAloneAlsoWhenAnotherIsBegun) {
  settings.log = {.file = home.path() / "genesis.log", .file_bytes_max = 200, .file_count = 3, .access = false};
  ASSERT_TRUE(start_logging(settings.log));
  for (int i = 0; i < 20; ++i)
    spdlog::info("a line that fills a file");
  EXPECT_TRUE(stop_logging());
  log_warnings_only();  // for whoever comes next in this process
  for (const auto* name : {"genesis.log", "genesis.1.log", "genesis.2.log"})
    EXPECT_EQ(mode_of(home.path() / name), 0600U) << name;
}

TEST_F(NamedFiles, AreAllLookedAt) {
  std::ofstream{home.path() / "data"} << "a file";
  std::filesystem::create_directories(settings.log.file);
  std::filesystem::remove(settings.http.tls_certificate);
  std::filesystem::remove(settings.http.tls_key);
  EXPECT_THAT(faulty(), ElementsAre("http.tls_certificate", "http.tls_key", "data.directory", "log.file"));
  EXPECT_THAT(faults_of_named_files(settings).back().message, HasSubstr("genesis.log is a directory"));
}

TEST_F(NamedFiles, MustBeWritableForTheServer) {
  if (::geteuid() == 0)
    GTEST_SKIP() << "root may write everywhere";
  std::filesystem::permissions(home.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_THAT(faulty(), ElementsAre("data.directory", "log.file"));
  std::filesystem::permissions(home.path(), std::filesystem::perms::owner_all);
}

TEST_F(NamedFiles, OfACertificateComeInPairs) {
  settings.http.tls_key.clear();
  settings.http.tls_certificate = "/nowhere";
  EXPECT_THAT(faulty(), IsEmpty()) << "a key that is missing is another fault";
}

}  // namespace
}  // namespace genesis::cli
