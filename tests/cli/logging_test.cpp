#include "actors/audit.hpp"
#include "cli/logging.hpp"
#include "tests/temporary_directory.hpp"
#include "tests/unread_pipe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

namespace genesis::cli {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_in(const std::filesystem::path& directory) {
  std::vector<std::string> names;
  for (const auto& each : std::filesystem::directory_iterator{directory})
    names.push_back(each.path().filename());
  std::ranges::sort(names);
  return names;
}

/// The log files that are left behind many more lines than they hold.
std::vector<std::string> files_kept(std::int64_t file_count) {
  const temporary_directory home;
  config::settings::log_settings settings;
  settings.file = home.path() / "genesis.log";
  settings.file_bytes_max = 4'096;
  settings.file_count = file_count;
  EXPECT_TRUE(start_logging(settings));
  for (int i = 0; i < 400; ++i)
    spdlog::info("a line of some hundred bytes, {:80}", i);
  EXPECT_TRUE(stop_logging());
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("after"));
  for (const auto& each : std::filesystem::directory_iterator{home.path()})
    EXPECT_LE(each.file_size(), 4'096U) << each.path();
  return names_in(home.path());
}

TEST(Logging, KeepsAsManyFilesAsItIsTold) {
  EXPECT_THAT(files_kept(3), ElementsAre("genesis.1.log", "genesis.2.log", "genesis.log"));
  EXPECT_THAT(files_kept(1), ElementsAre("genesis.log"));
}

TEST(Logging, HasTheAuditTrailWhateverTheLevel) {
  const temporary_directory home;
  config::settings::log_settings settings;
  settings.file = home.path() / "genesis.log";
  settings.level = "error";
  ASSERT_TRUE(start_logging(settings));
  spdlog::warn("a warning");
  audit("an operator did {}", "this");
  ASSERT_TRUE(stop_logging());
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("after"));
  std::ifstream file{settings.file};
  std::string line;
  ASSERT_TRUE(std::getline(file, line));
  EXPECT_TRUE(line.ends_with(" info audit: an operator did this")) << line;
  EXPECT_FALSE(std::getline(file, line)) << line;
}

/// In a process of its own: what it leaves behind writes for as long as that lives.
class LoggingDeathTest : public testing::Test {
protected:
  LoggingDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(LoggingDeathTest, EndsThoughNobodyReadsIt) {
  const auto run = [] {
    ::alarm(20);
    const unread_pipe nobody;
    ::dup2(nobody.write_end(), STDERR_FILENO);
    if (!start_logging({}))
      ::_exit(1);
    spdlog::info("nobody will ever know");
    ::_exit(stop_logging() ? 2 : 0);
  };
  EXPECT_EXIT(run(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace genesis::cli
