#include "cli/chat_session.hpp"
#include "tests/cli/scripted_transport.hpp"
#include "tests/temporary_directory.hpp"

#include <boost/json/parse.hpp>

namespace genesis::cli {
namespace {

constexpr auto ask_line = "POST /api/v1/chat/stream";
constexpr auto resume_line = "GET /api/v1/runs/run1/stream";
const std::string start =
  event(1, "start", R"("run_id":"run1","conversation_id":"c1","message_id":"m1","agent":"sage")") +
  event(2, "agent_start", R"("agent":"sage","name":"Sage")");
const std::string hello = event(3, "token", R"("text":"Hello ","agent":"sage")");
const std::string there = event(4, "token", R"("text":"there.","agent":"sage")");
const std::string water = R"("type":"water_target","data":{"litres":2},"sources":[])";
const std::string good_end = event(5, "end", R"("status":"success","message_id":"m1")");

// Writes down what it is shown.
class recording_view final : public answer_view {
public:
  void show_agent(std::string_view name) override { shown += "[" + std::string{name} + "]"; }
  void show_text(std::string_view piece) override { shown += piece; }
  void show_artifact(const boost::json::object& artifact) override {
    shown += "<" + std::string{artifact.at("type").as_string()} + ">";
  }
  void show_note(std::string_view sentence) override { notes += std::string{sentence} + "\n"; }
  void drop_results() override { shown += "!"; }
  void finish_answer() override { shown += "|"; }

  std::string shown;
  std::string notes;
};

class ChatSession : public testing::Test {
protected:
  ChatSession() {
    script_.expect("POST /api/v1/auth/login", 200, tokens("a1", "r1"));
    EXPECT_TRUE(api_.sign_in("ada@example.org", "correct horse"));
    script_.requests.clear();
  }

  [[nodiscard]] boost::json::object sent(std::size_t request) const {
    return boost::json::parse(script_.requests.at(request).body).as_object();
  }
  [[nodiscard]] std::string last_event_id(std::size_t request) const {
    return field(script_.requests.at(request), "Last-Event-ID");
  }

  temporary_directory directory_;
  login_file file_{directory_.path() / "login.json"};
  scripted_transport script_;
  api_client api_{script_, file_, "http://127.0.0.1:8080"};
  recording_view view_;
  int keys_ = 0;
  chat_session session_{api_, view_, "", [this] { return "key" + std::to_string(++keys_); }};
};

TEST_F(ChatSession, ShowsAnAnswerAsItComes) {
  script_.expect(ask_line, 200,
    start + event(3, "intent", R"("intent":"x","confidence":1,"agents":["sage"])") +
      event(4, "token", R"("text":"Drink ")") + event(5, "artifact", water) +
      event(6, "token", R"("text":"water.","agent":"sage")") + event(7, "usage", R"("input_tokens":1)") +
      event(8, "poem", R"("new":1)") + event(9, "end", R"("status":"success")"));
  EXPECT_EQ(session_.ask("How much?"), answer_outcome{});
  EXPECT_EQ(view_.shown, "[Sage]Drink <water_target>water.|");
  EXPECT_EQ(sent(0), (boost::json::object{{"message", "How much?"}}));
  EXPECT_EQ(field(script_.requests[0], "Idempotency-Key"), "key1");
  EXPECT_EQ(field(script_.requests[0], "Accept"), "text/event-stream");
}

TEST_F(ChatSession, GoesOnInTheConversationOfTheFirstAnswer) {
  script_.expect(ask_line, 200, start + hello + there + good_end);
  script_.expect(ask_line, 200, start + hello + there + good_end);
  ASSERT_TRUE(session_.ask("One"));
  ASSERT_TRUE(session_.ask("Two"));
  EXPECT_EQ(sent(1), (boost::json::object{{"message", "Two"}, {"conversation_id", "c1"}}));
  EXPECT_EQ(field(script_.requests[1], "Idempotency-Key"), "key2");
  EXPECT_EQ(file_.load().value()->conversation_id, "c1");
}

TEST_F(ChatSession, NamesTheAgentThatWasAskedFor) {
  chat_session to_blaze{api_, view_, "blaze", [] { return "k"; }};
  script_.expect(ask_line, 200, start + good_end);
  ASSERT_TRUE(to_blaze.ask("Hi"));
  EXPECT_EQ(sent(0), (boost::json::object{{"message", "Hi"}, {"agent", "blaze"}}));
}

TEST_F(ChatSession, ShowsTheSameTextWhereverTheConnectionIsCut) {
  const auto whole = start + hello + there + good_end;
  const auto head = start.size();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    view_.shown.clear();
    script_.expect(ask_line, 200, whole.substr(0, at), http::stream_end::cut);
    // Before the run is known the same question joins it; afterwards it is followed from where the cut was.
    const auto first_event = start.find("\n\n") + 2;
    if (at < first_event) {
      script_.expect(ask_line, 200, whole);
    } else {
      const auto rest = at < head                                 ? start.substr(first_event) + hello + there + good_end
                        : at < head + hello.size()                ? hello + there + good_end
                        : at < head + hello.size() + there.size() ? there + good_end
                                                                  : good_end;
      script_.expect(resume_line, 200, rest);
    }
    EXPECT_EQ(session_.ask("x"), answer_outcome{}) << "cut at " << at;
    EXPECT_EQ(view_.shown, "[Sage]Hello there.|") << "cut at " << at;
  }
}

TEST_F(ChatSession, AsksForTheEventsAfterTheLastOneSeen) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect(resume_line, 200, there, http::stream_end::cut);
  script_.expect(resume_line, 200, good_end);
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
  EXPECT_EQ(last_event_id(1), "3");
  EXPECT_EQ(last_event_id(2), "4");
  EXPECT_EQ(field(script_.requests[1], "Authorization"), "Bearer a1");
}

TEST_F(ChatSession, ShowsRepeatedEventsOnce) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect(resume_line, 200, start + hello + there + good_end);
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
  EXPECT_EQ(view_.shown, "[Sage]Hello there.|");
}

TEST_F(ChatSession, TakesAStreamThatEndsWellWithoutItsEndEventAsCut) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::complete);
  script_.expect(resume_line, 200, there + good_end);
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
}

TEST_F(ChatSession, ResumesAfterAShutdownThatBelongsToTheConnection) {
  const std::string leaving =
    "event: error\ndata: {\"code\":\"SHUTTING_DOWN\",\"message\":\"x\",\"retryable\":true}\n\n";
  script_.expect(ask_line, 200, start + hello + leaving, http::stream_end::cut);
  script_.expect(resume_line, scripted_transport::refuses{});
  script_.expect(resume_line, 200, event(4, "end", R"("status":"interrupted")"));
  const auto outcome = session_.ask("x");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->status, run_status::interrupted);
  EXPECT_NE(outcome->sentence.find("Ask again"), std::string::npos);
  EXPECT_EQ(view_.shown, "[Sage]Hello |");
}

// A crash took the events 3 and 4 from storage: the end has the number 3 there.
TEST_F(ChatSession, TakesAnEndWhoseNumberAnotherEventHadBeforeACrash) {
  script_.expect(ask_line, 200, start + hello + there, http::stream_end::cut);
  script_.expect(resume_line, scripted_transport::refuses{});
  script_.expect(resume_line, 200, event(3, "end", R"("status":"interrupted")"));
  script_.expect(
    "GET /api/v1/messages/m1", 200, R"({"agent":"sage","content":"Hello ","artifacts":[{)" + water + "}]}");
  script_.expect("GET /api/v1/runs/run1", 200, R"({"status":"interrupted","error":null})");
  const auto outcome = session_.ask("x");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->status, run_status::interrupted);
  EXPECT_NE(outcome->sentence.find("Ask again"), std::string::npos);
  EXPECT_EQ(view_.shown, "[Sage]Hello there.<water_target>|") << "the text was seen, the table was not";
}

TEST_F(ChatSession, ShowsTheRestOfAnAnswerThatEndsBelowWhatWasSeen) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect(resume_line, 200, event(3, "end", R"("status":"interrupted")"));
  script_.expect("GET /api/v1/messages/m1", 200, R"({"agent":"sage","content":"Hello there, Ada.","artifacts":[]})");
  script_.expect("GET /api/v1/runs/run1", 200, R"({"status":"interrupted","error":null})");
  EXPECT_EQ(session_.ask("x")->status, run_status::interrupted);
  EXPECT_EQ(view_.shown, "[Sage]Hello there, Ada.|");
}

TEST_F(ChatSession, EndsAnInterruptedAnswerWhoseMessageCannotBeRead) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect(resume_line, 200, event(2, "end", R"("status":"interrupted")"));
  script_.expect("GET /api/v1/messages/m1", 503, "{}");
  EXPECT_EQ(session_.ask("x")->status, run_status::interrupted);
}

TEST_F(ChatSession, SaysThatItWasCancelledWhenItsEndCannotBeRead) {
  script_.interrupt_waits = true;
  script_.expect(ask_line, 200, start + hello, http::stream_end::interrupted);
  script_.expect("POST /api/v1/runs/run1/cancel", 200, "{}");
  script_.expect(resume_line, scripted_transport::refuses{});
  const auto outcome = session_.ask("x");
  ASSERT_FALSE(outcome);
  EXPECT_TRUE(outcome.error().detail.ends_with("The answer was cancelled.")) << outcome.error().detail;
}

TEST_F(ChatSession, RepeatsAQuestionUnderItsKeyWhenNoAnswerBegan) {
  script_.expect(ask_line, scripted_transport::refuses{});
  script_.expect(ask_line, scripted_transport::answers{{503, {{"Retry-After", "3"}}, "{}"}, {}});
  script_.expect(ask_line, 409, R"({"title":"Conflict","code":"IDEMPOTENCY_IN_PROGRESS"})");
  script_.expect(ask_line, 200, start + hello + there + good_end);
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
  for (const auto& request : script_.requests)
    EXPECT_EQ(field(request, "Idempotency-Key"), "key1");
  EXPECT_EQ(script_.waits.at(1), std::chrono::seconds{3}) << "the server's wish counts";
}

TEST_F(ChatSession, GivesUpAfterItsAttempts) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  for (int attempt = 0; attempt < chat_session::attempts_max; ++attempt)
    script_.expect(resume_line, scripted_transport::refuses{});
  const auto outcome = session_.ask("x");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, errc::unavailable);
  EXPECT_NE(outcome.error().detail.find("Cannot reach"), std::string::npos);
  EXPECT_EQ(view_.shown, "[Sage]Hello |") << "what came stays, and its line is ended";
  EXPECT_TRUE(std::ranges::is_sorted(script_.waits));
}

TEST_F(ChatSession, CountsItsAttemptsAnewAfterEveryEvent) {
  script_.expect(ask_line, 200, start, http::stream_end::cut);
  for (int seq = 3; seq < 3 + 2 * chat_session::attempts_max; ++seq)
    script_.expect(resume_line, 200, event(seq, "token", R"("text":"x","agent":"sage")"), http::stream_end::cut);
  script_.expect(resume_line, 200, event(99, "end", R"("status":"success")"));
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
}

TEST_F(ChatSession, ReadsTheStoredAnswerWhenItsEventsAreGone) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect(resume_line, 409, R"({"title":"Conflict","code":"REPLAY_EXPIRED"})");
  script_.expect(
    "GET /api/v1/messages/m1", 200, R"({"agent":"sage","content":"Hello there, Ada.","artifacts":[{)" + water + "}]}");
  script_.expect("GET /api/v1/runs/run1", 200, R"({"status":"success","error":null})");
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
  EXPECT_EQ(view_.shown, "[Sage]Hello there, Ada.<water_target>|");
}

TEST_F(ChatSession, ReadsTheStoredAnswerWhenNothingIsLeftToStream) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect(resume_line, 204, "");
  script_.expect("GET /api/v1/messages/m1", 200, R"({"content":"Anders","artifacts":[]})");
  script_.expect("GET /api/v1/runs/run1", 200,
    R"({"status":"error","error":{"code":"INTERNAL","message":"It broke.","retryable":true}})");
  const auto outcome = session_.ask("x");
  EXPECT_EQ(outcome, (answer_outcome{run_status::error, "It broke. Ask again in a moment."}));
  EXPECT_EQ(view_.shown, "[Sage]Hello \n\nAnders|") << "another wording is shown as a whole";
}

TEST_F(ChatSession, SaysWhyAnAnswerFailed) {
  script_.expect(ask_line, 200,
    start + event(3, "error", R"("code":"UNAVAILABLE","message":"No\u001b room.","retryable":false)") +
      event(4, "end", R"("status":"error")"));
  EXPECT_EQ(session_.ask("x"), (answer_outcome{run_status::error, "No room."}));
}

TEST_F(ChatSession, SaysWhenTheQuestionWasNotKept) {
  script_.expect(ask_line, 200, start, http::stream_end::cut);
  script_.expect(resume_line, 404, R"({"title":"Not Found","code":"NOT_FOUND"})");
  EXPECT_EQ(session_.ask("x").error().code, errc::not_found);
}

TEST_F(ChatSession, GivesRefusalsOfAQuestionToThePersonAtOnce) {
  script_.expect(ask_line, 422, R"({"title":"x","detail":"message is too long","code":"VALIDATION_ERROR"})");
  EXPECT_EQ(session_.ask("x").error().detail, "message is too long.");
  script_.expect(ask_line, 429, R"({"title":"x","detail":"Too fast.","code":"RATE_LIMIT_EXCEEDED"})");
  EXPECT_EQ(session_.ask("x").error().detail, "Too fast.");
  EXPECT_TRUE(script_.waits.empty());
}

TEST_F(ChatSession, WaitsForALimitThatIsSoonOver) {
  const http::http_response limited{429, {{"Retry-After", "2"}}, R"({"title":"x","code":"RATE_LIMIT_EXCEEDED"})"};
  script_.expect(ask_line, scripted_transport::answers{limited});
  script_.expect(ask_line, 200, start + hello + event(4, "end", R"("status":"success")"));
  EXPECT_EQ(session_.ask("x"), (answer_outcome{run_status::success, {}}));
  EXPECT_EQ(script_.waits, std::vector<std::chrono::milliseconds>{std::chrono::seconds{2}});
}

TEST_F(ChatSession, LeavesALongLimitToThePerson) {
  const http::http_response limited{429, {{"Retry-After", "11"}}, R"({"title":"x","code":"RATE_LIMIT_EXCEEDED"})"};
  script_.expect(ask_line, scripted_transport::answers{limited});
  EXPECT_EQ(session_.ask("x").error().detail, "x. Try again in 11 s.");
  EXPECT_TRUE(script_.waits.empty());
}

TEST_F(ChatSession, GivesUpOnAStreamThatIsNoneOfOurs) {
  script_.expect(ask_line, 200, "id: 1\nevent: start\ndata: <html>\n\n");
  EXPECT_EQ(session_.ask("x").error().code, errc::internal);
}

TEST_F(ChatSession, CancelsTheRunOnCtrlCAndShowsHowItEnds) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::interrupted);
  script_.expect("POST /api/v1/runs/run1/cancel", 200, "{}");
  script_.expect(resume_line, 200, event(4, "end", R"("status":"cancelled")"));
  EXPECT_EQ(session_.ask("x"), (answer_outcome{run_status::cancelled, "Cancelled."}));
  EXPECT_EQ(script_.interrupts, (std::vector{http::on_interrupt::report, http::on_interrupt::end_process}))
    << "a second Ctrl-C leaves";
  EXPECT_TRUE(view_.shown.ends_with("!|")) << view_.shown << ": its results are not shown";
  EXPECT_TRUE(script_.waits.empty());
}

TEST_F(ChatSession, CancelsAsSoonAsItKnowsTheRun) {
  script_.expect(ask_line, scripted_transport::answers{{}, http::stream_end::interrupted});
  script_.expect(ask_line, 200, start + hello + there + good_end);
  script_.expect("POST /api/v1/runs/run1/cancel", 200, "{}");
  script_.expect(resume_line, 200, event(3, "end", R"("status":"cancelled")"));
  EXPECT_EQ(session_.ask("x")->status, run_status::cancelled);
}

TEST_F(ChatSession, CancelsWhenInterruptedWhileItWaits) {
  script_.interrupt_waits = true;
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect("POST /api/v1/runs/run1/cancel", 200, "{}");
  script_.expect(resume_line, 200, event(4, "end", R"("status":"cancelled")"));
  EXPECT_EQ(session_.ask("x")->status, run_status::cancelled);
}

TEST_F(ChatSession, LeavesWhenInterruptedTwiceWhileTheServerIsAway) {
  script_.interrupt_waits = true;
  script_.expect(ask_line, scripted_transport::refuses{});
  script_.expect(ask_line, scripted_transport::refuses{});
  EXPECT_FALSE(session_.ask("x"));
  EXPECT_EQ(script_.waits.size(), 2U);
}

TEST_F(ChatSession, AsksToCancelOnceEvenWhenThatIsRefused) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::interrupted);
  script_.expect("POST /api/v1/runs/run1/cancel", 500, "{}");
  script_.expect(resume_line, 200, there + good_end);
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
}

TEST_F(ChatSession, RenewsItsTokenInTheMiddleOfAnAnswer) {
  script_.expect(ask_line, 200, start + hello, http::stream_end::cut);
  script_.expect(resume_line, 401, R"({"title":"x","code":"TOKEN_EXPIRED"})");
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a2", "r2"));
  script_.expect(resume_line, 200, there + good_end);
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
  EXPECT_EQ(last_event_id(3), "3");
}

TEST_F(ChatSession, StopsWhenTheLoginHasEnded) {
  script_.expect(ask_line, 401, R"({"title":"x","code":"TOKEN_EXPIRED"})");
  script_.expect("POST /api/v1/auth/refresh", 401, "{}");
  EXPECT_EQ(session_.ask("x").error().code, errc::unauthorized);
}

TEST_F(ChatSession, ContinuesTheRememberedConversation) {
  ASSERT_TRUE(api_.remember_conversation("c7"));
  script_.expect("GET /api/v1/conversations/c7", 200, R"({"id":"c7","title":"Squats"})");
  EXPECT_EQ(session_.continue_last().value(), "Squats");
  script_.expect(ask_line, 200, start + good_end);
  ASSERT_TRUE(session_.ask("x"));
  EXPECT_EQ(sent(1).at("conversation_id"), "c7");
}

TEST_F(ChatSession, ContinuesTheNewestWhenTheRememberedOneIsGone) {
  ASSERT_TRUE(api_.remember_conversation("c7"));
  script_.expect("GET /api/v1/conversations/c7", 404, "{}");
  script_.expect("GET /api/v1/conversations?limit=1", 200, R"({"data":[{"id":"c9","title":"Sleep"}]})");
  EXPECT_EQ(session_.continue_last().value(), "Sleep");
}

TEST_F(ChatSession, StartsAnewWhenThereIsNoConversation) {
  script_.expect("GET /api/v1/conversations?limit=1", 200, R"({"data":[]})");
  EXPECT_EQ(session_.continue_last().value(), std::nullopt);
}

TEST_F(ChatSession, StartsAnewWhenTheConversationIsDeletedMeanwhile) {
  script_.expect("GET /api/v1/conversations?limit=1", 200, R"({"data":[{"id":"c9","title":"Sleep"}]})");
  ASSERT_TRUE(session_.continue_last());
  script_.expect(ask_line, 404, R"({"title":"x","code":"NOT_FOUND"})");
  script_.expect(ask_line, 200, start + good_end);
  EXPECT_EQ(session_.ask("x"), answer_outcome{});
  EXPECT_FALSE(sent(2).contains("conversation_id"));
  EXPECT_EQ(field(script_.requests[2], "Idempotency-Key"), "key2") << "another request needs another key";
}

TEST_F(ChatSession, StartsOverWhenAskedTo) {
  script_.expect("GET /api/v1/conversations?limit=1", 200, R"({"data":[{"id":"c9","title":"Sleep"}]})");
  ASSERT_TRUE(session_.continue_last());
  session_.start_over();
  script_.expect(ask_line, 200, start + good_end);
  ASSERT_TRUE(session_.ask("x"));
  EXPECT_FALSE(sent(1).contains("conversation_id"));
}

TEST(RandomKey, HasThirtyTwoDigitsAndNeverRepeats) {
  const auto key = random_key();
  EXPECT_EQ(key.size(), 32U);
  EXPECT_EQ(key.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(key, random_key());
}

}  // namespace
}  // namespace genesis::cli
