#include "actors/io_runtime.hpp"
#include "cli/control_protocol.hpp"
#include "cli/control_server.hpp"
#include "cli/json_reading.hpp"
#include "tests/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace genesis::cli {

namespace {

using namespace std::chrono_literals;

/// A command's end of the socket, without any of the client's code.
class plain_client {
public:
  explicit plain_client(const std::filesystem::path& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    is_connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  plain_client(const plain_client&) = delete;
  plain_client& operator=(const plain_client&) = delete;
  ~plain_client() { ::close(socket_); }

  [[nodiscard]] bool is_connected() const { return is_connected_; }
  void send(std::string_view text) const { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }

  /// The next line; empty when the connection ends instead.
  std::string line() {
    while (read_.find('\n') == std::string::npos) {
      char chunk[4'096];
      const auto size = ::recv(socket_, chunk, sizeof chunk, 0);
      if (size <= 0)
        return {};
      read_.append(chunk, static_cast<std::size_t>(size));
    }
    const auto end = read_.find('\n');
    auto found = read_.substr(0, end);
    read_.erase(0, end + 1);
    return found;
  }

private:
  int socket_;
  bool is_connected_ = false;
  std::string read_;
};

/// A table of commands that answers with what it was asked, but for `slow`, which keeps its reply.
class ControlServer : public ::testing::Test {
protected:
  ControlServer() { runtime_.start(); }
  ~ControlServer() override {
    server_ = nullptr;
    runtime_.stop();
  }

  void serve(control_limits limits = {}) {
    server_ = std::make_unique<control_server>(
      runtime_[0],
      [this](std::string request, control_reply reply) {
        if (request == "slow")
          kept_ = std::move(reply);
        else
          reply("<" + request + ">");
      },
      limits);
    const auto listening = server_->listen(directory_.path());
    ASSERT_TRUE(listening) << listening.error().detail;
  }

  [[nodiscard]] std::filesystem::path socket() const { return directory_.path() / "control.sock"; }

  temporary_directory directory_;
  io_runtime runtime_{1};
  control_reply kept_;  ///< Touched by the I/O thread, and after it has ended.
  std::unique_ptr<control_server> server_;
};

}  // namespace

TEST_F(ControlServer, AnswersOneLineWithOneLine) {
  serve();
  plain_client client{socket()};
  client.send("first\n");
  EXPECT_EQ(client.line(), "<first>");
  client.send("second\n");
  EXPECT_EQ(client.line(), "<second>");
}

TEST_F(ControlServer, PutsALineTogetherFromPieces) {
  serve();
  plain_client client{socket()};
  client.send("in two ");
  client.send("pieces\n");
  EXPECT_EQ(client.line(), "<in two pieces>");
}

TEST_F(ControlServer, AnswersRequestsThatComeTogetherInTheirOrder) {
  serve();
  plain_client client{socket()};
  client.send("a\nb\nc\n");
  EXPECT_EQ(client.line(), "<a>");
  EXPECT_EQ(client.line(), "<b>");
  EXPECT_EQ(client.line(), "<c>");
}

TEST_F(ControlServer, LetsOnlyTheOwnerConnect) {
  serve();
  struct stat found{};
  ASSERT_EQ(::stat(socket().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(ControlServer, TakesTheLongestRequestAndRefusesOneByteMore) {
  serve();
  {
    plain_client client{socket()};
    const std::string longest(control_request_bytes_max - 1, 'x');
    client.send(longest + '\n');
    EXPECT_EQ(client.line(), "<" + longest + ">");
  }
  plain_client client{socket()};
  client.send(std::string(control_request_bytes_max, 'x') + '\n');
  const auto refused = read_control_answer(client.line());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::invalid_argument);
  EXPECT_EQ(client.line(), "") << "the connection ends";
}

TEST_F(ControlServer, GivesUpOnACommandThatIsNotAnsweredInTime) {
  control_limits limits;
  limits.deadline = 30ms;
  serve(limits);
  plain_client client{socket()};
  client.send("slow\n");
  const auto answer = read_control_answer(client.line());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, errc::outcome_unknown);
  EXPECT_EQ(client.line(), "");
}

TEST_F(ControlServer, ClosesAConnectionThatAsksNothing) {
  control_limits limits;
  limits.idle = 30ms;
  serve(limits);
  plain_client client{socket()};
  EXPECT_EQ(client.line(), "");
}

TEST_F(ControlServer, ClosesAConnectionThatAsksHalfAQuestion) {
  control_limits limits;
  limits.line = 30ms;
  serve(limits);
  plain_client client{socket()};
  client.send("half a");
  EXPECT_EQ(client.line(), "");
}

TEST_F(ControlServer, LetsOneMoreCommandWaitUntilAnotherHasGone) {
  control_limits limits;
  limits.connections_max = 2;
  serve(limits);
  plain_client waiting_for_a_place{socket()};
  {
    plain_client first{socket()};
    plain_client second{socket()};
    first.send("1\n");
    EXPECT_EQ(first.line(), "<1>");
    plain_client third{socket()};
    ASSERT_TRUE(third.is_connected());
  }
  waiting_for_a_place.send("still here\n");
  EXPECT_EQ(waiting_for_a_place.line(), "<still here>");
  plain_client next{socket()};
  next.send("4\n");
  EXPECT_EQ(next.line(), "<4>");
}

TEST_F(ControlServer, ReplacesASocketThatWasLeftBehind) {
  serve();
  const auto beside = directory_.path() / "kept";
  std::filesystem::create_hard_link(socket(), beside);
  server_ = nullptr;
  EXPECT_FALSE(std::filesystem::exists(socket())) << "it removes its own";
  std::filesystem::rename(beside, socket());
  serve();
  plain_client client{socket()};
  client.send("again\n");
  EXPECT_EQ(client.line(), "<again>");
}

TEST_F(ControlServer, DropsAnAnswerThatComesAfterTheEnd) {
  serve();
  {
    plain_client client{socket()};
    client.send("slow\n");
    client.send("never read\n");
    server_ = nullptr;
    EXPECT_EQ(client.line(), "");
  }
  runtime_.stop();
  if (kept_)
    kept_("too late");
}

TEST(ControlProtocol, RefusesADirectoryWhosePathDoesNotFitASocketAddress) {
  const std::filesystem::path fits{"/" + std::string(107 - 1 - std::string{"/control.sock"}.size(), 'd')};
  const auto longest = control_socket_of(fits);
  ASSERT_TRUE(longest);
  EXPECT_EQ(longest->native().size(), 107U);
  const auto refused = control_socket_of(fits.string() + "d");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("107"), std::string::npos) << refused.error().detail;
  EXPECT_NE(refused.error().detail.find("--data.directory"), std::string::npos);
}

TEST(ControlProtocol, CarriesEveryErrorAcross) {
  for (auto code = errc::invalid_argument; code <= errc::internal;
    code = static_cast<errc>(static_cast<int>(code) + 1)) {
    const auto read = read_control_answer(control_failure({code, "a \"quoted\"\nreason"}));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), (error{code, "a \"quoted\"\nreason"}));
  }
}

TEST(ControlProtocol, CarriesTheMembersOfASuccessOnOneLine) {
  const auto line = control_success([](http::json_writer& json) { json.member("text", "a\nb").member("number", 3); });
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto read = read_control_answer(line);
  ASSERT_TRUE(read);
  EXPECT_EQ(text_member(*read, "text"), "a\nb");
  EXPECT_EQ(read->at("number").as_int64(), 3);
}

TEST(ControlProtocol, RefusesAnAnswerThatIsNone) {
  for (const auto* text : {"", "{}", "[]", "{\"ok\":1}", "ok"}) {
    const auto read = read_control_answer(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, errc::internal);
  }
}

}  // namespace genesis::cli
