#include "http/problem.hpp"
#include "http/status.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <set>

namespace genesis::http {
namespace {

TEST(Problem, HasEveryCodeOnceWithTextsAndAKnownStatus) {
  std::set<std::string_view> names;
  std::set<std::string_view> slugs;
  for (const auto& kind : problem_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_TRUE(slugs.insert(kind.slug).second) << kind.slug;
    EXPECT_FALSE(kind.title.empty()) << kind.name;
    EXPECT_TRUE(kind.help.ends_with('.')) << kind.name;
    EXPECT_NE(reason_phrase(kind.status), "") << kind.name;
    EXPECT_EQ(kind_of(kind.code).name, kind.name);
  }
  EXPECT_EQ(names.size(), problem_code_count);
}

TEST(Problem, NamesItsPageAfterItsCode) {
  for (const auto& kind : problem_kinds()) {
    std::string slug;
    for (const char c : kind.name)
      slug += c == '_' ? '-' : static_cast<char>(c + ('a' - 'A'));
    EXPECT_EQ(kind.slug, slug);
  }
}

TEST(Problem, AsksForPatienceExactlyWhereARepetitionMayHelp) {
  for (const auto& kind : problem_kinds())
    EXPECT_EQ(
      kind.may_retry, kind.status == 429 || kind.status == 503 || kind.code == problem_code::idempotency_in_progress)
      << kind.name;
}

TEST(Problem, GivesEveryErrorAStatus) {
  const std::pair<errc, int> expected[] = {{errc::invalid_argument, 422}, {errc::unauthorized, 401},
    {errc::forbidden, 403}, {errc::reauthentication_required, 403}, {errc::not_found, 404}, {errc::conflict, 409},
    {errc::email_taken, 409}, {errc::replay_expired, 409}, {errc::precondition_failed, 412}, {errc::key_reused, 422},
    {errc::in_progress, 409}, {errc::rate_limited, 429}, {errc::overloaded, 429}, {errc::unavailable, 503},
    {errc::outcome_unknown, 503}, {errc::fenced, 503}, {errc::shutting_down, 503}, {errc::internal, 500},
    {errc::none, 500}};
  for (const auto& [code, status] : expected)
    EXPECT_EQ(kind_of(code_for(code)).status, status) << to_string(code);
}

TEST(Problem, WritesTheMembersOfRfc9457AndItsOwn) {
  const problem what{problem_code::validation_error, "Two fields.",
    {{"height_cm", "range", "must be between 50 and 272"}, {"a\"b", "unknown", "is not a field of this object"}}, 0};
  EXPECT_EQ(problem_body(what, "req-1"),
    R"({"type":"/problems/validation-error","title":"Some fields are not acceptable","status":422,"detail":"Two fields.",)"
    R"("code":"VALIDATION_ERROR","request_id":"req-1","errors":[)"
    R"({"field":"height_cm","rule":"range","message":"must be between 50 and 272"},)"
    R"({"field":"a\"b","rule":"unknown","message":"is not a field of this object"}]})");
}

TEST(Problem, SaysItsHelpWhenThereIsNothingMoreToSay) {
  const auto body = boost::json::parse(problem_body({problem_code::not_found, {}, {}, 0}, "r")).as_object();
  EXPECT_EQ(body.at("detail").as_string(), kind_of(problem_code::not_found).help);
  EXPECT_FALSE(body.contains("errors"));
}

TEST(Problem, NeverTellsOfTheMachineRoom) {
  for (const auto code : {errc::unavailable, errc::outcome_unknown, errc::fenced, errc::internal})
    EXPECT_EQ(to_problem(error{code, "disk /dev/sda1 is gone"}).detail, "") << to_string(code);
  EXPECT_EQ(to_problem(error{errc::not_found, "There is no such run."}).detail, "There is no such run.");
  EXPECT_EQ(to_problem(error{errc::conflict, "There are 32 already."}).detail, "There are 32 already.");
}

TEST(Problem, CarriesTheStatusOfEveryParseFault) {
  for (const auto& text : fault_texts()) {
    const auto what = to_problem(text.fault);
    EXPECT_EQ(what.status(), text.status) << text.name;
    EXPECT_EQ(what.detail, text.sentence);
    if (text.status != 505) {
      EXPECT_EQ(kind_of(what.code).status, text.status) << text.name;
    }
  }
}

TEST(Problem, HasAPageForEveryType) {
  for (const auto& kind : problem_kinds()) {
    const auto page = problem_page(kind.slug);
    ASSERT_TRUE(page) << kind.slug;
    const auto object = boost::json::parse(*page).as_object();
    EXPECT_EQ(object.at("help").as_string(), kind.help);
    EXPECT_EQ(object.at("type").as_string(), "/problems/" + std::string{kind.slug});
  }
  EXPECT_EQ(problem_page("nothing"), std::nullopt);
  EXPECT_EQ(problem_page(""), std::nullopt);
}

}  // namespace
}  // namespace genesis::http
