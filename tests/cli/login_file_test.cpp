#include "cli/login_file.hpp"
#include "tests/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace genesis::cli {
namespace {

const saved_login somebody{
  "https://coach.test:8443", "ada@example.org", "secret-token", "0190a0b0", {"127.0.0.1", "/etc/coach.pem"}};

class LoginFile : public testing::Test {
protected:
  [[nodiscard]] std::filesystem::path at(std::string_view name) const { return directory_.path() / name; }

  static unsigned mode_of(const std::filesystem::path& path) {
    struct stat facts{};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0) << path;
    return facts.st_mode & 0777U;
  }

  void write(std::string_view name, std::string_view text, unsigned mode = 0600) const {
    std::ofstream{at(name)} << text;
    ASSERT_EQ(::chmod(at(name).c_str(), mode), 0);
  }

private:
  temporary_directory directory_;
};

TEST_F(LoginFile, GivesBackWhatWasSaved) {
  const login_file file{at("login.json")};
  ASSERT_TRUE(file.save(somebody));
  EXPECT_EQ(file.load().value(), somebody);
}

TEST_F(LoginFile, GivesBackWhatWasSavedWithoutAWay) {
  write("login.json", R"({"server":"http://a","email":"b@c.d","refresh_token":"t","conversation_id":"e"})");
  EXPECT_EQ(login_file{at("login.json")}.load().value(), (saved_login{"http://a", "b@c.d", "t", "e"}));
}

TEST_F(LoginFile, HoldsNothingBeforeTheFirstLogin) {
  EXPECT_EQ(login_file{at("login.json")}.load().value(), std::optional<saved_login>{});
}

TEST_F(LoginFile, IsReadableByItsOwnerOnlyUnderEveryUmask) {
  const auto before = ::umask(0);
  const login_file file{at("state/genesis/login.json")};
  const auto saved = file.save(somebody);
  const auto locked = file.acquire();
  ::umask(before);
  ASSERT_TRUE(saved);
  ASSERT_TRUE(locked);
  EXPECT_EQ(mode_of(file.path()), 0600U);
  EXPECT_EQ(mode_of(at("state/genesis/login.json.lock")), 0600U);
  EXPECT_EQ(mode_of(at("state/genesis")), 0700U);
}

TEST_F(LoginFile, ReplacesTheWholeFileAndLeavesNoDraft) {
  const login_file file{at("login.json")};
  ASSERT_TRUE(file.save(somebody));
  const saved_login next{somebody.server, somebody.email, "n", ""};
  ASSERT_TRUE(file.save(next));
  EXPECT_EQ(file.load().value(), next);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{file.path().parent_path()}, {}), 1);
}

TEST_F(LoginFile, RefusesAFileThatOthersMayRead) {
  const login_file file{at("login.json")};
  ASSERT_TRUE(file.save(somebody));
  ASSERT_EQ(::chmod(file.path().c_str(), 0640), 0);
  const auto loaded = file.load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, errc::forbidden);
  EXPECT_NE(loaded.error().detail.find("chmod 600"), std::string::npos);
}

TEST_F(LoginFile, RefusesWhatIsNoLogin) {
  for (const auto& text : {std::string{}, std::string{"{}"}, std::string{"[1]"}, std::string{R"({"refresh_token":7})"},
         R"({"refresh_token":"t"})" + std::string(64 * 1024, ' ')}) {
    write("login.json", text);
    const auto loaded = login_file{at("login.json")}.load();
    ASSERT_FALSE(loaded) << text.substr(0, 40);
    EXPECT_EQ(loaded.error().code, errc::invalid_argument);
  }
}

TEST_F(LoginFile, SaysWhereItCannotWrite) {
  write("file", "");
  const auto saved = login_file{at("file/login.json")}.save(somebody);
  ASSERT_FALSE(saved);
  EXPECT_NE(saved.error().detail.find(at("file/login.json").string()), std::string::npos);
}

TEST_F(LoginFile, IsLockedUntilTheLockIsLetGo) {
  const login_file file{at("login.json")};
  const auto lock_path = at("login.json.lock");
  {
    const auto held = file.acquire();
    ASSERT_TRUE(held);
    const int other = ::open(lock_path.c_str(), O_RDWR);
    EXPECT_NE(::flock(other, LOCK_EX | LOCK_NB), 0);
    ::close(other);
  }
  const int other = ::open(lock_path.c_str(), O_RDWR);
  EXPECT_EQ(::flock(other, LOCK_EX | LOCK_NB), 0);
  ::close(other);
}

TEST(DefaultLoginPath, FollowsTheBaseDirectories) {
  EXPECT_EQ(default_login_path("/state", "/home/ada"), "/state/genesis/login.json");
  EXPECT_EQ(default_login_path(nullptr, "/home/ada"), "/home/ada/.local/state/genesis/login.json");
  EXPECT_EQ(default_login_path("relative", "/home/ada"), "/home/ada/.local/state/genesis/login.json");
  EXPECT_EQ(default_login_path("", nullptr), std::nullopt);
}

}  // namespace
}  // namespace genesis::cli
