#include "actors/event_list.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

run_event token(std::int64_t seq, std::string text, agent who) {
  return {seq, run_event_type::token, who, std::move(text), {}};
}

run_event other(std::int64_t seq, run_event_type type, std::string fields) {
  return {seq, type, agent::nexus, {}, std::move(fields)};
}

TEST(EventList, GivesBackWhatItWasGiven) {
  const std::vector<run_event> events{other(0, run_event_type::start, ""), token(0, "one ", agent::sage),
    token(0, "", agent::wave), other(0, run_event_type::artifact, std::string(100, 'x')),
    token(0, std::string(50, 'y'), agent::blaze), other(0, run_event_type::end, R"("z":1)")};
  event_list list;
  EXPECT_TRUE(list.empty());
  for (const auto& each : events)
    list.append(each);
  ASSERT_EQ(list.size(), events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(list.at(i), events[i]) << i;
    EXPECT_EQ(list.type_at(i), events[i].type);
    EXPECT_EQ(list.speaker_at(i), events[i].agent);
  }
  EXPECT_EQ(list.text(), "one " + std::string(50, 'y'));
  list.clear();
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(list.text(), "");
  list.append(events[1]);
  EXPECT_EQ(list.at(0), events[1]);
}

TEST(EventList, FindsNumbersThatRise) {
  event_list list;
  EXPECT_EQ(list.index_after(0), 0U);
  for (const auto seq : {3, 4, 9})
    list.append(token(seq, "a", agent::sage));
  EXPECT_EQ(list.seq_at(2), 9);
  EXPECT_EQ(list.index_after(0), 0U);
  EXPECT_EQ(list.index_after(3), 1U);
  EXPECT_EQ(list.index_after(8), 2U);
  EXPECT_EQ(list.index_after(9), 3U);
}

TEST(EventList, CountsTheBytesBeforeAnEvent) {
  event_list list;
  EXPECT_EQ(list.bytes_before(0), 0U);
  list.append(token(1, "abc", agent::sage));
  list.append(other(2, run_event_type::usage, "defgh"));
  list.append(token(3, "i", agent::sage));
  EXPECT_EQ(list.bytes_before(0), 0U);
  EXPECT_EQ(list.bytes_before(1), 3U);
  EXPECT_EQ(list.bytes_before(2), 8U);
  EXPECT_EQ(list.bytes_before(3), 9U);
}

}  // namespace
}  // namespace genesis
