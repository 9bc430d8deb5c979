#include "cli/problem_text.hpp"

#include <gtest/gtest.h>

namespace genesis::cli {
namespace {

TEST(ProblemText, GivesTheDetailAndWhatToDoNext) {
  const http::http_response taken{
    409, {}, R"({"title":"Conflict","detail":"There is an account","code":"EMAIL_TAKEN"})"};
  EXPECT_EQ(explain(taken), "There is an account. Leave out --register to sign in to it.");
  EXPECT_EQ(problem_code(taken), "EMAIL_TAKEN");
}

TEST(ProblemText, FallsBackToTheTitle) {
  EXPECT_EQ(explain({404, {}, R"({"title":"Not Found","code":"NOT_FOUND"})"}), "Not Found.");
}

TEST(ProblemText, NamesEveryFaultyField) {
  const http::http_response refused{422, {},
    R"({"title":"Unprocessable","detail":"2 fields are wrong.","code":"VALIDATION_ERROR","errors":[
        {"field":"email","rule":"format","message":"must be an address"},
        {"field":"password","rule":"strength","message":"is too easy to guess"}]})"};
  EXPECT_EQ(explain(refused), "The email must be an address. The password is too easy to guess.");
}

TEST(ProblemText, PrefersTheServersWaitOverAdvice) {
  const http::http_response busy{
    429, {{"retry-after", "7"}}, R"({"title":"Too Many Requests","detail":"Slow down.","code":"OVERLOADED"})"};
  EXPECT_EQ(explain(busy), "Slow down. Try again in 7 s.");
}

TEST(ProblemText, SaysNothingOfHeadersToPeople) {
  const http::http_response busy{429, {{"retry-after", "7"}},
    R"({"title":"Too many","detail":"There were too many. Wait as long as the Retry-After header says.","code":"X"})"};
  EXPECT_EQ(explain(busy), "There were too many. Try again in 7 s.");
}

TEST(ProblemText, AddsTheRequestIdToFailuresOfTheServer) {
  const auto text =
    explain({500, {}, R"({"title":"Internal","detail":"It broke.","code":"INTERNAL","request_id":"r1"})"});
  EXPECT_NE(text.find("(request r1)"), std::string::npos) << text;
}

TEST(ProblemText, DoubtsTheUrlWhenTheAnswerIsNotOurs) {
  for (const auto* body : {"", "<html>", "[]", "{}"}) {
    EXPECT_NE(explain({502, {}, body}).find("Check that the URL"), std::string::npos) << body;
    EXPECT_EQ(problem_code({502, {}, body}), "") << body;
  }
}

TEST(ProblemText, SaysWhichFlagTakesTheInvitation) {
  EXPECT_EQ(explain({403, {},
              R"({"title":"Not allowed","code":"FORBIDDEN",
                  "detail":"registration needs an invitation; send it as the member invite"})"}),
    "registration needs an invitation; give it with --invite CODE.");
}

TEST(ProblemText, AdvisesToStartAServerWhereThereIsNone) {
  EXPECT_TRUE(unreachable("https://a", {errc::unavailable, "refused"}).detail.contains("Start it with"));
  EXPECT_EQ(unreachable("https://a", {errc::forbidden, "its certificate is not for a"}).detail,
    "Cannot reach the server at https://a: its certificate is not for a.");
  EXPECT_EQ(unreachable("https://a", {errc::not_found, "its name 'a' is not known"}).detail,
    "Cannot reach the server at https://a: its name 'a' is not known. Say where it is with --address, or name another "
    "one with --url.");
}

TEST(ProblemText, IsPrintable) {
  EXPECT_EQ(explain({400, {}, R"({"title":"x","detail":"a\u001b[31mb"})"}), "a[31mb.");
}

}  // namespace
}  // namespace genesis::cli
