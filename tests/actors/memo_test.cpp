#include "actors/memo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <deque>
#include <random>
#include <stdexcept>
#include <string>

namespace genesis {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using words = memo<std::string(int, std::string)>;

std::size_t bytes_of(const std::string& text) {
  return text.size();
}

std::int64_t entries_counted() {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each([&](const actor_counters& each) { sum += each.memo_entries_now[0].value(); });
  return static_cast<std::int64_t>(sum);
}
std::int64_t bytes_counted() {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each([&](const actor_counters& each) { sum += each.memo_bytes_now[0].value(); });
  return static_cast<std::int64_t>(sum);
}

/// A memo of texts, a clock of its own, and computations that end when a test says so.
class Memo : public ::testing::Test {
protected:
  void use(memo_limits limits = {}) {
    table.emplace(memoised::recent_records, limits, [this] { return now; }, bytes_of);
  }
  /// Asks for a text; what comes is written down, in the order in which it comes.
  void ask(int number, const std::string& name = "a") {
    table->recall(
      {number, name}, [this](const words::computation_ptr& begun) { under_way.push_back(begun); },
      [this](
        const words::outcome& what) { heard.push_back(what ? **what : std::string{to_string(what.error().code)}); });
  }
  void end(std::string text) {
    const auto begun = under_way.front();
    under_way.pop_front();
    begun->end(std::make_shared<const std::string>(std::move(text)));
  }
  /// Whether it is known: it is told at once then, else computed.
  bool is_known(int number, const std::string& name = "a") {
    const auto before = heard.size();
    ask(number, name);
    if (heard.size() > before)
      return true;
    end("made");
    return false;
  }

  std::chrono::steady_clock::time_point now{1h};
  std::optional<words> table;
  std::deque<words::computation_ptr> under_way;
  std::vector<std::string> heard;
};

TEST_F(Memo, ComputesOnceForTheSameArguments) {
  use();
  const auto hits = total_of(&actor_counters::l1_memo_hits);
  const auto misses = total_of(&actor_counters::l1_memo_misses);
  ask(1);
  EXPECT_TRUE(heard.empty());
  end("one");
  ask(1);
  EXPECT_THAT(heard, ElementsAre("one", "one"));
  EXPECT_TRUE(under_way.empty());
  EXPECT_EQ(total_of(&actor_counters::l1_memo_hits) - hits, 1);
  EXPECT_EQ(total_of(&actor_counters::l1_memo_misses) - misses, 1);
}

TEST_F(Memo, TellsArgumentsApart) {
  use();
  for (const auto& [number, name] : {std::pair{1, "a"}, {2, "a"}, {1, "b"}}) {
    ask(number, name);
    end(std::to_string(number) + name);
  }
  for (const auto& [number, name] : {std::pair{1, "b"}, {1, "a"}, {2, "a"}})
    ask(number, name);
  EXPECT_THAT(heard, ElementsAre("1a", "2a", "1b", "1b", "1a", "2a"));
}

TEST_F(Memo, KeepsAnEmptyResult) {
  use();
  ask(1);
  end("");
  ask(1);
  EXPECT_THAT(heard, ElementsAre("", ""));
  EXPECT_TRUE(under_way.empty());
}

TEST_F(Memo, HasAllWhoAskMeanwhileWaitForOneComputation) {
  use();
  const auto misses = total_of(&actor_counters::l1_memo_misses);
  for (int i = 0; i < 3; ++i)
    ask(1);
  ask(2);
  EXPECT_EQ(under_way.size(), 2U);
  end("one");
  EXPECT_THAT(heard, ElementsAre("one", "one", "one"));
  end("two");
  EXPECT_EQ(total_of(&actor_counters::l1_memo_misses) - misses, 2);
}

TEST_F(Memo, TellsAllWhoWaitOfAFailureAndKeepsNone) {
  use();
  ask(1);
  ask(1);
  under_way.front()->end(fail(errc::unavailable));
  under_way.clear();
  EXPECT_THAT(heard, ElementsAre("unavailable", "unavailable"));
  EXPECT_FALSE(is_known(1));
  EXPECT_TRUE(is_known(1));
}

TEST_F(Memo, TellsAllWhoWaitOfAComputationThatWasLost) {
  use();
  ask(1);
  ask(1);
  under_way.clear();
  EXPECT_THAT(heard, ElementsAre("internal", "internal"));
  EXPECT_FALSE(is_known(1));
}

TEST_F(Memo, OutlivesAComputationThatCannotBegin) {
  use();
  std::string told;
  EXPECT_THROW(table->recall(
                 {1, "a"}, [](const words::computation_ptr&) { throw std::runtime_error{"on purpose"}; },
                 [&](const words::outcome& what) { told = to_string(what.error().code); }),
    std::runtime_error);
  EXPECT_EQ(told, "internal");
  EXPECT_FALSE(is_known(1));
  EXPECT_TRUE(is_known(1));
}

TEST_F(Memo, TakesTheFirstEndOfAComputation) {
  use();
  ask(1);
  const auto begun = under_way.front();
  end("first");
  begun->end(std::make_shared<const std::string>("second"));
  ask(1);
  EXPECT_THAT(heard, ElementsAre("first", "first"));
}

TEST_F(Memo, MayBeAskedAgainByWhoeverIsTold) {
  use();
  table->recall(
    {1, "a"}, [this](const words::computation_ptr& begun) { under_way.push_back(begun); },
    [this](const words::outcome&) { ask(1); });
  end("one");
  EXPECT_THAT(heard, ElementsAre("one"));
}

TEST_F(Memo, ForgetsAfterTheLifetimeWhichBeginsWithTheComputation) {
  use({.lifetime = 300s});
  ask(1);
  now += 100s;
  end("one");
  now += 200s - 1ms;
  EXPECT_TRUE(is_known(1));
  now += 1ms;
  EXPECT_FALSE(is_known(1));
  EXPECT_TRUE(is_known(1));
}

TEST_F(Memo, MakesRoomForTheNewWithWhatWasUsedLongestAgo) {
  use({.entries_max = 3});
  for (const int each : {1, 2, 3})
    EXPECT_FALSE(is_known(each));
  EXPECT_TRUE(is_known(1));
  EXPECT_FALSE(is_known(4));
  EXPECT_EQ(table->size(), 3U);
  EXPECT_TRUE(is_known(3));
  EXPECT_TRUE(is_known(1));
  EXPECT_TRUE(is_known(4));
  EXPECT_FALSE(is_known(2));
}

TEST_F(Memo, HoldsNoMoreBytesThanItMay) {
  use({.bytes_max = 10'000});
  for (int each = 0; each < 50; ++each) {
    ask(each);
    end(std::string(3'000, 'x'));
    EXPECT_LE(table->bytes(), 10'000U);
  }
  EXPECT_EQ(table->size(), 3U);
  ask(50);
  end(std::string(9'000, 'x'));
  EXPECT_EQ(table->size(), 1U);
}

TEST_F(Memo, HandsOutWhatIsTooLargeAndKeepsWhatItHas) {
  use({.bytes_max = 10'000});
  EXPECT_FALSE(is_known(1));
  ask(2);
  end(std::string(10'000, 'x'));
  EXPECT_EQ(heard.back().size(), 10'000U);
  EXPECT_TRUE(is_known(1));
  EXPECT_FALSE(is_known(2));
}

TEST_F(Memo, LetsNoMoreWaitThanMay) {
  use({.waiting_max = 2});
  for (int i = 0; i < 3; ++i)
    ask(1);
  EXPECT_THAT(heard, ElementsAre("overloaded"));
  end("one");
  EXPECT_THAT(heard, ElementsAre("overloaded", "one", "one"));
  EXPECT_FALSE(is_known(2));
}

TEST_F(Memo, ForgetsWhatIsMeantAndDoesNotKeepWhatIsUnderWayForIt) {
  use();
  for (const int each : {1, 2})
    EXPECT_FALSE(is_known(each));
  ask(3);
  const auto is_odd = [](const words::key& each) { return std::get<int>(each) % 2 == 1; };
  EXPECT_EQ(table->forget(is_odd), 1U);
  end("three");
  EXPECT_EQ(heard.back(), "three");
  EXPECT_TRUE(is_known(2));
  EXPECT_FALSE(is_known(1));
  EXPECT_FALSE(is_known(3));
}

TEST_F(Memo, MayGoWhileSomethingIsUnderWay) {
  use();
  ask(1);
  table.reset();
  end("one");
  EXPECT_TRUE(heard.empty());
}

TEST_F(Memo, CountsWhatItHolds) {
  const auto entries = entries_counted();
  const auto bytes = bytes_counted();
  use({.entries_max = 2});
  for (const int each : {1, 2, 3})
    EXPECT_FALSE(is_known(each));
  EXPECT_EQ(entries_counted() - entries, 2);
  EXPECT_EQ(bytes_counted() - bytes, static_cast<std::int64_t>(table->bytes()));
  table.reset();
  EXPECT_EQ(entries_counted(), entries);
  EXPECT_EQ(bytes_counted(), bytes);
}

/// Against the plainest model: a value is the version of its key, and no answer is of another version than was asked
/// for, whatever ends when.
TEST_F(Memo, NeverTellsAnotherVersionUnderRandomSchedules) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const ::testing::ScopedTrace trace(__FILE__, __LINE__, "seed " + std::to_string(seed));
    std::mt19937_64 dice{seed};
    use({.entries_max = 4, .bytes_max = 1'500, .lifetime = 5s});
    std::vector<int> versions(6, 0);
    std::vector<std::pair<words::computation_ptr, std::string>> open;
    std::size_t asked = 0;
    std::size_t told = 0;
    for (int step = 0; step < 300; ++step) {
      const auto who = dice() % versions.size();
      switch (dice() % 6) {
      case 0: ++versions[who]; break;
      case 1: now += std::chrono::milliseconds{dice() % 3'000}; break;
      case 2:
      case 3: {
        const auto expected = std::to_string(who) + ':' + std::to_string(versions[who]);
        ++asked;
        table->recall(
          {versions[who], std::to_string(who)},
          [&](const words::computation_ptr& begun) { open.emplace_back(begun, expected); },
          [&told, expected](const words::outcome& what) {
            ++told;
            if (what) {
              EXPECT_EQ(**what, expected);
            }
          });
        break;
      }
      default:
        if (open.empty())
          break;
        const auto at = dice() % open.size();
        auto [begun, text] = std::move(open[at]);
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
        if (dice() % 5 == 0)
          begun->end(fail(errc::unavailable));
        else
          begun->end(std::make_shared<const std::string>(text));
      }
      EXPECT_LE(table->size(), 4U);
      EXPECT_LE(table->bytes(), 1'500U);
    }
    open.clear();
    EXPECT_EQ(told, asked) << "everybody hears, once";
    if (HasFailure())
      return;
  }
}

}  // namespace
}  // namespace genesis
