#include "config/limits.hpp"
#include "http/json_reader.hpp"

#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <limits>
#include <random>

namespace genesis::http {
namespace {

/// The fault of a text; an empty reason when it is accepted.
json_fault fault_of(std::string_view text) {
  json_reader reader;
  const auto object = reader.read_object(text);
  return object ? json_fault{} : object.error();
}

std::string nested(std::size_t depth) {
  std::string text = "{\"a\":";
  for (std::size_t i = 1; i < depth; ++i)
    text += '[';
  text += '0';
  text.append(depth - 1, ']');
  return text + '}';
}

TEST(JsonReader, ReadsAnObject) {
  json_reader reader;
  const auto object = reader.read_object(R"( {"a":1,"b":[true,null,"x"]} )");
  ASSERT_TRUE(object);
  EXPECT_EQ((*object)->at("a").as_int64(), 1);
  EXPECT_EQ((*object)->at("b").as_array().size(), 3u);
}

TEST(JsonReader, ReadsMoreThanItsOwnBufferHolds) {
  json_reader reader;
  const std::string text(500'000, 'x');
  const auto object = reader.read_object("{\"a\":\"" + text + "\"}");
  ASSERT_TRUE(object);
  EXPECT_EQ((*object)->at("a").as_string().size(), text.size());
}

TEST(JsonReader, RefusesWhatIsNoObject) {
  for (const char* text : {"[]", "1", "\"x\"", "null", "true"})
    EXPECT_EQ(fault_of(text).reason, "it must be an object") << text;
}

TEST(JsonReader, RefusesBrokenTextsAndSaysWhere) {
  EXPECT_EQ(fault_of("").reason, "the text ends too early");
  EXPECT_EQ(fault_of(R"({"a":1)").reason, "the text ends too early");
  EXPECT_EQ(fault_of(R"({"a":1} x)"), (json_fault{8, "there is something behind the object"}));
  EXPECT_EQ(fault_of(R"({"a":01})").offset, 6u);
  for (const char* text :
    {"{a:1}", "{'a':1}", R"({"a":1,})", R"({"a":[1,]})", R"({"a":nan})", R"({"a":.5})", R"({"a":+1})", "{\"a\":\"\n\"}",
      R"({"a" 1})", "{\"a\":1}\xEF\xBB\xBF", "\xEF\xBB\xBF{}", "{/**/}", R"({"a":"\x"})"})
    EXPECT_NE(fault_of(text).reason, "") << text;
}

TEST(JsonReader, AcceptsTheDeepestNestingAndRefusesOneMore) {
  EXPECT_EQ(fault_of(nested(config::json_depth_max)).reason, "");
  EXPECT_EQ(fault_of(nested(config::json_depth_max + 1)).reason, "nesting is deeper than 32 levels");
}

TEST(JsonReader, RefusesAKeyTwiceInOneObject) {
  EXPECT_EQ(fault_of(R"({"a":1,"b":2,"a":3})"), (json_fault{13, "a key occurs twice in an object"}));
  EXPECT_EQ(fault_of(R"({"x":[{"k":1},{"k":{"a":1,"\u0061":2}}]})").offset, 26u);
  EXPECT_EQ(fault_of(R"({"a":{"b":1,"c":2},"a":{"b":1}})").offset, 19u);
}

TEST(JsonReader, AcceptsAKeyAgainInAnotherObject) {
  EXPECT_EQ(fault_of(R"({"a":{"a":{"a":":"}},"b":[{"a":1},{"a":"\":\""}]})").reason, "");
}

TEST(JsonReader, RefusesNumbersBeyondADouble) {
  EXPECT_EQ(fault_of(R"({"a":[1,{"b":1e400}]})"), (json_fault{13, "a number is out of range"}));
  EXPECT_EQ(fault_of(R"({"a":-1e400})").reason, "a number is out of range");
  EXPECT_EQ(fault_of(R"({"a":1e999999999999})").reason, "a number is out of range");
  EXPECT_EQ(fault_of(R"({"a":1.7976931348623157e308,"b":1e-400,"c":123456789012345678901234567890})").reason, "");
  EXPECT_EQ(fault_of(R"({"a":[0.5,1.7976931348623159e308]})"), (json_fault{10, "a number is out of range"}));
}

TEST(JsonReader, RoundsNumbersToTheNearestDouble) {
  const auto number_of = [](const std::string& written) {
    json_reader reader;
    const auto object = reader.read_object("{\"1.5\":[-7,{\"\\\"2\":18446744073709551615}],\"a\":" + written + "}");
    EXPECT_TRUE(object) << written;
    return object ? (*object)->at("a").as_double() : 0;
  };
  EXPECT_EQ(number_of("402.63055588697813"), 402.63055588697813);
  EXPECT_EQ(number_of("-402.63055588697813 "), -402.63055588697813);
  EXPECT_EQ(number_of("123e25"), 123e25);
  EXPECT_EQ(number_of("4.35E+2"), 435);
  EXPECT_EQ(number_of("999999999999.999"), 999999999999.999);
  EXPECT_EQ(number_of("0.1"), 0.1);
  EXPECT_EQ(number_of("9007199254740993.00000000000000001"), 9007199254740994.0) << "above the middle of two";
  EXPECT_EQ(number_of("36893488147419103233"), 36893488147419103232.0);
  EXPECT_EQ(number_of("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(number_of("5e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(number_of("1e-400"), 0);
  EXPECT_EQ(number_of("0e400"), 0);
  std::mt19937_64 random{7};
  for (int i = 0; i < 20'000; ++i) {
    const double value = std::uniform_real_distribution{0.0, 1'000.0}(random);
    std::array<char, 32> written{};
    std::to_chars(written.data(), written.data() + written.size(), value);
    ASSERT_EQ(number_of(written.data()), value) << written.data();
  }
}

TEST(JsonReader, RefusesTextThatIsNoUnicode) {
  for (const char* text : {"{\"a\":\"\xff\"}", "{\"a\":\"\xc0\xaf\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"\xe2\x82\":1}",
         R"({"a":"\ud800"})", R"({"a":"\udc00"})", R"({"a":"\ud800\u0041"})"})
    EXPECT_NE(fault_of(text).reason, "") << text;
  EXPECT_EQ(fault_of(R"({"a":"\ud83d\ude00"})").reason, "");
}

TEST(JsonReader, LeavesNulInsideStringsToTheSchema) {
  EXPECT_EQ(fault_of(R"({"a":"x\u0000y"})").reason, "");
}

TEST(JsonReader, SaysWhatAndWhereInASentence) {
  EXPECT_EQ(to_string(json_fault{8, "there is something behind the object"}),
    "The body is not acceptable JSON: there is something behind the object (at byte 8).");
}

}  // namespace
}  // namespace genesis::http
