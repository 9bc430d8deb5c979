#include "http/deadline.hpp"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace genesis::http {
namespace {

using namespace std::chrono_literals;

class Deadline : public ::testing::Test {
protected:
  Deadline() {
    limits.head_timeout = 1s;
    limits.body_timeout = 2s;
    limits.idle_timeout = 3s;
    limits.request_timeout = 4s;
    limits.write_timeout = 5s;
  }

  config::settings::http_settings limits;
  const deadline::clock::time_point start{100s};
};

TEST_F(Deadline, LastsAsTheSettingOfItsKindSays) {
  deadline wait{limits, start};
  EXPECT_EQ(wait.what(), wait_kind::opening);
  EXPECT_FALSE(wait.is_over(start + 1s));
  EXPECT_TRUE(wait.is_over(start + 1s + 1ns));
  const std::array<std::pair<wait_kind, std::chrono::seconds>, 5> kinds{{{wait_kind::head, 1s}, {wait_kind::body, 2s},
    {wait_kind::idle, 3s}, {wait_kind::answer, 4s}, {wait_kind::write, 5s}}};
  for (const auto& [kind, length] : kinds) {
    wait.begin(kind, start + 1min);
    EXPECT_EQ(wait.what(), kind);
    EXPECT_FALSE(wait.is_over(start + 1min + length));
    EXPECT_TRUE(wait.is_over(start + 1min + length + 1ns));
  }
}

TEST_F(Deadline, BeginsAnewWithEachPieceThatIsWritten) {
  deadline wait{limits, start};
  for (auto at = start; at < start + 1min; at += 5s) {
    EXPECT_FALSE(wait.what() == wait_kind::write && wait.is_over(at));
    wait.begin(wait_kind::write, at);
  }
}

TEST_F(Deadline, GoesOnWithABodyThatComesAtAKibibyteASecond) {
  deadline wait{limits, start};
  wait.begin(wait_kind::body, start);
  EXPECT_TRUE(wait.extend_body(3 * 1'024, start, start + 3s));
  EXPECT_FALSE(wait.is_over(start + 4s));
  EXPECT_TRUE(wait.is_over(start + 4s + 1ns));
  EXPECT_FALSE(wait.extend_body(4 * 1'024 - 1, start, start + 4s));
  EXPECT_TRUE(wait.is_over(start + 4s + 1ns)) << "one that comes too slowly gets nothing";
}

TEST_F(Deadline, DrainsForTwoSecondsWhateverIsSet) {
  limits.write_timeout = 1ms;
  deadline wait{limits, start};
  wait.begin_draining(start);
  EXPECT_FALSE(wait.is_over(start + 2s));
  EXPECT_TRUE(wait.is_over(start + 2s + 1ns));
}

}  // namespace
}  // namespace genesis::http
