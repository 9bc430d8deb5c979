#include "auth/key_file.hpp"
#include "tests/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace genesis::auth {
namespace {

using testing::HasSubstr;

class KeyFile : public testing::Test {
protected:
  std::filesystem::path at(std::string_view name) const { return directory_.path() / name; }

  temporary_directory directory_;
};

TEST_F(KeyFile, IsReadWhileOnlyItsOwnerMay) {
  for (const mode_t mode : {0600U, 0400U})
    EXPECT_EQ(read_secret_file(directory_.write("k" + std::to_string(mode), "text", mode)), "text");
}

TEST_F(KeyFile, IsRefusedWhenOthersMayDoAnything) {
  for (mode_t bit = 1; bit <= 040; bit <<= 1) {
    const auto found = read_secret_file(directory_.write("k" + std::to_string(bit), "text", 0600 | bit));
    ASSERT_FALSE(found) << bit;
    EXPECT_EQ(found.error().code, errc::forbidden);
    EXPECT_THAT(found.error().detail, HasSubstr("chmod 600 " + at("k" + std::to_string(bit)).string()));
  }
}

TEST_F(KeyFile, NamesTheModeThatIsWrong) {
  EXPECT_THAT(read_secret_file(directory_.write("k", "text", 0644)).error().detail, HasSubstr("mode 0644"));
}

TEST_F(KeyFile, IsBounded) {
  EXPECT_TRUE(read_secret_file(directory_.write("a", std::string(16 * 1'024, 'x'), 0600)));
  EXPECT_THAT(read_secret_file(directory_.write("b", std::string(16 * 1'024 + 1, 'x'), 0600)).error().detail,
    HasSubstr("larger than 16 KiB"));
}

TEST_F(KeyFile, IsARegularFile) {
  EXPECT_EQ(read_secret_file(directory_.path()).error().code, errc::unavailable);
  ASSERT_EQ(::mkfifo(at("fifo").c_str(), 0600), 0);
  EXPECT_THAT(read_secret_file(at("fifo")).error().detail, HasSubstr("no regular file"));
}

TEST_F(KeyFile, SaysWhyItCannotBeRead) {
  const auto found = read_secret_file(at("absent"));
  EXPECT_EQ(
    found.error(), (error{errc::unavailable, at("absent").string() + ": cannot be read: No such file or directory"}));
}

TEST_F(KeyFile, IsWrittenForItsOwnerOnly) {
  const mode_t before = ::umask(0);
  EXPECT_TRUE(write_secret_file(at("k"), "text"));
  ::umask(before);
  EXPECT_EQ(mode_of(at("k")), 0600U);
  EXPECT_EQ(read_secret_file(at("k")), "text");
}

TEST_F(KeyFile, LeavesNothingElseBehind) {
  EXPECT_TRUE(write_secret_file(at("k"), "text"));
  const std::filesystem::directory_iterator entries(directory_.path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST_F(KeyFile, IsNeverReplaced) {
  EXPECT_TRUE(write_secret_file(at("k"), "first"));
  EXPECT_FALSE(write_secret_file(at("k"), "second"));
  EXPECT_EQ(read_secret_file(at("k")), "first");
}

TEST_F(KeyFile, IsWrittenOverTheDraftOfACrash) {
  directory_.write("k.new", "half of", 0600);
  EXPECT_TRUE(write_secret_file(at("k"), "text"));
  EXPECT_EQ(read_secret_file(at("k")), "text");
  EXPECT_FALSE(std::filesystem::exists(at("k.new")));
}

TEST_F(KeyFile, NeedsItsDirectory) {
  EXPECT_THAT(write_secret_file(at("absent/k"), "text").error().detail, HasSubstr("No such file or directory"));
}

TEST_F(KeyFile, HasADirectoryForItsOwnerOnly) {
  const mode_t before = ::umask(0);
  EXPECT_TRUE(make_secret_directory(at("a/b/c")));
  ::umask(before);
  for (const auto* const each : {"a", "a/b", "a/b/c"})
    EXPECT_EQ(mode_of(at(each)), 0700U) << each;
  EXPECT_TRUE(make_secret_directory(at("a/b/c"))) << "it may be there already";
}

TEST_F(KeyFile, AcceptsADirectoryThatOthersMayRead) {
  std::filesystem::create_directory(at("d"));
  ::chmod(at("d").c_str(), 0755);
  EXPECT_TRUE(make_secret_directory(at("d")));
}

TEST_F(KeyFile, RefusesADirectoryThatOthersMayWrite) {
  std::filesystem::create_directory(at("d"));
  for (const mode_t mode : {0720U, 0702U}) {
    ::chmod(at("d").c_str(), mode);
    EXPECT_EQ(make_secret_directory(at("d")).error().code, errc::forbidden);
  }
}

TEST_F(KeyFile, RefusesAFileInThePlaceOfADirectory) {
  directory_.write("f", "", 0600);
  EXPECT_FALSE(make_secret_directory(at("f")));
  EXPECT_FALSE(make_secret_directory(at("f/below")));
}

}  // namespace
}  // namespace genesis::auth
