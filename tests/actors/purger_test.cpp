#include "actors/purger.hpp"
#include "tests/actors/actor_fixture.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <stdexcept>

namespace genesis {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A CDN that answers as it is told, and with 200 when it was told nothing, on a courier that works when its turn
/// comes.
struct false_edge {
  std::deque<result<int>> answers;
  std::vector<std::vector<std::string>> told;
  bool throws = false;

  result<int> operator()(const std::vector<std::string>& keys) {
    told.push_back(keys);
    if (throws)
      throw std::runtime_error{"on purpose"};
    if (answers.empty())
      return 200;
    auto next = answers.front();
    answers.pop_front();
    return next;
  }
};

background_actor::behavior_type deaf_courier(background_actor::pointer self) {
  return {
    [self, held = std::make_shared<std::vector<answer_ptr<bool>>>()](const background_job&) -> caf::result<bool> {
      held->push_back(hold_answer<bool>(self));
      return caf::delegated<bool>{};
    },
  };
}

std::uint64_t count(purge_outcome what) {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each(
    [&](const actor_counters& each) { sum += each.purges[static_cast<std::size_t>(what)].value(); });
  return sum;
}

class Purger : public ActorTest {
protected:
  Purger() { use(world.encoder); }
  ~Purger() override {
    leave();
    if (deaf_)
      caf::anon_send_exit(deaf_, caf::exit_reason::user_shutdown);
    deaf_ = nullptr;
    world.run();
    EXPECT_EQ(total_of(&actor_counters::purge_keys_now), 0);
  }
  void use(const background_actor& courier) {
    leave();
    purger_ = world.system().spawn(purger_behavior, courier,
      purger_options{[this](const std::vector<std::string>& keys) { return edge_(keys); }, "https://cdn.example", 4s});
  }
  void use_deaf_courier() {
    deaf_ = world.system().spawn(deaf_courier);
    use(deaf_);
  }
  void leave() {
    if (purger_)
      caf::anon_send_exit(purger_, caf::exit_reason::user_shutdown);
    purger_ = nullptr;
    world.run();
  }
  asked<std::int64_t> ask(std::vector<std::string> keys) {
    return world.ask<std::int64_t>(purger_, purge_keys{std::move(keys)});
  }
  result<std::int64_t> purge(std::vector<std::string> keys) {
    return world.wait_for<std::int64_t>(ask(std::move(keys)));
  }

  false_edge edge_;
  purger_actor purger_;
  background_actor deaf_;
};

TEST_F(Purger, TellsTheEdgeAndSaysWhenItHasConfirmed) {
  const auto done = count(purge_outcome::done);
  EXPECT_EQ(purge({"openapi", "root", "openapi"}), 2);
  EXPECT_THAT(edge_.told, ElementsAre(ElementsAre("openapi", "root")));
  EXPECT_EQ(count(purge_outcome::done), done + 1);
  EXPECT_EQ(purge({}), 0);
  EXPECT_EQ(edge_.told.size(), 1U);
}

TEST_F(Purger, SendsWhatComesMeanwhileTogether) {
  const auto first = ask({"a"});
  const auto second = ask({"b"});
  const auto third = ask({"c", "b"});
  EXPECT_TRUE(world.wait_for<std::int64_t>(first));
  EXPECT_TRUE(world.wait_for<std::int64_t>(second));
  EXPECT_TRUE(world.wait_for<std::int64_t>(third));
  EXPECT_LE(edge_.told.size(), 2U);
  std::set<std::string> all;
  for (const auto& each : edge_.told)
    all.insert(each.begin(), each.end());
  EXPECT_THAT(all, ElementsAre("a", "b", "c"));
}

TEST_F(Purger, TriesFiveTimesWithLongerAndLongerPauses) {
  const auto failed = count(purge_outcome::failed);
  const auto given_up = count(purge_outcome::given_up);
  for (const auto& each : std::vector<result<int>>{500, fail(errc::unavailable, "away"), 429, 503, 408})
    edge_.answers.push_back(each);
  const auto first = purge({"a"});
  EXPECT_CODE(first, errc::unavailable);
  EXPECT_THAT(first.error().detail, HasSubstr("status 500; it is tried again"));
  std::size_t attempts = 1;
  for (const auto pause : {1s, 4s, 16s, 64s}) {
    world.advance(pause - 1ms);
    EXPECT_EQ(edge_.told.size(), attempts);
    world.advance(1ms);
    EXPECT_EQ(edge_.told.size(), ++attempts);
    EXPECT_THAT(edge_.told.back(), ElementsAre("a"));
  }
  EXPECT_EQ(count(purge_outcome::failed), failed + 5);
  EXPECT_EQ(count(purge_outcome::given_up), given_up + 1);
  EXPECT_EQ(total_of(&actor_counters::purge_keys_now), 0);
  world.advance(10min);
  EXPECT_EQ(edge_.told.size(), attempts) << "and not once more";
}

TEST_F(Purger, IsDoneAsSoonAsOneAttemptIs) {
  edge_.answers = {500};
  EXPECT_CODE(purge({"a"}), errc::unavailable);
  EXPECT_EQ(total_of(&actor_counters::purge_keys_now), 1);
  world.advance(10min);
  EXPECT_EQ(edge_.told.size(), 2U);
}

TEST_F(Purger, RepeatsNothingThatIsRefused) {
  const auto refused = count(purge_outcome::refused);
  const auto given_up = count(purge_outcome::given_up);
  edge_.answers = {403};
  const auto answer = purge({"a"});
  EXPECT_CODE(answer, errc::unavailable);
  EXPECT_THAT(answer.error().detail, HasSubstr("status 403"));
  world.advance(10min);
  EXPECT_EQ(edge_.told.size(), 1U);
  EXPECT_EQ(count(purge_outcome::refused), refused + 1);
  EXPECT_EQ(count(purge_outcome::given_up), given_up);
}

TEST_F(Purger, AKeyThatIsRefusedKeepsBackNoOther) {
  edge_.answers = {403, 200, 403, 500, 200};
  EXPECT_CODE(purge({"a", "b", "c"}), errc::unavailable);
  world.advance(10min);
  EXPECT_THAT(edge_.told,
    ElementsAre(ElementsAre("a", "b", "c"), ElementsAre("a"), ElementsAre("b"), ElementsAre("c"), ElementsAre("c")));
  EXPECT_EQ(purge({"d", "e"}), 2) << "together again";
}

TEST_F(Purger, GivesUpOneByOneAfterARefusal) {
  edge_.answers = {403, 500, 500, 500, 500, 500, 200};
  EXPECT_CODE(purge({"a", "b"}), errc::unavailable);
  world.advance(10min);
  ASSERT_EQ(edge_.told.size(), 7U);
  EXPECT_THAT(edge_.told[5], ElementsAre("a"));
  EXPECT_THAT(edge_.told[6], ElementsAre("b"));
}

TEST_F(Purger, WhoAsksAfterARefusalIsToldOfAllOfTheirs) {
  edge_.answers = {403, 500, 200};
  EXPECT_CODE(purge({"a", "b"}), errc::unavailable);
  EXPECT_EQ(purge({"b", "c"}), 3);
  EXPECT_THAT(edge_.told.back(), ElementsAre("a", "b", "c"));
}

TEST_F(Purger, DoesNotFollowARedirection) {
  edge_.answers = {302};
  EXPECT_CODE(purge({"a"}), errc::unavailable);
  world.advance(10min);
  EXPECT_EQ(edge_.told.size(), 1U);
}

TEST_F(Purger, TriesAtOnceWhenSomebodyAsksDuringAPause) {
  edge_.answers = {500, 500, 500};
  for (int i = 0; i < 3; ++i)
    EXPECT_CODE(purge({"a"}), errc::unavailable);
  EXPECT_EQ(purge({"b"}), 2);
  EXPECT_THAT(edge_.told.back(), ElementsAre("a", "b"));
  world.advance(10min);
  EXPECT_EQ(edge_.told.size(), 4U) << "what the pauses were for is done";
}

TEST_F(Purger, GivesUpAnAttemptWhoseCourierIsLate) {
  use_deaf_courier();
  const auto answer = ask({"a"});
  world.advance(4s - 1ms);
  EXPECT_FALSE(answer->has_value());
  world.advance(1ms);
  ASSERT_TRUE(answer->has_value());
  EXPECT_CODE(**answer, errc::unavailable);
  EXPECT_THAT((*answer)->error().detail, HasSubstr("in time"));
}

TEST_F(Purger, OutlivesACourierThatThrows) {
  ++world.failures_expected;
  edge_.throws = true;
  EXPECT_CODE(purge({"a"}), errc::unavailable);
  edge_.throws = false;
  world.advance(1s);
  EXPECT_THAT(edge_.told, ElementsAre(ElementsAre("a"), ElementsAre("a")));
}

TEST_F(Purger, TakesSoManyKeysAndNotOneMore) {
  use_deaf_courier();
  std::vector<std::string> many;
  for (std::size_t i = 0; i < purge_keys_max; ++i)
    many.push_back("key" + std::to_string(i));
  const auto taken = ask(many);
  EXPECT_CODE(purge({"one more"}), errc::overloaded);
  const auto again = ask({"key7"});
  world.advance(1s);
  EXPECT_FALSE(taken->has_value());
  EXPECT_FALSE(again->has_value()) << "it waits already";
}

TEST_F(Purger, TellsWhoWaitsWhenItLeaves) {
  use_deaf_courier();
  const auto answer = ask({"a"});
  world.run();
  leave();
  ASSERT_TRUE(answer->has_value());
  EXPECT_CODE(**answer, errc::unavailable);
}

/// Whoever asks hears of an attempt that began after they asked and named their keys.
TEST(PurgerSchedules, AnswerEverybodyWithAnAttemptThatHadTheirKeys) {
  for_each_seed(200, [](std::uint64_t seed) {
    world_options options;
    options.seed = seed;
    actor_world world{std::move(options)};
    std::vector<std::set<std::string>> confirmed;
    auto purger = world.system().spawn(purger_behavior, world.encoder,
      purger_options{[&](const std::vector<std::string>& keys) -> result<int> {
                       if (world.one_in(3))
                         return 500;
                       confirmed.emplace_back(keys.begin(), keys.end());
                       return 200;
                     },
        "http://cdn", 4s});
    struct question {
      std::string key;
      std::size_t confirmed_before;
      asked<std::int64_t> answer;
    };
    std::vector<question> all;
    for (int step = 0; step < 20; ++step) {
      const auto key = "k" + std::to_string(world.dice()() % 4);
      all.push_back(
        {key, confirmed.size(), world.ask<std::int64_t>(purger, purge_keys{{key}}, front_deadline, step % 3)});
      for (std::uint64_t jobs = world.dice()() % 8; jobs > 0; --jobs)
        world.step();
    }
    for (const auto& each : all) {
      const auto answer = world.wait_for<std::int64_t>(each.answer);
      if (!answer)
        continue;
      EXPECT_TRUE(std::any_of(confirmed.begin() + static_cast<std::ptrdiff_t>(each.confirmed_before), confirmed.end(),
        [&](const auto& keys) { return keys.contains(each.key); }));
    }
    world.advance(10min);
    EXPECT_EQ(total_of(&actor_counters::purge_keys_now), 0);
    caf::anon_send_exit(purger, caf::exit_reason::user_shutdown);
    purger = nullptr;
  });
}

}  // namespace
}  // namespace genesis
