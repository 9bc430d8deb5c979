#include "config/settings_table.hpp"
#include "config/toml_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace genesis::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;
using list = std::vector<std::string>;

setting_value only_value(std::string_view text) {
  const auto contents = read_toml(text, "f");
  EXPECT_THAT(contents.faults, IsEmpty()) << text;
  EXPECT_EQ(contents.values.size(), 1U) << text;
  return contents.values.at(0).value;
}

setting_fault only_fault(std::string_view text) {
  const auto contents = read_toml(text, "f");
  EXPECT_EQ(contents.faults.size(), 1U) << text;
  return contents.faults.empty() ? setting_fault{} : contents.faults[0];
}

TEST(TomlFile, ReadsEveryKind) {
  EXPECT_EQ(only_value("[http]\nport = 80"), setting_value(std::int64_t{80}));
  EXPECT_EQ(only_value("[http]\naddress = ['::1', '0.0.0.0']"), setting_value(list{"::1", "0.0.0.0"}));
  EXPECT_EQ(only_value("[http]\naddress = []"), setting_value(list{}));
  EXPECT_EQ(only_value("[log]\naccess = false"), setting_value(false));
  EXPECT_EQ(only_value("[log]\nlevel = 'debug'"), setting_value(std::string("debug")));
  EXPECT_EQ(only_value("[server]\ngrace = '500ms'"), setting_value(500ms));
}

TEST(TomlFile, TakesABareIntegerForSeconds) {
  EXPECT_EQ(only_value("[server]\ngrace = 20"), setting_value(20'000ms));
}

TEST(TomlFile, ReadsDottedKeysAndInlineSections) {
  EXPECT_EQ(only_value("http.port = 80"), setting_value(std::int64_t{80}));
  EXPECT_EQ(only_value("http = { port = 80 }"), setting_value(std::int64_t{80}));
}

TEST(TomlFile, SaysWhereEachValueStands) {
  const auto contents = read_toml("# head\n\n[http]\n\nport = 80\n", "a.toml");
  ASSERT_EQ(contents.values.size(), 1U);
  EXPECT_EQ(contents.values[0].where, "a.toml:5");
  EXPECT_EQ(contents.values[0].row, find_setting("http.port"));
}

TEST(TomlFile, ReadsNothingFromAnEmptyFile) {
  EXPECT_THAT(read_toml("", "f").values, IsEmpty());
  EXPECT_THAT(read_toml("[http]\n[storage]\n", "f").faults, IsEmpty());
}

TEST(TomlFile, RefusesOtherTypesThanTheSettings) {
  EXPECT_EQ(only_fault("[http]\nport = 80.0"), (setting_fault{"f:2", "http.port", "must be an integer"}));
  EXPECT_EQ(only_fault("[http]\nport = true"), (setting_fault{"f:2", "http.port", "must be an integer"}));
  EXPECT_EQ(only_fault("[http]\nport = '80'"), (setting_fault{"f:2", "http.port", "must be an integer"}));
  EXPECT_EQ(only_fault("[http.port]\nx = 1"), (setting_fault{"f:1", "http.port", "must be an integer"}));
  EXPECT_EQ(only_fault("[log]\naccess = 1"), (setting_fault{"f:2", "log.access", "must be true or false"}));
  EXPECT_EQ(only_fault("[log]\nlevel = 1"), (setting_fault{"f:2", "log.level", "must be a string"}));
  EXPECT_EQ(only_fault("[http]\naddress = '::1'"), (setting_fault{"f:2", "http.address", "must be a list of strings"}));
  EXPECT_EQ(
    only_fault("[http]\naddress = ['::1', 1]"), (setting_fault{"f:2", "http.address", "must be a list of strings"}));
}

TEST(TomlFile, RefusesDurationsItCannotRead) {
  for (const std::string_view value : {"'1 s'", "-1", "1.5", "true", "10:00:00", "9223372036854775807"})
    EXPECT_EQ(only_fault("[server]\ngrace = " + std::string(value)).message,
      "must be a duration such as 500ms, 15s, 10m, 1h or 30d")
      << value;
}

TEST(TomlFile, NamesUnknownSectionsAndKeysWithTheirLines) {
  EXPECT_EQ(read_toml("[htp]\nport = 1\n[http]\nprot = 2\nport = 3\n", "f").faults,
    (std::vector<setting_fault>{{"f:1", "htp", "is not a setting; did you mean [http]?"},
      {"f:4", "http.prot", "is not a setting; did you mean http.port?"}}));
  EXPECT_EQ(only_fault("[storge]\nurl = ''").message, "is not a setting; did you mean [storage]?");
  EXPECT_EQ(only_fault("port = 1"), (setting_fault{"f:1", "port", "is not a setting"}));
  EXPECT_EQ(only_fault("\nwhat.ever.x = 1"), (setting_fault{"f:2", "what", "is not a setting"}));
}

TEST(TomlFile, RefusesAValueWhereASectionBelongs) {
  EXPECT_EQ(only_fault("http = 5"), (setting_fault{"f:1", "http", "must be a section, [http]"}));
  EXPECT_EQ(only_fault("[[http]]\nport = 1"), (setting_fault{"f:1", "http", "must be a section, [http]"}));
}

TEST(TomlFile, ReportsASyntaxErrorWithItsLineAndNothingElse) {
  const auto contents = read_toml("[http]\nport = 80\nbogus\n[what]\n", "f");
  EXPECT_THAT(contents.values, IsEmpty());
  ASSERT_EQ(contents.faults.size(), 1U);
  EXPECT_EQ(contents.faults[0].where, "f:3");
  EXPECT_EQ(contents.faults[0].name, "");
  EXPECT_THAT(contents.faults[0].message, StartsWith("is not TOML: "));
}

TEST(TomlFile, RefusesAKeyThatIsGivenTwice) {
  EXPECT_THAT(only_fault("[http]\nport = 1\nport = 2\n").message, StartsWith("is not TOML: "));
}

TEST(TomlFile, SurvivesHostileText) {
  EXPECT_EQ(read_toml("a = " + std::string(10'000, '['), "f").faults.size(), 1U);
  EXPECT_EQ(read_toml("a = \"\xff\xfe\"", "f").faults.size(), 1U);
  EXPECT_EQ(read_toml(std::string_view("\0\0", 2), "f").faults.size(), 1U);
}

}  // namespace
}  // namespace genesis::config
