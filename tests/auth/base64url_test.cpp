#include "auth/base64url.hpp"
#include "auth/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

namespace genesis::auth {
namespace {

// RFC 4648 10, without padding
TEST(Base64Url, GivesThePublishedTexts) {
  const std::array<std::pair<std::string_view, std::string_view>, 7> examples{{{"", ""}, {"f", "Zg"}, {"fo", "Zm8"},
    {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}}};
  for (const auto& [bytes, text] : examples) {
    EXPECT_EQ(to_base64url(bytes), text);
    EXPECT_EQ(from_base64url(text), bytes);
  }
}

// RFC 7515 C
TEST(Base64Url, UsesTheUrlAlphabet) {
  const std::array<std::uint8_t, 5> bytes{3, 236, 255, 224, 193};
  EXPECT_EQ(to_base64url(bytes), "A-z_4ME");
}

TEST(Base64Url, ReadsBackEveryLength) {
  const auto random = random_bytes<100>();
  for (std::size_t size = 0; size <= random.size(); ++size) {
    const std::string bytes(reinterpret_cast<const char*>(random.data()), size);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
  }
}

TEST(Base64Url, RefusesEveryOtherCharacter) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (int byte = 0; byte < 256; ++byte) {
    const auto each = static_cast<char>(byte);
    const bool is_good = alphabet.find(each) != std::string_view::npos;
    for (std::size_t at = 0; at < 4; ++at) {
      std::string text = "AAAA";
      text[at] = each;
      EXPECT_EQ(from_base64url(text).has_value(), is_good) << byte << " at " << at;
    }
  }
}

TEST(Base64Url, RefusesPaddingAndLengthsThatNoBytesGive) {
  for (const std::string_view text : {"Zg==", "Zm8=", "=", "A", "AAAAA", "Zm9v\n", " Zm9v", "Zm 9v"})
    EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(Base64Url, RefusesUnusedBits) {
  EXPECT_TRUE(from_base64url("Zg"));
  EXPECT_FALSE(from_base64url("Zh"));
  EXPECT_TRUE(from_base64url("Zm8"));
  EXPECT_FALSE(from_base64url("Zm9"));
}

TEST(Base64Url, FillsExactlyTheSizeAskedFor) {
  std::array<std::uint8_t, 3> three{};
  EXPECT_TRUE(from_base64url("Zm9v", three));
  EXPECT_EQ(three, (std::array<std::uint8_t, 3>{'f', 'o', 'o'}));
  EXPECT_FALSE(from_base64url("Zm8", three));
  EXPECT_FALSE(from_base64url("Zm9vYg", three));
  EXPECT_FALSE(from_base64url("", three));
}

}  // namespace
}  // namespace genesis::auth
