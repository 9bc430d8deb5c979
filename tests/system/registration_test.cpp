#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace genesis::system_test {
namespace {

constexpr std::string_view register_path = "/api/v1/auth/register";

std::string registration(std::string_view email, std::string_view invite = {}) {
  auto body = R"({"email":)" + json_string(email) + R"(,"password":)" + json_string(good_password);
  if (!invite.empty())
    body += R"(,"invite":)" + json_string(invite);
  return body + '}';
}

/// `genesis user invite` on the server's data; what it printed last.
std::string invite(const program& server, const std::string& email, const std::string& role = "user") {
  child_process command{
    {"user", "invite", email, "--role", role, "--data.directory=" + server.data().string()}, server.home()};
  EXPECT_EQ(command.wait(), 0) << command.err();
  const auto out = command.out();
  const auto begin = out.rfind("gi_");
  EXPECT_NE(begin, std::string::npos) << out;
  return out.substr(begin, out.find('\n', begin) - begin);
}

/// The same request on as many connections at once.
std::vector<answer> send_together(const program& server, const std::string& body, std::size_t count) {
  std::vector<http_peer> peers;
  for (std::size_t i = 0; i < count; ++i)
    peers.emplace_back(server.port());
  for (auto& each : peers)
    each.send(request_text("POST", register_path, {}, body));
  std::vector<answer> answers;
  for (auto& each : peers)
    answers.push_back(each.read_answer());
  return answers;
}

TEST(Registration, ThatIsClosedIsSoBeforeAnythingElseIsLookedAt) {
  const program server{{"--auth.registration=closed"}};
  const auto code = invite(server, "ann@example.com");
  api_client client{server};
  for (const auto& body : {registration("ann@example.com"), registration("ann@example.com", code), std::string{"{"},
         std::string(20'000, ' '), std::string(70'000, ' ')}) {
    const auto refused = client.call("POST", register_path, body);
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "FORBIDDEN");
    EXPECT_EQ(member(refused, "detail"), "registration is closed");
  }
  EXPECT_EQ(client.call("POST", register_path, "x", {{"Content-Type", "text/plain"}}).status, 403);
}

TEST(Registration, IsOfferedByTheBannerWhereAnybodyMay) {
  const auto banner_of = [](const std::string& who) {
    program server{{"--auth.registration=" + who}};
    EXPECT_TRUE(server.process().wait_for_out("Ctrl-C ends the server."));
    return server.process().out();
  };
  const auto open = banner_of("open");
  EXPECT_TRUE(open.contains("/auth/register") && open.contains("chat --url")) << open;
  EXPECT_FALSE(open.contains(" user add ") || open.contains(" user invite ")) << open;
  const auto invite = banner_of("invite");
  EXPECT_TRUE(invite.contains(" user invite you@example.com") && invite.contains("\"invite\":")) << invite;
  const auto closed = banner_of("closed");
  EXPECT_TRUE(closed.contains(" user add you@example.com")) << closed;
  EXPECT_FALSE(closed.contains("/auth/register") || closed.contains("--register")) << closed;
}

TEST(Registration, ByInvitationHappensOnceAlsoAcrossARestart) {
  program server{{"--auth.registration=invite"}};
  api_client client{server};
  EXPECT_EQ(member(client.call("POST", register_path, registration("ann@example.com")), "detail"),
    "registration needs an invitation from whoever runs this server; send it as the member invite");
  const auto code = invite(server, "Ann@example.com", "coach");
  const auto other = client.call("POST", register_path, registration("bea@example.com", code));
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(member(other, "detail"), "this invitation is for another e-mail address");
  const auto weak = client.call(
    "POST", register_path, R"({"email":"ann@example.com","password":"password1","invite":)" + json_string(code) + '}');
  EXPECT_EQ(weak.status, 422) << "and the invitation is still there";

  server.crash();
  server.start();
  const auto made = client.call("POST", register_path, registration("ann@example.com", code));
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(member(made.json().at("user").as_object(), "role"), "coach");
  server.crash();
  server.start();
  const auto again = client.call("POST", register_path, registration("ann@example.com", code));
  EXPECT_EQ(again.status, 403);
  EXPECT_EQ(member(again, "detail"), "this invitation is not valid, or was used");
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.number("select count(*) from invitations"), 0)
    << "nothing of it is kept";
}

TEST(Registration, SaysWhenAnInvitationVoidsAnother) {
  program server{{"--auth.registration=invite"}};
  const auto first = invite(server, "ann@example.com");
  child_process second{
    {"user", "invite", "ann@example.com", "--data.directory=" + server.data().string()}, server.home()};
  EXPECT_EQ(second.wait(), 0);
  EXPECT_TRUE(second.err().contains("the invitation that this address had before is void now")) << second.err();
  EXPECT_TRUE(server.process().wait_for_err("in the place of one that was still good")) << server.log();
  api_client nobody{server};
  EXPECT_EQ(nobody.call("POST", register_path, registration("ann@example.com", first)).status, 403);
}

TEST(Registration, RefusesSettingsThatTheRunningServerDoesNotTake) {
  program server;
  const program::settings line{"user", "invite", "ann@example.com", "--auth.invitation_lifetime=1h"};
  EXPECT_NE(server.command(line), 0);
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.number("select count(*) from invitations"), 0);
  EXPECT_EQ(server.end(), 0);
  EXPECT_EQ(server.command(line), 0) << "no server, no settings of another";
}

TEST(Registration, OfManyUsesOfOneInvitationOneSucceeds) {
  const program server{{"--auth.registration=invite", "--http.threads=2", "--auth.password_threads=2"}};
  const auto answers = send_together(server, registration("ann@example.com", invite(server, "ann@example.com")), 4);
  EXPECT_EQ(std::ranges::count(answers, 201, &answer::status), 1);
  for (const auto& each : answers)
    EXPECT_TRUE(each.status == 201 || each.status == 403 || each.status == 409) << each.status << each.body;
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.number("select count(*) from users"), 1);
}

TEST(Registration, AnInvitationGivesItsRoleWhereAnybodyMayRegisterToo) {
  const program server;
  api_client client{server};
  const auto code = invite(server, "ann@example.com", "admin");
  const auto made = client.call("POST", register_path, registration("ann@example.com", code));
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(member(made.json().at("user").as_object(), "role"), "admin");
  EXPECT_EQ(client.call("POST", register_path, registration("bea@example.com", code)).status, 403);
  EXPECT_EQ(client.call("POST", register_path, registration("bea@example.com")).status, 201);
}

TEST(Registration, KeepsNobodyFromOperatorsByAnAddressLikeAFlag) {
  const program server;
  const std::string address = "--help@example.com";
  api_client client{server};
  ASSERT_EQ(client.call("POST", register_path, registration(address)).status, 201);
  child_process disable{
    {"user", "disable", "--data.directory=" + server.data().string(), "--", address}, server.home()};
  EXPECT_EQ(disable.wait(), 0) << disable.err();
  EXPECT_EQ(client.call("POST", "/api/v1/auth/login", registration(address)).status, 401);
}

TEST(Registration, TakesAPasswordFromALineThatEndsAsOnWindows) {
  const program server;
  child_process add{{"user", "add", "ann@example.com", "--data.directory=" + server.data().string()}, server.home()};
  add.write_input("correct horse battery\r\n");
  add.close_input();
  ASSERT_EQ(add.wait(), 0) << add.err();
  api_client client{server};
  EXPECT_EQ(
    client.call("POST", "/api/v1/auth/login", R"({"email":"ann@example.com","password":"correct horse battery"})")
      .status,
    200);
}

TEST(Registration, OfManyForOneAddressOneSucceedsAlsoAcrossARestart) {
  program server{{"--http.threads=2", "--auth.password_threads=2"}};
  const auto answers = send_together(server, registration("ann@example.com"), 4);
  EXPECT_EQ(std::ranges::count(answers, 201, &answer::status), 1);
  EXPECT_EQ(std::ranges::count(answers, 409, &answer::status), 3);
  for (const auto& each : answers)
    EXPECT_TRUE(each.status == 201 || each.code() == "EMAIL_TAKEN") << each.body;
  server.crash();
  server.start();
  api_client client{server};
  EXPECT_EQ(client.call("POST", register_path, registration("Ann@Example.com")).code(), "EMAIL_TAKEN");
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.number("select count(*) from users"), 1);
}

}  // namespace
}  // namespace genesis::system_test
