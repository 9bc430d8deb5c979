#include "cli/cache_command.hpp"
#include "cli/chat_command.hpp"
#include "cli/command.hpp"
#include "cli/config_command.hpp"
#include "cli/database_command.hpp"
#include "cli/keys_command.hpp"
#include "cli/local_server.hpp"
#include "cli/top_command.hpp"
#include "cli/user_command.hpp"
#include "cli/version_command.hpp"
#include "tests/temporary_directory.hpp"

#include <CLI/App.hpp>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace genesis::cli {
namespace {

class Command : public testing::Test {
protected:
  int run(std::vector<std::string> arguments, std::vector<config::named_text> environment = {}) {
    out_.str({});
    err_.str({});
    const console with{in_, out_, err_, false, {}};
    return run_commands({add_cache_command, add_chat_command, add_config_command, add_database_command,
                          add_keys_command, add_top_command, add_user_command, add_version_command},
      arguments, std::move(environment), with);
  }
  [[nodiscard]] std::string directory_flag() const { return "--data.directory=" + directory_.path().string(); }
  [[nodiscard]] bool said(std::string_view words) const { return out_.str().find(words) != std::string::npos; }
  [[nodiscard]] bool complained(std::string_view words) const { return err_.str().find(words) != std::string::npos; }

  temporary_directory directory_;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(Command, HelpsWithoutArguments) {
  EXPECT_EQ(run({}), success_status);
  for (const auto* words : {"chat", "config", "version", "Exit status"})
    EXPECT_TRUE(said(words)) << words;
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Command, HelpsWithEachCommand) {
  EXPECT_EQ(run({"chat", "--help"}), success_status);
  for (const auto* words :
    {"--url", "--email", "--register", "--new", "--agent", "--login", "--wait", "--config", "GENESIS_CHAT_PASSWORD"})
    EXPECT_TRUE(said(words)) << words;
  EXPECT_EQ(run({"config", "-h"}), success_status);
  EXPECT_TRUE(said("--http.port=8080"));
}

TEST_F(Command, HelpsWithEachVerbToNameTheInstallation) {
  for (const auto& verb : std::vector<std::vector<std::string>>{{"user", "add"}, {"user", "list"}, {"db", "copy"},
         {"db", "statements"}, {"keys", "list"}, {"cache", "purge"}}) {
    EXPECT_EQ(run({verb[0], verb[1], "--help"}), success_status);
    EXPECT_TRUE(said("--config, --profile and every setting may be given here too, like --data.directory="))
      << out_.str();
  }
  run({"db", "copy", "--help"});
  EXPECT_TRUE(said("The old one stays as it is.\n\n--config")) << out_.str();
}

TEST_F(Command, PrintsItsVersion) {
  EXPECT_EQ(run({"version"}), success_status);
  EXPECT_EQ(out_.str(), "genesis " GENESIS_VERSION "\n");
  EXPECT_EQ(run({"--version"}), success_status);
  EXPECT_EQ(out_.str(), "genesis " GENESIS_VERSION "\n");
}

TEST_F(Command, NamesWhatIsNotExpectedInTheOrderInWhichItWasGiven) {
  EXPECT_EQ(run({"version", "-p", "9000"}), usage_status);
  EXPECT_TRUE(err_.str().contains("not expected here: -p 9000")) << err_.str();
}

TEST_F(Command, RefusesWhatItDoesNotKnow) {
  for (const auto& line : std::vector<std::vector<std::string>>{{"sing"}, {"version", "--loud"}, {"chat", "hello"},
         {"version", "config"}, {"chat", "--wait=soon"}, {"chat", "--wait", "-1"}, {"chat", "--email"},
         {"chat", "--email", "--new"}, {"version", "--http.port=0"}, {"--http.port=0"}, {"config", "--http.port"}}) {
    EXPECT_EQ(run(line), usage_status) << testing::PrintToString(line);
    EXPECT_TRUE(complained("genesis: ")) << testing::PrintToString(line);
    EXPECT_TRUE(complained("--help'")) << testing::PrintToString(line);
    EXPECT_EQ(out_.str(), "") << testing::PrintToString(line);
  }
}

TEST_F(Command, NamesTheCommandThatIsNone) {
  EXPECT_EQ(run({"user", "bogus"}), usage_status);
  EXPECT_TRUE(complained("'bogus' is no command of user: add, ")) << err_.str();
  EXPECT_EQ(run({"user"}), usage_status);
  EXPECT_TRUE(complained("user needs a command: add, ")) << err_.str();
  EXPECT_EQ(run({"chat", "--agent", "bob"}), usage_status);
  EXPECT_TRUE(complained("bob")) << err_.str();
  EXPECT_TRUE(complained("sage")) << err_.str();
  for (const auto& line :
    std::vector<std::vector<std::string>>{{"bogus", "--help"}, {"--help", "bogus"}, {"user", "bogus", "-h"}}) {
    EXPECT_EQ(run(line), usage_status) << testing::PrintToString(line);
    EXPECT_TRUE(complained("'bogus' is no command of ")) << err_.str();
    EXPECT_EQ(out_.str(), "");
  }
}

TEST_F(Command, RefusesSettingsThatItHasNoUseFor) {
  for (const std::string command : {"chat", "top"}) {
    EXPECT_EQ(run({command, directory_flag(), "--http.threads=9"}), usage_status);
    EXPECT_TRUE(complained("--http.threads would have no effect here; of the settings " + command +
                           " uses data.directory, http.address, http.port"))
      << err_.str();
    EXPECT_EQ(run({command, "--url=http://127.0.0.1:1", directory_flag()}), usage_status);
    EXPECT_TRUE(complained("--data.directory would have no effect: --url says already where the server is"))
      << err_.str();
  }
}

TEST_F(Command, LooksForNoServerWhereItsDataDirectoryIsNot) {
  const auto nowhere = directory_.path() / "nowhere";
  for (const auto* command : {"top", "chat"}) {
    EXPECT_EQ(run({command, "--data.directory=" + nowhere.string()}, {}), failure_status);
    EXPECT_TRUE(complained("there is no data directory " + nowhere.string())) << err_.str();
  }
  EXPECT_FALSE(std::filesystem::exists(nowhere));
}

TEST_F(Command, SaysThatTheServerItWaitedForIsAway) {
  const auto login = (directory_.path() / "login.json").string();
  EXPECT_EQ(run({"chat", "--url=http://127.0.0.1:1", "--wait=1", "--login", login}), failure_status);
  EXPECT_TRUE(complained("Cannot reach the server at http://127.0.0.1:1")) << err_.str();
}

TEST_F(Command, SaysWhatHelpsWhereTheNameOfTheServerIsNotKnown) {
  const auto url = "--url=https://" + std::string(64, 'x');  // longer than any label: nobody is asked for it
  const auto login = "--login=" + (directory_.path() / "login.json").string();
  const std::string words = " Say where it is with --address, or name another one with --url.";
  EXPECT_EQ(run({"top", url}), failure_status);
  EXPECT_TRUE(complained(words)) << err_.str();
  EXPECT_EQ(run({"chat", url, login, "--wait=1"}), failure_status);
  EXPECT_TRUE(complained(words)) << err_.str();
}

TEST_F(Command, ShowsSettingsWithTheirOrigin) {
  std::ofstream{directory_.path() / "genesis.toml"} << "[log]\nlevel = \"debug\"\n";
  EXPECT_EQ(run({"config", directory_flag(), "--http.port=0"}, {{"GENESIS_HTTP_THREADS", "3"}}), success_status);
  for (const auto* words :
    {"port = 0", "--http.port", "threads = 3", "GENESIS_HTTP_THREADS", "level = \"debug\"", "genesis.toml:2"})
    EXPECT_TRUE(said(words)) << words << "\n" << out_.str();
}

TEST_F(Command, MasksSecrets) {
  EXPECT_EQ(run({"config", directory_flag(), "--storage.url=sqlite://me:hush@place/a.db"}), success_status);
  EXPECT_TRUE(said("place/a.db"));
  EXPECT_FALSE(said("hush"));
  EXPECT_EQ(run({"config", directory_flag(), "--storage.url=oracle://me:hush@place/a"}), usage_status);
  EXPECT_FALSE(complained("hush"));
}

TEST_F(Command, RefusesDatabasesThatNobodyUnderstandsAsItRefusesOtherSettings) {
  const std::string good = "postgresql://me:hush@place/a";
  EXPECT_EQ(run({"config", directory_flag(), "--storage.url=" + good}), success_status) << err_.str();
  EXPECT_EQ(run({"config", directory_flag(), "--storage.url=" + good + "?hush=1"}), usage_status);
  EXPECT_TRUE(complained("--storage.url: storage.url must be a URL")) << err_.str();
  EXPECT_FALSE(complained("hush")) << err_.str();
  const auto replicas = "--storage.replicas=" + good + "," + good + "?weight=2&hush=1";
  EXPECT_EQ(run({"config", directory_flag(), "--storage.url=" + good, replicas}), usage_status);
  EXPECT_TRUE(complained("storage.replicas has an entry, number 2, which must be a URL")) << err_.str();
  EXPECT_FALSE(complained("hush")) << err_.str();
}

TEST_F(Command, PrintsAnExampleFileThatItAccepts) {
  ASSERT_EQ(run({"config", "--example"}), success_status);
  const auto file = directory_.path() / "example.toml";
  std::ofstream{file} << out_.str();
  EXPECT_EQ(run({"config", directory_flag(), "--config", file.string()}), success_status) << err_.str();
}

TEST_F(Command, SaysInPlainWordsWhatACallOnFilesFailedAt) {
  const add_command add = [](CLI::App& program, invocation& asked) {
    program.add_subcommand("break", "")->callback([&asked] {
      asked.action = [] { return std::filesystem::file_size("/nowhere/at all") == 0 ? success_status : usage_status; };
    });
  };
  const console with{in_, out_, err_, false, {}};
  EXPECT_EQ(run_commands({add}, {"break"}, {}, with), failure_status);
  EXPECT_EQ(err_.str(), "genesis: /nowhere/at all: No such file or directory\n");
}

TEST_F(Command, NamesEveryFaultySetting) {
  EXPECT_EQ(run({"config", directory_flag(), "--http.port=x", "--http.prot=1"}), usage_status);
  EXPECT_TRUE(complained("http.port"));
  EXPECT_TRUE(complained("http.prot"));
}

TEST_F(Command, EndsWithOneStatusForAFaultySettingWhereverItStands) {
  EXPECT_EQ(run({"config", directory_flag()}, {{"GENESIS_HTTP_PORT", "x"}}), usage_status);
  EXPECT_TRUE(complained("GENESIS_HTTP_PORT"));
  EXPECT_EQ(run({"config", directory_flag(), "--config", (directory_.path() / "none.toml").string()}), usage_status);
  EXPECT_TRUE(complained("none.toml"));
  directory_.write("genesis.toml", "[http]\nport = 'x'\n");
  EXPECT_EQ(run({"config", directory_flag()}), usage_status);
  EXPECT_TRUE(complained("genesis.toml:2"));
}

TEST_F(Command, WarnsOfVariablesThatSetNothing) {
  EXPECT_EQ(run({"config", directory_flag()}, {{"GENESIS_HTTP_PROT", "1"}}), success_status);
  EXPECT_TRUE(complained("warning"));
}

TEST_F(Command, RefusesAUrlThatIsNone) {
  EXPECT_EQ(run({"chat", "--url=coach", "--login", (directory_.path() / "login.json").string()}), usage_status);
  EXPECT_TRUE(complained("coach"));
}

TEST_F(Command, SaysThatTheServerIsAway) {
  // Port 1 of loopback: nothing listens there.
  std::ofstream{directory_.path() / "http.port"} << "1\n";
  const auto login = directory_.path() / "login.json";
  std::ofstream{login} << R"({"server":"http://127.0.0.1:1","email":"a@b.c","refresh_token":"t"})";
  std::filesystem::permissions(login, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(run({"chat", directory_flag(), "--login", login.string()}), failure_status);
  EXPECT_TRUE(complained("Cannot reach the server at http://127.0.0.1:1")) << err_.str();
}

config::loaded loaded_with(std::vector<config::named_text> flags) {
  config::load_inputs inputs;
  inputs.flags = std::move(flags);
  inputs.read = [](const auto&) { return config::file_text{}; };
  return config::load(inputs).value();
}

TEST(LocalServer, IsWhereItsPortFileSays) {
  const temporary_directory directory;
  config::settings settings;
  settings.data.directory = directory.path();
  EXPECT_EQ(chosen_port(settings), std::nullopt);
  for (const auto* text : {"", "\n", "0\n", "65536\n", "80x\n", "-1\n"}) {
    std::ofstream{directory.path() / "http.port"} << text;
    EXPECT_EQ(chosen_port(settings), std::nullopt) << text;
  }
  std::ofstream{directory.path() / "http.port"} << "43211\n";
  EXPECT_EQ(chosen_port(settings), "43211");
}

TEST(LocalServer, IsReachedTheWayThatItHasLeftBehind) {
  const temporary_directory directory;
  config::settings settings;
  settings.data.directory = directory.path();
  directory.write("http.url", "https://coach.example:8443\n127.0.0.1\n");
  EXPECT_EQ(way_to_running(settings), std::nullopt) << "none runs without http.port";
  directory.write("http.port", "8443\n");
  const local_way secured{"https://coach.example:8443", "127.0.0.1"};
  EXPECT_EQ(way_to_running(settings), secured);
  EXPECT_EQ(expected_way(loaded_with({{"data.directory", directory.path().string()}})).value(), secured);
  EXPECT_EQ(to_string(secured), "https://coach.example:8443\n127.0.0.1\n");

  const local_way plain{"http://10.0.0.7:8443", {}};
  directory.write("http.url", to_string(plain));
  EXPECT_EQ(way_to_running(settings), plain);
  for (const auto* text : {"", "\n", "coach.example\n"}) {
    directory.write("http.url", text);
    EXPECT_EQ(way_to_running(settings), (local_way{"http://127.0.0.1:8443", {}})) << text;
  }
}

TEST(LocalServer, IsWhereTheCommandLineSays) {
  using flag = config::named_text;
  const temporary_directory directory;
  const flag here{"data.directory", directory.path().string()};
  const auto way = [](auto... flags) { return expected_way(loaded_with({flags...})).value(); };
  EXPECT_EQ(way(here), (local_way{"http://127.0.0.1:8080", {}}));
  EXPECT_EQ(way(here, flag{"http.port", "9000"}), (local_way{"http://127.0.0.1:9000", {}}));
  directory.write("http.port", "8443\n");
  directory.write("http.url", "https://coach.example:8443\n127.0.0.1\n");
  const local_way running{"https://coach.example:8443", "127.0.0.1"};
  EXPECT_EQ(way(here), running);
  EXPECT_EQ(way(here, flag{"http.port", "8443"}), running) << "the same one";
  EXPECT_EQ(way(here, flag{"http.port", "0"}), running) << "which names none";
  EXPECT_EQ(way(here, flag{"http.port", "9000"}), (local_way{"http://127.0.0.1:9000", {}}));
  EXPECT_EQ(way(here, flag{"http.address", "10.0.0.7"}), (local_way{"http://10.0.0.7:8443", {}}));
}

TEST(LocalServer, IsNotLookedForOnWhatIsNoDataDirectory) {
  const temporary_directory directory;
  directory.write("file", "");
  const auto detail = [&](const char* name) {
    const auto found = expected_way(loaded_with({{"data.directory", (directory.path() / name).string()}}));
    return found ? std::string{} : found.error().detail;
  };
  EXPECT_THAT(detail("file"), testing::HasSubstr("file is no data directory"));
  EXPECT_THAT(detail("missing"), testing::HasSubstr("there is no data directory"));
}

TEST(LocalServer, IsReachedThroughLoopbackWhenItListensEverywhere) {
  config::settings settings;
  EXPECT_EQ(local_url(settings, "8080"), "http://127.0.0.1:8080");
  settings.http.address = {"0.0.0.0"};
  EXPECT_EQ(local_url(settings, "8080"), "http://127.0.0.1:8080");
  settings.http.address = {"::"};
  EXPECT_EQ(local_url(settings, "8080"), "http://[::1]:8080");
  settings.http.address = {"10.0.0.7", "::1"};
  EXPECT_EQ(local_url(settings, "8080"), "http://10.0.0.7:8080");
}

}  // namespace
}  // namespace genesis::cli
