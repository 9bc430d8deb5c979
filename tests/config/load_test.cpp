#include "config/limits.hpp"
#include "config/load.hpp"
#include "config/settings_table.hpp"
#include "tests/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

namespace genesis::config {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using faults = std::vector<setting_fault>;

/// Files that exist only in memory.
class Load : public testing::Test {
protected:
  Load() {
    inputs_.read = [this](const std::filesystem::path& file) -> file_text {
      asked_.push_back(file.string());
      const auto found = files_.find(file.string());
      if (found == files_.end())
        return std::nullopt;
      return found->second;
    };
  }

  loaded good() {
    auto result = load(inputs_);
    if (result)
      return *std::move(result);
    for (const auto& each : result.error())
      ADD_FAILURE() << to_string(each);
    return {};
  }

  faults bad() {
    auto result = load(inputs_);
    EXPECT_FALSE(result) << "nothing was refused";
    return result ? faults{} : std::move(result).error();
  }

  static origin origin_in(const loaded& result, std::string_view name) {
    return result.origins.at(static_cast<std::size_t>(find_setting(name) - settings_table().data()));
  }

  load_inputs inputs_;
  std::map<std::string, std::string> files_;
  std::vector<std::string> asked_;
};

TEST_F(Load, GivesDefaultsWithoutAnySource) {
  const auto result = good();
  for (const auto& each : settings_table())
    EXPECT_EQ(each.get(result.values), each.get(settings{})) << each.name;
  EXPECT_THAT(result.origins, testing::Each(origin{}));
  EXPECT_EQ(result.origins.size(), settings_table().size());
  EXPECT_THAT(result.warnings, IsEmpty());
  EXPECT_EQ(result.file, std::nullopt);
}

TEST_F(Load, TakesDefaultsFromItsProfile) {
  inputs_.profile = "development";
  inputs_.flags = {{"storage.echo_pool", "on"}};
  const auto result = good();
  EXPECT_EQ(result.values.storage.pool_size, 5);
  EXPECT_TRUE(result.values.storage.echo);
  EXPECT_EQ(result.values.storage.echo_pool, pool_echo::on);
  EXPECT_EQ(origin_in(result, "storage.pool_size"), (origin{origin::source::built_in, "profile development"}));
  inputs_.profile = "bogus";
  EXPECT_THAT(bad(), Contains(setting_fault{"--profile", "", "must be production or development"}));
}

TEST_F(Load, PrefersFlagsToEnvironmentToFile) {
  files_["f.toml"] = "[http]\nport = 1\nthreads = 2\nheartbeat = '3s'\n";
  inputs_.file = "f.toml";
  inputs_.environment = {{"GENESIS_HTTP_PORT", "11"}, {"GENESIS_HTTP_THREADS", "12"}};
  inputs_.flags = {{"http.port", "21"}};
  const auto result = good();
  EXPECT_EQ(result.values.http.port, 21);
  EXPECT_EQ(result.values.http.threads, 12);
  EXPECT_EQ(result.values.http.heartbeat, 3s);
  EXPECT_EQ(origin_in(result, "http.port"), (origin{origin::source::flag, "--http.port"}));
  EXPECT_EQ(origin_in(result, "http.threads"), (origin{origin::source::environment, "GENESIS_HTTP_THREADS"}));
  EXPECT_EQ(origin_in(result, "http.heartbeat"), (origin{origin::source::file, "f.toml:4"}));
  EXPECT_EQ(origin_in(result, "http.idle_timeout"), (origin{origin::source::built_in, "default"}));
}

TEST_F(Load, ReadsListsByCommaFromFlagsAndEnvironment) {
  inputs_.environment = {{"GENESIS_METRICS_ALLOW", ""}};
  inputs_.flags = {{"http.address", "127.0.0.1,::1"}};
  const auto result = good();
  EXPECT_THAT(result.values.http.address, ElementsAre("127.0.0.1", "::1"));
  EXPECT_THAT(result.values.metrics.allow, IsEmpty());
}

TEST_F(Load, NamesEveryFaultOfEverySourceAtOnce) {
  files_["f.toml"] = "[http]\nport = 70000\nprot = 1\naddress = ['nowhere']\n[log]\nlevel = 'loud'\n";
  inputs_.file = "f.toml";
  inputs_.environment = {{"GENESIS_HTTP_THREADS", "many"}, {"GENESIS_STORAGE_URL", "mysql://x"}};
  inputs_.flags = {{"server.grace", "soon"}, {"what.ever", "1"}};
  EXPECT_EQ(bad(),
    (faults{{"f.toml:2", "http.port", "must be between 0 and 65535"},
      {"f.toml:3", "http.prot", "is not a setting; did you mean http.port?"},
      {"f.toml:4", "http.address", "has the entry \"nowhere\", which must be an IPv4 or IPv6 address in numbers"},
      {"f.toml:6", "log.level", "must be trace, debug, info, warn, error, critical or off"},
      {"GENESIS_HTTP_THREADS", "http.threads", "must be an integer"},
      {"--server.grace", "server.grace", "must be a duration such as 500ms, 15s, 10m, 1h or 30d"},
      {"--what.ever", "what.ever", "is not a setting"},
      {"GENESIS_STORAGE_URL", "storage.url", "must begin with sqlite:// or postgresql://"}}));
}

TEST_F(Load, RefusesAFaultyValueThatIsOverridden) {
  inputs_.environment = {{"GENESIS_HTTP_PORT", "-1"}};
  inputs_.flags = {{"http.port", "80"}};
  EXPECT_EQ(bad(), (faults{{"GENESIS_HTTP_PORT", "http.port", "must be between 0 and 65535"}}));
}

TEST_F(Load, RefusesAFlagThatIsGivenTwice) {
  inputs_.flags = {{"http.port", "80"}, {"http.port", "81"}};
  EXPECT_EQ(bad(), (faults{{"--http.port", "http.port", "is given twice"}}));
}

TEST_F(Load, RefusesAnEmptyNumber) {
  inputs_.flags = {{"http.port", ""}};
  EXPECT_EQ(bad(), (faults{{"--http.port", "http.port", "must be an integer"}}));
}

TEST_F(Load, WarnsOfAPasswordThatOthersCanRead) {
  inputs_.environment = {{"GENESIS_STORAGE_URL", "postgresql://me:hush@host/a"}};
  EXPECT_THAT(good().warnings, IsEmpty());
  inputs_.flags = {{"storage.url", "postgresql://me@host/a"}};
  EXPECT_THAT(good().warnings, IsEmpty());
  inputs_.flags = {{"storage.url", "postgresql://me:hush@host/a"}};
  EXPECT_THAT(good().warnings,
    ElementsAre("--storage.url holds a password, which every user of the machine can read: set GENESIS_STORAGE_URL in "
                "the environment, or use a file"));
}

TEST_F(Load, WarnsOfUnknownVariables) {
  inputs_.environment = {{"GENESIS_HTTP_PROT", "1"}, {"GENESIS_", ""}, {"HOME", "/"}, {"GENESISX", ""}};
  EXPECT_THAT(good().warnings,
    ElementsAre("GENESIS_HTTP_PROT is not a setting and has no effect; did you mean GENESIS_HTTP_PORT?",
      "GENESIS_ is not a setting and has no effect"));
}

// The file

TEST_F(Load, RequiresAFileThatIsNamed) {
  inputs_.file = "absent.toml";
  EXPECT_EQ(bad(), (faults{{"absent.toml", "", "does not exist"}}));
}

TEST_F(Load, LooksIntoTheDataDirectoryWhenNoFileIsNamed) {
  files_["data/genesis.toml"] = "[http]\nport = 9\n";
  const auto result = good();
  EXPECT_EQ(result.values.http.port, 9);
  EXPECT_EQ(result.file, "data/genesis.toml");
}

TEST_F(Load, TakesTheDataDirectoryFromFlagsOverEnvironment) {
  inputs_.environment = {{"GENESIS_DATA_DIRECTORY", "/env"}};
  EXPECT_EQ(good().file, std::nullopt);
  inputs_.flags = {{"data.directory", "/flag"}};
  EXPECT_EQ(good().file, std::nullopt);
  EXPECT_THAT(asked_, ElementsAre("/env/genesis.toml", "/flag/genesis.toml"));
}

TEST_F(Load, DoesNotLookIntoTheDataDirectoryWhenAFileIsNamed) {
  files_["f.toml"] = "[data]\ndirectory = '/elsewhere'\n";
  inputs_.file = "f.toml";
  EXPECT_EQ(good().values.data.directory, "/elsewhere");
  EXPECT_THAT(asked_, ElementsAre("f.toml"));
}

TEST_F(Load, RefusesAFileInTheDataDirectoryThatLeadsAwayFromIt) {
  files_["data/genesis.toml"] = "[data]\ndirectory = '/elsewhere'\n";
  const auto found = bad();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where, "data/genesis.toml:2");
  EXPECT_EQ(found[0].name, "data.directory");
  EXPECT_THAT(found[0].message, HasSubstr("--config"));
}

TEST_F(Load, AcceptsAFileInTheDataDirectoryThatNamesIt) {
  files_["data/genesis.toml"] = "[data]\ndirectory = './data/'\n";
  EXPECT_EQ(good().values.data.directory, "./data/");
}

TEST_F(Load, ReportsAFileThatCannotBeRead) {
  inputs_.read = [](const auto&) -> file_text { return std::unexpected("cannot be read: no luck"); };
  inputs_.flags = {{"http.port", "x"}};
  EXPECT_EQ(bad(),
    (faults{{"data/genesis.toml", "", "cannot be read: no luck"}, {"--http.port", "http.port", "must be an integer"}}));
}

TEST_F(Load, ReportsSyntaxErrorsBesideFaultsOfOtherSources) {
  files_["f.toml"] = "[http]\nport = \n";
  inputs_.file = "f.toml";
  inputs_.flags = {{"http.port", "x"}};
  const auto found = bad();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].where, "f.toml:2");
  EXPECT_EQ(found[1].where, "--http.port");
}

// Rules between settings

TEST_F(Load, LetsAWriteWaitForOthersNoLongerThanItIsWaitedFor) {
  inputs_.flags = {{"storage.batch_wait", "1499ms"}, {"storage.statement_timeout", "2s"}};
  good();
  inputs_.flags = {{"storage.batch_wait", "1500ms"}, {"storage.statement_timeout", "2s"}};
  ASSERT_EQ(bad().size(), 1U);
  EXPECT_EQ(bad().front().name, "storage.batch_wait");
}

TEST_F(Load, KeepsTheChainOfDeadlines) {
  inputs_.flags = {{"storage.statement_timeout", "3999ms"}, {"http.request_timeout", "8001ms"}};
  good();
  inputs_.flags = {{"storage.statement_timeout", "4s"}, {"http.request_timeout", "8s"}};
  EXPECT_EQ(bad(),
    (faults{{"--storage.statement_timeout", "storage.statement_timeout",
              "breaks the rule that storage.statement_timeout is shorter than 4s, after which nobody waits for storage "
              "any more"},
      {"--http.request_timeout", "http.request_timeout",
        "breaks the rule that http.request_timeout is longer than 8s, the deadline of the work behind it"}}));
}

TEST_F(Load, BlamesTheSettingThatWasChanged) {
  inputs_.environment = {{"GENESIS_STORAGE_STATEMENT_TIMEOUT", "500ms"}};
  const auto found = bad();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].where, "GENESIS_STORAGE_STATEMENT_TIMEOUT");
  EXPECT_EQ(found[0].name, "storage.statement_timeout");
  EXPECT_THAT(found[0].message, HasSubstr("storage.busy_timeout is not longer than storage.statement_timeout"));
}

TEST_F(Load, ChecksTheOtherRelations) {
  const std::vector<std::vector<named_text>> accepted{
    {{"http.drain_delay", "5s"}, {"server.grace", "5s"}},
    {{"auth.access_token_lifetime", "9s"}, {"auth.refresh_token_lifetime", "10s"}},
    {{"runs.reader_merge_bytes", "4096"}, {"runs.reader_drop_bytes", "4096"}},
    {{"storage.busy_timeout", "1s"}, {"storage.statement_timeout", "1s"}},
  };
  const std::vector<std::vector<named_text>> refused{
    {{"http.drain_delay", "5001ms"}, {"server.grace", "5s"}},
    {{"auth.access_token_lifetime", "10s"}, {"auth.refresh_token_lifetime", "10s"}},
    {{"runs.reader_merge_bytes", "4097"}, {"runs.reader_drop_bytes", "4096"}},
    {{"storage.busy_timeout", "1001ms"}, {"storage.statement_timeout", "1s"}},
  };
  for (const auto& flags : accepted) {
    inputs_.flags = flags;
    good();
  }
  for (const auto& flags : refused) {
    inputs_.flags = flags;
    const auto found = bad();
    ASSERT_EQ(found.size(), 1U) << flags[0].name;
    EXPECT_EQ(found[0].name, flags[0].name);
  }
}

TEST_F(Load, DoesNotCompareAValueThatWasRefused) {
  inputs_.flags = {{"storage.busy_timeout", "x"}, {"storage.statement_timeout", "500ms"}};
  const auto found = bad();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "storage.busy_timeout");
}

TEST(SettingFault, IsOneLine) {
  EXPECT_EQ(to_string({"f:2", "http.port", "must be an integer"}), "f:2: http.port must be an integer");
  EXPECT_EQ(to_string({"f", "", "does not exist"}), "f: does not exist");
}

// Reading from disk

class SettingsFile : public testing::Test {
protected:
  std::filesystem::path write(const std::string& text) { return directory_.write("genesis.toml", text); }

  temporary_directory directory_;
};

TEST_F(SettingsFile, IsReadWhole) {
  EXPECT_EQ(read_settings_file(write("[http]\nport = 1\n")), "[http]\nport = 1\n");
}

TEST_F(SettingsFile, MayBeEmpty) {
  EXPECT_EQ(read_settings_file(write("")), "");
}

TEST_F(SettingsFile, MayBeAbsent) {
  EXPECT_EQ(read_settings_file(directory_.path() / "absent"), std::nullopt);
}

TEST_F(SettingsFile, IsNoDirectory) {
  EXPECT_EQ(read_settings_file(directory_.path()), std::unexpected<std::string>("is a directory"));
}

TEST_F(SettingsFile, HasABound) {
  EXPECT_TRUE(read_settings_file(write(std::string(settings_file_bytes_max, '#'))));
  EXPECT_EQ(read_settings_file(write(std::string(settings_file_bytes_max + 1, '#'))),
    std::unexpected<std::string>("is larger than 1048576 bytes"));
}

TEST_F(SettingsFile, SaysWhyItCannotBeRead) {
  const auto loop = directory_.path() / "loop";
  std::filesystem::create_symlink(loop, loop);
  EXPECT_EQ(
    read_settings_file(loop), std::unexpected<std::string>("cannot be read: Too many levels of symbolic links"));
  EXPECT_EQ(read_settings_file(directory_.path() / std::string(300, 'x')),
    std::unexpected<std::string>("cannot be read: File name too long"));
}

TEST(ProcessEnvironment, HoldsOurVariables) {
  ::setenv("GENESIS_TEST_VARIABLE", "a=b", 1);
  EXPECT_THAT(process_environment(), Contains(named_text{"GENESIS_TEST_VARIABLE", "a=b"}));
  ::unsetenv("GENESIS_TEST_VARIABLE");
}

TEST_F(Load, NamesWhatIsWrongWithFilesTogetherWithEverythingElse) {
  inputs_.flags = {{"http.port", "70000"}, {"log.file", "/nowhere/log"}};
  inputs_.inspect = [](const settings& all) {
    EXPECT_EQ(all.http.port, settings{}.http.port) << "a value that was refused is not there";
    return faults{{"", "log.file", "is not usable"}, {"", "http.port", "is taken"}};
  };
  const auto found = bad();
  EXPECT_THAT(found, Contains(setting_fault{"--log.file", "log.file", "is not usable"}));
  EXPECT_THAT(found, Contains(testing::Field(&setting_fault::where, "--http.port")));
  EXPECT_THAT(found, testing::Not(Contains(setting_fault{"--http.port", "http.port", "is taken"})));
}

TEST_F(Load, TakesSecretsFromTheEnvironmentAndFilesButNoFlags) {
  inputs_.environment = {{"GENESIS_CACHE_REDIS_PASSWORD", "hunter2"}};
  EXPECT_EQ(good().values.cache.redis_password, "hunter2");
  inputs_.environment = {};
  files_["data/genesis.toml"] = "[cache]\nredis_password = \"hunter2\"\n";
  EXPECT_EQ(good().values.cache.redis_password, "hunter2");
  inputs_.flags = {{"cache.redis_password", "hunter2"}};
  const auto found = bad();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("GENESIS_CACHE_REDIS_PASSWORD"));
  EXPECT_FALSE(to_string(found[0]).contains("hunter2"));
}

}  // namespace
}  // namespace genesis::config
