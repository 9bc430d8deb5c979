#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>

namespace genesis::system_test {
namespace {

void write_file(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out{file};
  out << text;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

TEST(Operation, AFullDatabaseRefusesWritesAndNothingElse) {
  const temporary_directory place;
  const auto config = place.path() / "genesis.toml";
  const auto set_limit = [&](
                           int bytes) { write_file(config, "[storage]\nmax_bytes = " + std::to_string(bytes) + "\n"); };
  set_limit(400'000);
  program server{{"--config=" + config.string(), "--coach.repeat_tokens=200"}};
  person someone{server, "full@example.com"};
  const auto conversation = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  const auto body = R"({"content":")" + std::string(30'000, 'x') + R"("})";
  answer given;
  int stored = 0;
  do {
    given = someone.call("POST", messages, body);
    if (given.status == 201)
      ++stored;
    ASSERT_LT(stored, 20) << "nothing limits the database";
  } while (given.status == 201);
  EXPECT_EQ(given.status, 503);
  EXPECT_EQ(given.code(), "UNAVAILABLE");
  EXPECT_TRUE(given.field("Retry-After"));
  // The operator learns of it, and not once per request.
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(someone.call("POST", messages, body).status, 503);
  EXPECT_TRUE(server.process().wait_for_err("the database takes no changes (the database's file has reached "
                                            "storage.max_bytes (400000), or the disk is full: raise the one"));
  EXPECT_EQ(count_of(server.log(), "the database takes no changes"), 1U) << server.log();
  const auto metrics = someone.get("/metrics").body;
  EXPECT_FALSE(metrics.contains("genesis_storage_writes_failed_total 0\n"));
  EXPECT_TRUE(metrics.contains("\ngenesis_storage_writes_failed_total ")) << metrics;
  // Reads go on, and show what was acknowledged.
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 200);
  EXPECT_EQ(someone.get(messages + "?limit=100").json().at("data").as_array().size(), static_cast<std::size_t>(stored));
  // A stream that cannot be stored says so. The question is long, so that what is left of the file cannot hold it.
  const auto ask = R"({"message":")" + std::string(15'000, 'y') + R"("})";
  std::vector<stream_event> events;
  for (int i = 0; i < 10 && (events.empty() || events.back().member("status") != "error"); ++i)
    events = someone.ask(ask).rest();
  ASSERT_GE(events.size(), 3U);
  EXPECT_EQ(events[events.size() - 2].type, "error");
  EXPECT_EQ(events[events.size() - 2].member("code"), "UNAVAILABLE");
  EXPECT_EQ(events.back().type, "end");
  EXPECT_EQ(events.back().member("status"), "error");

  set_limit(100'000'000);
  server.signal(SIGHUP);
  const auto until = std::chrono::steady_clock::now() + patience;
  while (someone.call("POST", messages, body).status != 201)
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  EXPECT_EQ(someone.ask(R"({"message":"Hello"})").rest().back().member("status"), "success");
  EXPECT_TRUE(server.process().wait_for_err("the database takes changes again")) << server.log();
  // Settings that do not fit are named and change nothing.
  write_file(config, "[storage]\nmax_bytes = \"much\"\n");
  server.signal(SIGHUP);
  EXPECT_EQ(someone.call("POST", messages, body).status, 201);
}

TEST(Operation, SaysWhatAHangUpTakesOverAndWhatWaitsForARestart) {
  const temporary_directory place;
  const auto config = place.path() / "genesis.toml";
  write_file(config, "[storage]\nmax_bytes = 1000000\n");
  program server{{"--config=" + config.string()}};
  write_file(
    config, "[storage]\nmax_bytes = 2000000\n[auth]\nregistration = \"closed\"\n[coach]\ntokens_per_second = 5\n");
  server.signal(SIGHUP);
  EXPECT_TRUE(server.process().wait_for_err("storage.max_bytes is 2000000 from now on")) << server.log();
  EXPECT_TRUE(server.process().wait_for_err(
    "changed in the settings, and in force only after a restart: auth.registration, coach.tokens_per_second\n"))
    << server.log();
  EXPECT_NO_THROW((person{server, "still@example.com"}));
  write_file(config, "[storage]\nmax_bytes = \"much\"\n");
  server.signal(SIGHUP);
  EXPECT_TRUE(server.process().wait_for_err("nothing was taken over from the settings: ")) << server.log();
}

TEST(Operation, SaysNothingOfALimitThatIsTheSameAndWhatIsStrongerThanTheFile) {
  const temporary_directory place;
  const auto config = place.path() / "genesis.toml";
  write_file(config, "[storage]\nmax_bytes = 1000000\n");
  program server{{"--config=" + config.string()}};
  server.signal(SIGHUP);
  write_file(config, "[storage]\nmax_bytes = 0\n");
  server.signal(SIGHUP);
  EXPECT_TRUE(server.process().wait_for_err("storage.max_bytes is 0 from now on, which is no limit")) << server.log();
  EXPECT_FALSE(server.log().contains("1000000")) << server.log();

  write_file(config, "[storage]\nmax_bytes = 1000000\n");
  program other{{"--config=" + config.string(), "--storage.max_bytes=3000000"}};
  write_file(config, "[storage]\nmax_bytes = 2000000\n");
  other.signal(SIGHUP);
  EXPECT_TRUE(other.process().wait_for_err(
    "storage.max_bytes stays 3000000: --storage.max_bytes is stronger than the file, which says 2000000"))
    << other.log();
}

TEST(Operation, WarnsOfSecretsThatOthersCanRead) {
  const temporary_directory place;
  const auto config = place.path() / "genesis.toml";
  write_file(config, "[http]\npurge_url = \"http://127.0.0.1:9\"\npurge_token = \"0123456789abcdef\"\n");
  ASSERT_EQ(::chmod(config.c_str(), 0644), 0);
  program server{{"--config=" + config.string()}};
  EXPECT_TRUE(server.process().wait_for_err(
    "mode 0644 lets other users read http.purge_token; run: chmod 600 " + config.string()))
    << server.log();
  EXPECT_FALSE(server.log().contains("0123456789abcdef"));
}

mode_t mode_of(const std::filesystem::path& file) {
  struct stat found{};
  EXPECT_EQ(::stat(file.c_str(), &found), 0) << file;
  return found.st_mode & 0777U;
}

TEST(Operation, JudgesTimeZonesWithoutAnyDescriptorLeft) {
  program server;
  person someone{server, "zones@example.com"};
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 200);
  const rlimit none{3, 3};
  ASSERT_EQ(::prlimit(server.process().pid(), RLIMIT_NOFILE, &none, nullptr), 0);
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"timezone":"Europe/Madrid"})").status, 200);
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"timezone":"Europe/Atlantis"})").status, 422);
}

TEST(Operation, IsNotReadyWithoutItsDatabase) {
  const program server;
  std::filesystem::rename(server.data() / "genesis.db", server.data() / "moved.db");
  api_client client{server};
  const auto until = std::chrono::steady_clock::now() + patience;
  while (client.call("GET", "/health/ready").status == 200)
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  EXPECT_EQ(member(client.call("GET", "/health/ready"), "status"), "database");
  std::filesystem::rename(server.data() / "moved.db", server.data() / "genesis.db");
  while (client.call("GET", "/health/ready").status != 200)
    ASSERT_LT(std::chrono::steady_clock::now(), until);
}

TEST(Operation, KeepsItsFilesToItself) {
  const auto before = ::umask(0);
  program server;
  person someone{server, "modes@example.com"};
  ::umask(before);
  EXPECT_EQ(mode_of(server.data()), 0700U);
  EXPECT_EQ(mode_of(server.data() / "keys"), 0700U);
  std::size_t files = 0;
  for (const auto& each : std::filesystem::recursive_directory_iterator{server.data()}) {
    if (each.is_directory() || each.path().filename() == "http.port")
      continue;
    EXPECT_EQ(mode_of(each.path()), 0600U) << each.path();
    ++files;
  }
  EXPECT_GE(files, 4U);  // the database and its companions, the lock, a key, the control socket
}

TEST(Operation, LogsNoSecretsAndNoQueries) {
  program server{{"--log.level=trace"}};
  person someone{server, "private@example.com"};
  const auto old_refresh = someone.refresh_token();
  someone.take_tokens(
    someone.call("POST", "/api/v1/auth/refresh", R"({"refresh_token":)" + json_string(old_refresh) + '}'));
  someone.call("POST", "/api/v1/auth/refresh", R"({"refresh_token":"gr_thisIsNoTokenAtAll"})");
  someone.call("POST", "/api/v1/auth/login", R"({"email":"private@example.com","password":"my wrong passphrase"})");
  someone.get("/api/v1/progress?metric=weight_kg&secret=queryvalue");
  someone.get("/nowhere/pathvalue?secret=queryvalue");
  someone.call("POST", "/api/v1/chat", R"({"message":"my private trouble"})", {{"Idempotency-Key", "keyvalue"}});
  api_client client{server};
  client.peer().send("GET /?secret=queryvalue HTTP/1.1\r\nbad header queryvalue\r\n\r\n");
  EXPECT_EQ(client.peer().read_answer().status, 400);
  EXPECT_EQ(server.end(), 0);
  const auto log = server.log() + server.process().out();
  EXPECT_NE(log.find("POST /api/v1/auth/refresh 401"), std::string::npos) << log;
  for (const auto& secret : {std::string{good_password}, old_refresh, someone.refresh_token(), someone.token(),
         std::string{"my wrong passphrase"}, std::string{"gr_thisIsNoTokenAtAll"}, std::string{"queryvalue"},
         std::string{"pathvalue"}, std::string{"private trouble"}, std::string{"keyvalue"},
         std::string{"private@example.com"}, std::string{"PRIVATE KEY"}, std::string{"$argon2"}})
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
}

TEST(Operation, LogsOneJsonObjectPerLineWhenAsked) {
  program server{{"--log.format=json"}};
  person someone{server, "json@example.com"};
  const auto answer = someone.call("GET", "/health/live", {},
    {{"X-Request-ID", "find-me"}, {"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}});
  const auto response = answer["traceresponse"];
  ASSERT_EQ(response.size(), 55U);
  EXPECT_TRUE(response.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-") && response.ends_with("-01")) << response;
  const auto span = response.substr(36, 16);
  EXPECT_NE(span, "00f067aa0ba902b7");
  EXPECT_TRUE(someone.call("GET", "/health/live")["traceresponse"].empty());
  EXPECT_EQ(server.end(), 0);
  std::istringstream lines{server.log()};
  std::string line;
  bool is_found = false;
  for (std::size_t count = 0; std::getline(lines, line); ++count) {
    boost::system::error_code ec;
    const auto value = boost::json::parse(line, ec);
    ASSERT_TRUE(!ec && value.is_object()) << line;
    for (const auto* name : {"time", "level", "message"})
      EXPECT_TRUE(value.get_object().contains(name)) << line;
    is_found = is_found ||
               (line.contains("find-me") && line.contains("trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=" + span));
  }
  EXPECT_TRUE(is_found) << server.log();
}

TEST(Operation, ShowsMetricsOnlyToAllowedNetworks) {
  const program open;
  api_client client{open};
  const auto page = client.call("GET", "/metrics");
  EXPECT_EQ(page.status, 200);
  std::set<std::string> helped;
  std::istringstream lines{page.body};
  std::string line;
  while (std::getline(lines, line)) {
    if (line.starts_with("# HELP "))
      helped.insert(line.substr(7, line.find(' ', 7) - 7));
    if (line.starts_with("# TYPE ")) {
      EXPECT_TRUE(helped.contains(line.substr(7, line.find(' ', 7) - 7))) << line;
    }
  }
  for (const auto* family : {"genesis_active_users", "genesis_cache_hits_total", "genesis_cache_misses_total"})
    EXPECT_TRUE(helped.contains(family)) << family;
  const program closed{{"--metrics.allow=10.0.0.0/8"}};
  api_client outside{closed};
  EXPECT_EQ(outside.call("GET", "/metrics").status, 403);
}

TEST(Operation, ShowsWhatTheDatabaseWasAsked) {
  const program server;
  const person someone{server, "statements@example.com"};
  child_process shown{{"db", "statements", "--data.directory=" + server.data().string()}, server.home()};
  EXPECT_EQ(shown.wait(), 0) << shown.err();
  EXPECT_TRUE(shown.out().starts_with("statement ")) << shown.out();
  EXPECT_TRUE(shown.out().contains("\ncommit ")) << shown.out();
}

TEST(Operation, CopiesAndChecksTheDatabaseOfARunningServer) {
  const program server;
  const person someone{server, "backup@example.com"};
  const auto copy = server.home() / "copy.db";
  EXPECT_EQ(server.command({"backup", copy.string()}), 0);
  EXPECT_EQ(database_file{copy}.number("select count(*) from users"), 1);
  EXPECT_EQ(server.command({"db", "check"}), 0);
  EXPECT_EQ(server.command({"restore", copy.string()}), 1) << "not under a running server";
}

TEST(Operation, AStartThatMayNotMigrateSaysHowToMakeADatabase) {
  const temporary_directory home;
  const auto start = [&](program::settings more) {
    more.insert(more.begin(), {"serve", "--data.directory=" + (home.path() / "data").string(), "--http.port=0"});
    return std::make_unique<child_process>(more, home.path());
  };
  const auto refused = start({"--no-migrate"});
  EXPECT_EQ(refused->wait(), 1);
  EXPECT_TRUE(refused->err().contains("there is no database " + (home.path() / "data" / "genesis.db").string()))
    << refused->err();
  EXPECT_TRUE(refused->err().contains("start once without --no-migrate")) << refused->err();
  for (const auto& flags : {program::settings{}, program::settings{"--no-migrate"}}) {
    const auto server = start(flags);
    EXPECT_TRUE(server->wait_for_out("Ctrl-C ends the server")) << server->err();
    server->signal(SIGTERM);
    EXPECT_EQ(server->wait(), 0);
  }
}

TEST(Operation, ACommandThatMakesADatabaseSaysSo) {
  const temporary_directory home;
  const auto data = home.path() / "mistyped";
  const auto invite = [&](const std::string& email) {
    child_process command{{"user", "invite", email, "--data.directory=" + data.string()}, home.path()};
    EXPECT_EQ(command.wait(), 0) << command.err();
    return command.err();
  };
  EXPECT_TRUE(invite("first@example.com").contains("there was no database " + (data / "genesis.db").string()));
  EXPECT_EQ(invite("second@example.com"), "");
}

TEST(Operation, LooksForTheAccountBeforeItAsksForAPassword) {
  const program server;
  const person someone{server, "there@example.com"};
  const auto complaint = [&](const std::string& email) {
    child_process command{{"user", "password", email, "--data.directory=" + server.data().string()}, server.home()};
    command.close_input();
    EXPECT_EQ(command.wait(), 1);
    return command.err();
  };
  EXPECT_EQ(
    complaint("nobody@example.com"), "genesis: there is no account with the e-mail address nobody@example.com\n");
  EXPECT_EQ(complaint("there@example.com"), "genesis: Give the password as the first line of standard input.\n");
}

TEST(Operation, EchoesStatementsWithoutWhatIsInThem) {
  program server{{"--profile=development"}};
  person someone{server, "echoed@example.com"};
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"full_name":"Echo Person","weight_kg":83.25})").status, 200);
  EXPECT_EQ(server.end(), 0);
  const auto log = server.log();
  EXPECT_TRUE(log.contains("statement upsert_progress: ")) << log;
  EXPECT_TRUE(log.contains("database connection 1: checked out"));
  for (const auto* value : {"echoed@example.com", "Echo Person", "83.25"})
    EXPECT_FALSE(log.contains(value)) << value;
}

}  // namespace
}  // namespace genesis::system_test
