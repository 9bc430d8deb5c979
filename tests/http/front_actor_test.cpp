#include "actors/actor_error.hpp"
#include "actors/background_worker.hpp"
#include "auth/api_key.hpp"
#include "http/encoders.hpp"
#include "http/front_actor.hpp"
#include "http/request_parser.hpp"
#include "tests/temporary_directory.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <stdexcept>

namespace genesis::http {

namespace {

/// What a client was sent.
class recorder final : public response_sink {
public:
  void respond(response answer) override { answers.push_back(std::move(answer)); }
  void begin_stream(
    const stream_head&, std::function<void(std::size_t)> on_ready, std::function<void()> on_gone) override {
    is_streaming = true;
    ready = std::move(on_ready);
    gone = std::move(on_gone);
  }
  void write_frames(std::vector<body_ptr> frames, bool) override {
    if (is_broken)
      throw std::runtime_error("on purpose");
    written += frames.size();
  }
  void abort_stream(body_ptr) override { is_aborted = true; }
  [[nodiscard]] std::optional<stream_format> format() const noexcept override { return stream_format::sse; }

  [[nodiscard]] int status() const { return answers.size() == 1 ? answers.front().status : 0; }

  std::vector<response> answers;
  bool is_streaming = false;
  bool is_broken = false;
  bool is_aborted = false;
  std::size_t written = 0;
  std::function<void(std::size_t)> ready;
  std::function<void()> gone;
};

accounts_actor::behavior_type obliging_accounts(accounts_actor::pointer) {
  const auto anybody = [] {
    signed_in who;
    who.grant.person = std::make_shared<const std::string>("{}");
    who.refresh_token = "gr_next";
    return who;
  };
  return {
    [anybody](const sign_up&) { return anybody(); },
    [anybody](const log_in&) { return anybody(); },
    [anybody](const renew_session&) { return anybody(); },
    [](const renew_password&) { return entity_reply{}; },
  };
}

constexpr std::string_view metrics_request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view refresh_request_head =
  "POST /api/v1/auth/refresh HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n";

}  // namespace

/// A front on CAF's test scheduler, with a desk whose clock and whose metrics throw when a test says so.
class FrontActor : public testing::Test {
protected:
  FrontActor() {
    spdlog::set_level(spdlog::level::off);
    config_.set("scheduler.policy", caf::atom("testing"));
    system_ = std::make_unique<caf::actor_system>(config_);
    keys_ = std::make_shared<const auth::signing_keys>(std::move(*auth::signing_keys::open(directory_.path(), now())));
    settings_.metrics.allow = {"127.0.0.0/8"};
    site_ = make_site(
      settings_, [this] { return may_throw(clock_readings_that_work_), now() + later_; },
      [this] { return may_throw(metrics_that_work_), std::string{"metrics"}; });
    desk_ = std::make_unique<front_desk>(site_, keys_, state_);
    accounts_ = system_->spawn(obliging_accounts);
    background_ = system_->spawn(background_behavior);
    front_ = system_->spawn(front_behavior, desk_.get(), front_services{{}, accounts_, background_, json_encoders()});
    run();
  }
  ~FrontActor() override {
    caf::anon_send_exit(front_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(accounts_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(background_, caf::exit_reason::user_shutdown);
    front_ = nullptr;
    accounts_ = nullptr;
    background_ = nullptr;
    run();
  }

  static timestamp now() { return timestamp{std::chrono::hours{24 * 365 * 56}}; }
  /// Throws when the number has come down to 0, and works again from then on.
  static void may_throw(int& works) {
    if (works-- == 0)
      throw std::runtime_error("on purpose");
  }
  void run() {
    while (static_cast<caf::scheduler::test_coordinator&>(system_->scheduler()).try_run_once()) {
    }
  }
  std::shared_ptr<recorder> send(std::string_view head, std::string body = {}) {
    auto sink = std::make_shared<recorder>();
    auto request = std::make_shared<exchange>();
    request_parser parser;
    EXPECT_EQ(parser.feed(head), parse_step::complete);
    request->head = parser.take_head();
    request->peer = "127.0.0.1";
    request->body = std::move(body);
    request->sink = sink;
    EXPECT_FALSE(desk_->check(*request)) << "the desk answers already";
    caf::anon_send(front_, request_arrived{request});
    return sink;
  }
  std::shared_ptr<recorder> send_metrics() { return send(metrics_request); }
  std::shared_ptr<recorder> send_refresh() {
    return send(refresh_request_head, R"({"refresh_token": "gr_)" + std::string(38, 'x') + "\"}");
  }

  temporary_directory directory_;
  config::settings settings_;
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  auth::signing_keys_ptr keys_;
  std::chrono::milliseconds later_{0};
  int clock_readings_that_work_ = -1;
  int metrics_that_work_ = -1;
  server_state state_;
  std::shared_ptr<const site> site_;
  std::unique_ptr<front_desk> desk_;
  accounts_actor accounts_;
  background_actor background_;
  front_actor front_;
};

TEST_F(FrontActor, AnswersARequestWhoseHandlerThrowsWith500AndNoOther) {
  metrics_that_work_ = 1;
  const auto before = send_metrics();
  const auto broken = send_metrics();
  const auto after = send_metrics();
  run();
  EXPECT_EQ(before->status(), 200);
  EXPECT_EQ(broken->status(), 500);
  EXPECT_EQ(after->status(), 200);
}

TEST_F(FrontActor, AnswersARequestWhoseCallbackThrowsWith500AndNoOther) {
  const auto before = send_refresh();
  const auto broken = send_refresh();
  const auto after = send_refresh();
  clock_readings_that_work_ = 4;  // three bodies are read; then the answers come, each with the time
  run();
  EXPECT_EQ(before->status(), 200);
  EXPECT_EQ(broken->status(), 500);
  EXPECT_EQ(after->status(), 200);
}

TEST_F(FrontActor, SaysThatAConditionDoesNotHoldWhereNothingElseIsWrong) {
  const auto post = [&](const std::string& fields, const std::string& body) {
    const auto sink =
      send("POST /api/v1/auth/refresh HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
             fields + "\r\n",
        body);
    run();
    return sink->status();
  };
  const std::string json = "Content-Type: application/json\r\n";
  const std::string good = R"({"refresh_token":"gr_next"})";
  for (const std::string unmet : {"If-None-Match: *\r\n", "If-Match: \"x\"\r\n"}) {
    EXPECT_EQ(post(unmet, good), 415);
    EXPECT_EQ(post(json + unmet, std::string(17'000, ' ')), 413);
    EXPECT_EQ(post(json + unmet, "{"), 400);
    EXPECT_EQ(post(json + unmet, "{}"), 422);
    EXPECT_EQ(post(json + unmet, good), 412);
  }
  EXPECT_EQ(post("If-Match: x\r\n", good), 415);
  EXPECT_EQ(post(json + "If-Match: x\r\n", good), 400);
  EXPECT_EQ(post(json + "If-Match: *\r\n", good), 200);
}

TEST_F(FrontActor, BreaksOffAStreamThatMissedAFrameAndGoesOn) {
  const auto broken = std::make_shared<recorder>();
  const auto whole = std::make_shared<recorder>();
  broken->is_broken = true;
  const auto frames = std::vector<body_ptr>{std::make_shared<const std::string>("frame")};
  caf::anon_send(front_, reader_frames{desk_->readers().add(broken), frames, false});
  caf::anon_send(front_, reader_frames{desk_->readers().add(whole), frames, false});
  run();
  EXPECT_TRUE(broken->is_aborted);
  EXPECT_FALSE(whole->is_aborted);
  EXPECT_EQ(whole->written, 1u);
}

// --- API keys
// ---------------------------------------------------------------------------------------------------------------------

/// A front that lets keys in by the word of an owner, beside one neighbour.
class FrontWithKeys : public FrontActor {
protected:
  FrontWithKeys() {
    owner_ = system_->spawn([this]() -> caf::behavior {
      return {
        [this](const check_api_key&) -> caf::result<api_key_facts> {
          ++questions_;
          if (is_revoked_)
            return to_caf({errc::unauthorized, "this API key was revoked or has expired"});
          return api_key_facts{{key_scope::read}, user_role::user, std::nullopt};
        },
        [](const get_user&) { return entity_reply{200, std::make_shared<const std::string>("{}"), {}, {}}; },
      };
    });
    shard_ = system_->spawn(
      [this]() -> caf::behavior { return {[this](const find_user&) { return caf::actor_cast<user_actor>(owner_); }}; });
    neighbour_ = system_->spawn([this]() -> caf::behavior { return {[this](const learn_key&) { ++told_; }}; });
    limiter_ = system_->spawn([this]() -> limiter_actor::behavior_type {
      return {
        [](const take_auth_token&) { return true; },
        [](const admit_login&) { return true; },
        [](const forgive_login&) {},
        [this](const admit_key&) -> caf::result<bool> {
          ++guesses_;
          if (is_locked_)
            return to_caf({errc::rate_limited, {}});
          return true;
        },
        [](const count_failed_key&) {},
      };
    });
    caf::anon_send_exit(front_, caf::exit_reason::user_shutdown);
    front_services services{{caf::actor_cast<shard_actor>(shard_)}, accounts_, background_, json_encoders(), limiter_};
    services.fronts = std::make_shared<const std::vector<front_actor>>(1, caf::actor_cast<front_actor>(neighbour_));
    front_ = system_->spawn(front_behavior, desk_.get(), std::move(services));
    run();
  }
  ~FrontWithKeys() override {
    for (const auto& each : {owner_, shard_, neighbour_, caf::actor_cast<caf::actor>(limiter_)})
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  }

  std::shared_ptr<recorder> send_key() {
    return send("GET /api/v1/users/me HTTP/1.1\r\nHost: x\r\nX-API-Key: " + key_ + "\r\n\r\n");
  }

  const std::string key_ = auth::make_api_key(user_id{uuid{{1}}}, api_key_id{uuid{{2}}}).text;
  bool is_revoked_ = false;
  bool is_locked_ = false;
  int questions_ = 0;  ///< To the owner.
  int guesses_ = 0;    ///< That the limiter was asked about.
  int told_ = 0;       ///< Keys that the neighbour was told of.
  caf::actor owner_;
  caf::actor shard_;
  caf::actor neighbour_;
  limiter_actor limiter_;
};

TEST_F(FrontWithKeys, TellsTheOthersOnceOfAKeyThatManyShowAtTheSameTime) {
  std::vector<std::shared_ptr<recorder>> all;
  for (int i = 0; i < 5; ++i)
    all.push_back(send_key());
  run();
  for (const auto& each : all)
    EXPECT_EQ(each->status(), 200);
  EXPECT_EQ(questions_, 5) << "none of them waits for another";
  EXPECT_EQ(told_, 1);
}

TEST_F(FrontWithKeys, TakesAKeyThatItRemembersForNoGuessAlsoWhenItsTimeIsOver) {
  const auto first = send_key();
  run();
  EXPECT_EQ(first->status(), 200);
  EXPECT_EQ(guesses_, 1);
  is_locked_ = true;
  later_ = settings_.auth.access_token_lifetime;
  const auto again = send_key();
  run();
  EXPECT_EQ(again->status(), 200);
  EXPECT_EQ(questions_, 2) << "what it may do is asked anew";
  EXPECT_EQ(guesses_, 1);
  EXPECT_EQ(told_, 2);
}

TEST_F(FrontWithKeys, TakesAKeyThatItsOwnerRefusesForAGuess) {
  send_key();
  run();
  later_ = settings_.auth.access_token_lifetime;
  is_revoked_ = true;
  const auto revoked = send_key();
  run();
  EXPECT_EQ(revoked->status(), 401);
  EXPECT_EQ(guesses_, 1);
  is_locked_ = true;
  const auto stranger = send_key();
  run();
  EXPECT_EQ(stranger->status(), 429);
  EXPECT_EQ(questions_, 2);
}

/// One of which the desk is told.
known_key numbered_key(std::uint16_t number, timestamp from, timestamp until) {
  known_key made;
  made.id.value.bytes[0] = static_cast<std::uint8_t>(number >> 8U);
  made.id.value.bytes[1] = static_cast<std::uint8_t>(number & 0xffU);
  made.from = from;
  made.until = until;
  return made;
}

TEST_F(FrontActor, MakesRoomForAKeyByForgettingThoseWhoseTimeIsOver) {
  constexpr std::uint16_t keys_max = 20'000;
  const auto soon = now() + std::chrono::minutes{1};
  const auto late = now() + std::chrono::minutes{15};
  for (std::uint16_t i = 0; i < keys_max; ++i)
    desk_->remember(numbered_key(i, now(), i == 0 ? soon : late));
  desk_->remember(numbered_key(1, now(), late));
  EXPECT_TRUE(desk_->remembers(numbered_key(2, now(), late))) << "one that is there needs no room";
  later_ = std::chrono::minutes{2};
  desk_->remember(numbered_key(keys_max, now(), late));
  EXPECT_FALSE(desk_->remembers(numbered_key(0, now(), soon)));
  EXPECT_TRUE(desk_->remembers(numbered_key(2, now(), late)));
  desk_->remember(numbered_key(keys_max + 1, now(), late));
  EXPECT_TRUE(desk_->remembers(numbered_key(keys_max + 1, now(), late)));
  EXPECT_FALSE(desk_->remembers(numbered_key(2, now(), late))) << "all are good: it begins anew";
}

}  // namespace genesis::http
