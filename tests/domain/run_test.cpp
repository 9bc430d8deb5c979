#include "domain/run.hpp"

#include <gtest/gtest.h>

#include <random>

namespace genesis {
namespace {

run_event token(std::int64_t seq, std::string text, agent who = agent::sage) {
  return {.seq = seq, .type = run_event_type::token, .agent = who, .text = std::move(text), .fields_json = {}};
}

run_event other(std::int64_t seq, run_event_type type, std::string fields_json) {
  return {.seq = seq, .type = type, .agent = agent::nexus, .text = {}, .fields_json = std::move(fields_json)};
}

std::vector<run_event> random_events(unsigned seed) {
  std::mt19937 random{seed};
  const auto below = [&random](unsigned n) { return std::uniform_int_distribution<unsigned>{0, n - 1}(random); };
  const auto text = [&below] {
    std::string bytes;
    for (unsigned n = below(12); n > 0; --n)
      bytes += "a 9\n\xC3\"{"[below(7)];
    return bytes;
  };
  std::vector<run_event> events;
  for (unsigned n = below(6); n > 0; --n)
    events.push_back({.seq = static_cast<std::int64_t>(below(100'000)),
      .type = static_cast<run_event_type>(below(11)),
      .agent = static_cast<agent>(below(5)),
      .text = text(),
      .fields_json = text()});
  return events;
}

TEST(RunEvents, AreReadAsTheyWerePacked) {
  const std::vector events{other(1, run_event_type::start, R"("run_id":"x")"), token(2, "Hola "), token(3, "señora\n"),
    other(4, run_event_type::end, R"("status":"success")")};
  const auto unpacked = unpack_events(pack_events(events));
  ASSERT_TRUE(unpacked);
  EXPECT_EQ(*unpacked, events);
}

TEST(RunEvents, KeepTheBordersOfTokensThatLookLikeEvents) {
  const std::vector events{token(2, "3 6 1 0 0\n\n"), token(3, ""), token(4, "\n\n")};
  EXPECT_EQ(unpack_events(pack_events(events)).value(), events);
}

TEST(RunEvents, SurviveARoundTripWhateverTheyHold) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const auto events = random_events(seed);
    const auto unpacked = unpack_events(pack_events(events));
    ASSERT_TRUE(unpacked) << "seed " << seed;
    EXPECT_EQ(*unpacked, events) << "seed " << seed;
  }
}

TEST(RunEvents, PackNothingIntoNothing) {
  EXPECT_EQ(pack_events({}), "");
  EXPECT_TRUE(unpack_events("").value().empty());
}

TEST(RunEvents, PackWithoutNul) {
  const std::vector events{token(1, "a"), other(2, run_event_type::usage, "{}")};
  EXPECT_EQ(pack_events(events).find('\0'), std::string::npos);
}

TEST(RunEvents, CanBePackedPieceByPiece) {
  const std::vector first{token(1, "one ")};
  const std::vector second{token(2, "two ")};
  EXPECT_EQ(unpack_events(pack_events(first) + pack_events(second)).value(), (std::vector{first[0], second[0]}));
}

TEST(RunEvents, RefuseGarbage) {
  for (const std::string_view packed : {"x", "\n", "1", "1 6 1 1 0", "1 6 1 1 0\n", "1 6 1 1 0\nab", "1 6 1 2 0\na\n",
         "1 6 1 -1 0\n\n", "1 6 1 0 -1\n\n", "1 11 1 0 0\n\n", "1 -1 1 0 0\n\n", "1 6 5 0 0\n\n", "1 6 -1 0 0\n\n",
         "1 6 1 0 0\n", "1 6 1 0\n\n", "1  6 1 0 0\n\n", "99999999999999999999 6 1 0 0\n\n",
         "1 6 1 9223372036854775807 0\na\n", "1 6 1 0 9223372036854775807\na\n", "1 6 1 0 0\n\nx"}) {
    const auto unpacked = unpack_events(packed);
    ASSERT_FALSE(unpacked) << packed;
    EXPECT_EQ(unpacked.error().code, errc::internal) << packed;
  }
}

TEST(RunEvents, RefuseEveryCutThatIsNotBetweenEvents) {
  const std::vector events{token(1, "one "), token(2, "two ")};
  const auto packed = pack_events(events);
  const auto border = pack_events({events.data(), 1}).size();
  for (std::size_t cut = 1; cut < packed.size(); ++cut)
    EXPECT_EQ(unpack_events(packed.substr(0, cut)).has_value(), cut == border) << cut;
}

TEST(RunEvents, GiveTheTextOfTheirTokens) {
  const std::vector events{other(1, run_event_type::start, "x"), token(2, "Hi "),
    other(3, run_event_type::artifact, "y"), token(4, "there", agent::wave)};
  EXPECT_EQ(text_of(events), "Hi there");
  EXPECT_EQ(text_of({}), "");
}

TEST(RunStatus, TellsWhichRunsHaveEnded) {
  EXPECT_FALSE(has_ended(run_status::queued));
  EXPECT_FALSE(has_ended(run_status::running));
  for (const auto status : {run_status::success, run_status::error, run_status::cancelled, run_status::interrupted})
    EXPECT_TRUE(has_ended(status)) << name_of(status);
}

}  // namespace
}  // namespace genesis
