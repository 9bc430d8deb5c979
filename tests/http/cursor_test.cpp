#include "http/cursor.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace genesis::http {
namespace {

const list_position position{1'772'350'200'000, *parse_uuid("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01")};

TEST(Cursor, GivesBackThePosition) {
  for (const auto key : {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
         std::numeric_limits<std::int64_t>::max(), position.key}) {
    const list_position at{key, position.id};
    EXPECT_EQ(parse_cursor(list_kind::progress, to_cursor(list_kind::progress, at)), at);
  }
}

TEST(Cursor, NeedsNoEscapingInAQuery) {
  const auto text = to_cursor(list_kind::messages, position);
  EXPECT_EQ(text.size(), 36u);
  EXPECT_EQ(
    text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos);
}

TEST(Cursor, MeansNothingInAnotherList) {
  const auto text = to_cursor(list_kind::conversations, position);
  EXPECT_EQ(parse_cursor(list_kind::messages, text), std::nullopt);
  EXPECT_EQ(parse_cursor(list_kind::progress, text), std::nullopt);
}

TEST(Cursor, RefusesGarbage) {
  const auto text = to_cursor(list_kind::messages, position);
  for (const auto& bad : {std::string{}, std::string{"x"}, text + "A", text.substr(1), text + "=", std::string(36, '!'),
         std::string(36, 'A'), std::string(10'000, 'A')})
    EXPECT_EQ(parse_cursor(list_kind::messages, bad), std::nullopt) << bad;
}

TEST(Cursor, RefusesAnyChangedCharacter) {
  const auto text = to_cursor(list_kind::messages, position);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(parse_cursor(list_kind::messages, changed), std::nullopt) << "at " << i;
  }
}

}  // namespace
}  // namespace genesis::http
