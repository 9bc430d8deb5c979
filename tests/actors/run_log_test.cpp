#include "actors/run_log.hpp"
#include "tests/actors/test_encoders.hpp"

#include <gtest/gtest.h>

namespace genesis {

namespace {

run_event token(std::string text, agent who = agent::sage) {
  run_event event;
  event.agent = who;
  event.text = std::move(text);
  return event;
}

run_event other(run_event_type type, std::string fields) {
  run_event event;
  event.type = type;
  event.fields_json = std::move(fields);
  return event;
}

}  // namespace

class RunLog : public ::testing::Test {
protected:
  std::string read(std::int64_t after, bool merge = false, std::size_t bytes_max = 1'000'000) {
    std::string all;
    for (const auto& frame : log.read(after, {stream_format::sse, bytes_max, merge}).frames)
      all += *frame;
    return all;
  }
  encoders encode = test_encoders();
  run_log log{encode};
};

TEST_F(RunLog, NumbersEventsFromOne) {
  EXPECT_EQ(log.last_seq(), 0);
  EXPECT_EQ(log.append(other(run_event_type::start, "s")), 1);
  EXPECT_EQ(log.append(token("a ")), 2);
  EXPECT_EQ(log.last_seq(), 2);
  EXPECT_EQ(log.text(), "a ");
}

TEST_F(RunLog, GivesWhatComesBehindAPlace) {
  for (const auto* text : {"a ", "b ", "c "})
    log.append(token(text));
  EXPECT_EQ(read(0), "1 token a \n2 token b \n3 token c \n");
  EXPECT_EQ(read(2), "3 token c \n");
  EXPECT_EQ(read(3), "");
  EXPECT_EQ(log.events_after(1).size(), 2u);
}

TEST_F(RunLog, GivesBackWhatWasAppended) {
  std::vector<run_event> events{other(run_event_type::start, R"("a":1)"), token("one "), token("two ", agent::wave),
    other(run_event_type::artifact, R"("b":[2])"), token(std::string(100, 'x')), other(run_event_type::end, "")};
  for (auto& each : events)
    each.seq = log.append(each);
  EXPECT_EQ(log.events_after(0), events);
  EXPECT_EQ(log.events_after(2), std::vector(events.begin() + 2, events.end()));
  EXPECT_TRUE(log.events_after(6).empty());
}

TEST_F(RunLog, EncodesWhatManyReadOnce) {
  for (const auto* text : {"a ", "b "})
    log.append(token(text));
  const run_log::reading together{stream_format::sse, 100, false, true};
  const auto first = log.read(0, together);
  EXPECT_EQ(log.read(0, together).frames, first.frames) << "the same objects";
  EXPECT_EQ(*log.read(0, {stream_format::ndjson, 100, false, true}).frames.front(), "ndjson 1 token a \n");
  EXPECT_EQ(log.read(0, together).frames, first.frames) << "each format has its own";
}

TEST_F(RunLog, EncodesAnewWhatIsNotTheSame) {
  for (const auto* text : {"a ", "b "})
    log.append(token(text));
  const auto shared = [&](std::int64_t seq, bool merges, std::size_t bytes_max = 100) {
    std::string all;
    for (const auto& frame : log.read(seq, {stream_format::sse, bytes_max, merges, true}).frames)
      all += *frame;
    return all;
  };
  EXPECT_EQ(shared(0, false), "1 token a \n2 token b \n");
  EXPECT_EQ(shared(1, false), "2 token b \n");
  EXPECT_EQ(shared(0, true), "2 token a b \n");
  EXPECT_EQ(shared(0, false, 1), "1 token a \n");
  EXPECT_EQ(shared(0, false), "1 token a \n2 token b \n");
  log.append(token("c "));
  EXPECT_EQ(shared(0, false), "1 token a \n2 token b \n3 token c \n");
}

TEST_F(RunLog, GivesAtLeastOneEventHoweverLarge) {
  log.append(token(std::string(1'000, 'x')));
  log.append(token("b "));
  const auto batch = log.read(0, {stream_format::sse, 10});
  EXPECT_EQ(batch.frames.size(), 1u);
  EXPECT_EQ(batch.last_seq, 1);
}

TEST_F(RunLog, MergesNeighbouringTokensOfOneSpeaker) {
  log.append(token("a "));
  log.append(token("b "));
  log.append(token("c ", agent::blaze));
  log.append(other(run_event_type::artifact, "x"));
  log.append(token("d ", agent::blaze));
  const auto batch = log.read(0, {stream_format::sse, 1'000, true});
  EXPECT_EQ(batch.merged, 1u);
  EXPECT_EQ(read(0, true), "2 token a b \n3 token c \n4 artifact x\n5 token d \n");
}

TEST_F(RunLog, CountsTheBytesThatAReaderLags) {
  log.append(token("a "));
  const auto one = log.bytes_after(0);
  log.append(token("b "));
  EXPECT_EQ(log.bytes_after(0), 2 * one);
  EXPECT_EQ(log.bytes_after(1), one);
  EXPECT_EQ(log.bytes_after(2), 0u);
}

TEST_F(RunLog, RestoresNumbersThatBeginAnywhere) {
  auto first = other(run_event_type::start, "s");
  first.seq = 1;
  auto last = other(run_event_type::end, "e");
  last.seq = 40;
  log.restore({first, last});
  EXPECT_EQ(log.last_seq(), 40);
  EXPECT_EQ(read(1), "40 end e\n");
  EXPECT_EQ(read(39), "40 end e\n");
}

}  // namespace genesis
