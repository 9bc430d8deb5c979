#include "cli/control_client.hpp"
#include "tests/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace genesis::cli {
namespace {

using namespace std::chrono_literals;

/// Where a server listens that has no descriptor left for a command: the kernel connects, and nobody answers.
class deaf_server {
public:
  explicit deaf_server(const std::filesystem::path& directory)
      : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    (directory / "control.sock").native().copy(address.sun_path, sizeof address.sun_path - 1);
    is_listening_ =
      ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::listen(socket_, 1) == 0;
  }
  deaf_server(const deaf_server&) = delete;
  deaf_server& operator=(const deaf_server&) = delete;
  ~deaf_server() { ::close(socket_); }

  [[nodiscard]] bool is_listening() const noexcept { return is_listening_; }

private:
  int socket_;
  bool is_listening_ = false;
};

TEST(ControlClient, GivesUpOnAServerThatDoesNotAnswer) {
  const temporary_directory place;
  const deaf_server server{place.path()};
  ASSERT_TRUE(server.is_listening());
  config::settings settings;
  settings.data.directory = place.path();
  const auto channel = connect_to_server(settings);
  ASSERT_TRUE(channel) << channel.error().detail;
  const auto answer = (*channel)->ask(R"({"command":"user.list"})", 20ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, errc::outcome_unknown);
  EXPECT_NE(answer.error().detail.find("has not answered in time"), std::string::npos) << answer.error().detail;
}

}  // namespace
}  // namespace genesis::cli
