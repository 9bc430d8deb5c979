#include "cli/chat.hpp"
#include "cli/login_file.hpp"
#include "tests/cli/scripted_transport.hpp"
#include "tests/temporary_directory.hpp"

#include <boost/json/parse.hpp>

#include <deque>
#include <sstream>

namespace genesis::cli {
namespace {

constexpr auto ask_line_of_http = "POST /api/v1/chat/stream";
constexpr auto no_conversation = R"({"data":[]})";

std::string answer(const std::string& text, const std::string& status = "success") {
  return event(1, "start", R"("run_id":"run1","conversation_id":"c1","message_id":"m1")") +
         event(2, "token", R"("agent":"sage","text":")" + text + "\"") +
         event(3, "end", R"("status":")" + status + "\"");
}

class Chat : public testing::Test {
protected:
  Chat() {
    options_.server = "http://127.0.0.1:8080";
    options_.login = directory_.path() / "login.json";
  }

  int run(const std::string& input, bool is_terminal = false) {
    in_.str(input);
    const auto read_secret = [this](std::string_view) -> result<std::string> {
      if (secrets_.empty())
        return fail(errc::invalid_argument, "No password was given.");
      auto next = secrets_.front();
      secrets_.pop_front();
      return next;
    };
    return chat(options_, console{in_, out_, err_, is_terminal, read_secret}, script_);
  }

  void save_login() {
    ASSERT_TRUE(login_file{options_.login}.save({options_.server, "ada@example.org", "r1", ""}));
    script_.expect("POST /api/v1/auth/refresh", 200, tokens("a1", "r2"));
  }
  void expect_list() { script_.expect("GET /api/v1/conversations?limit=1", 200, no_conversation); }

  [[nodiscard]] bool complained(std::string_view words) const { return err_.str().find(words) != std::string::npos; }

  temporary_directory directory_;
  scripted_transport script_;
  chat_options options_;
  std::deque<std::string> secrets_;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(Chat, AnswersAPipedQuestionAndNothingElse) {
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 200, answer("Drink."));
  EXPECT_EQ(run("How much?\n"), 0);
  EXPECT_EQ(out_.str(), "sage: Drink.\n");
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Chat, TakesEveryPipedLineAsAQuestion) {
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 200, answer("1"));
  script_.expect(ask_line_of_http, 200, answer("2"));
  EXPECT_EQ(run("One\n \n\n/new is no command here"), 0);
  EXPECT_EQ(out_.str(), "sage: 1\nsage: 2\n");
  EXPECT_EQ(boost::json::parse(script_.requests.back().body).at("message"), "/new is no command here");
}

TEST_F(Chat, ObeysCommandsInAPipeInSilence) {
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 200, answer("1"));
  script_.expect(ask_line_of_http, 200, answer("2"));
  EXPECT_EQ(run("One\n/new\nTwo\n/quit\nThree\n"), 0);
  EXPECT_EQ(out_.str(), "sage: 1\nsage: 2\n");
  EXPECT_FALSE(boost::json::parse(script_.requests.back().body).as_object().contains("conversation_id"));
}

TEST_F(Chat, SaysWhatRegisteringInAPipeNeeds) {
  options_.make_account = true;
  EXPECT_EQ(run("One\n"), 1);
  EXPECT_TRUE(complained("--register needs --email")) << err_.str();
}

TEST_F(Chat, RegistersWithAnInvitation) {
  options_.make_account = true;
  options_.email = "ada@example.org";
  options_.password = "correct horse battery";
  options_.invite = "i1";
  script_.expect("POST /api/v1/auth/register", 201, tokens("a1", "r2"));
  expect_list();
  EXPECT_EQ(run(""), 0) << err_.str();
  EXPECT_EQ(boost::json::parse(script_.requests.front().body).at("invite"), "i1");
}

TEST_F(Chat, StopsAtTheFirstFailureInAPipe) {
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 200, answer("Half", "error"));
  EXPECT_EQ(run("One\nTwo\n"), 1);
  EXPECT_TRUE(complained("genesis: The answer failed."));
}

TEST_F(Chat, EndsLikeAnInterruptedProgramAfterACancelInAPipe) {
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 200, answer("Half", "cancelled"));
  EXPECT_EQ(run("One\nTwo\n"), interrupted_status);
}

TEST_F(Chat, SignsInWithThePasswordOfTheEnvironment) {
  options_.email = "ada@example.org";
  options_.password = "correct horse";
  options_.start_over = true;
  script_.expect("POST /api/v1/auth/login", 200, tokens("a1", "r1"));
  script_.expect(ask_line_of_http, 200, answer("Hi."));
  EXPECT_EQ(run("Hello\n"), 0);
  EXPECT_EQ(script_.requests[0].body, R"({"email":"ada@example.org","password":"correct horse"})");
}

TEST_F(Chat, SaysWhatIsMissingWithoutATerminal) {
  EXPECT_EQ(run("Hello\n"), 1);
  EXPECT_TRUE(complained("--email"));
  EXPECT_TRUE(complained("GENESIS_CHAT_PASSWORD"));
  options_.email = "ada@example.org";
  EXPECT_EQ(run("Hello\n"), 1);
  EXPECT_TRUE(complained("no terminal"));
  EXPECT_TRUE(script_.requests.empty());
}

TEST_F(Chat, SaysWhatIsTheMatterWithTheSavedLogin) {
  ASSERT_TRUE(login_file{options_.login}.save({options_.server, "ada@example.org", "r1", ""}));
  script_.expect("POST /api/v1/auth/refresh", 401, "{}");
  EXPECT_EQ(run("Hello\n"), 1);
  EXPECT_TRUE(complained("The saved login of ada@example.org has ended")) << err_.str();
  options_.server = "http://127.0.0.1:20099";
  EXPECT_EQ(run("Hello\n"), 1);
  EXPECT_TRUE(complained("the saved login is for http://127.0.0.1:8080")) << err_.str();
}

TEST_F(Chat, AsksNothingThatIsNotUtf8) {
  save_login();
  expect_list();
  EXPECT_EQ(run("How much\xff?\n"), 1);
  EXPECT_TRUE(complained("not UTF-8")) << err_.str();
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 200, answer("Hi."));
  EXPECT_EQ(run("\xff\nHello \"you\" \\\n", true), 0) << "a person goes on";
  EXPECT_EQ(boost::json::parse(script_.requests.back().body).at("message"), "Hello \"you\" \\");
}

TEST_F(Chat, RefusesAPasswordThatIsTooShortBeforeItIsTypedAgain) {
  options_.make_account = true;
  options_.email = "ada@example.org";
  secrets_ = {"seven77", "seven77"};
  EXPECT_EQ(run("", true), 1);
  EXPECT_TRUE(complained("The password must have at least 8 characters.")) << err_.str();
  EXPECT_EQ(secrets_.size(), 1U);
}

TEST_F(Chat, AsksForEmailAndPasswordOnATerminal) {
  secrets_ = {"correct horse"};
  script_.expect("POST /api/v1/auth/login", 200, tokens("a1", "r1"));
  expect_list();
  EXPECT_EQ(run("\nada@example.org\n", true), 0);
  EXPECT_EQ(script_.requests[0].body, R"({"email":"ada@example.org","password":"correct horse"})");
  EXPECT_NE(out_.str().find("as ada@example.org"), std::string::npos);
}

TEST_F(Chat, AsksForANewPasswordTwice) {
  options_.make_account = true;
  options_.email = "ada@example.org";
  secrets_ = {"correct horse", "correct house"};
  EXPECT_EQ(run("", true), 1);
  EXPECT_TRUE(complained("differ"));
  EXPECT_TRUE(script_.requests.empty());

  secrets_ = {"correct horse", "correct horse"};
  script_.expect("POST /api/v1/auth/register", 201, tokens("a1", "r1"));
  expect_list();
  in_.clear();
  EXPECT_EQ(run("", true), 0);
}

TEST_F(Chat, AsksForThePasswordAgainWhenTheSavedLoginHasEnded) {
  ASSERT_TRUE(login_file{options_.login}.save({options_.server, "ada@example.org", "r1", ""}));
  options_.email = "ada@example.org";
  secrets_ = {"correct horse"};
  script_.expect("POST /api/v1/auth/refresh", 401, "{}");
  script_.expect("POST /api/v1/auth/login", 200, tokens("a1", "r1"));
  expect_list();
  EXPECT_EQ(run("", true), 0);
}

TEST_F(Chat, DoesNotAskForAPasswordWhenTheServerIsAway) {
  ASSERT_TRUE(login_file{options_.login}.save({options_.server, "ada@example.org", "r1", ""}));
  secrets_ = {"correct horse"};
  script_.expect("POST /api/v1/auth/refresh", scripted_transport::refuses{});
  EXPECT_EQ(run("", true), 1);
  EXPECT_TRUE(complained("Cannot reach the server"));
  EXPECT_EQ(secrets_.size(), 1U);
}

TEST_F(Chat, GoesOnAfterAFailureOnATerminal) {
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 422, R"({"title":"x","detail":"Too long.","code":"VALIDATION_ERROR"})");
  script_.expect(ask_line_of_http, 200, answer("Two."));
  EXPECT_EQ(run("One\nTwo\n", true), 0);
  EXPECT_TRUE(complained("genesis: Too long."));
  EXPECT_NE(out_.str().find("Two."), std::string::npos);
}

TEST_F(Chat, StopsOnATerminalWhenOnlyANewSignInHelps) {
  save_login();
  expect_list();
  script_.expect(ask_line_of_http, 401, "{}");
  script_.expect("POST /api/v1/auth/refresh", 401, "{}");
  EXPECT_EQ(run("One\nTwo\n", true), 1);
  EXPECT_TRUE(complained("sign in"));
}

TEST_F(Chat, ObeysCommandsOnATerminal) {
  save_login();
  script_.expect("GET /api/v1/conversations?limit=1", 200, R"({"data":[{"id":"c9","title":"Sl\u001beep"}]})");
  script_.expect(ask_line_of_http, 200, answer("New."));
  EXPECT_EQ(run("/what\n/new\nOne\n/quit\nTwo\n", true), 0);
  EXPECT_FALSE(boost::json::parse(script_.requests.back().body).as_object().contains("conversation_id"));
  EXPECT_NE(out_.str().find("conversation 'Sleep'"), std::string::npos) << out_.str();
}

}  // namespace
}  // namespace genesis::cli
