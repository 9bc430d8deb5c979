#include "config/describe.hpp"
#include "config/settings_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace genesis::config {
namespace {

using testing::HasSubstr;

std::string shipped_file() {
  std::ifstream stream(GENESIS_SOURCE_DIR "/config/genesis.toml", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The file with every setting in force: a `#` without a space behind it hides a setting, one with a space a comment.
std::string uncommented(const std::string& text) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);)
    out += (line.starts_with('#') && !line.starts_with("# ") && line != "#" ? line.substr(1) : line) + '\n';
  return out;
}

TEST(ExampleFile, IsTheOneThatIsShipped) {
  EXPECT_EQ(example_file(), shipped_file()) << "write example_file() to config/genesis.toml";
}

TEST(ExampleFile, MentionsEverySettingWithItsDefault) {
  const auto text = shipped_file();
  for (const auto& row : settings_table()) {
    const auto section = text.find("\n[" + std::string(row.section()) + "]\n");
    ASSERT_NE(section, std::string::npos) << row.name;
    const auto body = text.substr(section, text.find("\n[", section + 1) - section);
    EXPECT_THAT(body, HasSubstr("\n#" + std::string(row.key()) + " = " + to_toml(row.get(settings{})) + "\n"))
      << row.name;
  }
}

TEST(ExampleFile, ChangesNothingAsItIsShipped) {
  load_inputs inputs;
  inputs.file = "f";
  inputs.read = [](const auto&) -> file_text { return shipped_file(); };
  const auto result = load(inputs);
  ASSERT_TRUE(result);
  EXPECT_THAT(result->origins, testing::Each(origin{}));
}

TEST(ExampleFile, LoadsWithoutFaultWhenEverythingIsUncommented) {
  load_inputs inputs;
  inputs.file = "f";
  inputs.read = [](const auto&) -> file_text { return uncommented(shipped_file()); };
  const auto result = load(inputs);
  if (!result)
    for (const auto& each : result.error())
      ADD_FAILURE() << to_string(each);
  ASSERT_TRUE(result);
  for (std::size_t at = 0; at < settings_table().size(); ++at) {
    const auto& row = settings_table()[at];
    EXPECT_EQ(result->origins[at].from, origin::source::file) << row.name;
    EXPECT_EQ(row.get(result->values), row.get(settings{})) << row.name;
  }
}

TEST(ExampleFile, KeepsItsLinesShort) {
  std::istringstream lines(shipped_file());
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(line.size(), 110U) << line;
}

TEST(Describe, ShowsEverySettingWithItsOrigin) {
  load_inputs inputs;
  inputs.read = [](const auto&) -> file_text { return std::nullopt; };
  inputs.flags = {{"http.port", "81"}};
  inputs.environment = {{"GENESIS_LOG_LEVEL", "debug"}};
  const auto text = describe(load(inputs).value());
  EXPECT_THAT(text, testing::ContainsRegex("(^|\n)http.port = 81 +# --http.port\n"));
  EXPECT_THAT(text, testing::ContainsRegex("\nlog.level = \"debug\" +# GENESIS_LOG_LEVEL\n"));
  EXPECT_THAT(text, testing::ContainsRegex("\nmetrics.allow = \\[\"127.0.0.0/8\", \"::1/128\"\\] +# default\n"));
  for (const auto& row : settings_table())
    EXPECT_THAT(text, HasSubstr(std::string(row.name) + " = "));
}

TEST(Describe, MasksPasswords) {
  loaded effective;
  effective.origins.resize(settings_table().size());
  effective.values.storage.url = "postgresql://me:hunter2@db/x";
  const auto text = describe(effective);
  EXPECT_THAT(text, HasSubstr("postgresql://me:***@db/x"));
  EXPECT_THAT(text, testing::Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace genesis::config
