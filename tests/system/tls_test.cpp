#include "tests/self_signed.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <csignal>
#include <sstream>

namespace genesis::system_test {
namespace {

const std::string live = request_text("GET", "/health/live");

/// A certificate in a directory, and the flags that name it.
class certificate_files {
public:
  explicit certificate_files(const std::string& name) { self_signed::make(name).write(certificate, key); }

  [[nodiscard]] program::settings flags(program::settings more = {}) const {
    more.push_back("--http.tls_certificate=" + certificate.string());
    more.push_back("--http.tls_key=" + key.string());
    return more;
  }

  temporary_directory home;
  std::filesystem::path certificate = home.path() / "certificate.pem";
  std::filesystem::path key = home.path() / "key.pem";
};

http_peer secured(const program& server) {
  http_peer peer{server.port()};
  if (!peer.secure())
    throw std::runtime_error("the server refuses the handshake");
  return peer;
}

answer call(http_peer& peer, std::string_view verb, std::string_view target, const std::string& body = {},
  const std::string& token = {}) {
  fields head;
  if (!token.empty())
    head.emplace_back("Authorization", "Bearer " + token);
  peer.send(request_text(verb, target, head, body));
  return peer.read_answer();
}

TEST(Tls, ServesRequestsAndStreamsOnOneConnection) {
  const certificate_files files{"genesis.test"};
  const program server{files.flags()};
  auto peer = secured(server);
  EXPECT_EQ(peer.protocol(), "http/1.1");
  EXPECT_EQ(peer.server_name(), "genesis.test");
  const auto first = call(peer, "GET", "/health/live");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first["Strict-Transport-Security"], "max-age=31536000");
  const auto session = call(
    peer, "POST", "/api/v1/auth/register", R"({"email":"tls@example.com","password":"correct horse battery staple"})");
  ASSERT_EQ(session.status, 201);
  const auto token = member(session, "access_token");
  peer.send(request_text("POST", "/api/v1/chat/stream", {{"Authorization", "Bearer " + token}},
    R"({"message":"How much should I eat to lose weight?"})"));
  stream_reader stream{std::move(peer), stream_form::sse};
  EXPECT_EQ(stream.head()["Strict-Transport-Security"], "max-age=31536000");
  EXPECT_EQ(stream.rest().back().type, "end");
  EXPECT_TRUE(stream.is_complete());
  EXPECT_EQ(call(stream.peer(), "GET", "/api/v1/users/me", {}, token).status, 200);
}

TEST(Tls, AnswersRequestsThatHaveNotArrivedWhenTheServerLeaves) {
  const certificate_files files{"genesis.test"};
  program server{files.flags({"--server.grace=0s"})};
  auto observer = secured(server);
  auto head = secured(server);
  head.send("GET /api/v1/he");
  auto body = secured(server);
  body.send(
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
  ASSERT_TRUE(becomes([&] {
    return metric(observer, "genesis_connections", R"(state="head")") == 1 &&
           metric(observer, "genesis_connections", R"(state="body")") == 1;
  }));
  server.signal(SIGTERM);
  for (auto* const late : {&head, &body}) {
    expect_told_of_shutdown(*late);
    EXPECT_TRUE(late->was_told_of_end());
  }
  EXPECT_EQ(server.wait(), 0);
}

TEST(Tls, AnswersTargetsThatNameTheScheme) {
  const certificate_files files{"genesis.test"};
  const program server{files.flags()};
  auto peer = secured(server);
  peer.send("GET https://genesis.test/health/live HTTP/1.1\r\nHost: genesis.test\r\n\r\n");
  EXPECT_EQ(peer.read_answer().status, 200);
}

TEST(Tls, CarriesLargeBodiesBothWays) {
  const certificate_files files{"genesis.test"};
  const program server{files.flags()};
  auto peer = secured(server);
  const auto session = call(
    peer, "POST", "/api/v1/auth/register", R"({"email":"tls@example.com","password":"correct horse battery staple"})");
  const auto body = R"({"title":")" + std::string(1'000'000, 't') + "\"}";
  EXPECT_EQ(
    call(peer, "POST", "/api/v1/conversations", body, member(session, "access_token")).code(), "VALIDATION_ERROR");
  EXPECT_GT(call(peer, "GET", "/openapi.json").body.size(), 50'000U);
}

TEST(Tls, SaysThatNothingFollowsBeforeItCloses) {
  const certificate_files files{"genesis.test"};
  const program server{files.flags()};
  for (const std::string_view bytes : {"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
         "GET /health/live HTTP/1.0\r\n\r\n", "hello\r\n\r\n"}) {
    auto peer = secured(server);
    peer.send(bytes);
    peer.read_answer();
    EXPECT_TRUE(peer.is_closed_silently());
    EXPECT_TRUE(peer.was_told_of_end()) << bytes;
  }
  // Also where the client is still sending what nobody wants.
  auto peer = secured(server);
  peer.send("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            "Content-Length: 100000000\r\n\r\n");
  for (int i = 0; i < 30 && peer.try_send(std::string(65'536, ' ')); ++i) {
  }
  EXPECT_EQ(peer.read_answer().status, 413);
}

TEST(Tls, RefusesOldVersionsAndOtherProtocols) {
  const certificate_files files{"genesis.test"};
  const program server{files.flags()};
  http_peer old{server.port()};
  EXPECT_FALSE(old.secure({.version_max = TLS1_1_VERSION}));
  http_peer second{server.port()};
  EXPECT_TRUE(second.secure({.version_max = TLS1_2_VERSION}));
  EXPECT_EQ(call(second, "GET", "/health/live").status, 200);
  http_peer other{server.port()};
  EXPECT_FALSE(other.secure({.protocols = {"h2"}}));
  http_peer either{server.port()};
  EXPECT_TRUE(either.secure({.protocols = {"h2", "http/1.1"}}));
  EXPECT_EQ(either.protocol(), "http/1.1");
}

TEST(Tls, TellsPlainHttpThatThePortSpeaksTls) {
  const certificate_files files{"genesis.test"};
  const program server{files.flags({"--http.head_timeout=300ms"})};
  http_peer plain{server.port()};
  plain.send(live);
  const auto told = plain.read_answer();
  EXPECT_EQ(told.status, 400);
  EXPECT_EQ(told.code(), "MALFORMED_REQUEST");
  EXPECT_FALSE(told.field("Strict-Transport-Security"));
  EXPECT_TRUE(plain.is_closed_silently());
  // Whoever says nothing, or half a word, is not waited for.
  http_peer silent{server.port()};
  http_peer slow{server.port()};
  slow.send("\x16\x03\x01");
  EXPECT_TRUE(silent.is_closed_silently());
  EXPECT_TRUE(slow.is_closed_silently());
  auto peer = secured(server);
  const auto metrics = call(peer, "GET", "/metrics").body;
  EXPECT_THAT(metrics, ::testing::HasSubstr("\ngenesis_tls_handshakes_failed_total 3\n"));
}

TEST(Tls, TakesANewCertificateOnHangUpAndKeepsTheOldOneWhenItIsBad) {
  const certificate_files files{"old.test"};
  program server{files.flags()};
  auto before = secured(server);
  EXPECT_EQ(before.server_name(), "old.test");
  self_signed::make("new.test").write(files.certificate, files.key);
  server.signal(SIGHUP);
  ASSERT_TRUE(server.process().wait_for_err("new connections get the certificate"));
  EXPECT_EQ(secured(server).server_name(), "new.test");
  EXPECT_EQ(call(before, "GET", "/health/live").status, 200);

  std::ofstream{files.certificate} << self_signed::make("bad.test").certificate;
  server.signal(SIGHUP);
  ASSERT_TRUE(server.process().wait_for_err("the certificate stays as it was: http.tls_key is not usable: "));
  EXPECT_EQ(secured(server).server_name(), "new.test");
}

TEST(Tls, RefusesToStartWithFilesThatDoNotFit) {
  const certificate_files files{"a.test"};
  const program server;
  const auto refusal = [&](program::settings flags) {
    flags.push_back("--data.directory=" + (server.home() / "other").string());
    flags.emplace_back("--http.port=0");
    const auto started = server.start_another(std::move(flags));
    EXPECT_EQ(started->wait(), 2) << "flags are at fault";
    return started->err();
  };
  std::ofstream{files.certificate} << self_signed::make("b.test").certificate;
  EXPECT_THAT(refusal(files.flags()), ::testing::HasSubstr("genesis: --http.tls_key: http.tls_key is not usable: "));
  ::chmod(files.key.c_str(), 0644);
  EXPECT_THAT(refusal(files.flags()), ::testing::HasSubstr("lets other users use a secret"));
}

TEST(Tls, NamesAFileThatDoesNotFitTogetherWithEveryOtherFault) {
  const certificate_files files{"a.test"};
  std::filesystem::remove(files.certificate);
  std::filesystem::remove(files.key);
  const program server;
  const auto started = server.start_another(
    files.flags({"--data.directory=" + (server.home() / "other").string(), "--http.port=70000", "--log.file=/proc"}));
  EXPECT_EQ(started->wait(), 2);
  for (const auto* name : {"http.port", "http.tls_certificate", "http.tls_key", "log.file"})
    EXPECT_THAT(started->err(), ::testing::HasSubstr("genesis: --" + std::string{name} + ": " + name)) << name;
  EXPECT_FALSE(std::filesystem::exists(server.home() / "other"));
}

/// The last line of the banner that begins like this, taken apart as a shell does where nothing is quoted.
std::vector<std::string> line_of_banner(program& server, const std::string& part) {
  const auto banner = server.process().out();
  const auto at = banner.find(part);
  EXPECT_NE(at, std::string::npos) << banner;
  std::vector<std::string> words;
  std::istringstream line{banner.substr(at, banner.find('\n', at) - at)};
  for (std::string word; line >> word;)
    words.push_back(word);
  return words;
}

TEST(Tls, IsSpokenByTheCommandsThatTheBannerShows) {
  const certificate_files files{"genesis.test"};
  program server{files.flags()};
  auto arguments = line_of_banner(server, "chat --url https://genesis.test:");
  for (const auto* more : {"--email", "tls@example.com", "--login"})
    arguments.emplace_back(more);
  arguments.push_back((server.home() / "login.json").string());
  child_process chat{arguments, server.home(), {"GENESIS_CHAT_PASSWORD=" + std::string{good_password}}};
  chat.write_input("How much water should I drink?\n");
  chat.close_input();
  EXPECT_EQ(chat.wait(), 0) << chat.err();
  EXPECT_THAT(chat.out(), ::testing::HasSubstr("litres"));

  const std::vector<std::string> way(arguments.begin() + 1, arguments.begin() + 7);  // --url, --cacert, --address
  std::vector<std::string> line{"top", "--pages=1", "--interval=0.1"};
  line.insert(line.end(), way.begin(), way.end());
  child_process top{line, server.home()};
  EXPECT_EQ(top.wait(), 0) << top.err();
  EXPECT_THAT(top.out(), ::testing::HasSubstr("https://genesis.test:"));
}

TEST(Tls, IsFoundOutByTheCommandsThatLookIntoTheDataDirectory) {
  const certificate_files files{"genesis.test"};
  program server{files.flags()};
  const auto data = "--data.directory=" + server.data().string();
  child_process unvouched{{"top", "--pages=1", data}, server.home()};
  EXPECT_EQ(unvouched.wait(), 1);
  EXPECT_THAT(unvouched.err(), ::testing::HasSubstr("https://genesis.test:" + std::to_string(server.port())));
  EXPECT_THAT(unvouched.err(), ::testing::HasSubstr("its certificate is not trusted"));
  EXPECT_THAT(unvouched.err(), ::testing::HasSubstr("--cacert"));

  const auto vouched = "--cacert=" + files.certificate.string();
  child_process top{{"top", "--pages=1", "--interval=0.1", data, vouched}, server.home()};
  EXPECT_EQ(top.wait(), 0) << top.err();
  child_process chat{{"chat", "--register", "--email=tls@example.com", "--wait=5", data, vouched,
                       "--login=" + (server.home() / "login.json").string()},
    server.home(), {"GENESIS_CHAT_PASSWORD=" + std::string{good_password}}};
  chat.write_input("How much water should I drink?\n");
  chat.close_input();
  EXPECT_EQ(chat.wait(), 0) << chat.err();

  // Another certificate has another name.
  const auto next = self_signed::make("next.test");
  std::ofstream{files.certificate} << next.certificate;
  std::ofstream{files.key} << next.key;
  server.signal(SIGHUP);
  EXPECT_TRUE(server.process().wait_for_err("new connections get the certificate"));
  child_process renewed{{"top", "--pages=1", "--interval=0.1", data, vouched}, server.home()};
  EXPECT_EQ(renewed.wait(), 0) << renewed.err();
  EXPECT_THAT(renewed.out(), ::testing::HasSubstr("https://next.test:"));
  EXPECT_EQ(server.end(), 0);
  for (const auto* file : {"http.port", "http.url"})
    EXPECT_FALSE(std::filesystem::exists(server.data() / file)) << file;
}

TEST(Tls, IsComeBackToWithTheSavedLoginAlone) {
  const certificate_files files{"genesis.test"};
  const program server{files.flags()};
  const auto login = server.home() / "login.json";
  const auto chat = [&](program::settings more, program::settings environment = {}) {
    more.insert(more.begin(), {"chat", "--login=" + login.string()});
    child_process asked{more, server.home(), environment};
    asked.write_input("How much water should I drink?\n");
    asked.close_input();
    const int status = asked.wait();
    return std::pair{status, asked.err()};
  };
  const auto first = chat({"--register", "--email=tls@example.com", "--data.directory=" + server.data().string(),
                            "--cacert=" + std::filesystem::relative(files.certificate).string()},
    {"GENESIS_CHAT_PASSWORD=" + std::string{good_password}});
  EXPECT_EQ(first.first, 0) << first.second;
  std::ostringstream kept;
  kept << std::ifstream{login}.rdbuf();
  EXPECT_THAT(kept.str(), ::testing::HasSubstr("\"address\":\"127.0.0.1\",\"authorities\":\"/"));

  for (const auto& more : {program::settings{}, {"--url=https://genesis.test:" + std::to_string(server.port())}}) {
    const auto again = chat(more);
    EXPECT_EQ(again.first, 0) << again.second;
  }
  std::filesystem::remove(files.certificate);
  const auto bare = chat({});
  EXPECT_EQ(bare.first, 1);
  EXPECT_THAT(bare.second, ::testing::HasSubstr("The saved login names this file; name another one with --cacert."));
}

TEST(Tls, IsNotSpokenWithAServerThatNobodyVouchesFor) {
  const certificate_files files{"genesis.test"};
  program server{files.flags()};
  const auto url = "https://127.0.0.1:" + std::to_string(server.port());
  child_process unknown{{"top", "--pages=1", "--url", url}, server.home()};
  EXPECT_EQ(unknown.wait(), 1);
  EXPECT_THAT(unknown.err(), ::testing::HasSubstr("its certificate is not "));
  child_process misnamed{{"top", "--pages=1", "--url", url, "--cacert", files.certificate.string()}, server.home()};
  EXPECT_EQ(misnamed.wait(), 1);
  EXPECT_THAT(misnamed.err(), ::testing::HasSubstr("its certificate is not for 127.0.0.1"));
  child_process nothing{{"top", "--url", url, "--cacert", files.key.string()}, server.home()};
  EXPECT_EQ(nothing.wait(), 2);
  EXPECT_THAT(nothing.err(), ::testing::HasSubstr("no certificates in PEM"));
}

TEST(Tls, NeedsBothFiles) {
  const certificate_files files{"a.test"};
  const program server;
  const auto started = server.start_another(
    {"--data.directory=" + (server.home() / "other").string(), "--http.tls_certificate=" + files.certificate.string()});
  EXPECT_NE(started->wait(), 0);
  EXPECT_THAT(started->err(), ::testing::HasSubstr("http.tls_certificate and http.tls_key are set together"));
}

TEST(Tls, SilencesTheWarningAboutListeningBeyondTheMachine) {
  const certificate_files files{"a.test"};
  program plain{{"--http.address=0.0.0.0"}};
  EXPECT_EQ(plain.end(), 0);  // with all of its log written
  EXPECT_THAT(plain.log(), ::testing::HasSubstr("without TLS"));
  program secure{files.flags({"--http.address=0.0.0.0"})};
  EXPECT_EQ(secure.end(), 0);
  EXPECT_THAT(secure.log(), ::testing::Not(::testing::HasSubstr("without TLS")));
}

}  // namespace
}  // namespace genesis::system_test
