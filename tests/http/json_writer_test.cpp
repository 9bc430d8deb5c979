#include "domain/agent.hpp"
#include "domain/user.hpp"
#include "http/json_writer.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <charconv>
#include <limits>
#include <random>

namespace genesis::http {
namespace {

template <class T>
std::string written(const T& value) {
  std::string out;
  json_writer{out}.value(value);
  return out;
}

TEST(JsonWriter, PlacesCommasBetweenMembersAndElements) {
  std::string out;
  json_writer json{out};
  json.begin_object().member("a", 1).key("b").begin_array().value(1).value("x").begin_object().end_object().end_array();
  json.key("c").begin_object().member("d", nullptr).member("e", true).end_object().member("f", false).end_object();
  EXPECT_EQ(out, R"({"a":1,"b":[1,"x",{}],"c":{"d":null,"e":true},"f":false})");
}

TEST(JsonWriter, AppendsBehindWhatIsThereWithoutAComma) {
  std::string out = "data: ";
  json_writer{out}.begin_object().member("a", 1).end_object();
  EXPECT_EQ(out, R"(data: {"a":1})");
}

TEST(JsonWriter, PlacesACommaBehindTextThatEndsLikeAnOpening) {
  std::string out;
  json_writer{out}.begin_array().value("{").value(":").value("[").end_array();
  EXPECT_EQ(out, R"(["{",":","["])");
}

TEST(JsonWriter, EscapesWhatRfc8259Requires) {
  EXPECT_EQ(
    written(std::string{"a\"b\\c\b\f\n\r\t\x01\x1f\x7f/"}), "\"a\\\"b\\\\c\\b\\f\\n\\r\\t\\u0001\\u001f\x7f/\"");
  EXPECT_EQ(written(std::string{"\0", 1}), "\"\\u0000\"");
  EXPECT_EQ(written(std::string{"Ana García \U0001F600"}), "\"Ana García \U0001F600\"");
}

TEST(JsonWriter, WritesNumbersAsPlainDecimals) {
  EXPECT_EQ(written(80.0), "80");
  EXPECT_EQ(written(80.5), "80.5");
  EXPECT_EQ(written(0.1), "0.1");
  EXPECT_EQ(written(-0.25), "-0.25");
  EXPECT_EQ(written(1e21), "1000000000000000000000");
  EXPECT_EQ(written(1e-7), "0.0000001");
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
}

TEST(JsonWriter, WritesTheExtremesOfDoublesInFull) {
  for (const double number : {std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(),
         -std::numeric_limits<double>::min(), -std::numeric_limits<double>::denorm_min()}) {
    const auto text = written(number);
    EXPECT_EQ(text.find_first_not_of("-.0123456789"), std::string::npos) << text;
    double read = 0;
    std::from_chars(text.data(), text.data() + text.size(), read);
    EXPECT_EQ(read, number) << text;
  }
}

TEST(JsonWriter, WritesNumbersThatReadBackTheSame) {
  for (unsigned seed = 1; seed <= 2'000; ++seed) {
    std::mt19937_64 random{seed};
    const double number = std::uniform_real_distribution<double>{-1e6, 1e6}(random);
    EXPECT_EQ(std::stod(written(number)), number) << "seed " << seed;
  }
}

TEST(JsonWriter, WritesNullForWhatJsonCannotSay) {
  EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(written(std::optional<int>{}), "null");
}

TEST(JsonWriter, WritesTimesAsTheDomainDoes) {
  for (const char* text : {"2026-03-01T07:30:00.000Z", "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z",
         "9999-12-31T23:59:59.999Z", "2024-02-29T12:34:56.789Z"}) {
    EXPECT_EQ(written(*parse_rfc3339(text)), '"' + std::string{text} + '"');
    EXPECT_EQ(written(*parse_rfc3339(text)), '"' + to_rfc3339(*parse_rfc3339(text)) + '"');
  }
  EXPECT_EQ(written(*parse_iso_date("1990-05-17")), R"("1990-05-17")");
}

TEST(JsonWriter, WritesIdsAndNames) {
  const auto id = user_id::parse("0198C5A2-7b1e-7c3a-9f41-2d6e8b5a1c01");
  EXPECT_EQ(written(*id), R"("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01")");
  EXPECT_EQ(written(agent::sage), R"("sage")");
  EXPECT_EQ(written(std::vector{agent::sage, agent::wave}), R"(["sage","wave"])");
  EXPECT_EQ(written(std::map<std::string, bool>{{"a", true}, {"b", false}}), R"({"a":true,"b":false})");
}

TEST(JsonWriter, SplicesWhatIsJsonAlready) {
  std::string out;
  json_writer json{out};
  json.begin_object()
    .member("seq", 1)
    .raw_members("")
    .raw_members(R"("a":1,"b":2)")
    .raw_member("c", "[3]")
    .end_object();
  EXPECT_EQ(out, R"({"seq":1,"a":1,"b":2,"c":[3]})");
}

}  // namespace
}  // namespace genesis::http
